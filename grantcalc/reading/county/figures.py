"""Price and quantities of a row: from its columns, else from the arithmetic that its explanation writes in words."""

from __future__ import annotations

from typing import Final

from attrs import define, evolve, frozen

from grantcalc.draft.model import Quantity
from grantcalc.money import Number, product, whole
from grantcalc.reading.county.model import CellKey, Column, ColumnKind
from grantcalc.reading.county.pricesums import read_price_sum
from grantcalc.reading.county.remedies import NOTHING
from grantcalc.reading.county.rowcells import RowCells, exactly, is_blank
from grantcalc.reading.county.unitcells import (
    ONE_OF_UNITS,
    factors_of_text,
    is_either,
    kept,
    one_of,
    unit_beside,
    word_of,
)
from grantcalc.reading.problems import Sink, shown
from grantcalc.rules.programme import Item
from grantcalc.text import Message, dollars
from grantcalc.units import COMPOUNDS, QUANTITY_UNITS, Unit
from grantcalc.unitwords import PIECES, unit_of_word
from grantcalc.wording import Term, quantity_of

PIECE = Message("“{word}” counts pieces, for which the form has no unit: kept as written.")
NO_UNIT = Message("The quantity {number} has no unit: read as {unit}, the unit that “{item}” is priced by.")
NO_UNIT_LOT = Message("The quantity {number} has no unit: read as {unit}.")
UNIT_BESIDE = Message("The quantity {number} has its unit in the remark: {unit}.")
UNKNOWN_UNIT = Message("The unit “{word}” is not one of the form: kept as written.")
GIVE_UNIT = Message("Look whether it is this unit; if not, write one of: hour, period, time, person, month, day, case.")
FINER = Message("Quantities and units were read from the explanation “{text}”, which makes the same as the columns.")
FILLED = Message("Price and quantities were read from the explanation “{text}”.")
GUESSED = Message("Nothing in “{text}” says which number is the price: read as {price}.")
NAME_PRICE = Message("Look whether that is the price; if not, write 元 behind it and a unit behind every other number.")
ONE_LOT = Message("The explanation “{text}” says one lot: its price is the amount of the row.")
SHARE = Message("“{text}” is a share or a division: read as one lot of {amount}.")

COUNTED: Final = {ColumnKind.COUNT: Unit.PERSON, ColumnKind.MONTHS: Unit.MONTH}
"""Columns that hold quantities of rows that are no posts."""


@frozen(kw_only=True)
class Amounted:
    """One factor with the cells it was read from."""

    number: Number
    word: str = ""
    unit: Unit | None = None
    number_cell: CellKey | None = None
    unit_cell: CellKey | None = None


@frozen(kw_only=True)
class Figures:
    """What multiplies to the amount of one line; ``text`` is the explanation that it was read from, if it was."""

    price: Number | None = None
    price_cell: CellKey | None = None
    factors: tuple[Amounted, ...] = ()
    text: str = ""
    bad_price: bool = False
    """The cell of the price holds something that is no number."""
    bad_factors: tuple[Column, ...] = ()
    """Columns of quantities in which the row holds something that is no number."""

    @property
    def product(self) -> int | None:
        """Price × every factor, half up; ``None`` where one of the two is missing."""
        if self.price is None or not self.factors:
            return None
        return whole(product(self.price, *(one.number for one in self.factors)))


@define
class FigureReader:
    """Reads the figures of one row; everything taken from words, or assumed, is told."""

    cells: RowCells
    sink: Sink

    def read(self, item: Item | None, terms: tuple[Term, ...]) -> Figures:
        """The figures of a row that makes one line; ``terms`` are the products that its explanation writes."""
        return self._with_units(self.loose(terms), item)

    def loose(self, terms: tuple[Term, ...]) -> Figures:
        """The same, with nothing assumed for a factor without a unit."""
        figures = self._counted_in_words(self._of_columns())
        only = terms[0] if len(terms) == 1 else None
        return figures if only is None else self._with_words(figures, only)

    def of_term(self, term: Term, item: Item | None) -> Figures:
        """The figures of a line that one of several products of an explanation makes."""
        return self._with_units(self._worded(term), item)

    def _of_columns(self) -> Figures:
        price, cell, per = self._price()
        factors: list[Amounted] = []
        bad: list[Column] = []
        for column in self.cells.columns(ColumnKind.QUANTITY):
            found = self._factors(column, per)
            factors += found
            if not found and not is_blank(self.cells.raw(column)):
                bad.append(column)
        for kind, unit in COUNTED.items():
            for column in self.cells.columns(kind):
                number = exactly(self.cells.raw(column))
                if number is not None:
                    key = self.cells.key(column)
                    word, unit_cell = self._of_either(column.unit) if column.unit else ("", None)
                    known = None if word else unit
                    factors.append(Amounted(number=number, word=word, unit=known, number_cell=key, unit_cell=unit_cell))
        if any(one.number for one in factors):
            factors = [one for one in factors if one.number or one.unit_cell]
        return Figures(
            price=price,
            price_cell=cell,
            factors=() if bad else tuple(factors),
            bad_price=price is None and cell is not None,
            bad_factors=tuple(bad),
        )

    def _price(self) -> tuple[Number | None, CellKey | None, tuple[str, ...]]:
        for kind in (ColumnKind.UNIT_PRICE, ColumnKind.MONTHLY_PAY):
            for column in self.cells.columns(kind):
                raw, key = self.cells.raw(column), self.cells.key(column)
                if is_blank(raw):
                    continue
                found = quantity_of(raw) if isinstance(raw, str) else None
                if found is not None and not found.percent and (found.money or found.bare):
                    self.sink.took(self.cells.place(key), str(raw), dollars(found.number), unseen=True)
                    return found.number, key, found.per
                summed = read_price_sum(self.cells, key, raw, self.sink) if column.factor == 1 else None
                return exactly(raw) if summed is None else summed, key, ()
        return None, None, ()

    def _factors(self, column: Column, per: tuple[str, ...]) -> list[Amounted]:
        raw, key = self.cells.raw(column), self.cells.key(column)
        if is_blank(raw):
            return []
        word, unit_cell = self._unit_word(column, per)
        number = exactly(raw)
        if number is not None:
            return [Amounted(number=number, word=word, number_cell=key, unit_cell=unit_cell)]
        found: list[Amounted] = []
        for factor in factors_of_text(str(raw)):
            self.sink.took(self.cells.place(key), str(raw), factor.number, unseen=True)
            at = key if factor.word else unit_cell
            found.append(Amounted(number=factor.number, word=factor.word or word, number_cell=key, unit_cell=at))
        return found

    def _unit_word(self, column: Column, per: tuple[str, ...]) -> tuple[str, CellKey | None]:
        """The word of a unit beside a number, in its header, or behind the price (元/小時)."""
        for unit in self.cells.columns(ColumnKind.UNIT):
            written = self.cells.raw(unit)
            if unit.index == column.index and isinstance(written, str) and written.strip():
                return word_of(written), self.cells.key(unit)
        if column.unit:
            return self._of_either(column.unit)
        alone = len(self.cells.columns(ColumnKind.QUANTITY)) == 1
        return (per[0], None) if alone and len(per) == 1 else ("", None)

    def _of_either(self, word: str) -> tuple[str, CellKey | None]:
        """The word of a header's unit; of one that names several (人(次)數) what the row's remark says, if it does."""
        beside = unit_beside(self.cells) if is_either(word) else None
        return (word, None) if beside is None else (beside[1].value, beside[0])

    def _counted_in_words(self, figures: Figures) -> Figures:
        """A quantity that the explanation counts more closely: 24 (人月) is 「2人×12月」."""
        only = figures.factors[0] if len(figures.factors) == 1 else None
        counts = [one for one in self.cells.wording.calculations if not one.of_money and len(one.terms) == 1]
        if only is None or len(counts) != 1:
            return figures
        term = counts[0].terms[0]
        units = {one.unit for one in term.factors if one.unit is not None}
        counted = only.unit or unit_of_word(only.word)
        compound = set(COMPOUNDS.get(counted or Unit.LOT, ()))
        alike = (counted is None and not only.word) or counted in units or units == compound
        if term.product != only.number or not alike or not all(one.unit for one in term.factors):
            return figures
        place = self.cells.place(self.cells.worded_in)
        self.sink.recognised(place, FINER(text=shown(term.text)), NOTHING())
        made = [
            evolve(only, number=one.number, word=one.word, unit=one.unit, unit_cell=self.cells.worded_in)
            for one in term.factors
        ]
        return evolve(figures, factors=tuple(made))

    def one_lot(self, figures: Figures, amount: Number | None) -> Figures:
        """The amount of a row is that of one lot where its explanation says no more than that (一式)."""
        if figures.price is not None or figures.factors or figures.bad_price or figures.bad_factors or not amount:
            return figures
        said = quantity_of(self.cells.description)
        if said is None or said.unit is not Unit.LOT or said.number != 1:
            return figures
        cell = self.cells.worded_in
        self.sink.recognised(self.cells.place(cell), ONE_LOT(text=shown(self.cells.description)), NOTHING())
        lot = Amounted(number=1, word=said.word, unit=Unit.LOT, number_cell=cell, unit_cell=cell)
        return evolve(figures, price=amount, factors=(lot,))

    def _with_words(self, figures: Figures, term: Term) -> Figures:
        worded = self._worded(term)
        if figures.price is not None and figures.factors:
            same = worded.price == figures.price and worded.product == figures.product
            known = all(unit_of_word(one.word) for one in worded.factors)
            if not (term.plain and same and known):
                return figures
            if _told(worded) != _told(figures):
                place = self.cells.place(self.cells.worded_in)
                self.sink.recognised(place, FINER(text=shown(term.text)), NOTHING())
            return evolve(figures, factors=worded.factors, text=worded.text)
        place = self.cells.place(self.cells.worded_in)
        self.sink.recognised(place, FILLED(text=shown(term.text)), NOTHING())
        if figures.price is None and not figures.bad_price:
            figures = evolve(figures, price=worded.price, price_cell=worded.price_cell)
        if not figures.factors and not figures.bad_factors:
            figures = evolve(figures, factors=worded.factors)
        return evolve(figures, text=worded.text)

    def _worded(self, term: Term) -> Figures:
        cell = self.cells.worded_in
        place = self.cells.place(cell)
        if not term.plain or term.price is None:
            amount = whole(term.product)
            self.sink.recognised(place, SHARE(text=shown(term.text), amount=dollars(amount)), NOTHING())
            one = Amounted(number=1, word=Unit.LOT.value, unit=Unit.LOT, number_cell=cell, unit_cell=cell)
            return Figures(price=amount, price_cell=cell, factors=(one,), text=term.text)
        if term.guessed:
            told = GUESSED(text=shown(term.text), price=dollars(term.price.number))
            self.sink.recognised(place, told, NAME_PRICE(), sure=False, score=50)
        factors = tuple(
            Amounted(number=one.number, word=one.word, unit=one.unit, number_cell=cell, unit_cell=cell)
            for one in term.quantities
        )
        if not factors:
            return Figures(text=term.text)
        return Figures(price=term.price.number, price_cell=cell, factors=factors, text=term.text)

    def _with_units(self, figures: Figures, item: Item | None) -> Figures:
        known = [one.unit or unit_of_word(one.word) for one in figures.factors]
        unnamed = [index for index, one in enumerate(figures.factors) if known[index] is None and not one.word]
        priced = item is not None and item.priced_unit(frozenset(unit for unit in known if unit)) is not None
        first = None if priced or not unnamed else unnamed[0]
        factors = tuple(
            evolve(one, unit=known[index] or self._assumed(one, item, index == first or len(known) == 1))
            for index, one in enumerate(figures.factors)
        )
        return evolve(figures, factors=factors)

    def _assumed(self, one: Amounted, item: Item | None, alone: bool) -> Unit:
        """The unit of a factor that names none of the form's: told, and for a person to look at where it is a guess."""
        known = next((unit for unit in QUANTITY_UNITS if unit.value == one.word), None)
        if known is not None:
            return known
        place = self.cells.place(one.unit_cell or one.number_cell)
        priced = item.units if item is not None else ()
        chosen = one_of(one.word, priced)
        if chosen is not None and item is not None:
            said = ONE_OF_UNITS(word=shown(one.word), unit=chosen, item=item.name)
            self.sink.recognised(place, said, NOTHING())
            return chosen
        if one.word in PIECES:
            sure = not priced or Unit.LOT in priced
            told = PIECE(word=one.word)
            self.sink.recognised(place, told, NOTHING() if sure else GIVE_UNIT(), sure=sure, score=100 if sure else 60)
            return Unit.LOT
        if one.word:
            self.sink.recognised(place, UNKNOWN_UNIT(word=shown(one.word)), GIVE_UNIT(), sure=False, score=60)
            return Unit.LOT
        unit = priced[0] if priced and alone else Unit.LOT
        beside = unit_beside(self.cells) if alone else None
        if beside is not None:
            key, unit = beside
            self.sink.recognised(self.cells.place(key), UNIT_BESIDE(number=one.number, unit=unit), NOTHING())
            return unit
        if item is not None and priced and alone:
            message = NO_UNIT(number=one.number, unit=unit, item=item.name)
        else:
            message = NO_UNIT_LOT(number=one.number, unit=unit)
        self.sink.recognised(place, message, GIVE_UNIT(), sure=False, score=60)
        return unit


def quantities(figures: Figures) -> tuple[Quantity, ...]:
    """The factors as a draft holds them."""
    found = [(one.number, one.unit or Unit.LOT, one.word) for one in figures.factors]
    return tuple(Quantity(number=number, unit=unit, written=kept(word, unit)) for number, unit, word in found)


def _told(figures: Figures) -> list[tuple[Number, Unit | None]]:
    return [(one.number, one.unit or unit_of_word(one.word)) for one in figures.factors]
