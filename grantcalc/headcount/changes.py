"""What each change of a scenario does to the groups of staff (人力異動): one function for each kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from grantcalc import roc
from grantcalc.draft.model import Role
from grantcalc.headcount.groups import ONE_DAY, Group, ScenarioError, Spell, group_of, price
from grantcalc.headcount.ladder import Rung
from grantcalc.headcount.model import Basis, Change, ChangeKind
from grantcalc.headcount.pricing import Prices
from grantcalc.text import Message, dollars, joined

UNKNOWN = Message("{entry}: there is no staff called “{who}”; the names are: {known}.")
TOO_EARLY = Message("{entry}: {day} lies before the first day of “{who}” in post, {start}.")
TOO_LATE = Message("{entry}: {day} lies after the last day of “{who}” in post, {end}.")
NOT_IN_POST = Message("{entry}: “{who}” is not in post on {day}.")
GONE = Message("{entry}: an earlier change already lets everybody of “{who}” leave on {day}; delete one of the two.")
TOO_MANY = Message("{entry}: {count} persons of “{who}”, but only {there} are in post on {day}.")
NO_STEP = Message(
    "{entry}: the pay of “{who}” is {pay} a month and rises by no step or points; change it by a raise, or state the "
    "step in the entry."
)
OTHER_RUNG = Message("{entry}: “{who}” is paid by {expected}, not by {found}.")
EARLIER = Message("{entry}: the start of “{who}” is {start}; {day} is no later day.")
NEVER = Message("{entry}: “{who}” would start on {day}, after the last day in post, {end}.")

STEPS = Message("step")
POINTS = Message("points")

ROLES = frozenset(role.value for role in Role)
ENDING = frozenset({ChangeKind.LEAVE, ChangeKind.REPLACE})
Earlier = Sequence[Change]
"""The changes before one, in order."""
Apply = Callable[[list[Group], Change, Prices, Earlier], list[Group]]


def in_order(changes: tuple[Change, ...]) -> list[Change]:
    """Hires, then delays, for both say who is there from when; then the others by their day."""
    first = {ChangeKind.HIRE: 0, ChangeKind.DELAY: 1}
    return sorted(changes, key=lambda change: (first.get(change.kind, 2), _sorting_day(change)))


def _sorting_day(change: Change) -> dt.date:
    # A leave or replacement holds from the day after the last day in post.
    day = change.date or dt.date.min
    return day + ONE_DAY if change.kind in ENDING else day


def applied(groups: list[Group], change: Change, prices: Prices, earlier: Earlier = ()) -> list[Group]:
    """The groups after one change; :class:`ScenarioError` where it does not fit.

    Among the ``earlier`` changes a promotion finds the raises of its new role.
    """
    return _CHANGES[change.kind](groups, change, prices, earlier)


def is_general(change: Change) -> bool:
    """Whether it is a raise of a whole role or of everybody; one that counts persons is of an entry of staff."""
    is_entry = change.who is not None and (change.who not in ROLES or change.count is not None)
    return change.kind is ChangeKind.RAISE and not is_entry


def after_vacancy(last: dt.date, months: Fraction) -> dt.date:
    """The first day of a replacement: whole months after the day following ``last``, then days of a part of one."""
    day, whole_months = last + ONE_DAY, int(months)
    index = day.month - 1 + whole_months
    year, month = day.year + index // 12, index % 12 + 1
    first = dt.date(year, month, 1)
    day = first.replace(day=min(day.day, roc.days_in_month(first)))
    part = months - whole_months
    return day + dt.timedelta(days=int(part * roc.days_in_month(day)))


def _named(groups: list[Group], change: Change) -> list[Group]:
    named = [group for group in groups if group.post == change.who]
    if not named:
        known = joined(dict.fromkeys(group.post for group in groups))
        raise ScenarioError(UNKNOWN(entry=change.entry, who=change.who or "", known=known))
    return named


def _affected(groups: list[Group], change: Change, day: dt.date) -> Iterator[tuple[Group, int]]:
    """The groups a change is about and how many persons of each; the first ones give way first."""
    named, who = _named(groups, change), change.who or ""
    present = [group for group in named if group.at(day) is not None]
    if not present:
        raise _absent(named, change, day)
    if change.kind in ENDING:
        present = [group for group in present if not (group.is_leaving and group.last == day)]
        if not present:
            raise ScenarioError(GONE(entry=change.entry, who=who, day=day))
    there = sum(group.count for group in present)
    left = there if change.count is None else change.count
    if left > there:
        raise ScenarioError(TOO_MANY(entry=change.entry, who=who, count=left, there=there, day=day))
    for group in present:
        taken = min(group.count, left)
        left -= taken
        if taken:
            yield group, taken


def _absent(named: list[Group], change: Change, day: dt.date) -> ScenarioError:
    who = change.who or ""
    start, end = min(group.start for group in named), max(group.last for group in named)
    if day < start:
        return ScenarioError(TOO_EARLY(entry=change.entry, who=who, day=day, start=start))
    if day > end:
        return ScenarioError(TOO_LATE(entry=change.entry, who=who, day=day, end=end))
    return ScenarioError(NOT_IN_POST(entry=change.entry, who=who, day=day))


def _each(
    groups: list[Group], change: Change, day: dt.date, changed: Callable[[Group, Spell], tuple[Group, ...]]
) -> list[Group]:
    """The groups with so many persons of them changed; the others of a group stay as they are."""
    affected = {id(group): taken for group, taken in _affected(groups, change, day)}
    result: list[Group] = []
    for group in groups:
        taken, spell = affected.get(id(group), 0), group.at(day)
        if not taken or spell is None:
            result.append(group)
            continue
        if group.count > taken:
            result.append(evolve(group, count=group.count - taken))
        result += changed(evolve(group, count=taken), spell)
    return result


def _day(change: Change, groups: list[Group]) -> dt.date:
    """The day of a change; one without any holds from the first day of the one it names."""
    return change.date or min(group.start for group in _named(groups, change))


def _hire(groups: list[Group], change: Change, prices: Prices, earlier: Earlier) -> list[Group]:
    return groups if change.hired is None else [*groups, group_of(change.hired, prices, change.entry)]


def _leave(groups: list[Group], change: Change, prices: Prices, earlier: Earlier) -> list[Group]:
    day = _day(change, groups)
    return _each(groups, change, day, lambda group, spell: (group.until(day),))


def _replace(groups: list[Group], change: Change, prices: Prices, earlier: Earlier) -> list[Group]:
    """The replacement starts at the lowest step (a stated pay is taken over), with the raises of the whole role."""
    day = _day(change, groups)
    start = after_vacancy(day, change.vacancy)

    def replaced(group: Group, spell: Spell) -> tuple[Group, ...]:
        if start > group.last:
            return (group.until(day),)
        basis = prices.lowest(spell.role, spell.basis)
        is_fixed = False
        if change.basis is not None:
            is_fixed = change.basis.monthly is not None
            basis = _stated(change.basis, basis)
        raises = () if is_fixed else _general(spell.raises, spell.role)
        pay = price(prices, spell.role, basis, raises, start, change.entry)
        new = evolve(spell, basis=basis, pay=pay, raises=raises, start=start, end=group.last, is_fixed=is_fixed)
        return (group.until(day), evolve(group, name=f"{group.post} *", first=start, spells=(new,)))

    return _each(groups, change, day, replaced)


def _stated(stated: Basis, otherwise: Basis) -> Basis:
    """What a change states, for the rest what was known; a step or points take the place of a stated pay."""
    is_scaled = stated.step is not None or stated.points is not None
    return evolve(
        stated.over(otherwise),
        monthly=otherwise.monthly if stated.monthly is None and not is_scaled else stated.monthly,
    )


def _promote(groups: list[Group], change: Change, prices: Prices, earlier: Earlier) -> list[Group]:
    """Another role at what that role is paid, its raises included; those of the person stay behind."""
    day = _day(change, groups)

    def promoted(group: Group, spell: Spell) -> tuple[Group, ...]:
        role = change.role or spell.role
        known = evolve(spell.basis, monthly=None)
        basis = known if change.basis is None else _stated(change.basis, known)
        raises = () if basis.monthly is not None else _general(earlier, role)
        pay = price(prices, role, basis, raises, day, change.entry)
        to = evolve(spell, role=role, basis=basis, pay=pay, raises=raises)
        return (group.changing(day, to),)

    return _each(groups, change, day, promoted)


def _general(changes: Iterable[Change], role: Role) -> tuple[Change, ...]:
    """The raises of everybody or of the whole role: a person's own are not handed on."""
    return tuple(change for change in changes if is_general(change) and change.who in {None, role.value})


def _step(groups: list[Group], change: Change, prices: Prices, earlier: Earlier) -> list[Group]:
    day = _day(change, groups)

    def risen(group: Group, spell: Spell) -> tuple[Group, ...]:
        basis = _risen(change, group, spell, prices)
        pay = price(prices, spell.role, basis, spell.raises, day, change.entry)
        return (group.changing(day, evolve(spell, basis=basis, pay=pay)),)

    return _each(groups, change, day, risen)


def _risen(change: Change, group: Group, spell: Spell, prices: Prices) -> Basis:
    ladder = prices.ladder(spell.role, spell.basis)
    if ladder is None or any(raised.basis is not None for raised in spell.raises):
        raise ScenarioError(NO_STEP(entry=change.entry, who=group.post, pay=dollars(spell.pay.middle)))
    if change.basis is None:
        return prices.risen(spell.role, spell.basis) or spell.basis
    if ladder.of(change.basis) is None:
        expected, found = (STEPS(), POINTS()) if ladder.rung is Rung.STEP else (POINTS(), STEPS())
        raise ScenarioError(OTHER_RUNG(entry=change.entry, who=group.post, expected=expected, found=found))
    return change.basis.over(spell.basis)


def _delay(groups: list[Group], change: Change, prices: Prices, earlier: Earlier) -> list[Group]:
    """A later start; who was employed before the post began stays so."""
    start = min(group.start for group in _named(groups, change))
    day = change.date or after_vacancy(start - ONE_DAY, Fraction(change.months or 0))
    if day <= start:
        raise ScenarioError(EARLIER(entry=change.entry, who=change.who or "", start=start, day=day))

    def delayed(group: Group, spell: Spell) -> tuple[Group, ...]:
        if day > group.last:
            raise ScenarioError(NEVER(entry=change.entry, who=group.post, day=day, end=group.last))
        pay = price(prices, spell.role, spell.basis, (), day, change.entry)
        first = group.first if group.first < group.start else day
        return (evolve(group, first=first, spells=(evolve(spell, start=day, pay=pay),)),)

    return _each(groups, change, start, delayed)


def _raise(groups: list[Group], change: Change, prices: Prices, earlier: Earlier) -> list[Group]:
    """A raise of one entry of staff, of a role, or of everybody."""

    def raised(group: Group, day: dt.date) -> Group:
        spell = group.at(day)
        if spell is None or not (change.who is None or change.who in {group.post, spell.role.value}):
            return group
        raises = (*spell.raises, change)
        pay = price(prices, spell.role, spell.basis, raises, day, change.entry)
        return group.changing(day, evolve(spell, pay=pay, raises=raises))

    if not is_general(change):
        on = _day(change, groups)
        return _each(groups, change, on, lambda group, spell: (raised(group, on),))
    since = change.date or min((group.start for group in groups), default=dt.date.min)
    # Those who start later are raised from their first day, unless the entry states their pay.
    later = {id(group) for group in groups if group.start > since and not group.spells[0].is_fixed}
    return [raised(group, group.start if id(group) in later else since) for group in groups]


_CHANGES: Mapping[ChangeKind, Apply] = {
    ChangeKind.HIRE: _hire,
    ChangeKind.LEAVE: _leave,
    ChangeKind.PROMOTE: _promote,
    ChangeKind.STEP: _step,
    ChangeKind.REPLACE: _replace,
    ChangeKind.DELAY: _delay,
    ChangeKind.RAISE: _raise,
}
