"""Writes the workbook form of a programme, empty or filled with a draft (``grantcalc template``).

Every formula carries its present value, so that a fresh file can be read back without recalculation.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from grantcalc.draft.fields import FORMAT
from grantcalc.draft.model import Draft
from grantcalc.files import moved_into_place
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.text import Language
from grantcalc.workbook.book import Book, open_book, quantities, stated_special
from grantcalc.workbook.cells import Formats, Pen
from grantcalc.workbook.coversheet import write_cover
from grantcalc.workbook.guide import write_guide
from grantcalc.workbook.layout import QUANTITY_PAIRS, Layout, Sheet
from grantcalc.workbook.lineforms import line_work
from grantcalc.workbook.package import rewrite, say_empty_text
from grantcalc.workbook.postwork import post_work
from grantcalc.workbook.printing import set_page
from grantcalc.workbook.sheets import (
    Names,
    write_budget,
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

    There are at least as many prepared rows as the draft needs. The file appears whole or not at all; ``OSError`` where
    it cannot be written.
    """
    layout = Layout(
        language=language,
        posts=max(posts, len(draft.positions) if draft else 0),
        rows=max(rows, len(draft.lines) if draft else 0),
        pairs=max(QUANTITY_PAIRS, quantities(draft)),
        unused=programme.unused - stated_special(draft),
    )
    book = open_book(programme, library.tables, language, layout, draft)
    with moved_into_place(path) as beside:
        _write_file(beside, book)
        rewrite(beside, say_empty_text)


def _write_file(path: Path, book: Book) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    try:
        with Workbook(str(path)) as workbook:
            _write(workbook, book)
    except FileCreateError as error:  # the library's own word for a failure of the system, which it carries
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from None


def _write(workbook: Workbook, book: Book) -> None:
    formats = Formats.of(workbook, book.language)
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
        post_work(book, row, posts[row - 2] if row - 2 < len(posts) else None) for row in book.rows(Sheet.STAFF)
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
    set_page(sheet, kind, book)
