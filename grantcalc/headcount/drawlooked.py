"""What is looked at in the draws of a risk run: heads by month, posts on their days with the most, service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from attrs import frozen

from grantcalc.draft.model import Role
from grantcalc.headcount.draws import Heads
from grantcalc.headcount.model import Scenario, Stint
from grantcalc.headcount.seats import (
    Calendar,
)
from grantcalc.rules.headcounts import CASE_MANAGERS, TEAM

PACKED = 1 << 15
"""More than all supervisors together."""

OWN_POSTS = (Role.SENIOR_CASE_MANAGER, Role.PROJECT_MANAGER)
"""Roles with approved posts of their own."""

_OWN_COLUMNS: tuple[tuple[tuple[Role, ...], int, int], ...] = (
    (CASE_MANAGERS, 0, PACKED),
    ((Role.SUPERVISOR,), 0, 1),
    ((Role.SENIOR_CASE_MANAGER,), 1, PACKED),
    ((Role.PROJECT_MANAGER,), 1, 1),
)
"""Roles counted together, in which of the two packed columns of a month, and what a head counts there."""


@frozen(kw_only=True)
class Peaks:
    """The day of each month with the most of some roles as planned; see :data:`_OWN_COLUMNS`."""

    roles: tuple[Role, ...]
    column: int
    head: int
    days: tuple[dt.date, ...]

    def count(self, stint: Stint, columns: Heads) -> None:
        """Add one in each month on whose day the person of a stint is in post."""
        if stint.role in self.roles:
            months = len(self.days)
            for at, day in enumerate(self.days, start=self.column * months):
                columns[at] += self.head * (stint.start <= day <= stint.end)


@frozen(kw_only=True)
class Looked:
    """What is looked at in a draw, and in which columns of its people.

    Case managers and supervisors at the end of each month, packed into one column; both on the day of the month with
    the most of them (as planned), where that is another one; where there are ``roles`` with posts of their own, the
    most case managers and supervisors, and the most of these roles, each on its own day; those on ``report``, and of
    them those who have ``served`` so many months.
    """

    calendar: Calendar
    peaks: tuple[dt.date, ...]
    roles: frozenset[Role] = frozenset()
    own_peaks: tuple[Peaks, ...] = ()
    report: dt.date | None = None
    served: tuple[int, ...] = ()

    @property
    def months(self) -> int:
        """How many months the period has."""
        return len(self.calendar.months)

    @property
    def _has_peaks(self) -> bool:
        return self.peaks != tuple(last for _, last in self.calendar.months)

    @property
    def heads(self) -> slice:
        """Case managers × :data:`PACKED` + supervisors on the last day of each month."""
        return slice(0, self.months)

    @property
    def team(self) -> slice:
        """Both together on the day of each month with the most of them."""
        return slice(self.months, 2 * self.months) if self._has_peaks else slice(0, 0)

    @property
    def own(self) -> slice:
        """The most case managers and supervisors of each month, packed; then the most of the roles alone."""
        return slice(self._own, self.in_post)

    @property
    def _own(self) -> int:
        return 2 * self.months if self._has_peaks else self.months

    @property
    def by_month(self) -> tuple[slice, ...]:
        """All runs of columns of which each is a month."""
        most = slice(self._own, self._own + self.months)
        alone = slice(most.stop, most.stop + self.months)
        return (self.heads, self.team, *((most, alone) if self.roles else ()))

    @property
    def in_post(self) -> int:
        """Both together on the day of the report."""
        return self._own + (2 * self.months if self.roles else 0)

    def of_service(self, months: int) -> int:
        """Those of them who have served so many months."""
        return self.in_post + 1 + self.served.index(months)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return self.in_post + 1 + len(self.served)

    def split(self, people: Heads) -> tuple[Heads, Heads]:
        """Case managers and supervisors on the last day of each month."""
        return unpacked(people[:, self.heads])

    def split_most(self, people: Heads) -> tuple[Heads, Heads]:
        """The most case managers and the most supervisors on any day of each month."""
        return unpacked(people[:, self.own][:, : self.months])

    def alone(self, people: Heads, role: Role) -> Heads:
        """The most senior case managers, or project managers, on any day of each month."""
        seniors, managers = unpacked(people[:, self.own][:, self.months :])
        return seniors if role is Role.SENIOR_CASE_MANAGER else managers

    def posts(self, people: Heads) -> Heads:
        """Both together on the day of each month with the most of them."""
        if self._has_peaks:
            return people[:, self.team]
        managers, supervisors = self.split(people)
        return managers + supervisors


def unpacked(columns: Heads) -> tuple[Heads, Heads]:
    """The two numbers of packed columns."""
    return columns // PACKED, columns % PACKED


def looked_at(scenario: Scenario, stints: Sequence[Stint], report: dt.date | None, served: tuple[int, ...]) -> Looked:
    """What a risk run looks at."""
    calendar = Calendar.of(scenario.period)
    roles = frozenset(stint.role for stint in stints if stint.role in OWN_POSTS)
    peaks = tuple(_peak(stints, TEAM, first, last) for first, last in calendar.months)
    own = tuple(
        Peaks(
            roles=known,
            column=column,
            head=head,
            days=tuple(_peak(stints, known, first, last) for first, last in calendar.months),
        )
        for known, column, head in _OWN_COLUMNS
        if roles
    )
    return Looked(calendar=calendar, peaks=peaks, roles=roles, own_peaks=own, report=report, served=served)


def _peak(stints: Sequence[Stint], roles: Collection[Role], first: dt.date, last: dt.date) -> dt.date:
    """The day of a month with the most persons of these roles: the last one, or somebody's last day."""
    team = [stint for stint in stints if stint.role in roles]
    days = {last, *(stint.end for stint in team if first <= stint.end < last)}
    return max(days, key=lambda day: (sum(stint.count for stint in team if stint.start <= day <= stint.end), day))
