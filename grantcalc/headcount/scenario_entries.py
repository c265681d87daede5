"""The entries of a scenario file on who is in post: ``[pay]`` and every ``[[staff]]``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from attrs import frozen

from grantcalc.draft.model import Education, Licence, Period, RiskAllowance, Role
from grantcalc.headcount import scenario_values as read
from grantcalc.headcount.build import NAMES
from grantcalc.headcount.model import Basis, ChangeKind, Staff
from grantcalc.headcount.scenario_sections import Problems, Section, Unfit, section_of, sections_of
from grantcalc.reading.problems import shown
from grantcalc.text import Message, Value, joined

BACKWARDS = Message("{place}: the last day in post {end} lies before the first day {start}.")
HIRED_LATE = Message("{place}: hired_on {hired} lies after the first day in post {start}; leave it out or correct it.")
PERSON_ONCE = Message("{place}: “{person}” is one person; the count is {count}. Leave person out, or count = 1.")
TWICE = Message("{place}: the key “{key}” states the pay of a {role} a second time; keep one.")
ROLES = Message("one of the roles of the programme: {roles}")

NEAR = 80.0
"""Percent of its letters that a kind shares with what may be meant: a slip of the pen; fire is not hire."""


@frozen(kw_only=True)
class Frame:
    """What the entries are read against."""

    period: Period
    roles: tuple[Role, ...]
    problems: Problems
    names: tuple[str, ...] = ()
    """Names of all staff, hired ones included, for ``who``."""

    @property
    def role(self) -> Callable[[object], Role]:
        """Reads a role of the programme."""
        return read.member(self.roles, read.ALIASES)

    @property
    def day(self) -> Callable[[object], dt.date]:
        """Reads a day of the programme."""
        return read.day(self.period)

    @property
    def codes(self) -> Value:
        """The programme's roles."""
        return joined(role.value for role in self.roles)


def basis_of(section: Section) -> Basis:
    """The keys that say how somebody is paid."""
    return Basis(
        monthly=section.get("monthly", read.amount),
        education=section.get("education", read.member(Education)),
        step=section.get("step", read.whole(0, read.MOST_STEP)),
        points=section.get("points", read.whole(1, read.MOST_POINTS)),
        licences=section.get("licences", read.listed(read.member(Licence))) or (),
        risk=section.get("risk_allowance", read.member(RiskAllowance)) or RiskAllowance.NONE,
    )


def pay_of(found: object, frame: Frame) -> tuple[tuple[Role, Basis], ...]:
    """``[pay]``: role = dollars, a range, or keys between curly brackets."""
    section = section_of("pay", found, frame.problems)
    stated: dict[Role, Basis] = {}
    for key, value in section.raw.items():
        role = section.read(str(key), str(key), frame.role)
        if role is None:
            continue
        if role in stated:
            section.say(TWICE(place=section.place, key=str(key), role=role))
        if isinstance(value, Mapping):
            inner = Section(f"pay.{role.value}", value, frame.problems)
            stated[role] = basis_of(inner)
            inner.close()
        else:
            stated[role] = Basis(monthly=section.read(str(key), value, read.amount))
    return tuple(stated.items())


def labelled(name: str, raw: object, key: str) -> str:
    """A section with the name that a person knows it by: staff[3] “個管丙”."""
    called = raw.get(key) if isinstance(raw, Mapping) else None
    return f"{name} “{shown(called.strip())}”" if isinstance(called, str) and called.strip() else name


def staff_of(found: object, frame: Frame) -> list[Staff]:
    """Every ``[[staff]]`` that can be read."""
    staff = []
    for place, raw in sections_of("staff", found, frame.problems):
        section = section_of(labelled(place, raw, "name"), raw, frame.problems)
        member = member_of(section, frame, "start")
        section.close()
        if member is not None:
            staff.append(member)
    return staff


def member_of(section: Section, frame: Frame, first: str) -> Staff | None:
    """One entry of staff; ``first`` is the key of its first day. ``None`` without role or count."""
    name, person = section.get("name", read.text), section.get("person", read.text)
    role = section.need("role", frame.role, ROLES(roles=frame.codes))
    count = section.get("count", read.count(read.MOST_PERSONS))
    start, end = section.get(first, frame.day), section.get("end", frame.day)
    hired = section.get("hired_on", read.day(None))
    basis = basis_of(section)
    dollars = read.whole(0, read.MOST_DOLLARS)
    bonus = section.get("bonus", read.flag)
    amounts = {key: section.get(key, dollars) for key in ("allowance", "insurance", "own_pay", "own_insurance")}
    if role is None or (count is None and "count" in section.raw):
        return None
    member = Staff(
        name=name or person or NAMES.get(role) or role.value,
        role=role,
        count=1 if count is None else count,
        person=person,
        start=start or frame.period.start,
        end=end or frame.period.end,
        hired_on=hired,
        basis=basis,
        allowance=amounts["allowance"] or 0,
        insurance=amounts["insurance"],
        own_pay=amounts["own_pay"] or 0,
        own_insurance=amounts["own_insurance"] or 0,
        bonus=bonus is not False,
        entry=section.place,
    )
    return member if _is_sound(member, section) else None


def _is_sound(member: Staff, section: Section) -> bool:
    place, before = section.place, len(section.problems.texts)
    if member.end < member.start:
        section.say(BACKWARDS(place=place, start=member.start, end=member.end))
    if member.hired_on is not None and member.hired_on > member.start:
        section.say(HIRED_LATE(place=place, hired=member.hired_on, start=member.start))
    if member.person is not None and member.count != 1:
        section.say(PERSON_ONCE(place=place, person=member.person, count=member.count))
    return len(section.problems.texts) == before


def names_in(raw: Mapping[str, object], staff: tuple[Staff, ...], frame: Frame) -> tuple[str, ...]:
    """Every name that a change may mean, also of entries that cannot be read."""
    names = [member.name for member in staff]
    for key in ("staff", "change"):
        found = raw.get(key)
        for entry in found if isinstance(found, list) else ():
            if isinstance(entry, Mapping) and (key == "staff" or is_hire(entry)):
                names += _name_of(entry, frame)
    return tuple(dict.fromkeys(names))


kind_of = read.member(ChangeKind, least=NEAR)


def is_hire(entry: object) -> bool:
    try:
        return isinstance(entry, Mapping) and kind_of(entry.get("kind")) is ChangeKind.HIRE
    except Unfit:
        return False


def _name_of(entry: Mapping[str, object], frame: Frame) -> list[str]:
    name = entry.get("name") or entry.get("person")
    if isinstance(name, str) and name.strip():
        return [name.strip()]
    try:
        role = frame.role(entry.get("role"))
    except Unfit:
        return []
    return [NAMES.get(role, role.value)]
