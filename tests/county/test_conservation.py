"""No dollar of a county's sheet is lost without a word: it is in the draft, or told as money that was not read."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings

from grantcalc.draft.model import Line, Position, Reading
from grantcalc.reading.county.read import read_county
from grantcalc.reading.formulas import letters
from grantcalc.reading.options import ReadOptions
from tests.county.drawn import Budget, budgets
from tests.county.grids import book
from tests.county.test_read import FILE, library

OPTIONS = ReadOptions(programme="fsp-113", county="嘉義縣")


def in_draft(reading: Reading) -> Fraction:
    """The amounts of all rows, and what own funds add to the pay of posts."""
    rows: tuple[Line | Position, ...] = (*reading.draft.lines, *reading.draft.positions)
    names = ("amount", "pay_amount", "insurance_amount", "allowance_amount")
    stated = sum(Fraction(getattr(row, name, None) or 0) for row in rows for name in names)
    added = (Fraction(post.own_monthly_pay or 0) * Fraction(post.months or 0) * Fraction(post.count or 1)
             for post in reading.draft.positions)  # fmt: skip
    return stated + sum(added)


def money_cells(budget: Budget) -> dict[str, Decimal]:
    """The dollars in the cells of money of the rows of entries: of the funds, where the row states them, else all."""
    found: dict[str, Decimal] = {}
    for row in budget.stated:
        held = {name: (at, budget.rows[row - 1][at - 1]) for at, name in budget.money.items()}
        kinds = ("subsidy", "own") if "subsidy" in held else ("amount",)
        for at, value in (held[kind] for kind in kinds):
            if value:
                found[f"{letters(at)}{row}"] = Decimal(str(value)) * budget.factor
    return found


def told(reading: Reading, budget: Budget) -> Fraction:
    """Money told as unread, and by how much the amount of a row is more than the lines that its words make."""
    cells = money_cells(budget)
    unread = sum(
        (Fraction(cells.get(one.place.cell or "", 0)) for one in reading.cells if not one.claimed), Fraction(0)
    )
    amounts = {f"{line.origin.path}.amount": line.amount or 0 for line in reading.draft.lines}
    apart = {one.place.cell: one for one in reading.sums if one.place.cell in _amount_cells(budget)}
    of_lines = (one for one in apart.values() if one.rows and all(path in amounts for path in one.rows))
    differences = (Fraction(one.stated) - sum(Fraction(amounts[path]) for path in one.rows) for one in of_lines)
    return unread + sum(differences)


def _amount_cells(budget: Budget) -> set[str]:
    return {f"{letters(at)}{row}" for row in budget.stated for at in budget.money}


@settings(max_examples=60)
@given(budgets())
def test_every_dollar_is_in_the_draft_or_told(budget: Budget) -> None:
    if not budget.stated:
        return
    reading = read_county(book({"經費表": budget.rows}), library(), FILE, OPTIONS)
    assert in_draft(reading) + told(reading, budget) == budget.whole
