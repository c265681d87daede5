"""The sheets of sweeps and fits: the map of what binds, the frontier, every combination; what the money fits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from grantcalc.draft.model import Role
from grantcalc.finding import Outcome
from grantcalc.headcount.limits import Binding, State
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Combination, Fit, Sweep
from grantcalc.report.pictures_map import MARKS, cell_of
from grantcalc.report.pictures_map import Cell as Field
from grantcalc.report.simulation_run_text import NO_BUDGET
from grantcalc.report.simulation_sweep_rows import (
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
    MAP,
    MOST,
    NO_START,
    NONE,
    ROOM_OF,
    SHORT,
    SPARE,
    START,
    STEP,
    STEPS,
    STOPS,
    TRIED,
    axis_name,
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
    ratio_of,
    standing,
)
from grantcalc.text import Message
from grantcalc.units import Unit
from grantcalc.workbook.simulation_charts import BUDGET as RED
from grantcalc.workbook.simulation_charts import COLOURS, MONEY, Line, axis, bar_series, chart_of, insert, line_series
from grantcalc.workbook.simulation_charts import COST as DARK
from grantcalc.workbook.simulation_desk import Desk, plainest
from grantcalc.workbook.simulation_page import Cell, Column, Look, Page, Placed, texts

SUMMARY_SHEET, MAP_SHEET = Message("Summary"), Message("Feasibility map")
FRONTIER_SHEET, EVERY_SHEET, FIT_SHEET = Message("Frontier"), Message("Combinations"), Message("What fits")
FRONTIER_CHART = Message("Cost of the cheapest feasible team (dollars)")
MOST_CHART = Message("Persons by role: planned, and the most that fit")
PLANNED = Message("Planned persons")
BY_MONEY, BY_RULES = Message("Most that the money pays"), Message("Most that no rule stops")
HEADROOM_UNIT = Message("{what} ({unit})")

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
ONE_PAGE, VERDICT_WIDTH, MAP_AXES = 40, 34, 2
"""Rows of a table that is printed with its picture on one page; characters of a verdict; axes of a map."""


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
    known = [(speak(TRIED), found.total), (speak(FEASIBLE_COUNT), found.feasible)]
    known += [(speak(BOUND(rule=BINDINGS[rule]())), number) for rule, number in found.bound.items() if number]
    page.pairs((label, number, Look.MONEY) for label, number in known)
    for title, team in ((LARGEST, found.largest), (CHEAPEST, found.cheapest)):
        page.heading(speak(title))
        if team is None:
            page.note(speak(NONE))
        else:
            _combinations(page, found, (team,), scenario)
    page.close(desk.title, frozen_rows=1)


def _combinations(
    page: Page, found: Sweep, teams: Sequence[Combination], scenario: Scenario | None, budget: int | None = None
) -> Placed:
    """A row for each: its values, cost (the budget where a chart needs it), ratio, cases, rooms, what binds."""
    speak = page.language
    columns = [
        Column(
            header=axis_name(axis, speak),
            look=Look.DATE if axis.days else Look.MONEY,
            cells=[team.values[index] for team in teams],
        )
        for index, axis in enumerate(found.axes)
    ]
    columns += [
        Column(header=speak(COST), cells=[team.cost for team in teams]),
        *([] if budget is None else [Column(header=speak(BUDGET), cells=[budget] * len(teams))]),
        Column(header=speak(RATIO), look=Look.RATIO, cells=[ratio_of(team) for team in teams]),
        Column(header=speak(CASES_EACH), look=Look.RATIO, cells=[cases_each(team, scenario) for team in teams]),
        *_rooms(page, teams),
        texts(speak(VERDICT), (standing(team, speak) for team in teams), VERDICT_WIDTH),
    ]
    placed = page.table(columns)
    for row, team in enumerate(teams, start=placed.first):
        page.mark(row, len(columns) - 1, standing(team, speak), _outcome(team))
    return placed


def _outcome(team: Combination) -> Outcome | None:
    if team.binding is not None:
        return Outcome.ERROR
    return Outcome.WARNING if any(known.state is State.WARNED for known in team.judged) else None


def _rooms(page: Page, teams: Sequence[Combination]) -> Iterator[Column]:
    """The room of each rule in its own unit; negative where it is too much."""
    speak = page.language
    units = {known.binding: known.unit for team in teams for known in team.judged}
    for rule, unit in units.items():
        rooms = [{known.binding: known.headroom for known in team.judged}.get(rule) for team in teams]
        header = speak(HEADROOM_UNIT(what=ROOM_OF(rule=BINDINGS[rule]()), unit=unit))
        is_whole = unit in {Unit.DOLLAR, Unit.POST}
        cells: list[Cell] = [int(room) if is_whole and room is not None else room for room in rooms]
        yield Column(header=header, look=Look.MONEY if is_whole else plainest(Look.RATIO, cells), cells=cells)


def _map(desk: Desk, found: Sweep) -> None:
    """A coloured cell for each pair of the first two axes: the first down, the second across; and the legend."""
    speak, page = desk.language, desk.page(MAP_SHEET)
    page.title(speak(MAP))
    fields = _fields(found)
    used = {field for row in fields for field in row}
    for field in FILLS:
        if field in used:
            mark = MARKS[field]
            page.legend(FILLS[field], mark.letter, speak(LETTERS(letter=mark.letter, rule=mark.word())))
    page.row += 1
    down, across = found.axes[0], found.axes[1] if len(found.axes) > 1 else None
    corner = axis_name(down, speak) if across is None else f"{axis_name(down, speak)} ＼ {axis_name(across, speak)}"
    names = [""] if across is None else [_value(page, value) for value in across.values]
    columns = [Column(header=corner, look=Look.DATE if down.days else Look.MONEY, cells=list(down.values))]
    columns += [
        Column(header=name, look=Look.TEXT, cells=[MARKS[row[index]].letter for row in fields])
        for index, name in enumerate(names)
    ]
    placed = page.table(columns)
    for at, row in enumerate(fields, start=placed.first):
        for column, field in enumerate(row, start=1):
            page.fill(at, column, MARKS[field].letter, FILLS[field])
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1)


def _fields(found: Sweep) -> list[list[Field]]:
    """The map, with warnings where its cells are single teams and these are known, as the picture has them."""
    known: dict[tuple[int | dt.date, ...], Field] = {}
    if len(found.axes) <= MAP_AXES:
        known = {team.values: cell_of(team) for team in found.combinations}
    downs: Sequence[int | dt.date] = found.axes[0].values
    acrosses: Sequence[int | dt.date] = found.axes[1].values if len(found.axes) > 1 else ()
    others: list[tuple[int | dt.date, ...]] = [(value,) for value in acrosses] or [()]
    return [
        [known.get((down, *other), cell) for other, cell in zip(others, cells, strict=True)]
        for down, cells in zip(downs, found.map, strict=True)
    ]


def _value(page: Page, value: object) -> str:
    return page.pen.shown(value)


def _frontier(desk: Desk, found: Sweep, scenario: Scenario | None) -> None:
    speak, page = desk.language, desk.page(FRONTIER_SHEET)
    page.title(speak(FRONTIER))
    budget = None if scenario is None else scenario.budget
    placed = _combinations(page, found, found.frontier, scenario, budget)
    cost = len(found.axes)
    chart = chart_of(desk.book, "line")
    chart.add_series(line_series(placed, Line(column=cost, colour=DARK, marked=True)))
    if budget is not None:
        chart.add_series(line_series(placed, Line(column=cost + 1, colour=RED, dashed=True)))
    chart.set_x_axis(axis(axis_name(found.axes[0], speak)))
    chart.set_y_axis(axis(number=MONEY, grid=True))
    insert(page, chart, speak(FRONTIER_CHART))
    is_short = len(found.frontier) <= ONE_PAGE
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1, is_one_page=is_short)


def write_fit(desk: Desk, found: Fit) -> None:
    """What the money fits, on one sheet, with the persons by role as a picture."""
    speak, page = desk.language, desk.page(FIT_SHEET)
    page.title(speak(FIT))
    page.pairs(_money(page, found))
    roles = list(dict.fromkeys([known.role for known in found.allowed] + [role for role, _, _ in found.most]))
    placed = _persons(page, found, roles) if roles else None
    if found.budget is not None:
        page.heading(speak(START))
        start = found.start if found.start is not None else speak(NO_START)
        page.pairs([(speak(START), start, Look.DATE), (speak(COST), found.start_cost, Look.MONEY)])
    if found.steps:
        page.heading(speak(STEPS))
        names, steps, costs = zip(*found.steps, strict=True)
        page.table([texts(speak(ENTRY), names), Column(header=speak(STEP), cells=steps), _costs(page, costs)])
    if placed is not None:
        chart = chart_of(desk.book, "column")
        for index, column in enumerate((1, 2, 3)):
            labels = {"value": True}
            chart.add_series(bar_series(placed, column, COLOURS[index], gap=80, data_labels=labels))
        chart.set_x_axis(axis())
        chart.set_y_axis(axis(number="0", grid=True))
        insert(page, chart, speak(MOST_CHART))
    page.close(desk.title, frozen_rows=1, is_one_page=True)


def _money(page: Page, found: Fit) -> list[tuple[str, Cell, Look]]:
    speak = page.language
    known: list[tuple[str, Cell, Look]] = [(speak(LEAST), found.least_money, Look.MONEY)]
    if found.budget is None:
        known.insert(0, (speak(BUDGET), speak(NO_BUDGET), Look.TEXT))
    else:
        spare = found.budget - found.least_money
        known.insert(0, (speak(BUDGET), found.budget, Look.MONEY))
        known.append((speak(SPARE if spare >= 0 else SHORT), abs(spare), Look.MONEY))
    return known


def _costs(page: Page, costs: Sequence[int]) -> Column:
    return Column(header=page.language(COST), cells=costs)


def _persons(page: Page, found: Fit, roles: Sequence[Role]) -> Placed:
    """Planned, the most that the money pays, the most that no rule stops, and what stops one more."""
    speak = page.language
    paid = {role: (persons, cost) for role, persons, cost in found.most}
    allowed = {known.role: known for known in found.allowed}
    stops = [allowed[role].binding if role in allowed else None for role in roles]
    page.heading(f"{speak(MOST)}／{speak(ALLOWED)}" if speak.is_chinese else f"{speak(MOST)}; {speak(ALLOWED)}")
    return page.table(
        [
            texts(speak(ROLE), (speak(role) for role in roles)),
            Column(
                header=speak(PLANNED),
                cells=[allowed[role].planned if role in allowed else None for role in roles],
            ),
            Column(header=speak(BY_MONEY), cells=[paid[role][0] if role in paid else None for role in roles]),
            Column(
                header=speak(BY_RULES), cells=[allowed[role].persons if role in allowed else None for role in roles]
            ),
            texts(speak(STOPS), ("–" if stop is None else speak(BINDINGS[stop]) for stop in stops)),
            Column(header=speak(COST), cells=[paid[role][1] if role in paid else None for role in roles]),
        ]
    )
