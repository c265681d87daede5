"""Rows of 人力 and 經費: one precompiled converter for each column, no work for blank cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from attrs import evolve, frozen

from grantcalc.draft.fields import LINE_FIELDS, POSITION_FIELDS, QUANTITY_HEADERS, FieldSpec, Kind
from grantcalc.draft.model import Cell, Line, Origin, Position, Quantity
from grantcalc.finding import Place
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.grid import Grid
from grantcalc.reading.limits import Limits
from grantcalc.reading.lost import tell_error, tell_uncalculated
from grantcalc.reading.problems import Sink, shown
from grantcalc.reading.sheet_table import Table, find_table, known_headers, line_headers
from grantcalc.reading.values import Convert
from grantcalc.text import Bilingual

_FILLERS = frozenset({"ref", "count", "fund"})
"""Columns that a template fills in beforehand: alone they make no row."""
_SUM_WORDS = frozenset({"合計", "小計", "總計", "total", "subtotal", "grandtotal", "sum"})
_LINE_LABELS = ("ref", "item", "description")
_POSITION_LABELS = ("ref", "person", "role")

_FIRST_PAIR = tuple(Bilingual(header.zh.format(n=1), header.en.format(n=1)) for header in QUANTITY_HEADERS)
Row = TypeVar("Row", Position, Line)
Column = tuple[int, str, Convert]
"""Offset in the row, name of the field, converter."""


@frozen(kw_only=True)
class _Sheet:
    """How the rows of one sheet are read."""

    grid: Grid
    table: Table
    path: str
    labels: tuple[int, ...]
    content: tuple[int, ...]
    typed: frozenset[int]
    """Columns (from 1) whose formulas make a row, as what is typed there does; a template has none in them."""
    money: tuple[tuple[int, str], ...]
    extras: tuple[int, ...]

    @classmethod
    def of(cls, grid: Grid, table: Table, path: str, specs: Iterable[FieldSpec], labels: tuple[str, ...]) -> _Sheet:
        """Work out the offsets once."""
        offsets = {name: column - grid.first_column for name, column in table.columns.items()}
        claimed = {*table.columns.values(), *table.ignored}
        width = len(grid.rows[0]) if grid.rows else 0
        money = [spec.name for spec in specs if spec.kind is Kind.MONEY and spec.name in offsets]
        typed = {*table.columns} - _FILLERS - {*money}
        return cls(
            grid=grid,
            table=table,
            path=path,
            labels=tuple(offsets[name] for name in labels if name in offsets),
            content=tuple(offset for name, offset in offsets.items() if name not in _FILLERS),
            typed=frozenset(table.columns[name] for name in typed),
            money=tuple((offsets[name], name) for name in money),
            extras=tuple(offset for offset in range(width) if offset + grid.first_column not in claimed),
        )

    def filled(self, row: list[object]) -> bool:
        """Whether a row holds anything: text, a date, or an amount that is not zero."""
        for offset in self.content:
            cell = row[offset]
            if cell not in {"", 0} and (type(cell) is not str or cell.strip()):
                return True
        return False

    def origin(self, row: list[object], number: int, index: int) -> Origin:
        """Where a row stands, and what a person calls it."""
        label = ""
        for offset in self.labels:
            cell = row[offset]
            if cell != "":
                label = shown(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()
                break
        return Origin(
            path=f"{self.path}[{index}]",
            label=label,
            sheet=self.grid.name,
            row=number,
            columns=self.table.letters,
        )

    def tell_extras(self, row: list[object], number: int, sink: Sink) -> None:
        """Cells that no column of the draft claims."""
        for offset in self.extras:
            if row[offset] != "":
                self.unread(row[offset], number, offset, sink)

    def unread(self, cell: object, number: int, offset: int, sink: Sink) -> None:
        """One such cell."""
        place = Place(
            path=self.path, sheet=self.grid.name, cell=self.grid.cell(number, offset + self.grid.first_column)
        )
        sink.cells.append(Cell(place=place, claimed=False, shown=shown(cell)))

    def tell_money(self, row: list[object], made: Line | Position, sink: Sink) -> None:
        """Money cells, read or not."""
        for offset, name in self.money:
            cell = row[offset]
            if cell != "" and (type(cell) is not str or cell.strip()):
                sink.money_cell(made.origin.place(name), cell, read=getattr(made, name) is not None)

    def tell_lost(self, index_of: Mapping[int, int], sink: Sink) -> None:
        """Formulas without a stored value, and error values, in the columns that are read.

        Formulas of rows in which nothing stands are those that a template prepares.
        """
        fields = {column: name for name, column in self.table.columns.items()}
        uncalculated, errors = self.grid.scan.uncalculated, self.grid.scan.errors
        filled = {*index_of, *(row for row, column in uncalculated if column in self.typed)}
        waiting: list[Place] = []
        for row, column in sorted({*uncalculated, *errors}):
            if row <= self.table.header_row or column in self.table.ignored:
                continue
            found = errors.get((row, column))
            if column not in fields:
                if found is not None:
                    self.unread(found, row, column - self.grid.first_column, sink)
                continue
            index = index_of.get(row)
            path = self.path if index is None else f"{self.path}[{index}].{fields[column]}"
            place = Place(path=path, sheet=self.grid.name, cell=self.grid.cell(row, column))
            if found is not None:
                tell_error(place, found, sink)
            elif row in filled:
                waiting.append(place)
            else:
                continue
            if any(name == fields[column] for _, name in self.money):
                sink.money_cell(place, found or "", read=False)
        tell_uncalculated(waiting, sink)


def read_positions(
    grid: Grid, assembler: Assembler, limits: Limits, people: Mapping[int, str] | None = None
) -> tuple[Position, ...]:
    """The posts of 人力; ``people`` gives what stands for the identity numbers of a row."""
    known = known_headers(POSITION_FIELDS)
    required = _headers(POSITION_FIELDS, "role", "monthly_pay")
    table = find_table(grid, known, required, "positions", assembler.sink, limits)
    if table is None:
        assembler.sink.hopeless = True
        return ()
    sheet = _Sheet.of(grid, table, "positions", POSITION_FIELDS, _POSITION_LABELS)
    columns = _compiled(sheet, assembler.position_converters())

    def build(row: list[object], origin: Origin) -> Position:
        values = {name: convert(row[offset], origin, name) for offset, name, convert in columns if row[offset] != ""}
        if people and origin.row is not None and origin.row in people:
            values["identity"] = people[origin.row]
        return assembler.position(values, origin)

    return tuple(_rows(sheet, assembler.sink, build))


def read_lines(grid: Grid, assembler: Assembler, limits: Limits) -> tuple[Line, ...]:
    """The rows of 經費."""
    known = line_headers(LINE_FIELDS)
    required = (*_headers(LINE_FIELDS, "item", "unit_price", "amount"), *_FIRST_PAIR)
    table = find_table(grid, known, required, "lines", assembler.sink, limits)
    if table is None:
        assembler.sink.hopeless = True
        return ()
    sheet = _Sheet.of(grid, table, "lines", LINE_FIELDS, _LINE_LABELS)
    columns = _compiled(sheet, assembler.line_converters())
    plain = [column for column in columns if "." not in column[1]]
    nested = [(offset, name, name.partition(".")[2], convert) for offset, name, convert in columns if "." in name]
    pairs = _pairs(sheet)

    def build(row: list[object], origin: Origin) -> Line:
        values = {name: convert(row[offset], origin, name) for offset, name, convert in plain if row[offset] != ""}
        details = {
            key: convert(row[offset], origin, name) for offset, name, key, convert in nested if row[offset] != ""
        }
        quantities, placed = _quantities(row, pairs, origin, assembler)
        return assembler.line(values, details, quantities, placed)

    return tuple(_rows(sheet, assembler.sink, build))


def _headers(specs: Iterable[FieldSpec], *names: str) -> tuple[Bilingual, ...]:
    return tuple(spec.header for spec in specs if spec.name in names)


def _compiled(sheet: _Sheet, converters: Mapping[str, Convert]) -> list[Column]:
    return [
        (column - sheet.grid.first_column, name, converters[name])
        for name, column in sheet.table.columns.items()
        if name in converters
    ]


def _rows(sheet: _Sheet, sink: Sink, build: Callable[[list[object], Origin], Row]) -> Iterator[Row]:
    index_of: dict[int, int] = {}
    for number, row in sheet.grid.numbered():
        if number <= sheet.table.header_row:
            continue
        if sheet.extras:
            sheet.tell_extras(row, number, sink)
        if not sheet.filled(row):
            continue
        if _is_sum(sheet, row):
            _tell_sum(sheet, row, number, sink)
            continue
        origin = sheet.origin(row, number, len(index_of))
        index_of[number] = len(index_of)
        made = build(row, origin)
        sheet.tell_money(row, made, sink)
        yield made
    sheet.tell_lost(index_of, sink)


def _is_sum(sheet: _Sheet, row: list[object]) -> bool:
    """A row like 合計, that adds up others: no text in it but that word."""
    found = False
    for offset in (*sheet.content, *sheet.labels[:1]):
        cell = row[offset]
        if isinstance(cell, str) and cell.strip():
            if "".join(cell.split()).casefold() not in _SUM_WORDS:
                return False
            found = True
    return found


def _tell_sum(sheet: _Sheet, row: list[object], number: int, sink: Sink) -> None:
    for column in sheet.table.columns.values():
        offset = column - sheet.grid.first_column
        if row[offset] != "":
            sheet.unread(row[offset], number, offset, sink)


Pair = tuple[int, int | None, int | None]
"""Index of a quantity pair, offsets of its number and its unit."""


def _pairs(sheet: _Sheet) -> list[Pair]:
    columns = sheet.table.columns
    first = sheet.grid.first_column
    indexes = sorted(
        {int(name[len("quantities[") : name.index("]")]) for name in columns if name.startswith("quantities[")}
    )
    made: list[Pair] = []
    for index in indexes:
        number, unit = (columns.get(f"quantities[{index}].{part}") for part in ("number", "unit"))
        made.append((index, None if number is None else number - first, None if unit is None else unit - first))
    return made


def _quantities(
    row: list[object], pairs: list[Pair], origin: Origin, assembler: Assembler
) -> tuple[tuple[Quantity, ...], Origin]:
    """All factors of a row; none at all where one is bad. Blank pairs before filled ones move the columns up."""
    found: list[Quantity | None] = []
    moved: list[tuple[int, int]] = []
    for index, at_number, at_unit in pairs:
        number = "" if at_number is None else row[at_number]
        unit = "" if at_unit is None else row[at_unit]
        if number == "" and unit == "":
            continue
        if index != len(found):
            moved.append((len(found), index))
        name = f"quantities[{index}]"
        stated = None if number == "" else number
        found.append(assembler.quantity(stated, None if unit == "" else unit, origin, name))
    good = tuple(quantity for quantity in found if quantity is not None)
    if len(good) != len(found):
        good = ()
    return good, _moved(origin, moved) if moved else origin


def _moved(origin: Origin, moved: list[tuple[int, int]]) -> Origin:
    columns = dict(origin.columns)
    for index, at in moved:
        for part in ("number", "unit"):
            columns[f"quantities[{index}].{part}"] = origin.columns.get(f"quantities[{at}].{part}", "")
    return evolve(origin, columns=columns)
