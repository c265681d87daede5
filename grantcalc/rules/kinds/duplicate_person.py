"""One person on two posts at the same time (一人不得同時占二職), both paid; owner over a second pay between posts."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict

from attrs import Factory, define

from grantcalc.draft.model import Period, Position
from grantcalc.finding import Finding, Verdict
from grantcalc.place import At
from grantcalc.rules import ledger
from grantcalc.rules.context import Context
from grantcalc.rules.names import same_name
from grantcalc.rules.persons import is_paid
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message

TWICE = Message("“{person}” holds the post at {first} too, from {start} to {end}.")
SEPARATE = Message("Name another person at {place}, or let the two posts follow each other.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding on the later post of every pair that overlaps."""
    tally = Tally()
    by_person: defaultdict[str, _Held] = defaultdict(_Held)
    for position in context.draft.positions:
        name = (position.person or "").strip()
        if not name or not is_paid(position):
            continue
        tally.examine()
        held = by_person[same_name(name)]
        held.count += 1
        held.unread += position.unread_of(*ledger.DATES)
        dates = ledger.span(position, context.period)
        if position.unread_of(*ledger.DATES) or dates.end < dates.start:  # a fault of its dates
            continue
        earlier = held.holder(dates)
        if earlier is not None:
            tally.found(_finding(context, rule, name, earlier, position))
        held.hold(dates, position)
    tally.lacks(*(path for held in by_person.values() if held.count > 1 for path in held.unread))
    return tally.verdict()


@define
class _Held:
    """The posts of one person: how many, dates that could not be read, and the days in post.

    The days are spans without a common day, in order, each with a post that covers it.
    """

    count: int = 0
    unread: list[str] = Factory(list)
    starts: list[dt.date] = Factory(list)
    ends: list[dt.date] = Factory(list)
    posts: list[Position] = Factory(list)

    def holder(self, dates: Period) -> Position | None:
        """A post held on one of these days."""
        index = bisect_left(self.ends, dates.start)
        is_held = index < len(self.ends) and self.starts[index] <= dates.end
        return self.posts[index] if is_held else None

    def hold(self, dates: Period, post: Position) -> None:
        """These days are this post's from now on; of others what lies before and after stays."""
        first, last = bisect_left(self.ends, dates.start), bisect_right(self.starts, dates.end)
        pieces = [(dates.start, dates.end, post)]
        if first < last and self.starts[first] < dates.start:
            pieces.insert(0, (self.starts[first], dates.start - dt.timedelta(days=1), self.posts[first]))
        if first < last and self.ends[last - 1] > dates.end:
            pieces.append((dates.end + dt.timedelta(days=1), self.ends[last - 1], self.posts[last - 1]))
        self.starts[first:last] = [start for start, _, _ in pieces]
        self.ends[first:last] = [end for _, end, _ in pieces]
        self.posts[first:last] = [held for _, _, held in pieces]


def _finding(context: Context, rule: Rule, name: str, earlier: Position, later: Position) -> Finding:
    first, second = ledger.span(earlier, context.period), ledger.span(later, context.period)
    place = later.origin.place("person")
    return Finding(
        outcome=rule.outcome,
        place=place,
        message=TWICE(
            person=name,
            first=At(earlier.origin.place("person")),
            start=max(first.start, second.start),
            end=min(first.end, second.end),
        ),
        remedy=SEPARATE(place=At(place)),
    )


KIND = Kind(name="duplicate-person", check=check)
