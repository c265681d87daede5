"""Part of an hour or period is paid at half (未滿折半支給).

The billable quantity of such an item is whole or ends in .5, where .5 stands for any part below one. A co-leader is
paid at most half of the leader's actual price (interpretation), the highest where a draft has several.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Cut, Explanation, Finding, Operation, Verdict
from grantcalc.money import Number, number, whole
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import usable
from grantcalc.rules.prices import price_cut, quantity_cut, quantity_of, times_of
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import edit, lower, set_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, dollars
from grantcalc.units import Unit

PART = Message(
    "{stated} of “{item}”: part of one is paid at half, so the quantity is whole or ends in .5, here {allowed}."
)
HALF = Message("“{item}” is priced at {stated}, above half of the leader's actual price ({leader} ÷ 2 = {allowed}).")
WHOLE_PART = Message("whole units")
HALF_UNIT = Message("a part below one, at half")
BILLABLE = Message("billable quantity")
LEADER = Message("the leader's price")
HALF_OF = Message("half of the leader's price")
TWO = Message("half")

ASSISTS: dict[str, str] = {"group-coleader": "group-leader"}
"""Items whose price follows another item's actual price."""


@frozen(kw_only=True, eq=False, repr=False)
class HalfRate:
    """``codes``: the items this rule owns (their rows of items.csv say ``half_rate``)."""

    codes: tuple[str, ...]


def leaders_half(context: Context, item: Item) -> int | None:
    """Half of the highest price a leader is paid in this draft; ``None`` where none is paid."""
    leader = ASSISTS.get(item.code)
    rows = context.lines(leader, subsidised=False) if leader else []
    prices = [line.unit_price for line in rows if line.unit_price and usable(line.unit_price)]
    return whole(Fraction(max(prices)) / 2) if prices else None


def billable(stated: Number) -> Number:
    """Whole, or whole and a half for any part."""
    floor = int(stated)
    return stated if stated == floor else number(floor + Decimal("0.5"))


def check(context: Context, rule: Rule, values: HalfRate) -> Verdict:
    """A finding for each quantity that is neither whole nor ends in .5, and each co-leader above the leader's half."""
    tally = Tally()
    for code in values.codes:
        item = context.programme.items[code]
        half = leaders_half(context, item)
        for line in context.lines(code):
            tally.examine()
            _judge_quantity(item, line, tally)
            _judge_price(item, line, half, tally)
    return tally.verdict()


def _judge_quantity(item: Item, line: Line, tally: Tally) -> None:
    found = next((pair for unit in item.units if (pair := quantity_of(line, unit))), None)
    if found is None:
        tally.lacks(line.origin.place("quantities").path)
        return
    index, quantity = found
    allowed = billable(quantity.number)
    if quantity.number <= 0 or allowed == quantity.number or _too_long(item, line, quantity.number):
        return
    place = line.origin.place(f"quantities[{index}].number")
    floor = int(quantity.number)
    tally.found(
        Finding(
            place=place,
            stated=quantity.number,
            allowed=allowed,
            unit=quantity.unit,
            message=PART(
                stated=Measure(quantity.number, quantity.unit),
                item=item.name,
                allowed=Measure(allowed, quantity.unit),
            ),
            remedy=set_to(place, allowed, quantity.unit),
            explanation=Explanation(
                label=BILLABLE,
                value=allowed,
                unit=quantity.unit,
                operation=Operation.SUM,
                inputs=(
                    Explanation(label=WHOLE_PART, value=floor, unit=quantity.unit),
                    Explanation(label=HALF_UNIT, value=Decimal("0.5"), unit=quantity.unit),
                ),
            ),
            edits=edit(place, allowed),
            cut=Cut(categories=(item.category,), amount=quantity_cut(line, index, allowed)),
        )
    )


def _too_long(item: Item, line: Line, hours: Number) -> bool:
    """Hours above the limit a time are that limit's fault, and whole once it is kept."""
    limit = item.hours_per_time
    return limit is not None and hours > limit and times_of(line, months_count=True) is not None


def _judge_price(item: Item, line: Line, half: int | None, tally: Tally) -> None:
    stated = line.unit_price
    if half is None or stated is None or not usable(stated) or stated <= half:
        return
    if item.price_cap is not None and half >= item.price_cap:
        return
    place = line.origin.place("unit_price")
    leader = Explanation(label=LEADER, value=half * 2, unit=Unit.DOLLAR)
    tally.found(
        Finding(
            place=place,
            stated=stated,
            allowed=half,
            unit=Unit.DOLLAR,
            message=HALF(item=item.name, stated=dollars(stated), leader=dollars(half * 2), allowed=dollars(half)),
            remedy=lower(place, half),
            explanation=Explanation(
                label=HALF_OF,
                value=half,
                unit=Unit.DOLLAR,
                operation=Operation.QUOTIENT,
                inputs=(leader, Explanation(label=TWO, value=2)),
            ),
            edits=edit(place, half),
            cut=Cut(categories=(item.category,), amount=price_cut(line, half)),
        )
    )


KIND = Kind(name="half-rate", check=check, values=HalfRate)
