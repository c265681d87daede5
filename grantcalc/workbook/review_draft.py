"""A draft's own sheet in a review (審查表): 申請、初審、複審 by row, what is cut, why, and by which section."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from grantcalc.checking import Report
from grantcalc.finding import Outcome
from grantcalc.report.amount_lines import amount_lines
from grantcalc.report.lacking import missing_facts
from grantcalc.report.missing import describe_missing
from grantcalc.review.amounts import amounts_of
from grantcalc.review.model import BatchResult, DraftRow
from grantcalc.text import Message, dollars
from grantcalc.workbook.review_links import Links, link
from grantcalc.workbook.review_rows import (
    AT_PLACE,
    NUMBER,
    PLACE,
    SECTION,
    SOURCES,
    Signed,
    sheet_lines,
    write_rows,
)
from grantcalc.workbook.review_words import Words, fitting, short_place
from grantcalc.workbook.simulation_desk import Desk
from grantcalc.workbook.simulation_page import Page
from grantcalc.workbook.styles import Style

HEADING = Message("{county}: {programme}")
NO_COUNTY = Message("county not stated")
FILE_OF = Message("File {file}; asked for {asked}, allowed {allowed}.")
UNCOUNTED = Message("Not contained in these sums, as it cannot be worked out: {what}.")
HOW = Message(
    "First review: the most that the rules leave of each row. Type the amount of the second review where it differs; "
    "the cut follows it."
)
SIGNATURES = Message("First review by: ________________   Second review by: ________________   Date: ____________")
CARRIED = Message("Amounts of the second review carried over from {file}: {number}.")
OTHERS = Message("To be explained or looked at")
OUTCOME, MESSAGE, REMEDY = Message("Outcome"), Message("Message"), Message("Remedy")
UNJUDGED = Message("Rules that could not be judged")
CODE, RULES, NEEDS = Message("Rule code"), Message("Rules that need it"), Message("What is missing")

_SPANS = ((0, 0), (1, 7), (8, 8), (9, 9), (AT_PLACE, AT_PLACE))
"""First and last column of each text of the tables below the amounts: sections and places stand beneath those above."""


def write_draft_sheet(desk: Desk, row: DraftRow, batch: BatchResult, links: Links) -> Signed:
    """The whole sheet of one draft that was checked; where its sums stand."""
    report = row.report
    if report is None:
        raise ValueError(row.file)
    carried = batch.seconds.amounts.get(row.number, {}) if batch.seconds is not None else {}
    page = desk.page(links.sheets[row.number])
    _head(page, row, report, links.words)
    if batch.seconds is not None and carried:
        page.note(page.language(CARRIED(number=len(carried), file=batch.seconds.file)))
    page.row += 1
    amounts = amounts_of(report)
    lines = list(amount_lines(amounts, report.programme, page.language))
    placed, signed = write_rows(page, row, sheet_lines(amounts, lines, carried), links.words)
    for at, line in enumerate(lines, start=placed.first):
        place = "" if line.place is None else short_place(line.place, SOURCES, page.language)
        link(page, at, AT_PLACE, None if line.place is None else links.file(row, line.place), place)
    page.row += 1
    page.sheet.write_string(page.row, 1, page.language(SIGNATURES), page.looks.heading)
    page.row += 1
    below = page.row
    _others(page, row, report, links, {id(finding) for line in lines for finding in line.findings})
    _unjudged(page, report)
    # The tables below have other columns: on their pages the header of the amounts would be wrong.
    if page.row == below:
        page.sheet.repeat_rows(placed.head)
    page.sheet.freeze_panes(placed.first, 3)
    page.close(desk.title)
    return signed


def _head(page: Page, row: DraftRow, report: Report, words: Words) -> None:
    """Whose draft it is, its sums, and how to fill in the sheet."""
    speak = words.speak
    page.title(speak(HEADING(county=words.county(row) or NO_COUNTY(), programme=report.programme.title)))
    page.note(speak(FILE_OF(file=row.file, asked=dollars(report.asked), allowed=dollars(report.allowed))))
    if report.uncounted:
        missing = describe_missing(report.uncounted, report.reading.draft, speak)
        page.note(fitting(speak(UNCOUNTED(what=missing))))
    page.note(speak(HOW))


def _others(page: Page, row: DraftRow, report: Report, links: Links, told_above: Collection[int]) -> None:
    """Errors that cut no row above, warnings and questions."""
    found = [one for one in report.findings if one.outcome is not Outcome.NOTE and id(one) not in told_above]
    if not found:
        return
    page.heading(page.language(OTHERS))
    _header(page, (OUTCOME, MESSAGE, REMEDY, SECTION, PLACE))
    for finding in found:
        told = links.words.told(row, finding)
        place = short_place(finding.place, SOURCES, page.language)
        page.spread(_SPANS, (told.outcome, told.message, told.remedy, told.sections, place))
        page.mark(page.row - 1, 0, told.outcome, finding.outcome)
        link(page, page.row - 1, AT_PLACE, links.file(row, finding.place), place)


def _header(page: Page, titles: Sequence[Message]) -> None:
    form = page.looks.formats[Style.HEADER]
    for (first, last), title in zip(_SPANS, titles, strict=True):
        text = page.language(title)
        if first == last:
            page.sheet.write_string(page.row, first, text, form)
        else:
            page.sheet.merge_range(page.row, first, page.row, last, text, form)
    page.row += 1


def _unjudged(page: Page, report: Report) -> None:
    """What was not checked: every missing input once, with the rules that lack it."""
    speak = page.language
    lacking = missing_facts(report, speak)
    if not lacking:
        return
    page.heading(speak(UNJUDGED))
    _header(page, (NUMBER, NEEDS, RULES, SECTION, CODE))
    for number, fact in enumerate(lacking, start=1):
        rules = speak.listed(speak(rule.title) for rule in fact.rules)
        sections = speak.listed(dict.fromkeys(str(one) for rule in fact.rules for one in rule.citations))
        codes = "\n".join(rule.id for rule in fact.rules)
        page.spread(_SPANS, (str(number), *map(fitting, (fact.what, rules, sections, codes))))
