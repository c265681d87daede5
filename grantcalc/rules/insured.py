"""What a subsidised post asks for its employer's insurance (雇主保費), whether a month or as a sum only."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Position
from grantcalc.finding import Edit, Explanation, Finding, Place
from grantcalc.money import Number
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import usable
from grantcalc.rules.posts import insurance_cut
from grantcalc.rules.remedies import lower
from grantcalc.text import Text
from grantcalc.units import Unit

MONTHLY, SUM = "employer_insurance", "insurance_amount"


@frozen(kw_only=True)
class Premium:
    """What stands in the draft: the amount a month, or the sum where no monthly amount is stated."""

    place: Place
    stated: Number


def asked_premium(position: Position) -> Premium | None:
    """The amount above zero that a post asks for; ``None`` where it asks for none, or for nothing that counts."""
    name = SUM if position.employer_insurance is None else MONTHLY
    stated: Number | None = getattr(position, name)
    if stated is None or stated == 0 or not usable(stated):
        return None
    return Premium(place=position.origin.place(name), stated=stated)


def none_allowed(
    context: Context, position: Position, asked: Premium, message: Text, explanation: Explanation | None = None
) -> Finding:
    """The finding that the subsidy pays no insurance for this post."""
    stated = [name for name in (MONTHLY, SUM) if getattr(position, name) is not None]
    return Finding(
        place=asked.place,
        stated=asked.stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=message,
        remedy=lower(asked.place, 0),
        explanation=explanation,
        edits=tuple(Edit(place=position.origin.place(name), value=0) for name in stated),
        cut=insurance_cut(context, position, 0),
    )
