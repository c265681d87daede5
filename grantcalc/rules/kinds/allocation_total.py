"""The county's approved total (核定合計): the sum of its parts, so a part that is over owns the finding."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from grantcalc.draft.model import Fund
from grantcalc.finding import Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, dollars

TOTAL_OVER = Message("In all {asked} are asked for and {allowed} approved; the part that is over owns the finding.")


@frozen(kw_only=True, eq=False, repr=False)
class AllocationTotal:
    """The subsidy in all is at most ``column`` of the county's row of ``table``.

    ``parts`` maps each category to the column that the rule in ``owners`` compares it with; what lies in other
    categories is owned by ``elsewhere``.
    """

    table: str
    column: str
    parts: Mapping[str, str]
    owners: Mapping[str, str]
    elsewhere: str


def check(context: Context, rule: Rule, values: AllocationTotal) -> Verdict:
    """No finding of its own: over the total means that a part is over, or that a row stands outside the parts."""
    tally = Tally()
    asked = context.ledger.sum(Fund.SUBSIDY)
    row = context.tables[values.table].find(county=context.draft.county)
    tally.examine()
    tally.lacks(*asked.missing)
    if row is None:
        tally.lacks(context.county_lacking(values.table))
        return tally.verdict()
    over = [
        values.owners[category]
        for category, column in values.parts.items()
        if context.ledger.sum(Fund.SUBSIDY, [category]).value > row[column]
    ]
    total = row[values.column]
    if over or asked.value > total:
        reason = TOTAL_OVER(asked=dollars(asked.value), allowed=dollars(total))
        return tally.verdict(decided_by=over[0] if over else values.elsewhere, reason=reason)
    return tally.verdict()


KIND = Kind(name="allocation-total", check=check, values=AllocationTotal)
