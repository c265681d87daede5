"""A table that repeats in few rows what the other tables of a file state (總表), proved by its total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from grantcalc.reading.county.composed import FUNDS
from grantcalc.reading.county.model import ColumnKind, CountyRow, CountyTable, RowKind
from grantcalc.reading.county.sheetview import amount

_WHOLE = frozenset({ColumnKind.AMOUNT, ColumnKind.GROUP_SUM})
_DETAILS = (ColumnKind.UNIT_PRICE, ColumnKind.QUANTITY, ColumnKind.MONTHLY_PAY, ColumnKind.MONTHS, ColumnKind.COUNT)
_FEWEST = 2


def repeats_others(table: CountyTable, tables: Sequence[CountyTable]) -> bool:
    """Whether a table without prices and quantities adds up, to the dollar, to what the others add up to."""
    rows = _entries(table)
    others = [one for one in tables if one is not table and _entries(one)]
    if len(rows) < _FEWEST or not others or any(has_details(table, row) for row in rows):
        return False
    if not any(table.grid.name != one.grid.name for one in others):
        return False
    whole = _whole(table)
    totals = {sum(_values(table, [row], _WHOLE), Decimal(0)) for row in table.rows if row.kind is RowKind.TOTAL}
    return whole > 0 and whole in totals and whole == sum(map(_whole, others))


def has_details(table: CountyTable, row: CountyRow) -> bool:
    """Whether a row states a price, a quantity, pay, months or persons: no sum does."""
    return any(table.value(row.number, kind) != "" for kind in _DETAILS)


def _entries(table: CountyTable) -> list[CountyRow]:
    return [row for row in table.rows if row.kind is RowKind.ENTRY]


def _whole(table: CountyTable) -> Decimal:
    """What the rows of a table add up to: in the column of their whole amounts, or in those of the funds together."""
    rows = _entries(table)
    columns = [column for column in table.columns if column.kind in _WHOLE]
    sums = [sum((_value(table, row, column.number) * column.factor for row in rows), Decimal(0)) for column in columns]
    return max([*sums, sum(_values(table, rows, FUNDS), Decimal(0))])


def _values(table: CountyTable, rows: Sequence[CountyRow], kinds: frozenset[ColumnKind]) -> Iterator[Decimal]:
    for column in table.columns:
        if column.kind in kinds:
            for row in rows:
                yield _value(table, row, column.number) * column.factor


def _value(table: CountyTable, row: CountyRow, column: int) -> Decimal:
    return amount(table.grid.value(row.number, column)) or Decimal(0)
