"""A row has the unit that its item is priced by (計價單位); 人次, 人日 and 人月 may be stated as their two factors.

A unit that may stand for the item's (節 for 小時, 人次 for 人日) is for a person to judge, and its price is compared
all the same; of one above its cap the rule of the cap tells.

Only of items whose price, hours or times a document limits: for all others it prescribes no unit, and tables/ merely
lists the usual ones.
"""

from __future__ import annotations

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.place import At
from grantcalc.rules.alike import Compared, Reading, compared
from grantcalc.rules.context import Context
from grantcalc.rules.programme import Item
from grantcalc.rules.registry import kind_of
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Value, joined

_OF_SUMS = frozenset({"share-cap", "item-total"})
"""Kinds of rules that own an item's sum, and not the price of one unit."""

WRONG = Message("“{item}” is priced by {accepted}, not by {stated}.")
ALIKE = Message("“{item}” is priced by {accepted}, and the row counts {stated}: read as the same.")
AS_WRITTEN = Message("“{item}” is priced by {accepted}, and the row counts {stated}: its price is not compared.")
SAME = Message("whether one {stated} is one {unit}; if not, state the quantity at {place} by {unit}.")
CHOOSE = Message("State the quantity at {place} in one of: {accepted}.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every row whose quantities do not make the unit of its item's price."""
    tally = Tally()
    priced: dict[str, frozenset[str]] = {}
    for line in context.draft.lines:
        item = context.item(line)
        if item is None or not line.quantities or not _prescribed(context, item):
            continue
        tally.examine()
        how = compared(item, line)
        if how.reading is Reading.OTHER:
            tally.found(_finding(item, line))
        elif how.reading is not Reading.OWN and not _is_over(context, item, line, priced):
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


def _is_over(context: Context, item: Item, line: Line, priced: dict[str, frozenset[str]]) -> bool:
    """Whether the rule that owns the item's price tells of this row; ``priced`` keeps what each such rule tells of."""
    owner = context.programme.rule(context.owner(item) or "")
    if owner is None:
        return False
    if owner.id not in priced:
        found = kind_of(owner.kind).check(context, owner, owner.values).findings
        priced[owner.id] = frozenset(one.place.path for one in found if one.allowed is not None)
    return line.origin.place("unit_price").path in priced[owner.id]


def _alike(item: Item, line: Line, how: Compared) -> Finding:
    place = line.origin.place("quantities[0].unit")
    stated: Value = how.own if how.stated is None else how.stated
    return Finding(
        outcome=Outcome.REVIEW,
        place=place,
        message=ALIKE(item=item.name, accepted=joined(item.units), stated=stated),
        remedy=LOOK(ask=SAME(stated=stated, unit=how.own, place=At(place))),
    )


def _finding(item: Item, line: Line) -> Finding:
    place = line.origin.place("quantities[0].unit")
    accepted = joined(item.units)
    stated = joined(quantity.counted_by for quantity in line.quantities)
    if any(quantity.written for quantity in line.quantities):  # what it stands for is not known
        return Finding(
            outcome=Outcome.REVIEW,
            place=place,
            message=AS_WRITTEN(item=item.name, accepted=accepted, stated=stated),
            remedy=LOOK(ask=SAME(stated=stated, unit=item.units[0], place=At(place))),
        )
    return Finding(
        place=place,
        message=WRONG(item=item.name, accepted=accepted, stated=stated),
        remedy=CHOOSE(place=At(place), accepted=accepted),
    )


KIND = Kind(name="unit", check=check)
