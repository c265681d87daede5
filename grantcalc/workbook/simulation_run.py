"""The sheets of a run, or of two side by side: months, rules, entries, retention and turnover, with charts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from grantcalc.draft.model import Role
from grantcalc.headcount.run import MonthCost, MonthRow
from grantcalc.headcount.simulation import Compared, Simulation
from grantcalc.report.simulation_compare_text import DIFFERENCE, DIFFERENCE_SUM, FIRST, OF, SECOND
from grantcalc.report.simulation_run_text import (
    ALLOWANCE,
    BONUS,
    BUDGET_LEFT,
    CASES,
    CUMULATIVE,
    HIGH,
    INSURANCE,
    LEFT,
    LOW,
    OWN,
    PAY,
    TOTAL,
    roles_of,
)
from grantcalc.report.simulation_run_text import MONTHS as MONTHS_TITLE
from grantcalc.report.simulation_words import BUDGET, CASES_EACH, MONTH, RATIO, SUBSIDISED, month_label
from grantcalc.text import Message
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
from grantcalc.workbook.simulation_desk import Desk, plainest
from grantcalc.workbook.simulation_page import Column, Look, Page, Placed, texts
from grantcalc.workbook.simulation_rules import sheet_name, write_entries, write_rules, write_turnover

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

MONTHS_SHEET, BOTH_SHEET = Message("Months"), Message("Side by side")
YEAR, ITEM = Message("The year (dollars)"), Message("Item")
STAFF_CHART = Message("Staff and cost until the end of the month, with the budget")
MONEY_CHART = Message("Cost of each month by kind (dollars)")
PERSONS_AXIS, MONEY_AXIS = Message("Persons"), Message("Dollars")
BOTH_CHART = Message("Subsidised by month in both, and the difference in all (dollars)")
HALF, GAP = 520, 12
"""Pixels: least width of a picture beside another, and between them."""
KINDS = ((PAY, "pay"), (BONUS, "bonus"), (INSURANCE, "insurance"), (ALLOWANCE, "allowance"), (OWN, "own"))


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
    roles = roles_of(found.run)
    people, money = _people(page, found, roles), _money(page, found)
    columns = [_month_names(page, found.run.months, speak(TOTAL)), *people, *money]
    placed = page.table(columns, has_total=True)
    headers = [column.header for column in columns]
    half = max(HALF, (page.pixels - GAP) // 2)
    below = page.row + 1
    staff = _staff_chart(desk, placed, list(range(1, 1 + len(roles))), headers)
    insert(page, staff, speak(STAFF_CHART), Frame(width=half, row=below))
    kinds = [1 + len(people) + index for index in range(len(_kinds(found)))]
    chart = stacked(desk.book, placed, kinds)
    chart.set_x_axis(axis())
    chart.set_y_axis(axis(speak(MONEY_AXIS), MONEY, grid=True))
    insert(page, chart, speak(MONEY_CHART), Frame(width=half, row=below, x=half + GAP))
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1, is_one_page=True)


def _month_names(page: Page, rows: Sequence[MonthRow], total: str) -> Column:
    speak = page.language
    names = [month_label(row.month, speak) for row in rows]
    return Column(header=speak(MONTH), look=Look.TEXT, cells=names, total=total)


def _people(page: Page, found: Simulation, roles: Sequence[Role]) -> list[Column]:
    speak, rows = page.language, found.run.months
    known = [Column(header=speak(role), cells=[row.heads.get(role, 0) for row in rows]) for role in roles]
    if any(row.ratio is not None for row in rows):
        known.append(Column(header=speak(RATIO), look=Look.RATIO, cells=[row.ratio for row in rows]))
    if any(row.cases is not None for row in rows):
        cases = [None if row.cases is None else Fraction(row.cases) for row in rows]
        known.append(Column(header=speak(CASES), look=plainest(Look.NUMBER, cases), cells=cases))
        known.append(Column(header=speak(CASES_EACH), look=Look.RATIO, cells=[row.cases_each for row in rows]))
    return known


def _kinds(found: Simulation) -> list[tuple[Message, str]]:
    """Pay and bonus always; the others where there are any."""
    always = {"pay", "bonus"}
    return [(name, key) for name, key in KINDS if key in always or getattr(found.run.total, key)]


def _money(page: Page, found: Simulation) -> list[Column]:
    speak, rows, run = page.language, found.run.months, found.run
    known = [
        Column(header=speak(name), cells=[_of(row.cost, key) for row in rows], total=_of(run.total, key))
        for name, key in _kinds(found)
    ]
    known.append(Column(header=speak(SUBSIDISED), cells=[row.subsidised for row in rows], total=run.subsidised))
    known.append(Column(header=speak(CUMULATIVE), cells=[row.cumulative for row in rows], total=run.subsidised))
    if run.budget is not None:
        known.append(Column(header=speak(BUDGET), cells=[run.budget] * len(rows), total=run.budget))
        known.append(Column(header=speak(LEFT), cells=[row.left for row in rows], total=run.left))
    return known


def _of(cost: MonthCost, key: str) -> int:
    amount: int = getattr(cost, key)
    return amount


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
    pairs, sides = found.months, ((FIRST, "a"), (SECOND, "b"))
    columns = [texts(speak(MONTH), (month_label(pair.month, speak) for pair in pairs))]
    for role in dict.fromkeys((*roles_of(found.a.run), *roles_of(found.b.run))):
        for which, side in sides:
            rows: list[MonthRow | None] = [getattr(pair, side) for pair in pairs]
            cells = [None if row is None else row.heads.get(role, 0) for row in rows]
            columns.append(Column(header=speak(OF(what=role, which=which())), cells=cells))
    money = len(columns)
    for which, side in sides:
        rows = [getattr(pair, side) for pair in pairs]
        cells = [None if row is None else row.subsidised for row in rows]
        columns.append(Column(header=speak(OF(what=SUBSIDISED(), which=which())), cells=cells))
    changes = [pair.difference for pair in pairs]
    columns.append(Column(header=speak(DIFFERENCE), look=Look.SIGNED, cells=changes))
    columns.append(Column(header=speak(DIFFERENCE_SUM), look=Look.SIGNED, cells=list(accumulate(changes))))
    placed = page.table(columns)
    chart = chart_of(desk.book, "column")
    for index, column in enumerate((money, money + 1)):
        chart.add_series(bar_series(placed, column, COLOURS[index * 2], gap=60))
    lines = chart_of(desk.book, "line")
    lines.add_series(line_series(placed, Line(column=money + 3, colour=RED, marked=True)))
    chart.set_x_axis(axis(label_position="low"))
    chart.set_y_axis(axis(speak(MONEY_AXIS), MONEY, grid=True))
    page.heading(speak(YEAR))
    _both_years(page, found)
    insert(page, combined(chart, lines), speak(BOTH_CHART))
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1, is_one_page=True)


def _both_years(page: Page, found: Compared) -> None:
    """Totals of both; amounts that are nothing in both are left out."""
    speak, a, b = page.language, found.a.run, found.b.run
    known = [(name, _of(a.total, key), _of(b.total, key)) for name, key in KINDS]
    rows = [entry for entry in known if entry[1] or entry[2]]
    rows += [(SUBSIDISED, a.subsidised, b.subsidised), (LOW, a.low, b.low), (HIGH, a.high, b.high)]
    if a.left is not None and b.left is not None:
        rows.append((BUDGET_LEFT, a.left, b.left))
    page.table(
        [
            texts(speak(ITEM), (speak(name) for name, _, _ in rows)),
            Column(header=speak(FIRST), cells=[first for _, first, _ in rows]),
            Column(header=speak(SECOND), cells=[second for _, _, second in rows]),
            Column(header=speak(DIFFERENCE), look=Look.SIGNED, cells=[second - first for _, first, second in rows]),
        ]
    )
