"""A row has the unit that its item is priced by (計價單位); 人次, 人日 and 人月 may be stated as their two factors.

A unit that may stand for the item's (節 for 小時, 人次 for 人日) is for a person to judge, and its price is compared
all the same; of one above its cap the rule of the cap tells.

Only of items whose price, hours or times a document limits: for all others it prescribes no unit, and tables/ merely
lists the usual ones.
"""

from __future__ import annotations

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.rules.alike import Compared, Reading, compared
from grantcalc.rules.context import Context
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Value, joined

_OF_SUMS = frozenset({"share-cap", "item-total"})
"""Kinds of rules that own an item's sum, and not the price of one unit."""

WRONG = Message("“{item}” is priced by {accepted}, not by {stated}.")
ALIKE = Message("“{item}” is priced by {accepted}, and the row counts {stated}: read as the same.")
SAME = Message("whether one {stated} is one {unit}; if not, state the quantity at {place} by {unit}.")
CHOOSE = Message("State the quantity at {place} in one of: {accepted}.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every row whose quantities do not make the unit of its item's price."""
    tally = Tally()
    for line in context.draft.lines:
        item = context.item(line)
        if item is None or not line.quantities or not _prescribed(context, item):
            continue
        tally.examine()
        how = compared(item, line)
        if how.reading is Reading.OTHER:
            tally.found(_finding(item, line))
        elif how.reading is not Reading.OWN and not _is_over(item, line):
            tally.found(_alike(item, line, how))
    return tally.verdict()


def _prescribed(context: Context, item: Item) -> bool:
    """Whether a document limits the item by its unit."""
    if not item.units:
        return False
    if any((item.price_cap, item.price_floor, item.times_limit, item.hours_per_time, item.hours_per_day)):
        return True
    owner = context.programme.rule(context.owner(item) or "")
    return owner is not None and owner.kind not in _OF_SUMS


def _is_over(item: Item, line: Line) -> bool:
    """Whether the rule of the item's cap tells of this row."""
    return bool(line.subsidised and item.price_cap and line.unit_price and line.unit_price > item.price_cap)


def _alike(item: Item, line: Line, how: Compared) -> Finding:
    place = line.origin.place("quantities[0].unit")
    stated: Value = how.own if how.stated is None else how.stated
    return Finding(
        outcome=Outcome.REVIEW,
        place=place,
        message=ALIKE(item=item.name, accepted=joined(item.units), stated=stated),
        remedy=LOOK(ask=SAME(stated=stated, unit=how.own, place=place.shown)),
    )


def _finding(item: Item, line: Line) -> Finding:
    place = line.origin.place("quantities[0].unit")
    accepted = joined(item.units)
    stated = joined(quantity.unit for quantity in line.quantities)
    return Finding(
        place=place,
        message=WRONG(item=item.name, accepted=accepted, stated=stated),
        remedy=CHOOSE(place=place.shown, accepted=accepted),
    )


KIND = Kind(name="unit", check=check)
