"""What a sweep and a fit tell in every form: their words, and the rows that text and HTML lay out alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from grantcalc.headcount.axes import hires_of
from grantcalc.headcount.limits import Binding
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Allowed, Axis, Combination, Fit, Sweep
from grantcalc.report.simulation_words import (
    BINDINGS,
    BUDGET,
    CASES_EACH,
    COST,
    RATIO,
    ROLE,
    VERDICT,
    cases_each,
    headroom,
    ratio_of,
    rounded,
    standing,
)
from grantcalc.text import Language, Message, dollars

COMBINATIONS = Message("Combinations")
TRIED = Message("Combinations in all")
FEASIBLE_COUNT = Message("Feasible")
BOUND = Message("Bound by: {rule}")
LARGEST = Message("Largest feasible team (of equally large ones the cheapest)")
CHEAPEST = Message("Cheapest feasible team that covers the cases")
UNWARNED = Message("Cheapest feasible team without any warning")
UNTRIED = Message("Not computable, and not among them")
UNCOMPUTABLE = Message("First days that cannot be computed")
UNCOMPUTABLE_DAY = Message("{name} {day}: {reason}")
PEAK = Message("Most in post on any day (case managers:supervisors)")
AT_FIRST = Message("{role}, hires not among them")
PLANNED_AT_FIRST = Message("Planned persons, hires not among them")
MOST_AT_FIRST = Message("Most persons, hires not among them")
FRONTIER = Message("Frontier: the cheapest feasible team of each number of case managers")
MAP = Message("Feasibility map: which rule binds first")
EVERY = Message("Every combination")
NONE = Message("none")
ROOM_OF = Message("Room: {rule}")
LETTERS = Message("{letter} = {rule}")
FITS = Message("feasible")
MANY = Message("{number} combinations are too many for this table; --format json or -o FILE.xlsx lists them.")
TEAM = Message("{values}: {cost} ({standing})")
VALUE = Message("{name} {value}")
FIRST_DAY = Message("First day")
FIRST_DAY_OF = Message("First day: {name}")

LETTER = {
    None: "·",
    Binding.POSTS: "P",
    Binding.PROJECT_MANAGERS: "J",
    Binding.SENIORS: "E",
    Binding.RATIO: "R",
    Binding.MONEY: "M",
    Binding.SPAN: "S",
    Binding.CASELOAD: "C",
}

FIT = Message("What the money fits")
LEAST = Message("Least money that the team of the scenario needs in the year")
SHORT = Message("Less than needed by")
SPARE = Message("More than needed by")
MOST = Message("Most persons of one role that the money pays, the others unchanged")
ALLOWED = Message("Most persons of one role that no rule stops, the others unchanged")
PLANNED_PERSONS = Message("Planned persons")
STOPS = Message("What stops one more")
MOST_PERSONS = Message("Most persons")
START = Message("Earliest common start that fits")
START_LINE = Message("{day}: {cost}")
NO_START = Message("no start of the year fits")
STEPS = Message("Highest steps that fit")
STEP = Message("Step")

Pair = tuple[str, str]
Row = tuple[str, ...]


def axis_value(value: int | dt.date) -> str:
    """One value of an axis."""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def axis_name(axis: Axis, speak: Language) -> str:
    """The role of an axis whose persons are counted; of one of days whose first day it is."""
    if axis.role is not None and axis.counts:
        return speak(axis.role)
    whose = axis.staff or axis.role
    return speak(FIRST_DAY() if whose is None else FIRST_DAY_OF(name=whose))


def counts_of(found: Sweep, speak: Language) -> list[Pair]:
    """How many combinations there are, what binds them, and the best teams."""
    known = [(speak(TRIED), speak.number(found.total)), (speak(FEASIBLE_COUNT), speak.number(found.feasible))]
    if found.untried:
        known.append((speak(UNTRIED), speak.number(found.untried)))
    bound = ((rule, number) for rule, number in found.bound.items() if number)
    known += [(speak(BOUND(rule=BINDINGS[rule]())), speak.number(number)) for rule, number in bound]
    best = ((LARGEST, found.largest), (CHEAPEST, found.cheapest), (UNWARNED, found.unwarned))
    return known + [(speak(word), team_told(found, team, speak)) for word, team in best]


def uncomputable_of(found: Sweep, speak: Language) -> list[str]:
    """A line for each first day at which a change does not fit."""
    return [
        speak(UNCOMPUTABLE_DAY(name=axis_name(known.axis, speak), day=known.day.isoformat(), reason=known.reason))
        for known in found.uncomputable
    ]


def column_name(axis: Axis, scenario: Scenario | None, speak: Language) -> str:
    """The name of an axis; where somebody of its role is hired in the year it says that these are not counted."""
    if scenario is not None and axis.role is not None and axis.counts and hires_of(scenario, axis.role):
        return speak(AT_FIRST(role=axis.role))
    return axis_name(axis, speak)


def peak_told(managers: int, supervisors: int) -> str:
    """The most of both on any day, as the ratio takes them."""
    return f"{managers}:{supervisors}"


def team_told(found: Sweep, team: Combination | None, speak: Language) -> str:
    """A team by the values of its axes, its cost, and how it stands."""
    if team is None:
        return speak(NONE)
    named = (
        speak(VALUE(name=axis_name(axis, speak), value=axis_value(value)))
        for axis, value in zip(found.axes, team.values, strict=True)
    )
    return speak(TEAM(values=speak.listed(named), cost=dollars(team.cost), standing=standing(team, speak)))


def teams_of(
    found: Sweep, teams: Iterable[Combination], scenario: Scenario | None, speak: Language
) -> tuple[list[str], list[Row]]:
    """Headers, and a row for each team; the last column is words, the others are figures."""
    known = tuple(teams)
    rules = list(dict.fromkeys(judgement.binding for team in known for judgement in team.judged))
    headers = [column_name(axis, scenario, speak) for axis in found.axes]
    headers += [speak(word) for word in (COST, PEAK, RATIO, CASES_EACH)]
    headers += [speak(ROOM_OF(rule=BINDINGS[rule]())) for rule in rules]
    rows = []
    for team in known:
        room = {judgement.binding: headroom(judgement, speak) for judgement in team.judged}
        peak = peak_told(team.case_managers, team.supervisors)
        figures = (peak, rounded(ratio_of(team), speak), rounded(cases_each(team, scenario), speak))
        rooms = (room.get(rule, "–") for rule in rules)
        values = map(axis_value, team.values)
        rows.append((*values, speak.number(team.cost), *figures, *rooms, standing(team, speak)))
    return [*headers, speak(VERDICT)], rows


def most_of(found: Fit, speak: Language) -> list[Row]:
    """Role, the most persons that the money pays, the cost then."""
    return [(speak(role), str(number), speak.number(cost)) for role, number, cost in found.most]


def allowed_of(found: Fit, speak: Language) -> list[Row]:
    """Role, persons planned, the most that no rule stops, the most in post then, and what stops one more."""
    return [_allowed(known, speak) for known in found.allowed]


def allowed_words(found: Fit) -> tuple[Message, ...]:
    """The headers of these rows."""
    words = (PLANNED_AT_FIRST, MOST_AT_FIRST) if found.hires else (PLANNED_PERSONS, MOST_PERSONS)
    return (ROLE, *words, PEAK, STOPS)


def most_words(found: Fit) -> tuple[Message, ...]:
    """The headers of the rows of what the money pays."""
    return (ROLE, MOST_AT_FIRST if found.hires else MOST_PERSONS, COST)


def _allowed(known: Allowed, speak: Language) -> Row:
    persons = speak(NONE) if known.persons is None else str(known.persons)
    stops = "–" if known.binding is None else speak(BINDINGS[known.binding])
    peak = "–" if known.peak is None else peak_told(*known.peak)
    return (speak(known.role), str(known.planned), persons, peak, stops)


def steps_of(found: Fit, speak: Language) -> list[Row]:
    """Entry, the highest step that fits, the cost then."""
    return [(name, str(step), speak.number(cost)) for name, step, cost in found.steps]


def money_of(found: Fit, speak: Language) -> list[Pair]:
    """The budget, the least money needed, and the difference."""
    known = [(LEAST, found.least_money)]
    if found.budget is not None:
        left = found.budget - found.least_money
        known = [(BUDGET, found.budget), *known, (SPARE if left >= 0 else SHORT, abs(left))]
    return [(speak(name), speak(dollars(amount))) for name, amount in known]


def start_of(found: Fit, speak: Language) -> list[str]:
    """The earliest common start that fits, in a line."""
    if found.budget is None:
        return []
    if found.start is None or found.start_cost is None:
        return [speak(NO_START)]
    return [speak(START_LINE(day=found.start, cost=dollars(found.start_cost)))]
