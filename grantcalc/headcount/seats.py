"""Posts that lose their holders by chance, and those who follow them (離職、懸缺與遞補): what a risk run draws from.

A seat is one person's post as a scenario plans it. Its holder may leave at the end of any month; after whole months
without anybody a replacement starts on the first of a month, as a change ``replace`` of a scenario does it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, frozen

from grantcalc import roc
from grantcalc.draft.model import Period, Role
from grantcalc.headcount.changes import ROLES, applied, in_order
from grantcalc.headcount.groups import ONE_DAY, Group
from grantcalc.headcount.model import Change, ChangeKind, Pay, Scenario, Stint
from grantcalc.headcount.pricing import Prices
from grantcalc.headcount.team import groups_of, stints_in
from grantcalc.money import whole

PLACES = 21
"""In how many amounts, evenly spaced, a range of pay is drawn."""


@frozen(kw_only=True)
class Terms:
    """What a risk run assumes: no document publishes any of it.

    ``leave``: probability of leaving at the end of a month, ``by_role`` where a role has its own; ``vacancy``: fewest
    and most months without anybody, all alike likely; ``cases``: the lowest and highest share of the stated cases.
    """

    leave: Fraction = Fraction(2, 100)
    by_role: tuple[tuple[Role, Fraction], ...] = ()
    vacancy: tuple[int, int] = (1, 3)
    cases: tuple[Fraction, Fraction] = (Fraction(9, 10), Fraction(11, 10))

    def leaving(self, role: Role) -> Fraction:
        """The probability of one role."""
        return next((rate for known, rate in self.by_role if known is role), self.leave)


@frozen(kw_only=True)
class Calendar:
    """The months of a period: first day of the calendar month, last day inside the period."""

    months: tuple[tuple[dt.date, dt.date], ...]

    @classmethod
    def of(cls, period: Period) -> Calendar:
        """The calendar of a period."""
        spans = roc.month_spans(period.start, period.end)
        return cls(months=tuple((first.replace(day=1), last) for first, last in spans))

    def index(self, day: dt.date) -> int:
        """The place of the month of a day; outside the period below 0 or beyond the last."""
        start = self.months[0][0]
        return (day.year - start.year) * 12 + day.month - start.month


@frozen(kw_only=True)
class Seat:
    """One seat of a group, worked out: the planned employment, and by month that of a replacement who starts then.

    ``follows`` has an entry for each month of the period, empty where nobody can start. Every stint is of one person.
    """

    planned: tuple[Stint, ...]
    follows: tuple[tuple[Stint, ...], ...]

    @property
    def is_fixed(self) -> bool:
        """Whether no pay is a range."""
        stints = (*self.planned, *(stint for stints in self.follows for stint in stints))
        return all(stint.pay.low == stint.pay.high for stint in stints)


def planned_groups(scenario: Scenario, prices: Prices) -> list[Group]:
    """Everybody as planned, after all changes of the scenario; those never in post left out."""
    groups = groups_of(scenario, prices)
    return [group for group in groups if group.spells and group.start <= group.last]


def seat_of(group: Group, scenario: Scenario, prices: Prices, calendar: Calendar) -> Seat:
    """One seat of a group; :class:`~grantcalc.headcount.groups.ScenarioError` where a replacement has no pay."""
    return _seat(evolve(group, count=1), scenario, prices, calendar, None)


def drawn_seat(group: Group, scenario: Scenario, prices: Prices, calendar: Calendar, place: Fraction) -> Seat:
    """The same with every range of pay at one ``place`` between its ends, 0 to 1; the insurance goes by that pay."""
    return _seat(evolve(group, count=1), scenario, prices, calendar, place)


def _seat(group: Group, scenario: Scenario, prices: Prices, calendar: Calendar, place: Fraction | None) -> Seat:
    def stints(of: Group) -> tuple[Stint, ...]:
        return tuple(stints_in(of if place is None else _at(of, place), scenario, prices))

    raises = [change for change in in_order(scenario.changes) if _is_general(change)]
    follows = (_follower(group, first, raises, prices) for first, _ in calendar.months)
    return Seat(planned=stints(group), follows=tuple(() if new is None else stints(new) for new in follows))


def _is_general(change: Change) -> bool:
    return change.kind is ChangeKind.RAISE and (change.who is None or change.who in ROLES)


def _follower(group: Group, start: dt.date, raises: list[Change], prices: Prices) -> Group | None:
    """Who starts on ``start`` after the holder left: only the raises of everybody or the role are handed on."""
    left = start - ONE_DAY
    if not group.start <= left < group.last:
        return None
    change = Change(kind=ChangeKind.REPLACE, entry=group.post, who=group.post, date=left)
    *_, new = applied([group], change, prices)
    for later in raises:
        if later.date is not None and later.date > left:
            (new,) = applied([new], later, prices)
    return new


def _at(group: Group, place: Fraction) -> Group:
    spells = (evolve(spell, pay=pay_at(spell.pay, place)) for spell in group.spells)
    return evolve(group, spells=tuple(spells))


def pay_at(pay: Pay, place: Fraction) -> Pay:
    """The pay at a place of its range, half up."""
    amount = pay.low + whole((pay.high - pay.low) * place)
    return evolve(pay, low=amount, high=amount)


def alike(group: Group) -> tuple[object, ...]:
    """What two groups share whose seats cost the same: worked out once."""
    spells = (
        (spell.role, spell.basis, spell.pay.low, spell.pay.high, spell.start, spell.end, spell.raises, spell.is_fixed)
        for spell in group.spells
    )
    return (group.first, group.allowance, group.insurance, group.own_pay, group.own_insurance, group.bonus, *spells)


def leavers(groups: list[Group]) -> Iterator[tuple[int, Group]]:
    """Every person, by the place of the group."""
    for place, group in enumerate(groups):
        for _ in range(group.count):
            yield place, group
