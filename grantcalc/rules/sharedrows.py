"""Rows that several funds pay (補助款 and 自籌款 side by side): what they make as a whole, whoever pays which part."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from grantcalc.draft.model import Draft, Line, Position, SharedRow
from grantcalc.money import Number, number, product, whole


def computed(row: SharedRow) -> int:
    """Unit price × every quantity, half up, as of any row."""
    return whole(product(row.unit_price, *(quantity.number for quantity in row.quantities)))


def paid(row: SharedRow) -> Number | None:
    """What its funds pay together; ``None`` where not all of them are known."""
    return number(sum(map(Fraction, row.parts), Fraction(0))) if row.parts else None


def is_wrong(row: SharedRow) -> bool:
    """Whether its amount, or what its funds pay, is not what price and quantities make."""
    made = computed(row)
    return any(stated is not None and stated != made for stated in (paid(row), row.stated))


def shared_rows(draft: Draft) -> tuple[SharedRow, ...]:
    """Every such row of a draft, once."""
    rows: Iterable[Position | Line] = (*draft.positions, *draft.lines)
    return tuple({row.shared.place: row.shared for row in rows if row.shared is not None}.values())
