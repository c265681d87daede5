"""Sweeps and fits as plain text: the best teams, the frontier, which rule binds what, what the money fits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from grantcalc.headcount.limits import Binding
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Combination, Fit, Sweep
from grantcalc.report.simulation_sweep_rows import (
    ALLOWED,
    COMBINATIONS,
    EVERY,
    FIT,
    FITS,
    FRONTIER,
    LETTER,
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
    axis_name,
    axis_value,
    counts_of,
    money_of,
    most_of,
    most_words,
    start_of,
    steps_of,
    teams_of,
    uncomputable_of,
)
from grantcalc.report.simulation_words import ASSUMPTIONS, BINDINGS, COST, ENTRY, told_assumptions
from grantcalc.report.tabular import pairs, section, table
from grantcalc.text import Language, Message

SHOWN = 120
"""More combinations than this are not listed on a terminal."""


def sweep_lines(found: Sweep, scenario: Scenario | None, speak: Language) -> Iterator[str]:
    """Assumptions, counts, the best teams, the frontier, the map, and every combination of a small sweep."""
    yield from section(speak(ASSUMPTIONS), told_assumptions(found.assumptions, speak))
    yield from section(speak(COMBINATIONS), pairs(counts_of(found, speak), speak))
    yield from section(speak(UNCOMPUTABLE), uncomputable_of(found, speak))
    yield from section(speak(FRONTIER), _combinations(found, found.frontier, scenario, speak))
    yield from section(speak(MAP), _map(found, speak))
    if len(found.combinations) > SHOWN or (not found.combinations and found.total):
        yield from ("", speak(MANY(number=found.total)))
    else:
        yield from section(speak(EVERY), _combinations(found, found.combinations, scenario, speak))


def _combinations(found: Sweep, teams: Iterable[Combination], scenario: Scenario | None, speak: Language) -> list[str]:
    headers, rows = teams_of(found, teams, scenario, speak)
    return table(headers, rows, right=range(len(headers) - 1)) if rows else []


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
    yield from section(speak(FIT), pairs(money_of(found, speak), speak))
    yield from section(speak(MOST), _table(most_words(found), most_of(found, speak), speak))
    allowed = allowed_of(found, speak)
    yield from section(speak(ALLOWED), _table(allowed_words(found), allowed, speak))
    yield from section(speak(START), start_of(found, speak))
    yield from section(speak(STEPS), _table((ENTRY, STEP, COST), steps_of(found, speak), speak))


def _table(words: Sequence[Message], rows: Sequence[Sequence[str]], speak: Language) -> list[str]:
    return table([speak(word) for word in words], rows, right=range(1, max(3, len(words) - 1))) if rows else []
