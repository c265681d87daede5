"""The printed pages of the form: filled rows only, wide sheets over several pages beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from grantcalc.text import Language, Message, Value
from grantcalc.workbook.book import Book
from grantcalc.workbook.layout import Sheet
from grantcalc.workbook.sheets import FROZEN_COLUMNS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

A4 = 9
FOOTER = Message("page {page} of {pages}")
MARGINS: Mapping[str, float] = {"left": 0.4, "right": 0.4, "top": 0.7, "bottom": 0.6}
HEADER_MARGIN = 0.3
"""Inches."""
EMPTY_ROWS: Mapping[Sheet, int] = {Sheet.STAFF: 20, Sheet.BUDGET: 25}
"""Rows that an empty form prints: one page."""
PAGES: Mapping[Sheet, int] = {Sheet.STAFF: 3, Sheet.BUDGET: 2}
"""Pages beside each other that a wide sheet takes; the frozen columns are repeated on each."""


def header_texts(title: Value, name: str, language: Language) -> tuple[str, str, str]:
    """Header left and right, footer in the middle; an ampersand of the text is doubled."""
    left, right = language(title).replace("&", "&&"), name.replace("&", "&&")
    return left, right, language(FOOTER(page="&P", pages="&N"))


def set_page(sheet: Worksheet, kind: Sheet, book: Book) -> None:
    """Paper, margins, header and footer, and what is printed."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(**MARGINS)
    left, right, middle = header_texts(book.programme.title, book.layout.sheet(kind), book.language)
    sheet.set_header(f"&L{left}&R{right}")
    sheet.set_footer(f"&C{middle}")
    if kind in PAGES:
        _wide(sheet, kind, book)
    else:
        sheet.fit_to_pages(1, 0)
    if kind is Sheet.SUMMARY:
        sheet.repeat_rows(0)


def _wide(sheet: Worksheet, kind: Sheet, book: Book) -> None:
    columns = book.layout.staff if kind is Sheet.STAFF else book.layout.budget
    sheet.fit_to_pages(PAGES[kind], 0)
    sheet.print_area(0, 0, _last_row(kind, book), len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, FROZEN_COLUMNS - 1)


def _last_row(kind: Sheet, book: Book) -> int:
    """The last filled row, counted from 0; of an empty sheet the last one of a page."""
    draft = book.draft
    rows = (draft.positions if kind is Sheet.STAFF else draft.lines) if draft else ()
    return len(rows) or min(EMPTY_ROWS[kind], book.layout.last_row(kind) - 1)
