"""The share of subsidised staff with a licence when a post is newly filled (進用條件).

The share is of those in post when a new one starts: who has left by then no longer counts. On the islands it is a
target in the first recruitment; from the second on the basic qualification is enough.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from attrs import frozen

from grantcalc.draft.model import Licence, Period, Position
from grantcalc.finding import Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Rounding, whole
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import DATES, span, usable
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
    tally.lacks(*(path for post in posts for path in post.unread_of(*DATES)))
    if not any(position.continuing is False for position in posts):
        tally.lacks(*(post.origin.place("continuing").path for post in posts if post.continuing is None))
        return tally.verdict()
    tally.examine(len(posts))
    staff = _staff(context, posts)
    unknown = [held for held in staff if held.post.licences is None]
    everyone, licensed = _Heads.of(staff), _Heads.of([held for held in staff if _holds(held.post, values)])
    doubtful, lacking = _Heads.of(unknown), []
    for day in sorted({held.dates.start for held in staff if held.post.continuing is False}):
        sure = licensed.on(day)
        needed = whole(Fraction(values.share.value) * everyone.on(day), Rounding.UP)
        if sure + doubtful.on(day) < needed:
            _below(context, values, [held.post for held in staff if held.on(day)], sure, needed, tally)
            break
        if sure < needed:
            lacking.append(day)
    tally.lacks(*(held.post.origin.place("licences").path for held in unknown if held.on_one_of(lacking)))
    return tally.verdict()


@frozen(kw_only=True)
class _Staff:
    """A post and the days on which it counts: an old one (原有) counts before it starts, too."""

    post: Position
    dates: Period

    @property
    def since(self) -> dt.date:
        return self.dates.start if self.post.continuing is False else dt.date.min

    def on(self, day: dt.date) -> bool:
        return self.since <= day <= self.dates.end

    def on_one_of(self, days: Sequence[dt.date]) -> bool:
        """Whether it counts on one of these days, which stand in order."""
        index = bisect_left(days, self.since)
        return index < len(days) and days[index] <= self.dates.end


@frozen(kw_only=True)
class _Heads:
    """How many persons count on a day, from the sorted days on which posts begin and end to count."""

    starts: Sequence[dt.date]
    started: Sequence[int]
    ends: Sequence[dt.date]
    ended: Sequence[int]

    @classmethod
    def of(cls, staff: Sequence[_Staff]) -> _Heads:
        """Add up these posts."""
        first, last = sorted(staff, key=lambda held: held.since), sorted(staff, key=lambda held: held.dates.end)
        return cls(
            starts=[held.since for held in first],
            started=list(accumulate((held.post.people for held in first), initial=0)),
            ends=[held.dates.end for held in last],
            ended=list(accumulate((held.post.people for held in last), initial=0)),
        )

    def on(self, day: dt.date) -> int:
        """Those who have started and not ended."""
        return self.started[bisect_right(self.starts, day)] - self.ended[bisect_left(self.ends, day)]


def _staff(context: Context, posts: Sequence[Position]) -> list[_Staff]:
    """Posts with a day in the period."""
    spans = ((post, span(post, context.period)) for post in posts)
    return [_Staff(post=post, dates=dates) for post, dates in spans if dates.start <= dates.end]


def _count(posts: Sequence[Position]) -> int:
    return sum(post.people for post in posts)


def _holds(post: Position, values: LicenceShare) -> bool:
    return not set(values.licences).isdisjoint(post.licences or ())


def _below(
    context: Context, values: LicenceShare, posts: Sequence[Position], licensed: int, needed: int, tally: Tally
) -> None:
    islands = context.is_island
    if islands is None:
        tally.lacks(context.county_lacking())
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
        remedy=FILL(place=At(place), needed=needed, total=total),
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
