"""The pages of a sweep and of what the money fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Combination, Fit, Sweep
from grantcalc.report.columns import fact_texts
from grantcalc.report.html_parts import (
    Part,
    Section,
    drawings,
    lines_of,
    page_facts,
    page_table,
    pairs_of,
    table_of,
)
from grantcalc.report.pictures_map import Grid, grid_of, runs
from grantcalc.report.pictures_sweep import fit_pictures, sweep_pictures
from grantcalc.report.simulation_fit_rows import (
    ALLOWED,
    FIT,
    MOST,
    START,
    STEPS,
    allowed_of,
    money_of,
    most_of,
    start_of,
    steps_of,
)
from grantcalc.report.simulation_sweep_rows import (
    COMBINATIONS,
    EVERY,
    FIELDS,
    LETTER,
    MANY,
    MAP,
    UNCOMPUTABLE,
    UNLISTED,
    best_told,
    counts_of,
    frontier_title,
    legend_of,
    teams_of,
    uncomputable_of,
)
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
    counts = [*fact_texts(counts_of(found, speak), speak), *best_told(found, speak)]
    yield Section(title=speak(COMBINATIONS), parts=pairs_of(counts))
    yield Section(title=speak(UNCOMPUTABLE), parts=lines_of(uncomputable_of(found, speak)))
    frontier = _teams(found, found.frontier, scenario, speak)
    for name, title, table in (
        ("map", speak(MAP), _map(found, speak)),
        ("frontier", frontier_title(found, speak), frontier),
    ):
        drawn = drawings(picture for picture in pictures if picture.name == name)
        yield Section(title=title, parts=[*drawn, *table])
    every = _teams(found, found.combinations, scenario, speak)
    many = [] if found.combinations or not found.total else [speak(UNLISTED(number=found.total))]
    yield Section(title=speak(EVERY), parts=[*every, *lines_of(many)])


def _teams(found: Sweep, teams: Sequence[Combination], scenario: Scenario | None, speak: Language) -> list[Part]:
    return page_table(teams_of(found, teams, scenario, speak), speak)


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
    letters = [(name, *(LETTER[cell] for cell in cells)) for name, cells in zip(grid.rows, grid.cells, strict=True)]
    told = speak.listed(speak(entry) for _, entry in legend_of(grid.cells))
    return [*table_of([corner, *grid.columns], reversed(letters)), *lines_of([told])]


def _stretches(grid: Grid, row: int, speak: Language) -> str:
    told = []
    for at, count, cell in runs(grid.cells[row]):
        first, last = grid.columns[at], grid.columns[at + count - 1]
        rule = FIELDS[cell][1]()
        told.append(speak(ALONE(first=first, rule=rule) if count == 1 else STRETCH(first=first, last=last, rule=rule)))
    return speak.listed(told)


def fit_sections(found: Fit, speak: Language) -> Iterator[Section]:
    """The money, the most persons, the start and the steps that fit."""
    yield Section(title=speak(FIT), parts=page_facts(money_of(found, speak), speak))
    pictures = drawings(fit_pictures(found, speak))
    yield Section(title=speak(MOST), parts=page_table(most_of(found, speak), speak))
    yield Section(title=speak(ALLOWED), parts=[*pictures, *page_table(allowed_of(found, speak), speak)])
    yield Section(title=speak(START), parts=page_facts(start_of(found, speak), speak))
    yield Section(title=speak(STEPS), parts=page_table(steps_of(found, speak), speak))
