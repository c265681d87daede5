"""Pictures of a sweep and of what the money fits: the map, the cost of the frontier, persons by role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from grantcalc.headcount.limits import State
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Fit, Sweep
from grantcalc.report.pictures import (
    ALARM,
    INK,
    PALETTE,
    SIZE,
    SMALL,
    SOFT,
    UNIT,
    WIDTH,
    Key,
    Picture,
    Sheet,
    draw,
    legend_height,
    scaled,
    told,
    width_of,
)
from grantcalc.report.pictures_axes import (
    budget_line,
    names_below,
    numbers_below,
    numbers_left,
    with_amount,
)
from grantcalc.report.pictures_map import MARKS, grid_of, map_picture
from grantcalc.report.simulation_sweep_rows import (
    FIELDS,
    LETTER,
    Field,
    axis_value,
    column_name,
    field_of,
    frontier_axis,
    frontier_title,
)
from grantcalc.report.simulation_words import BUDGET
from grantcalc.text import Language, Message

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FRONTIER_TOLD = Message("The cost of the year of the cheapest feasible team, by number of persons. In the table.")
MOST = Message("Persons by role: planned, and the most that fit")
MOST_TOLD = Message("Bars for each role: persons planned, the most that the money pays, the most that no rule stops.")
PLANNED, BY_MONEY, BY_RULES = (
    Message("Planned persons"),
    Message("Most that the money pays"),
    Message("Most that no rule stops"),
)
NONE = Message("none")

LEFT, RIGHT = 50.0, WIDTH - 6.0
LISTED = 40
"""More teams of a frontier than these are a line, not bars."""


def sweep_pictures(found: Sweep, scenario: Scenario | None, speak: Language) -> tuple[Picture, ...]:
    """The map, and the frontier."""
    grid = grid_of(found, speak)
    pictures = [] if grid is None else [map_picture(found, grid, speak)]
    if found.frontier:
        pictures.append(_frontier(found, scenario, speak))
    return tuple(pictures)


def _frontier(found: Sweep, scenario: Scenario | None, speak: Language) -> Picture:
    teams = found.frontier
    costs = [scaled(team.cost, speak) for team in teams]
    at = frontier_axis(found)
    names = [axis_value(team.values[at]) for team in teams]
    budget = None if scenario is None else scenario.budget
    cells = [field_of(team) for team in teams]
    shades = {cell: MARKS[cell].colour for cell in (None, State.WARNED)}
    is_line = len(teams) > LISTED
    keys = [
        Key(label=speak(FIELDS[cell][1]), colour=shade, letter="" if cell is None else "!")
        for cell, shade in shades.items()
        if cell in cells and not is_line
    ]
    if budget is not None:
        keys.append(Key(label=with_amount(speak(BUDGET), budget, speak), colour=ALARM, line="-"))
    top = legend_height(keys, LEFT) + 22

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, LEFT, 0)
        sheet.text(LEFT, top - 8, speak(UNIT), fontsize=SMALL, color=SOFT, ha="center")
        axes = sheet.axes(LEFT, top, RIGHT, top + 180)
        if is_line:
            axes.plot(range(len(teams)), costs, color=PALETTE[2], linewidth=2)
        else:
            colours = [shades[State.WARNED] if cell else shades[None] for cell in cells]
            axes.bar(range(len(teams)), costs, width=min(0.72, 0.09 * len(teams) + 0.1), color=colours, edgecolor=SOFT)
            if len(teams) <= LISTED // 2:
                _in_bars(axes, costs, [told(team.cost, speak) for team in teams], cells)
        if budget is not None:
            budget_line(axes, budget, speak)
        axes.set_ylim(0, max(*costs, scaled(budget or 0, speak)) * 1.12 or 1)
        names_below(axes, names, RIGHT - LEFT)
        numbers_left(axes)
        sheet.text(
            (LEFT + RIGHT) / 2,
            top + 206,
            column_name(found.axes[at], scenario, speak),
            ha="center",
            fontsize=SMALL,
            color=SOFT,
        )

    return draw("frontier", frontier_title(found, speak), speak(FRONTIER_TOLD), top + 216, paint)


def _in_bars(axes: Axes, costs: Sequence[float], shown: Sequence[str], cells: Sequence[Field]) -> None:
    """The cost at the upper end of each bar, where no line of the budget crosses it, and the mark of a warning."""
    for at, (cost, text, cell) in enumerate(zip(costs, shown, cells, strict=True)):
        style: dict[str, Any] = {"ha": "center", "color": INK, "fontsize": SMALL}
        axes.annotate(text, (at, cost), xytext=(0, -4), textcoords="offset points", va="top", **style)
        if cell:
            axes.text(at, cost / 2, LETTER[cell], va="center", **style)


def fit_pictures(found: Fit, speak: Language) -> tuple[Picture, ...]:
    """Persons by role: planned, by the money, by the rules."""
    by_money = {role: persons for role, persons, _ in found.most}
    rows = [(speak(known.role), (known.planned, by_money.get(known.role), known.persons)) for known in found.allowed]
    if not rows:
        return ()
    words = [(PLANNED, "#9AA4AE", ""), (BY_MONEY, PALETTE[0], ""), (BY_RULES, PALETTE[1], "///")]
    there = [at for at in range(len(words)) if at != 1 or found.most]
    keys = [Key(label=speak(words[at][0]), colour=words[at][1], hatch=words[at][2]) for at in there]
    left = max(width_of(name) for name, _ in rows) + 14
    top = legend_height(keys, 6) + 8
    high = 18.0 * len(there) + 10

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, 6, 0)
        axes = sheet.axes(left, top, RIGHT - 24, top + high * len(rows), grid="x")
        size = 0.8 / len(there)
        for place, (_, values) in enumerate(rows):
            for order, at in enumerate(there):
                middle = place - 0.4 + size * (order + 0.5)
                persons = values[at]
                axes.barh(middle, persons or 0, height=size * 0.9, color=words[at][1], hatch=words[at][2] or None)
                text = speak(NONE) if persons is None else speak.number(persons)
                written: dict[str, Any] = {
                    "textcoords": "offset points",
                    "ha": "left",
                    "va": "center",
                    "fontsize": SMALL,
                }
                axes.annotate(text, (persons or 0, middle), xytext=(3, 0), **written)
        axes.set_yticks(range(len(rows)), [name for name, _ in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0, labelsize=SIZE)
        numbers_below(axes, whole=True)

    return (draw("most", speak(MOST), speak(MOST_TOLD), top + high * len(rows) + 22, paint),)
