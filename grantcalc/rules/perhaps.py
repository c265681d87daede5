"""A price above its limit if the unit of its row means what the item's does: both are shown, and a person judges."""

from __future__ import annotations

from grantcalc.draft.model import Line
from grantcalc.finding import Explanation, Finding, Outcome
from grantcalc.money import Number
from grantcalc.rules.alike import Compared, Reading
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import LOOK
from grantcalc.sources import Citation
from grantcalc.text import Message, Value, dollars
from grantcalc.units import Unit

OVER_ALIKE = Message(
    "“{item}” is priced at {stated} per {written}, and its cap is {allowed} per {unit}: above it unless one {written} "
    "is more than one {unit}."
)
OVER_LARGER = Message(
    "“{item}” is priced at {stated} per {written}, and its cap is {allowed} per {unit}: above it unless one {written} "
    "is paid as more than one {unit}."
)
OVER_BARE = Message(
    "“{item}” is priced at {stated}, and no quantity says for what; its cap is {allowed} per {unit}: above it if that "
    "is the price of one."
)
HOW_MANY = Message("how many of {unit} one {written} is; state the quantity by {unit}, and the price of one.")
PRICE_OF_ONE = Message("what the price is for; state the quantity by {unit}, and the price of one.")


def perhaps(
    item: Item,
    line: Line,
    stated: Number,
    cap: int,
    how: Compared,
    *,
    citations: tuple[Citation, ...] = (),
    explanation: Explanation | None = None,
) -> Finding:
    """The review of such a price; ``how`` is not certain above it, and its unit not of another kind."""
    shown: dict[str, Value] = {"item": item.name, "stated": dollars(stated), "allowed": dollars(cap), "unit": how.own}
    if how.stated is None:
        message, ask = OVER_BARE(**shown), PRICE_OF_ONE(unit=how.own)
    else:
        over = OVER_LARGER if how.reading is Reading.LARGER else OVER_ALIKE
        message, ask = over(**shown, written=how.stated), HOW_MANY(unit=how.own, written=how.stated)
    return Finding(
        outcome=Outcome.REVIEW,
        place=line.origin.place("unit_price"),
        stated=stated,
        allowed=cap,
        unit=Unit.DOLLAR,
        message=message,
        remedy=LOOK(ask=ask),
        citations=citations,
        explanation=explanation,
    )
