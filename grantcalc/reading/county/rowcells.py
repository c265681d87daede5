"""The cells of one row of a county's table: their values as dollars, their names, and what they went to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import Factory, define, field

from grantcalc.draft.origin import Origin
from grantcalc.finding import Place
from grantcalc.money import Number, number
from grantcalc.reading.county.model import CellKey, Column, ColumnKind, CountyRow, CountyTable
from grantcalc.reading.formulas import letters
from grantcalc.reading.numbers import of_text
from grantcalc.reading.problems import shown
from grantcalc.wording import Wording, read_wording

Claims = dict[CellKey, dict[str, None]]


_NOTHING_WRITTEN: Final = frozenset("-—–－─﹣―/／") | {"", "--", "——", "──", "n/a"}
"""What clerks write into a cell that has no value."""


def is_blank(raw: object) -> bool:
    """Whether a cell holds nothing, or a dash that says so."""
    return isinstance(raw, str) and raw.strip().casefold() in _NOTHING_WRITTEN


@define
class RowCells:
    """One row while it is read."""

    table: CountyTable
    row: CountyRow
    claims: Claims
    description: str = field(init=False)
    """All cells of explanations, one text."""
    wording: Wording = field(init=False)
    worded_in: CellKey | None = field(init=False)
    """The cell that the calculations stand in."""
    name: str = field(init=False)
    _columns: Mapping[ColumnKind, list[Column]] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        kinds: dict[ColumnKind, list[Column]] = {}
        for column in self.table.columns:
            kinds.setdefault(column.kind, []).append(column)
        self._columns = kinds
        texts = [self._text(column) for column in self.columns(ColumnKind.DESCRIPTION)]
        self.description = "".join(_joined(texts))
        self.name = self.row.label
        self.wording = read_wording(self.description)
        self.worded_in = next((self.key(one) for one in self.columns(ColumnKind.DESCRIPTION) if self._text(one)), None)
        if not self.wording.calculations and self.name:
            self._read_name()

    def shared(self, column: Column) -> tuple[CellKey, object] | None:
        """The cell and value of an amount that is merged over several rows, this one among them."""
        top = self.table.reaching.get((self.row.number, column.number))
        if top is None:
            return None
        grid = self.table.grid
        value = grid.value(top, column.number)
        return None if is_blank(value) else ((grid.name, top, column.number), value)

    def _read_name(self) -> None:
        """A calculation behind the item's name, in one cell."""
        inside = read_wording(self.name)
        if inside.calculations and inside.calculations[0].label:
            self.wording = inside
            self.worded_in = self.key_of(ColumnKind.ITEM) or self.worded_in
            self.description = self.description or self.name
            self.name = inside.calculations[0].label

    def columns(self, kind: ColumnKind) -> list[Column]:
        """All columns of a kind, in their order."""
        return sorted(self._columns.get(kind, []), key=lambda column: column.index)

    def has(self, kind: ColumnKind) -> bool:
        """Whether the row holds anything in a column of this kind."""
        return any(not is_blank(self.raw(column)) for column in self.columns(kind))

    def raw(self, column: Column) -> object:
        """What stands there; a bare number in dollars where the column counts in 千元."""
        return self.scaled(column, self.table.value(self.row.number, column.kind, column.index))

    def scaled(self, column: Column, value: object) -> object:
        """A bare number of a column in dollars."""
        if column.factor == 1 or isinstance(value, bool):
            return value
        plain = of_text(value, money=False) if isinstance(value, str) else exactly(value)
        return value if plain is None else number(Decimal(plain) * column.factor)

    def first(self, kind: ColumnKind) -> object:
        """What stands in the first column of a kind."""
        columns = self.columns(kind)
        return self.raw(columns[0]) if columns else ""

    def text(self, kind: ColumnKind) -> str:
        """The text in the first column of a kind."""
        columns = self.columns(kind)
        return self._text(columns[0]) if columns else ""

    def _text(self, column: Column) -> str:
        value = self.table.value(self.row.number, column.kind, column.index)
        return shown_text(value)

    def key(self, column: Column) -> CellKey:
        """The cell of a column."""
        return self.table.grid.name, self.row.number, column.number

    def key_of(self, kind: ColumnKind) -> CellKey | None:
        """The cell of the first column of a kind."""
        columns = self.columns(kind)
        return self.key(columns[0]) if columns else None

    def claim(self, key: CellKey | None, *paths: str) -> None:
        """A cell was used; without a path where a problem says why it was not."""
        if key is not None:
            self.claims.setdefault(key, {}).update(dict.fromkeys(paths))

    def origin(self, path: str, cells: Mapping[str, CellKey | None]) -> Origin:
        """Where a row of the draft was read: its fields by their cells."""
        named = self.key_of(ColumnKind.ITEM) or self.key_of(ColumnKind.ROLE) or self._leftmost()
        return Origin(
            path=path,
            label=shown(self.name).strip(),
            sheet=self.table.grid.name,
            row=self.row.number,
            columns={"": letters(named[2])},
            cells={name: f"{letters(key[2])}{key[1]}" for name, key in cells.items() if key is not None},
        )

    def _leftmost(self) -> CellKey:
        return min((self.key(column) for column in self.table.columns), default=(self.table.grid.name, 1, 1))

    def place(self, key: CellKey | None, path: str = "") -> Place:
        """The place of a cell of this row; of its name without one."""
        at = key or self.key_of(ColumnKind.ITEM) or self._leftmost()
        return Place(path=path, sheet=at[0], cell=f"{letters(at[2])}{at[1]}", label=shown(self.name).strip())


def shown_text(value: object) -> str:
    """A cell as part of an explanation: numbers as they are written, everything else but text left out."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(value)


def _joined(texts: Iterable[str]) -> list[str]:
    """Texts of several cells; a blank between two words, none where one goes on with a number or a sign."""
    found: list[str] = []
    for text in texts:
        if text:
            glued = not found or not (found[-1][-1].isalpha() and text[0].isalpha())
            found.append(text if glued else f" {text}")
    return found


def exactly(raw: Any) -> Number | None:
    """A number of a cell, exact; ``None`` for anything else."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return None
    return number(Decimal(repr(raw)) if isinstance(raw, float) else raw)
