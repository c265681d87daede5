"""A price cap on items (單價上限): the unit price of a subsidised row is at most what its item's row of items.csv says.

One rule owns each cap (``price_owner``). A co-leader is paid at most half of the leader's actual price; where that is
lower than the cap, the rule of the half rate owns the limit instead. What has no price here is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Cut, Explanation, Finding, Outcome, Verdict
from grantcalc.money import Number
from grantcalc.rules.alike import Compared, Reading, compared
from grantcalc.rules.context import Context
from grantcalc.rules.half import Half, leaders_half
from grantcalc.rules.ledger import usable
from grantcalc.rules.perhaps import perhaps
from grantcalc.rules.prices import asks_nothing, price_cut, price_edits, unit_path
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import LOOK, lower
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.sources import Citation
from grantcalc.text import Bilingual, Message, dollars
from grantcalc.units import Unit

OVER = Message("“{item}” is priced at {stated} per {unit}, above the cap of {allowed}.")
CAP = Message("price cap of {item}")
AT_COST = Message("“{item}” is paid at cost; no price is printed.")
ELSEWHERE = Message("“{item}” is priced by another document; its price is to be looked up there.")


@frozen(kw_only=True, eq=False, repr=False)
class PriceCap:
    """Items without a price of their own, each with what a person must look at.

    ``at_cost``: paid as they really cost; ``elsewhere``: priced by a document that is not in hand.
    """

    at_cost: Mapping[str, Bilingual] = field(factory=dict)
    elsewhere: Mapping[str, Bilingual] = field(factory=dict)


def check(context: Context, rule: Rule, values: PriceCap) -> Verdict:
    """A finding for every subsidised row priced above its item's cap; a review of every one without a cap."""
    tally = Tally()
    for item in context.programme.items.values():
        if context.owner(item) == rule.id and item.price_cap is not None:
            half = leaders_half(context, item)
            for line in context.lines(item.code):
                _judge(context, item, line, half, tally)
    for message, asks in ((AT_COST, values.at_cost), (ELSEWHERE, values.elsewhere)):
        for code, ask in asks.items():
            for line in context.lines(code):
                _look(context.programme.items[code], line, message, ask, tally)
    return tally.verdict()


def _look(item: Item, line: Line, message: Message, ask: Bilingual, tally: Tally) -> None:
    tally.examine()
    if asks_nothing(line):
        return
    place = line.origin.place("unit_price")
    said = message(item=item.name)
    tally.found(Finding(outcome=Outcome.REVIEW, place=place, message=said, remedy=LOOK(ask=ask)))


def _judge(context: Context, item: Item, line: Line, half: Half | None, tally: Tally) -> None:
    tally.examine()
    if line.unit_price is None:
        tally.lacks(line.origin.place("unit_price").path)
        return
    how = compared(item, line)
    cap = item.price_cap or 0
    if not (how.certain_above if line.unit_price > cap else how.certain_below):
        tally.lacks(unit_path(line))
    if not usable(line.unit_price) or line.unit_price <= cap or (half is not None and half.allowed < cap):
        return
    if how.certain_above:
        tally.found(_finding(context, item, line, line.unit_price, cap, how))
    elif how.reading is not Reading.OTHER:
        cited = (Citation(source=context.programme.source, section=item.section),)
        tally.found(perhaps(item, line, line.unit_price, cap, how, citations=cited))


def _finding(context: Context, item: Item, line: Line, stated: Number, cap: int, how: Compared) -> Finding:
    place = line.origin.place("unit_price")
    origin = Citation(source=context.programme.source, section=item.section)
    return Finding(
        place=place,
        stated=stated,
        allowed=cap,
        unit=Unit.DOLLAR,
        message=OVER(item=item.name, stated=dollars(stated), unit=how.stated or how.own, allowed=dollars(cap)),
        remedy=lower(place, cap),
        citations=(origin,),
        explanation=Explanation(label=CAP(item=item.name), value=cap, unit=Unit.DOLLAR, origin=origin),
        edits=price_edits(line, cap),
        cut=Cut(categories=(item.category,), amount=price_cut(line, cap)),
    )


KIND = Kind(name="price-cap", check=check, values=PriceCap)
