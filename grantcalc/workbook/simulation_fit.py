"""The sheet of a fit: the money, persons by role with a picture, the start and the steps that fit."""

from __future__ import annotations

from collections.abc import Mapping

from grantcalc.headcount.results import Allowed, Fit
from grantcalc.report.columns import Cell, Column, Look, texts
from grantcalc.report.simulation_fit_rows import (
    FIT,
    START,
    STEPS,
    STOPS,
    money_of,
    peak_of,
    planned_word,
    start_of,
    steps_of,
    stop_of,
)
from grantcalc.report.simulation_sweep_rows import NONE, PEAK
from grantcalc.report.simulation_words import COST, ROLE
from grantcalc.text import Language, Message
from grantcalc.workbook.simulation_charts import COLOURS, axis, bar_series, chart_of, insert
from grantcalc.workbook.simulation_desk import Desk
from grantcalc.workbook.simulation_page import Page, Placed

SHEET = Message("What fits")
PERSONS = Message("Persons by role: planned, and the most that fit")
BY_MONEY, BY_RULES = Message("Most that the money pays"), Message("Most that no rule stops")


def write_fit(desk: Desk, found: Fit) -> None:
    """What the money fits, on one sheet, with the persons by role as a picture."""
    speak, page = desk.language, desk.page(SHEET)
    page.title(speak(FIT))
    page.pairs(money_of(found, speak))
    placed = _persons(page, found) if found.allowed else None
    if found.budget is not None:
        page.heading(speak(START))
        page.pairs(start_of(found, speak))
    if found.steps:
        page.heading(speak(STEPS))
        page.table(steps_of(found, speak))
    if placed is not None:
        _picture(desk, page, found, placed)
    page.close(desk.title, frozen_rows=1, is_one_page=True)


def _persons(page: Page, found: Fit) -> Placed:
    """Planned, the most that the money pays with the cost then, the most that no rule stops, what stops one more."""
    speak, known = page.language, found.allowed
    page.heading(speak(PERSONS))
    return page.table(
        [
            texts(speak(ROLE), (speak(one.role) for one in known)),
            Column(header=speak(planned_word(found)), cells=[one.planned for one in known]),
            Column(header=speak(BY_RULES), cells=[_or_none(one.persons, speak) for one in known]),
            Column(header=speak(PEAK), look=Look.NUMBER, cells=[peak_of(one) for one in known]),
            texts(speak(STOPS), (stop_of(one, speak) for one in known)),
            *(_by_money(found, known, speak) if found.most else ()),
        ]
    )


def _or_none(persons: int | None, speak: Language) -> Cell:
    return speak(NONE) if persons is None else persons


def _by_money(found: Fit, known: tuple[Allowed, ...], speak: Language) -> list[Column]:
    """The most that the money pays, and what the year then costs."""
    paid: Mapping[object, tuple[int, int]] = {role: (persons, cost) for role, persons, cost in found.most}
    rows = [paid.get(one.role) for one in known]
    persons: list[Cell] = [None if row is None else row[0] for row in rows]
    costs: list[Cell] = [None if row is None else row[1] for row in rows]
    return [Column(header=speak(BY_MONEY), cells=persons), Column(header=speak(COST), cells=costs)]


def _picture(desk: Desk, page: Page, found: Fit, placed: Placed) -> None:
    """Bars of the persons; those that the money pays only where there is a budget."""
    columns = (1, placed.columns - 2, 2) if found.most else (1, 2)
    chart = chart_of(desk.book, "column")
    for index, column in enumerate(columns):
        chart.add_series(bar_series(placed, column, COLOURS[index], gap=80, data_labels={"value": True}))
    chart.set_x_axis(axis())
    chart.set_y_axis(axis(number="0", grid=True))
    insert(page, chart, desk.language(PERSONS))
