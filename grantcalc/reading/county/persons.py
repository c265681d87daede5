"""How many persons and months a post's row counts: by its units, else by what its words and its amount bear out."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import define, field

from grantcalc.money import Number, number, product, whole
from grantcalc.reading.county.figures import Amounted, Figures
from grantcalc.reading.county.model import CellKey, ColumnKind
from grantcalc.reading.county.remedies import NOTHING, OWN_COLUMNS
from grantcalc.reading.county.rowcells import RowCells, exactly
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message
from grantcalc.units import Unit
from grantcalc.unitwords import of_numerals, unit_of_word
from grantcalc.wording import Term

COUNT_OF_NAME = Message("“{written}” was read as {number} persons.")
PERSONS_AND_MONTHS = Message("The quantity {number} was read as {persons} persons × {months} months, as “{text}” says.")
AS_MONTHS = Message("The quantity {number} was read as months: with them the monthly pay makes the amount.")
MONTHS_UNCLEAR = Message("{number} of unit {unit} do not say how many persons and how many months: left out.")
MONTHS_OF_EXTRAS = Message("{number} months are those of “{header}” beside them, not those of the pay.")
NO_UNIT = Message("no unit")
_SCORE = 80
_LONGEST_YEAR = 14
"""Months of pay of one person in a year, bonus included: more 人月 are those of several."""

_COUNT = re.compile(
    r"(?:(?P<digits>\d{1,3})|(?<![\d第])(?P<numerals>[一二兩三四五六七八九十]{1,3}))\s*(?:名|人(?![次月日天])|位)"
)
_MONTHS = re.compile(r"(\d{1,2}(?:\.\d{1,4})?)\s*個?月(?!\s*\d{1,2}\s*日)")


@define
class HeadCount:
    """Persons and months of one row; ``where`` names the cells."""

    cells: RowCells
    sink: Sink
    values: dict[str, Any] = field(factory=dict)
    where: dict[str, CellKey | None] = field(factory=dict)

    def read(self, figures: Figures, term: Term | None = None) -> None:
        """``monthly_pay`` is set only where persons and months are all that it is multiplied by.

        ``term`` is the product that the explanation writes: it counts what no column does.
        """
        loose: list[Amounted] = []
        for factor in sorted(figures.factors, key=lambda one: one.number_cell not in self._own_cells()):
            if self._of_extras(factor):
                continue
            unit = Unit.PERSON if factor.number_cell in self._cells_of(ColumnKind.COUNT) else _unit(factor)
            name = {Unit.PERSON: "count", Unit.MONTH: "months"}.get(unit) if unit is not None else None
            if name is not None and name not in self.values:
                self._set(name, factor.number, factor.number_cell)
            elif factor.number != 1:
                loose.append(factor)
        known = not loose or (len(loose) == 1 and self._resolved(loose[0], figures.price))
        if not known:
            self.values.pop("months", None)
            self._tell_unclear(loose[0])
            if len(loose) == 1 and _unit(loose[0]) is Unit.PERSON_MONTH and figures.price is not None:
                self._set("monthly_pay", figures.price, figures.price_cell)  # the price of one person's month
        elif figures.price is not None:
            self._set("monthly_pay", figures.price, figures.price_cell)
            self._of_term(figures.price, term)
        if "count" not in self.values:
            self._count_of_words()

    def _own_cells(self) -> set[CellKey]:
        """The cells of persons and months of the post itself, in a table of posts."""
        return self._cells_of(ColumnKind.COUNT) | self._cells_of(ColumnKind.MONTHS)

    def _cells_of(self, kind: ColumnKind) -> set[CellKey]:
        return {self.cells.key(column) for column in self.cells.columns(kind)}

    def _of_extras(self, factor: Amounted) -> bool:
        """Months right behind insurance or allowance, where the post has its own: 勞健保（月）, 月數, 保費."""
        if _unit(factor) is not Unit.MONTH or factor.number_cell is None or "months" not in self.values:
            return False
        before = factor.number_cell[2] - 1
        for kind in (ColumnKind.INSURANCE, ColumnKind.ALLOWANCE):
            for column in self.cells.columns(kind):
                if column.number == before and factor.number_cell not in self._own_cells():
                    told = MONTHS_OF_EXTRAS(number=factor.number, header=shown(column.header))
                    self.sink.recognised(self.cells.place(factor.number_cell), told, NOTHING())
                    return True
        return False

    def _set(self, name: str, value: Number, cell: CellKey | None) -> None:
        self.values[name], self.where[name] = value, cell

    def _of_term(self, price: Number, term: Term | None) -> None:
        """Persons or months that only the explanation counts, in a product of the same price."""
        if term is None or not term.plain or term.price is None or term.price.number != price:
            return
        for name, unit in (("count", Unit.PERSON), ("months", Unit.MONTH)):
            found = [factor.number for factor in term.quantities if factor.unit is unit]
            if name not in self.values and len(found) == 1:
                self._set(name, found[0], self.cells.worded_in)

    def _resolved(self, factor: Amounted, price: Number | None) -> bool:
        """A quantity in 人月, in another unit, or in none."""
        unit = factor.unit or unit_of_word(factor.word)
        if "months" in self.values:
            return False
        if "count" in self.values:
            return self._months_by_amount(factor, price, self.values["count"])
        persons, months = self._worded_persons(), months_said(self.cells)
        if persons and unit is Unit.PERSON_MONTH:
            months = number(Fraction(factor.number) / Fraction(persons))
        if persons and months and product(persons, months) == factor.number:
            self._set("count", persons, self.cells.worded_in)
            self._set("months", months, factor.number_cell)
            text = shown(self.cells.description or self.cells.name)
            told = PERSONS_AND_MONTHS(number=factor.number, persons=persons, months=months, text=text)
            self.sink.recognised(self.cells.place(factor.number_cell), told, NOTHING())
            return True
        if unit is Unit.PERSON_MONTH and not persons and factor.number <= _LONGEST_YEAR:
            return self._months_by_amount(factor, price, 1)
        return not factor.word and self._months_by_amount(factor, price, 1)

    def _months_by_amount(self, factor: Amounted, price: Number | None, count: Number) -> bool:
        """The row's amount is monthly pay × this quantity × persons."""
        amounts = [exactly(self.cells.first(kind)) for kind in (ColumnKind.AMOUNT, ColumnKind.SUBSIDY)]
        if price is None or whole(product(price, factor.number)) * count not in amounts:
            return False
        self._set("months", factor.number, factor.number_cell)
        told = AS_MONTHS(number=factor.number)
        self.sink.recognised(self.cells.place(factor.number_cell), told, OWN_COLUMNS(), score=_SCORE, sure=False)
        return True

    def _tell_unclear(self, factor: Amounted) -> None:
        unit = _unit(factor)
        told = MONTHS_UNCLEAR(number=factor.number, unit=unit or shown(factor.word) or NO_UNIT())
        self.sink.recognised(self.cells.place(factor.number_cell), told, OWN_COLUMNS(), score=0, sure=False)

    def _worded_persons(self) -> int | None:
        """The one number of persons that name or explanation say."""
        for text in (f"{self.cells.text(ColumnKind.ROLE)} {self.cells.row.label}", self.cells.description):
            found = {_number(match) for match in _COUNT.finditer(text)}
            if len(found) == 1:
                return found.pop()
        return None

    def _count_of_words(self) -> None:
        persons = self._worded_persons()
        if persons:
            self._set("count", persons, self.cells.key_of(ColumnKind.ROLE) or self.cells.key_of(ColumnKind.ITEM))
            written = shown(f"{self.cells.row.label} {self.cells.description}".strip())
            told = COUNT_OF_NAME(written=written, number=persons)
            self.sink.recognised(self.cells.place(self.where["count"]), told, NOTHING())


def months_said(cells: RowCells) -> Number | None:
    """The one number of months that name or explanation say."""
    found = {Decimal(match[1]) for match in _MONTHS.finditer(f"{cells.row.label} {cells.description}")}
    return number(found.pop()) if len(found) == 1 else None


def _number(match: re.Match[str]) -> int:
    value = match["digits"] or of_numerals(match["numerals"])
    return int(value or 0)


def _unit(factor: Amounted) -> Unit | None:
    return factor.unit or unit_of_word(factor.word) or _coded(factor.word)


def _coded(word: str) -> Unit | None:
    return next((unit for unit in Unit if unit.value == word), None)
