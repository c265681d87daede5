"""A total below columns of funds alone (總經費 1,246,322): one cell under the first of them, and the sum of all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from grantcalc.reading.county.composed import FUNDS
from grantcalc.reading.county.model import Column, ColumnKind, CountyRow, CountyTable, RowKind
from grantcalc.reading.county.sheetview import amount


def funds_below(table: CountyTable, row: CountyRow, column: Column) -> tuple[Column, ...]:
    """The columns of funds that a total adds up though it stands under one of them; none where it is that fund's.

    Its row states nothing else; the cell is merged over those columns, or another sum above states each fund's own,
    or these make the amount.
    """
    funds = sorted((one for one in table.columns if one.kind in FUNDS), key=lambda one: one.number)
    several = len({one.kind for one in funds}) > 1 and table.column(ColumnKind.AMOUNT) is None
    if row.kind is not RowKind.TOTAL or row.fund is not None or not several or column not in funds:
        return ()
    filled = [one for one in funds if table.grid.value(row.number, one.number) != ""]
    if filled != [column]:
        return ()
    return tuple(funds) if _is_merged(table, row, funds) or _is_summed(table, row, column, funds) else ()


def _is_merged(table: CountyTable, row: CountyRow, funds: Sequence[Column]) -> bool:
    return any(
        top <= row.number <= bottom and left <= funds[0].number and right >= funds[-1].number
        for top, left, bottom, right in table.grid.merged
    )


def _is_summed(table: CountyTable, row: CountyRow, column: Column, funds: Sequence[Column]) -> bool:
    """Whether a sum above states what several funds pay, and this is not that of its own column once more."""
    stated = amount(table.grid.value(row.number, column.number))
    for other in table.rows:
        if other.number < row.number and other.kind in {RowKind.SUBTOTAL, RowKind.TOTAL} and other.fund is None:
            values = {one.number: amount(table.grid.value(other.number, one.number)) for one in funds}
            known = [value for value in values.values() if value is not None]
            if len(known) > 1 and stated != values[column.number]:
                return True
    own = [_whole(table, [one]) for one in funds]
    return stated is not None and stated == sum(own, Decimal(0)) and stated != _whole(table, [column])


def _whole(table: CountyTable, columns: Sequence[Column]) -> Decimal:
    values = (
        amount(table.grid.value(row.number, column.number))
        for row in table.rows
        if row.kind is RowKind.ENTRY
        for column in columns
    )
    return sum((value for value in values if value is not None), Decimal(0))
