"""What must agree inside a scenario: names, persons, steps, and every change with the staff it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from attrs import evolve

from grantcalc.draft.model import Role
from grantcalc.headcount.build import overlapping
from grantcalc.headcount.changes import applied, in_order, is_general
from grantcalc.headcount.groups import Group, ScenarioError, group_of
from grantcalc.headcount.ladder import Ladder, Rung
from grantcalc.headcount.model import Basis, Change, Pay, PaySource, Scenario, Staff
from grantcalc.headcount.pricing import Prices
from grantcalc.headcount.scenario_sections import Problems
from grantcalc.headcount.scenario_values import MOST_DOLLARS
from grantcalc.text import Message, joined

SAME_NAME = Message("{place}: the name “{name}” stands in {other} already; every entry needs a name of its own.")
OVERLAP = Message("{place}: “{person}” is in post in {other} at the same time, from {start} to {end}.")
NOBODY = Message("{place}: the raise would change nothing: nobody is a {role} in the year (roles held: {held}).")
BY_POINTS = Message("{place}: a {role} is paid by points, not by step; write points = …, one of {values}.")
BY_STEPS = Message("{place}: a {role} is paid by step, not by points; write step = …, one of {values}.")

_STEPS = tuple(range(100))


def check(scenario: Scenario, prices: Prices, problems: Problems) -> None:
    """Tell everything that does not agree, as far as it can be known without a pay table."""
    lenient = _Lenient(
        programme=prices.programme,
        tables=prices.tables,
        table=prices.table,
        implied=prices.implied,
        stated=prices.stated,
    )
    hired = [change.hired for change in scenario.changes if change.hired is not None]
    members = (*scenario.staff, *hired)
    _names(members, problems)
    for member in members:
        _rung(member, lenient, problems)
    groups = _groups(scenario.staff, lenient, problems)
    changes = in_order(scenario.changes)
    for index, change in enumerate(changes):
        groups = _after(groups, change, lenient, changes[:index], problems)
    _persons(members, groups, problems)
    if not problems.texts:
        _raised_roles(changes, groups, problems)


class _Lenient(Prices):
    """Prices before the pay table is known: who is on no scale yet is paid something, and may rise."""

    def of(self, role: Role, basis: Basis, day: dt.date) -> Pay:
        """The pay, or that of no consequence."""
        if self._is_open(role, basis):
            return Pay(low=MOST_DOLLARS, high=MOST_DOLLARS, source=PaySource.TABLE)
        return super().of(role, basis, day)

    def ladder(self, role: Role, basis: Basis) -> Ladder | None:
        """The ladder, or one of every step."""
        return Ladder(rung=Rung.STEP, values=_STEPS) if self._is_open(role, basis) else super().ladder(role, basis)

    def _is_open(self, role: Role, basis: Basis) -> bool:
        return self.amount(role, basis) is None and not self.is_printed(role)


def _names(members: Iterable[Staff], problems: Problems) -> None:
    """A change could not say whom it means by a name that two entries bear."""
    seen: dict[str, str] = {}
    for member in members:
        if member.name in seen:
            other = problems.inside(seen[member.name])
            problems.texts.append(SAME_NAME(place=member.entry, name=member.name, other=other))
        seen.setdefault(member.name, member.entry)


def _rung(member: Staff, prices: Prices, problems: Problems) -> None:
    """Steps stated of somebody who is paid by points, or points of one who is paid by step, would change nothing."""
    if not prices.is_printed(member.role):
        return
    ladder = prices.ladder(member.role, member.basis)
    if ladder is None:
        return
    values, basis = joined(ladder.values), member.basis
    if ladder.rung is Rung.POINTS and basis.step is not None:
        problems.texts.append(BY_POINTS(place=member.entry, role=member.role, values=values))
    elif ladder.rung is Rung.STEP and basis.points is not None:
        problems.texts.append(BY_STEPS(place=member.entry, role=member.role, values=values))


def _groups(staff: Iterable[Staff], prices: Prices, problems: Problems) -> list[Group]:
    groups = []
    for member in staff:
        try:
            groups.append(group_of(member, prices, member.entry))
        except ScenarioError as error:
            problems.texts += error.texts
    return groups


def _after(
    groups: list[Group], change: Change, prices: Prices, earlier: list[Change], problems: Problems
) -> list[Group]:
    """The groups after a change; where it does not fit, as before it. One about an entry that failed is passed over."""
    if change.who is not None and problems.texts and all(group.post != change.who for group in groups):
        return groups
    try:
        return applied(groups, change, prices, earlier)
    except ScenarioError as error:
        problems.texts += error.texts
        return groups


def _raised_roles(changes: Iterable[Change], groups: list[Group], problems: Problems) -> None:
    """A raise of a role that nobody has would change nothing without a word."""
    held = {spell.role.value: spell.role for group in groups for spell in group.spells}
    for change in changes:
        if is_general(change) and change.who is not None and change.who not in held:
            problems.texts.append(NOBODY(place=change.entry, role=Role(change.who), held=joined(held.values())))


def _persons(members: Iterable[Staff], groups: list[Group], problems: Problems) -> None:
    """The same person twice on one day, after every leave and delay."""
    spans = {group.name: (group.start, group.last) for group in groups}
    seen: list[Staff] = []
    for member in members:
        if member.person is None or member.name not in spans:
            continue
        start, end = spans[member.name]
        present = evolve(member, start=start, end=end)
        for other in seen:
            if overlapping(other, present):
                problems.texts.append(
                    OVERLAP(
                        place=member.entry,
                        person=member.person,
                        other=problems.inside(other.entry),
                        start=max(start, other.start),
                        end=min(end, other.end),
                    )
                )
                break
        seen.append(present)
