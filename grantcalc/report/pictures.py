"""Pictures of a simulation as SVG: text stays text, the same numbers give the same bytes, nothing is fetched.

Layout is measured with the font that matplotlib brings along, so that a picture is the same on every machine; readers
see the first font of :data:`FAMILY` that they have. Coordinates are points from the upper left corner.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import frozen

from grantcalc.money import whole
from grantcalc.text import Language, Message

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

UNIT = Message("NT$ thousand")
"""Unit of money on axes; in Chinese ten thousands (萬元), see :func:`scale`."""

FAMILY = "'Noto Sans TC','Noto Sans CJK TC','Microsoft JhengHei','PingFang TC','Noto Sans',sans-serif"
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#B8A800", "#7F7F7F")
"""Colours that people who see few colours can tell apart (Okabe and Ito)."""
INK, SOFT, GRID, ALARM = "#1b1f24", "#57606a", "#e1e4e8", "#B3261E"

WIDTH = 576
SIZE, SMALL = 9.0, 8.0
ROW = 15.0
_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_MEASURED = "DejaVu Sans"
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "grantcalc",
    "font.family": [_MEASURED],
    "font.size": SIZE,
    "text.parse_math": False,
    "axes.formatter.use_locale": False,
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.7,
}


@frozen(kw_only=True)
class Picture:
    """A drawn picture: an ``svg`` element that stands inside a page, with its title and description inside it."""

    name: str
    title: str
    svg: str


@frozen(kw_only=True)
class Key:
    """One entry of a legend: a filled box, with a letter or texture, or a line."""

    label: str
    colour: str
    hatch: str = ""
    letter: str = ""
    line: str = ""
    marker: str = ""
    outlined: bool = False


def scale(speak: Language) -> int:
    """Dollars of one unit of an axis: 萬元 in Chinese, thousands in English."""
    return 10_000 if speak.is_chinese else 1_000


def scaled(amount: int, speak: Language) -> float:
    """An amount as a place on an axis; money is never worked out from it."""
    return float(Fraction(amount, scale(speak)))


def told(amount: int, speak: Language) -> str:
    """An amount in the unit of the axes, half up: 2,109.3 (萬元) or 21,093 (thousands)."""
    if not speak.is_chinese:
        return speak.number(whole(Fraction(amount, scale(speak))))
    return f"{Decimal(whole(Fraction(amount * 10, scale(speak)))) / 10:,.1f}"


def plain(text: str, most: int = 40) -> str:
    """Text as it may stand in a picture: on one line, no control characters, not endless."""
    kept = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in text)
    return kept if len(kept) <= most else f"{kept[: most - 1]}…"


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide a text is, points, in any font: Chinese a full square, Latin letters 0.58 of it."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.58 for letter in text) * size


class Sheet:
    """A blank picture: places axes, texts and legends by points."""

    def __init__(self, figure: Figure, height: float) -> None:
        """``height`` is that of the figure."""
        self._figure = figure
        self._height = height

    def axes(self, left: float, top: float, right: float, bottom: float, grid: str = "y") -> Axes:
        """Axes between these edges, with light lines across."""
        box = (left / WIDTH, 1 - bottom / self._height, (right - left) / WIDTH, (bottom - top) / self._height)
        axes = self._figure.add_axes(box)
        axes.patch.set_visible(False)
        axes.set_axisbelow(True)
        axes.tick_params(length=2.5, width=0.6, labelsize=SMALL, pad=3)
        for side, spine in axes.spines.items():
            spine.set_visible(side in {"left", "bottom"})
            spine.set_linewidth(0.6)
        if grid:
            axes.grid(visible=True, axis="y" if grid == "y" else "x", color=GRID, linewidth=0.6)
        return axes

    def text(self, left: float, top: float, text: str, **style: Any) -> None:
        """A text whose middle line is at ``top``."""
        style = {"ha": "left", "va": "center", "fontsize": SIZE, **style}
        self._figure.text(left / WIDTH, 1 - top / self._height, plain(text, 120), **style)

    def legend(self, keys: Sequence[Key], left: float, top: float, right: float = WIDTH) -> None:
        """Keys in rows, as many in each as fit."""
        for key, x, row in _placed(keys, left, right):
            y = top + row * ROW + ROW / 2
            self._swatch(key, x, y)
            self.text(x + 24, y, key.label)

    def _swatch(self, key: Key, left: float, middle: float) -> None:
        from matplotlib.lines import Line2D
        from matplotlib.patches import Rectangle

        down, across = 1 - middle / self._height, left / WIDTH
        transform = self._figure.transFigure
        if key.line or key.marker:
            ends = ([across, across + 18 / WIDTH], [down, down])
            style: dict[str, Any] = {"color": key.colour, "linewidth": 1.8, "linestyle": key.line or "none"}
            self._figure.add_artist(Line2D(*ends, transform=transform, **style))
            if key.marker:
                dot = Line2D([across + 9 / WIDTH], [down], transform=transform, color=key.colour, marker=key.marker)
                dot.set_markersize(5)
                self._figure.add_artist(dot)
            return
        box = Rectangle(
            (across, down - 5 / self._height),
            18 / WIDTH,
            10 / self._height,
            transform=transform,
            facecolor="none" if key.outlined else key.colour,
            edgecolor=key.colour if key.outlined else SOFT,
            linewidth=1.8 if key.outlined else 0.5,
            hatch=key.hatch or None,
        )
        self._figure.add_artist(box)
        if key.letter:
            self.text(left + 9, middle, key.letter, ha="center", fontsize=SMALL)


def _placed(keys: Sequence[Key], left: float, right: float) -> Iterator[tuple[Key, float, int]]:
    x, row = left, 0
    for key in keys:
        wide = 24 + width_of(key.label) + 16
        if x > left and x + wide - 16 > right:
            x, row = left, row + 1
        yield key, x, row
        x += wide


def legend_height(keys: Sequence[Key], left: float, right: float = WIDTH) -> float:
    """How high the legend is that :meth:`Sheet.legend` draws."""
    return (max((row for _, _, row in _placed(keys, left, right)), default=-1) + 1) * ROW


def draw(name: str, title: str, told_of: str, height: float, paint: Callable[[Sheet], None]) -> Picture:
    """A picture: ``name`` tells its parts from those of the others of a page, ``told_of`` says what it shows."""
    from io import StringIO
    from warnings import catch_warnings, filterwarnings

    from matplotlib import rc_context
    from matplotlib.figure import Figure

    stream = StringIO()
    with rc_context(_STYLE), catch_warnings():
        # The font that measures has no Chinese; the reader's font shows it.
        filterwarnings("ignore", message=r".*[Gg]lyph")
        figure = Figure(figsize=(WIDTH / 72, height / 72))
        figure.patch.set_visible(False)
        paint(Sheet(figure, height))
        figure.savefig(stream, format="svg", metadata={"Date": None})
    return Picture(name=name, title=title, svg=_embedded(stream.getvalue(), name, title, told_of))


def _embedded(svg: str, name: str, title: str, told_of: str) -> str:
    """The ``svg`` element fit for a page: names of its own, a title and description, the reader's fonts."""
    from xml.etree import ElementTree

    ElementTree.register_namespace("", _SVG.strip("{}"))
    root = ElementTree.fromstring(svg)  # noqa: S314  # written by matplotlib right above
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in {f"{_SVG}metadata", f"{_SVG}style"}:
                parent.remove(child)
    for element in root.iter():
        _renamed(element, name)
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    ids = (f"{name}-title", f"{name}-desc")
    root.attrib.update({"role": "img", "aria-labelledby": " ".join(ids), "stroke-linejoin": "round"})
    for place, (tag, text) in enumerate((("title", title), ("desc", told_of))):
        said = ElementTree.Element(f"{_SVG}{tag}", {"id": ids[place]})
        said.text = plain(text, 2000)
        root.insert(place, said)
    return ElementTree.tostring(root, encoding="unicode")


def _renamed(element: Element, name: str) -> None:
    for key, value in list(element.attrib.items()):
        if key == "id":
            element.set(key, f"{name}-{value}")
        elif key == _LINK:
            del element.attrib[key]
            element.set("href", f"#{name}-{value[1:]}")
        elif "url(#" in value:
            element.set(key, value.replace("url(#", f"url(#{name}-"))
        elif _MEASURED in value:
            element.set(key, re.sub(rf"'{_MEASURED}'", FAMILY, value))
