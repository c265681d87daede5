"""Sheets on a whole review: 全部意見, 跨案檢核, 重送比較."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grantcalc.finding import Finding, Outcome
from grantcalc.report.columns import Column, texts
from grantcalc.report.view import place_label
from grantcalc.review.facts import Fact, facts_of
from grantcalc.review.model import AcrossFinding, BatchResult, DraftRow, Resubmission
from grantcalc.text import Language, Message
from grantcalc.workbook.review_links import Links, link
from grantcalc.workbook.review_overview import COUNTY, FILE, SHEET
from grantcalc.workbook.review_rows import NUMBER
from grantcalc.workbook.review_words import Words, fitting, short_place, within
from grantcalc.workbook.simulation_desk import Desk

FINDINGS = Message("All findings")
ACROSS, AGAIN = Message("Across drafts"), Message("Resubmissions")
OUTCOME, RULE, CODE = Message("Outcome"), Message("Rule"), Message("Rule code")
PLACE, STATED, ALLOWED = Message("Place"), Message("Stated"), Message("Allowed")
MESSAGE, REMEDY, SECTION = Message("Message"), Message("Remedy"), Message("Section")
ROW, PLACES, COLON = Message("Row"), Message("All places"), Message(": ")
FIRST_PLACE, SECOND_PLACE = Message("First place"), Message("Second place")
EARLIER, BEFORE, AFTER = Message("Earlier version"), Message("Before"), Message("After")
RESOLVED, LEFT, NEW = Message("finding resolved"), Message("finding left"), Message("new finding")
ASKED_FOR, UNASKED = Message("changed as a finding asked"), Message("changed, no finding asked for it")
WHAT = Message("What differs")
NO_ACROSS = Message("No finding across drafts.")
NO_EARLIER = Message("no earlier version")
EACH_ONCE = Message(
    "Each fact stands here once, with every place; the drafts' own sheets have it each from their own side."
)

LONG, MIDDLE, NARROW = 44, 17, 9
"""Widths of columns of sentences, of names and places, and of words: what is printed fits A4 in a size to be read."""
_REMEDY, _CELL, _AMOUNT = 36, 15, 13
_SHEET, _OUTCOME, _PLACE = 1, 3, 4
_PRINTED = 9
"""Columns of the findings that are printed: what they say, and where. The others are for filters."""
_FACT_OUTCOME, _FACT_LINK = 1, 3
_LINKS = 2


def write_findings(desk: Desk, batch: BatchResult, links: Links) -> None:
    """Every error, warning and question of every draft, with links to its sheet and to its cell; filters on."""
    page = desk.page(FINDINGS)
    found = [(row, finding) for row in batch.rows for finding in row.findings if finding.outcome is not Outcome.NOTE]
    placed = page.table(list(_columns(found, links)), left_out=(_SHEET, _OUTCOME, _PLACE))
    width = links.width
    for at, (row, finding) in enumerate(found, start=placed.first):
        told = links.words.told(row, finding)
        page.mark(at, _OUTCOME, told.outcome, finding.outcome)
        link(page, at, _SHEET, links.sheet(row), within(links.sheets.get(row.number, ""), width))
        link(page, at, _PLACE, links.file(row, finding.place), short_place(finding.place, _CELL, page.language))
    if found:
        page.sheet.autofilter(placed.head, 0, placed.last, placed.columns - 1)
    page.close(desk.title, frozen_rows=1, frozen_columns=2)
    page.sheet.print_area(placed.head, 0, max(placed.head, placed.last), _PRINTED - 1)


def _columns(found: Sequence[tuple[DraftRow, Finding]], links: Links) -> Iterator[Column]:
    """What is printed first, and then what a filter takes."""
    words = links.words
    speak = words.speak
    told = [words.told(row, finding) for row, finding in found]
    yield Column(header=speak(NUMBER), cells=[row.number for row, _ in found], width=4)
    yield texts(speak(SHEET), ("" for _ in found), links.width)
    yield texts(speak(FILE), (row.file for row, _ in found), MIDDLE)
    yield texts(speak(OUTCOME), (one.outcome for one in told), NARROW)
    yield texts(speak(PLACE), ("" for _ in found), _CELL)
    yield texts(speak(ROW), (one.row for one in told), _CELL)
    yield texts(speak(MESSAGE), (one.message for one in told), LONG)
    yield texts(speak(REMEDY), (one.remedy for one in told), _REMEDY)
    yield texts(speak(SECTION), (one.sections for one in told), MIDDLE)
    yield texts(speak(COUNTY), (words.county(row) for row, _ in found), NARROW)
    yield texts(speak(RULE), (one.title for one in told), MIDDLE)
    yield texts(speak(STATED), (one.stated for one in told), _AMOUNT)
    yield texts(speak(ALLOWED), (one.allowed for one in told), _AMOUNT)
    yield texts(speak(CODE), (finding.rule for _, finding in found), MIDDLE)


def write_across(desk: Desk, batch: BatchResult, links: Links) -> None:
    """What the rules that see all drafts say, notes included: each fact once, with links to its first two places."""
    page, facts = desk.page(ACROSS), facts_of(batch)
    if not facts:
        page.note(page.language(NO_ACROSS))
        page.close(desk.title)
        return
    page.note(page.language(EACH_ONCE))
    placed = page.table(list(_facts(facts, links.words)), left_out=(_FACT_OUTCOME,))
    for at, fact in enumerate(facts, start=placed.first):
        page.mark(at, _FACT_OUTCOME, links.words.told(*_pair(fact.told_by)).outcome, fact.outcome)
        for column, one in enumerate(_places(fact)[:_LINKS], start=_FACT_LINK):
            cell = short_place(one.finding.place, _CELL, page.language, f"{one.row.number} ")
            link(page, at, column, links.file(one.row, one.finding.place), cell)
    page.sheet.autofilter(placed.head, 0, placed.last, placed.columns - 1)
    page.close(desk.title, frozen_rows=placed.first)
    page.sheet.print_area(0, 0, placed.last, placed.columns - 2)


def _facts(facts: Sequence[Fact], words: Words) -> Iterator[Column]:
    """The links are short, and the places in full stand beside them."""
    speak = words.speak
    told = [words.told(*_pair(fact.told_by)) for fact in facts]
    yield texts(speak(NUMBER), (speak.listed(str(row.number) for row in fact.rows) for fact in facts), NARROW)
    yield texts(speak(OUTCOME), (one.outcome for one in told), NARROW)
    yield texts(speak(RULE), (one.title for one in told), MIDDLE)
    for title in (FIRST_PLACE, SECOND_PLACE):
        yield texts(speak(title), ("" for _ in facts), _CELL)
    places = ("\n".join(_place(one, words) for one in _places(fact)) for fact in facts)
    yield texts(speak(PLACES), map(fitting, places), MIDDLE * 2)
    yield texts(speak(MESSAGE), (one.message for one in told), LONG - 6)
    yield texts(speak(REMEDY), (one.remedy for one in told), _REMEDY - 12)
    yield texts(speak(SECTION), (one.sections for one in told), MIDDLE - 2)
    yield texts(speak(CODE), (fact.told_by.finding.rule for fact in facts), MIDDLE)


def _pair(one: AcrossFinding) -> tuple[DraftRow, Finding]:
    return one.row, one.finding


def _places(fact: Fact) -> list[AcrossFinding]:
    """Where it stands, the one that tells it first."""
    return [fact.told_by, *(one for one in fact.parts if one is not fact.told_by)]


def _place(one: AcrossFinding, words: Words) -> str:
    return f"{one.row.number} {one.row.file}{words.speak(COLON)}{words.told(*_pair(one)).place}"


def write_resubmissions(desk: Desk, batch: BatchResult, links: Links) -> None:
    """Drafts against their earlier versions: findings resolved, left and new, and what was changed; none, no sheet."""
    if not batch.resubmissions and not batch.without_earlier:
        return
    speak, page = desk.language, desk.page(AGAIN)
    lines = [(one.row, line) for one in batch.resubmissions for line in _compared(one, speak)]
    lines += [(row, (row.file, "", speak(NO_EARLIER), "", "", "", "")) for row in batch.without_earlier]
    titles = (
        (FILE, MIDDLE + 2),
        (EARLIER, MIDDLE + 2),
        (WHAT, MIDDLE),
        (OUTCOME, NARROW),
        (PLACE, MIDDLE),
        (BEFORE, LONG - 8),
        (AFTER, LONG - 8),
    )
    columns = [
        texts(speak(title), (fitting(line[at]) for _, line in lines), width) for at, (title, width) in enumerate(titles)
    ]
    placed = page.table([texts(speak(SHEET), ("" for _ in lines), links.width), *columns])
    width = links.width
    for at, (row, _) in enumerate(lines, start=placed.first):
        link(page, at, 0, links.sheet(row), within(links.sheets.get(row.number, ""), width))
    page.sheet.autofilter(placed.head, 0, placed.last, placed.columns - 1)
    page.close(desk.title, frozen_rows=1)


def _compared(one: Resubmission, speak: Language) -> Iterator[tuple[str, ...]]:
    """A row for every finding and every change of one draft; of those left only what the applicant can mend."""
    files = (one.row.file, one.earlier.file)
    left = tuple(finding for finding in one.left if finding.outcome in {Outcome.ERROR, Outcome.WARNING})
    for what, findings, is_now in ((RESOLVED, one.resolved, False), (LEFT, left, True), (NEW, one.new, True)):
        for finding in findings:
            texts_of = ("", speak(finding.message)) if is_now else (speak(finding.message), "")
            yield (*files, speak(what), speak(finding.outcome), place_label(finding.place, speak), *texts_of)
    for change in one.changes:
        what = ASKED_FOR if change.asked else UNASKED
        place = f"{place_label(change.place, speak)} {speak(change.label)}"
        before, after = ("" if side is None else speak(side) for side in (change.before, change.after))
        yield (*files, speak(what), "", place, before, after)
