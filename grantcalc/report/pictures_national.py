"""The picture of the national view: bars of the counties, who gains most first, posts beside money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from grantcalc.headcount.results import National
from grantcalc.report.pictures import (
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
    scaled,
    told,
    width_of,
)
from grantcalc.report.pictures_axes import numbers_below
from grantcalc.report.simulation_national_rows import AGAINST
from grantcalc.text import Language, Message

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TITLE = Message("The counties: posts gained or lost, and money against what is approved")
TOLD = Message("Bars of every county: on the left posts, on the right money; below zero hatched. In the table.")
POSTS = Message("Posts gained or lost by the change")
MONEY = Message("Approved money less what the posts take")
MORE, LESS = Message("more, or enough"), Message("fewer, or not enough")

TOP, HIGH = 53.0, 17.0
GAP = 28.0


def national_pictures(found: National, speak: Language) -> tuple[Picture, ...]:
    """One picture: the counties in the order of their change; without a change, as the formula stands to approval."""
    if not found.counties:
        return ()
    names = [speak(county.county) for county in found.counties]
    posts = [
        county.gained if found.changes else county.formula_posts - county.approved_posts for county in found.counties
    ]
    money = [county.balance for county in found.counties]
    left = max(width_of(name) for name in names) + 10
    half = (WIDTH - left - GAP) / 2
    high = HIGH * len(names)
    keys = [
        Key(label=speak(MORE), colour=PALETTE[0]),
        Key(label=speak(LESS), colour=PALETTE[5], hatch="////"),
    ]

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, 6, 0)
        sheet.text(left + half / 2, 30, speak(POSTS if found.changes else AGAINST), ha="center", weight="bold")
        right = left + half + GAP + half / 2
        sheet.text(right, 30, speak(MONEY), ha="center", weight="bold")
        sheet.text(right, 43, speak(UNIT), ha="center", fontsize=SMALL, color=SOFT)
        axes = sheet.axes(left, TOP, left + half, TOP + high, grid="x")
        _bars(axes, [float(number) for number in posts], [_signed(number, speak.number(number)) for number in posts])
        axes.set_yticks(range(len(names)), names)
        numbers_below(axes, whole=True, ticks=5)
        axes = sheet.axes(left + half + GAP, TOP, WIDTH - 2, TOP + high, grid="x")
        shown = [_signed(amount, told(amount, speak)) for amount in money]
        _bars(axes, [scaled(amount, speak) for amount in money], shown)
        axes.set_yticks([])
        numbers_below(axes, ticks=4)

    return (draw("counties", speak(TITLE), speak(TOLD), TOP + high + 20, paint),)


def _signed(value: int, text: str) -> str:
    return f"+{text}" if value > 0 else text.replace("-", "−")


def _bars(axes: Axes, values: Sequence[float], shown: Sequence[str]) -> None:
    """Bars from zero, the number at the end of each."""
    for row, (value, text) in enumerate(zip(values, shown, strict=True)):
        is_less = value < 0
        axes.barh(
            row,
            value,
            height=0.68,
            color=PALETTE[5 if is_less else 0],
            edgecolor="#FFFFFF",
            hatch="////" * is_less or None,
        )
        is_left = is_less or (not value and max(values) <= 0 > min(values))
        side = -1 if is_left else 1
        written: dict[str, Any] = {"ha": "right" if is_left else "left", "va": "center", "fontsize": SMALL}
        axes.annotate(text, (value, row), xytext=(3 * side, 0), textcoords="offset points", **written)
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    # Room for the numbers at the ends of the longest bars.
    room = (high - low or 1) * (width_of(max(shown, key=len, default=""), SMALL) + 6) / 170
    axes.set_xlim(low - (room if low < 0 else 0), high + (room if high > 0 or low == 0 else 0))
    axes.set_ylim(len(values) - 0.5, -0.5)
    axes.axvline(0, color="#57606a", linewidth=0.8)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0, labelsize=SIZE)
