"""Pictures of two simulated scenarios: persons by month, cost by month, cost so far, and the difference."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from grantcalc.headcount.run import MonthRow
from grantcalc.headcount.simulation import Compared
from grantcalc.report.pictures import (
    ALARM,
    PALETTE,
    SIZE,
    SMALL,
    SOFT,
    UNIT,
    Key,
    Picture,
    Sheet,
    draw,
    legend_height,
    scaled,
    told,
)
from grantcalc.report.pictures_axes import (
    budget_line,
    keys_of,
    names_below,
    numbers_left,
    stacked,
    with_amount,
)
from grantcalc.report.pictures_run import LEFT, RIGHT, WIDE, amount_told, people, sums_above
from grantcalc.report.simulation_compare_rows import DIFFERENCE_SUM, FIRST, OF, SECOND
from grantcalc.report.simulation_run_rows import roles_of
from grantcalc.report.simulation_words import BUDGET, MONTH, month_label
from grantcalc.text import Language, Message, Text

BOTH_STAFF = Message("Persons in post at the end of the month, by role, in both")
BOTH_STAFF_TOLD = Message("Stacked bars of both scenarios side by side. The table has every number.")
BOTH_MONEY = Message("What the subsidy pays in both: each month, and until the end of the month")
BOTH_MONEY_TOLD = Message(
    "Above, bars of each month's cost in both scenarios; below, the cost until the end of each month as two lines, and "
    "the budgets across; at the foot, the difference of the second in all, {difference} for the year. The table has "
    "every number."
)


if TYPE_CHECKING:
    from matplotlib.axes import Axes

UNITED = Message("{what} ({unit})")
COLOURS = (PALETTE[0], PALETTE[1])
MARKERS = "os"


def compare_pictures(found: Compared, speak: Language) -> tuple[Picture, ...]:
    """Persons and money of two scenarios."""
    return (_both_staff(found, speak), _both_money(found, speak)) if found.months else ()


def _both_staff(found: Compared, speak: Language) -> Picture:
    roles = list(dict.fromkeys((*roles_of(found.a.run), *roles_of(found.b.run))))
    sides = [people([getattr(pair, side) for pair in found.months], roles, speak) for side in ("a", "b")]
    keys = keys_of([speak(role) for role in roles])
    top = legend_height(keys, LEFT) + 24
    names = [str(pair.month.month) for pair in found.months]
    tops = [[sum(column) for column in zip(*(one.values for one in layers), strict=True)] for layers in sides]
    most = max((*tops[0], *tops[1]), default=0) or 1

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, LEFT, 0)
        half = (RIGHT - LEFT - 24) / 2
        for number, (word, layers) in enumerate(zip((FIRST, SECOND), sides, strict=True)):
            left = LEFT + number * (half + 24)
            sheet.text(left + half / 2, top - 10, speak(word), ha="center", weight="bold")
            axes = sheet.axes(left, top, left + half, top + 170)
            stacked(axes, layers, 170 * max(tops[number], default=0) / most)
            axes.set_ylim(0, most * 1.12)
            sums_above(axes, layers)
            names_below(axes, names, half)
            numbers_left(axes, whole=True)
        sheet.text((LEFT + RIGHT) / 2, top + 192, speak(MONTH), ha="center", fontsize=SMALL, color=SOFT)

    return draw("staff", speak(BOTH_STAFF), speak(BOTH_STAFF_TOLD), top + 202, paint)


def _both_money(found: Compared, speak: Language) -> Picture:
    paid = [[row.subsidised if row else 0 for row in rows] for rows in _sides(found)]
    sums = [list(accumulate(amounts)) for amounts in paid]
    names = [month_label(pair.month, speak) for pair in found.months]
    bars = [Key(label=speak(word), colour=colour) for word, colour in zip((FIRST, SECOND), COLOURS, strict=True)]
    lines = _line_keys(found, [known[-1] for known in sums], speak)
    top = legend_height(bars, LEFT) + 22
    second = top + 150 + 26
    below = second + legend_height(lines, LEFT) + 20

    def paint(sheet: Sheet) -> None:
        sheet.legend(bars, LEFT, 0)
        axes = sheet.axes(LEFT, top, RIGHT, top + 150)
        for number, amounts in enumerate(paid):
            places = [at + (number - 0.5) * 0.38 for at in range(len(amounts))]
            axes.bar(places, [scaled(amount, speak) for amount in amounts], width=0.36, color=COLOURS[number])
        sheet.legend(lines, LEFT, second)
        lower = sheet.axes(LEFT, below, RIGHT, below + 150)
        _lines(lower, found, sums, speak)
        for edge, place in ((axes, top), (lower, below)):
            sheet.text(LEFT, place - 8, speak(UNIT), fontsize=SMALL, color=SOFT, ha="center")
            names_below(edge, names, WIDE)
            numbers_left(edge)
        sheet.text(LEFT, below + 192, speak(UNITED(what=DIFFERENCE_SUM(), unit=UNIT())), fontsize=SIZE)
        _changes(sheet.axes(LEFT, below + 206, RIGHT, below + 286), found, names, speak)

    text = BOTH_MONEY_TOLD(difference=amount_told(found.difference, speak))
    return draw("money", speak(BOTH_MONEY), speak(text), below + 310, paint)


def _line_keys(found: Compared, totals: Sequence[int], speak: Language) -> list[Key]:
    keys = [
        Key(label=with_amount(speak(word), total, speak), colour=colour, line="-", marker=marker)
        for word, total, colour, marker in zip((FIRST, SECOND), totals, COLOURS, MARKERS, strict=True)
    ]
    known = _budgets(found)
    keys += [
        Key(label=with_amount(speak(word), amount, speak), colour=ALARM, line=line) for word, amount, line in known
    ]
    return keys


def _lines(axes: Axes, found: Compared, sums: Sequence[Sequence[int]], speak: Language) -> None:
    """The cost so far of both, and the budgets."""
    for known, colour, marker in zip(sums, COLOURS, MARKERS, strict=True):
        amounts = [scaled(amount, speak) for amount in known]
        axes.plot(range(len(known)), amounts, color=colour, linewidth=2, marker=marker, markersize=4)
    budgets = _budgets(found)
    for _, budget, line in budgets:
        budget_line(axes, budget, speak, style=line)
    most = max((*sums[0], *sums[1], *(budget for _, budget, _ in budgets)))
    axes.set_ylim(0, scaled(most, speak) * 1.08 or 1)


def _changes(axes: Axes, found: Compared, names: Sequence[str], speak: Language) -> None:
    """What the second has cost more until the end of each month; less is hatched."""
    known = list(accumulate(pair.difference for pair in found.months))
    for at, amount in enumerate(known):
        value, is_less = scaled(amount, speak), amount < 0
        look: dict[str, Any] = {"color": PALETTE[2 if is_less else 5], "edgecolor": "#FFFFFF", "width": 0.6}
        axes.bar(at, value, hatch="////" if is_less else None, **look)
        place: dict[str, Any] = {"xytext": (0, -2 if is_less else 2), "va": "top" if is_less else "bottom"}
        text = told(amount, speak).replace("-", "−") if amount else ""
        axes.annotate(text, (at, value), textcoords="offset points", ha="center", fontsize=SMALL, **place)
    low, high = (scaled(end, speak) for end in (min(0, *known), max(0, *known)))
    room = (high - low or 1) * 0.25
    axes.set_ylim(low - (room if low < 0 else 0), high + (room if high > 0 or not low else 0))
    axes.axhline(0, color=SOFT, linewidth=0.8)
    axes.spines["bottom"].set_visible(False)
    names_below(axes, names, WIDE)
    numbers_left(axes, ticks=3)


def _sides(found: Compared) -> tuple[list[MonthRow | None], list[MonthRow | None]]:
    return [pair.a for pair in found.months], [pair.b for pair in found.months]


def _budgets(found: Compared) -> list[tuple[Text, int, str]]:
    """One line where both have the same budget, else a line for each."""
    a, b = found.a.run.budget, found.b.run.budget
    if a is not None and a == b:
        return [(BUDGET(), a, "-")]
    known = ((FIRST, a, "-"), (SECOND, b, "--"))
    return [(OF(what=BUDGET(), which=word()), budget, line) for word, budget, line in known if budget is not None]
