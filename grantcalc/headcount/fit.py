"""What fits the money (經費可容納之人力): the most staff, the start, the steps, and the least money a team needs.

Four questions, each with all else as planned:

- how many persons of each role the money pays at most, and how many of them posts and ratio allow, too;
- from which month on the staff who are newly employed may start so that the year fits. A later start only ever costs
  less, so the earliest such month is the useful answer; a team that fits as planned may start on the first day. Staff
  employed before keep their dates, and nobody starts earlier than planned;
- the highest step (or points) each entry of staff on a scale may stand at;
- the least money the team as planned needs.
"""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from grantcalc import roc
from grantcalc.draft.model import Role
from grantcalc.headcount.assumptions import assumptions_of
from grantcalc.headcount.axes import MOST_PERSONS, hired_of, hires_of, is_new, moved, persons_of, varied
from grantcalc.headcount.limits import limits_of
from grantcalc.headcount.model import Assumption, Scenario, Staff
from grantcalc.headcount.pricing import Prices, at
from grantcalc.headcount.results import Allowed, Axis, Fit
from grantcalc.headcount.run import year_cost
from grantcalc.headcount.sweep import prepare
from grantcalc.headcount.team import ScenarioError, stints_of
from grantcalc.rules.headcounts import TEAM
from grantcalc.text import Message, Text

ONE_ROLE = Message(
    "The most staff of a role: all others as planned. Case managers count with the senior ones; the last entry of a "
    "role grows and gives way."
)
HIRED = Message(
    "The numbers of {role}, planned and most, are those of the entries of staff; {hired} hired in the year come on top."
    " Posts and ratio are judged by the most in post on any day, hires among them."
)
START = Message(
    "The start: the earliest first day of a month from which all newly employed staff fit the money together; staff "
    "employed before keep their dates."
)
HIRES_STAY = Message("Whoever is hired among the changes keeps the day of the hire, whatever the start of the others.")
NO_START = Message(
    "The start of all is not told: with a start on {day} a change of the scenario does not fit. {reason}"
)
TO_MOST = Message("No more than {most} persons of a role are tried; the money may pay more.")
STEPS = Message(
    "The highest step or points of an entry: all others as planned, whatever the document says of new staff."
)


def fit(scenario: Scenario, prices: Prices) -> Fit:
    """Answer the four questions; :class:`ScenarioError` where the scenario contradicts itself."""
    stints = stints_of(scenario, prices)
    roles = list(dict.fromkeys(member.role for member in scenario.staff))
    budget = scenario.budget
    start, stopped = (None, None) if budget is None else _start(scenario, prices, budget)
    most = {} if budget is None else {role: _most(scenario, prices, role, budget) for role in roles}
    steps = (
        () if budget is None else tuple(filter(None, (_step(scenario, prices, at, budget) for at in _places(scenario))))
    )
    texts = [ONE_ROLE()]
    texts += [HIRED(role=role, hired=hired) for role in roles if (hired := hires_of(scenario, role))]
    texts += [START(), STEPS()] if budget is not None else []
    texts += [HIRES_STAY()] if budget is not None and hired_of(scenario) else []
    texts += [] if stopped is None else [stopped]
    texts += [TO_MOST(most=MOST_PERSONS)] if any(found and found[0] == MOST_PERSONS for found in most.values()) else []
    return Fit(
        budget=budget,
        least_money=cost_of(scenario, prices),
        most=tuple((role, *found) for role, found in most.items() if found is not None),
        start=None if start is None else start[0],
        start_cost=None if start is None else start[1],
        steps=steps,
        allowed=_allowed(scenario, prices, roles, {role: found[0] for role, found in most.items() if found}),
        hires=bool(hired_of(scenario)),
        assumptions=(*assumptions_of(scenario, prices, stints), *(Assumption(text=text) for text in texts)),
    )


def cost_of(scenario: Scenario, prices: Prices) -> int:
    """What the subsidy pays in the year, by the reference."""
    return year_cost(scenario, stints_of(scenario, prices), prices.programme.bonus)


def _places(scenario: Scenario) -> range:
    return range(len(scenario.staff))


def _with(scenario: Scenario, role: Role, persons: int) -> Scenario:
    axis = Axis(name=role.value, role=role, counts=(persons,))
    return varied(scenario, (axis,), (persons,))


def _most(scenario: Scenario, prices: Prices, role: Role, budget: int) -> tuple[int, int] | None:
    """The most persons of a role, and the cost then; ``None`` where even nobody is too much, or nobody costs anything.

    The first guess is exact but for changes that touch some persons of an entry only.
    """
    planned = persons_of(scenario, role)

    def cost(persons: int) -> int:
        return cost_of(_with(scenario, role, persons), prices)

    try:
        now = cost(planned)
        each = cost(planned + 1) - now
        if each <= 0:
            return None
        guess = min(max(planned + (budget - now) // each, 0), MOST_PERSONS)
        while guess > 0 and cost(guess) > budget:
            guess -= 1
        while guess < MOST_PERSONS and cost(guess + 1) <= budget:
            guess += 1
        found = cost(guess)
    except ScenarioError:  # a change needs more persons of this entry than the money pays
        return None
    return (guess, found) if found <= budget else None


def _allowed(scenario: Scenario, prices: Prices, roles: list[Role], most: dict[Role, int]) -> tuple[Allowed, ...]:
    """For the roles that posts and ratio count, and where there is a budget for all."""
    limits = limits_of(prices.programme, scenario.county, prices.tables, scenario.budget)
    found = []
    for role in roles:
        is_counted = limits.approved is not None and role in {*TEAM, Role.PROJECT_MANAGER}
        if not is_counted and role not in most:
            continue
        posts = limits.approved.posts if limits.approved is not None else 0
        top = max(most.get(role, 0), persons_of(scenario, role), posts if is_counted else 0) + 1
        if _is_possible(_with(scenario, role, persons_of(scenario, role) + 1), prices):
            found.append(_no_rule_stops(scenario, prices, role, min(top, MOST_PERSONS)))
    return tuple(found)


def _no_rule_stops(scenario: Scenario, prices: Prices, role: Role, top: int) -> Allowed:
    planned = persons_of(scenario, role)
    least = next(count for count in range(planned + 1) if _is_possible(_with(scenario, role, count), prices))
    counts = tuple(range(least, top + 1))
    swept = prepare(scenario, prices, (Axis(name=role.value, role=role, counts=counts),))
    bound = None
    for place in reversed(range(len(counts))):
        found = swept.combination((place,))
        if found.feasible and bound is None and top < MOST_PERSONS:
            # Those who follow one another on the same posts are more persons than posts.
            return _no_rule_stops(scenario, prices, role, min(2 * top, MOST_PERSONS))
        if found.feasible:
            peak = (found.case_managers, found.supervisors) if role in TEAM else None
            return Allowed(role=role, planned=planned, persons=counts[place], binding=bound, peak=peak)
        bound = found.binding
    return Allowed(role=role, planned=planned, persons=None, binding=bound)


def _is_possible(scenario: Scenario, prices: Prices) -> bool:
    """Whether every change of the scenario finds the persons it is about."""
    try:
        stints_of(scenario, prices)
    except ScenarioError:
        return False
    return True


def _start(scenario: Scenario, prices: Prices, budget: int) -> tuple[tuple[dt.date, int] | None, Text | None]:
    """The first month from which everybody newly employed fits, and the cost then; or what stands in the way."""
    for first, _ in roc.month_spans(scenario.period.start, scenario.period.end):
        try:
            found = cost_of(_not_before(scenario, first), prices)
        except ScenarioError as error:  # a change of the scenario comes before such a start, and before any later one
            return None, NO_START(day=first, reason=error.text)
        if found <= budget:
            return (first, found), None
    return None, None


def _not_before(scenario: Scenario, day: dt.date) -> Scenario:
    def later(member: Staff) -> Staff:
        return moved(member, day) if is_new(member) and member.start < day else member

    return evolve(scenario, staff=tuple(later(member) for member in scenario.staff))


def _step(scenario: Scenario, prices: Prices, place: int, budget: int) -> tuple[str, int, int] | None:
    """The highest rung of an entry that fits; ``None`` for a stated pay, and where even the lowest costs too much."""
    member = scenario.staff[place]
    ladder = prices.ladder(member.role, member.basis)
    if ladder is None or not member.count:
        return None
    fitting = None
    for value in ladder.values:
        staff = list(scenario.staff)
        staff[place] = evolve(member, basis=at(member.basis, ladder, value))
        try:
            found = cost_of(evolve(scenario, staff=tuple(staff)), prices)
        except ScenarioError:  # the degree has no such point, or a change rises beyond the scale
            continue
        if found <= budget:
            fitting = (member.name, value, found)
    return fitting
