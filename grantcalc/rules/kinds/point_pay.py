"""Monthly pay is at most points × the value of a point (薪點 × 折合率); less is shown for information."""

from __future__ import annotations

from attrs import evolve, frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Cut, Finding, Outcome, Verdict
from grantcalc.money import Number
from grantcalc.pay.points import ScaleTables, range_of
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import posts_of, without_role
from grantcalc.rules.ledger import usable
from grantcalc.rules.points import pay_of
from grantcalc.rules.posts import named, pay_cut
from grantcalc.rules.remedies import NOTHING_TO_DO, edit, lower
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
    tally.lacks(*without_role(context))
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
    by_stated = int(pay_of(context, values, post, post.points or 0).value)
    limit = pay_of(context, values, post, _point(context, values, post))
    stated, allowed = post.monthly_pay or 0, int(limit.value)
    if not usable(stated) or stated == allowed or allowed < stated <= by_stated:
        return  # pay that only follows a wrong point goes down with it
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
                points=Measure(limit.inputs[0].value, Unit.POINT),
                value=dollars(limit.inputs[-1].value),
                allowed=dollars(allowed),
            ),
            remedy=lower(place, allowed) if is_over else NOTHING_TO_DO(),
            explanation=limit,
            edits=edit(place, allowed) if is_over else (),
            cut=_cut(context, values, post, allowed) if is_over else None,
        )
    )


def _point(context: Context, values: PointPay, post: Position) -> Number:
    """The point that the rule of the point leaves: the one stated where it may stay."""
    span = None if post.education is None else range_of(context.tables, values, post.education)
    points = post.points or 0
    return points if span is None or points in span.steps else span.allowed(points)


def _cut(context: Context, values: PointPay, post: Position, allowed: int) -> Cut | None:
    """What is left to cut: nothing where the whole post goes already, or where the point takes the pay down as well."""
    cut = pay_cut(context, post, allowed)
    if post.education is None:
        return cut
    span = range_of(context.tables, values, post.education)
    if span is None:
        return None
    return cut if post.points in span.steps else evolve(cut, amount=0)


KIND = Kind(name="point-pay", check=check, values=PointPay)
