"""A workbook (.xlsx) with the values of a file of another form (.ods, .xls, .xlsb, .csv) in the same cells.

The library that marks cells opens .xlsx only; the marked copy of such a file is made of this one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from grantcalc.draft.choices import Form
from grantcalc.reading.book import Book
from grantcalc.reading.grid import Grid
from grantcalc.text import Message, Text
from grantcalc.workbook.cells import FIRST_DATE, serial
from grantcalc.workbook.printing import A4
from grantcalc.workbook.simulation_page import FORMULA_STARTS
from grantcalc.workbook.styles import FONT

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ONLY_VALUES = Message(
    "The marked copy is a new .xlsx beside the {form}: it has the values and merged cells of the visible sheets in the "
    "same cells, without formulas, formats, comments, pictures and hidden sheets; identity numbers are masked. The "
    "original is unchanged."
)
RENAMED = Message("The sheet {sheet} is called {name} in the marked copy, as .xlsx does not take its name.")

REBUILT = frozenset({Form.OPEN_DOCUMENT, Form.OLD_WORKBOOK, Form.BINARY_WORKBOOK, Form.TEXT_TABLE})
"""Forms whose marked copy is made of their values."""
LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NARROWEST, _WIDEST = 8, 48
_LONGEST_TEXT = 32_767
_QUOTED = "quoted"
"""The format of texts that a program could take for a formula once the cell is edited."""
_TITLE = "title"
_SAMPLE = 200
"""Rows that decide how wide a column is."""


def rebuild(book: Book, target: Path) -> tuple[Mapping[str, str], tuple[Text, ...]]:
    """Write the values to ``target``; returns the new name of every sheet, and what the copy does not have."""
    from xlsxwriter import Workbook

    names = _names(book)
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with Workbook(str(target), options) as workbook:
        formats = _formats(workbook)
        for name, grid in book.grids.items():
            _write(workbook.add_worksheet(names[name]), grid, formats)
        if not book.grids:
            workbook.add_worksheet()
    told = [RENAMED(sheet=old, name=new) for old, new in names.items() if old != new]
    return names, (ONLY_VALUES(form=book.form), *told)


def _names(book: Book) -> dict[str, str]:
    """Names that .xlsx takes, each once without regard to case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for name in book.grids:
        plain = plain_name(name)
        new, number = plain, 1
        while new.casefold() in taken:
            number += 1
            ending = f"_{number}"
            new = plain[: LONGEST_NAME - len(ending)] + ending
        taken.add(new.casefold())
        names[name] = new
    return names


def plain_name(name: str) -> str:
    """A sheet's name as .xlsx takes it, as long as no other sheet has that one."""
    return (_FORBIDDEN.sub("_", name).strip() or "_")[:LONGEST_NAME]


def _formats(workbook: Workbook) -> dict[type | str, Format]:
    plain = {"font_name": FONT, "valign": "vcenter"}
    return {
        str: workbook.add_format({**plain, "text_wrap": True}),
        _QUOTED: workbook.add_format({**plain, "text_wrap": True, "quote_prefix": True}),
        _TITLE: workbook.add_format(plain),
        int: workbook.add_format({**plain, "num_format": "#,##0"}),
        float: workbook.add_format(plain),
        dt.date: workbook.add_format({**plain, "num_format": "yyyy-mm-dd"}),
    }


def _write(sheet: Worksheet, grid: Grid, formats: Mapping[type | str, Format]) -> None:
    widths: dict[int, int] = {}
    over = {(top, left) for top, left, _, right in grid.merged if left != right}
    for number, row in grid.numbered():
        is_title = sum(value != "" for value in row) == 1
        for column, value in enumerate(row, start=grid.first_column):
            if value != "":
                _cell(sheet, number - 1, column - 1, value, formats, may_wrap=not is_title)
                if number < grid.first_row + _SAMPLE and not is_title and (number, column) not in over:
                    widths[column] = max(widths.get(column, 0), _width(value))
    for column, width in widths.items():
        sheet.set_column(column - 1, column - 1, min(max(width + 2, _NARROWEST), _WIDEST))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for top, left, bottom, right in grid.merged:
        if (top, left) != (bottom, right):
            _merge(sheet, (top - 1, left - 1, bottom - 1, right - 1), formats[str])
            _cell(sheet, top - 1, left - 1, grid.value(top, left), formats)
    for row_number in grid.hidden_rows:
        sheet.set_row(row_number - 1, None, None, {"hidden": True})
    for column in grid.hidden_columns:
        sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})


def _merge(sheet: Worksheet, area: tuple[int, int, int, int], form: Format) -> None:
    """Merge cells; where a file says that some belong to two areas, the first one holds."""
    from xlsxwriter.exceptions import OverlappingRange

    with suppress(OverlappingRange):
        sheet.merge_range(*area, "", form)


def _cell(
    sheet: Worksheet,
    row: int,
    column: int,
    value: object,
    formats: Mapping[type | str, Format],
    *,
    may_wrap: bool = True,
) -> None:
    """Text as text, whatever it begins with; alone in its row, it runs over the columns to its right."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, formats[int if float(value).is_integer() else float])
    elif isinstance(value, dt.date) and (day := _day(value)) >= FIRST_DATE:
        sheet.write_number(row, column, serial(day), formats[dt.date])
    elif value != "":
        text = str(value)[:_LONGEST_TEXT]
        is_quoted = text.startswith(FORMULA_STARTS)
        sheet.write_string(row, column, text, formats[_QUOTED if is_quoted else str if may_wrap else _TITLE])


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _width(value: object) -> int:
    from wcwidth import wcswidth

    return max((max(wcswidth(line), 0) for line in str(value).splitlines()), default=0)
