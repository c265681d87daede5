"""The changes of a scenario file: every ``[[change]]``, with the keys of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve

from grantcalc.headcount import scenario_values as read
from grantcalc.headcount.model import Basis, Change, ChangeKind
from grantcalc.headcount.scenario_entries import ROLES, Frame, basis_of, is_hire, kind_of, labelled, member_of
from grantcalc.headcount.scenario_sections import MISSING, Section, Unfit, section_of, sections_of
from grantcalc.reading.names import likely
from grantcalc.text import Message, Text, Value, joined

ONE_KEY = Message("{place}: give exactly one of the keys {keys}.")
NO_COUNT = Message(
    "{place}: count goes with the name of an entry of staff; a raise of a role or of all is for everybody."
)
WHO = Message("the name of an entry of staff: {names}")
WHO_OR_ROLE = Message("the name of an entry of staff ({names}), or a role ({roles})")
KINDS = Message("what happens: {kinds}")


def changes_of(found: object, frame: Frame) -> list[Change]:
    """Every ``[[change]]`` that can be read."""
    changes = []
    for place, raw in sections_of("change", found, frame.problems):
        section = section_of(labelled(place, raw, "name" if is_hire(raw) else "who"), raw, frame.problems)
        kinds = KINDS(kinds=joined(kind.value for kind in ChangeKind))
        kind = section.need("kind", kind_of, kinds)
        if kind is None:
            continue
        change = _hire(section, frame) if kind is ChangeKind.HIRE else _change(section, frame, kind)
        section.close()
        if change is not None:
            changes.append(change)
    return changes


def _hire(section: Section, frame: Frame) -> Change | None:
    if "date" not in section.raw:
        section.say(MISSING(place=section.place, key="date", expected=read.A_DATE(**_ends(frame))))
    hired = member_of(section, frame, "date")
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
    count = section.get("count", read.count(read.MOST_PERSONS))
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
    step = section.get("step", read.whole(0, read.MOST_STEP))
    points = section.get("points", read.whole(1, read.MOST_POINTS))
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
