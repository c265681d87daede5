"""Rows brought to a sum together (如何調降): the dearest row first, and what their applicant types."""

from __future__ import annotations

from collections.abc import Sequence

from grantcalc.draft.model import Line
from grantcalc.finding import Edit
from grantcalc.place import At
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.prices import Lowered, lowered
from grantcalc.rules.remedies import lower
from grantcalc.text import Message, Text, Value, dollars, joined

LOWER_ROWS = Message("Lower the rows of “{category}” to {allowed} together, or pay the rest from own funds: {changes}.")
LOWER_PRICE = Message(
    "Lower the unit price at {place} to {price} or less, so that the row asks for {allowed} at most, or pay the "
    "difference from own funds."
)
LOWER_BOTH = Message(
    "Lower the unit price at {place} to {price} and the quantity at {quantity} to {number}, so that the row asks for "
    "{allowed} at most, or pay the difference from own funds."
)
CHANGE_PRICE = Message("unit price at {place} to {price}")
CHANGE_BOTH = Message("unit price at {place} to {price} and quantity at {quantity} to {number}")
CHANGE_AMOUNT = Message("{place} to {price}")


def rows_lowered(rows: Sequence[Line], excess: int) -> list[Lowered]:
    """Rows with what is left of them: the dearest one, and those after it where that one is too small.

    Whatever the order of the draft, so that the same rows make the same finding.
    """
    changed = []
    for row in sorted(rows, key=lambda row: (-(line_amount(row) or 0), row.ref or "")):
        amount = line_amount(row) or 0
        kept = max(0, amount - excess)
        changed.append(lowered(row, kept))
        excess -= amount - kept
        if excess <= 0:
            break
    return changed


def edits_of(changed: Sequence[Lowered]) -> tuple[Edit, ...]:
    """Every field to change."""
    return tuple(edit for row in changed for edit in row.edits)


def told(category: Value, allowed: int, changed: Sequence[Lowered]) -> Text:
    """What the applicant types: prices, and amounts only where a row has no price and quantities."""
    if len(changed) == 1:
        row = changed[0]
        if row.price is None or not row.amount:
            return lower(row.line.origin.place("amount"), row.amount)
        return _filled(row, LOWER_BOTH if row.number is not None else LOWER_PRICE)
    changes = joined(_change(row) for row in changed)
    return LOWER_ROWS(category=category, allowed=dollars(allowed), changes=changes)


def _change(row: Lowered) -> Text:
    if row.price is None:
        return CHANGE_AMOUNT(place=row.line.origin.place("amount"), price=dollars(row.amount))
    return _filled(row, CHANGE_PRICE if row.number is None else CHANGE_BOTH)


def _filled(row: Lowered, message: Message) -> Text:
    origin = row.line.origin
    return message(
        place=At(origin.place("unit_price")),
        price=dollars(row.price or 0),
        quantity=At(origin.place("quantities[0].number")),
        number=row.number or 0,
        allowed=dollars(row.allowed),
    )
