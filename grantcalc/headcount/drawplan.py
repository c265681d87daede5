"""The tables of a risk run: every seat of a scenario, worked out month by month by the reference run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

import numpy as np
from attrs import evolve, frozen

from grantcalc.headcount.drawlooked import PACKED, Looked
from grantcalc.headcount.draws import Heads, Ints, Plan, threshold
from grantcalc.headcount.groups import Group
from grantcalc.headcount.model import Scenario, Stint
from grantcalc.headcount.pricing import Prices
from grantcalc.headcount.retention import completed
from grantcalc.headcount.run import stint_months, subsidised_part
from grantcalc.headcount.seats import (
    PLACES,
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
                    row[at] += subsidised_part(evolve(cost, bonus=0), self.scenario.insured)
                    row[months] += cost.bonus
        return row

    def people(self, stints: Iterable[Stint]) -> Heads:
        """One in each column in which the person counts."""
        looked = self.looked
        row = np.zeros(looked.columns, dtype=np.int32)
        for stint in stints:
            for peaks in looked.own_peaks:
                peaks.count(stint, row[looked.own])
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
            for part in looked.by_month:
                lost[at, part][at + 1 :] = 1
            lost[at, looked.in_post :] = looked.report is not None and last < looked.report
        return lost


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
