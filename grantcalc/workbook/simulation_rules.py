"""The sheets of a run beside its months: rules, entries of staff, retention and what turnover does to the money."""

from __future__ import annotations

from collections.abc import Mapping

from grantcalc.finding import Outcome
from grantcalc.headcount.limits import State
from grantcalc.headcount.simulation import Simulation
from grantcalc.report.simulation_compare_rows import OF
from grantcalc.report.simulation_run_rows import (
    BONUSES,
    ENTRIES,
    NO_RULES,
    PLAN,
    RETENTION,
    RULES,
    YEAR,
    bonuses,
    entries,
    plan,
    retention,
    rule_spans,
    rules,
    year,
)
from grantcalc.report.simulation_words import STATES
from grantcalc.text import Message, Text
from grantcalc.workbook.simulation_charts import BUDGET as RED
from grantcalc.workbook.simulation_charts import COST as DARK
from grantcalc.workbook.simulation_charts import MONEY, Frame, Line, axis, chart_of, insert, line_series
from grantcalc.workbook.simulation_desk import Desk
from grantcalc.workbook.simulation_page import Page

RULES_SHEET, ENTRIES_SHEET = Message("Rules"), Message("Staff entries")
TURNOVER_SHEET = Message("Retention and turnover")
PLAN_CHART = Message("Spent against an even plan of the budget (dollars)")
OUTCOMES: Mapping[State, Outcome | None] = {
    State.KEPT: None,
    State.WARNED: Outcome.WARNING,
    State.BROKEN: Outcome.ERROR,
}
WIDTH, HEIGHT = 640, 300
"""Pixels of the picture beside its table."""


def sheet_name(name: Message, which: Message | None) -> Text:
    """A sheet's name, of the first or second scenario where there are two."""
    return name() if which is None else OF(what=name(), which=which())


def write_rules(desk: Desk, found: Simulation, which: Message | None) -> None:
    """Every rule; months in a row that say the same are one row."""
    speak, page = desk.language, desk.page(sheet_name(RULES_SHEET, which))
    page.title(speak(RULES))
    if not found.rules:
        page.note(speak(NO_RULES))
        page.close(desk.title)
        return
    placed = page.table(rules(found, speak))
    for row, span in enumerate(rule_spans(found, speak), start=placed.first):
        page.mark(row, 0, speak(STATES[span.verdict.state]), OUTCOMES[span.verdict.state])
    page.close(desk.title, frozen_rows=placed.first)


def write_entries(desk: Desk, found: Simulation, which: Message | None) -> None:
    """What each entry of staff costs, and the year."""
    speak, page = desk.language, desk.page(sheet_name(ENTRIES_SHEET, which))
    page.title(speak(ENTRIES))
    placed = page.table(entries(found, speak), has_total=True)
    page.heading(speak(YEAR))
    page.pairs(year(found, speak))
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1)


def write_turnover(desk: Desk, found: Simulation, which: Message | None) -> None:
    """Retention, money against an even plan, and bonuses of joiners and leavers; no sheet without any of them."""
    if not (found.retention or found.turnover.plan or found.turnover.bonuses):
        return
    speak, page = desk.language, desk.page(sheet_name(TURNOVER_SHEET, which))
    page.title(speak(TURNOVER_SHEET))
    if found.retention:
        page.heading(speak(RETENTION))
        page.table(retention(found, speak))
    if found.turnover.bonuses:
        page.heading(speak(BONUSES))
        page.table(bonuses(found, speak))
    if found.turnover.plan:
        page.heading(speak(PLAN))
        _plan(desk, page, found)
    page.close(desk.title, frozen_rows=1, is_one_page=True)


def _plan(desk: Desk, page: Page, found: Simulation) -> None:
    """Planned and spent until the end of each month, with both as lines."""
    speak = page.language
    placed = page.table(plan(found, speak))
    chart = chart_of(desk.book, "line")
    chart.add_series(line_series(placed, Line(column=1, colour=RED, dashed=True)))
    chart.add_series(line_series(placed, Line(column=2, colour=DARK, marked=True)))
    chart.set_x_axis(axis())
    chart.set_y_axis(axis(number=MONEY, grid=True))
    # Beside the table, so that both are on one page.
    insert(page, chart, speak(PLAN_CHART), Frame(width=WIDTH, height=HEIGHT, column=placed.columns, row=placed.head))
