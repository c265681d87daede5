"""The pages of a sweep and of what the money fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Combination, Fit, Sweep
from grantcalc.report.html_parts import Part, Section, drawings, lines_of, pairs_of, table_of
from grantcalc.report.pictures_map import MARKS, Grid, grid_of, runs
from grantcalc.report.pictures_sweep import fit_pictures, sweep_pictures
from grantcalc.report.simulation_sweep_rows import (
    ALLOWED,
    COMBINATIONS,
    EVERY,
    FIT,
    FRONTIER,
    LETTERS,
    MANY,
    MAP,
    MOST,
    START,
    STEP,
    STEPS,
    UNCOMPUTABLE,
    allowed_of,
    allowed_words,
    counts_of,
    money_of,
    most_of,
    most_words,
    start_of,
    steps_of,
    teams_of,
    uncomputable_of,
)
from grantcalc.report.simulation_words import COST, ENTRY
from grantcalc.text import Language, Message

LARGE = 40
"""More columns of a map than these are told as stretches."""
TALL = 400
"""More rows of a map than these are left to JSON and the workbook."""
STRETCH = Message("{first} to {last}: {rule}")
ALONE = Message("{first}: {rule}")


def sweep_sections(found: Sweep, scenario: Scenario | None, speak: Language) -> Iterator[Section]:
    """Counts and the best teams, the map, the frontier, and every combination of a small sweep."""
    pictures = sweep_pictures(found, scenario, speak)
    yield Section(title=speak(COMBINATIONS), parts=pairs_of(counts_of(found, speak)))
    if found.uncomputable:
        yield Section(title=speak(UNCOMPUTABLE), parts=lines_of(uncomputable_of(found, speak)))
    frontier = _teams(found, found.frontier, scenario, speak)
    for name, title, table in (("map", MAP, _map(found, speak)), ("frontier", FRONTIER, frontier)):
        drawn = drawings(picture for picture in pictures if picture.name == name)
        yield Section(title=speak(title), parts=[*drawn, *table])
    every = _teams(found, found.combinations, scenario, speak)
    many = [] if found.combinations or not found.total else [speak(MANY(number=found.total))]
    yield Section(title=speak(EVERY), parts=[*every, *lines_of(many)])


def _teams(found: Sweep, teams: Iterable[Combination], scenario: Scenario | None, speak: Language) -> list[Part]:
    headers, rows = teams_of(found, teams, scenario, speak)
    return table_of(headers, rows, texts=(len(headers) - 1,))


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
    yield Section(title=speak(FIT), parts=pairs_of(money_of(found, speak)))
    table = table_of([speak(word) for word in most_words(found)], most_of(found, speak))
    yield Section(title=speak(MOST), parts=[*drawings(fit_pictures(found, speak)), *table])
    words = [speak(word) for word in allowed_words(found)]
    yield Section(title=speak(ALLOWED), parts=table_of(words, allowed_of(found, speak), texts=(0, 4)))
    yield Section(title=speak(START), parts=lines_of(start_of(found, speak)))
    words = [speak(word) for word in (ENTRY, STEP, COST)]
    yield Section(title=speak(STEPS), parts=table_of(words, steps_of(found, speak)))
