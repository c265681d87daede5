"""The pages of a sweep and of what the money fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Allowed, Combination, Fit, Sweep
from grantcalc.report.html_parts import Part, Section, drawings, lines_of, pairs_of, table_of
from grantcalc.report.pictures_map import MARKS, Grid, grid_of, runs
from grantcalc.report.pictures_sweep import fit_pictures, sweep_pictures
from grantcalc.report.simulation_sweep_text import (
    ALLOWED,
    BOUND,
    CHEAPEST,
    COMBINATIONS,
    EVERY,
    FEASIBLE_COUNT,
    FIT,
    FRONTIER,
    LARGEST,
    LEAST,
    LETTERS,
    MANY,
    MAP,
    MOST,
    MOST_PERSONS,
    NO_START,
    NONE,
    PLANNED_PERSONS,
    ROOM_OF,
    SHORT,
    SPARE,
    START,
    START_LINE,
    STEP,
    STEPS,
    STOPS,
    TEAM,
    TRIED,
    VALUE,
    axis_name,
    axis_value,
)
from grantcalc.report.simulation_words import (
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
)
from grantcalc.text import Language, Message, dollars

LARGE = 40
"""More columns of a map than these are told as stretches."""
TALL = 400
"""More rows of a map than these are left to JSON and the workbook."""
STRETCH = Message("{first} to {last}: {rule}")
ALONE = Message("{first}: {rule}")


def sweep_sections(found: Sweep, scenario: Scenario | None, speak: Language) -> Iterator[Section]:
    """Counts and the best teams, the map, the frontier, and every combination of a small sweep."""
    pictures = sweep_pictures(found, scenario, speak)
    yield Section(title=speak(COMBINATIONS), parts=_counts(found, speak))
    frontier = _teams(found, found.frontier, scenario, speak)
    for name, title, table in (("map", MAP, _map(found, speak)), ("frontier", FRONTIER, frontier)):
        drawn = drawings(picture for picture in pictures if picture.name == name)
        yield Section(title=speak(title), parts=[*drawn, *table])
    every = _teams(found, found.combinations, scenario, speak)
    many = [] if found.combinations or not found.total else [speak(MANY(number=found.total))]
    yield Section(title=speak(EVERY), parts=[*every, *lines_of(many)])


def _counts(found: Sweep, speak: Language) -> list[Part]:
    known = [(speak(TRIED), speak.number(found.total)), (speak(FEASIBLE_COUNT), speak.number(found.feasible))]
    bound = ((rule, number) for rule, number in found.bound.items() if number)
    known += [(speak(BOUND(rule=BINDINGS[rule]())), speak.number(number)) for rule, number in bound]
    best = ((LARGEST, found.largest), (CHEAPEST, found.cheapest))
    known += [(speak(word), _team(found, team, speak)) for word, team in best]
    return pairs_of(known)


def _team(found: Sweep, team: Combination | None, speak: Language) -> str:
    if team is None:
        return speak(NONE)
    named = (
        speak(VALUE(name=axis_name(axis, speak), value=axis_value(value)))
        for axis, value in zip(found.axes, team.values, strict=True)
    )
    return speak(TEAM(values=speak.listed(named), cost=dollars(team.cost), standing=standing(team, speak)))


def _teams(found: Sweep, teams: Iterable[Combination], scenario: Scenario | None, speak: Language) -> list[Part]:
    known = tuple(teams)
    rules = list(dict.fromkeys(judgement.binding for team in known for judgement in team.judged))
    headers = [*(axis_name(axis, speak) for axis in found.axes), *(speak(word) for word in (COST, RATIO, CASES_EACH))]
    headers += [speak(ROOM_OF(rule=BINDINGS[rule]())) for rule in rules]
    rows = []
    for team in known:
        room = {judgement.binding: headroom(judgement, speak) for judgement in team.judged}
        figures = (rounded(ratio_of(team), speak), rounded(cases_each(team, scenario), speak))
        rooms = (room.get(rule, "–") for rule in rules)
        values = map(axis_value, team.values)
        rows.append((*values, speak.number(team.cost), *figures, *rooms, standing(team, speak)))
    return table_of([*headers, speak(VERDICT)], rows, texts=(len(headers),))


def _map(found: Sweep, speak: Language) -> list[Part]:
    """The letters of the picture; of a map with many columns the stretches of equal fields."""
    grid = grid_of(found, speak)
    if grid is None:
        return []
    if len(grid.rows) > TALL:
        return lines_of([speak(MANY(number=found.total))])
    corner = f"{grid.down} ＼ {grid.across}"
    if len(grid.columns) > LARGE:
        rows = [(name, _stretches(grid, at, speak)) for at, name in enumerate(grid.rows)]
        return table_of([corner, ""], rows, texts=(0, 1))
    letters = [
        (name, *(MARKS[cell].letter for cell in cells)) for name, cells in zip(grid.rows, grid.cells, strict=True)
    ]
    legend = (LETTERS(letter=MARKS[cell].letter, rule=MARKS[cell].word()) for cell in grid.used)
    told = speak.listed(speak(entry) for entry in legend)
    return [*table_of([corner, *grid.columns], reversed(letters)), *lines_of([told])]


def _stretches(grid: Grid, row: int, speak: Language) -> str:
    told = []
    for at, count, cell in runs(grid.cells[row]):
        first, last = grid.columns[at], grid.columns[at + count - 1]
        rule = MARKS[cell].word()
        told.append(speak(ALONE(first=first, rule=rule) if count == 1 else STRETCH(first=first, last=last, rule=rule)))
    return speak.listed(told)


def fit_sections(found: Fit, speak: Language) -> Iterator[Section]:
    """The money, the most persons, the start and the steps that fit."""
    yield Section(title=speak(FIT), parts=_money(found, speak))
    most = [(speak(role), str(number), speak.number(cost)) for role, number, cost in found.most]
    table = table_of([speak(word) for word in (ROLE, MOST_PERSONS, COST)], most)
    yield Section(title=speak(MOST), parts=[*drawings(fit_pictures(found, speak)), *table])
    words = [speak(word) for word in (ROLE, PLANNED_PERSONS, MOST_PERSONS, STOPS)]
    allowed = [_allowed(known, speak) for known in found.allowed]
    yield Section(title=speak(ALLOWED), parts=table_of(words, allowed, texts=(0, 3)))
    yield Section(title=speak(START), parts=lines_of(_start(found, speak)))
    steps = [(name, str(step), speak.number(cost)) for name, step, cost in found.steps]
    yield Section(title=speak(STEPS), parts=table_of([speak(word) for word in (ENTRY, STEP, COST)], steps))


def _allowed(known: Allowed, speak: Language) -> tuple[str, ...]:
    persons = speak(NONE) if known.persons is None else str(known.persons)
    stops = "–" if known.binding is None else speak(BINDINGS[known.binding])
    return (speak(known.role), str(known.planned), persons, stops)


def _money(found: Fit, speak: Language) -> list[Part]:
    known = [(LEAST, found.least_money)]
    if found.budget is not None:
        left = found.budget - found.least_money
        known = [(BUDGET, found.budget), *known, (SPARE if left >= 0 else SHORT, abs(left))]
    return pairs_of((speak(word), speak(dollars(amount))) for word, amount in known)


def _start(found: Fit, speak: Language) -> list[str]:
    if found.budget is None:
        return []
    if found.start is None or found.start_cost is None:
        return [speak(NO_START)]
    return [speak(START_LINE(day=found.start, cost=dollars(found.start_cost)))]
