"""The sheets of a sweep: the best teams, the map of what binds, the frontier, every combination."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grantcalc.finding import Outcome
from grantcalc.headcount.limits import Binding, State
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Combination, Sweep
from grantcalc.report.columns import Column, Look
from grantcalc.report.pictures_map import MARKS
from grantcalc.report.simulation_sweep_rows import (
    COMBINATIONS,
    EVERY,
    LETTER,
    MAP,
    NONE,
    UNCOMPUTABLE,
    UNLISTED,
    Field,
    axis_name,
    best_of,
    counts_of,
    field_of,
    fields_of,
    frontier_axis,
    frontier_title,
    legend_of,
    teams_of,
    uncomputable_of,
)
from grantcalc.report.simulation_words import BUDGET, standing
from grantcalc.text import Message
from grantcalc.workbook.simulation_charts import BUDGET as RED
from grantcalc.workbook.simulation_charts import COST as DARK
from grantcalc.workbook.simulation_charts import MONEY, Line, axis, chart_of, insert, line_series
from grantcalc.workbook.simulation_desk import Desk
from grantcalc.workbook.simulation_page import Page, Placed

SUMMARY_SHEET, MAP_SHEET = Message("Summary"), Message("Feasibility map")
FRONTIER_SHEET, EVERY_SHEET = Message("Frontier"), Message("Combinations")
FRONTIER_CHART = Message("Cost of the cheapest feasible team (dollars)")

FILLS: Mapping[Field, str] = {
    None: "#C6E0B4",
    State.WARNED: MARKS[State.WARNED].colour,
    Binding.POSTS: "#F4B084",
    Binding.PROJECT_MANAGERS: "#F8CBAD",
    Binding.SENIORS: "#DBB78C",
    Binding.RATIO: "#FFD966",
    Binding.MONEY: "#E6A0A0",
    Binding.SPAN: "#BDD7EE",
    Binding.CASELOAD: "#D0C1E6",
}
"""The colour of a cell of the map by what binds first; the letter in it says the same without colours."""
ONE_PAGE = 40
"""Rows of a table that is printed with its picture on one page."""


def write_sweep(desk: Desk, found: Sweep, scenario: Scenario | None) -> None:
    """Summary, map, frontier with its cost, and every combination of a small sweep."""
    _summary(desk, found, scenario)
    if found.map:
        _map(desk, found)
    if found.frontier:
        _frontier(desk, found, scenario)
    if found.combinations:
        page = desk.page(EVERY_SHEET)
        page.title(desk.language(EVERY))
        placed = _combinations(page, found, found.combinations, scenario)
        page.sheet.autofilter(placed.head, 0, placed.last, placed.columns - 1)
        page.close(desk.title, frozen_rows=placed.first, frozen_columns=len(found.axes))


def _summary(desk: Desk, found: Sweep, scenario: Scenario | None) -> None:
    speak, page = desk.language, desk.page(SUMMARY_SHEET)
    page.title(speak(COMBINATIONS))
    page.pairs(counts_of(found, speak))
    if not found.combinations and found.total:
        page.note(speak(UNLISTED(number=found.total)))
    for title, team in best_of(found):
        page.heading(speak(title))
        if team is None:
            page.note(speak(NONE))
        else:
            _combinations(page, found, (team,), scenario)
    if found.uncomputable:
        page.heading(speak(UNCOMPUTABLE))
        for line in uncomputable_of(found, speak):
            page.note(line)
    page.close(desk.title, frozen_rows=1)


def _combinations(
    page: Page, found: Sweep, teams: Sequence[Combination], scenario: Scenario | None, budget: int | None = None
) -> Placed:
    """A row for each, with the budget beside the cost where a picture needs it; what binds has its colour."""
    speak = page.language
    columns = teams_of(found, teams, scenario, speak)
    if budget is not None:
        columns.insert(len(found.axes) + 1, Column(header=speak(BUDGET), cells=[budget] * len(teams)))
    placed = page.table(columns)
    for row, team in enumerate(teams, start=placed.first):
        page.mark(row, placed.columns - 1, standing(team, speak), _outcome(field_of(team)))
    return placed


def _outcome(field: Field) -> Outcome | None:
    if isinstance(field, Binding):
        return Outcome.ERROR
    return Outcome.WARNING if field is State.WARNED else None


def _map(desk: Desk, found: Sweep) -> None:
    """A coloured cell for each pair of the first two axes: the first down, the second across; and the legend."""
    speak, page = desk.language, desk.page(MAP_SHEET)
    page.title(speak(MAP))
    fields = fields_of(found)
    for field, meaning in legend_of(fields):
        page.legend(FILLS[field], LETTER[field], speak(meaning))
    page.row += 1
    down, across = found.axes[0], found.axes[1] if len(found.axes) > 1 else None
    corner = axis_name(down, speak) if across is None else f"{axis_name(down, speak)} ＼ {axis_name(across, speak)}"
    names = [""] if across is None else [page.pen.shown(value) for value in across.values]
    columns = [Column(header=corner, look=Look.DATE if down.days else Look.MONEY, cells=list(down.values))]
    columns += [
        Column(header=name, look=Look.TEXT, cells=[LETTER[row[index]] for row in fields])
        for index, name in enumerate(names)
    ]
    placed = page.table(columns)
    for at, row in enumerate(fields, start=placed.first):
        for column, field in enumerate(row, start=1):
            page.fill(at, column, LETTER[field], FILLS[field])
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1)


def _frontier(desk: Desk, found: Sweep, scenario: Scenario | None) -> None:
    speak, page = desk.language, desk.page(FRONTIER_SHEET)
    page.title(frontier_title(found, speak))
    budget = None if scenario is None else scenario.budget
    placed = _combinations(page, found, found.frontier, scenario, budget)
    at, cost = frontier_axis(found), len(found.axes)
    chart = chart_of(desk.book, "line")
    chart.add_series(line_series(placed, Line(column=cost, colour=DARK, marked=True), at))
    if budget is not None:
        chart.add_series(line_series(placed, Line(column=cost + 1, colour=RED, dashed=True), at))
    chart.set_x_axis(axis(axis_name(found.axes[at], speak)))
    chart.set_y_axis(axis(number=MONEY, grid=True))
    insert(page, chart, speak(FRONTIER_CHART))
    is_short = len(found.frontier) <= ONE_PAGE
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1, is_one_page=is_short)
