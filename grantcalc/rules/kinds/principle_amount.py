"""The amount that a sub-programme grants in principle (補助原則: 以新臺幣…萬元為原則): more must be justified."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Fund
from grantcalc.finding import Explanation, Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.sources import Citation
from grantcalc.text import Message, dollars
from grantcalc.units import Unit

ABOVE = Message(
    "The subsidised rows and posts come to {stated}, {excess} more than the {allowed} that the document grants in "
    "principle."
)
JUSTIFY = Message(
    "Lower the subsidised rows and posts by {excess} in all, or say in the plan why it needs more; the ministry may "
    "adjust the amount to the applications and their number."
)
AMOUNT = Message("amount in principle")
PLACE = "funding.subsidy"


@frozen(kw_only=True, eq=False, repr=False)
class PrincipleAmount:
    """``table``: one row a programme, whose ``column`` is the amount."""

    table: str
    column: str


def check(context: Context, rule: Rule, values: PrincipleAmount) -> Verdict:
    """One finding when the computed subsidised total is above the amount; exactly the amount passes."""
    tally = Tally()
    asked = context.ledger.sum(Fund.SUBSIDY)
    table = context.tables[values.table]
    row = table.row(programme=context.programme.id)
    allowed: int = row[values.column]
    tally.examine()
    tally.lacks(*asked.missing)
    if asked.value > allowed:
        place = context.draft.place(PLACE)
        citation = Citation(source=table.info.citation.source, section=row["section"])
        excess = dollars(asked.value - allowed)
        tally.found(
            Finding(
                outcome=rule.outcome,
                place=place,
                stated=asked.value,
                allowed=allowed,
                unit=Unit.DOLLAR,
                message=ABOVE(stated=dollars(asked.value), allowed=dollars(allowed), excess=excess),
                remedy=JUSTIFY(excess=excess),
                explanation=Explanation(label=AMOUNT, value=allowed, unit=Unit.DOLLAR, origin=citation),
            )
        )
    return tally.verdict()


KIND = Kind(name="principle-amount", check=check, values=PrincipleAmount)
