"""How many persons of each role the subsidy pays on a day, counted once for a whole draft."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from grantcalc.draft.model import Period, Position, Role
from grantcalc.rules.ledger import span, usable

Heads = Mapping[int, Mapping[Role, int]]
"""Persons by the day's ordinal and the role, for every day on which a subsidised post starts."""


def heads_by_day(posts: Iterable[Position], period: Period) -> Heads:
    """One walk along the days on which anybody comes or goes; posts without days count nowhere."""
    changes: defaultdict[int, Counter[Role]] = defaultdict(Counter)
    starts = set()
    for post in posts:
        dates = span(post, period)
        if not post.subsidised or post.role is None or dates.end < dates.start:
            continue
        people = post.people if usable(post.count) else 0
        starts.add(dates.start.toordinal())
        changes[dates.start.toordinal()][post.role] += people
        changes[dates.end.toordinal() + 1][post.role] -= people
    present: Counter[Role] = Counter()
    found = {}
    for day in sorted(changes):
        present.update(changes[day])
        if day in starts:
            found[day] = dict(present)
    return found
