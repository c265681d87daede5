"""What a sweep varies (試算變項): how many persons of a role, or the first day of staff.

``case-managers=20..35`` counts all case managers, the senior ones among them. Where a role stands in several entries
of the scenario, the last one grows and gives way first; senior case managers give way last. ``start=…`` moves
everybody whose employment does not begin before the entry does (who is taken over keeps his day), ``start:NAME=…`` one
entry or one hire of that name, ``start:ROLE=…`` the entries of a role. A hire among the changes comes on top.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from grantcalc import roc
from grantcalc.draft.model import Role
from grantcalc.headcount.model import Change, Scenario, Staff
from grantcalc.headcount.results import Axis
from grantcalc.headcount.team import ScenarioError
from grantcalc.rules.headcounts import CASE_MANAGERS
from grantcalc.rules.programme import Programme
from grantcalc.text import Language, Message, Text, Tongue, joined

START = "start"
MOST_PERSONS = 9_999
"""More persons of one role than any county has; a longer number is a slip of the pen."""

BAD = Message("--vary {text}: {reason}")
NO_FORM = Message("say what to vary and its values, for example case-managers=20..35 or start=113/1/1..113/6/1.")
NO_ROLE = Message("there is no role “{name}” in {programme}; it may be: {known}, or start.")
NO_ENTRY = Message("there is neither staff nor a role called “{name}”; the names are: {known}.")
NO_PERSONS = Message("“{found}” is no number of persons from 0 to {most}; write for example 20..35 or 1,2.")
NO_DAY = Message("“{found}” is no date; write 2024-03-16, 113/3/16 or 1130316.")
BACKWARDS = Message("the range {found} goes backwards.")
OUTSIDE = Message("{day} is outside the period from {start} to {end}.")
NOBODY = Message("nobody's start can be moved: all staff are employed before the first day of their entry.")
TWICE = Message("“{name}” is varied twice; give all its values in one --vary.")
SENIORS = Message("case-managers counts the senior ones, too; vary one of the two.")


def axes_of(texts: Iterable[str], scenario: Scenario, programme: Programme) -> tuple[Axis, ...]:
    """Everything that is varied, in the order given; :class:`ScenarioError` names the option that is wrong."""
    axes: list[Axis] = []
    for text in texts:
        try:
            axis = _axis(text, scenario, programme)
            _only_once(axis, axes)
        except _BadVaryError as error:
            raise ScenarioError(BAD(text=text, reason=error.text)) from None
        axes.append(axis)
    return tuple(axes)


class _BadVaryError(Exception):
    def __init__(self, text: Text) -> None:
        super().__init__(text.template)
        self.text = text


def _only_once(axis: Axis, axes: Sequence[Axis]) -> None:
    if axis.name in {known.name for known in axes}:
        raise _BadVaryError(TWICE(name=axis.name))
    counted = {known.role for known in (*axes, axis) if known.counts}
    if counted >= set(CASE_MANAGERS):
        raise _BadVaryError(SENIORS())


def _axis(text: str, scenario: Scenario, programme: Programme) -> Axis:
    name, is_given, values = (part.strip() for part in text.partition("="))
    if not (name and is_given and values):
        raise _BadVaryError(NO_FORM())
    if name == START:
        if not any(is_new(member) for member in scenario.staff):
            raise _BadVaryError(NOBODY())
        return Axis(name=START, days=_days(values, scenario))
    if name.startswith(f"{START}:"):
        return _start_of(name.partition(":")[2].strip(), values, scenario, programme)
    role = _role(name, programme)
    if role is None:
        known = joined(_plural(role) for role in programme.roles)
        raise _BadVaryError(NO_ROLE(name=name, programme=programme.id, known=known))
    return Axis(name=_plural(role), role=role, counts=tuple(sorted(set(_counts(values)))))


def _start_of(name: str, values: str, scenario: Scenario, programme: Programme) -> Axis:
    days = _days(values, scenario)
    if any(member.name == name for member in (*scenario.staff, *hired_of(scenario))):
        return Axis(name=f"{START}:{name}", staff=name, days=days)
    role = _role(name, programme)
    if role is None or not _entries(scenario.staff, role):
        known = joined(dict.fromkeys(member.name for member in (*scenario.staff, *hired_of(scenario))))
        raise _BadVaryError(NO_ENTRY(name=name, known=known))
    return Axis(name=f"{START}:{_plural(role)}", role=role, days=days)


def _role(name: str, programme: Programme) -> Role | None:
    languages = [Language(tongue) for tongue in Tongue]
    wanted = name.casefold()
    for role in programme.roles:
        names = [role.value, *(language.label(role).casefold() for language in languages)]
        if wanted in names or wanted.removesuffix("s") in names:
            return role
    return None


def _plural(role: Role) -> str:
    return f"{role.value}s" if not role.value.endswith("staff") else role.value


def _counts(text: str) -> Iterator[int]:
    for part in text.split(","):
        ends = [_persons(end.strip()) for end in part.split("..", maxsplit=1)]
        if ends[-1] < ends[0]:
            raise _BadVaryError(BACKWARDS(found=part.strip()))
        yield from range(ends[0], ends[-1] + 1)


def _persons(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(MOST_PERSONS)):
        raise _BadVaryError(NO_PERSONS(found=text, most=MOST_PERSONS))
    return int(text)


def _days(text: str, scenario: Scenario) -> tuple[dt.date, ...]:
    """Days, and ranges of the first days of months; a range begins with its own first day."""
    found: set[dt.date] = set()
    for part in text.split(","):
        ends = [_day(end.strip(), scenario) for end in part.split("..", maxsplit=1)]
        if ends[-1] < ends[0]:
            raise _BadVaryError(BACKWARDS(found=part.strip()))
        found.update(first for first, _ in roc.month_spans(ends[0], ends[-1]))
    return tuple(sorted(found))


def _day(text: str, scenario: Scenario) -> dt.date:
    day, period = roc.parse(text), scenario.period
    if day is None:
        raise _BadVaryError(NO_DAY(found=text))
    if not period.start <= day <= period.end:
        raise _BadVaryError(OUTSIDE(day=day, start=period.start, end=period.end))
    return day


def is_new(member: Staff) -> bool:
    """Whether the employment begins with the entry; who was employed before keeps the first day."""
    return member.hired_on is None or member.hired_on >= member.start


def hired_of(scenario: Scenario) -> list[Staff]:
    """Everybody hired among the changes."""
    return [change.hired for change in scenario.changes if change.hired is not None]


def hires_of(scenario: Scenario, role: Role) -> int:
    """How many persons of a role are hired among the changes; case managers with the senior ones."""
    roles = CASE_MANAGERS if role is Role.CASE_MANAGER else (role,)
    return sum(member.count for member in hired_of(scenario) if member.role in roles)


def hire_axis(name: str, staff: Sequence[Staff], axes: Sequence[Axis]) -> int | None:
    """The place of the axis that moves the hires of a name; one that names an entry of staff moves that alone."""
    if any(member.name == name for member in staff):
        return None
    return next((at for at, axis in enumerate(axes) if axis.days and axis.staff == name), None)


def hires_moved(scenario: Scenario, axes: Sequence[Axis], values: Sequence[int | dt.date]) -> tuple[Change, ...]:
    """All changes, one for one; a hire begins on the day that its axis gives."""
    return tuple(_hire_moved(change, scenario.staff, axes, values) for change in scenario.changes)


def _hire_moved(
    change: Change, staff: Sequence[Staff], axes: Sequence[Axis], values: Sequence[int | dt.date]
) -> Change:
    at = None if change.hired is None else hire_axis(change.hired.name, staff, axes)
    day = None if at is None else values[at]
    if change.hired is None or not isinstance(day, dt.date):
        return change
    return evolve(change, date=None if change.date is None else day, hired=moved(change.hired, day))


def staffed(scenario: Scenario, axes: Iterable[Axis]) -> Scenario:
    """The scenario with an entry for every role that is counted, whole period, where it has none yet."""
    missing = [axis.role for axis in axes if axis.role and axis.counts and not _entries(scenario.staff, axis.role)]
    period = scenario.period
    added = (Staff(name=role.value, role=role, count=0, start=period.start, end=period.end) for role in missing)
    return evolve(scenario, staff=(*scenario.staff, *added))


def _entries(staff: Sequence[Staff], role: Role) -> list[int]:
    """The places of a role's entries, in the order in which they are filled."""
    if role is not Role.CASE_MANAGER:
        return [at for at, member in enumerate(staff) if member.role is role]
    counted = [at for at, member in enumerate(staff) if member.role in CASE_MANAGERS]
    return sorted(counted, key=lambda at: staff[at].role is Role.CASE_MANAGER)


def growing(staff: Sequence[Staff], role: Role) -> int | None:
    """The place of the entry that further persons of a role join."""
    return next(reversed(_entries(staff, role)), None)


def persons_of(scenario: Scenario, role: Role) -> int:
    """How many persons of a role the staff of a scenario has; case managers with the senior ones."""
    return sum(scenario.staff[at].count for at in _entries(scenario.staff, role))


def shares(staff: Sequence[Staff], role: Role, persons: int) -> dict[int, int]:
    """So many persons of a role over its entries, by their places: filled in order, the last takes the rest."""
    places, found = _entries(staff, role), {}
    for at in places:
        found[at] = persons if at == places[-1] else min(persons, staff[at].count)
        persons -= found[at]
    return found


def start_axis(member: Staff, axes: Sequence[Axis]) -> int | None:
    """The place of the axis that moves an entry's start: of its name, else of its role, else of everybody."""
    starts = [(at, axis) for at, axis in enumerate(axes) if axis.days]
    for at, axis in starts:
        if axis.staff == member.name:
            return at
    for at, axis in starts:
        if axis.role is member.role or (axis.role is Role.CASE_MANAGER and member.role in CASE_MANAGERS):
            return at
    return next((at for at, axis in starts if axis.name == START and is_new(member)), None)


def count_axis(member: Staff, axes: Sequence[Axis]) -> int | None:
    """The place of the axis that counts an entry's persons."""
    for at, axis in enumerate(axes):
        if axis.counts and (
            axis.role is member.role or (axis.role is Role.CASE_MANAGER and member.role in CASE_MANAGERS)
        ):
            return at
    return None


def frontier_of(axes: Sequence[Axis]) -> int | None:
    """The place of the axis the frontier goes by: case managers, else the first role that is counted."""
    counted = [at for at, axis in enumerate(axes) if axis.counts]
    managers = [at for at in counted if axes[at].role is Role.CASE_MANAGER]
    return next(iter((*managers, *counted)), None)


def moved(member: Staff, day: dt.date) -> Staff:
    """The entry beginning on another day; an employment that begins with it moves along."""
    return evolve(member, start=day, hired_on=None if is_new(member) else member.hired_on)


def varied(scenario: Scenario, axes: Sequence[Axis], values: Sequence[int | dt.date]) -> Scenario:
    """One combination as a scenario of its own: what ``run`` works out for it is the reference of the sweep."""
    scenario = staffed(scenario, axes)
    staff = list(scenario.staff)
    for axis, value in zip(axes, values, strict=True):
        if axis.role is not None and isinstance(value, int):
            for at, count in shares(scenario.staff, axis.role, value).items():
                staff[at] = evolve(staff[at], count=count)
    for at, member in enumerate(scenario.staff):
        axis_at = start_axis(member, axes)
        day = None if axis_at is None else values[axis_at]
        if isinstance(day, dt.date):
            staff[at] = moved(staff[at], day)
    changes = hires_moved(scenario, axes, values)
    return evolve(scenario, staff=tuple(staff), changes=_about_somebody(changes, staff))


def _about_somebody(changes: Sequence[Change], staff: Sequence[Staff]) -> tuple[Change, ...]:
    """Without those that concern all persons of an entry that has none in this combination."""
    hired = [change.hired for change in changes if change.hired is not None]
    present = {member.name for member in (*staff, *hired) if member.count}
    absent = {member.name for member in staff} - present
    return tuple(change for change in changes if change.count is not None or change.who not in absent)
