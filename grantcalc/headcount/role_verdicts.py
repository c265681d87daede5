"""A rule in one month of a run; and the rule on single roles that no sweep varies: the leaders of rsp-108."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from grantcalc.headcount.limits import State
from grantcalc.headcount.run import MonthRow
from grantcalc.money import Rounding, whole
from grantcalc.money import shown as to_digits
from grantcalc.rules.kinds.team_span import TeamSpan
from grantcalc.rules.programme import Programme
from grantcalc.rules.rule import Rule
from grantcalc.text import Measure, Message, Text, Value, joined
from grantcalc.units import Unit

LEADERS = Message("{led} ({led_roles}) to {stated} ({roles}); one leads {each} in principle, so {needed}; {room}")
LACKING = Message("{excess} too few")

ROOM = Message("room for {room} more")
NONE_LEFT = Message("exactly at the limit")
OVER = Message("{excess} too many")


@frozen(kw_only=True)
class MonthVerdict:
    """One rule in one month: what is stated, the limit, the room left in its unit (negative: too much), in words."""

    month: dt.date
    state: State
    stated: Fraction
    limit: Fraction
    headroom: Fraction
    unit: Unit
    text: Text


def persons(value: Fraction | int, unit: Unit) -> Measure:
    """A number of persons, posts or cases with its unit, to two places."""
    return Measure(to_digits(Fraction(value), 2), unit)


def room_of(headroom: Fraction, unit: Unit) -> Text:
    """The room that a limit leaves, or how much is too many."""
    if headroom < 0:
        return OVER(excess=persons(-headroom, unit))
    return ROOM(room=persons(headroom, unit)) if headroom else NONE_LEFT()


def of_roles(row: MonthRow, programme: Programme) -> Iterator[tuple[Rule, MonthVerdict]]:
    """The rules on leaders, where somebody leads or is led."""
    for rule in programme.rules:
        if isinstance(rule.values, TeamSpan):
            yield from ((rule, verdict) for verdict in _leaders(row, rule.values))


def _leaders(row: MonthRow, values: TeamSpan) -> Iterator[MonthVerdict]:
    """Fewer leaders than the led posts need, or more, are a warning; fewer led posts than one leads need none."""
    led, stated = (sum(row.heads.get(role, 0) for role in roles) for roles in (values.led, values.roles))
    if not led and not stated:
        return
    each = Fraction(values.each.value)
    needed = whole(Fraction(led) / each, Rounding.UP)
    fewer = stated < needed and led >= each
    state = State.WARNED if fewer or stated > needed else State.KEPT
    facts: dict[str, Value] = {
        "led": led,
        "led_roles": joined(values.led),
        "roles": joined(values.roles),
        "each": each,
        "needed": needed,
    }
    left = Fraction(needed - stated)
    room = LACKING(excess=persons(left, Unit.POST)) if fewer else room_of(left, Unit.POST)
    yield MonthVerdict(
        month=row.month,
        state=state,
        stated=Fraction(stated),
        limit=Fraction(needed),
        headroom=left,
        unit=Unit.POST,
        text=LEADERS(stated=stated, room=room, **facts),
    )
