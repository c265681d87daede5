"""The entries of a scenario file: ``[pay]``, every ``[[staff]]`` and every ``[[change]]``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from attrs import evolve, frozen

from grantcalc.draft.model import Education, Licence, Period, RiskAllowance, Role
from grantcalc.headcount import scenario_values as read
from grantcalc.headcount.build import NAMES
from grantcalc.headcount.model import Basis, Change, ChangeKind, Staff
from grantcalc.headcount.scenario_values import Problems, Section, Unfit
from grantcalc.reading.names import likely
from grantcalc.reading.problems import shown
from grantcalc.text import Message, Text, Value, joined

BACKWARDS = Message("{place}: the last day in post {end} lies before the first day {start}.")
HIRED_LATE = Message("{place}: hired_on {hired} lies after the first day in post {start}; leave it out or correct it.")
PERSON_ONCE = Message("{place}: “{person}” is one person; the count is {count}. Leave person out, or count = 1.")
ONE_KEY = Message("{place}: give exactly one of the keys {keys}.")
NO_COUNT = Message(
    "{place}: count goes with the name of an entry of staff; a raise of a role or of all is for everybody."
)
WHO = Message("the name of an entry of staff: {names}")
WHO_OR_ROLE = Message("the name of an entry of staff ({names}), or a role ({roles})")
ROLES = Message("one of the roles of the programme: {roles}")
KINDS = Message("what happens: {kinds}")

NEAR = 80.0
"""Percent of its letters that a kind shares with what may be meant: a slip of the pen; fire is not hire."""
MOST_PERSONS = 9_999
MOST_STEP = 99
MOST_POINTS = 9_999


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
        step=section.get("step", read.whole(0, MOST_STEP)),
        points=section.get("points", read.whole(1, MOST_POINTS)),
        licences=section.get("licences", read.listed(read.member(Licence))) or (),
        risk=section.get("risk_allowance", read.member(RiskAllowance)) or RiskAllowance.NONE,
    )


def pay_of(found: object, frame: Frame) -> tuple[tuple[Role, Basis], ...]:
    """``[pay]``: role = dollars, a range, or keys between curly brackets."""
    section = read.section("pay", found, frame.problems)
    stated: dict[Role, Basis] = {}
    for key, value in section.raw.items():
        role = section.read(str(key), str(key), frame.role)
        if role is None:
            continue
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
    for place, raw in read.sections("staff", found, frame.problems):
        section = read.section(labelled(place, raw, "name"), raw, frame.problems)
        member = _member(section, frame, "start")
        section.close()
        if member is not None:
            staff.append(member)
    return staff


def _member(section: Section, frame: Frame, first: str) -> Staff | None:
    """One entry of staff; ``first`` is the key of its first day. ``None`` without role or count."""
    name, person = section.get("name", read.text), section.get("person", read.text)
    role = section.need("role", frame.role, ROLES(roles=frame.codes))
    count = section.get("count", read.count(MOST_PERSONS))
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
    entries = [(raw.get("staff"), None), (raw.get("change"), ChangeKind.HIRE.value)]
    for found, kind in entries:
        for entry in found if isinstance(found, list) else ():
            if isinstance(entry, Mapping) and entry.get("kind") == kind:
                names += _name_of(entry, frame)
    return tuple(dict.fromkeys(names))


def _name_of(entry: Mapping[str, object], frame: Frame) -> list[str]:
    name = entry.get("name") or entry.get("person")
    if isinstance(name, str) and name.strip():
        return [name.strip()]
    try:
        role = frame.role(entry.get("role"))
    except Unfit:
        return []
    return [NAMES.get(role, role.value)]


def changes_of(found: object, frame: Frame) -> list[Change]:
    """Every ``[[change]]`` that can be read."""
    changes = []
    for place, raw in read.sections("change", found, frame.problems):
        hires = isinstance(raw, Mapping) and raw.get("kind") == ChangeKind.HIRE.value
        section = read.section(labelled(place, raw, "name" if hires else "who"), raw, frame.problems)
        kinds = KINDS(kinds=joined(kind.value for kind in ChangeKind))
        kind = section.need("kind", read.member(ChangeKind, least=NEAR), kinds)
        if kind is None:
            continue
        change = _hire(section, frame) if kind is ChangeKind.HIRE else _change(section, frame, kind)
        section.close()
        if change is not None:
            changes.append(change)
    return changes


def _hire(section: Section, frame: Frame) -> Change | None:
    if "date" not in section.raw:
        section.say(read.MISSING(place=section.place, key="date", expected=read.A_DATE(**_ends(frame))))
    hired = _member(section, frame, "date")
    if hired is None or "date" not in section.raw:
        return None
    return Change(kind=ChangeKind.HIRE, entry=section.place, date=hired.start, hired=hired)


def _ends(frame: Frame) -> dict[str, Value]:
    return {"start": frame.period.start, "end": frame.period.end}


def _change(section: Section, frame: Frame, kind: ChangeKind) -> Change | None:
    before = len(section.problems.texts)
    needs_day = kind is not ChangeKind.DELAY
    expected = read.A_DATE(**_ends(frame))
    date = section.need("date", frame.day, expected) if needs_day else section.get("date", frame.day)
    who = _who(section, frame, kind)
    count = section.get("count", read.count(MOST_PERSONS))
    change = _KEYS[kind](section, frame, Change(kind=kind, entry=section.place, who=who, date=date, count=count))
    return change if len(section.problems.texts) == before else None


def _who(section: Section, frame: Frame, kind: ChangeKind) -> str | None:
    expected = WHO(names=joined(frame.names))
    if kind is not ChangeKind.RAISE:
        return section.need("who", lambda found: _name(found, frame.names, expected), expected)
    return section.get("who", lambda found: _name_or_role(found, frame))


def _name(found: object, names: tuple[str, ...], expected: Text) -> str:
    if isinstance(found, str) and found.strip() in names:
        return found.strip()
    raise Unfit(expected, likely(found, names) if isinstance(found, str) else ())


def _name_or_role(found: object, frame: Frame) -> str:
    expected = WHO_OR_ROLE(names=joined(frame.names), roles=frame.codes)
    try:
        return _name(found, frame.names, expected)
    except Unfit as by_name:
        try:
            return frame.role(found).value
        except Unfit as by_role:
            raise Unfit(expected, dict.fromkeys((*by_name.nearest, *by_role.nearest))) from None


def _plain(section: Section, frame: Frame, change: Change) -> Change:
    return change


def _replace(section: Section, frame: Frame, change: Change) -> Change:
    vacancy, basis = section.get("vacancy", read.months), basis_of(section)
    return evolve(change, vacancy=vacancy or change.vacancy, basis=None if basis.is_empty else basis)


def _promote(section: Section, frame: Frame, change: Change) -> Change:
    role, basis = section.need("role", frame.role, ROLES(roles=frame.codes)), basis_of(section)
    return evolve(change, role=role, basis=None if basis.is_empty else basis)


def _step(section: Section, frame: Frame, change: Change) -> Change:
    step, points = section.get("step", read.whole(0, MOST_STEP)), section.get("points", read.whole(1, MOST_POINTS))
    if step is not None and points is not None:
        section.say(ONE_KEY(place=section.place, keys=joined(("step", "points"))))
    basis = Basis(step=step, points=points)
    return evolve(change, basis=None if basis.is_empty else basis)


def _delay(section: Section, frame: Frame, change: Change) -> Change:
    months = section.get("months", read.whole(1, read.MOST_MONTHS))
    _exactly_one(section, "date", "months")
    return evolve(change, months=months)


def _raise(section: Section, frame: Frame, change: Change) -> Change:
    share = section.get("percent", read.percent)
    amount = section.get("amount", read.whole(-read.MOST_DOLLARS, read.MOST_DOLLARS))
    monthly = section.get("monthly", read.amount)
    _exactly_one(section, "percent", "amount", "monthly")
    if change.count is not None and change.who not in frame.names:
        section.say(NO_COUNT(place=section.place))
    basis = None if monthly is None else Basis(monthly=monthly)
    return evolve(change, percent=share, amount=amount, basis=basis)


def _exactly_one(section: Section, *keys: str) -> None:
    if sum(key in section.raw for key in keys) != 1:
        section.say(ONE_KEY(place=section.place, keys=joined(keys)))


_KEYS: Mapping[ChangeKind, Callable[[Section, Frame, Change], Change]] = {
    ChangeKind.LEAVE: _plain,
    ChangeKind.REPLACE: _replace,
    ChangeKind.PROMOTE: _promote,
    ChangeKind.STEP: _step,
    ChangeKind.DELAY: _delay,
    ChangeKind.RAISE: _raise,
}
