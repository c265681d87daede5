"""A scenario cut into parts that do not touch one another, so that a sweep needs the reference run of few of them.

A part is all staff of one name with the changes that name it; a raise of a role or of everybody touches each part by
itself. The cost of a team is the sum of its parts. A part without changes of its own costs its persons × the cost of
one person, by the first day; any other part is worked out for each of its values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import product

from attrs import evolve, frozen

from grantcalc.headcount.axes import count_axis, hire_axis, hires_moved, shares, start_axis, varied
from grantcalc.headcount.changes import ROLES
from grantcalc.headcount.model import Change, ChangeKind, Scenario, Staff, Stint
from grantcalc.headcount.pricing import Prices
from grantcalc.headcount.results import Axis
from grantcalc.headcount.run import year_cost
from grantcalc.headcount.team import ScenarioError, stints_of
from grantcalc.text import Message, Text

AT = Message("with {values}: {reason}")
NO_DATE = Message(
    "{entry}: state the first day of this raise (date = …); otherwise it depends on every start that varies."
)


class DayError(ScenarioError):
    """A change that does not fit where an axis takes one of its days, however many persons there are."""

    def __init__(self, axis: Axis, day: dt.date, reason: Text) -> None:
        """Keep what is to be left out, and why."""
        super().__init__(AT(values=f"{axis.name}={day}", reason=reason))
        self.axis, self.day, self.reason = axis, day, reason


@frozen(kw_only=True)
class Worked:
    """What the reference says of a part: the year's cost that the subsidy pays, and its stints."""

    cost: int
    stints: tuple[Stint, ...]


@frozen(kw_only=True)
class Table:
    """A part worked out for every value of the ``axes`` it depends on, in mixed-radix order, the last one fastest.

    ``persons`` are how many persons each value of the first axis stands for where the part is worked out for one
    person only; the axes of ``cells`` are then the others.
    """

    axes: tuple[int, ...]
    cells: tuple[Worked, ...]
    persons: tuple[int, ...] | None = None


def tables_of(scenario: Scenario, prices: Prices, axes: Sequence[Axis]) -> Iterator[Table]:
    """Every part of a scenario (with an entry for every counted role) worked out by the reference."""
    wide, own = _by_name(scenario.changes)
    names = dict.fromkeys([*(member.name for member in scenario.staff), *own])
    for name in names:
        members = [at for at, member in enumerate(scenario.staff) if member.name == name]
        if name in own:
            yield _worked_out(scenario, prices, axes, members, (*wide, *own[name]))
        else:
            for at in members:
                yield _of_one(scenario, prices, axes, at, wide)


def _by_name(changes: Sequence[Change]) -> tuple[tuple[Change, ...], dict[str, list[Change]]]:
    """The raises that touch everybody or a role, and the other changes by the name of the staff they are about."""
    wide: list[Change] = []
    own: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind is ChangeKind.RAISE and (change.who is None or change.who in ROLES):
            if change.date is None:
                raise ScenarioError(NO_DATE(entry=change.entry))
            wide.append(change)
            continue
        name = change.hired.name if change.hired is not None else change.who
        own.setdefault(name or "", []).append(change)
    return tuple(wide), own


def _worked_out(
    scenario: Scenario, prices: Prices, axes: Sequence[Axis], members: Sequence[int], changes: Sequence[Change]
) -> Table:
    """A part for each combination of the axes that touch it."""
    touched = _touching([scenario.staff[at] for at in members], changes, scenario.staff, axes)
    first: list[int | dt.date] = [axis.values[0] for axis in axes]

    def part_of(chosen: Sequence[int | dt.date]) -> Scenario:
        values = list(first)
        for at, value in zip(touched, chosen, strict=True):
            values[at] = value
        whole = varied(scenario, axes, values)
        own = [
            new
            for old, new in zip(scenario.changes, hires_moved(scenario, axes, values), strict=True)
            if old in changes
        ]
        staff = tuple(whole.staff[at] for at in members)
        return evolve(whole, staff=staff, changes=tuple(change for change in whole.changes if change in own))

    cells, moving = [], [axes[at] for at in touched]
    values_of: list[Sequence[int | dt.date]] = [axes[at].values for at in touched]
    for chosen in product(*values_of):
        try:
            cells.append(_work(part_of(chosen), prices, moving, chosen))
        except DayError:
            raise
        except ScenarioError:
            # With the most persons, too, it is the day that does not fit.
            _by_day(part_of(_fullest(moving, chosen)), prices, moving, chosen)
            raise
    return Table(axes=touched, cells=tuple(cells))


def _fullest(axes: Sequence[Axis], values: Sequence[int | dt.date]) -> list[int | dt.date]:
    return [axis.counts[-1] if axis.counts else value for axis, value in zip(axes, values, strict=True)]


def _by_day(scenario: Scenario, prices: Prices, axes: Sequence[Axis], values: Sequence[int | dt.date]) -> None:
    """:class:`DayError` where a part does not fit and one axis of days alone can be why."""
    days = [(axis, value) for axis, value in zip(axes, values, strict=True) if isinstance(value, dt.date)]
    if len(days) == 1:
        _work(scenario, prices, [days[0][0]], [days[0][1]])


def _touching(
    members: Sequence[Staff], changes: Sequence[Change], staff: Sequence[Staff], axes: Sequence[Axis]
) -> tuple[int, ...]:
    found = {at for member in members for at in (count_axis(member, axes), start_axis(member, axes))}
    found |= {hire_axis(change.hired.name, staff, axes) for change in changes if change.hired is not None}
    return tuple(sorted(at for at in found if at is not None))


def _of_one(scenario: Scenario, prices: Prices, axes: Sequence[Axis], place: int, changes: tuple[Change, ...]) -> Table:
    """One entry, worked out for one person and each first day."""
    member = scenario.staff[place]
    counted, starting = count_axis(member, axes), start_axis(member, axes)
    one = evolve(scenario, staff=(evolve(member, count=1),), changes=changes)
    moving = () if starting is None else (axes[starting],)
    cells = []
    days: list[Sequence[int | dt.date]] = [axis.values for axis in moving]
    for chosen in product(*days):
        staffed = varied(one, [_everybody(axis, member) for axis in moving], chosen)
        cells.append(_work(staffed, prices, moving, chosen))
    role = None if counted is None else axes[counted].role
    if counted is None or role is None:
        persons: tuple[int, ...] = (member.count,)
    else:
        persons = tuple(shares(scenario.staff, role, count)[place] for count in axes[counted].counts)
    depends = tuple(at for at in (counted, starting) if at is not None)
    return Table(axes=depends, cells=tuple(cells), persons=persons)


def _everybody(axis: Axis, member: Staff) -> Axis:
    return evolve(axis, staff=member.name)


def _work(scenario: Scenario, prices: Prices, axes: Sequence[Axis], values: Sequence[int | dt.date]) -> Worked:
    """What the reference says of a part."""
    try:
        stints = stints_of(scenario, prices)
    except ScenarioError as error:
        if not axes:
            raise
        if len(axes) == 1 and isinstance(values[0], dt.date):
            raise DayError(axes[0], values[0], error.text) from None
        shown = [f"{axis.name}={value}" for axis, value in zip(axes, values, strict=True)]
        raise ScenarioError(AT(values=", ".join(shown), reason=error.text)) from None
    return Worked(cost=year_cost(scenario, stints, prices.programme.bonus), stints=stints)
