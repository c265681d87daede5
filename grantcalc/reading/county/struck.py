"""Rows that an amendment struck: filled in the earlier version of a budget, blank or 0 in the one that is the draft."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from attrs import evolve

from grantcalc.finding import Place
from grantcalc.reading.county.headers import SUMS
from grantcalc.reading.county.match import Match
from grantcalc.reading.county.model import ColumnKind, CountyRow, CountyTable, RowKind
from grantcalc.reading.county.sheetview import amount
from grantcalc.reading.county.words import Version
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message

STRUCK = Message(
    "Row {row}, “{label}”: the earlier version has an amount, the amended one has none. The row is read as struck: "
    "nothing is computed from its price and quantity."
)
SAY_SO = Message("If the row still stands, write its amended amount; if not, delete its price and quantity.")
_SCORE: Final = 70


def without_struck(table: CountyTable, matches: Mapping[int, Match], sink: Sink) -> CountyTable:
    """The table without such rows where price and quantity are those of all versions, and no total speaks for them."""
    earlier = [column for column, match in matches.items() if match.version is Version.EARLIER]
    sums = [one.number for one in table.columns if one.kind in SUMS]
    if not earlier or not sums:
        return table
    rows = [row for row in table.rows if row.kind is RowKind.ENTRY and _is_struck(table, row, earlier, sums)]
    struck = {row.number for row in rows}
    if not struck or not _fits(table, struck, sums):
        return table
    for row in rows:
        place = Place(path="lines", sheet=table.grid.name, cell=table.grid.cell(row.number, sums[0]))
        message = STRUCK(row=row.number, label=shown(row.label))
        sink.recognised(place, message, SAY_SO(), score=_SCORE, sure=False)
    return evolve(table, rows=tuple(_left(row, struck) for row in table.rows))


def _left(row: CountyRow, struck: set[int]) -> CountyRow:
    if row.number in struck:
        return evolve(row, kind=RowKind.NOTE)
    return evolve(row, sums=tuple(one for one in row.sums if one not in struck))


def _is_struck(table: CountyTable, row: CountyRow, earlier: list[int], sums: list[int]) -> bool:
    cells = {column: table.grid.value(row.number, column) for column in (*earlier, *sums)}
    counted = [table.value(row.number, kind) for kind in (ColumnKind.UNIT_PRICE, ColumnKind.QUANTITY)]
    blank = all(not amount(cells[column]) and not _is_text(cells[column]) for column in sums)
    merged = any((row.number, column) in table.reaching for column in sums)
    return blank and not merged and any(amount(cells[one]) for one in earlier) and any(map(amount, counted))


def _is_text(raw: object) -> bool:
    """Whether a cell holds words: 另案辦理 is no blank."""
    return isinstance(raw, str) and amount(raw) is None and any(letter.isalnum() for letter in raw)


def _fits(table: CountyTable, struck: set[int], sums: list[int]) -> bool:
    """Whether no sum over such a row states another amount than the rows that are left make."""
    value = {
        (row.number, column): amount(table.grid.value(row.number, column)) or Decimal(0)
        for row in table.rows
        for column in sums
    }
    stated = ((row, column, value[row.number, column]) for row in table.rows for column in sums)
    return all(
        total == sum(value.get((one, column), Decimal(0)) for one in row.sums)
        for row, column, total in stated
        if total and struck & set(row.sums)
    )
