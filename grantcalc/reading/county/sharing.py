"""Rows that several funds pay, as a whole: what ``draft/arithmetic`` judges, whoever pays which part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from grantcalc.draft.model import Quantity, SharedRow
from grantcalc.money import Number, number, product, whole
from grantcalc.reading.county.figures import Figures, quantities
from grantcalc.reading.county.funds import FundReader, Paid
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.rowcells import RowCells
from grantcalc.reading.numbers import of_text
from grantcalc.units import Unit

_EXTRAS: Final = (ColumnKind.BONUS, ColumnKind.INSURANCE, ColumnKind.ALLOWANCE)


def shared_line(
    cells: RowCells, figures: Figures, paid: Sequence[Paid], funds: FundReader, path: str
) -> SharedRow | None:
    """The row of lines that several funds pay; ``None`` where price or quantities are not to be had."""
    if figures.price is None or not figures.factors:
        return None
    return _shared(cells, figures.price, quantities(figures), figures.product, paid, funds, path)


def shared_post(
    cells: RowCells, paid: Sequence[Paid], funds: FundReader, values: Mapping[str, Any], path: str
) -> SharedRow | None:
    """The row of a post that several funds pay, where it is not monthly pay × months × persons.

    A row with bonus, insurance or allowance in columns of their own is more than that product.
    """
    monthly, months, persons = values.get("monthly_pay"), values.get("months"), values.get("count", 1)
    if len(paid) < 2 or not monthly or not months or not persons or any(map(cells.has, _EXTRAS)):  # noqa: PLR2004
        return None
    made = whole(product(monthly, months)) * int(persons)
    if _more_may_pay(cells) and funds.total in {None, made}:
        return None
    either = {made, whole(product(monthly, months, persons))}
    if _sum(paid) in either and (funds.total is None or funds.total in either):
        return None
    counted = (Quantity(number=months, unit=Unit.MONTH), Quantity(number=persons, unit=Unit.PERSON))
    return _shared(cells, monthly, counted if persons != 1 else counted[:1], made, paid, funds, path)


def _shared(
    cells: RowCells,
    price: Number,
    counted: tuple[Quantity, ...],
    made: int | None,
    paid: Sequence[Paid],
    funds: FundReader,
    path: str,
) -> SharedRow | None:
    if any(one.amount is None for one in paid):
        return None
    off = funds.total is not None and funds.total != made
    return SharedRow(
        place=cells.place(funds.total_cell if off else paid[0].cells[0], path),
        unit_price=price,
        quantities=counted,
        parts=() if _more_may_pay(cells) else tuple(one.amount or 0 for one in paid),
        stated=funds.total,
    )


def _more_may_pay(cells: RowCells) -> bool:
    """Whether the row holds numbers of a column that is not understood: they may be another fund's part."""
    values = (cells.table.grid.value(cells.row.number, column) for column in cells.table.unclaimed)
    return any(type(value) in {int, float} or of_text(str(value), money=True) is not None for value in values)


def _sum(paid: Sequence[Paid]) -> Number:
    return number(sum((Fraction(one.amount or 0) for one in paid), Fraction(0)))
