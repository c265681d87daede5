"""Pictures of one simulated scenario and of two: persons by month, cost by month, cost so far against the budget."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from grantcalc.draft.model import Role
from grantcalc.headcount.model import Insured
from grantcalc.headcount.run import MonthRow
from grantcalc.headcount.simulation import Compared, Simulation
from grantcalc.report.pictures import (
    ALARM,
    PALETTE,
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
)
from grantcalc.report.pictures_axes import (
    Layer,
    above_bars,
    budget_line,
    even_plan,
    keys_of,
    names_below,
    numbers_left,
    stacked,
    with_amount,
)
from grantcalc.report.simulation_compare_text import FIRST, OF, SECOND
from grantcalc.report.simulation_run_text import ALLOWANCE, BONUS, CUMULATIVE, INSURANCE, PAY, PLANNED, roles_of
from grantcalc.report.simulation_words import BUDGET, PERSONS, month_label
from grantcalc.text import Language, Message, Text

STAFF = Message("Persons in post at the end of the month, by role")
STAFF_TOLD = Message("Stacked bars: persons of each role in post at the end of each month. The table has every number.")
MONEY = Message("What the subsidy pays: each month, and until the end of the month")
MONEY_TOLD = Message(
    "Above, bars of each month's cost by kind; below, the cost until the end of each month as a line, {cost} for the "
    "year, {budget}. The table has every number."
)
WITH_BUDGET = Message("with the budget of {budget} as a line across")
NO_BUDGET = Message("without a budget")
BEYOND = Message("beyond the budget")
BOTH_STAFF = Message("Persons in post at the end of the month, by role, in both")
BOTH_STAFF_TOLD = Message("Stacked bars of both scenarios side by side. The table has every number.")
BOTH_MONEY = Message("What the subsidy pays in both: each month, and until the end of the month")
BOTH_MONEY_TOLD = Message(
    "Above, bars of each month's cost in both scenarios; below, the cost until the end of each month as two lines, and "
    "the budgets across. The second costs {difference} more than the first. The table has every number."
)

LEFT, RIGHT = 50.0, WIDTH - 6.0
WIDE = RIGHT - LEFT


def run_pictures(found: Simulation, speak: Language) -> tuple[Picture, ...]:
    """Persons and money of one scenario."""
    return (_staff(found, speak), _money(found, speak)) if found.run.months else ()


def _names(rows: Sequence[MonthRow], speak: Language) -> list[str]:
    return [month_label(row.month, speak) for row in rows]


def _people(rows: Sequence[MonthRow | None], roles: Sequence[Role], speak: Language) -> list[Layer]:
    layers = []
    for role in roles:
        heads = [0 if row is None else row.heads.get(role, 0) for row in rows]
        layers.append(Layer(label=speak(role), values=tuple(map(float, heads)), shown=tuple(map(str, heads))))
    return layers


def _staff(found: Simulation, speak: Language) -> Picture:
    rows = found.run.months
    layers = _people(rows, roles_of(found.run), speak)
    keys = keys_of([layer.label for layer in layers])
    top = legend_height(keys, LEFT) + 22

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, LEFT, 0)
        sheet.text(LEFT, top - 8, speak(PERSONS), fontsize=SMALL, ha="right", color=SOFT)
        axes = sheet.axes(LEFT, top, RIGHT, top + 180)
        stacked(axes, layers, 180)
        _sums(layers, axes)
        names_below(axes, _names(rows, speak), WIDE)
        numbers_left(axes, whole=True)

    return draw("staff", speak(STAFF), speak(STAFF_TOLD), top + 204, paint)


def _sums(layers: Sequence[Layer], axes: object) -> None:
    """All persons above the bars, where they are more than one role's."""
    from matplotlib.axes import Axes

    if len(layers) > 1 and isinstance(axes, Axes):
        tops = [sum(column) for column in zip(*(layer.values for layer in layers), strict=True)]
        above_bars(axes, tops, [f"{top:.0f}" for top in tops])


def _kinds(found: Simulation, speak: Language) -> list[Layer]:
    """What the subsidy pays by kind; a kind that nobody gets is left out."""
    words = [(PAY, "pay"), (BONUS, "bonus"), (ALLOWANCE, "allowance")]
    if found.scenario.insured is Insured.SUBSIDY:
        words.append((INSURANCE, "insurance"))
    return [
        Layer(label=speak(word), values=tuple(scaled(getattr(row.cost, key), speak) for row in found.run.months))
        for word, key in words
        if getattr(found.run.total, key)
    ]


def _money(found: Simulation, speak: Language) -> Picture:
    rows, budget = found.run.months, found.run.budget
    layers = _kinds(found, speak)
    bars, lines = keys_of([layer.label for layer in layers]), _line_keys(found, speak)
    top = legend_height(bars, LEFT) + 22
    second = top + 150 + 26
    below = second + legend_height(lines, LEFT) + 20

    def paint(sheet: Sheet) -> None:
        sheet.legend(bars, LEFT, 0)
        sheet.text(LEFT, top - 8, speak(UNIT), fontsize=SMALL, color=SOFT, ha="center")
        axes = sheet.axes(LEFT, top, RIGHT, top + 150)
        stacked(axes, layers, 150)
        paid = [row.subsidised for row in rows]
        above_bars(axes, [scaled(amount, speak) for amount in paid], [told(amount, speak) for amount in paid])
        names_below(axes, _names(rows, speak), WIDE)
        numbers_left(axes)
        sheet.legend(lines, LEFT, second)
        sheet.text(LEFT, below - 8, speak(UNIT), fontsize=SMALL, color=SOFT, ha="center")
        axes = sheet.axes(LEFT, below, RIGHT, below + 150)
        sums = [scaled(row.cumulative, speak) for row in rows]
        axes.plot(range(len(rows)), sums, color=PALETTE[0], linewidth=2, marker="o", markersize=4)
        if budget is not None:
            budget_line(axes, budget, speak)
            even_plan(axes, budget, len(rows), speak)
            over = [at for at, row in enumerate(rows) if row.cumulative > budget]
            axes.plot(over, [sums[at] for at in over], color=ALARM, linestyle="none", marker="X", markersize=8)
        axes.set_ylim(0, max(*sums, scaled(budget or 0, speak)) * 1.08 or 1)
        names_below(axes, _names(rows, speak), WIDE)
        numbers_left(axes)

    limit = NO_BUDGET() if budget is None else WITH_BUDGET(budget=_amount(budget, speak))
    text = MONEY_TOLD(cost=_amount(found.run.subsidised, speak), budget=limit)
    return draw("money", speak(MONEY), speak(text), below + 174, paint)


def _amount(amount: int, speak: Language) -> str:
    return f"{told(amount, speak)} {speak(UNIT)}"


def _line_keys(found: Simulation, speak: Language) -> list[Key]:
    budget, spent = found.run.budget, found.run.subsidised
    keys = [Key(label=with_amount(speak(CUMULATIVE), spent, speak), colour=PALETTE[0], line="-", marker="o")]
    if budget is not None:
        keys.append(Key(label=with_amount(speak(BUDGET), budget, speak), colour=ALARM, line="-"))
        keys.append(Key(label=speak(PLANNED), colour=SOFT, line="--"))
        if any(row.cumulative > budget for row in found.run.months):
            keys.append(Key(label=speak(BEYOND), colour=ALARM, marker="X"))
    return keys


def compare_pictures(found: Compared, speak: Language) -> tuple[Picture, ...]:
    """Persons and money of two scenarios."""
    return (_both_staff(found, speak), _both_money(found, speak)) if found.months else ()


def _both_staff(found: Compared, speak: Language) -> Picture:
    roles = list(dict.fromkeys((*roles_of(found.a.run), *roles_of(found.b.run))))
    sides = [_people([getattr(pair, side) for pair in found.months], roles, speak) for side in ("a", "b")]
    keys = keys_of([speak(role) for role in roles])
    top = legend_height(keys, LEFT) + 24
    names = [str(pair.month.month) for pair in found.months]
    most = max(sum(column) for layers in sides for column in zip(*(one.values for one in layers), strict=True))

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, LEFT, 0)
        half = (RIGHT - LEFT - 24) / 2
        for number, (word, layers) in enumerate(zip((FIRST, SECOND), sides, strict=True)):
            left = LEFT + number * (half + 24)
            sheet.text(left + half / 2, top - 10, speak(word), ha="center", weight="bold")
            axes = sheet.axes(left, top, left + half, top + 170)
            stacked(axes, layers, 170 * max(map(sum, zip(*(one.values for one in layers), strict=True))) / (most or 1))
            axes.set_ylim(0, most * 1.12 or 1)
            _sums(layers, axes)
            names_below(axes, names, half)
            numbers_left(axes, whole=True)
        sheet.text((LEFT + RIGHT) / 2, top + 192, speak(_MONTHS), ha="center", fontsize=SMALL, color=SOFT)

    return draw("staff", speak(BOTH_STAFF), speak(BOTH_STAFF_TOLD), top + 202, paint)


_MONTHS = Message("Month")


def _both_money(found: Compared, speak: Language) -> Picture:
    paid = [[row.subsidised if row else 0 for row in rows] for rows in _sides(found)]
    sums = [list(accumulate(amounts)) for amounts in paid]
    names = [month_label(pair.month, speak) for pair in found.months]
    colours = (PALETTE[0], PALETTE[1])
    words = (speak(FIRST), speak(SECOND))
    bars = [Key(label=word, colour=colour) for word, colour in zip(words, colours, strict=True)]
    budgets = _budgets(found)
    lines = [
        Key(label=with_amount(word, known[-1], speak), colour=colour, line="-", marker=marker)
        for word, known, colour, marker in zip(words, sums, colours, "os", strict=True)
    ]
    lines += [
        Key(label=with_amount(speak(label), budget, speak), colour=ALARM, line=style)
        for label, budget, style in budgets
    ]
    top = legend_height(bars, LEFT) + 22
    second = top + 150 + 26
    below = second + legend_height(lines, LEFT) + 20

    def paint(sheet: Sheet) -> None:
        sheet.legend(bars, LEFT, 0)
        sheet.text(LEFT, top - 8, speak(UNIT), fontsize=SMALL, color=SOFT, ha="center")
        axes = sheet.axes(LEFT, top, RIGHT, top + 150)
        for number, amounts in enumerate(paid):
            places = [at + (number - 0.5) * 0.38 for at in range(len(amounts))]
            axes.bar(places, [scaled(amount, speak) for amount in amounts], width=0.36, color=colours[number])
        names_below(axes, names, WIDE)
        numbers_left(axes)
        sheet.legend(lines, LEFT, second)
        sheet.text(LEFT, below - 8, speak(UNIT), fontsize=SMALL, color=SOFT, ha="center")
        axes = sheet.axes(LEFT, below, RIGHT, below + 150)
        for number, known in enumerate(sums):
            style: dict[str, Any] = {"color": colours[number], "linewidth": 2.0, "markersize": 4.0}
            axes.plot(range(len(known)), [scaled(amount, speak) for amount in known], marker="os"[number], **style)
        for _, budget, line in budgets:
            budget_line(axes, budget, speak, style=line)
        most = max((*sums[0], *sums[1], *(budget for _, budget, _ in budgets)))
        axes.set_ylim(0, scaled(most, speak) * 1.08 or 1)
        names_below(axes, names, WIDE)
        numbers_left(axes)

    text = BOTH_MONEY_TOLD(difference=_amount(found.difference, speak))
    return draw("money", speak(BOTH_MONEY), speak(text), below + 174, paint)


def _sides(found: Compared) -> tuple[list[MonthRow | None], list[MonthRow | None]]:
    return [pair.a for pair in found.months], [pair.b for pair in found.months]


def _budgets(found: Compared) -> list[tuple[Text, int, str]]:
    """One line where both have the same budget, else a line for each."""
    a, b = found.a.run.budget, found.b.run.budget
    if a is not None and a == b:
        return [(BUDGET(), a, "-")]
    known = ((FIRST, a, "-"), (SECOND, b, "--"))
    return [(OF(what=BUDGET(), which=word()), budget, line) for word, budget, line in known if budget is not None]
