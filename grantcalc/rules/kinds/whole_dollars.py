"""Amounts are whole dollars and not negative, quantities are positive (金額為整數元).

Owner over the arithmetic where a sign or a fraction is the fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.draft.model import Draft, Line, Position
from grantcalc.finding import Edit, Finding, Place, Verdict
from grantcalc.money import Number, Rounding, is_whole, whole
from grantcalc.rules.context import Context
from grantcalc.rules.remedies import set_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.soundness import is_count, stated_money
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Text, dollars
from grantcalc.units import Unit

NEGATIVE = Message("{stated} is negative; an amount of a budget is 0 or more.")
FRACTION = Message("{stated} has a part of a dollar; amounts are whole dollars.")
QUANTITY = Message("The quantity is {stated}; it must be above 0.")
COUNT = Message("The number of posts is {stated}; it must be a whole number of at least 1.")
MONTHS = Message("The number of months is {stated}; it must be 0 or more.")
ENTER = Message("Enter at {place} what is meant, or take the row out.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every stated number that no calculation may use."""
    tally = Tally()
    for place, value in _money(context.draft):
        tally.examine()
        _judge_money(place, value, tally)
    for place, value, is_wrong, message in _numbers(context.draft):
        tally.examine()
        if is_wrong:
            tally.found(_finding(place, value, None, message(stated=value), ENTER(place=place), None))
    return tally.verdict()


def _money(draft: Draft) -> Iterator[tuple[Place, Number]]:
    rows: tuple[Position | Line, ...] = (*draft.positions, *draft.lines)
    for row in rows:
        for name, value in stated_money(row):
            yield row.origin.place(name), value
    for name, stated in (("funding.subsidy", draft.funding.subsidy), ("funding.own", draft.funding.own)):
        if stated is not None:
            yield draft.place(name), stated
    for index, other in enumerate(draft.funding.other):
        yield draft.place(f"funding.other[{index}].amount"), other.amount
    for name, value in draft.totals.categories.items():
        yield draft.place(f"totals.categories.{name}"), value
    if draft.totals.grand is not None:
        yield draft.place("totals.grand"), draft.totals.grand


def _numbers(draft: Draft) -> Iterator[tuple[Place, Number, bool, Message]]:
    for position in draft.positions:
        if position.count is not None:
            yield position.origin.place("count"), position.count, not is_count(position.count), COUNT
        if position.months is not None:
            yield position.origin.place("months"), position.months, position.months < 0, MONTHS
    for line in draft.lines:
        for index, quantity in enumerate(line.quantities):
            place = line.origin.place(f"quantities[{index}].number")
            yield place, quantity.number, quantity.number <= 0, QUANTITY


def _judge_money(place: Place, value: Number, tally: Tally) -> None:
    if value < 0:
        message = NEGATIVE(stated=dollars(value))
        tally.found(_finding(place, value, None, message, ENTER(place=place), Unit.DOLLAR))
    elif not is_whole(value):
        allowed = whole(value, Rounding.DOWN)
        message = FRACTION(stated=dollars(value))
        tally.found(_finding(place, value, allowed, message, set_to(place, allowed), Unit.DOLLAR))


def _finding(
    place: Place, stated: Number, allowed: int | None, message: Text, remedy: Text, unit: Unit | None
) -> Finding:
    edits = () if allowed is None else (Edit(place=place, value=allowed),)
    return Finding(place=place, stated=stated, allowed=allowed, unit=unit, message=message, remedy=remedy, edits=edits)


KIND = Kind(name="whole-dollars", check=check)
