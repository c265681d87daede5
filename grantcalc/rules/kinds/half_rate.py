"""Part of an hour or period is paid at half (未滿折半支給).

The billable quantity of such an item is whole or ends in .5, where .5 stands for any part below one. A co-leader is
paid at most half of the leader's actual price (interpretation), the highest where a draft has several; items.csv says
who assists whom (``assists``), and the two printed prices give the share. A document may give this rule the half of a
lecturer's assistant too.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Lecturer, Line
from grantcalc.finding import Cut, Explanation, Finding, Operation, Verdict
from grantcalc.money import Number, Rounding
from grantcalc.rules.assistants import assistants_most, judge_assistant, lecturers_price
from grantcalc.rules.context import Context
from grantcalc.rules.fees import price_of
from grantcalc.rules.half import Half, billable, leaders_half
from grantcalc.rules.ledger import usable
from grantcalc.rules.prices import (
    MONTH,
    price_cut,
    price_edits,
    quantity_cut,
    quantity_edits,
    quantity_of,
    times_of,
    unit_path,
)
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import lower, set_to
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, Percent, dollars
from grantcalc.units import Unit

PART = Message(
    "{stated} of “{item}”: part of one is paid at half, so the quantity is whole or ends in .5, here {allowed}."
)
HALF = Message(
    "“{item}” is priced at {stated}, above {share} of the leader's actual price ({leader} × {share}, rounded down: "
    "{allowed})."
)
WHOLE_PART = Message("whole units")
HALF_UNIT = Message("a part below one, at half")
BILLABLE = Message("billable quantity")
LEADER = Message("the leader's price")
HALF_OF = Message("the co-leader's share of the leader's price")
SHARE = Message("share: the printed price of the co-leader ÷ that of the leader")


@frozen(kw_only=True, eq=False, repr=False)
class HalfRate:
    """``codes``: the items this rule owns (their rows of items.csv say ``half_rate``); ``part``: what a part counts.

    ``assistants``: items of lectures whose assistants get ``share`` of the lecturer's fee, which is at most ``fee``.
    """

    codes: tuple[str, ...]
    part: Limit | None = None
    assistants: tuple[str, ...] = ()
    fee: Limit | None = None
    share: Limit | None = None


def check(context: Context, rule: Rule, values: HalfRate) -> Verdict:
    """A finding for each quantity that is neither whole nor ends in .5, and for who assists above the leader's half."""
    tally = Tally()
    for item in context.programme.items.values():
        if item.code in values.codes:
            half = leaders_half(context, item)
            for line in context.lines(item.code):
                tally.examine()
                if values.part is not None:
                    _judge_quantity(item, line, values.part, tally)
                _judge_price(item, line, half, tally)
        if item.code in values.assistants and values.fee is not None and values.share is not None:
            paid = lecturers_price(context.lines(item.code, subsidised=False))
            most = assistants_most(values.fee, values.share, paid)
            for line in context.lines(item.code):
                _judge_lecture(item, line, most, tally)
    return tally.verdict()


def _judge_lecture(item: Item, line: Line, most: Explanation, tally: Tally) -> None:
    """The price of an assistant; of a row that does not say who lectures, only that it might be one."""
    lecturer = line.details.lecturer
    if lecturer is None and usable(line.unit_price) and (line.unit_price or 0) > most.value:
        tally.lacks(line.origin.place("details.lecturer").path)
    if lecturer is not Lecturer.ASSISTANT:
        return
    row = price_of(item, line, tally)
    finding = judge_assistant(row, most) if row is not None else None
    if finding is not None:
        tally.found(finding)


def _judge_quantity(item: Item, line: Line, part: Limit, tally: Tally) -> None:
    found = next((pair for unit in item.units if (pair := quantity_of(line, unit))), None)
    if found is None:
        tally.lacks(unit_path(line))
        return
    index, quantity = found
    allowed = billable(quantity.number, part.value)
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
                    Explanation(label=HALF_UNIT, value=part.value, unit=quantity.unit, origin=part.citation),
                ),
            ),
            edits=quantity_edits(line, index, allowed),
            cut=Cut(categories=(item.category,), amount=quantity_cut(line, index, allowed)),
        )
    )


def _too_long(item: Item, line: Line, hours: Number) -> bool:
    """Hours above the limit a time are that limit's fault, and whole once it is kept."""
    limit = item.hours_per_time
    return limit is not None and hours > limit and times_of(line, months_count=item.times_per == MONTH) is not None


def _judge_price(item: Item, line: Line, half: Half | None, tally: Tally) -> None:
    stated = line.unit_price
    if half is None or stated is None or not usable(stated) or stated <= half.allowed:
        return
    if item.price_cap is not None and half.allowed >= item.price_cap:
        return
    place, allowed = line.origin.place("unit_price"), half.allowed
    leader = Explanation(label=LEADER, value=half.leader, unit=Unit.DOLLAR)
    tally.found(
        Finding(
            place=place,
            stated=stated,
            allowed=allowed,
            unit=Unit.DOLLAR,
            message=HALF(
                item=item.name,
                stated=dollars(stated),
                share=Percent(half.share),
                leader=dollars(half.leader),
                allowed=dollars(allowed),
            ),
            remedy=lower(place, allowed),
            explanation=Explanation(
                label=HALF_OF,
                value=allowed,
                unit=Unit.DOLLAR,
                operation=Operation.PRODUCT,
                inputs=(leader, Explanation(label=SHARE, value=half.share, unit=Unit.FRACTION)),
                rounding=Rounding.DOWN.value,
            ),
            edits=price_edits(line, allowed),
            cut=Cut(categories=(item.category,), amount=price_cut(line, allowed)),
        )
    )


KIND = Kind(name="half-rate", check=check, values=HalfRate)
