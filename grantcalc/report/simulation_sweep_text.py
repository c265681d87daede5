"""Sweeps and fits as plain text: the best teams, the frontier, which rule binds what, what the money fits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from grantcalc.headcount.limits import Binding
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Allowed, Axis, Combination, Fit, Sweep
from grantcalc.report.simulation_words import (
    ASSUMPTIONS,
    BINDINGS,
    BUDGET,
    CASES_EACH,
    COST,
    ENTRY,
    RATIO,
    ROLE,
    VERDICT,
    cases_each,
    headroom,
    ratio_of,
    rounded,
    standing,
    told_assumptions,
)
from grantcalc.report.tabular import pairs, section, table
from grantcalc.text import Language, Message, dollars

COMBINATIONS = Message("Combinations")
TRIED = Message("Combinations in all")
FEASIBLE_COUNT = Message("Feasible")
BOUND = Message("Bound by: {rule}")
LARGEST = Message("Largest feasible team")
CHEAPEST = Message("Cheapest feasible team that covers the cases")
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

SHOWN = 120
"""More combinations than this are not listed on a terminal."""

LETTER = {
    None: "·",
    Binding.POSTS: "P",
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
PLANNED_PERSONS = Message("Planned")
STOPS = Message("What stops one more")
MOST_PERSONS = Message("Most persons")
START = Message("Earliest common start that fits")
START_LINE = Message("{day}: {cost}")
NO_START = Message("no start of the year fits")
STEPS = Message("Highest steps that fit")
STEP = Message("Step")


def sweep_lines(found: Sweep, scenario: Scenario | None, speak: Language) -> Iterator[str]:
    """Assumptions, counts, the best teams, the frontier, the map, and every combination of a small sweep."""
    yield from section(speak(ASSUMPTIONS), told_assumptions(found.assumptions, speak))
    yield from section(speak(COMBINATIONS), _counts(found, speak))
    yield from section(speak(FRONTIER), _combinations(found, found.frontier, scenario, speak))
    yield from section(speak(MAP), _map(found, speak))
    if len(found.combinations) > SHOWN or (not found.combinations and found.total):
        yield from ("", speak(MANY(number=found.total)))
    else:
        yield from section(speak(EVERY), _combinations(found, found.combinations, scenario, speak))


def axis_value(value: int | dt.date) -> str:
    """One value of an axis."""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def axis_name(axis: Axis, speak: Language) -> str:
    """The role of an axis, or its name."""
    return speak(axis.role) if axis.role is not None and axis.counts else axis.name


def _counts(found: Sweep, speak: Language) -> Iterator[str]:
    known = [(speak(TRIED), speak.number(found.total)), (speak(FEASIBLE_COUNT), speak.number(found.feasible))]
    known += [
        (speak(BOUND(rule=BINDINGS[rule]())), speak.number(number)) for rule, number in found.bound.items() if number
    ]
    known += [
        (speak(LARGEST), _team(found, found.largest, speak)),
        (speak(CHEAPEST), _team(found, found.cheapest, speak)),
    ]
    yield from pairs(known, speak)


def _team(found: Sweep, team: Combination | None, speak: Language) -> str:
    if team is None:
        return speak(NONE)
    named = (
        speak(VALUE(name=axis_name(axis, speak), value=axis_value(value)))
        for axis, value in zip(found.axes, team.values, strict=True)
    )
    return speak(TEAM(values=speak.listed(named), cost=dollars(team.cost), standing=standing(team, speak)))


def _combinations(
    found: Sweep, known: tuple[Combination, ...], scenario: Scenario | None, speak: Language
) -> list[str]:
    if not known:
        return []
    rules = list(dict.fromkeys(judgement.binding for team in known for judgement in team.judged))
    headers = [*(axis_name(axis, speak) for axis in found.axes), speak(COST), speak(RATIO), speak(CASES_EACH)]
    headers += [speak(ROOM_OF(rule=BINDINGS[rule]())) for rule in rules]
    rows = []
    for team in known:
        room = {judgement.binding: headroom(judgement, speak) for judgement in team.judged}
        rows.append(
            (
                *(axis_value(value) for value in team.values),
                speak.number(team.cost),
                rounded(ratio_of(team), speak),
                rounded(cases_each(team, scenario), speak),
                *(room.get(rule, "–") for rule in rules),
                standing(team, speak),
            )
        )
    return table([*headers, speak(VERDICT)], rows, right=range(len(headers)))


def _map(found: Sweep, speak: Language) -> Iterator[str]:
    """A letter for every pair of the first two axes: the first down, the second across."""
    if len(found.axes) < 2 or not found.map:  # noqa: PLR2004  # a map has two axes
        return
    down, across = found.axes[:2]
    values: list[list[int | dt.date]] = [[*down.values], [*across.values]]
    headers = [
        f"{axis_name(down, speak)} ＼ {axis_name(across, speak)}",
        *(axis_value(value) for value in values[1]),
    ]
    rows = [
        (axis_value(value), *(LETTER[cell] for cell in cells))
        for value, cells in zip(values[0], found.map, strict=True)
    ]
    yield from table(headers, rows, right=range(len(headers)))
    used = {cell for cells in found.map for cell in cells}
    legend = [LETTERS(letter=LETTER[rule], rule=BINDINGS[rule]()) for rule in Binding if rule in used]
    if None in used:
        legend.insert(0, LETTERS(letter=LETTER[None], rule=FITS()))
    yield speak.listed(speak(entry) for entry in legend)


def fit_lines(found: Fit, speak: Language) -> Iterator[str]:
    """Assumptions, the least money, the most persons, the start and the steps that fit."""
    yield from section(speak(ASSUMPTIONS), told_assumptions(found.assumptions, speak))
    yield from section(speak(FIT), _money(found, speak))
    most = [(speak(role), str(number), speak.number(cost)) for role, number, cost in found.most]
    yield from section(speak(MOST), _table((ROLE, MOST_PERSONS, COST), most, speak))
    allowed = [_allowed(known, speak) for known in found.allowed]
    yield from section(speak(ALLOWED), _table((ROLE, PLANNED_PERSONS, MOST_PERSONS, STOPS), allowed, speak))
    yield from section(speak(START), _start(found, speak))
    steps = [(name, str(step), speak.number(cost)) for name, step, cost in found.steps]
    yield from section(speak(STEPS), _table((ENTRY, STEP, COST), steps, speak))


def _table(words: Sequence[Message], rows: Sequence[Sequence[str]], speak: Language) -> list[str]:
    return table([speak(word) for word in words], rows, right=(1, 2)) if rows else []


def _allowed(known: Allowed, speak: Language) -> tuple[str, ...]:
    persons = speak(NONE) if known.persons is None else str(known.persons)
    stops = "–" if known.binding is None else speak(BINDINGS[known.binding])
    return (speak(known.role), str(known.planned), persons, stops)


def _money(found: Fit, speak: Language) -> Iterator[str]:
    known = [(LEAST, found.least_money)]
    if found.budget is not None:
        left = found.budget - found.least_money
        known = [(BUDGET, found.budget), *known, (SPARE if left >= 0 else SHORT, abs(left))]
    yield from pairs(((speak(name), speak(dollars(amount))) for name, amount in known), speak)


def _start(found: Fit, speak: Language) -> Iterator[str]:
    if found.budget is None:
        return
    if found.start is None or found.start_cost is None:
        yield speak(NO_START)
    else:
        yield speak(START_LINE(day=found.start, cost=dollars(found.start_cost)))
