"""The rules on single roles in one month of a run: senior case managers, project managers, leaders of rsp-108."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Role
from grantcalc.headcount.limits import State
from grantcalc.headcount.run import MonthRow
from grantcalc.money import Rounding, whole
from grantcalc.money import shown as to_digits
from grantcalc.rules.kinds.posts_project_manager import ProjectManagers
from grantcalc.rules.kinds.posts_senior import Senior
from grantcalc.rules.kinds.team_span import TeamSpan
from grantcalc.rules.programme import Programme
from grantcalc.rules.rule import Rule
from grantcalc.staffing import Approved, parameter, project_managers_needed, senior_posts
from grantcalc.tabledata import Tables
from grantcalc.text import Measure, Message, Text, Value, joined
from grantcalc.units import Unit

SENIORS = Message(
    "{stated} senior case managers; {approved} approved, {formula} by the formula for {managers} case managers; {room}"
)
MANAGERS = Message("{stated} project managers; {approved} approved, {exact} by the formula; {room}")
LEADERS = Message("{led} ({led_roles}) to {stated} ({roles}); one leads {each} in principle, so {needed}; {room}")
LACKING = Message("{excess} too few")
BY_CLAUSE = Message("allowed within the money, where the formula gives less than 1")

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


def of_roles(
    row: MonthRow, programme: Programme, approved: Approved | None, tables: Tables
) -> Iterator[tuple[Rule, MonthVerdict]]:
    """The rules on single roles, where somebody of the role is in post."""
    for rule in programme.rules:
        values = rule.values
        if isinstance(values, Senior) and approved is not None and row.heads.get(Role.SENIOR_CASE_MANAGER):
            yield rule, _seniors(row, approved, tables, values.folder)
        elif isinstance(values, ProjectManagers) and approved is not None and row.heads.get(Role.PROJECT_MANAGER):
            yield rule, _project_managers(row, approved, tables, values.folder)
        elif isinstance(values, TeamSpan):
            yield from ((rule, verdict) for verdict in _leaders(row, values))


def _seniors(row: MonthRow, approved: Approved, tables: Tables, folder: str) -> MonthVerdict:
    """Above the approved number a warning, above the formula's as well an error."""
    stated = row.heads[Role.SENIOR_CASE_MANAGER]
    formula = senior_posts(row.case_managers, tables, folder).value
    state = State.KEPT if stated <= approved.senior else State.WARNED if stated <= formula else State.BROKEN
    facts: dict[str, Value] = {"approved": approved.senior, "formula": formula, "managers": row.case_managers}
    return _count(row, state, stated, max(approved.senior, formula), SENIORS, None, facts)


def _project_managers(row: MonthRow, approved: Approved, tables: Tables, folder: str) -> MonthVerdict:
    """Above the approved number an error; one, with a warning, where none is approved and the formula gives below 1."""
    stated = row.heads[Role.PROJECT_MANAGER]
    exact = project_managers_needed(row.case_managers, row.supervisors, tables, folder).exact
    is_open = not approved.project_managers and exact < 1
    allowed = int(parameter(tables, "project-managers-below-one", folder).value) if is_open else 0
    limit = max(approved.project_managers, allowed)
    state = State.BROKEN if stated > limit else State.WARNED if stated > approved.project_managers else State.KEPT
    facts: dict[str, Value] = {"approved": approved.project_managers, "exact": to_digits(exact, 2)}
    room = BY_CLAUSE() if state is State.WARNED else None
    return _count(row, state, stated, limit, MANAGERS, room, facts)


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
    lacking = LACKING(excess=Measure(needed - stated, Unit.POST)) if fewer else None
    yield _count(row, state, stated, needed, LEADERS, lacking, facts)


def _count(
    row: MonthRow,
    state: State,
    stated: int,
    limit: int,
    message: Message,
    room: Text | None,
    facts: Mapping[str, Value],
) -> MonthVerdict:
    left = Fraction(limit - stated)
    over = OVER(excess=Measure(-left, Unit.POST)) if left < 0 else None
    told = room or over or (ROOM(room=Measure(left, Unit.POST)) if left else NONE_LEFT())
    return MonthVerdict(
        month=row.month,
        state=state,
        stated=Fraction(stated),
        limit=Fraction(limit),
        headroom=left,
        unit=Unit.POST,
        text=message(stated=stated, room=told, **facts),
    )
