"""Tables of a result before they are laid out: typed columns, alike on a terminal, on a page and in a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import Enum
from fractions import Fraction

from attrs import frozen

from grantcalc.report.simulation_words import rounded, signed
from grantcalc.report.tabular import table
from grantcalc.text import Language, dollars

NOTHING = "–"
"""What a cell without a value shows."""


class Look(Enum):
    """How the cells of a column are shown; ``DOLLARS`` with their unit where they stand alone, ``MONEY`` without."""

    TEXT = "text"
    MONEY = "money"
    DOLLARS = "dollars"
    SIGNED = "signed"
    RATIO = "ratio"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"


Cell = int | Fraction | str | dt.date | None
Fact = tuple[str, Cell, Look]
"""A label, and a value that stands alone beside it."""


@frozen(kw_only=True)
class Column:
    """One column of a table: its header, how its cells look, and the cell below them, of a sum.

    ``width`` is that of a column of long texts in a workbook, in characters. A text among numbers stands right.
    """

    header: str
    look: Look = Look.MONEY
    cells: Sequence[Cell]
    total: Cell = None
    width: int | None = None


def texts(header: str, cells: Iterable[str | None], width: int | None = None, total: str | None = None) -> Column:
    """A column of texts."""
    return Column(header=header, look=Look.TEXT, cells=list(cells), total=total, width=width)


def plainest(look: Look, cells: Iterable[Cell]) -> Look:
    """Without decimals where none of the numbers has any: 780, not 780.0."""
    numbers = [cell for cell in cells if isinstance(cell, int | Fraction)]
    return Look.MONEY if all(number.denominator == 1 for number in numbers) else look


def cell_text(cell: Cell, look: Look, speak: Language) -> str:
    """A cell as text: numbers with thousands separators, ratios and percentages to two places, half up."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return cell
    if isinstance(cell, dt.date):
        return speak.date(cell)
    if look is Look.DOLLARS:
        return speak(dollars(int(cell)))
    if look is Look.SIGNED:
        return signed(int(cell), speak)
    if look is Look.PERCENT:
        return f"{rounded(Fraction(cell) * 100, speak)}%"
    return rounded(Fraction(cell), speak) if look is Look.RATIO else speak.number(cell)


def fact_texts(facts: Iterable[Fact], speak: Language) -> list[tuple[str, str]]:
    """Labels and their values as text."""
    return [(label, cell_text(cell, look, speak)) for label, cell, look in facts]


def row_texts(columns: Sequence[Column], speak: Language, *, has_total: bool = False) -> list[tuple[str, ...]]:
    """The rows of a table as text, the row of sums last."""
    known = []
    for column in columns:
        shown = [cell_text(cell, column.look, speak) for cell in column.cells]
        if has_total:
            shown.append("" if column.total is None else cell_text(column.total, column.look, speak))
        known.append(shown)
    return list(zip(*known, strict=True))


def text_table(columns: Sequence[Column], speak: Language, *, has_total: bool = False) -> list[str]:
    """The lines of a table for a terminal; nothing without rows."""
    if not columns or not columns[0].cells:
        return []
    right = [at for at, column in enumerate(columns) if column.look is not Look.TEXT]
    return table([column.header for column in columns], row_texts(columns, speak, has_total=has_total), right=right)
