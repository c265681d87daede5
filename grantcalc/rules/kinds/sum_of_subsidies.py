"""What all counties together may be subsidised with (全國補助經費總額): judged across drafts."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from grantcalc.draft.model import Fund
from grantcalc.finding import Explanation, Finding, Operation, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.rules.together import missing_for, named, summed
from grantcalc.text import Message, dollars
from grantcalc.units import Unit

ALONE = Message("This limit of {limit} is on all counties together; it is checked across drafts, not in one.")
OVER = Message(
    "The {number} drafts given ask for {stated} together, {excess} more than the {allowed} for all; this one asks for "
    "{own} of it."
)
REDUCE = Message(
    "Take {excess} out of the subsidised rows and posts of these drafts together; the document does not say out of "
    "which."
)
HELD = Message("The {number} drafts given ask for {stated} together, within the {allowed} for all.")
EXCESS = Message("asked for together less the limit on all")
PLACE = "funding.subsidy"


@frozen(kw_only=True, eq=False, repr=False)
class SumOfSubsidies:
    """All drafts together keep the limit ``of``, or the sum of ``column`` of ``table``."""

    of: Limit | None = None
    table: str | None = None
    column: str | None = None


def check(context: Context, rule: Rule, values: SumOfSubsidies) -> Verdict:
    """Not applicable to one draft, and says why."""
    return Verdict(reason=ALONE(limit=_limit(context, values).measure))


def together(contexts: Sequence[Context], rule: Rule, values: SumOfSubsidies) -> tuple[Verdict, ...]:
    """The same finding on every draft when the computed subsidies add up to more than the limit."""
    limit = _limit(contexts[0], values)
    asked = summed(contexts, _part, Unit.DOLLAR)
    lacking = [(context, context.ledger.sum(Fund.SUBSIDY).missing) for context in contexts]
    verdicts = []
    for context in contexts:
        tally = Tally()
        tally.examine()
        tally.lacks(*missing_for(context, lacking))
        if asked.value > limit.value:
            tally.found(_finding(context, rule, asked, limit))
        held = HELD(number=len(contexts), stated=asked.measure, allowed=limit.measure)
        verdicts.append(tally.verdict(reason=None if tally.findings or tally.missing else held))
    return tuple(verdicts)


def _limit(context: Context, values: SumOfSubsidies) -> Explanation:
    """The limit: the number named, else the column's sum."""
    if values.of is not None:
        return values.of.explained()
    table = context.tables[values.table or ""]
    total = sum(row[values.column or ""] for row in table.rows)
    return Explanation(label=table.info.title, value=total, unit=Unit.DOLLAR, origin=table.info.citation)


def _part(context: Context) -> Explanation:
    return Explanation(label=named(context), value=context.ledger.sum(Fund.SUBSIDY).value, unit=Unit.DOLLAR)


def _finding(context: Context, rule: Rule, asked: Explanation, limit: Explanation) -> Finding:
    excess = int(asked.value) - int(limit.value)
    return Finding(
        outcome=rule.outcome,
        place=context.draft.place(PLACE),
        stated=int(asked.value),
        allowed=int(limit.value),
        unit=Unit.DOLLAR,
        message=OVER(
            number=len(asked.inputs),
            stated=asked.measure,
            excess=dollars(excess),
            allowed=limit.measure,
            own=_part(context).measure,
        ),
        remedy=REDUCE(excess=dollars(excess)),
        explanation=Explanation(
            label=EXCESS,
            value=excess,
            unit=Unit.DOLLAR,
            operation=Operation.DIFFERENCE,
            inputs=(asked, limit),
        ),
    )


KIND = Kind(name="sum-of-subsidies", check=check, values=SumOfSubsidies, together=together)
