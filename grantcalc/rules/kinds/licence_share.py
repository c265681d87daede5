"""The share of subsidised staff with a licence when a post is newly filled (進用條件).

The share is of those in post when a new one starts: who has left by then no longer counts. On the islands it is a
target in the first recruitment; from the second on the basic qualification is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Licence, Position
from grantcalc.finding import Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Rounding, whole
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import span, usable
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Percent
from grantcalc.units import Unit

BELOW = Message(
    "{licensed} of {total} subsidised posts hold the social-worker licence, {share}; with a newly filled post at least "
    "{minimum} must."
)
FILL = Message("Fill the post at {place} with a licensed social worker: at least {needed} of {total} posts.")
NEEDED = Message("posts with the licence, at least")
POSTS = Message("subsidised posts")


@frozen(kw_only=True, eq=False, repr=False)
class LicenceShare:
    """``share`` of the posts hold one of ``licences``."""

    licences: tuple[Licence, ...]
    share: Limit


def check(context: Context, rule: Rule, values: LicenceShare) -> Verdict:
    """One finding at most, on a newly filled post without a licence."""
    tally = Tally()
    posts = [position for position in context.subsidised_posts if usable(position.count)]
    tally.lacks(*(post.origin.place("count").path for post in context.subsidised_posts if not usable(post.count)))
    if not any(position.continuing is False for position in posts):
        tally.lacks(*(post.origin.place("continuing").path for post in posts if post.continuing is None))
        return tally.verdict()
    tally.examine(len(posts))
    for team in _teams(context, posts):
        licensed = _count([post for post in team if _holds(post, values)])
        unknown = [post for post in team if post.licences is None]
        needed = whole(Fraction(values.share.value) * _count(team), Rounding.UP)
        if licensed + _count(unknown) < needed:
            _below(context, values, team, licensed, needed, tally)
            break
        if licensed < needed:
            tally.lacks(*(post.origin.place("licences").path for post in unknown))
    return tally.verdict()


def _teams(context: Context, posts: Sequence[Position]) -> Iterator[list[Position]]:
    """For every newly filled post (新進) the staff on the day it starts, old ones (原有) who start later among them."""
    spans = [(post, span(post, context.period)) for post in posts]
    for new, dates in spans:
        if new.continuing is False and dates.start <= dates.end:
            day = dates.start
            yield [
                post
                for post, held in spans
                if max(day, held.start) <= held.end and (held.start <= day or post.continuing is not False)
            ]


def _count(posts: Sequence[Position]) -> int:
    return sum(post.people for post in posts)


def _holds(post: Position, values: LicenceShare) -> bool:
    return not set(values.licences).isdisjoint(post.licences or ())


def _below(
    context: Context, values: LicenceShare, posts: Sequence[Position], licensed: int, needed: int, tally: Tally
) -> None:
    islands = context.is_island
    if islands is None:
        tally.lacks(context.draft.place("county").path)
        return
    recruitment = context.draft.recruitment_round
    if islands and recruitment is None:
        tally.lacks(context.draft.place("recruitment_round").path)
        return
    if islands and recruitment is not None and recruitment > 1:
        return
    outcome = Outcome.WARNING if islands else Outcome.ERROR
    tally.found(_finding(values, posts, licensed, needed, outcome))


def _finding(values: LicenceShare, posts: Sequence[Position], licensed: int, needed: int, outcome: Outcome) -> Finding:
    lacking = [post for post in posts if not _holds(post, values)]
    # The newly filled post is what the clause binds; it may be licensed itself.
    place = min(lacking, key=lambda post: post.continuing is not False).origin.place("licences")
    total = _count(posts)
    inputs = (Explanation(label=POSTS, value=total, unit=Unit.POST), values.share.explained())
    return Finding(
        outcome=outcome,
        place=place,
        stated=licensed,
        allowed=needed,
        unit=Unit.POST,
        message=BELOW(
            licensed=licensed,
            total=total,
            share=Percent(Fraction(licensed, total)),
            minimum=Percent(values.share.value),
        ),
        remedy=FILL(place=place.shown, needed=needed, total=total),
        explanation=Explanation(
            label=NEEDED,
            value=needed,
            unit=Unit.POST,
            operation=Operation.PRODUCT,
            inputs=inputs,
            rounding=Rounding.UP.value,
        ),
    )


KIND = Kind(name="licence-share", check=check, values=LicenceShare)
