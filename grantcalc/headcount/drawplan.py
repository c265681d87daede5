"""The tables of a risk run: every seat of a scenario, worked out month by month by the reference run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
from attrs import frozen

from grantcalc.headcount.draws import Heads, Ints, Plan, threshold
from grantcalc.headcount.groups import Group
from grantcalc.headcount.model import Insured, Scenario, Stint
from grantcalc.headcount.pricing import Prices
from grantcalc.headcount.retention import completed
from grantcalc.headcount.run import MonthCost, stint_months
from grantcalc.headcount.seats import (
    PLACES,
    Calendar,
    Seat,
    Terms,
    alike,
    drawn_seat,
    leavers,
    planned_groups,
    seat_of,
)
from grantcalc.pay.months import BonusRule
from grantcalc.rules.headcounts import CASE_MANAGERS, TEAM

PACKED = 1 << 15
"""More than all supervisors together."""


@frozen(kw_only=True)
class Looked:
    """What is looked at in a draw, and in which columns of its people.

    Case managers and supervisors at the end of each month, packed into one column; both on the day of the month with
    the most of them (as planned), where that is another one; those on ``report``, and of them those who have
    ``served`` so many months.
    """

    calendar: Calendar
    peaks: tuple[dt.date, ...]
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
    def in_post(self) -> int:
        """Both together on the day of the report."""
        return 2 * self.months if self._has_peaks else self.months

    def of_service(self, months: int) -> int:
        """Those of them who have served so many months."""
        return self.in_post + 1 + self.served.index(months)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return self.in_post + 1 + len(self.served)

    def split(self, people: Heads) -> tuple[Heads, Heads]:
        """Case managers and supervisors on the last day of each month."""
        heads = people[:, self.heads]
        return heads // PACKED, heads % PACKED

    def posts(self, people: Heads) -> Heads:
        """Both together on the day of each month with the most of them."""
        if self._has_peaks:
            return people[:, self.team]
        managers, supervisors = self.split(people)
        return managers + supervisors


@frozen(kw_only=True)
class Filler:
    """Fills one row of the tables from the stints of an employment."""

    scenario: Scenario
    bonus: BonusRule
    looked: Looked

    def money(self, stints: Iterable[Stint]) -> Ints:
        """Dollars of the subsidy by month, and the year-end bonus in the column after them."""
        months = self.looked.months
        row = np.zeros(months + 1, dtype=np.int64)
        for stint in stints:
            for month, cost in stint_months(stint, self.bonus, self.scenario.bonus_month).items():
                at = self.looked.calendar.index(month)
                if 0 <= at < months:
                    row[at] += _subsidised(cost, self.scenario.insured)
                    row[months] += cost.bonus
        return row

    def people(self, stints: Iterable[Stint]) -> Heads:
        """One in each column in which the person counts."""
        looked = self.looked
        row = np.zeros(looked.columns, dtype=np.int32)
        for stint in stints:
            if stint.role not in TEAM:
                continue
            head = PACKED if stint.role in CASE_MANAGERS else 1
            for at, (_, last) in enumerate(looked.calendar.months):
                row[looked.heads][at] += head * (stint.start <= last <= stint.end)
            for at in range(looked.team.stop - looked.team.start):
                row[looked.team][at] += stint.start <= looked.peaks[at] <= stint.end
            if looked.report is not None and stint.start <= looked.report <= stint.end:
                row[looked.in_post] += 1
                for months in looked.served:
                    row[looked.of_service(months)] += completed(stint.first, months) <= looked.report
        return row

    def money_lost(self) -> Ints:
        """What a leave at the end of each month takes away: later months, and the bonus unless its day has passed."""
        months = self.looked.months
        lost = np.zeros((months, months + 1), dtype=np.int64)
        for at, (_, last) in enumerate(self.looked.calendar.months):
            lost[at, at + 1 : months] = 1
            lost[at, months] = last < dt.date(last.year, *self.bonus.still_on)
        return lost

    def people_lost(self) -> Heads:
        """The same of the columns of people."""
        looked = self.looked
        lost = np.zeros((looked.months, looked.columns), dtype=np.int32)
        for at, (_, last) in enumerate(looked.calendar.months):
            for part in (looked.heads, looked.team):
                lost[at, part][at + 1 :] = 1
            lost[at, looked.in_post :] = looked.report is not None and last < looked.report
        return lost


def _subsidised(cost: MonthCost, insured: Insured) -> int:
    """What the subsidy pays of a month, without the bonus."""
    return cost.pay + cost.allowance + (cost.insurance if insured is Insured.SUBSIDY else 0)


def looked_at(scenario: Scenario, stints: Sequence[Stint], report: dt.date | None, served: tuple[int, ...]) -> Looked:
    """What a risk run looks at."""
    calendar = Calendar.of(scenario.period)
    peaks = tuple(_peak(stints, first, last) for first, last in calendar.months)
    return Looked(calendar=calendar, peaks=peaks, report=report, served=served)


def _peak(stints: Sequence[Stint], first: dt.date, last: dt.date) -> dt.date:
    """The day of a month with the most case managers and supervisors: the last one, or somebody's last day."""
    team = [stint for stint in stints if stint.role in TEAM]
    days = {last, *(stint.end for stint in team if first <= stint.end < last)}
    return max(days, key=lambda day: (sum(stint.count for stint in team if stint.start <= day <= stint.end), day))


def plan_of(scenario: Scenario, prices: Prices, terms: Terms, looked: Looked) -> Plan:
    """Every seat worked out, and who sits on it."""
    groups = planned_groups(scenario, prices)
    filler = Filler(scenario=scenario, bonus=prices.programme.bonus, looked=looked)
    tables = _Tables(filler=filler, prices=prices)
    kinds = [tables.kind(group) for group in groups]
    posts = list(dict.fromkeys(group.post for group, (_, drawn) in zip(groups, kinds, strict=True) if drawn))
    persons = list(leavers(groups))
    ranged = [posts.index(group.post) + 1 if kinds[place][1] else 0 for place, group in persons]
    rates = [terms.leaving(group.spells[0].role) for _, group in persons]
    size, rows = len(tables.money), looked.months + 1
    index, paid = looked.calendar.index, looked.calendar.index(_paid(scenario))
    return Plan(
        months=looked.months,
        money=np.array(tables.money, dtype=np.int64).reshape(size, rows, rows),
        people=np.array(tables.people, dtype=np.int32).reshape(size, rows, looked.columns),
        money_lost=filler.money_lost(),
        people_lost=filler.people_lost(),
        paid=paid if 0 <= paid < looked.months else None,
        kind=np.array([kinds[place][0] for place, _ in persons], dtype=np.int64),
        entry=np.array(ranged, dtype=np.int64),
        first=np.array([index(group.start) for _, group in persons], dtype=np.int64),
        last=np.array([min(index(group.last), looked.months - 1) for _, group in persons], dtype=np.int64),
        leave=np.array([threshold(rate.numerator, rate.denominator) for rate in rates], dtype=np.uint32),
        vacancy=terms.vacancy,
        entries=len(posts),
        places=PLACES,
    )


def _paid(scenario: Scenario) -> dt.date:
    return dt.date(scenario.period.start.year, scenario.bonus_month, 1)


class _Tables:
    """The tables while they grow; seats that cost the same are worked out once."""

    def __init__(self, *, filler: Filler, prices: Prices) -> None:
        self._filler = filler
        self._prices = prices
        self._known: dict[tuple[object, ...], tuple[int, bool]] = {}
        self.money: list[list[Ints]] = []
        self.people: list[list[Heads]] = []

    def kind(self, group: Group) -> tuple[int, bool]:
        """The kind of a group's seats, the first of several where a pay is drawn from a range."""
        key = alike(group)
        if key not in self._known:
            self._known[key] = self._worked_out(group)
        return self._known[key]

    def _worked_out(self, group: Group) -> tuple[int, bool]:
        first, scenario, calendar = len(self.money), self._filler.scenario, self._filler.looked.calendar
        seat = seat_of(group, scenario, self._prices, calendar)
        if seat.is_fixed:
            self._add(seat)
            return first, False
        for place in range(PLACES):
            self._add(drawn_seat(group, scenario, self._prices, calendar, Fraction(place, PLACES - 1)))
        return first, True

    def _add(self, seat: Seat) -> None:
        rows = (seat.planned, *seat.follows[1:], ())
        self.money.append([self._filler.money(row) for row in rows])
        self.people.append([self._filler.people(row) for row in rows])
