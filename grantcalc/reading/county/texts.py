"""The texts of a file that stand in no table: titles, labels with values, notes; and words as they are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from attrs import Factory, frozen

from grantcalc.reading.book import Book
from grantcalc.reading.county.model import CellKey, CountyTable, RowKind
from grantcalc.reading.deadline import NEVER, Deadline
from grantcalc.reading.grid import Grid

_EITHER_WAY = str.maketrans("台佈劃", "臺布畫")
NEIGHBOURS = 12
"""How many columns right of a label its value is looked for: a merged label covers some."""


def squeezed(text: str) -> str:
    """A text as words are looked for in it: full-width forms folded, blanks and punctuation left out.

    Letters that are written either way are one: 台 and 臺, 佈置 and 布置, 計劃 and 計畫.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_EITHER_WAY)
    return "".join(letter for letter in plain if letter.isalnum())


@frozen(kw_only=True)
class TextCell:
    """A cell with text outside the tables; ``lines`` are those of it, not empty."""

    grid: Grid
    row: int
    column: int
    text: str

    @property
    def key(self) -> CellKey:
        """Where it stands."""
        return self.grid.name, self.row, self.column

    @property
    def lines(self) -> tuple[str, ...]:
        """Line by line, ends stripped."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())


@frozen(kw_only=True)
class Outside:
    """What a file holds outside its tables."""

    texts: tuple[TextCell, ...]
    inside: Mapping[str, frozenset[tuple[int, int]]] = Factory(dict)
    """Cells of the tables, by sheet."""
    deadline: Deadline = NEVER
    """By when whoever goes through them must be done."""

    @classmethod
    def of(cls, book: Book, tables: Sequence[CountyTable], deadline: Deadline = NEVER) -> Outside:
        """Take the tables off the sheets."""
        inside: dict[str, set[tuple[int, int]]] = {name: set() for name in book.grids}
        for table in tables:
            inside.setdefault(table.grid.name, set()).update(table_cells(table))
        frozen_cells = {name: frozenset(cells) for name, cells in inside.items()}
        return cls(
            texts=tuple(
                cell for name, grid in book.grids.items() for cell in deadline.over(_texts(grid, frozen_cells[name]))
            ),
            inside=frozen_cells,
            deadline=deadline,
        )

    @property
    def cells(self) -> Iterator[TextCell]:
        """Its texts in their order, as long as there is time."""
        return self.deadline.over(self.texts)

    def value_beside(self, grid: Grid, row: int, column: int) -> tuple[int, int] | None:
        """The next cell to the right that holds anything, outside the tables; else the one below."""
        taken = self.inside.get(grid.name, frozenset())
        start = grid.right_of(row, column)
        for right in range(start, start + NEIGHBOURS):
            if (row, right) in taken:
                return None
            if _filled(grid.value(row, right)):
                return row, right
        below = (row + 1, column)
        return below if below not in taken and _filled(grid.value(*below)) else None


def _filled(value: object) -> bool:
    return value != "" and not (isinstance(value, str) and not value.strip())


def _texts(grid: Grid, inside: frozenset[tuple[int, int]]) -> Iterator[TextCell]:
    for row, values in grid.numbered():
        for column, value in enumerate(values, start=grid.first_column):
            if isinstance(value, str) and value.strip() and (row, column) not in inside:
                yield TextCell(grid=grid, row=row, column=column, text=value)


def table_cells(table: CountyTable) -> Iterator[tuple[int, int]]:
    """Every cell of a table's header and rows; its notes are text like any other."""
    first, last = width_of(table)
    rows = [*range(table.header[0], table.header[1] + 1)]
    rows += [row.number for row in table.rows if row.kind is not RowKind.NOTE]
    for row in rows:
        for column in range(first, last + 1):
            yield row, column


def width_of(table: CountyTable) -> tuple[int, int]:
    """The first and the last column of a table."""
    columns = [*(column.number for column in table.columns), *table.unclaimed]
    return min(columns, default=1), max(columns, default=0)
