"""What a sweep tells in every form: its words, its map, and the rows that text, page and workbook lay out alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grantcalc.headcount.axes import frontier_of, hires_of
from grantcalc.headcount.limits import Binding, State
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Axis, Combination, Sweep
from grantcalc.report.columns import Cell, Column, Fact, Look, plainest, texts
from grantcalc.report.simulation_words import (
    BINDINGS,
    CASES_EACH,
    COST,
    RATIO,
    VERDICT,
    ratio_of,
    standing,
)
from grantcalc.text import Language, Message, Text, dollars
from grantcalc.units import Unit

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
FRONTIER = Message("Frontier: the cheapest feasible team by number of persons ({role})")
MAP = Message("Feasibility map: which rule binds first")
EVERY = Message("Every combination")
NONE = Message("none")
ROOM_OF = Message("Room: {rule}")
ROOM_UNIT = Message("{what} ({unit})")
LETTERS = Message("{letter} = {rule}")
FITS = Message("feasible")
WARNED = Message("feasible, with a warning")
MANY = Message("{number} combinations are too many for this table; --format json or -o FILE.xlsx lists them.")
UNLISTED = Message("{number} combinations are too many to be listed one by one; narrow --vary to see each.")
TEAM = Message("{values}: {cost} ({standing})")
VALUE = Message("{name} {value}")
FIRST_DAY = Message("First day")
FIRST_DAY_OF = Message("First day: {name}")

LETTER: Mapping[Binding | State | None, str] = {
    None: "·",
    State.WARNED: "!",
    Binding.POSTS: "P",
    Binding.PROJECT_MANAGERS: "J",
    Binding.SENIORS: "E",
    Binding.RATIO: "R",
    Binding.MONEY: "M",
    Binding.SPAN: "S",
    Binding.CASELOAD: "C",
}

Field = Binding | State | None
"""How a pair of the map stands: what binds it, a warning, or nothing."""
FIELDS: Mapping[Field, tuple[str, Message]] = {
    field: (LETTER[field], word) for field, word in ((None, FITS), (State.WARNED, WARNED), *BINDINGS.items())
}
"""The letter of a field and what it means, in the order of a legend."""
VERDICT_WIDTH = 34
PAIR = 2
"""Axes of a map whose fields are single teams; with a third one a field is several."""


def axis_value(value: int | dt.date) -> str:
    """One value of an axis."""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def axis_name(axis: Axis, speak: Language) -> str:
    """The role of an axis whose persons are counted; of one of days whose first day it is."""
    if axis.role is not None and axis.counts:
        return speak(axis.role)
    whose = axis.staff or axis.role
    return speak(FIRST_DAY() if whose is None else FIRST_DAY_OF(name=whose))


def counts_of(found: Sweep, speak: Language) -> list[Fact]:
    """How many combinations there are, and what binds them."""
    known = [(speak(TRIED), found.total), (speak(FEASIBLE_COUNT), found.feasible)]
    if found.untried:
        known.append((speak(UNTRIED), found.untried))
    known += [(speak(BOUND(rule=BINDINGS[rule]())), number) for rule, number in found.bound.items() if number]
    return [(label, number, Look.MONEY) for label, number in known]


def best_of(found: Sweep) -> tuple[tuple[Message, Combination | None], ...]:
    """The best teams, ``None`` where there is no such team."""
    return (LARGEST, found.largest), (CHEAPEST, found.cheapest), (UNWARNED, found.unwarned)


def best_told(found: Sweep, speak: Language) -> list[tuple[str, str]]:
    """The best teams in words."""
    return [(speak(word), team_told(found, team, speak)) for word, team in best_of(found)]


def frontier_axis(found: Sweep) -> int:
    """The place of the axis that the frontier goes by; the first where no persons are counted."""
    return frontier_of(found.axes) or 0


def frontier_title(found: Sweep, speak: Language) -> str:
    """The frontier, with the role whose persons are counted."""
    return speak(FRONTIER(role=axis_name(found.axes[frontier_axis(found)], speak)))


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


def teams_of(found: Sweep, teams: Sequence[Combination], scenario: Scenario | None, speak: Language) -> list[Column]:
    """A row for each team: its values, cost, the most in post, ratio, cases, the room of each rule, how it stands."""
    return [
        *(_values(axis, at, teams, scenario, speak) for at, axis in enumerate(found.axes)),
        Column(header=speak(COST), cells=[team.cost for team in teams]),
        Column(
            header=speak(PEAK),
            look=Look.NUMBER,
            cells=[peak_told(team.case_managers, team.supervisors) for team in teams],
        ),
        Column(header=speak(RATIO), look=Look.RATIO, cells=[ratio_of(team) for team in teams]),
        Column(header=speak(CASES_EACH), look=Look.RATIO, cells=[team.cases_each for team in teams]),
        *_rooms(teams, speak),
        texts(speak(VERDICT), (standing(team, speak) for team in teams), VERDICT_WIDTH),
    ]


def _values(axis: Axis, at: int, teams: Sequence[Combination], scenario: Scenario | None, speak: Language) -> Column:
    """The values of one axis."""
    look = Look.DATE if axis.days else Look.MONEY
    return Column(header=column_name(axis, scenario, speak), look=look, cells=[team.values[at] for team in teams])


def _rooms(teams: Iterable[Combination], speak: Language) -> Iterator[Column]:
    """The room of each rule in its own unit; negative where it is too much."""
    judged = [{known.binding: known for known in team.judged} for team in teams]
    units = {rule: known.unit for rules in judged for rule, known in rules.items()}
    for rule, unit in units.items():
        rooms = [rules[rule].headroom if rule in rules else None for rules in judged]
        header = speak(ROOM_UNIT(what=ROOM_OF(rule=BINDINGS[rule]()), unit=unit))
        is_whole = unit in {Unit.DOLLAR, Unit.POST}
        cells: list[Cell] = [int(room) if is_whole and room is not None else room for room in rooms]
        yield Column(header=header, look=Look.MONEY if is_whole else plainest(Look.RATIO, cells), cells=cells)


def field_of(team: Combination) -> Field:
    """What binds a team, or that it is warned of; nothing where it is feasible."""
    if team.binding is not None:
        return team.binding
    return State.WARNED if any(judged.state is State.WARNED for judged in team.judged) else None


def fields_of(found: Sweep) -> tuple[tuple[Field, ...], ...]:
    """The map, the first axis down and the second across; with warnings where its fields are single teams."""
    known: dict[tuple[int | dt.date, ...], Field] = {}
    if len(found.axes) <= PAIR:
        known = {team.values: field_of(team) for team in found.combinations}
    downs: Sequence[int | dt.date] = found.axes[0].values
    acrosses: Sequence[int | dt.date] = found.axes[1].values if len(found.axes) > 1 else ()
    others: list[tuple[int | dt.date, ...]] = [(value,) for value in acrosses] or [()]
    return tuple(
        tuple(known.get((down, *other), field) for other, field in zip(others, fields, strict=True))
        for down, fields in zip(downs, found.map, strict=True)
    )


def legend_of(fields: Iterable[Iterable[Field]]) -> list[tuple[Field, Text]]:
    """Every kind of field that a map has, and what its letter means."""
    used = {field for row in fields for field in row}
    return [(field, LETTERS(letter=letter, rule=word())) for field, (letter, word) in FIELDS.items() if field in used]
