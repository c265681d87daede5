"""The feasibility map of a sweep: a field for every pair, coloured and lettered by the rule that binds first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from attrs import frozen

from grantcalc.headcount.limits import Binding, State
from grantcalc.headcount.results import Combination, Sweep
from grantcalc.report.pictures import (
    INK,
    SMALL,
    SOFT,
    WIDTH,
    Key,
    Picture,
    Sheet,
    draw,
    legend_height,
    plain,
    width_of,
)
from grantcalc.report.simulation_sweep_rows import (
    CHEAPEST,
    FIELDS,
    LARGEST,
    LETTER,
    PAIR,
    Field,
    axis_name,
    axis_value,
    fields_of,
)
from grantcalc.text import Language, Message

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MAP = Message("Feasibility map: which rule binds first")
MAP_TOLD = Message(
    "Every pair of {down} and {across} as a field: {feasible} of {total} combinations are feasible. The letter and the "
    "colour of a field name the rule that binds first; the table has the same letters."
)
RIGHT = WIDTH - 6.0
LETTERED = 8.5
"""Points that a field needs for its letter; smaller ones have a texture."""


@frozen(kw_only=True)
class Mark:
    """How a field looks; its letter and meaning are in :data:`FIELDS`."""

    colour: str
    hatch: str


MARKS: Mapping[Field, Mark] = {
    field: Mark(colour=colour, hatch=hatch)
    for field, colour, hatch in (
        (None, "#BFE3C8", ""),
        (State.WARNED, "#E8EFB0", ".."),
        (Binding.POSTS, "#F0A868", "///"),
        (Binding.PROJECT_MANAGERS, "#C9A7E8", "ooo"),
        (Binding.SENIORS, "#C7A27C", "+++"),
        (Binding.RATIO, "#7FB4DC", "\\\\\\"),
        (Binding.MONEY, "#D98CB3", "xxx"),
        (Binding.SPAN, "#C9C9C9", "---"),
        (Binding.CASELOAD, "#EADFA8", "|||"),
    )
}


@frozen(kw_only=True)
class Grid:
    """A map as it is drawn: the longer axis across."""

    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Field, ...], ...]
    turned: bool

    @property
    def used(self) -> list[Field]:
        """Every kind of field that there is, feasible first."""
        there = {cell for cells in self.cells for cell in cells}
        return [cell for cell in MARKS if cell in there]


def grid_of(found: Sweep, speak: Language) -> Grid | None:
    """The map; ``None`` for a sweep without one."""
    if len(found.axes) < PAIR or not found.map:
        return None
    first, second = found.axes[:PAIR]
    cells = fields_of(found)
    turned = len(first.values) > len(second.values)
    if turned:
        first, second, cells = second, first, tuple(zip(*cells, strict=True))
    return Grid(
        down=axis_name(first, speak),
        across=axis_name(second, speak),
        rows=tuple(map(axis_value, first.values)),
        columns=tuple(map(axis_value, second.values)),
        cells=cells,
        turned=turned,
    )


def runs(cells: Sequence[Field]) -> Iterator[tuple[int, int, Field]]:
    """Equal fields in a row: first, how many, which."""
    at = 0
    for cell, group in groupby(cells):
        count = len(list(group))
        yield at, count, cell
        at += count


def map_picture(found: Sweep, grid: Grid, speak: Language) -> Picture:
    """The map as a picture."""
    left = max(width_of(plain(name, 24), SMALL) for name in grid.rows) + 12
    wide = min(60.0, (RIGHT - left) / len(grid.columns))
    high = min(24.0, 420 / len(grid.rows))
    lettered = min(wide, high) >= LETTERED
    keys = [_key(cell, speak, lettered=lettered) for cell in grid.used]
    best = [(found.largest, LARGEST, "-"), (found.cheapest, CHEAPEST, ":")]
    keys += [Key(label=speak(word), colour=INK, line=line) for team, word, line in best if team is not None]
    top = legend_height(keys, 6) + 34
    right, bottom = left + wide * len(grid.columns), top + high * len(grid.rows)

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, 6, 0)
        sheet.text(left, top - 14, f"{plain(grid.across)} →", weight="bold")
        sheet.text(6, bottom + 26, f"↑ {plain(grid.down)}", weight="bold")
        axes = sheet.axes(left, top, right, bottom, grid="")
        _fields(axes, grid, lettered=lettered)
        _edges(axes, grid, wide, high)
        for team, _, line in best:
            if team is not None:
                _outline(axes, found, grid, team, line)

    text = MAP_TOLD(down=grid.down, across=grid.across, feasible=found.feasible, total=found.total)
    return draw("map", speak(MAP), speak(text), bottom + 36, paint)


def _key(field: Field, speak: Language, *, lettered: bool) -> Key:
    mark, (letter, word) = MARKS[field], FIELDS[field]
    shown, hatch = (letter, "") if lettered else ("", mark.hatch)
    return Key(label=speak(word), colour=mark.colour, letter=shown, hatch=hatch)


def _fields(axes: Axes, grid: Grid, *, lettered: bool) -> None:
    from matplotlib.patches import Rectangle

    for row, cells in enumerate(grid.cells):
        for at, count, cell in runs(cells):
            mark = MARKS[cell]
            texture = None if lettered or not mark.hatch else mark.hatch
            style: dict[str, Any] = {
                "facecolor": mark.colour,
                "edgecolor": SOFT if texture else mark.colour,
                "linewidth": 0.0,
            }
            axes.add_patch(Rectangle((at, row), count, 1, hatch=texture, **style))
            if lettered:
                for place in range(at, at + count):
                    axes.text(place + 0.5, row + 0.5, LETTER[cell], ha="center", va="center", fontsize=SMALL)
    if lettered:
        lines: dict[str, Any] = {"colors": "#FFFFFF", "linewidth": 1.0}
        axes.vlines(range(1, len(grid.columns)), 0, len(grid.rows), **lines)
        axes.hlines(range(1, len(grid.rows)), 0, len(grid.columns), **lines)


def _edges(axes: Axes, grid: Grid, wide: float, high: float) -> None:
    """The values along both edges, thinned where they would overlap; small values below."""
    axes.set_xlim(0, len(grid.columns))
    axes.set_ylim(0, len(grid.rows))
    need = max(width_of(plain(name, 24), SMALL) for name in grid.columns) + 4
    across = range(0, len(grid.columns), max(1, -int(-need // wide)))
    down = range(0, len(grid.rows), max(1, -int(-(SMALL + 2) // high)))
    axes.set_xticks([at + 0.5 for at in across], [plain(grid.columns[at], 24) for at in across])
    axes.set_yticks([at + 0.5 for at in down], [plain(grid.rows[at], 24) for at in down])
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _outline(axes: Axes, found: Sweep, grid: Grid, team: Combination, line: str) -> None:
    from matplotlib.patches import Rectangle

    places = [axis.values.index(value) for axis, value in zip(found.axes[:PAIR], team.values, strict=False)]
    down, across = reversed(places) if grid.turned else places
    axes.add_patch(
        Rectangle((across, down), 1, 1, facecolor="none", edgecolor=INK, linewidth=1.8, linestyle=line, zorder=5)
    )
