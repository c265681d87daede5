"""Rows that nobody sees, or that are struck out: left out where a stated sum adds up exactly without them alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from attrs import Factory, evolve, frozen

from grantcalc.draft.model import Doubt, Line, Position
from grantcalc.finding import Place
from grantcalc.money import number
from grantcalc.reading.county.headers import SUMS
from grantcalc.reading.county.model import CellKey, ColumnKind, CountyRow, CountyTable, Entries, RowKind
from grantcalc.reading.county.remedies import NOTHING
from grantcalc.reading.county.sheetview import amount
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Measure, Message, Value, dollars

HIDDEN_OUT = Message(
    "Row {row} “{label}” ({amount}) is hidden and left out: the sum at {sum} adds up without it, and not with it."
)
STRUCK_OUT = Message(
    "Row {row} “{label}” ({amount}) is struck out and left out: the sum at {sum} adds up without it, and not with it."
)
HIDDEN_IN = Message("Row {row} “{label}” ({amount}) is hidden; no sum says whether it counts: it is read like others.")
STRUCK_IN = Message(
    "Row {row} “{label}” ({amount}) is struck out; no sum says whether it counts: it is read like others."
)
STRUCK_COUNTS = Message("Row {row} “{label}” ({amount}) is struck out, but the stated sums count it: it is read.")
TAKE_OUT = Message("Look whether the row is to count; if not, delete it, else show it and correct the sum.")
_SCORE: Final = 80


@frozen(kw_only=True)
class Unseen:
    """The tables without the rows that do not count; the cells of those, and the rows that may not count."""

    tables: tuple[CountyTable, ...]
    cells: tuple[CellKey, ...] = ()
    doubted: frozenset[tuple[str, int]] = frozenset()

    def marked(self, entries: Entries) -> Entries:
        """The entries with the doubtful rows marked, and the cells that were left out told."""
        if not self.cells and not self.doubted:
            return entries
        lines = tuple(self._line(line) for line in entries.lines)
        posts = tuple(self._post(post) for post in entries.positions)
        claimed = {**entries.claimed, **dict.fromkeys(self.cells, ())}
        return evolve(entries, lines=lines, positions=posts, claimed=claimed)

    def _line(self, line: Line) -> Line:
        return evolve(line, doubts=line.doubts | {Doubt.ROW}) if self._is_doubted(line) else line

    def _post(self, post: Position) -> Position:
        return evolve(post, doubts=post.doubts | {Doubt.ROW}) if self._is_doubted(post) else post

    def _is_doubted(self, row: Line | Position) -> bool:
        return (row.origin.sheet, row.origin.row) in self.doubted


def without_unseen(tables: Sequence[CountyTable], sink: Sink) -> Unseen:
    """Leave out, sheet by sheet, what the stated sums prove not to count; everything of the kind is told."""
    of_sheet: defaultdict[str, list[CountyTable]] = defaultdict(list)
    for table in tables:
        of_sheet[table.grid.name].append(table)
    sheets = {name: _Sheet.of(own) for name, own in of_sheet.items()}
    left_out: dict[str, frozenset[int]] = {}
    doubted: set[tuple[str, int]] = set()
    for name, sheet in sheets.items():
        if not sheet.hidden | sheet.struck:
            continue
        found = sheet.proven()
        left_out[name] = found[0] if found is not None else frozenset()
        if found is not None:
            sheet.tell_left_out(found[0], found[1], sink)
        open_rows = sheet.undecided(left_out[name])
        sheet.tell_read(open_rows, left_out[name], sink)
        doubted.update((name, number_) for number_ in open_rows)
    made = tuple(_without(table, left_out.get(table.grid.name, frozenset())) for table in tables)
    cells = tuple(key for name, sheet in sheets.items() for key in sheet.cells(left_out.get(name, frozenset())))
    return Unseen(tables=made, cells=cells, doubted=frozenset(doubted))


def _without(table: CountyTable, rows: Collection[int]) -> CountyTable:
    if not rows:
        return table
    kept = (row for row in table.rows if row.number not in rows)
    return evolve(
        table, rows=tuple(evolve(row, sums=tuple(one for one in row.sums if one not in rows)) for row in kept)
    )


@frozen(kw_only=True)
class _Sheet:
    """The tables of one sheet with their rows by number; none of them where tables stand beside each other."""

    tables: Sequence[CountyTable]
    owners: Mapping[int, tuple[CountyTable, CountyRow]] = Factory(dict)
    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()

    @classmethod
    def of(cls, tables: Sequence[CountyTable]) -> _Sheet:
        """Find the rows with money that are hidden, or struck out."""
        rows = [(table, row) for table in tables for row in table.rows]
        owners = {row.number: (table, row) for table, row in rows}
        if len(owners) < len(rows):
            return cls(tables=tables)
        sheet = cls(tables=tables, owners=owners)
        grid = tables[0].grid
        entries = [at for at, (_, row) in owners.items() if row.kind is RowKind.ENTRY and sheet.worth(at)]
        struck = frozenset(at for at in entries if sheet.is_struck(at)) if grid.struck else frozenset[int]()
        return evolve(sheet, hidden=grid.hidden_rows.intersection(entries), struck=struck)

    def is_struck(self, at: int) -> bool:
        """Whether every number of a row is struck through."""
        table = self.owners[at][0]
        numbers = [
            (at, one.number) for one in table.columns if isinstance(table.grid.value(at, one.number), int | float)
        ]
        return bool(numbers) and table.grid.struck.issuperset(numbers)

    def worth(self, at: int) -> Decimal:
        """The amount of a row, of whatever fund."""
        found = (self._amount(at, kind) for kind in SUMS)
        return next((value for value in found if value), Decimal(0))

    def proven(self) -> tuple[frozenset[int], int] | None:
        """The rows without which alone a sum adds up, and the row of that sum."""
        options = dict.fromkeys((self.hidden, self.struck, self.hidden | self.struck))
        for option in (one for one in options if one):
            sums = list(self._sums(option))
            if any(self._adds_up(at, rows) for at, rows in sums):
                continue
            for at, rows in sums:
                if self._adds_up(at, rows - option):
                    return option, at
        return None

    def undecided(self, left_out: Collection[int]) -> list[int]:
        """The rows that are read, though no sum that counts them adds up."""
        rest = (self.hidden | self.struck).difference(left_out)
        return sorted(
            at
            for at in rest
            if not any(self._adds_up(total, rows.difference(left_out)) for total, rows in self._sums({at}))
        )

    def _sums(self, wanted: Collection[int]) -> Iterator[tuple[int, frozenset[int]]]:
        """Every row with a sum over one of these rows, with all the rows that it adds up."""
        for at, (_, row) in self.owners.items():
            rows = self._entries(row, frozenset())
            if row.sums and not rows.isdisjoint(wanted):
                yield at, rows

    def _entries(self, row: CountyRow, above: frozenset[int]) -> frozenset[int]:
        found: set[int] = set()
        for at in row.sums:
            inner = self.owners.get(at)
            if inner is not None and inner[1].sums and at not in above:
                found |= self._entries(inner[1], above | {at})
            else:
                found.add(at)
        return frozenset(found)

    def _adds_up(self, at: int, rows: Collection[int]) -> bool:
        stated = 0
        for kind in dict.fromkeys(one.kind for one in self.owners[at][0].columns if one.kind in SUMS):
            whole = self._amount(at, kind)
            if whole is None:
                continue
            stated += 1
            parts = (self._amount(one, kind) for one in rows)
            if sum((part for part in parts if part is not None), Decimal(0)) != whole:
                return False
        return stated > 0

    def _amount(self, at: int, kind: ColumnKind) -> Decimal | None:
        table = self.owners[at][0] if at in self.owners else None
        column = None if table is None else table.column(kind)
        return None if table is None or column is None else amount(table.grid.value(at, column.number))

    def tell_left_out(self, rows: Collection[int], total: int, sink: Sink) -> None:
        """Each row that does not count, with its amount and the sum that proves it."""
        table = self.owners[total][0]
        column = next(one for one in table.columns if one.kind in SUMS and self._amount(total, one.kind) is not None)
        at_sum = Place(path="", sheet=table.grid.name, cell=table.grid.cell(total, column.number))
        for at in sorted(rows):
            message = STRUCK_OUT if at in self.struck else HIDDEN_OUT
            told = message(row=str(at), label=self._label(at), amount=self._dollars(at), sum=at_sum)
            sink.recognised(self._place(at), told, TAKE_OUT(), score=_SCORE, sure=False)

    def tell_read(self, open_rows: Collection[int], left_out: Collection[int], sink: Sink) -> None:
        """Each row that counts all the same; of a hidden one that the sums count, the file's notes tell."""
        for at in sorted((self.hidden | self.struck).difference(left_out)):
            values: dict[str, Value] = {"row": str(at), "label": self._label(at), "amount": self._dollars(at)}
            if at in open_rows:
                message = STRUCK_IN if at in self.struck else HIDDEN_IN
                sink.recognised(self._place(at), message(**values), TAKE_OUT(), score=_SCORE, sure=False)
            elif at in self.struck:
                sink.recognised(self._place(at), STRUCK_COUNTS(**values), NOTHING())

    def cells(self, rows: Collection[int]) -> Iterator[CellKey]:
        """Every filled cell of these rows."""
        for at in sorted(rows):
            grid = self.owners[at][0].grid
            for column, value in enumerate(grid.value_row(at), start=grid.first_column):
                if value != "":
                    yield grid.name, at, column

    def _label(self, at: int) -> str:
        return shown(self.owners[at][1].label).strip()

    def _dollars(self, at: int) -> Measure:
        table = self.owners[at][0]
        column = next(one for one in table.columns if one.kind in SUMS and self._amount(at, one.kind))
        return dollars(number(self.worth(at) * column.factor))

    def _place(self, at: int) -> Place:
        table = self.owners[at][0]
        item = table.column(ColumnKind.ITEM) or table.columns[0]
        cell = table.grid.cell(at, item.number)
        return Place(path="", sheet=table.grid.name, cell=cell, label=self._label(at))
