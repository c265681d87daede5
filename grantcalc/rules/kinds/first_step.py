"""Who is new this year starts on the lowest step (由第一階起敘薪), implied by the exemption of those kept on."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Explanation, Finding, Verdict
from grantcalc.pay.points import Range, ScaleTables, range_of
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import posts_of, without_role
from grantcalc.rules.posts import named
from grantcalc.rules.remedies import LOOK, edit
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Measure, Message
from grantcalc.units import Unit

HIGHER = Message("{post} is new this year and on {stated}; the lowest step of its degree ({education}) is {allowed}.")
FIRST = Message("lowest step of the degree")


@frozen(kw_only=True, eq=False, repr=False)
class FirstStep(ScaleTables):
    """Posts of ``roles`` are paid by this scale; ``ask`` says what a person must look at."""

    roles: tuple[Role, ...]
    ask: Bilingual


def check(context: Context, rule: Rule, values: FirstStep) -> Verdict:
    """A finding for each new post above the lowest step of its degree."""
    tally = Tally()
    tally.lacks(*without_role(context))
    for post in posts_of(context, values.roles):
        if post.continuing is None:
            tally.examine()
            tally.lacks(post.origin.place("continuing").path)
        elif not post.continuing:
            _judge(context, rule, values, post, tally)
    return tally.verdict()


def _judge(context: Context, rule: Rule, values: FirstStep, post: Position, tally: Tally) -> None:
    tally.examine()
    if post.education is None or post.points is None:
        stated = {"education": post.education, "points": post.points}
        tally.lacks(*(post.origin.place(name).path for name, value in stated.items() if value is None))
        return
    span = range_of(context.tables, values, post.education)
    if span is not None and post.points > span.low:
        tally.found(_finding(rule, values, post, span))


def _finding(rule: Rule, values: FirstStep, post: Position, span: Range) -> Finding:
    place = post.origin.place("points")
    return Finding(
        outcome=rule.outcome,
        place=place,
        stated=post.points,
        allowed=span.low,
        unit=Unit.POINT,
        message=HIGHER(
            post=named(post),
            stated=Measure(post.points or 0, Unit.POINT),
            education=post.education or "",
            allowed=Measure(span.low, Unit.POINT),
        ),
        remedy=LOOK(ask=values.ask),
        explanation=Explanation(label=FIRST, value=span.low, unit=Unit.POINT, origin=span.citation),
        edits=edit(place, span.low),
    )


KIND = Kind(name="first-step", check=check, values=FirstStep)
