"""Sheets on a whole review: 總覽, 全部意見, 跨案, 重送比較."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grantcalc.finding import Finding, Outcome
from grantcalc.report.batch_rows import remarks, summary
from grantcalc.report.columns import Cell, Column, Look, texts
from grantcalc.report.view import place_label
from grantcalc.review.model import BatchResult, DraftRow, Resubmission
from grantcalc.text import Language, Message
from grantcalc.workbook.review_draft import Signed
from grantcalc.workbook.review_links import Links, link
from grantcalc.workbook.review_sums import write_sums
from grantcalc.workbook.review_words import Words, fitting
from grantcalc.workbook.simulation_desk import Desk
from grantcalc.workbook.simulation_page import Page

OVERVIEW, FINDINGS = Message("Overview"), Message("All findings")
ACROSS, AGAIN = Message("Across drafts"), Message("Resubmissions")
NUMBER, FILE, COUNTY = Message("No."), Message("File"), Message("County")
PROGRAMME, SHEET = Message("Programme"), Message("Sheet")
ASKED, FIRST = Message("Amount asked for"), Message("First review")
SECOND, CUT = Message("Second review"), Message("Cut")
ERRORS, WARNINGS = Message("Errors"), Message("Warnings")
REVIEWS, NOT_RUN = Message("For review"), Message("Could not run")
REASON = Message("Why not checked")
OUTCOME, RULE, CODE = Message("Outcome"), Message("Rule"), Message("Rule code")
PLACE, STATED, ALLOWED = Message("Place"), Message("Stated"), Message("Allowed")
MESSAGE, REMEDY, SECTION = Message("Message"), Message("Remedy"), Message("Section")
EARLIER, BEFORE, AFTER = Message("Earlier version"), Message("Before"), Message("After")
RESOLVED, LEFT, NEW = Message("finding resolved"), Message("finding left"), Message("new finding")
ASKED_FOR, UNASKED = Message("changed as a finding asked"), Message("changed, no finding asked for it")
WHAT = Message("What differs")
NOT_DEDUCTED = Message("Errors across drafts are not deducted from the sums: it is open which of the drafts gives way.")
NO_ACROSS = Message("No finding across drafts.")
NO_EARLIER = Message("no earlier version")

LONG, MIDDLE, SHORT = 50, 24, 13
"""Widths of columns of sentences, of places, and of money."""
_FILE, _SHEET, _ASKED, _SECOND, _CUT = 1, 2, 5, 7, 8
_OUTCOME, _PLACE = 3, 5


def write_overview(page: Page, desk: Desk, batch: BatchResult, links: Links, signed: Mapping[int, Signed]) -> None:
    """A row a draft, with links to its sheet and its file, and the sums of its sheet; the others with their reasons."""
    page.title(desk.title)
    for line in summary(batch, desk.language):
        page.note(line)
    if any(one.finding.outcome is Outcome.ERROR for one in batch.across()):
        page.note(desk.language(NOT_DEDUCTED))
    page.row += 1
    columns = list(_overview(batch, links))
    placed = page.table(columns, has_total=True)
    for at, row in enumerate(batch.rows, start=placed.first):
        link(page, at, _FILE, links.file(row), row.file)
        sheet = links.sheets.get(row.number)
        if sheet is not None:
            link(page, at, _SHEET, links.sheet(row), sheet)
        if row.number in signed:
            _signed(page, at, links.sheets[row.number], signed[row.number])
        else:
            page.mark(at, placed.columns - 1, str(columns[-1].cells[row.number - 1]), Outcome.ERROR)
    write_sums(page, placed, columns)
    if batch.rows:
        page.sheet.autofilter(placed.head, 0, placed.last, placed.columns - 1)
    _remarks(page, batch)
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=_SHEET)


def _signed(page: Page, at: int, sheet: str, signed: Signed) -> None:
    """The second review and the cut as they stand on the draft's sheet."""
    from xlsxwriter.utility import quote_sheetname

    money = page.looks.of_cell(Look.MONEY, is_total=False)
    for column, cell, value in ((_SECOND, signed.second, signed.agreed), (_CUT, signed.cut, signed.taken)):
        page.sheet.write_formula(at, column, f"={quote_sheetname(sheet)}!{cell}", money, value)


def _overview(batch: BatchResult, links: Links) -> Iterator[Column]:
    rows, words = batch.rows, links.words
    speak = words.speak
    asked = [None if row.report is None else row.report.asked for row in rows]
    allowed = [None if row.report is None else row.report.allowed for row in rows]
    cuts = [None if row.report is None else row.report.asked - row.report.allowed for row in rows]
    yield Column(header=speak(NUMBER), cells=[row.number for row in rows])
    yield texts(speak(FILE), (row.file for row in rows), MIDDLE + 8)
    yield texts(speak(SHEET), (links.sheets.get(row.number, "") for row in rows))
    yield texts(speak(COUNTY), (words.county(row) for row in rows))
    yield texts(speak(PROGRAMME), (row.programme or "" for row in rows))
    yield Column(header=speak(ASKED), cells=asked, total=batch.asked, width=SHORT)
    for title in (FIRST, SECOND):
        yield Column(header=speak(title), cells=allowed, total=batch.allowed, width=SHORT)
    yield Column(header=speak(CUT), cells=cuts, total=batch.asked - batch.allowed, width=SHORT)
    counted = (Outcome.ERROR, Outcome.WARNING, Outcome.REVIEW)
    for title, outcome in zip((ERRORS, WARNINGS, REVIEWS), counted, strict=True):
        yield Column(header=speak(title), cells=[_count(row, outcome) for row in rows], total=batch.count(outcome))
    not_run: list[Cell] = [None if row.report is None else row.could_not_run for row in rows]
    yield Column(header=speak(NOT_RUN), cells=not_run, total=sum(row.could_not_run for row in rows))
    if batch.unreadable:
        reasons = ("\n".join(speak(reason) for reason in row.reasons) for row in rows)
        yield texts(speak(REASON), map(fitting, reasons), LONG)


def _count(row: DraftRow, outcome: Outcome) -> int | None:
    return None if row.report is None else row.count(outcome)


def _remarks(page: Page, batch: BatchResult) -> None:
    lines = list(remarks(batch, page.language))
    if lines:
        page.row += 1
        for line in lines:
            page.note(fitting(f"• {line}"))


def write_findings(desk: Desk, batch: BatchResult, links: Links) -> None:
    """Every error, warning and question of every draft, with links to its sheet and to its cell; filters on."""
    page = desk.page(FINDINGS)
    found = [(row, finding) for row in batch.rows for finding in row.findings if finding.outcome is not Outcome.NOTE]
    _table(page, found, links)
    page.close(desk.title, frozen_rows=1, frozen_columns=2)


def write_across(desk: Desk, batch: BatchResult, links: Links) -> None:
    """What the rules that see all drafts say, notes included."""
    page = desk.page(ACROSS)
    found = [(one.row, one.finding) for one in batch.across()]
    if found:
        _table(page, found, links)
    else:
        page.note(page.language(NO_ACROSS))
    page.close(desk.title, frozen_rows=1 if found else None)


def _table(page: Page, found: Sequence[tuple[DraftRow, Finding]], links: Links) -> None:
    """Findings, one a row; outcomes coloured, files and cells linked."""
    placed = page.table(list(_columns(found, links.words)), left_out=(_FILE, _OUTCOME, _PLACE))
    for at, (row, finding) in enumerate(found, start=placed.first):
        told = links.words.told(row, finding)
        page.mark(at, _OUTCOME, told.outcome, finding.outcome)
        link(page, at, _FILE, links.sheet(row) or links.file(row), row.file)
        link(page, at, _PLACE, links.file(row, finding.place), told.place)
    if found:
        page.sheet.autofilter(placed.head, 0, placed.last, placed.columns - 1)


def _columns(found: Sequence[tuple[DraftRow, Finding]], words: Words) -> Iterator[Column]:
    speak = words.speak
    told = [words.told(row, finding) for row, finding in found]
    yield Column(header=speak(NUMBER), cells=[row.number for row, _ in found])
    yield texts(speak(FILE), (row.file for row, _ in found), MIDDLE)
    yield texts(speak(COUNTY), (words.county(row) for row, _ in found))
    yield texts(speak(OUTCOME), (one.outcome for one in told))
    yield texts(speak(RULE), (one.title for one in told), MIDDLE)
    yield texts(speak(PLACE), (one.place for one in told), MIDDLE)
    yield texts(speak(STATED), (one.stated for one in told), SHORT)
    yield texts(speak(ALLOWED), (one.allowed for one in told), SHORT)
    yield texts(speak(MESSAGE), (one.message for one in told), LONG)
    yield texts(speak(REMEDY), (one.remedy for one in told), LONG)
    yield texts(speak(SECTION), (one.sections for one in told), MIDDLE)
    yield texts(speak(CODE), (finding.rule for _, finding in found), MIDDLE)


def write_resubmissions(desk: Desk, batch: BatchResult, links: Links) -> None:
    """Drafts against their earlier versions: findings resolved, left and new, and what was changed; none, no sheet."""
    if not batch.resubmissions and not batch.without_earlier:
        return
    speak, page = desk.language, desk.page(AGAIN)
    lines = [(one.row, line) for one in batch.resubmissions for line in _compared(one, speak)]
    lines += [(row, (row.file, "", speak(NO_EARLIER), "", "", "", "")) for row in batch.without_earlier]
    titles = (
        (FILE, MIDDLE),
        (EARLIER, MIDDLE),
        (WHAT, MIDDLE),
        (OUTCOME, None),
        (PLACE, MIDDLE),
        (BEFORE, LONG),
        (AFTER, LONG),
    )
    placed = page.table(
        [
            texts(speak(title), (fitting(line[at]) for _, line in lines), width)
            for at, (title, width) in enumerate(titles)
        ]
    )
    for at, (row, _) in enumerate(lines, start=placed.first):
        link(page, at, 0, links.sheet(row), row.file)
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
