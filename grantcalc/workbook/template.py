"""Writes the workbook form of a programme, empty or filled with a draft (``grantcalc template``).

Every formula carries its present value, so that a fresh file can be read back without recalculation.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from grantcalc.draft.fields import FORMAT
from grantcalc.draft.model import Draft
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.text import Language, Message
from grantcalc.workbook.book import Book, open_book, quantities
from grantcalc.workbook.cells import Formats, Pen
from grantcalc.workbook.guide import write_guide
from grantcalc.workbook.layout import QUANTITY_PAIRS, Layout, Sheet
from grantcalc.workbook.lineforms import line_work
from grantcalc.workbook.package import rewrite, say_empty_text
from grantcalc.workbook.postwork import post_work
from grantcalc.workbook.sheets import (
    FROZEN_COLUMNS,
    Names,
    write_budget,
    write_cover,
    write_lists,
    write_staff,
    write_summary,
)
from grantcalc.workbook.summary import Summary
from grantcalc.workbook.totals import Totals

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

POSTS, ROWS = 60, 300
A4 = 9
STAFF_PAGES = 2
"""Pages beside each other that the many columns of 人力 take."""
FOOTER = Message("page {page} of {pages}")
_ALLOWED = ("format_cells", "format_columns", "format_rows", "autofilter", "sort", "select_locked_cells")
"""What a user may do on a protected sheet beside filling in."""


def write_draft(
    draft: Draft | None,
    path: Path,
    programme: Programme,
    library: Library,
    language: Language,
    posts: int = POSTS,
    rows: int = ROWS,
) -> None:
    """Write a draft into the form, such that reading it back gives the same draft; the empty form without one.

    There are at least as many prepared rows as the draft needs. The file appears whole or not at all.
    """
    from xlsxwriter import Workbook

    layout = Layout(
        language=language,
        posts=max(posts, len(draft.positions) if draft else 0),
        rows=max(rows, len(draft.lines) if draft else 0),
        pairs=max(QUANTITY_PAIRS, quantities(draft)),
    )
    book = open_book(programme, library.tables, language, layout, draft)
    beside = path.with_name(f".{path.name}.new")
    try:
        with Workbook(str(beside)) as workbook:
            _write(workbook, book)
        rewrite(beside, say_empty_text)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _write(workbook: Workbook, book: Book) -> None:
    formats = Formats.of(workbook)
    _properties(workbook, book)
    pens = {
        sheet: Pen(sheet=workbook.add_worksheet(book.layout.sheet(sheet)), formats=formats, language=book.language)
        for sheet in Sheet
    }
    for column in book.lists.columns:
        workbook.define_name(f"gc_{column.name}", f"={book.lists.range(column.name)}")
    draft = book.draft
    posts, lines = (draft.positions, draft.lines) if draft else ((), ())
    line_workings = [
        line_work(book, row, lines[row - 2] if row - 2 < len(lines) else None) for row in book.rows(Sheet.BUDGET)
    ]
    post_workings = [
        post_work(book, row, posts[row - 2] if row - 2 < len(posts) else None, posts) for row in book.rows(Sheet.STAFF)
    ]
    write_guide(pens[Sheet.GUIDE], book)
    write_cover(pens[Sheet.COVER], book)
    write_staff(pens[Sheet.STAFF], book, posts)
    write_budget(pens[Sheet.BUDGET], book, lines, Names.of(book))
    write_summary(pens[Sheet.SUMMARY], book, Summary(book, Totals(book, line_workings, post_workings)).build())
    write_lists(pens[Sheet.LISTS], book, line_workings, post_workings)
    for sheet, pen in pens.items():
        _finish(pen.sheet, sheet, book)
    pens[Sheet.LISTS].sheet.hide()
    pens[Sheet.COVER].sheet.activate()


def _properties(workbook: Workbook, book: Book) -> None:
    title = book.language(book.programme.title)
    workbook.set_properties({"title": title, "created": dt.datetime.combine(book.programme.first_day, dt.time())})
    workbook.set_custom_property("grantcalc-format", FORMAT)
    workbook.set_custom_property("grantcalc-programme", book.programme.id)
    workbook.calc_on_load = False  # every formula has its present value already


def _finish(sheet: Worksheet, kind: Sheet, book: Book) -> None:
    """Protection without a password, and the printed page."""
    sheet.protect("", dict.fromkeys(_ALLOWED, True))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(STAFF_PAGES if kind is Sheet.STAFF else 1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    name = book.layout.sheet(kind).replace("&", "&&")
    title = book.language(book.programme.title).replace("&", "&&")
    sheet.set_header(f"&L{title}&R{name}")
    sheet.set_footer(f"&C{book.language(FOOTER(page='&P', pages='&N'))}")
    if kind in {Sheet.STAFF, Sheet.BUDGET, Sheet.SUMMARY}:
        sheet.repeat_rows(0)
    if kind is Sheet.STAFF:
        sheet.repeat_columns(0, FROZEN_COLUMNS - 1)
