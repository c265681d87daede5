"""A draft's own sheet in a review (審查表): 申請、初審、複審 by row, what is cut, why, and by which section."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attrs import frozen

from grantcalc.checking import Report
from grantcalc.finding import Outcome, Status
from grantcalc.report.amount_lines import AmountLine, amount_lines
from grantcalc.report.columns import Column, Look, texts
from grantcalc.report.missing import describe_missing
from grantcalc.report.view import place_label
from grantcalc.review.amounts import amounts_of
from grantcalc.review.model import DraftRow
from grantcalc.rules.context import Options
from grantcalc.rules.library import Library
from grantcalc.text import Message, dollars
from grantcalc.workbook.review_links import Links, link
from grantcalc.workbook.review_sums import write_sums
from grantcalc.workbook.review_words import Words, fitting
from grantcalc.workbook.simulation_desk import Desk
from grantcalc.workbook.simulation_page import Page, Placed
from grantcalc.workbook.styles import Style

DRAFT = Message("{number} {county}")
HEADING = Message("{county}: {programme}")
NO_COUNTY = Message("county not stated")
FILE_OF = Message("File {file}; asked for {asked}, allowed {allowed}.")
UNCOUNTED = Message("Not contained in these sums, as it cannot be worked out: {what}.")
HOW = Message(
    "First review: the most that the rules leave of each row. Type the amount of the second review where it differs; "
    "the cut follows it."
)
NUMBER, CATEGORY, ITEM = Message("No."), Message("Category"), Message("Item")
DETAIL = Message("Description")
ASKED, FIRST, SECOND = Message("Amount asked for"), Message("First review"), Message("Second review")
CUT, REASON, SECTION = Message("Cut"), Message("Reason of the cut"), Message("Section")
PLACE = Message("Place")
WHOLE_ONLY = Message(
    "A whole number of dollars that is not negative; leave the cell empty to agree with the first review."
)
SIGNATURES = Message("First review by: ________________   Second review by: ________________   Date: ____________")
OTHERS = Message("To be explained or looked at")
OUTCOME, MESSAGE, REMEDY = Message("Outcome"), Message("Message"), Message("Remedy")
UNJUDGED = Message("Rules that could not be judged")
CODE, RULE, NEEDS = Message("Rule code"), Message("Rule"), Message("What is missing")

LONG, MIDDLE, SHORT = 50, 24, 13
_ASKED, _FIRST, _SECOND, _CUT = 4, 5, 6, 7
_PLACE = 10
_MOST = 10**12
"""Dollars that nobody asks for: where an amount is bounded on one side only."""


@frozen(kw_only=True)
class Signed:
    """Where the sums of the second review and of the cuts stand, and what they are before anything is typed."""

    second: str
    cut: str
    agreed: int
    taken: int


def write_draft_sheet(desk: Desk, row: DraftRow, links: Links, library: Library, options: Options | None) -> Signed:
    """The whole sheet of one draft that was checked; where its sums stand."""
    report = row.report
    if report is None:
        raise ValueError(row.file)
    page = desk.page(links.sheets[row.number])
    _head(page, row, report, links.words)
    amounts = amounts_of(report, library.tables, options)
    lines = list(amount_lines(amounts, report.programme, page.language))
    columns = _columns(row, lines, links.words)
    placed = page.table(columns, has_total=True, left_out=(_SECOND, _CUT))
    signed = _formulas(page, placed, columns, lines)
    for at, line in enumerate(lines, start=placed.first):
        if line.place is not None:
            link(page, at, _PLACE, links.file(row, line.place), fitting(place_label(line.place, page.language)))
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
    page.row += 1


def _reason(draft: DraftRow, line: AmountLine, words: Words) -> str:
    """Why a row is cut."""
    return fitting("\n".join([*line.remarks, *(words.told(draft, finding).message for finding in line.findings)]))


def _columns(draft: DraftRow, lines: Sequence[AmountLine], words: Words) -> list[Column]:
    speak = words.speak
    asked, allowed = ([line.asked for line in lines], [line.allowed for line in lines])
    agreed = sum(one or 0 for one in allowed)
    return [
        Column(header=speak(NUMBER), cells=list(range(1, len(lines) + 1))),
        texts(speak(CATEGORY), (fitting(line.category) for line in lines), MIDDLE - 8),
        texts(speak(ITEM), (fitting(line.title) for line in lines), MIDDLE),
        texts(speak(DETAIL), (fitting(line.detail) for line in lines), MIDDLE),
        Column(header=speak(ASKED), cells=asked, total=sum(one or 0 for one in asked), width=SHORT),
        Column(header=speak(FIRST), cells=allowed, total=agreed, width=SHORT),
        Column(header=speak(SECOND), cells=[None for _ in lines], total=agreed, width=SHORT),
        Column(
            header=speak(CUT), cells=[line.cut for line in lines], total=sum(line.cut for line in lines), width=SHORT
        ),
        texts(speak(REASON), (_reason(draft, line, words) for line in lines), LONG),
        texts(speak(SECTION), (words.sections(line.findings) for line in lines), MIDDLE),
        texts(speak(PLACE), ("" for _ in lines), MIDDLE),
    ]


def _formulas(page: Page, placed: Placed, columns: Sequence[Column], lines: Sequence[AmountLine]) -> Signed:
    """The cut of every row and the sums follow what is typed; the second review is the first where nothing is."""
    from xlsxwriter.utility import xl_rowcol_to_cell as cell

    money, last = page.looks.of_cell(Look.MONEY, is_total=False), placed.last + 1
    for at, line in enumerate(lines, start=placed.first):
        asked, first, second = (cell(at, column) for column in (_ASKED, _FIRST, _SECOND))
        formula = f'=IF({asked}="",0,{asked}-IF({second}="",{first},{second}))'
        page.sheet.write_formula(at, _CUT, formula, money, line.cut)
        page.pen.value(at, _SECOND, None, Style.INPUT_MONEY)
    _validate(page, placed, has_rest=any(line.place is None for line in lines))
    write_sums(page, placed, columns)
    agreed = sum(line.allowed or 0 for line in lines)
    if lines:
        typed, first = (f"{cell(placed.first, at)}:{cell(placed.last, at)}" for at in (_SECOND, _FIRST))
        total = page.looks.of_cell(Look.MONEY, is_total=True)
        page.sheet.write_formula(last, _SECOND, f'=SUM({typed})+SUMPRODUCT(({typed}="")*{first})', total, agreed)
    absolute = [cell(last, column, row_abs=True, col_abs=True) for column in (_SECOND, _CUT)]
    return Signed(second=absolute[0], cut=absolute[1], agreed=agreed, taken=sum(line.cut for line in lines))


def _validate(page: Page, placed: Placed, *, has_rest: bool) -> None:
    """Whole dollars only; of what is cut off sums, none or fewer."""
    last, rule = placed.last - int(has_rest), {"validate": "integer", "criteria": "between", "ignore_blank": True}
    if last >= placed.first:
        told = {"minimum": 0, "maximum": _MOST, "error_message": page.language(WHOLE_ONLY)}
        page.sheet.data_validation(placed.first, _SECOND, last, _SECOND, {**rule, **told})
    if has_rest:
        page.sheet.data_validation(
            placed.last, _SECOND, placed.last, _SECOND, {**rule, "minimum": -_MOST, "maximum": 0}
        )


def _others(page: Page, row: DraftRow, report: Report, links: Links, told_above: Collection[int]) -> None:
    """Errors that cut no row above, warnings and questions."""
    found = [one for one in report.findings if one.outcome is not Outcome.NOTE and id(one) not in told_above]
    if not found:
        return
    page.heading(page.language(OTHERS))
    _header(page, (OUTCOME, PLACE, MESSAGE, REMEDY, SECTION))
    for finding in found:
        told = links.words.told(row, finding)
        page.spread(_SPANS, (told.outcome, told.place, told.message, told.remedy, told.sections))
        page.mark(page.row - 1, 0, told.outcome, finding.outcome)
        link(page, page.row - 1, _SPANS[1][0], links.file(row, finding.place), told.place)


_SPANS = ((0, 0), (1, 2), (3, 7), (8, 8), (9, 10))
"""First and last column of each text of the tables below the amounts, whose columns are other ones."""


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
    """Rules that lack an input: what was not checked."""
    speak = page.language
    lacking = [result for result in report.rules if result.status is Status.COULD_NOT_RUN and result.missing]
    if not lacking:
        return
    page.heading(speak(UNJUDGED))
    _header(page, (NUMBER, RULE, NEEDS, SECTION, CODE))
    for number, result in enumerate(lacking, start=1):
        missing = fitting(describe_missing(result.missing, report.reading.draft, speak))
        sections = speak.listed(str(citation) for citation in result.rule.citations)
        page.spread(_SPANS, (str(number), speak(result.rule.title), missing, sections, result.rule.id))
