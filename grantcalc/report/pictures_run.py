"""Pictures of one simulated scenario: persons by month, cost by month, cost so far against the budget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grantcalc.draft.model import Role
from grantcalc.headcount.model import Insured
from grantcalc.headcount.run import MonthRow
from grantcalc.headcount.simulation import Simulation
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
from grantcalc.report.simulation_run_rows import ALLOWANCE, BONUS, CUMULATIVE, INSURANCE, PAY, PLANNED, roles_of
from grantcalc.report.simulation_words import BUDGET, PERSONS, month_label
from grantcalc.text import Language, Message

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

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEFT, RIGHT = 50.0, WIDTH - 6.0
WIDE = RIGHT - LEFT


def run_pictures(found: Simulation, speak: Language) -> tuple[Picture, ...]:
    """Persons and money of one scenario."""
    return (_staff(found, speak), _money(found, speak)) if found.run.months else ()


def _names(rows: Sequence[MonthRow], speak: Language) -> list[str]:
    return [month_label(row.month, speak) for row in rows]


def people(rows: Sequence[MonthRow | None], roles: Sequence[Role], speak: Language) -> list[Layer]:
    """Persons of each role in each month, as layers of stacked bars."""
    layers = []
    for role in roles:
        heads = [0 if row is None else row.heads.get(role, 0) for row in rows]
        layers.append(Layer(label=speak(role), values=tuple(map(float, heads)), shown=tuple(map(str, heads))))
    return layers


def _staff(found: Simulation, speak: Language) -> Picture:
    rows = found.run.months
    layers = people(rows, roles_of(found.run), speak)
    keys = keys_of([layer.label for layer in layers])
    top = legend_height(keys, LEFT) + 22

    def paint(sheet: Sheet) -> None:
        sheet.legend(keys, LEFT, 0)
        sheet.text(LEFT, top - 8, speak(PERSONS), fontsize=SMALL, ha="right", color=SOFT)
        axes = sheet.axes(LEFT, top, RIGHT, top + 180)
        stacked(axes, layers, 180)
        sums_above(axes, layers)
        names_below(axes, _names(rows, speak), WIDE)
        numbers_left(axes, whole=True)

    return draw("staff", speak(STAFF), speak(STAFF_TOLD), top + 204, paint)


def sums_above(axes: Axes, layers: Sequence[Layer]) -> None:
    """All persons above the bars, where they are more than one role's."""
    if len(layers) > 1:
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

    limit = NO_BUDGET() if budget is None else WITH_BUDGET(budget=amount_told(budget, speak))
    text = MONEY_TOLD(cost=amount_told(found.run.subsidised, speak), budget=limit)
    return draw("money", speak(MONEY), speak(text), below + 174, paint)


def amount_told(amount: int, speak: Language) -> str:
    """An amount with the unit of the axes."""
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
