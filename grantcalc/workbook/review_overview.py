"""The first sheet of a review (總覽): a row a draft, its sums as formulas on the draft's sheet; files not read last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grantcalc.finding import Outcome
from grantcalc.report.batch_rows import notes, summary
from grantcalc.report.columns import Column, Look, texts
from grantcalc.review.model import BatchResult, DraftRow
from grantcalc.text import Message
from grantcalc.workbook.review_links import Links, link
from grantcalc.workbook.review_rows import ASKED, CUT, FIRST, NUMBER, SECOND, Signed
from grantcalc.workbook.review_sums import write_sums
from grantcalc.workbook.review_words import fitting, within
from grantcalc.workbook.simulation_desk import Desk
from grantcalc.workbook.simulation_page import Page

OVERVIEW = Message("Overview")
FILE, COUNTY = Message("File"), Message("County")
PROGRAMME, SHEET = Message("Programme"), Message("Sheet")
ERRORS, WARNINGS = Message("Errors"), Message("Warnings")
REVIEWS, NOT_RUN = Message("For review"), Message("Could not run")
REASON, OPEN = Message("Why not checked"), Message("Open")
NOT_DEDUCTED = Message("Errors across drafts are not deducted from the sums: it is open which of the drafts gives way.")

_OPEN, _SHEET, _MONEY = 2, 3, 6
_LONG, _FILES, _LINK, _COUNTIES, _PLANS, _AMOUNT, _COUNT = 26, 22, 6, 8, 11, 11, 7
"""Widths of columns: together they print on A4 in a size that can be read."""


def write_overview(page: Page, desk: Desk, batch: BatchResult, links: Links, signed: Mapping[int, Signed]) -> None:
    """A row a draft, with links to its sheet and its file, and the sums of its sheet; the others with their reasons."""
    page.title(desk.title)
    for line in summary(batch, desk.language):
        page.note(line)
    if any(one.finding.outcome is Outcome.ERROR for one in batch.across()):
        page.note(desk.language(NOT_DEDUCTED))
    page.row += 1
    columns = list(_columns(batch, links, signed))
    placed = page.table(columns, has_total=True)
    width = links.width
    for at, row in enumerate(batch.ordered, start=placed.first):
        link(page, at, _OPEN, links.file(row), page.language(OPEN))
        sheet = links.sheets.get(row.number)
        if sheet is not None:
            link(page, at, _SHEET, links.sheet(row), within(sheet, width))
        if row.number in signed:
            _signed(page, at, links.sheets[row.number], signed[row.number])
        else:
            page.mark(at, placed.columns - 1, _reasons(row, links), Outcome.ERROR)
    write_sums(page, placed, columns)
    if batch.rows:
        page.sheet.autofilter(placed.head, 0, placed.last, placed.columns - 1)
    _remarks(page, batch)
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=_OPEN)


def _signed(page: Page, at: int, sheet: str, signed: Signed) -> None:
    """The amounts as they stand on the draft's sheet, so that nothing of both ever differs."""
    from xlsxwriter.utility import quote_sheetname

    money = page.looks.of_cell(Look.MONEY, is_total=False)
    for column, (cell, value) in enumerate(zip(signed.cells, signed.sums, strict=True), start=_MONEY):
        page.sheet.write_formula(at, column, f"={quote_sheetname(sheet)}!{cell}", money, value)


def _columns(batch: BatchResult, links: Links, signed: Mapping[int, Signed]) -> Iterator[Column]:
    rows, words = batch.ordered, links.words
    speak = words.speak
    yield Column(header=speak(NUMBER), cells=[row.number for row in rows], width=5)
    yield texts(speak(FILE), (row.file for row in rows), _FILES)
    yield texts(speak(OPEN), ("" for _ in rows), _LINK)
    yield texts(speak(SHEET), (links.sheets.get(row.number, "") for row in rows), links.width)
    yield texts(speak(COUNTY), (words.county(row) for row in rows), _COUNTIES)
    yield texts(speak(PROGRAMME), (row.programme or "" for row in rows), _PLANS)
    for at, title in enumerate((ASKED, FIRST, SECOND, CUT)):
        cells = [signed[row.number].sums[at] if row.number in signed else None for row in rows]
        yield Column(header=speak(title), cells=cells, total=sum(cell or 0 for cell in cells), width=_AMOUNT)
    counted = (Outcome.ERROR, Outcome.WARNING, Outcome.REVIEW)
    for title, outcome in zip((ERRORS, WARNINGS, REVIEWS), counted, strict=True):
        yield _counts(speak(title), [_count(row, outcome) for row in rows])
    yield _counts(speak(NOT_RUN), [None if row.report is None else row.could_not_run for row in rows])
    if batch.unreadable:
        yield texts(speak(REASON), (_reasons(row, links) for row in rows), _LONG)


def _counts(header: str, cells: Sequence[int | None]) -> Column:
    """As wide as the longest word of its header, which is bold."""
    from wcwidth import wcswidth

    longest = max(wcswidth(word) for word in header.split())
    return Column(header=header, cells=cells, total=sum(cell or 0 for cell in cells), width=max(_COUNT, longest + 1))


def _reasons(row: DraftRow, links: Links) -> str:
    return fitting("\n".join(links.words.speak(reason) for reason in row.reasons))


def _count(row: DraftRow, outcome: Outcome) -> int | None:
    return None if row.report is None else row.count(outcome)


def _remarks(page: Page, batch: BatchResult) -> None:
    """What there is to say beside the rows, which have the reasons of files that were not read."""
    lines = list(notes(batch, page.language))
    if lines:
        page.row += 1
        for line in lines:
            page.note(fitting(f"• {line}"))
