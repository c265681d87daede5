"""What the pictures of a simulation share: months and money along axes, stacked bars, lines with a budget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from grantcalc.report.pictures import ALARM, INK, PALETTE, SMALL, SOFT, Key, plain, scaled, told, width_of
from grantcalc.text import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LIGHT = 0.45
"""Brightness up to which letters on a colour are white."""


@frozen(kw_only=True)
class Layer:
    """One part of stacked bars: a value and what is written for it, at every place."""

    label: str
    values: tuple[float, ...]
    shown: tuple[str, ...] = ()


def colour_of(number: int) -> str:
    """The colour of the so-manieth of several things."""
    return PALETTE[number % len(PALETTE)]


def hatch_of(number: int) -> str:
    """Nothing while the colours suffice, then a texture."""
    return ("", "///", "...", "xxx")[number // len(PALETTE) % 4]


def keys_of(labels: Sequence[str]) -> list[Key]:
    """The legend of things that are told apart by their number."""
    return [Key(label=label, colour=colour_of(at), hatch=hatch_of(at)) for at, label in enumerate(labels)]


def ink_on(colour: str) -> str:
    """Black or white, whichever can be read on a colour."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return "#FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < LIGHT else INK


def names_below(axes: Axes, names: Sequence[str], points: float) -> None:
    """Names along the lower edge, ``points`` wide in all; every second or third where they do not fit."""
    each = points / max(1, len(names))
    need = max((width_of(name, SMALL) for name in names), default=0) + 4
    step = max(1, -int(-need // each))
    axes.set_xticks(list(range(0, len(names), step)), [plain(names[at], 24) for at in range(0, len(names), step)])
    axes.set_xlim(-0.6, len(names) - 0.4)
    axes.tick_params(axis="x", length=0)


def numbers_left(axes: Axes, *, whole: bool = False, ticks: int = 5) -> None:
    """Readable numbers along the left edge: commas, no powers of ten."""
    _numbers(axes.yaxis, whole=whole, ticks=ticks)


def numbers_below(axes: Axes, *, whole: bool = False, ticks: int = 5) -> None:
    """Readable numbers along the lower edge."""
    _numbers(axes.xaxis, whole=whole, ticks=ticks)


def _numbers(axis: Any, *, whole: bool, ticks: int) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=ticks, integer=whole, min_n_ticks=2, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value + 0.0:,.10g}".replace("-", "−")))


def stacked(axes: Axes, layers: Sequence[Layer], points: float) -> None:
    """Stacked bars, every part with its number where that fits; ``points`` is the height of the axes."""
    count = len(layers[0].values) if layers else 0
    tops = [sum(layer.values[at] for layer in layers) for at in range(count)]
    most = max(tops, default=0) or 1
    axes.set_ylim(0, most * 1.12)
    base = [0.0] * count
    for number, layer in enumerate(layers):
        colour = colour_of(number)
        style: dict[str, Any] = {"color": colour, "edgecolor": "#FFFFFF", "linewidth": 0.6, "width": 0.72}
        axes.bar(range(count), layer.values, bottom=base, hatch=hatch_of(number) or None, **style)
        for at, value in enumerate(layer.values):
            fits = value / (most * 1.12) * points >= SMALL + 1
            if fits and layer.shown:
                middle = base[at] + value / 2
                written: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": SMALL, "color": ink_on(colour)}
                axes.text(at, middle, layer.shown[at], **written)
        base = [below + value for below, value in zip(base, layer.values, strict=True)]


def above_bars(axes: Axes, tops: Sequence[float], shown: Sequence[str]) -> None:
    """Numbers right above the bars."""
    for at, (top, text) in enumerate(zip(tops, shown, strict=True)):
        axes.annotate(
            text, (at, top), xytext=(0, 2), textcoords="offset points", ha="center", va="bottom", fontsize=SMALL
        )


def budget_line(axes: Axes, budget: int, speak: Language, colour: str = ALARM, style: str = "-") -> None:
    """The budget across."""
    axes.axhline(scaled(budget, speak), color=colour, linewidth=1.6, linestyle=style)


def even_plan(axes: Axes, budget: int, months: int, speak: Language) -> None:
    """The budget spread evenly over the months."""
    planned = [scaled(budget, speak) * number / months for number in range(1, months + 1)]
    axes.plot(range(months), planned, color=SOFT, linewidth=1.1, linestyle="--")


def with_amount(label: str, amount: int, speak: Language) -> str:
    """A label with an amount in the unit of the axes."""
    return f"{label} {told(amount, speak)}"
