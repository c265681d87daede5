"""What rules on a scale by step share: the steps a role may have, and the pay of a post by the step it states."""

from __future__ import annotations

from attrs import evolve, frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Explanation
from grantcalc.money import Number
from grantcalc.pay.stepscale import Grading, StepScale, has_degree, pay_by_step, steps_of
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import span
from grantcalc.rules.rule import Limit
from grantcalc.tabledata import Tables


@frozen(kw_only=True, eq=False, repr=False)
class StepPosts(StepScale):
    """Posts of ``roles`` are paid by the scale; those of ``leaders`` from the step ``leader_from`` on."""

    roles: tuple[Role, ...]
    leaders: tuple[Role, ...]
    leader_from: Limit

    def lowest_step(self, tables: Tables, role: Role | None) -> int:
        """The lowest step of a role: a leader's own, else the scale's."""
        return int(self.leader_from.value) if role in self.leaders else steps_of(tables, self)[0]


def allowed_pay(context: Context, values: StepPosts, post: Position, step: Number | None = None) -> Explanation | None:
    """The highest monthly pay by the step stated, or by another one; ``None`` where degree or step do not say.

    A step below the role's lowest counts as that one. Licences that are not stated count as none.
    """
    wanted = post.step if step is None else step
    if post.role is None or post.education is None or wanted is None:
        return None
    if not has_degree(context.tables, values, post.education):
        return None
    grading = Grading(
        role=post.role,
        education=post.education,
        step=max(wanted, values.lowest_step(context.tables, post.role)),
        licences=post.licences or (),
    )
    return pay_by_step(context.tables, values, grading, span(post, context.period).start)


def points_of(pay: Explanation) -> Explanation:
    """The points inside a pay by points."""
    return pay.inputs[0]


def within_step(context: Context, values: StepPosts, post: Position) -> Position:
    """The post as the rule of the pay leaves it, so that another rule's cut does not count again what is above it."""
    allowed, stated = allowed_pay(context, values, post), post.monthly_pay
    if allowed is None or stated is None or post.licences is None:
        return post
    return evolve(post, monthly_pay=min(stated, int(allowed.value)))
