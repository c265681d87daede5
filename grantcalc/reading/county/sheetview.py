"""One sheet as tables are looked for in it: what a cell holds, as text, as a number, or as something that is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from attrs import define, field

from grantcalc.reading.grid import Grid
from grantcalc.reading.numbers import of_float, of_text

_NOTHING = frozenset({"0", "０"})
_FIGURE = re.compile(r"[\d壹貳參叁肆伍陸柒捌玖拾一二兩三四五六七八九十]")


def amount(raw: object) -> Decimal | None:
    """The number that a cell holds, as a number or in words like 2,000元."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        found = of_float(float(raw))
    elif isinstance(raw, str):
        found = of_text(raw, money=True)
    else:
        return None
    return None if found is None else Decimal(found)


@define
class SheetView:
    """Asks a grid; blanks are cells of nothing but spaces too."""

    grid: Grid
    _merged: dict[tuple[int, int], tuple[int, int, int, int]] | None = field(default=None, init=False)

    @cached_property
    def lost(self) -> frozenset[tuple[int, int]]:
        """Cells that hold something, though no value: formulas not calculated, and errors."""
        return frozenset({*self.grid.scan.uncalculated, *self.grid.scan.errors})

    @cached_property
    def lost_rows(self) -> Mapping[int, tuple[int, ...]]:
        """The columns of those, by their rows."""
        found: dict[int, list[int]] = {}
        for row, column in sorted(self.lost):
            found.setdefault(row, []).append(column)
        return {row: tuple(columns) for row, columns in found.items()}

    @property
    def first_row(self) -> int:
        """The first row that holds anything."""
        return self.grid.first_row

    @property
    def last_row(self) -> int:
        """The last one."""
        return self.grid.first_row + len(self.grid.rows) - 1

    @cached_property
    def last_column(self) -> int:
        """The last column that holds anything."""
        return self.grid.first_column + max((len(row) for row in self.grid.rows), default=0) - 1

    def value(self, row: int, column: int) -> object:
        """As the file holds it."""
        return self.grid.value(row, column)

    def text(self, row: int, column: int) -> str:
        """The text of a cell without the spaces around it; ``""`` where it holds none."""
        raw = self.grid.value(row, column)
        return raw.strip() if isinstance(raw, str) else ""

    def filled(self, row: int, column: int) -> bool:
        """Whether a cell holds anything."""
        raw = self.grid.value(row, column)
        if raw == "":
            return (row, column) in self.lost
        return not isinstance(raw, str) or bool(raw.strip())

    def counted(self, row: int, column: int) -> bool:
        """Whether a cell of numbers holds a figure other than zero, in digits or in words."""
        raw = self.grid.value(row, column)
        return self.figured(row, column) and raw != 0 and not (isinstance(raw, str) and raw.strip() in _NOTHING)

    def figured(self, row: int, column: int) -> bool:
        """Whether a cell of numbers holds a figure: not a dash, a name, or nothing."""
        raw = self.grid.value(row, column)
        if isinstance(raw, str):
            return _FIGURE.search(raw) is not None if raw.strip() else (row, column) in self.lost
        return True

    def cells(self, row: int, first: int, last: int) -> Iterator[tuple[int, object]]:
        """The cells of a row that are not blank, from one column to another."""
        for column, raw in enumerate(self.grid.value_row(row), start=self.grid.first_column):
            if first <= column <= last and raw != "" and not (isinstance(raw, str) and not raw.strip()):
                yield column, raw

    def is_blank(self, row: int, first: int, last: int) -> bool:
        """Whether a part of a row holds nothing."""
        if any(first <= column <= last for column in self.lost_rows.get(row, ())):
            return False
        return next(self.cells(row, first, last), None) is None

    def merged(self, row: int, column: int) -> tuple[int, int, int, int] | None:
        """Top, left, bottom, right of the merged range of a cell."""
        if self._merged is None:
            self._merged = _by_cell(self.grid)
        return self._merged.get((row, column))

    def through_merge(self, row: int, column: int) -> object:
        """The value of a cell, or that of the cell above in its column with which it is merged."""
        raw = self.grid.value(row, column)
        if raw != "":
            return raw
        covering = self.merged(row, column)
        return "" if covering is None or covering[1] != column else self.grid.value(covering[0], column)

    def is_wide(self, row: int, column: int) -> bool:
        """Whether a cell is merged with the one right of it."""
        covering = self.merged(row, column)
        return covering is not None and covering[3] > covering[1]


def merged_apart(
    merged: Iterable[tuple[int, int, int, int]], last_row: int, last_column: int
) -> Iterator[tuple[int, int, int, int]]:
    """Merged ranges as long as they can lie apart: together they have no more cells than the sheet."""
    room = last_row * last_column
    for top, left, bottom, right in merged:
        room -= max(min(bottom, last_row) - top + 1, 0) * max(min(right, last_column) - left + 1, 0)
        if room < 0:
            return
        if top != bottom or left != right:
            yield top, left, bottom, right


def _by_cell(grid: Grid) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    """Merged ranges by their cells, within what the sheet holds."""
    bottom_row = grid.first_row + len(grid.rows) - 1
    right_column = grid.first_column + max((len(row) for row in grid.rows), default=0) - 1
    found: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for top, left, bottom, right in merged_apart(grid.merged, bottom_row, right_column):
        for row in range(top, min(bottom, bottom_row) + 1):
            for column in range(left, min(right, right_column) + 1):
                found[row, column] = (top, left, bottom, right)
    return found
