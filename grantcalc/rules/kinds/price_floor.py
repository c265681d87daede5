"""A price floor on items (單價下限): where a document prints a range, no subsidised row is priced below its lower end.

The floor stands in the item's row of items.csv (``price_floor``); the upper end is the price cap, of its own rule.
"""

from __future__ import annotations

from grantcalc.draft.model import Line
from grantcalc.finding import Explanation, Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.fees import price_of
from grantcalc.rules.prices import asks_nothing, price_edits, priced, unit_path
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import raise_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.sources import Citation
from grantcalc.text import Message, dollars
from grantcalc.units import Unit

UNDER = Message("“{item}” is priced at {stated} per {unit}, below the floor of {allowed}.")
FLOOR = Message("price floor of {item}")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every subsidised row priced below its item's floor; a row of zero dollars asks for nothing."""
    tally = Tally()
    for item in context.programme.items.values():
        if item.price_floor is not None:
            for line in context.lines(item.code):
                _judge(context, item, line, item.price_floor, tally)
    return tally.verdict()


def _judge(context: Context, item: Item, line: Line, floor: int, tally: Tally) -> None:
    row = price_of(item, line, tally)
    if row is None or row.price >= floor or asks_nothing(line):
        return
    if not row.own:
        tally.lacks(unit_path(line))
        return
    unit = priced(item, line) or item.units[0]
    origin = Citation(source=context.programme.source, section=item.section)
    tally.found(
        Finding(
            place=row.place,
            stated=row.price,
            allowed=floor,
            unit=Unit.DOLLAR,
            message=UNDER(item=item.name, stated=dollars(row.price), unit=unit, allowed=dollars(floor)),
            remedy=raise_to(row.place, floor),
            citations=(origin,),
            explanation=Explanation(label=FLOOR(item=item.name), value=floor, unit=Unit.DOLLAR, origin=origin),
            edits=price_edits(line, floor),
        )
    )


KIND = Kind(name="price-floor", check=check)
