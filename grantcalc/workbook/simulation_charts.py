"""Native charts of a simulation's workbook: they refer to the cells, so that a change of a cell changes the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from attrs import frozen

from grantcalc.workbook.simulation_page import Page, Placed
from grantcalc.workbook.styles import FONT

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

COLOURS = ("#4472C4", "#9DC3E6", "#ED7D31", "#A5A5A5", "#70AD47", "#FFC000", "#7030A0", "#264478", "#997300")
COST, BUDGET = "#1F4E79", "#C00000"
GRID = {"visible": True, "line": {"color": "#E1E1E1", "width": 0.75}}
LEAST, MOST, HEIGHT = 760, 1180, 400
"""Pixels."""
ROW_PIXELS = 20
"""Pixels of a row of the common height."""
MONEY = "#,##0"


@frozen(kw_only=True)
class Line:
    """A line of a chart: a column of a table."""

    column: int
    colour: str
    width: float = 2.25
    dashed: bool = False
    marked: bool = False


def line_series(placed: Placed, line: Line, names: int = 0, **more: Any) -> dict[str, Any]:
    """A line; ``names`` is the column of the categories."""
    drawn = {"color": line.colour, "width": line.width, **({"dash_type": "dash"} if line.dashed else {})}
    marker = {"type": "circle", "size": 5, "border": {"color": line.colour}, "fill": {"color": line.colour}}
    return {
        "name": placed.header(line.column),
        "categories": placed.cells(names),
        "values": placed.cells(line.column),
        "line": drawn,
        "marker": marker if line.marked else {"type": "none"},
        **more,
    }


def bar_series(placed: Placed, column: int, colour: str, names: int = 0, **more: Any) -> dict[str, Any]:
    """Columns or bars of one colour."""
    return {
        "name": placed.header(column),
        "categories": placed.cells(names),
        "values": placed.cells(column),
        "fill": {"color": colour},
        "border": {"color": "#FFFFFF", "width": 0.5},
        **more,
    }


def chart_of(book: Workbook, kind: str, subtype: str | None = None) -> Chart:
    """An empty chart of this kind."""
    return book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})


def axis(name: str = "", number: str | None = None, *, grid: bool = False, **more: Any) -> dict[str, Any]:
    """An axis with its name and number format."""
    known: dict[str, Any] = {"num_font": {"name": FONT, "size": 9}, "major_gridlines": GRID if grid else {"visible": 0}}
    if name:
        known |= {"name": name, "name_font": {"name": FONT, "size": 9, "bold": False}}
    if number is not None:
        known["num_format"] = number
    return {**known, **more}


@frozen(kw_only=True)
class Frame:
    """Where a picture stands, and its pixels; without a width it is as wide as the tables of its sheet.

    ``x`` are pixels to the right of the column's edge; ``row`` is the row of a picture beside what stands there.
    """

    width: int | None = None
    height: int = HEIGHT
    column: int = 0
    x: int = 4
    row: int | None = None


STANDARD = Frame()


def insert(
    page: Page, chart: Chart, title: str, frame: Frame = STANDARD, *, legend: Mapping[str, Any] | None = None
) -> None:
    """Put a chart beneath what stands on the sheet, and go on below it; or beside it, in a row of its own."""
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 13}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 9}, **(legend or {})})
    chart.set_size({"width": frame.width or min(MOST, max(LEAST, page.pixels)), "height": frame.height})
    chart.show_blanks_as("gap")
    row = page.row + 1 if frame.row is None else frame.row
    options = {"object_position": 2, "description": title, "x_offset": frame.x}
    page.sheet.insert_chart(row, frame.column, chart, options)
    page.row = max(page.row, row + ceil(frame.height / ROW_PIXELS) + 1)


def combined(first: Chart, lines: Chart | None) -> Chart:
    """Both in one picture."""
    if lines is not None:
        first.combine(lines)
    return first


def stacked(book: Workbook, placed: Placed, columns: Sequence[int], gap: int = 60) -> Chart:
    """Stacked columns, one colour for each column of the table."""
    chart = chart_of(book, "column", "stacked")
    for index, column in enumerate(columns):
        chart.add_series(bar_series(placed, column, COLOURS[index % len(COLOURS)], gap=gap))
    return chart
