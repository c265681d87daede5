"""Who is kept on from last year earns no less than then (薪資應不低於前一年), own part of the pay counted.

Where last year's pay is above the top of the degree's range, the scale and this clause cannot both hold from the
subsidy: a person must look, both limits shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Edit, Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Number, number
from grantcalc.pay.points import ScaleTables, range_of
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import posts_of, without_role
from grantcalc.rules.points import pay_of
from grantcalc.rules.posts import named
from grantcalc.rules.remedies import LOOK, edit, raise_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, dollars
from grantcalc.units import Unit

LOWER_PAY = Message("{post} earns {now} a month, {difference} less than last year's {before}.")
CONFLICT = Message(
    "{post} earned {before} a month last year, above the top of its degree ({top} = {points} points × {value}): pay "
    "may not fall below the one nor rise above the other. Now {now}."
)
LEAST = Message("least monthly pay from the subsidy")
PREVIOUS = Message("monthly pay last year")
OWN_PART = Message("monthly pay from own funds")


@frozen(kw_only=True, eq=False, repr=False)
class KeptPay(ScaleTables):
    """Posts of ``roles`` are paid by this scale; ``ask`` says what a person must decide when both clauses clash."""

    roles: tuple[Role, ...]
    ask: Bilingual


def check(context: Context, rule: Rule, values: KeptPay) -> Verdict:
    """A finding for each kept post that earns less than last year, or whose pay of last year the scale cannot hold."""
    tally = Tally()
    tally.lacks(*without_role(context))
    for post in posts_of(context, values.roles):
        if post.continuing is None:
            tally.examine()
            tally.lacks(post.origin.place("continuing").path)
        elif post.continuing:
            tally.examine()
            _judge(context, values, post, tally)
    return tally.verdict()


def _judge(context: Context, values: KeptPay, post: Position, tally: Tally) -> None:
    stated = {"previous_pay": post.previous_pay, "monthly_pay": post.monthly_pay, "education": post.education}
    unknown = [name for name, value in stated.items() if value is None]
    if unknown or post.education is None:
        tally.lacks(*(post.origin.place(name).path for name in unknown))
        return
    before, paid = post.previous_pay or 0, post.monthly_pay or 0
    now = number(paid + (post.own_monthly_pay or 0))
    span = range_of(context.tables, values, post.education)
    top = None if span is None else pay_of(context, values, post, span.high)
    if top is not None and before > top.value:
        if now < before or paid > top.value:
            tally.found(_conflict(values, post, before, now, top))
    elif now < before:
        steps = () if span is None else span.steps
        enough = [step for step in steps if pay_of(context, values, post, step).value >= before - now + paid]
        tally.found(_lower(post, before, now, enough))


def _lower(post: Position, before: Number, now: Number, enough: Sequence[int]) -> Finding:
    """``enough``: the points that pay the least monthly pay, lowest first."""
    place = post.origin.place("monthly_pay")
    own = post.own_monthly_pay or 0
    allowed = number(before - own)
    least = Explanation(
        label=LEAST,
        value=allowed,
        unit=Unit.DOLLAR,
        operation=Operation.DIFFERENCE,
        inputs=(
            Explanation(label=PREVIOUS, value=before, unit=Unit.DOLLAR, origin=post.origin.place("previous_pay")),
            Explanation(label=OWN_PART, value=own, unit=Unit.DOLLAR, origin=post.origin.place("own_monthly_pay")),
        ),
    )
    return Finding(
        place=place,
        stated=post.monthly_pay,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=LOWER_PAY(post=named(post), now=dollars(now), difference=dollars(before - now), before=dollars(before)),
        remedy=raise_to(place, allowed),
        explanation=least,
        edits=(*edit(place, allowed), *_points(post, enough)),
    )


def _points(post: Position, enough: Sequence[int]) -> tuple[Edit, ...]:
    """The point goes up where the one stated does not pay so much: else the mended draft breaks the rule of the pay."""
    if not enough or post.points is None or post.points >= enough[0]:
        return ()
    return edit(post.origin.place("points"), enough[0])


def _conflict(values: KeptPay, post: Position, before: Number, now: Number, top: Explanation) -> Finding:
    points, value = top.inputs
    return Finding(
        outcome=Outcome.REVIEW,
        place=post.origin.place("previous_pay"),
        stated=before,
        allowed=int(top.value),
        unit=Unit.DOLLAR,
        message=CONFLICT(
            post=named(post),
            before=dollars(before),
            top=dollars(top.value),
            points=points.value,
            value=dollars(value.value),
            now=dollars(now),
        ),
        remedy=LOOK(ask=values.ask),
        explanation=top,
    )


KIND = Kind(name="kept-pay", check=check, values=KeptPay)
