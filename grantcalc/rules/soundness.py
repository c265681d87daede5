"""Which stated values can be calculated with at all: whole dollars that are not negative, quantities above zero.

``draft/whole-dollars`` owns every fault found here; rules of arithmetic leave such rows to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from grantcalc.draft.model import Line, Position
from grantcalc.money import Number, is_whole
from grantcalc.rules.ledger import usable

POST_MONEY: Final = (
    "previous_pay",
    "monthly_pay",
    "pay_amount",
    "own_monthly_pay",
    "regional_allowance",
    "allowance_amount",
    "employer_insurance",
    "insurance_amount",
    "own_insurance",
)
"""Every money field of a post."""

LINE_MONEY: Final = ("unit_price", "amount")
"""Every money field of a row."""


def stated_money(row: Position | Line) -> Iterator[tuple[str, Number]]:
    """Every amount of money a post or row states, by its field."""
    for name in POST_MONEY if isinstance(row, Position) else LINE_MONEY:
        value: Number | None = getattr(row, name)
        if value is not None:
            yield name, value


def is_count(value: Number | None) -> bool:
    """True for a number of posts: whole and at least one."""
    return value is not None and value > 0 and is_whole(value)


def sound_line(line: Line) -> bool:
    """True where nothing in the row is negative, fractional money or an empty quantity."""
    quantities = all(quantity.number > 0 for quantity in line.quantities)
    return quantities and all(usable(value) for _, value in stated_money(line))


def sound_post(position: Position) -> bool:
    """True where nothing in the post is negative, fractional money or no number of posts."""
    months = position.months is None or position.months >= 0
    return months and is_count(position.count) and all(usable(value) for _, value in stated_money(position))
