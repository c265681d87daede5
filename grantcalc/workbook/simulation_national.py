"""The sheets of a national simulation: posts and money of every county, with bars ordered by the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from grantcalc.headcount.results import CountyChange, National, Posts
from grantcalc.report.arithmetic import arithmetic
from grantcalc.report.columns import Cell, Look, texts
from grantcalc.report.simulation_national_rows import (
    AGAINST,
    APPROVED,
    CASES,
    CHANGED,
    COUNTY,
    FORMULA,
    HOW,
    ROLE_NAMES,
    ROLES,
    column,
    money,
    names,
    posts,
    standings,
)
from grantcalc.text import Message
from grantcalc.workbook.simulation_charts import COLOURS, MONEY, Frame, axis, bar_series, chart_of, insert
from grantcalc.workbook.simulation_desk import Desk
from grantcalc.workbook.simulation_page import Page, Placed
from grantcalc.workbook.styles import FONT

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

COUNTIES_SHEET = Message("Counties")
ROLES_SHEET = Message("Posts by role")
CHARTS_SHEET = Message("Charts")
HOW_SHEET = Message("Arithmetic")
TITLE = Message("Posts and money of the counties, who gains most first")
POSTS_CHART = Message("Posts gained or lost by the change")
MONEY_CHART = Message("Approved money less what the changed posts take (dollars)")
BEFORE, AFTER = Message("{what}: as it stands"), Message("{what}: changed")
NEGATIVE = "#C00000"
ROW, LEAST, HALF, GAP = 22, 120, 600, 16
"""Pixels of one bar, of the rest of the picture, of its width, and between two."""
SIGNED = "+#,##0;-#,##0;0"
GAINED_COLUMN, BALANCE_COLUMN = 4, 9
ENDS = Fraction(1, 5)
"""Of the length of the axis, for the numbers at the end of a bar."""
SPLIT = 3
"""Columns that the label of a standing takes together."""
TEXT_WIDTH = 110


def write_national(desk: Desk, found: National) -> None:
    """Counties with both pictures, posts by role, and the arithmetic."""
    _counties(desk, found)
    _roles(desk, found)
    _arithmetic(desk, found)


def _counties(desk: Desk, found: National) -> None:
    speak, page = desk.language, desk.page(COUNTIES_SHEET)
    page.title(speak(TITLE))
    persons = posts(found, speak)
    if not found.changes:  # nobody gains or loses by nothing: the picture shows how the formula stands to approval
        persons[-1] = column(
            speak(AGAINST), found, lambda county: county.formula_posts - county.approved_posts, Look.SIGNED
        )
    columns = [names(found, speak), *persons, *money(found, speak)]
    placed = page.table(columns, has_total=True)
    _standings(page, found)
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1)
    _charts(desk, found, placed)


def _standings(page: Page, found: National) -> None:
    """Who gains, who loses, and for whom the money does not suffice, in words across the table."""
    speak = page.language
    page.row += 1
    for name, counties in standings(found):
        listed = speak.listed(speak(county.county) for county in counties) or "–"
        page.wide(f"{speak(name)} ({len(counties)})", listed, SPLIT, BALANCE_COLUMN)


def _charts(desk: Desk, found: National, placed: Placed) -> None:
    """Both pictures beside each other on a sheet of their own."""
    speak, page = desk.language, desk.page(CHARTS_SHEET)
    page.title(speak(CHARTS_SHEET))
    gains = [
        county.gained if found.changes else county.formula_posts - county.approved_posts for county in found.counties
    ]
    posts_title = POSTS_CHART if found.changes else AGAINST
    balances = [county.balance for county in found.counties]
    height = LEAST + ROW * len(found.counties)
    for index, (at, amounts, title, number) in enumerate(
        ((GAINED_COLUMN, gains, posts_title, SIGNED), (BALANCE_COLUMN, balances, MONEY_CHART, MONEY))
    ):
        frame = Frame(width=HALF, height=height, x=4 + index * (HALF + GAP), row=2)
        insert(page, _bars(desk, placed, at, amounts, number), speak(title), frame, legend={"none": True})
    page.close(desk.title, is_one_page=True)


def _bars(desk: Desk, placed: Placed, at: int, amounts: Sequence[int], number: str) -> Chart:
    """Bars in the order of the table, the first at the top; those below zero in another colour."""
    chart = chart_of(desk.book, "bar")
    points = [{"fill": {"color": NEGATIVE if amount < 0 else COLOURS[0]}} for amount in amounts]
    labels = {"value": True, "num_format": number, "font": {"name": FONT, "size": 8}}
    chart.add_series(bar_series(placed, at, COLOURS[0], gap=40, data_labels=labels, points=points))
    # In a bar chart the axis of the categories is the y axis.
    chart.set_y_axis(axis(reverse=True, label_position="low", interval_unit=1))
    # Room for the numbers at the ends of the longest bars: the names of the counties stand right beside them.
    low, high = min(0, *amounts), max(0, *amounts)
    room = ceil((high - low) * ENDS)
    ends: dict[str, Any] = {"min": low - room if low else None, "max": high + room if high else None}
    chart.set_x_axis(axis(number=number, grid=True, visible=False, **ends))
    return chart


def _roles(desk: Desk, found: National) -> None:
    speak, page = desk.language, desk.page(ROLES_SHEET)
    page.title(speak(ROLES))
    columns = [
        names(found, speak),
        column(speak(BEFORE(what=CASES())), found, lambda county: county.cases, Look.NUMBER),
        column(speak(AFTER(what=CASES())), found, lambda county: county.changed_cases, Look.NUMBER),
    ]
    for role, name in ROLE_NAMES.items():
        for word, of in ((APPROVED, "approved"), (FORMULA, "formula"), (CHANGED, "changed")):
            columns.append(column(f"{speak(name)}\n{speak(word)}", found, _count(role, of)))
    placed = page.table(columns, has_total=True)
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1)


def _count(role: str, of: str) -> Callable[[CountyChange], Cell]:
    def count(county: CountyChange) -> Cell:
        posts: Posts = getattr(county, of)
        number: int = getattr(posts, role)
        return number

    return count


def _arithmetic(desk: Desk, found: National) -> None:
    speak, page = desk.language, desk.page(HOW_SHEET)
    page.title(speak(HOW))
    rows = [
        (speak(county.county), "\n".join(arithmetic(county.explanation, speak)))
        for county in found.counties
        if county.explanation is not None
    ]
    placed = page.table(
        [texts(speak(COUNTY), [name for name, _ in rows]), texts(speak(HOW), [how for _, how in rows], TEXT_WIDTH)]
    )
    page.close(desk.title, frozen_rows=placed.first)
