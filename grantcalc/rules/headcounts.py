"""Subsidised posts counted: the most on any day of the year, against the approved posts (核定員額).

Two persons in turn on one post count once, for only the peak of a day counts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Edit, Explanation, Operation
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import DATES, span
from grantcalc.rules.soundness import is_count
from grantcalc.staffing import Approved, approved_posts
from grantcalc.text import Bilingual, Message
from grantcalc.units import Unit

CASE_MANAGERS = (Role.CASE_MANAGER, Role.SENIOR_CASE_MANAGER)
TEAM = (*CASE_MANAGERS, Role.SUPERVISOR)
"""個案管理人力: case managers, senior ones among them, and supervisors."""

PEAK = Message("subsidised posts on {day}, the day with the most")
NO_DAY = Message("subsidised posts")
APPROVED = Message("approved posts of {county}")


@frozen(kw_only=True)
class Headcount:
    """The most posts on any day: ``peak``, its first ``day``, the ``rows`` in post then, and inputs not stated."""

    peak: int
    day: dt.date | None = None
    rows: tuple[Position, ...] = ()
    missing: tuple[str, ...] = ()

    def explained(self) -> Explanation:
        """The count as a sum over the roles in post on that day."""
        by_role: defaultdict[Role, int] = defaultdict(int)
        for row in self.rows:
            if row.role is not None:
                by_role[row.role] += row.people
        return Explanation(
            label=NO_DAY if self.day is None else PEAK(day=self.day),
            value=self.peak,
            unit=Unit.POST,
            operation=Operation.SUM,
            inputs=tuple(Explanation(label=role, value=count, unit=Unit.POST) for role, count in by_role.items()),
        )

    def fewer(self, excess: int) -> tuple[Edit, ...]:
        """Lower the count of the last row that can give up so many posts and keep one; nothing where none can."""
        row = next((row for row in reversed(self.rows) if row.people > excess), None)
        if row is None:
            return ()
        return (Edit(place=row.origin.place("count"), value=row.people - excess),)

    def leaves(self, excess: int) -> tuple[Edit, ...]:
        """The counts left when so many posts go: of the one row that can give them up, else of the last rows."""
        edits = list(self.fewer(excess))
        for row in () if edits else reversed(self.rows):
            gone = min(excess, row.people)
            excess -= gone
            if gone:
                edits.append(Edit(place=row.origin.place("count"), value=row.people - gone))
        return tuple(edits)


def headcount(context: Context, roles: Collection[Role]) -> Headcount:
    """The most subsidised posts of these roles on any day; a post without a role may be of any."""
    missing: list[str] = []
    counted: list[Position] = []
    changes: defaultdict[dt.date, int] = defaultdict(int)
    for post in context.subsidised_posts:
        if post.role is None:
            missing.append(post.origin.place("role").path)
        elif post.role in roles and not is_count(post.count):
            missing.append(post.origin.place("count").path)
        elif post.role in roles and post.unread_of(*DATES):
            missing += post.unread_of(*DATES)
        elif post.role in roles:
            dates = span(post, context.period)
            if dates.start <= dates.end:
                counted.append(post)
                changes[dates.start] += post.people
                if dates.end < dt.date.max:
                    changes[dates.end + dt.timedelta(days=1)] -= post.people
    peak, day = _peak(changes)
    rows = tuple(post for post in counted if day is not None and _in_post(context, post, day))
    return Headcount(peak=peak, day=day, rows=rows, missing=tuple(missing))


def _peak(changes: Mapping[dt.date, int]) -> tuple[int, dt.date | None]:
    peak, at, present = 0, None, 0
    for day in sorted(changes):
        present += changes[day]
        if present > peak:
            peak, at = present, day
    return peak, at


def _in_post(context: Context, post: Position, day: dt.date) -> bool:
    dates = span(post, context.period)
    return dates.start <= day <= dates.end


def without_role(context: Context) -> tuple[str, ...]:
    """Paths of the roles of subsidised posts that say none: they may be of any role that a rule is about."""
    return tuple(post.origin.place("role").path for post in context.subsidised_posts if post.role is None)


def approved(context: Context, folder: str) -> Approved | None:
    """The approved posts of the draft's county."""
    return approved_posts(context.draft.county, context.tables, folder)


def over_posts(context: Context, folder: str) -> bool:
    """Whether case managers and supervisors together pass the approved posts: that rule then owns their number."""
    found = approved(context, folder)
    return found is not None and headcount(context, TEAM).peak > found.posts


def posts_of(context: Context, roles: Collection[Role]) -> list[Position]:
    """Subsidised posts of these roles, in the draft's order."""
    return [post for post in context.subsidised_posts if post.role in roles]


def county_name(context: Context) -> Bilingual | str:
    """The draft's county in both languages; as stated where it is none of the 22."""
    row = context.county
    return context.draft.county or "" if row is None else Bilingual(row["name_zh"], row["name_en"])


def approved_leaf(context: Context, found: Approved, posts: int) -> Explanation:
    """One approved number of the county as a leaf of an explanation."""
    return Explanation(label=APPROVED(county=county_name(context)), value=posts, unit=Unit.POST, origin=found.citation)
