"""A row has the unit that its item is priced by (計價單位); 人次, 人日 and 人月 may be stated as their two factors."""

from __future__ import annotations

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.prices import priced
from grantcalc.rules.programme import Item
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, joined

WRONG = Message("“{item}” is priced by {accepted}, not by {stated}.")
CHOOSE = Message("State the quantity at {place} in one of: {accepted}.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every row whose quantities do not make the unit of its item's price."""
    tally = Tally()
    for line in context.draft.lines:
        item = context.item(line)
        if item is None or not item.units or not line.quantities:
            continue
        tally.examine()
        if priced(item, line) is None:
            tally.found(_finding(item, line))
    return tally.verdict()


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
