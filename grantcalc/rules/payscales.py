"""Where a programme says what a role is paid: the tables that its rules on pay name."""

from __future__ import annotations

from grantcalc.draft.model import Role
from grantcalc.pay.quote import Scales
from grantcalc.rules.kinds.post_pay import PostPay
from grantcalc.rules.programme import Programme
from grantcalc.rules.steps import StepPosts
from grantcalc.tabledata import Tables


def scales_of(programme: Programme, role: Role, tables: Tables) -> Scales:
    """The scale by step, or the printed amounts, of this role in this programme."""
    values = [rule.values for rule in programme.rules]
    by_step = next((one for one in values if isinstance(one, StepPosts) and role in one.roles), None)
    printed = next((one for one in values if isinstance(one, PostPay)), None)
    return Scales(
        programme=programme.id,
        folder=programme.document,
        steps=by_step,
        first_step=None if by_step is None else by_step.lowest_step(tables, role),
        caps=None if printed is None else printed.table,
        is_unprinted=printed is not None and role in printed.unprinted,
    )
