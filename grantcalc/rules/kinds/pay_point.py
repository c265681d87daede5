"""A pay point is a printed step inside the degree's range (薪點須為表列俸點且在學歷範圍內).

A degree without a range is another rule's finding (the owner of the degree); such posts are left out here.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Edit, Explanation, Finding, Place, Verdict
from grantcalc.money import Number
from grantcalc.pay.points import Range, ScaleTables, range_of
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import posts_of, without_role
from grantcalc.rules.ledger import usable
from grantcalc.rules.points import pay_of
from grantcalc.rules.posts import named, pay_cut
from grantcalc.rules.remedies import edit, set_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, Text, dollars
from grantcalc.units import Unit

ABOVE = Message("{post} is on {stated}, above the highest of its degree ({education}: {low} to {high}).")
UNDER = Message("{post} is on {stated}, below the lowest of its degree ({education}: {low} to {high}).")
OFF_SCALE = Message("{post} is on {stated}, which is no printed step; the next lower one is {allowed}.")
SET_BOTH = Message("Set {place} to {allowed}, and lower {pay_place} to {pay} or less.")
LIMIT = Message("printed step inside the range of the degree")


@frozen(kw_only=True, eq=False, repr=False)
class PayPoint(ScaleTables):
    """Posts of ``roles`` are paid by the scale of these tables."""

    roles: tuple[Role, ...]


def check(context: Context, rule: Rule, values: PayPoint) -> Verdict:
    """A finding for each point off the scale or outside the range of the degree."""
    tally = Tally()
    tally.lacks(*without_role(context))
    for post in posts_of(context, values.roles):
        _judge(context, values, post, tally)
    return tally.verdict()


def _judge(context: Context, values: PayPoint, post: Position, tally: Tally) -> None:
    if post.education is None or post.points is None:
        tally.examine()
        stated = {"education": post.education, "points": post.points}
        tally.lacks(*(post.origin.place(name).path for name, value in stated.items() if value is None))
        return
    span = range_of(context.tables, values, post.education)
    if span is None:
        return
    tally.examine()
    if post.points not in span.steps:
        tally.found(_finding(context, values, post, post.points, span))


def _finding(context: Context, values: PayPoint, post: Position, points: Number, span: Range) -> Finding:
    place = post.origin.place("points")
    allowed = span.allowed(points)
    template = ABOVE if points > span.high else UNDER if points < span.low else OFF_SCALE
    shown = {"post": named(post), "stated": Measure(points, Unit.POINT)}
    message = (
        template(**shown, allowed=Measure(allowed, Unit.POINT))
        if template is OFF_SCALE
        else template(**shown, education=post.education or "", low=span.low, high=span.high)
    )
    pay = int(pay_of(context, values, post, allowed).value)
    edits = _edits(post, allowed, pay)
    return Finding(
        place=place,
        stated=points,
        allowed=allowed,
        unit=Unit.POINT,
        message=message,
        remedy=_remedy(post, place, edits, allowed),
        explanation=Explanation(label=LIMIT, value=allowed, unit=Unit.POINT, origin=span.citation),
        edits=edits,
        cut=None if post.monthly_pay is None else pay_cut(context, post, pay),
    )


def _remedy(post: Position, place: Place, edits: tuple[Edit, ...], allowed: int) -> Text:
    """The point, and with it the pay where that is above what the point pays."""
    if len(edits) == 1:
        return set_to(place, allowed, Unit.POINT)
    pay = edits[-1]
    return SET_BOTH(
        place=place,
        allowed=Measure(allowed, Unit.POINT),
        pay_place=pay.place,
        pay=dollars(pay.value or 0),
    )


def _edits(post: Position, allowed: int, pay: int) -> tuple[Edit, ...]:
    """The point, and the pay that follows it: else the mended draft would break the rule of the pay."""
    edits = edit(post.origin.place("points"), allowed)
    if post.monthly_pay is None or not usable(post.monthly_pay) or post.monthly_pay <= pay:
        return edits
    return (*edits, Edit(place=post.origin.place("monthly_pay"), value=pay))


KIND = Kind(name="pay-point", check=check, values=PayPoint)
