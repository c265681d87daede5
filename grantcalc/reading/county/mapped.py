"""Columns as a mapping file fixes them, whatever their headers say."""

from __future__ import annotations

from grantcalc.reading.county.blocks import Block
from grantcalc.reading.county.columns import Columns
from grantcalc.reading.county.headers import MONEY
from grantcalc.reading.county.mapping import TableMap
from grantcalc.reading.county.model import Column
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.formulas import column_number


def header_row(view: SheetView, fixed: TableMap) -> int:
    """The row above the first amount in the columns of money of a map that names no header."""
    money = [column_number(name) for name, (kind, _) in fixed.columns.items() if kind in MONEY]
    for row in range(view.first_row, view.last_row + 1):
        if any(amount(view.value(row, column)) is not None for column in money):
            return max(row - 1, 1)
    return view.first_row


def mapped_columns(view: SheetView, block: Block, body: range, fixed: TableMap, found: Columns) -> Columns:
    """The columns of the map and no other; what else holds anything stays unclaimed."""
    recognised = {one.number: one for one in found.known}
    known = []
    for name, (kind, index) in fixed.columns.items():
        number = column_number(name)
        like = recognised.get(number)
        same = like is not None and like.kind is kind
        known.append(
            Column(
                kind=kind,
                number=number,
                header=" ".join(block.texts.get(number, ())),
                index=index,
                unit=like.unit if like is not None and same else None,
                factor=_factor(found) if kind in MONEY and like is None else like.factor if like is not None else 1,
            )
        )
    taken = {one.number for one in known}
    unclaimed = {
        number: " ".join(block.texts.get(number, ()))
        for number in {*recognised, *found.unclaimed} - taken
        if number in block.texts or any(view.filled(row, number) for row in body)
    }
    known.sort(key=lambda one: one.number)
    return Columns(known=tuple(known), unclaimed=dict(sorted(unclaimed.items())), matches=found.matches)


def _factor(found: Columns) -> int:
    """What the other amounts of the table are multiplied by."""
    return next((one.factor for one in found.known if one.kind in MONEY), 1)
