"""Sweeps and fits as plain text: the best teams, the frontier, which rule binds what, what the money fits."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Fit, Sweep
from grantcalc.report.columns import fact_texts, text_table
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
    LETTER,
    MANY,
    MAP,
    PAIR,
    UNCOMPUTABLE,
    UNLISTED,
    axis_name,
    axis_value,
    best_told,
    counts_of,
    fields_of,
    frontier_title,
    legend_of,
    teams_of,
    uncomputable_of,
)
from grantcalc.report.simulation_words import ASSUMPTIONS, told_assumptions
from grantcalc.report.tabular import pairs, section, table
from grantcalc.text import Language

SHOWN = 120
"""More combinations than this are not listed on a terminal."""


def sweep_lines(found: Sweep, scenario: Scenario | None, speak: Language) -> Iterator[str]:
    """Assumptions, counts, the best teams, the frontier, the map, and every combination of a small sweep."""
    counts = [*fact_texts(counts_of(found, speak), speak), *best_told(found, speak)]
    yield from section(speak(ASSUMPTIONS), told_assumptions(found.assumptions, speak))
    yield from section(speak(COMBINATIONS), pairs(counts, speak))
    yield from section(speak(UNCOMPUTABLE), uncomputable_of(found, speak))
    yield from section(
        frontier_title(found, speak), text_table(teams_of(found, found.frontier, scenario, speak), speak)
    )
    yield from section(speak(MAP), _map(found, speak))
    if len(found.combinations) > SHOWN:
        yield from ("", speak(MANY(number=found.total)))
    elif not found.combinations and found.total:
        yield from ("", speak(UNLISTED(number=found.total)))
    else:
        yield from section(speak(EVERY), text_table(teams_of(found, found.combinations, scenario, speak), speak))


def _map(found: Sweep, speak: Language) -> Iterator[str]:
    """A letter for every pair of the first two axes: the first down, the second across."""
    if len(found.axes) < PAIR or not found.map:
        return
    down, across = found.axes[:PAIR]
    fields = fields_of(found)
    headers = [f"{axis_name(down, speak)} ＼ {axis_name(across, speak)}", *map(axis_value, across.values)]
    names = map(axis_value, down.values)
    rows = [(name, *(LETTER[field] for field in row)) for name, row in zip(names, fields, strict=True)]
    yield from table(headers, rows, right=range(len(headers)))
    yield speak.listed(speak(entry) for _, entry in legend_of(fields))


def fit_lines(found: Fit, speak: Language) -> Iterator[str]:
    """Assumptions, the least money, the most persons, the start and the steps that fit."""
    yield from section(speak(ASSUMPTIONS), told_assumptions(found.assumptions, speak))
    yield from section(speak(FIT), pairs(fact_texts(money_of(found, speak), speak), speak))
    yield from section(speak(MOST), text_table(most_of(found, speak), speak))
    yield from section(speak(ALLOWED), text_table(allowed_of(found, speak), speak))
    yield from section(speak(START), pairs(fact_texts(start_of(found, speak), speak), speak))
    yield from section(speak(STEPS), text_table(steps_of(found, speak), speak))
