"""Pay by a table that another document holds and the user supplies (使用者提供之薪資表).

Without the table the rule could not run and says so; no other programme's scale takes its place.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Role
from grantcalc.finding import Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import posts_of, without_role
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.supplied import judge_by_table
from grantcalc.rules.tally import Tally


@frozen(kw_only=True, eq=False, repr=False)
class SuppliedPay:
    """Posts of ``roles`` are paid by the supplied table."""

    roles: tuple[Role, ...]


def check(context: Context, rule: Rule, values: SuppliedPay) -> Verdict:
    """A finding for each post paid above its row of the table."""
    tally = Tally()
    tally.lacks(*without_role(context))
    judge_by_table(context, posts_of(context, values.roles), tally)
    return tally.verdict()


KIND = Kind(name="supplied-pay", check=check, values=SuppliedPay)
