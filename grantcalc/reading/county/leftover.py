"""What of a county's sheets became no part of the draft: every such cell and row is told, each once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from attrs import define

from grantcalc.draft.model import Cell, Line, Position
from grantcalc.finding import Place
from grantcalc.reading.book import Book
from grantcalc.reading.county.model import CellKey, ColumnKind, CountyRow, CountyTable, Entries, RowKind
from grantcalc.reading.county.remedies import BY_MAP
from grantcalc.reading.county.summary import MONEY
from grantcalc.reading.county.texts import table_cells, width_of
from grantcalc.reading.county.words import number_alone
from grantcalc.reading.deadline import NEVER, Deadline
from grantcalc.reading.grid import Grid
from grantcalc.reading.lost import tell_error, tell_uncalculated
from grantcalc.reading.problems import Sink, shown
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.text import Message

ROW_LEFT_OUT = Message("Row {row} is no part of the draft: “{text}”.")
NO_TABLE = Message(
    "The sheet “{sheet}” holds no budget table; its {rows} rows were searched for facts of the plan only."
)
NUMBERS_LEFT = Message(
    "The sheet “{sheet}” holds no table that was understood, but {numbers} numbers, the first in {cell}; none is part "
    "of the draft."
)
LOOK_AT_SHEET = Message("Look whether it holds a budget; if so, give its columns usual headers.")

_MONEY = MONEY | {ColumnKind.PERIOD}
_PLAIN = frozenset({ColumnKind.CATEGORY, ColumnKind.REF, ColumnKind.IGNORED})
"""Columns that are used, or left out on purpose, without a claim of their own."""
_UNIT = re.compile(r"[(（]?\s*(?:金額)?單位\s*[:：]?\s*(?:新[臺台]幣)?\s*[千仟萬]?元\s*[)）]?")
"""單位：元 above a table speaks of its amounts; the table's columns tell what was made of it."""
_SUMS = frozenset({RowKind.HEADING, RowKind.SUBTOTAL, RowKind.TOTAL})


@define
class Leftover:
    """Walks once over every sheet."""

    book: Book
    tables: Sequence[CountyTable]
    entries: Entries
    claimed: Collection[CellKey]
    """Cells of facts and of sums."""
    sink: Sink
    left_out: Sequence[CountyTable] = ()
    """Tables of another plan or year: each is told as a whole."""

    def tell(self, deadline: Deadline = NEVER) -> None:
        """Every non-empty cell of every sheet: claimed, or told."""
        for grid in deadline.over(self.book.grids.values()):
            tables = [table for table in self.tables if table.grid.name == grid.name]
            others = [table for table in self.left_out if table.grid.name == grid.name]
            if not tables and not others:
                self._sheet_without_table(grid)
                continue
            money = {column.number for table in tables for column in table.columns if column.kind in _MONEY}
            money |= {column for table in tables for column, header in table.unclaimed.items() if not header}
            quiet = {at for table in tables for at in _quiet(table, grid)}
            left_out = {at for table in others for at in table_cells(table)}
            self._rest(grid, quiet | left_out, money, deadline)
            for at in sorted(left_out):
                if _is_number(grid.value(*at)):
                    self._unread(grid, at, grid.value(*at), money=False, told=True)
            for at in [at for table in tables for at in _slipped(table, grid)]:
                self._unread(grid, at, grid.value(*at), money=True)
            self._lost(grid, tables)

    def _rest(self, grid: Grid, quiet: Collection[tuple[int, int]], money: Collection[int], deadline: Deadline) -> None:
        in_rows = {row.number for table in self.tables if table.grid.name == grid.name for row in _entries(table)}
        for row, values in deadline.over(grid.numbered()):
            texts: list[tuple[int, str]] = []
            for column, value in enumerate(values, start=grid.first_column):
                at = (row, column)
                if not _filled(value) or at in quiet:
                    continue
                key = (grid.name, row, column)
                paths = self.entries.claimed.get(key)
                if paths is not None or key in self.claimed:
                    self._known(key, grid, paths, column in money)
                elif isinstance(value, str) and row not in in_rows:
                    texts.append((column, value))
                else:
                    self._unread(grid, at, value, money=column in money and _is_number(value))
            if any(not _UNIT.fullmatch(text) for _, text in texts):
                self._row(grid, row, texts)

    def _known(self, key: CellKey, grid: Grid, paths: tuple[str, ...] | None, money: bool) -> None:
        """A cell that was used; one that a problem tells is not claimed."""
        path = paths[0] if paths else "lines"
        place = Place(path=path, sheet=grid.name, cell=grid.cell(key[1], key[2]))
        if paths == ():
            self.sink.cells.append(
                Cell(place=place, claimed=False, shown=shown(grid.value(key[1], key[2])), told=True, money=money)
            )
        elif money:
            self.sink.cells.append(Cell(place=place, claimed=True))

    def _unread(self, grid: Grid, at: tuple[int, int], value: object, *, money: bool, told: bool = False) -> None:
        place = Place(path="lines", sheet=grid.name, cell=grid.cell(*at))
        self.sink.cells.append(Cell(place=place, claimed=False, shown=shown(value), money=money, told=told))

    def _row(self, grid: Grid, row: int, texts: Sequence[tuple[int, str]]) -> None:
        """A row of text: a title, a remark, a signature."""
        place = Place(path="lines", sheet=grid.name, cell=grid.cell(row, texts[0][0]))
        text = shown(" ".join(text.strip() for _, text in texts))
        self.sink.recognised(place, ROW_LEFT_OUT(row=str(row), text=text), NOTHING_TO_DO())

    def _sheet_without_table(self, grid: Grid) -> None:
        numbers = [
            grid.cell(row, column)
            for row, values in grid.numbered()
            for column, value in enumerate(values, start=grid.first_column)
            if _is_number(value) and (grid.name, row, column) not in self.claimed
        ]
        rows = sum(1 for _, values in grid.numbered() if any(_filled(value) for value in values))
        if numbers:
            message = NUMBERS_LEFT(sheet=shown(grid.name), numbers=len(numbers), cell=numbers[0])
            place = Place(path="lines", sheet=grid.name, cell=numbers[0])
            self.sink.recognised(place, message, LOOK_AT_SHEET(), score=0, sure=False, hint=BY_MAP())
        elif rows:
            message = NO_TABLE(sheet=shown(grid.name), rows=rows)
            self.sink.recognised(Place(path="lines", sheet=grid.name), message, NOTHING_TO_DO())

    def _lost(self, grid: Grid, tables: Sequence[CountyTable]) -> None:
        """Error values, and formulas without a stored value, in the rows and columns that are read."""
        fields = self._fields(grid)
        waiting: list[Place] = []
        lost = sorted({*grid.scan.errors, *grid.scan.uncalculated})
        read = [_reads(table) for table in tables] if lost else []
        for row, column in lost:
            if not any(row in rows and column in columns for rows, columns in read):
                continue
            cell = grid.cell(row, column)
            place = Place(path=fields.get(cell, "lines"), sheet=grid.name, cell=cell)
            found = grid.scan.errors.get((row, column))
            if found is None:
                waiting.append(place)
            else:
                tell_error(place, found, self.sink)
            self.sink.cells.append(Cell(place=place, claimed=False, shown=found or "", told=True))
        tell_uncalculated(waiting, self.sink)

    def _fields(self, grid: Grid) -> dict[str, str]:
        """The field of each cell of the rows that were made of a sheet, by the cell's name."""
        found: dict[str, str] = {}
        rows: tuple[Position | Line, ...] = (*self.entries.positions, *self.entries.lines)
        for row in rows:
            origin = row.origin
            for name in (*origin.columns, *origin.cells):
                place = origin.place(name)
                if name and place.sheet == grid.name and place.cell:
                    found.setdefault(place.cell, place.path)
        return found


def _quiet(table: CountyTable, grid: Grid) -> Iterator[tuple[int, int]]:
    """The cells of a table that need no telling: its header, what names its rows, columns left out on purpose."""
    first, last = width_of(table)
    kinds = {column.number: column.kind for column in table.columns}
    for row in range(table.header[0], table.header[1] + 1):
        yield from ((row, column) for column in range(first, last + 1))
    for entry in table.rows:
        for column in range(first, last + 1) if entry.kind is not RowKind.NOTE else ():
            names_sum = entry.kind in _SUMS and not _is_number(grid.value(entry.number, column))
            if kinds.get(column) in _PLAIN or names_sum:
                yield entry.number, column


def _slipped(table: CountyTable, grid: Grid) -> Iterator[tuple[int, int]]:
    """Amounts in the wrong column, which no field took: a number for a category's name, and one that is all the
    explanation of a row which states no amount.
    """
    explained = [column.number for column in table.columns if column.kind is ColumnKind.DESCRIPTION]
    money = [column.number for column in table.columns if column.kind in MONEY]
    named = [column.number for column in table.columns if column.kind is ColumnKind.CATEGORY]
    for entry in table.rows:
        for column in named if entry.kind is not RowKind.NOTE else ():
            value = grid.value(entry.number, column)
            if _is_number(value) and number_alone(value) is None:
                yield entry.number, column
    for entry in _entries(table) if money else ():
        row = entry.number
        held = [(row, column) for column in explained if _filled(grid.value(row, column))]
        stated = any(_filled(grid.value(row, column)) for column in money)
        if not stated and all(_is_number(grid.value(*at)) for at in held):
            yield from held


def _entries(table: CountyTable) -> list[CountyRow]:
    return [row for row in table.rows if row.kind is RowKind.ENTRY]


def _reads(table: CountyTable) -> tuple[frozenset[int], frozenset[int]]:
    """The rows and the columns that a table reads: rows that are no notes, columns that are not ignored."""
    rows = (one.number for one in table.rows if one.kind is not RowKind.NOTE)
    columns = {one.number: one.kind for one in table.columns}
    return frozenset(rows), frozenset(at for at, kind in columns.items() if kind is not ColumnKind.IGNORED)


def _filled(value: object) -> bool:
    return value != "" and not (isinstance(value, str) and not value.strip())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
