"""Books made of plain rows, as a reader of files hands them over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grantcalc.draft.choices import Form
from grantcalc.reading.book import Book
from grantcalc.reading.formulas import Scan
from grantcalc.reading.grid import Grid

Rows = Sequence[Sequence[object]]


def grid(name: str, rows: Rows, *merged: tuple[int, int, int, int]) -> Grid:
    """One sheet; ``None`` is a blank cell, numbers are floats as every file has them."""
    width = max(map(len, rows), default=0)
    full = [[_cell(row[at]) if at < len(row) else "" for at in range(width)] for row in rows]
    return Grid(name=name, rows=full, first_row=1, first_column=1, merged=merged, scan=NOTHING)


def book(sheets: Mapping[str, Rows]) -> Book:
    """A workbook of these sheets."""
    return Book(
        form=Form.WORKBOOK, grids={name: grid(name, rows) for name, rows in sheets.items()}, names=tuple(sheets)
    )


def _cell(value: object) -> object:
    if value is None:
        return ""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


NOTHING = Scan(uncalculated=frozenset(), errors={})
