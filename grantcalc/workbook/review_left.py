"""The sheet of what was typed as second review earlier (複審) and is not in this workbook, to be typed again or not."""

from __future__ import annotations

from grantcalc.report.columns import texts
from grantcalc.review.model import BatchResult
from grantcalc.text import Message
from grantcalc.workbook.review_links import Links, link
from grantcalc.workbook.review_overview import FILE, SHEET
from grantcalc.workbook.review_words import fitting
from grantcalc.workbook.simulation_desk import Desk

LEFT = Message("Not carried over")
TITLE = Message("Amounts of the second review that were not carried over")
HOW = Message(
    "Typed in {file}; none of these amounts is in this workbook. Type those that still hold again, on the drafts' "
    "sheets."
)
WHERE, ROW = Message("Place in the earlier workbook"), Message("Row")
AMOUNT, REASON = Message("Amount"), Message("Why not carried over")

_FILE, _WHERE, _ROW, _AMOUNT, _REASON = 30, 26, 34, 14, 50
_SHEET = 5


def write_left(desk: Desk, batch: BatchResult, links: Links) -> None:
    """A row an amount, with a link to the draft's sheet where it has one; no sheet where there is nothing to tell."""
    seconds, speak = batch.seconds, desk.language
    if seconds is None or not (seconds.left or seconds.notes):
        return
    page = desk.page(LEFT)
    page.title(speak(TITLE))
    page.note(speak(HOW(file=seconds.file)))
    for note in seconds.notes:
        page.note(fitting(speak(note)))
    page.row += 1
    left = seconds.left
    sheets = [links.sheets.get(one.number or 0, "") for one in left]
    columns = [
        texts(speak(FILE), (fitting(one.draft) for one in left), _FILE),
        texts(speak(WHERE), (fitting(one.typed.place) for one in left), _WHERE),
        texts(speak(ROW), (fitting(speak(one.typed.row)) for one in left), _ROW),
        texts(speak(AMOUNT), (fitting(speak(one.typed.written)) for one in left), _AMOUNT),
        texts(speak(REASON), (fitting(speak(one.reason)) for one in left), _REASON),
        texts(speak(SHEET), sheets, None),
    ]
    placed = page.table(columns, left_out=(_SHEET,))
    rows = {row.number: row for row in batch.checked}
    for at, (one, sheet) in enumerate(zip(left, sheets, strict=True), start=placed.first):
        row = rows.get(one.number or 0)
        link(page, at, _SHEET, None if row is None else links.sheet(row), sheet)
    page.close(desk.title, frozen_rows=placed.first)
