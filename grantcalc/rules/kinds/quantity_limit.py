"""Limits of quantity (數量上限): hours a time and persons a time of each row, times of all rows of an item together.

The limits stand in the item's row of items.csv. Times count by month of the plan or by year.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc import roc
from grantcalc.draft.model import Line
from grantcalc.finding import Cut, Explanation, Finding, Operation, Verdict
from grantcalc.money import Exact, Number, number
from grantcalc.rules.context import Context
from grantcalc.rules.prices import quantity_cut, quantity_edits, quantity_of, times_of
from grantcalc.rules.programme import Item
from grantcalc.rules.reduce import Share, reduce_rows
from grantcalc.rules.remedies import lower
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.sources import Citation
from grantcalc.text import Measure, Message
from grantcalc.units import Unit

HOURS = Message("“{item}” takes {stated} a time, above the limit of {allowed}.")
PERSONS = Message("“{item}” pays {stated} a time, above the limit of {allowed}.")
TIMES = Message("“{item}” is planned {stated} in all, above the limit of {allowed}.")
A_TIME = Message("limit a time of {item}")
TIMES_LIMIT = Message("limit of times of {item}")
TIMES_A_MONTH = Message("times a month")
PLAN_MONTHS = Message("months of the plan's period")

MONTH = "month"


@frozen(kw_only=True, eq=False, repr=False)
class QuantityLimit:
    """``codes``: the items whose limits this rule owns."""

    codes: tuple[str, ...]


def check(context: Context, rule: Rule, values: QuantityLimit) -> Verdict:
    """A finding for each quantity above its limit, and one for each item planned too often."""
    tally = Tally()
    for code in values.codes:
        item = context.programme.items[code]
        shares: list[Share] = []
        for line in context.lines(code):
            tally.examine()
            shares += _judge_row(context, item, line, tally)
        if item.times_limit is not None and shares:
            _judge_times(context, item, shares, tally)
    return tally.verdict()


def _judge_row(context: Context, item: Item, line: Line, tally: Tally) -> list[Share]:
    """Hours and persons of one row; its times, for the sum."""
    times = times_of(line, months_count=item.times_per == MONTH)
    if times is None:
        # Without times the hours are a total, which says nothing of one time.
        tally.lacks(line.origin.place("quantities").path)
    else:
        _judge_quantity(context, item, line, Unit.HOUR, tally)
    _judge_quantity(context, item, line, Unit.PERSON, tally)
    return [Share(line=line, index=times[0], total=times[1])] if times else []


def _judge_quantity(context: Context, item: Item, line: Line, unit: Unit, tally: Tally) -> None:
    allowed = item.hours_per_time if unit is Unit.HOUR else item.persons_per_time
    found = quantity_of(line, unit)
    if allowed is None or found is None or found[1].number <= allowed:
        return
    index, quantity = found
    place = line.origin.place(f"quantities[{index}].number")
    message = HOURS if unit is Unit.HOUR else PERSONS
    origin = _origin(context, item)
    tally.found(
        Finding(
            place=place,
            stated=quantity.number,
            allowed=allowed,
            unit=unit,
            message=message(item=item.name, stated=Measure(quantity.number, unit), allowed=Measure(allowed, unit)),
            remedy=lower(place, allowed, unit),
            citations=(origin,),
            explanation=Explanation(label=A_TIME(item=item.name), value=allowed, unit=unit, origin=origin),
            edits=quantity_edits(line, index, allowed),
            cut=Cut(categories=(item.category,), amount=quantity_cut(line, index, allowed)),
        )
    )


def _judge_times(context: Context, item: Item, shares: list[Share], tally: Tally) -> None:
    exact: Exact = sum((share.total for share in shares), 0)
    asked: Number = number(exact)
    limit = _limit(context, item)
    allowed = int(limit.value)
    if asked <= allowed:
        return
    reduced = reduce_rows(shares, asked - allowed)
    stated, most = Measure(asked, Unit.TIME), Measure(allowed, Unit.TIME)
    tally.found(
        Finding(
            place=reduced.place,
            stated=asked,
            allowed=allowed,
            unit=Unit.TIME,
            message=TIMES(item=item.name, stated=stated, allowed=most),
            remedy=lower(reduced.place, reduced.edits[0].value or 0, Unit.TIME),
            citations=(_origin(context, item),),
            explanation=limit,
            edits=reduced.edits,
            cut=Cut(categories=(item.category,), amount=reduced.cut),
        )
    )


def _limit(context: Context, item: Item) -> Explanation:
    times = item.times_limit or 0
    origin = _origin(context, item)
    label = TIMES_LIMIT(item=item.name)
    if item.times_per != MONTH:
        return Explanation(label=label, value=times, unit=Unit.TIME, origin=origin)
    months = roc.months_touched(context.period.start, context.period.end)
    return Explanation(
        label=label,
        value=times * months,
        unit=Unit.TIME,
        operation=Operation.PRODUCT,
        inputs=(
            Explanation(label=TIMES_A_MONTH, value=times, unit=Unit.TIME, origin=origin),
            Explanation(label=PLAN_MONTHS, value=months, unit=Unit.MONTH, origin=context.draft.place("period")),
        ),
    )


def _origin(context: Context, item: Item) -> Citation:
    return Citation(source=context.programme.source, section=item.section)


KIND = Kind(name="quantity-limit", check=check, values=QuantityLimit)
