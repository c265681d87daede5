"""Columns by month or quarter (一月…十二月, 第一季…第四季): shares of an amount, which must be their sum.

They are no money of their own: where the figures of the rows bear that out, the amount is checked as a stated sum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from math import prod

from attrs import define, evolve, field, frozen

from grantcalc.draft.model import StatedSum
from grantcalc.finding import Place
from grantcalc.money import Number, number
from grantcalc.reading.county.amounts import says_none
from grantcalc.reading.county.headers import SUMS
from grantcalc.reading.county.match import Match
from grantcalc.reading.county.model import CellKey, Column, ColumnKind, CountyRow, CountyTable, Entries, RowKind
from grantcalc.reading.county.proof import Proof, Told
from grantcalc.reading.county.rowcells import RowCells, exactly, is_blank
from grantcalc.reading.county.sheetview import amount
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message, Text, dollars, plus

SHARES = Message(
    "The columns “{first}” to “{last}” are shares of “{whole}”, which is checked as their sum; they are not read a "
    "second time."
)
IS_AMOUNT = Message("No column states the amount of a row: it is read as the sum of the columns “{first}” to “{last}”.")
AMOUNT_OF_SHARES = Message("The amount {amount} was read as the sum of the columns “{first}” to “{last}”: {parts}.")
_FEWEST = 2
_WHOLE_YEAR = {"month": 12, "quarter": 4}
_PRICES = (ColumnKind.UNIT_PRICE, ColumnKind.MONTHLY_PAY)
_TIMES = (ColumnKind.QUANTITY, ColumnKind.COUNT, ColumnKind.MONTHS)
_ROWS = 200
"""Rows that are tried."""

Value = Callable[[int, int], Decimal | None]


@frozen(kw_only=True)
class Shares:
    """Columns that divide an amount: 一月 to 十二月 of 全年合計."""

    columns: tuple[int, ...]
    whole: int


def shares_of(kinds: Mapping[int, tuple[ColumnKind, str | None]], rows: Sequence[int], value: Value) -> list[Shares]:
    """The columns of one length of time each (kind and length by column) with the amount that most rows make."""
    lengths: dict[str, list[int]] = {}
    for column, (kind, length) in sorted(kinds.items()):
        if kind is ColumnKind.PERIOD:
            lengths.setdefault(length or "", []).append(column)
    wholes = [column for column, (kind, _) in sorted(kinds.items()) if kind in SUMS]
    found = []
    for columns in lengths.values():
        made = {whole: _made(columns, whole, rows[:_ROWS], value) for whole in wholes if len(columns) >= _FEWEST}
        best = max(made, key=lambda whole: made[whole][0], default=None)
        if best is not None and made[best][0] * 2 >= made[best][1] > 0:
            found.append(Shares(columns=tuple(columns), whole=best))
    return found


def _made(columns: Sequence[int], whole: int, rows: Sequence[int], value: Value) -> tuple[int, int]:
    """In how many rows the shares make the whole, and how many state both."""
    made = stated = 0
    for row in rows:
        parts = [part for column in columns if (part := value(row, column)) is not None]
        total = value(row, whole)
        if total and any(parts):
            stated += 1
            made += sum(parts) == total
    return made, stated


def settle(proof: Proof) -> None:
    """Keep the columns of periods that are shares; the others are not understood, or are no part of a draft."""
    matches = proof.matches
    periods = [column for column, match in sorted(matches.items()) if match.kind is ColumnKind.PERIOD]
    if not periods:
        return
    kinds = {column: (match.kind, match.unit) for column, match in matches.items()}

    def value(row: int, column: int) -> Decimal | None:
        return amount(proof.view.value(row, column))

    kept: set[int] = set()
    for found in shares_of(kinds, proof.rows, value):
        kept.update(found.columns)
        names = [shown(proof.headers.get(one, "")) for one in (found.columns[0], found.columns[-1], found.whole)]
        said = SHARES(first=names[0], last=names[1] or names[0], whole=names[2])
        proof.told.append(Told(column=found.columns[0], message=said))
    if not kept and _are_amounts(proof, periods):
        kept.update(periods)
        first, last = (shown(proof.headers.get(one, "")) for one in (periods[0], periods[-1]))
        proof.told.append(Told(column=periods[0], message=IS_AMOUNT(first=first, last=last)))
    for column in periods:
        if column not in kept:
            _left(column, any(value(row, column) is not None for row in proof.rows), matches, proof)


def _are_amounts(proof: Proof, periods: Sequence[int]) -> bool:
    """Whether the columns of one whole year hold the money of rows that state no other amount.

    They may count hours or visits instead: what price × quantities of most rows make must be what they add up to.
    """
    lengths = {proof.matches[column].unit or "" for column in periods}
    whole = len(lengths) == 1 and len(periods) == _WHOLE_YEAR.get(lengths.pop())
    if not whole or any(match.kind in SUMS for match in proof.matches.values()):
        return False
    prices, times = proof.of(*_PRICES), proof.of(*_TIMES)
    right = stated = 0
    for row in proof.rows:
        parts = [part for column in periods if (part := proof.value(row, column)) is not None]
        price = [value for column in prices if (value := proof.value(row, column)) is not None]
        if parts and len(price) == 1:
            stated += 1
            counts = (proof.value(row, column) for column in times)
            made = prod((one for one in counts if one is not None), start=price[0])
            right += sum(parts) in {made, made * len(parts)}  # of the year, or of each month
    return right * 2 >= stated > 0


def summed_shares(cells: RowCells) -> tuple[Number, tuple[CellKey, ...], Text] | None:
    """The amount of a row whose table states it by month alone, its cells and what to tell; else ``None``."""
    columns = cells.columns(ColumnKind.PERIOD)
    if not columns or any(cells.columns(kind) for kind in SUMS):
        return None
    held = [column for column in columns if not is_blank(cells.raw(column))]
    values = [value for column in held if (value := exactly(cells.raw(column))) is not None]
    if not held or len(values) < len(held):
        return None
    made = number(sum(map(Decimal, values), Decimal(0)))
    parts = plus(dollars(value) for value in values)
    ordered = sorted(columns, key=lambda column: column.number)
    first, last = shown(ordered[0].header), shown(ordered[-1].header)
    told = AMOUNT_OF_SHARES(amount=dollars(made), first=first, last=last, parts=parts)
    return made, tuple(sorted(cells.key(column) for column in held)), told


def _left(column: int, has_numbers: bool, matches: dict[int, Match], proof: Proof) -> None:
    if has_numbers:
        proof.unclaimed[column] = proof.headers.get(column, "")
        del matches[column]
    else:
        matches[column] = evolve(matches[column], kind=ColumnKind.IGNORED)  # 月份: 3-11月, when it is held


@define
class PeriodSums:
    """What the shares of the rows state: every amount as their sum, every sum of one period as that of its rows."""

    entries: Entries
    sink: Sink
    claimed: set[CellKey] = field(factory=set)

    def read(self, tables: Sequence[CountyTable]) -> None:
        """All tables that have such columns."""
        for table in tables:
            kinds = {column.number: (column.kind, column.unit) for column in table.columns}
            if any(kind is ColumnKind.PERIOD for kind, _ in kinds.values()):
                rows = [row for row in table.rows if row.kind is not RowKind.NOTE]
                if not any(kind in SUMS for kind, _ in kinds.values()):
                    self._alone(table, rows)
                for shares in shares_of(kinds, [row.number for row in rows], _reader(table)):
                    for row in rows:
                        self._row(table, row, shares)

    def _alone(self, table: CountyTable, rows: Sequence[CountyRow]) -> None:
        """Sums of each period where no column states an amount: what their rows say of that period."""
        entries = {one.number for one in rows if one.kind is RowKind.ENTRY}
        for row in rows:
            for column in table.columns:
                stated = _scaled(table, row.number, column) if column.kind is ColumnKind.PERIOD else None
                cells = [(at, column.number) for at in row.sums]
                if stated is None or not cells or not entries.issuperset(row.sums):
                    continue
                if all(_is_read(table, cell) for cell in cells):
                    self.claimed.add((table.grid.name, row.number, column.number))
                    below = (_scaled(table, at, column) for at in row.sums)
                    self._state(table, row, column, stated, [value for value in below if value is not None])

    def _row(self, table: CountyTable, row: CountyRow, shares: Shares) -> None:
        whole = next(column for column in table.columns if column.number == shares.whole)
        if row.kind is RowKind.ENTRY:
            stated = _scaled(table, row.number, whole)
            if stated is not None and self.entries.claimed.get((table.grid.name, row.number, whole.number)):
                self._state(table, row, whole, stated, self._values(table, row.number, shares.columns, whole.factor))
            return
        entries = {one.number for one in table.rows if one.kind is RowKind.ENTRY} if row.sums else set()
        if not entries.issuperset(row.sums) or not row.sums:
            return
        for column in shares.columns:
            one = evolve(whole, number=column)
            stated = _scaled(table, row.number, one)
            cells = [(at, column) for at in row.sums]
            if stated is not None and all(_is_read(table, cell) for cell in cells):
                self.claimed.add((table.grid.name, row.number, column))
                below = (_scaled(table, at, one) for at in row.sums)
                self._state(table, row, one, stated, [value for value in below if value is not None])

    def _values(self, table: CountyTable, row: int, columns: Sequence[int], factor: int) -> list[Number]:
        """The shares of one row, a blank or a dash none of them; nothing, and all unread, where one is no number."""
        if not all(_is_read(table, (row, column)) for column in columns):
            return []
        self.claimed |= {(table.grid.name, row, column) for column in columns}
        values = (amount(table.grid.value(row, column)) for column in columns)
        return [number(value * factor) for value in values if value is not None]

    def _state(self, table: CountyTable, row: CountyRow, column: Column, stated: Number, parts: list[Number]) -> None:
        if not parts:  # an amount that is not divided contradicts nothing
            return
        cell = table.grid.cell(row.number, column.number)
        rows = self.entries.claimed.get((table.grid.name, row.number, column.number), ())
        path = next(iter(rows), f"totals.{row.label.strip() or cell}")
        place = Place(path=path, sheet=table.grid.name, cell=cell, label=shown(row.label).strip())
        one = StatedSum(place=place, stated=stated, rows=rows, label=shown(row.label).strip(), parts=tuple(parts))
        self.sink.sums.append(one)


def _reader(table: CountyTable) -> Value:
    return lambda row, column: amount(table.grid.value(row, column))


def _is_read(table: CountyTable, cell: tuple[int, int]) -> bool:
    """Whether a cell is a number, or says that there is none."""
    raw = table.grid.value(*cell)
    return raw == "" or (isinstance(raw, str) and says_none(raw)) or amount(raw) is not None


def _scaled(table: CountyTable, row: int, column: Column) -> Number | None:
    value = amount(table.grid.value(row, column.number))
    return None if value is None else number(value * column.factor)
