"""Monthly pay is at most (points of the step + additions) × the value of a point (俸點 × 薪點折合率).

Whether the step may be claimed another rule says: here it counts as stated, so that one fault gives one finding. Points
that are stated above those of the scale are a fault too, told together with the pay where that is too high as well.
"""

from __future__ import annotations

from attrs import evolve, frozen

from grantcalc.draft.model import Licence, Position
from grantcalc.finding import Edit, Explanation, Finding, Place, Verdict
from grantcalc.money import Number
from grantcalc.pay.stepscale import has_degree
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import posts_of, without_role
from grantcalc.rules.ledger import usable
from grantcalc.rules.posts import named, pay_cut
from grantcalc.rules.remedies import edit, lower, set_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.steps import StepPosts, allowed_pay, points_of
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, Value, dollars, plus
from grantcalc.units import Unit

OVER = Message(
    "{post} ({role}) is paid {stated} a month, above {points} × {value} = {allowed}; points by the scale: {parts}."
)
POINTS_OVER = Message("{post} ({role}) states {stated}, above the {allowed} of the scale: {parts}.")
PART = Message("{label} {points}")
LOWER_BOTH = Message(
    "Lower {place} to {allowed} or less, or pay the difference from own funds, and set {points_place} to {points}."
)


@frozen(kw_only=True, eq=False, repr=False)
class StepPay(StepPosts):
    """Posts of ``roles`` are paid by the scale of these tables."""


def check(context: Context, rule: Rule, values: StepPay) -> Verdict:
    """One finding at most for every subsidised post whose pay or points are above the scale.

    Of a post that does not state its licences only what is above the pay with one is a fault for certain.
    """
    tally = Tally()
    tally.lacks(*without_role(context))
    for post in posts_of(context, values.roles):
        tally.examine()
        unknown = [name for name in ("education", "step", "monthly_pay") if getattr(post, name) is None]
        if post.education is not None and not has_degree(context.tables, values, post.education):
            unknown.append("education")  # the scale has no column for it: by which it is paid a person decides
        tally.lacks(*(post.origin.place(name).path for name in unknown))
        limit = allowed_pay(context, values, post)
        if limit is not None:
            _judge(context, values, post, limit, tally)
    return tally.verdict()


def _with_licence(context: Context, values: StepPay, post: Position) -> Explanation | None:
    """The highest pay of a post that does not state its licences: with one that counts, which nobody denies."""
    counted = tuple(Licence(row["licence"]) for row in context.tables[values.licences].rows)
    return allowed_pay(context, values, evolve(post, licences=counted))


def _judge(context: Context, values: StepPay, post: Position, limit: Explanation, tally: Tally) -> None:
    pay = _over(post.monthly_pay, limit) if usable(post.monthly_pay) else None
    points = _over(post.points, points_of(limit))
    if pay is None and points is None:
        return
    if post.licences is None:
        limit = _with_licence(context, values, post) or limit
        pay, points = _over(pay, limit), _over(points, points_of(limit))
        if pay is None and points is None:
            tally.lacks(post.origin.place("licences").path)
            return
    if pay is None:
        tally.found(_points_finding(post, limit))
    else:
        tally.found(_finding(context, post, limit, with_points=points is not None))


def _over(stated: Number | None, limit: Explanation) -> Number | None:
    return stated if stated is not None and stated > limit.value else None


def _parts(points: Explanation) -> Value:
    parts = points.inputs or (points,)
    return plus(PART(label=_label(part), points=part.measure) for part in parts)


def _label(part: Explanation) -> Value:
    return part.label() if isinstance(part.label, Message) else part.label


def _finding(context: Context, post: Position, limit: Explanation, *, with_points: bool) -> Finding:
    place, points = post.origin.place("monthly_pay"), points_of(limit)
    stated, allowed = post.monthly_pay or 0, int(limit.value)
    edits, remedy = edit(place, allowed), lower(place, allowed)
    if with_points:
        edits = (*edits, _points_edit(post, points))
        remedy = LOWER_BOTH(
            place=place,
            allowed=dollars(allowed),
            points_place=_points_place(post),
            points=points.measure,
        )
    return Finding(
        place=place,
        stated=stated,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=OVER(
            post=named(post),
            role=post.role or "",
            stated=dollars(stated),
            points=points.measure,
            value=dollars(limit.inputs[-1].value),
            allowed=dollars(allowed),
            parts=_parts(points),
        ),
        remedy=remedy,
        explanation=limit,
        edits=edits,
        cut=pay_cut(context, post, allowed),
    )


def _points_finding(post: Position, limit: Explanation) -> Finding:
    place, points = _points_place(post), points_of(limit)
    allowed = int(points.value)
    return Finding(
        place=place,
        stated=post.points,
        allowed=allowed,
        unit=Unit.POINT,
        message=POINTS_OVER(
            post=named(post),
            role=post.role or "",
            stated=Measure(post.points or 0, Unit.POINT),
            allowed=points.measure,
            parts=_parts(points),
        ),
        remedy=set_to(place, allowed, Unit.POINT),
        explanation=points,
        edits=(_points_edit(post, points),),
    )


def _points_place(post: Position) -> Place:
    return post.origin.place("points")


def _points_edit(post: Position, points: Explanation) -> Edit:
    return Edit(place=_points_place(post), value=int(points.value))


KIND = Kind(name="step-pay", check=check, values=StepPay)
