"""Pictures of a risk run: the year's cost, percentile fans by month, and months in which a rule is not kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from grantcalc.headcount.results import Percentiles, Risk
from grantcalc.report.pictures import (
    ALARM,
    INK,
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
    even_plan,
    names_below,
    numbers_below,
    numbers_left,
    with_amount,
)
from grantcalc.report.simulation_risk_rows import PERCENTILE
from grantcalc.report.simulation_run_rows import PLANNED
from grantcalc.report.simulation_words import BINDINGS, BUDGET
from grantcalc.text import Language, Message

if TYPE_CHECKING:
    from matplotlib.axes import Axes

YEAR = Message("Cost of the year: percentiles of the draws")
YEAR_TOLD = Message(
    "A strip from {low} to {high}, the middle {middle}; the budget as a line. The table has every number."
)
FAN = Message("Cost until the end of the month: bands of the draws")
FAN_TOLD = Message("Bands of percentiles around the middle, month by month; the budget as a line. In the table.")
UNSPENT = Message("Unspent against an even plan at the end of the month: bands of the draws")
UNSPENT_TOLD = Message("Bands of percentiles around the middle, month by month; zero is the even plan. In the table.")
BROKEN = Message("Months in which a rule is not kept")
BROKEN_TOLD = Message("For each rule a line from {low} to {high} of the months of a year and a dot at the middle draw.")
MONTHS = Message("Months of the year")
BAND = Message("P{low} to P{high}")
SPENT_AS_PLANNED = Message("Spent as planned")

LEFT, RIGHT = 50.0, WIDTH - 6.0
STRIP = (6.0, RIGHT)
MIDDLE = 50
SHADES = ("#D6E6F4", "#ABCFE5", "#6BAED6", "#3787C0", "#105BA4")


def risk_pictures(found: Risk, names: Sequence[str], speak: Language) -> tuple[Picture, ...]:
    """All pictures of a risk run; ``names`` are those of the months."""
    pictures = []
    if found.cost.values:
        pictures.append(year_picture(found, speak))
    if found.by_month:
        pictures.append(_fan(found, names, speak))
    if found.unspent_by_month:
        pictures.append(_unspent(found, names, speak))
    if found.broken_months:
        pictures.append(_broken(found, len(names), speak))
    return tuple(pictures)


def bands(known: Percentiles) -> list[tuple[int, int]]:
    """Pairs of percentiles, the widest first."""
    below = sorted(number for number in known.values if number < MIDDLE)
    above = sorted((number for number in known.values if number > MIDDLE), reverse=True)
    return list(zip(below, above, strict=False))


def _band_keys(known: Percentiles, speak: Language) -> list[Key]:
    keys = [
        Key(label=speak(BAND(low=low, high=high)), colour=SHADES[at % len(SHADES)])
        for at, (low, high) in enumerate(bands(known))
    ]
    if MIDDLE in known.values:
        keys.append(Key(label=speak(PERCENTILE(number=MIDDLE)), colour=INK, line="-"))
    return keys


def year_picture(found: Risk, speak: Language) -> Picture:
    """A strip of the year's cost; it does not begin at zero, for the draws lie close together."""
    known, budget = found.cost, found.budget
    keys = _band_keys(known, speak)
    if budget is not None:
        keys.append(Key(label=with_amount(speak(BUDGET), budget, speak), colour=ALARM, line="-"))
    top = legend_height(keys, 6) + 24

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, 6, 0)
        axes = sheet.axes(STRIP[0], top, STRIP[1], top + 44, grid="x")
        for at, (low, high) in enumerate(bands(known)):
            ends = [scaled(known.values[number], speak) for number in (low, high)]
            axes.barh(0, ends[1] - ends[0], left=ends[0], height=0.6, color=SHADES[at % len(SHADES)])
        if MIDDLE in known.values:
            axes.vlines(scaled(known.values[MIDDLE], speak), -0.3, 0.3, colors=INK, linewidth=1.8)
        if budget is not None:
            axes.axvline(scaled(budget, speak), color=ALARM, linewidth=1.6)
        _named(axes, found, speak)
        axes.set_ylim(-0.45, 0.45)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        numbers_below(axes, ticks=7)
        sheet.text(RIGHT / 2, top + 66, speak(UNIT), fontsize=SMALL, color=SOFT, ha="center")

    ends = (min(known.values), MIDDLE, max(known.values))
    low, middle, high = (known.values.get(number, 0) for number in ends)
    text = YEAR_TOLD(low=told(low, speak), middle=told(middle, speak), high=told(high, speak))
    return draw("year", speak(YEAR), speak(text), top + 76, paint)


def _named(axes: Axes, found: Risk, speak: Language) -> None:
    """Lowest, middle and highest above the strip, where one does not touch the other, and room at both ends."""
    known = found.cost
    ends = [*known.values.values(), *([] if found.budget is None else [found.budget])]
    low, high = scaled(min(ends), speak), scaled(max(ends), speak)
    room = (high - low or abs(high) or 1) * 0.1
    axes.set_xlim(low - room, high + room)
    each = (STRIP[1] - STRIP[0]) / (high - low + 2 * room)
    taken: list[tuple[float, float]] = []
    for number in (MIDDLE, min(known.values), max(known.values)):
        if number not in known.values:
            continue
        place = scaled(known.values[number], speak)
        text = with_amount(speak(PERCENTILE(number=number)), known.values[number], speak)
        half = width_of(text, SMALL) / each / 2
        if all(place + half < start or place - half > end for start, end in taken):
            taken.append((place - half, place + half))
            style: dict[str, Any] = {"ha": "center", "va": "bottom", "fontsize": SMALL}
            axes.annotate(text, (place, 0.33), xytext=(0, 6), textcoords="offset points", **style)


def _bands(axes: Axes, months: Sequence[Percentiles], speak: Language) -> None:
    """The fan: bands from the widest to the narrowest, and the middle."""
    places = range(len(months))
    for at, (low, high) in enumerate(bands(months[0])):
        lower, upper = ([scaled(month.values[number], speak) for month in months] for number in (low, high))
        axes.fill_between(places, lower, upper, color=SHADES[at % len(SHADES)], linewidth=0)
    if MIDDLE in months[0].values:
        middle = [scaled(month.values[MIDDLE], speak) for month in months]
        axes.plot(places, middle, color=INK, linewidth=1.4)


def _fan(found: Risk, names: Sequence[str], speak: Language) -> Picture:
    budget = found.budget
    keys = _band_keys(found.by_month[0], speak)
    if budget is not None:
        keys.append(Key(label=with_amount(speak(BUDGET), budget, speak), colour=ALARM, line="-"))
        keys.append(Key(label=speak(PLANNED), colour=SOFT, line="--"))
    top = legend_height(keys, LEFT) + 22

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, LEFT, 0)
        sheet.text(LEFT, top - 8, speak(UNIT), fontsize=SMALL, color=SOFT, ha="center")
        axes = sheet.axes(LEFT, top, RIGHT, top + 230)
        _bands(axes, found.by_month, speak)
        most = max(max(month.values.values()) for month in found.by_month)
        if budget is not None:
            budget_line(axes, budget, speak)
            even_plan(axes, budget, len(names), speak)
        axes.set_ylim(0, scaled(max(most, budget or 0), speak) * 1.06 or 1)
        names_below(axes, names, RIGHT - LEFT)
        numbers_left(axes)

    return draw("fan", speak(FAN), speak(FAN_TOLD), top + 254, paint)


def _unspent(found: Risk, names: Sequence[str], speak: Language) -> Picture:
    months = found.unspent_by_month
    keys = [*_band_keys(months[0], speak), Key(label=speak(SPENT_AS_PLANNED), colour=ALARM, line="-")]
    top = legend_height(keys, LEFT) + 22

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, LEFT, 0)
        sheet.text(LEFT, top - 8, speak(UNIT), fontsize=SMALL, color=SOFT, ha="center")
        axes = sheet.axes(LEFT, top, RIGHT, top + 190)
        _bands(axes, months, speak)
        axes.axhline(0, color=ALARM, linewidth=1.4)
        names_below(axes, names, RIGHT - LEFT)
        numbers_left(axes)

    return draw("unspent", speak(UNSPENT), speak(UNSPENT_TOLD), top + 214, paint)


def _broken(found: Risk, months: int, speak: Language) -> Picture:
    rows = [(speak(BINDINGS[rule]), known) for rule, known in found.broken_months.items()]
    pairs = bands(rows[0][1])
    keys = _band_keys(rows[0][1], speak)[:-1] if MIDDLE in rows[0][1].values else _band_keys(rows[0][1], speak)
    keys.append(Key(label=speak(PERCENTILE(number=MIDDLE)), colour=INK, marker="o"))
    left = max(width_of(name) for name, _ in rows) + 20
    top, high = legend_height(keys, 6) + 8, 24.0 * len(rows)

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, 6, 0)
        axes = sheet.axes(left, top, RIGHT - 8, top + high, grid="x")
        for row, (_, known) in enumerate(rows):
            for at, (low, high_end) in enumerate(pairs):
                start, end = known.values[low], known.values[high_end]
                axes.barh(row, end - start, left=start, height=0.5, color=SHADES[at % len(SHADES)])
            if MIDDLE in known.values:
                axes.plot([known.values[MIDDLE]], [row], color=INK, marker="o", markersize=5, clip_on=False)
        axes.set_yticks(range(len(rows)), [name for name, _ in rows])
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(0, max(1, months))
        axes.tick_params(axis="y", length=0, labelsize=SIZE, pad=9)
        numbers_below(axes, whole=True, ticks=12)
        sheet.text((left + RIGHT) / 2, top + high + 24, speak(MONTHS), ha="center", fontsize=SMALL, color=SOFT)

    ends = pairs[0] if pairs else (MIDDLE, MIDDLE)
    low, high_end = (speak(PERCENTILE(number=number)) for number in ends)
    text = BROKEN_TOLD(low=low, high=high_end)
    return draw("broken", speak(BROKEN), speak(text), top + high + 34, paint)
