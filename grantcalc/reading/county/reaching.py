"""Cells that say something of several rows: merged over them, or the category beside the names of its items."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from attrs import evolve

from grantcalc.finding import Place
from grantcalc.money import number
from grantcalc.reading.county.columns import Columns
from grantcalc.reading.county.facts import NAMES
from grantcalc.reading.county.headers import LONGEST, SUMS
from grantcalc.reading.county.judged import Judged
from grantcalc.reading.county.model import Column, ColumnKind, RowKind
from grantcalc.reading.county.payers import clean
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.county.words import Words, fold
from grantcalc.reading.problems import Sink
from grantcalc.text import Message

TOGETHER = Message(
    "The quantity {number} is merged over rows {first} to {last}, each with an amount of its own: it is that of none "
    "of them alone, and is left out."
)
OWN_QUANTITY = Message("Give each row its own quantity.")

_TEXTS: Final = frozenset({*NAMES, ColumnKind.FUND, ColumnKind.PLACE, ColumnKind.PERSON})
_FACTORS: Final = (ColumnKind.UNIT_PRICE, ColumnKind.QUANTITY)
_OF_FIGURES: Final = frozenset({*_FACTORS, ColumnKind.REF, ColumnKind.UNIT, ColumnKind.COUNT, ColumnKind.MONTHS})
_FEWEST: Final = 2


def reaching_down(
    view: SheetView, columns: Sequence[Column], judged: Sequence[Judged]
) -> dict[tuple[int, int], object]:
    """Names that reach down to a row of the table from a merged cell above, and the prices and units of its figures."""
    found: dict[tuple[int, int], object] = {}
    if not view.grid.merged:
        return found
    for column in columns:
        for one in judged if column.kind in _TEXTS else ():
            _put(view, one.number, column, found)
    asking = [one for one in judged if one.kind is RowKind.ENTRY and one.facts.money]
    for one in asking:
        _figures(view, one.number, columns, found)
    return found


def _put(view: SheetView, row: int, column: Column, found: dict[tuple[int, int], object]) -> None:
    raw = view.through_merge(row, column.number)
    if raw != "" and view.value(row, column.number) == "":
        found[row, column.number] = raw


def _figures(view: SheetView, row: int, columns: Sequence[Column], found: dict[tuple[int, int], object]) -> None:
    """A price merged over rows that count for themselves; a quantity only where with it the row's own amount is made.

    A quantity over rows that share it (中央 and 自籌 of one purchase) belongs to all of them together.
    """
    factors = [column for column in columns if column.kind in _FACTORS]
    lacking = [column for column in factors if view.value(row, column.number) == ""]
    kinds = {column.kind for column in factors}
    if not lacking or not kinds.issuperset(_FACTORS):
        return
    if any(column.kind is ColumnKind.QUANTITY for column in lacking) and not _is_made(view, row, columns):
        return
    for column in (*lacking, *(column for column in columns if column.kind is ColumnKind.UNIT)):
        _put(view, row, column, found)


def _is_made(view: SheetView, row: int, columns: Sequence[Column]) -> bool:
    """Whether price and quantities, reaching down or not, make an amount of the row."""
    made = Decimal(1)
    for column in columns:
        if column.kind in _FACTORS:
            made *= amount(view.through_merge(row, column.number)) or 0
    return made in [amount(view.value(row, column.number)) for column in columns if column.kind in SUMS]


def shared_quantities(
    view: SheetView, columns: Sequence[Column], judged: Sequence[Judged], sink: Sink
) -> frozenset[tuple[int, int]]:
    """The quantities that stand in a cell merged over rows with amounts of their own, which none of these makes."""
    found: set[tuple[int, int]] = set()
    asking = {one.number for one in judged if one.kind is RowKind.ENTRY and one.facts.money}
    for column in columns if view.grid.merged else ():
        for row in asking if column.kind is ColumnKind.QUANTITY else ():
            covering = view.merged(row, column.number)
            if covering is None or covering[0] != row or not view.filled(row, column.number):
                continue
            several = len(asking.intersection(range(row, covering[2] + 1))) >= _FEWEST
            if several and not _is_made(view, row, columns):
                found.add((row, column.number))
                place = Place(path="lines", sheet=view.grid.name, cell=view.grid.cell(row, column.number))
                told = TOGETHER(number=number(amount(view.value(row, column.number)) or 0), first=row, last=covering[2])
                sink.recognised(place, told, OWN_QUANTITY(), score=50, sure=False)
    return frozenset(found)


def names_a_column(one: Judged, words: Words) -> bool:
    """Whether the name of an entry is a word of headers, of numbers or of their units: a sheet not understood."""
    word = words.headers.get(fold(clean(one.label))) if one.kind is RowKind.ENTRY and not one.facts.detail else None
    return word is not None and word.kind in _OF_FIGURES


def with_items(columns: Columns, view: SheetView, body: range) -> Columns:
    """類別 | 用途 with a name in every row beside categories that reach down: that column names the items.

    Its header alone says no more than that it explains.
    """
    kinds = {column.kind: column for column in reversed(columns.known)}
    category, explained = kinds.get(ColumnKind.CATEGORY), kinds.get(ColumnKind.DESCRIPTION)
    if category is None or explained is None or kinds.keys() & {ColumnKind.ITEM, ColumnKind.ROLE, ColumnKind.PERSON}:
        return columns
    sums = [column.number for column in columns.known if column.kind in SUMS]
    paid = [row for row in body if any(amount(view.value(row, number)) is not None for number in sums)]
    beneath = [row for row in paid if not view.filled(row, category.number)]
    texts = [view.text(row, explained.number) for row in paid if row in {*beneath, *_above(beneath, paid)}]
    if len(beneath) < _FEWEST or explained.number < category.number or not _are_names(texts):
        return columns
    named = evolve(explained, kind=ColumnKind.ITEM, index=0)
    return evolve(columns, known=tuple(named if one is explained else one for one in columns.known))


def _above(beneath: Sequence[int], paid: Sequence[int]) -> set[int]:
    """The row of the category before each."""
    return {before for before, row in pairwise(paid) if row in beneath}


def _are_names(texts: Sequence[str]) -> bool:
    """Whether every text is short and no calculation."""
    short = all(0 < len(text) <= LONGEST for text in texts)
    return short and not any(sign in text for text in texts for sign in "×*＊=＝")
