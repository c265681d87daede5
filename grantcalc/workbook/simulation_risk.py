"""The sheets of a risk run: percentiles of the year, of broken rules and of the months, the last as fans."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Percentiles, Risk
from grantcalc.report.columns import Column, texts
from grantcalc.report.simulation_risk_rows import (
    BROKEN,
    CUMULATIVE,
    DRAWN,
    PERCENTILES,
    RETENTION,
    UNSPENT_MONTHS,
    broken,
    by_month,
    drawn,
    month_names,
    served,
    year,
)
from grantcalc.report.simulation_words import BUDGET as BUDGET_WORD
from grantcalc.report.simulation_words import MONTH
from grantcalc.text import Language, Message
from grantcalc.workbook.simulation_charts import (
    BUDGET,
    MONEY,
    ROW_PIXELS,
    Frame,
    Line,
    axis,
    bar_series,
    chart_of,
    combined,
    insert,
    line_series,
)
from grantcalc.workbook.simulation_charts import COST as DARK
from grantcalc.workbook.simulation_desk import Desk

YEAR_SHEET, COST_SHEET, UNSPENT_SHEET = Message("The year drawn"), Message("Cost fan"), Message("Unspent fan")
FAN = Message("Cost until the end of the month: bands of the draws (dollars)")
UNSPENT_FAN = Message("Unspent against an even plan: bands of the draws (dollars)")
BAND = Message("P{low} to P{high}")
BASE = Message("up to P{low}")
HELPER = Message("Bands of the chart (each is the percentile less the one before)")

BANDS = ((5, 25, "#BDD7EE"), (25, 50, "#6FA8DC"), (50, 75, "#6FA8DC"), (75, 95, "#BDD7EE"))
"""From percentile to percentile, with the colour."""
MIDDLE = 50


def write_risk(desk: Desk, found: Risk, scenario: Scenario | None) -> None:
    """The year, and a sheet with a fan for each of cost and unspent money."""
    months = month_names(found, scenario, desk.language)
    _year(desk, found)
    _fan(desk, (COST_SHEET, CUMULATIVE, FAN), months, found.by_month, found.budget)
    if found.unspent_by_month:
        _fan(desk, (UNSPENT_SHEET, UNSPENT_MONTHS, UNSPENT_FAN), months, found.unspent_by_month, None)


def _year(desk: Desk, found: Risk) -> None:
    speak, page = desk.language, desk.page(YEAR_SHEET)
    page.title(speak(DRAWN))
    page.pairs(drawn(found, speak))
    tables = ((PERCENTILES, year(found, speak)), (BROKEN, broken(found, speak)), (RETENTION, served(found, speak)))
    for title, columns in tables:
        if columns:
            page.heading(speak(title))
            page.table(columns)
    page.close(desk.title, frozen_rows=1)


def _fan(
    desk: Desk,
    names: tuple[Message, Message, Message],
    months: Sequence[str],
    fan: Sequence[Percentiles],
    budget: int | None,
) -> None:
    """The percentiles by month, and as a picture the bands between them, the middle and the budget as lines.

    ``names``: the sheet, its title, that of the picture. The bands have a table of their own beneath the picture.
    """
    sheet, title, told = names
    speak, page = desk.language, desk.page(sheet)
    page.title(speak(title))
    limit = [] if budget is None else [Column(header=speak(BUDGET_WORD), cells=[budget] * len(fan))]
    placed = page.table([*by_month(months, fan, speak), *limit])
    frame = Frame(row=page.row + 1)
    page.row += ceil(frame.height / ROW_PIXELS) + 1
    page.heading(speak(HELPER))
    bands = page.table([texts(speak(MONTH), months), *_bands(fan, speak)])
    chart = chart_of(desk.book, "area", "stacked")
    for index, colour in enumerate((None, *(colour for _, _, colour in BANDS)), start=1):
        fill = {"none": True} if colour is None else {"color": colour}
        chart.add_series({**bar_series(bands, index, "#FFFFFF"), "fill": fill, "border": {"none": True}})
    lines = chart_of(desk.book, "line")
    numbers = list(fan[0].values)
    lines.add_series(line_series(placed, Line(column=1 + numbers.index(MIDDLE), colour=DARK)))
    if budget is not None:
        lines.add_series(line_series(placed, Line(column=1 + len(numbers), colour=BUDGET, dashed=True)))
    chart.set_x_axis(axis(label_position="low", position_axis="on_tick"))
    chart.set_y_axis(axis(number=MONEY, grid=True))
    insert(page, combined(chart, lines), speak(told), frame, legend={"delete_series": [0]})
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1, is_one_page=True)


def _bands(by_month: Sequence[Percentiles], speak: Language) -> list[Column]:
    low = BANDS[0][0]
    base = Column(header=speak(BASE(low=low)), cells=[known.values[low] for known in by_month])
    return [
        base,
        *(
            Column(
                header=speak(BAND(low=start, high=end)),
                cells=[known.values[end] - known.values[start] for known in by_month],
            )
            for start, end, _ in BANDS
        ),
    ]
