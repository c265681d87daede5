"""Monthly pay is at most points × the value of a point (薪點 × 折合率); less is shown for information."""

from __future__ import annotations

from attrs import evolve, frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Cut, Explanation, Finding, Outcome, Verdict
from grantcalc.pay.points import ScaleTables, range_of
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import posts_of
from grantcalc.rules.kinds.education_floor import named
from grantcalc.rules.kinds.person import NOTHING_TO_DO
from grantcalc.rules.ledger import usable
from grantcalc.rules.points import pay_of
from grantcalc.rules.posts import pay_cut
from grantcalc.rules.remedies import edit, lower
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, dollars
from grantcalc.units import Unit

OVER = Message("{post} is paid {stated} a month, above {points} × {value} = {allowed}.")
LESS = Message("{post} is paid {stated} a month, less than {points} × {value} = {allowed}.")


@frozen(kw_only=True, eq=False, repr=False)
class PointPay(ScaleTables):
    """Posts of ``roles`` are paid by the scale of these tables."""

    roles: tuple[Role, ...]


def check(context: Context, rule: Rule, values: PointPay) -> Verdict:
    """A finding for each post paid above its points; a note for each paid less."""
    tally = Tally()
    for post in posts_of(context, values.roles):
        tally.examine()
        stated = {"points": post.points, "monthly_pay": post.monthly_pay}
        unknown = [name for name, value in stated.items() if value is None or value < 0]
        if unknown:
            tally.lacks(*(post.origin.place(name).path for name in unknown))
        else:
            _judge(context, values, post, tally)
    return tally.verdict()


def _judge(context: Context, values: PointPay, post: Position, tally: Tally) -> None:
    limit = pay_of(context, values, post, post.points or 0)
    stated, allowed = post.monthly_pay or 0, int(limit.value)
    if stated == allowed or not usable(stated):
        return
    is_over = stated > allowed
    place = post.origin.place("monthly_pay")
    tally.found(
        Finding(
            outcome=Outcome.ERROR if is_over else Outcome.NOTE,
            place=place,
            stated=stated,
            allowed=allowed,
            unit=Unit.DOLLAR,
            message=(OVER if is_over else LESS)(
                post=named(post),
                stated=dollars(stated),
                points=Measure(post.points or 0, Unit.POINT),
                value=dollars(limit.inputs[-1].value),
                allowed=dollars(allowed),
            ),
            remedy=lower(place, allowed) if is_over else NOTHING_TO_DO(),
            explanation=limit,
            edits=edit(place, min(allowed, _by_allowed_point(context, values, post, limit))) if is_over else (),
            cut=_cut(context, values, post, limit) if is_over else None,
        )
    )


def _by_allowed_point(context: Context, values: PointPay, post: Position, limit: Explanation) -> int:
    """Pay of the point that the rule of the point leaves: the same where the one stated may stay."""
    span = None if post.education is None else range_of(context.tables, values, post.education)
    if span is None or post.points is None or post.points in span.steps:
        return int(limit.value)
    return int(pay_of(context, values, post, span.allowed(post.points)).value)


def _cut(context: Context, values: PointPay, post: Position, limit: Explanation) -> Cut | None:
    """What is left to cut: nothing where the whole post goes already, less where the point is lowered already."""
    cut = pay_cut(context, post, int(limit.value))
    if post.education is None or post.points is None:
        return cut
    span = range_of(context.tables, values, post.education)
    if span is None:
        return None
    if post.points in span.steps:
        return cut
    by_point = pay_cut(context, post, _by_allowed_point(context, values, post, limit))
    return evolve(cut, amount=max(0, cut.amount - by_point.amount))


KIND = Kind(name="point-pay", check=check, values=PointPay)
