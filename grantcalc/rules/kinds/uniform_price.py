"""A price that the document fixes for estimates (統一估算): more is an error, less is only noted.

Rows that pay lodging or miscellaneous expenses alone have their own rules.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line, TravelPart
from grantcalc.finding import Cut, Finding, Outcome, Verdict
from grantcalc.money import Number
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import usable
from grantcalc.rules.prices import price_cut, price_edits, priced, unit_path
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import lower
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Value, dollars
from grantcalc.units import Unit

OVER = Message("“{item}” is estimated at {stated} a person and a day; the uniform estimate is {allowed}.")
LESS = Message("“{item}” is estimated at {stated} a person and a day, less than the uniform estimate of {allowed}.")
NOTHING = Message("Nothing must change; {allowed} could be asked for.")
OWNED_ELSEWHERE = frozenset({TravelPart.LODGING, TravelPart.MISCELLANEOUS})


@frozen(kw_only=True, eq=False, repr=False)
class UniformPrice:
    """``items``, of all programmes that have the rule, are estimated at ``price``."""

    items: tuple[str, ...]
    price: Limit


def check(context: Context, rule: Rule, values: UniformPrice) -> Verdict:
    """A finding for every subsidised row above the estimate, a note for one below."""
    tally = Tally()
    for item in context.programme.items.values():
        for line in context.lines(item.code) if item.code in values.items else ():
            if line.details.travel in OWNED_ELSEWHERE:
                continue
            tally.examine()
            if line.unit_price is None:
                tally.lacks(line.origin.place("unit_price").path)
            elif priced(item, line) is None:
                tally.lacks(unit_path(line))
            elif usable(line.unit_price) and line.unit_price != values.price.value:
                tally.found(_finding(item, line, line.unit_price, values.price))
    return tally.verdict()


def _finding(item: Item, line: Line, stated: Number, limit: Limit) -> Finding:
    allowed = int(limit.value)
    place = line.origin.place("unit_price")
    shown: dict[str, Value] = {"item": item.name, "stated": dollars(stated), "allowed": dollars(allowed)}
    if stated < allowed:
        return Finding(
            outcome=Outcome.NOTE,
            place=place,
            stated=stated,
            allowed=allowed,
            unit=Unit.DOLLAR,
            message=LESS(**shown),
            remedy=NOTHING(allowed=dollars(allowed)),
            explanation=limit.explained(),
        )
    return Finding(
        place=place,
        stated=stated,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=OVER(**shown),
        remedy=lower(place, allowed),
        explanation=limit.explained(),
        edits=price_edits(line, allowed),
        cut=Cut(categories=(item.category,), amount=price_cut(line, allowed)),
    )


KIND = Kind(name="uniform-price", check=check, values=UniformPrice)
