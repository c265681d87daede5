"""The sheets of a run, or of two side by side: months, rules, entries, retention and turnover, with charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grantcalc.headcount.simulation import Compared, Simulation
from grantcalc.report.columns import Column
from grantcalc.report.simulation_compare_rows import (
    FIRST,
    OF,
    SECOND,
    YEAR,
    both_money,
    both_months,
    both_roles,
    both_years,
    heads,
)
from grantcalc.report.simulation_run_rows import CUMULATIVE, kinds_of, money, month_names, people, roles_of
from grantcalc.report.simulation_run_rows import MONTHS as MONTHS_TITLE
from grantcalc.report.simulation_words import BUDGET
from grantcalc.text import Language, Message
from grantcalc.workbook.simulation_charts import BUDGET as RED
from grantcalc.workbook.simulation_charts import (
    COLOURS,
    MONEY,
    Frame,
    Line,
    axis,
    bar_series,
    chart_of,
    combined,
    insert,
    line_series,
    stacked,
)
from grantcalc.workbook.simulation_charts import COST as DARK
from grantcalc.workbook.simulation_desk import Desk
from grantcalc.workbook.simulation_page import Placed
from grantcalc.workbook.simulation_rules import sheet_name, write_entries, write_rules, write_turnover

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

MONTHS_SHEET, BOTH_SHEET = Message("Months"), Message("Side by side")
STAFF_CHART = Message("Staff and cost until the end of the month, with the budget")
MONEY_CHART = Message("Cost of each month by kind (dollars)")
PERSONS_AXIS, MONEY_AXIS = Message("Persons"), Message("Dollars")
BOTH_CHART = Message("Subsidised by month in both, and the difference in all (dollars)")
HALF, GAP = 520, 12
"""Pixels: least width of a picture beside another, and between them."""


def write_run(desk: Desk, found: Simulation, which: Message | None = None) -> None:
    """All sheets of one scenario; ``which`` tells the two of a comparison apart."""
    _months(desk, found, which)
    write_rules(desk, found, which)
    write_entries(desk, found, which)
    write_turnover(desk, found, which)


def write_compared(desk: Desk, found: Compared) -> None:
    """Both beside each other, then the sheets of each."""
    _side_by_side(desk, found)
    for which, side in ((FIRST, found.a), (SECOND, found.b)):
        write_run(desk, side, which)


def _months(desk: Desk, found: Simulation, which: Message | None) -> None:
    """Every month, and both pictures beneath the table."""
    speak, page = desk.language, desk.page(sheet_name(MONTHS_SHEET, which))
    page.title(speak(MONTHS_TITLE))
    roles = len(roles_of(found.run))
    persons, amounts = people(found, speak), _amounts(found, speak)
    columns = [month_names(found, speak), *persons, *amounts]
    placed = page.table(columns, has_total=True)
    headers = [column.header for column in columns]
    half = max(HALF, (page.pixels - GAP) // 2)
    below = page.row + 1
    if roles:  # a chart without a series is none
        staff = _staff_chart(desk, placed, range(1, 1 + roles), headers)
        insert(page, staff, speak(STAFF_CHART), Frame(width=half, row=below))
    first = 1 + len(persons)
    chart = stacked(desk.book, placed, range(first, first + len(kinds_of(found))))
    chart.set_x_axis(axis())
    chart.set_y_axis(axis(speak(MONEY_AXIS), MONEY, grid=True))
    insert(page, chart, speak(MONEY_CHART), Frame(width=half, row=below, x=half + GAP))
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1, is_one_page=True)


def _amounts(found: Simulation, speak: Language) -> list[Column]:
    """The columns of money; the budget, which the picture refers to, before what is left of it."""
    known, budget = money(found, speak), found.run.budget
    if budget is None:
        return known
    across = Column(header=speak(BUDGET), cells=[budget] * len(found.run.months), total=budget)
    return [*known[:-1], across, known[-1]]


def _staff_chart(desk: Desk, placed: Placed, roles: Sequence[int], headers: Sequence[str]) -> Chart:
    """Persons stacked by role; the cost so far and the budget as lines, by the axis on the right."""
    speak = desk.language
    chart = stacked(desk.book, placed, roles)
    lines = chart_of(desk.book, "line")
    cost = Line(column=headers.index(speak(CUMULATIVE)), colour=DARK, marked=True)
    lines.add_series(line_series(placed, cost, y2_axis=True))
    if speak(BUDGET) in headers:
        budget = Line(column=headers.index(speak(BUDGET)), colour=RED, dashed=True)
        lines.add_series(line_series(placed, budget, y2_axis=True))
    chart.set_x_axis(axis())
    chart.set_y_axis(axis(speak(PERSONS_AXIS), "0", grid=True, min=0))
    lines.set_y2_axis(axis(speak(MONEY_AXIS), MONEY, min=0))
    return combined(chart, lines)


def _side_by_side(desk: Desk, found: Compared) -> None:
    """Persons and money of both by month, with a picture, and the year."""
    speak, page = desk.language, desk.page(BOTH_SHEET)
    page.title(speak(BOTH_SHEET))
    columns = [both_months(found, speak)]
    for role in both_roles(found):
        for which, rows in ((FIRST, [pair.a for pair in found.months]), (SECOND, [pair.b for pair in found.months])):
            cells = [heads(row, role) for row in rows]
            columns.append(Column(header=speak(OF(what=role, which=which())), cells=cells))
    money_at = len(columns)
    columns += both_money(found, speak, in_full=True)
    placed = page.table(columns)
    chart = chart_of(desk.book, "column")
    for index, column in enumerate((money_at, money_at + 1)):
        chart.add_series(bar_series(placed, column, COLOURS[index * 2], gap=60))
    lines = chart_of(desk.book, "line")
    lines.add_series(line_series(placed, Line(column=money_at + 3, colour=RED, marked=True)))
    chart.set_x_axis(axis(label_position="low"))
    chart.set_y_axis(axis(speak(MONEY_AXIS), MONEY, grid=True))
    page.heading(speak(YEAR))
    page.table(both_years(found, speak))
    insert(page, combined(chart, lines), speak(BOTH_CHART))
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1, is_one_page=True)
