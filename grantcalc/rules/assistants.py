"""What an assistant of a lecturer (講座助理) is paid at most: a share of the lecturer's fee.

That is the outside expert's fee, or the highest price of a lecturer in the draft where that is lower (interpretation).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import evolve

from grantcalc.draft.model import Lecturer, Line
from grantcalc.finding import Explanation, Finding, Operation
from grantcalc.money import Number, Rounding, whole
from grantcalc.rules.fees import Priced, over
from grantcalc.rules.prices import highest_paid
from grantcalc.rules.rule import Limit
from grantcalc.text import Message, Percent, dollars
from grantcalc.units import Unit

ASSISTANT = Message(
    "An assistant is priced at {stated} a period, above {share} of the lecturer's fee ({fee} × {share}, rounded down: "
    "{allowed})."
)
FEE = Message("fee a period: {lecturer}")
SHARE = Message("share of an assistant")
HALF_FEE = Message("half of the lecturer's fee")
LECTURER = Message("the highest price of a lecturer in this draft")


def fee_of(limit: Limit, lecturer: Lecturer | None) -> Explanation:
    """A lecturer's fee as a leaf of an explanation; the outside expert's where it is not said who lectures."""
    return evolve(limit.explained(), label=FEE(lecturer=lecturer or Lecturer.EXTERNAL))


def lecturers_price(lines: Iterable[Line]) -> Number | None:
    """The highest price of a lecturer, whose share an assistant gets; ``None`` where none is paid."""
    return highest_paid(line for line in lines if line.details.lecturer is not Lecturer.ASSISTANT)


def assistants_most(external: Limit, share: Limit, paid: Number | None) -> Explanation:
    """The most an assistant is paid: ``share`` of the lecturer's fee, rounded down."""
    fee = fee_of(external, Lecturer.EXTERNAL)
    if paid is not None and paid < external.value:
        fee = Explanation(label=LECTURER, value=paid, unit=Unit.DOLLAR)
    return Explanation(
        label=HALF_FEE,
        value=whole(Fraction(fee.value) * Fraction(share.value), Rounding.DOWN),
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=(fee, evolve(share.explained(), label=SHARE)),
        rounding=Rounding.DOWN.value,
    )


def judge_assistant(row: Priced, most: Explanation) -> Finding | None:
    """A finding for a row that pays an assistant above :func:`assistants_most`."""
    allowed = int(most.value)
    if row.price <= allowed:
        return None
    fee, share = most.inputs
    shown = ASSISTANT(
        stated=dollars(row.price), share=Percent(share.value), fee=dollars(fee.value), allowed=dollars(allowed)
    )
    return over(row, allowed, shown, most)
