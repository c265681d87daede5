"""The sheets of a spreadsheet as plain rows of values, with everything a parsing library would leave out."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from grantcalc.reading.formulas import Scan, letters


@frozen(kw_only=True)
class Grid:
    """One sheet: ``rows`` from row ``first_row`` and column ``first_column`` on (both from 1), blanks as ``""``."""

    name: str
    rows: list[list[object]]
    first_row: int
    first_column: int
    merged: tuple[tuple[int, int, int, int], ...]
    """Top, left, bottom, right of every merged range, from 1."""
    scan: Scan
    hidden_rows: frozenset[int] = frozenset()
    """Rows with content that nobody sees; they are read like the others."""
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    """Cells that are struck through, by row and column; only those of .xlsx and .xlsm are known."""

    def numbered(self) -> Iterator[tuple[int, list[object]]]:
        """Every row with its number."""
        return enumerate(self.rows, start=self.first_row)

    def value(self, row: int, column: int) -> object:
        """One cell, by its numbers from 1; ``""`` where there is none."""
        down, right = row - self.first_row, column - self.first_column
        if 0 <= down < len(self.rows) and 0 <= right < len(self.rows[down]):
            return self.rows[down][right]
        return ""

    def value_row(self, row: int) -> list[object]:
        """All cells of a row, from ``first_column`` on."""
        down = row - self.first_row
        return self.rows[down] if 0 <= down < len(self.rows) else []

    def cell(self, row: int, column: int) -> str:
        """The name of a cell, like B7."""
        return f"{letters(column)}{row}"

    def right_of(self, row: int, column: int) -> int:
        """The column after a cell, past its merged range."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return right + 1
        return column + 1
