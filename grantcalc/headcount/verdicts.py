"""Every staffing rule of a run in every month: which limit, what is found, and the room left (逐月檢核).

What limits.py judges, and the leaders of rsp-108, whom a sweep does not vary. Heads are those of the last day of the
month; posts the most on any of its days, and so are the heads that the formulas of posts go by.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from fractions import Fraction

from attrs import frozen

from grantcalc import roc
from grantcalc.draft.model import Period, Role
from grantcalc.headcount.limits import (
    OF_POSTS,
    Binding,
    Judgement,
    Limits,
    State,
    Team,
    judge,
    managers_by_formula,
    seniors_by_formula,
)
from grantcalc.headcount.model import Stint
from grantcalc.headcount.role_verdicts import NONE_LEFT, MonthVerdict, of_roles, persons, room_of
from grantcalc.headcount.run import MonthRow, Run
from grantcalc.money import shown as to_digits
from grantcalc.money import whole
from grantcalc.rules.headcounts import CASE_MANAGERS, TEAM
from grantcalc.rules.programme import Programme
from grantcalc.rules.rule import Rule
from grantcalc.tabledata import Tables
from grantcalc.text import Bilingual, Message, Text, Value, dollars
from grantcalc.units import Unit

MONEY = Message("The year's cost within the budget")

POSTS = Message("{stated} case managers and supervisors in post at the same time, {limit} approved; {room}")
MANAGERS = Message("{stated} project managers; {approved} approved, {exact} by the formula; {room}")
BY_CLAUSE = Message("allowed within the money, where the formula gives less than 1")
SENIORS = Message(
    "{stated} senior case managers; {approved} approved, {formula} by the formula for {managers} case managers; {room}"
)
RATIO = Message("{managers} ÷ {supervisors} = {ratio} case managers for each supervisor, at least {floor}; {room}")
APPROVED = Message("{managers} ÷ {supervisors} = {ratio}, below {floor}, but it is the approved split and stands")
SPENT = Message("{stated} spent until {day}, the budget of the year is {limit}; {room}")
SPAN = Message(
    "{managers} case managers for {supervisors} supervisors ({ratio} each); one leads {each} in principle, so {needed} "
    "are needed ({managers} ÷ {each}, half up); {room}"
)
NO_SUPERVISOR = Message("Case managers: {managers}; by the formula no supervisor is needed")
CASES = Message("{cases} cases ÷ {managers} case managers = {each} each, the money is based on {limit}; {room}")
NOBODY = Message("{cases} cases, and no case manager in post")

LEFT = Message("{room} left")
TOO_MUCH = Message("{excess} too much")
ABOVE = Message("{room} above it")
BELOW = Message("{excess} below it")
BELOW_UNFILLED = Message("{excess} below it, for posts of case managers are unfilled")
BY_ROUNDING = Message("{excess} more than {each} each, allowed by the rounding")


@frozen(kw_only=True)
class RuleMonths:
    """One rule in every month in which it applies; ``key`` is stable: a binding, or a kind of rule."""

    key: str
    rule: Rule | None
    title: Bilingual | Text
    months: tuple[MonthVerdict, ...]

    @property
    def state(self) -> State:
        """The gravest of all months."""
        states = {month.state for month in self.months}
        return next((state for state in (State.BROKEN, State.WARNED) if state in states), State.KEPT)


def verdicts(
    found: Run, period: Period, programme: Programme, limits: Limits, tables: Tables
) -> tuple[RuleMonths, ...]:
    """Every rule that applies in at least one month, in the order in which they bind."""
    by_key: dict[str, tuple[Rule | None, list[MonthVerdict]]] = {}
    spans = list(roc.month_spans(period.start, period.end))
    for row, (first, last) in zip(found.months, spans, strict=True):
        for team, judgement in _judged(row, _most(found.stints, first, last), limits):
            told = _told((row.month, last), judgement, team, limits)
            by_key.setdefault(judgement.binding.value, (judgement.rule, []))[1].append(told)
        for rule, verdict in of_roles(row, programme):
            by_key.setdefault(rule.kind, (rule, []))[1].append(verdict)
    return tuple(
        RuleMonths(key=key, rule=rule, title=MONEY() if rule is None else rule.title, months=tuple(months))
        for key, (rule, months) in by_key.items()
    )


def _judged(row: MonthRow, most: Team, limits: Limits) -> list[tuple[Team, Judgement]]:
    """What is judged by the most posts on any day of the month, then what goes by its last day."""
    last = Team(case_managers=row.case_managers, supervisors=row.supervisors, cost=row.cumulative, cases=row.cases)
    of_posts = [(most, judgement) for judgement in judge(most, limits) if judgement.binding in OF_POSTS]
    others = [(last, judgement) for judgement in judge(last, limits) if judgement.binding not in OF_POSTS]
    return [*of_posts, *others]


def _most(stints: tuple[Stint, ...], first: dt.date, last: dt.date) -> Team:
    """The most of each role on any day of a month; nothing of a role that nobody has in the whole year."""

    def alone(role: Role) -> int | None:
        return _peak(stints, (role,), first, last) if any(stint.role is role for stint in stints) else None

    return Team(
        case_managers=_peak(stints, CASE_MANAGERS, first, last),
        supervisors=_peak(stints, (Role.SUPERVISOR,), first, last),
        posts=_peak(stints, TEAM, first, last),
        seniors=alone(Role.SENIOR_CASE_MANAGER),
        project_managers=alone(Role.PROJECT_MANAGER),
    )


def _peak(stints: tuple[Stint, ...], roles: Collection[Role], first: dt.date, last: dt.date) -> int:
    """The most persons of these roles on any day of a month."""
    known = [stint for stint in stints if stint.role in roles]
    days = {first, *(stint.start for stint in known if first <= stint.start <= last)}
    return max(sum(stint.count for stint in known if stint.start <= day <= stint.end) for day in days)


def _told(days: tuple[dt.date, dt.date], judgement: Judgement, team: Team, limits: Limits) -> MonthVerdict:
    month, last = days
    stated, limit, text = _WORDS[judgement.binding](judgement, team, limits, last)
    return MonthVerdict(
        month=month,
        state=judgement.state,
        stated=stated,
        limit=limit,
        headroom=judgement.headroom,
        unit=judgement.unit,
        text=text,
    )


Told = tuple[Fraction, Fraction, Text]
"""What is stated, the limit, and both in words."""


def _posts(judgement: Judgement, team: Team, limits: Limits, day: dt.date) -> Told:
    stated = team.case_managers + team.supervisors if team.posts is None else team.posts
    limit = limits.approved.posts if limits.approved is not None else 0
    text = POSTS(stated=stated, limit=limit, room=_room(judgement))
    return Fraction(stated), Fraction(limit), text


def _project_managers(judgement: Judgement, team: Team, limits: Limits, day: dt.date) -> Told:
    stated = team.project_managers or 0
    text = MANAGERS(
        stated=stated,
        approved=limits.approved.project_managers if limits.approved is not None else 0,
        exact=to_digits(managers_by_formula(team, limits), 2),
        room=BY_CLAUSE() if judgement.state is State.WARNED else _room(judgement),
    )
    return Fraction(stated), stated + judgement.headroom, text


def _seniors(judgement: Judgement, team: Team, limits: Limits, day: dt.date) -> Told:
    stated = team.seniors or 0
    text = SENIORS(
        stated=stated,
        approved=limits.approved.senior if limits.approved is not None else 0,
        formula=seniors_by_formula(team, limits),
        managers=team.case_managers,
        room=_room(judgement),
    )
    return Fraction(stated), stated + judgement.headroom, text


def _room(judgement: Judgement) -> Text:
    return room_of(judgement.headroom, judgement.unit)


def _ratio(judgement: Judgement, team: Team, limits: Limits, day: dt.date) -> Told:
    floor = limits.floor or Fraction(0)
    stated = judgement.headroom + floor
    facts: dict[str, Value] = {
        "managers": team.case_managers,
        "supervisors": team.supervisors,
        "ratio": to_digits(stated, 2),
        "floor": floor,
    }
    if judgement.headroom >= 0:
        room = ABOVE(room=persons(judgement.headroom, Unit.PERSON)) if judgement.headroom else NONE_LEFT()
        return stated, floor, RATIO(**facts, room=room)
    if judgement.state is State.KEPT:
        return stated, floor, APPROVED(**facts)
    below = BELOW_UNFILLED if judgement.state is State.WARNED else BELOW
    return stated, floor, RATIO(**facts, room=below(excess=persons(-judgement.headroom, Unit.PERSON)))


def _money(judgement: Judgement, team: Team, limits: Limits, day: dt.date) -> Told:
    budget = limits.budget or 0
    left = judgement.headroom
    room = LEFT(room=dollars(left)) if left >= 0 else TOO_MUCH(excess=dollars(-left))
    return (
        Fraction(team.cost),
        Fraction(budget),
        SPENT(stated=dollars(team.cost), day=day, limit=dollars(budget), room=room),
    )


def _span(judgement: Judgement, team: Team, limits: Limits, day: dt.date) -> Told:
    each = limits.span or Fraction(1)
    room = _room(judgement)
    if judgement.headroom < 0 and judgement.state is State.KEPT:
        room = BY_ROUNDING(excess=persons(-judgement.headroom, Unit.PERSON), each=each)
    ratio = Fraction(team.case_managers, team.supervisors) if team.supervisors else Fraction(team.case_managers)
    needed = whole(Fraction(team.case_managers) / each)
    if not team.supervisors and not needed:
        return ratio, each, NO_SUPERVISOR(managers=team.case_managers)
    text = SPAN(
        managers=team.case_managers,
        supervisors=team.supervisors,
        ratio=to_digits(ratio, 2) if team.supervisors else "–",
        each=each,
        needed=needed,
        room=room,
    )
    return ratio, each, text


def _caseload(judgement: Judgement, team: Team, limits: Limits, day: dt.date) -> Told:
    limit, cases = limits.cases_each or Fraction(0), Fraction(team.cases or 0)
    if not team.case_managers:
        return cases, limit, NOBODY(cases=to_digits(cases, 2))
    each = cases / team.case_managers
    text = CASES(
        cases=to_digits(cases, 2),
        managers=team.case_managers,
        each=to_digits(each, 2),
        limit=limit,
        room=_room(judgement),
    )
    return each, limit, text


_WORDS: dict[Binding, Callable[[Judgement, Team, Limits, dt.date], Told]] = {
    Binding.POSTS: _posts,
    Binding.PROJECT_MANAGERS: _project_managers,
    Binding.SENIORS: _seniors,
    Binding.RATIO: _ratio,
    Binding.MONEY: _money,
    Binding.SPAN: _span,
    Binding.CASELOAD: _caseload,
}
