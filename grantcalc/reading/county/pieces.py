"""What lines one row makes: one, one for each fund that pays it, or one for each product of its explanation."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, evolve, frozen

from grantcalc.draft.model import Fund, SharedRow, StatedSum
from grantcalc.finding import Place
from grantcalc.money import Number, number, whole
from grantcalc.reading.county.categories import Heading
from grantcalc.reading.county.figures import FigureReader, Figures
from grantcalc.reading.county.funds import NOT_SPLIT, SPLIT, SPLIT_ROW, FundReader, Paid, split, split_factor
from grantcalc.reading.county.items import Match
from grantcalc.reading.county.model import CellKey, ColumnKind
from grantcalc.reading.county.naming import Naming
from grantcalc.reading.county.prose import EARLIER, PRICE_ONLY, WRITE_SIGNS, prose_term
from grantcalc.reading.county.remedies import NOTHING
from grantcalc.reading.county.rowcells import RowCells
from grantcalc.reading.county.sharing import shared_line
from grantcalc.reading.problems import Sink, shown
from grantcalc.rules.programme import Item, Programme
from grantcalc.text import Message, dollars, joined
from grantcalc.wording import Calculation, Factor, Term, read_wording
from grantcalc.wordprose import this_year

SEVERAL = Message("The explanation holds {count} calculations: read as {count} lines.")
SEVERAL_FUNDS = Message("The explanation holds {count} calculations, and two funds pay the row: not told apart.")
ONE_ROW_EACH = Message("Give each calculation a row of its own, with the fund that pays it.")

Written = tuple[Calculation, Term]


@frozen(kw_only=True)
class Piece:
    """One line to be made of a row; ``code`` is its item's, where one was recognised, ``sure`` whether surely."""

    figures: Figures
    paid: Paid
    code: str | None
    name: str
    description: str = ""
    shared: SharedRow | None = None
    sure: bool = True


@define
class PieceMaker:
    """Takes one row apart; ``path`` is that of its first line, ``funds`` has read what its funds pay."""

    cells: RowCells
    heading: Heading
    match: Match | None
    programme: Programme
    naming: Naming
    sink: Sink
    path: str
    funds: FundReader

    def make(self, paid: tuple[Paid, ...]) -> list[Piece]:
        """The lines of the row, in the order of its explanation or of its columns."""
        self._leave_earlier_years()
        written = self._written()
        stands = self.cells.has(ColumnKind.UNIT_PRICE) and self.cells.has(ColumnKind.QUANTITY)
        if len(written) > 1 and not stands:
            if len(paid) == 1:
                return self._of_terms(written, paid[0])
            matched = self._assigned(written, paid)
            if matched:
                return matched
            told = SEVERAL_FUNDS(count=len(written))
            self.sink.recognised(self._place(), told, ONE_ROW_EACH(), sure=False, score=50)
            written = []
        return self._of_row(written, paid)

    def sums(self, paid: tuple[Paid, ...], amounts: Sequence[str]) -> list[StatedSum]:
        """What the row states of several lines together; ``amounts`` are the paths of theirs."""
        written = self._written()
        if len(paid) != 1 or len(amounts) != len(written) or len(amounts) == 1:
            return []
        whole = paid[0].amount
        stated: list[tuple[Number | None, CellKey | None, tuple[str, ...]]] = []
        stated.append((whole, paid[0].cells[0] if paid[0].cells else None, tuple(amounts)))
        total = self.cells.wording.total
        stated.append((None if total == whole else total, self.cells.worded_in, tuple(amounts)))
        for calculation in self.cells.wording.calculations:
            own = tuple(path for path, (other, _) in zip(amounts, written, strict=True) if other is calculation)
            if len(own) > 1 and (len(own) < len(amounts) or calculation.stated not in {whole, total}):
                stated.append((calculation.stated, self.cells.worded_in, own))
        label = shown(self.cells.name)
        return [
            StatedSum(place=self.cells.place(key, rows[0]), stated=number, rows=rows, label=label)
            for number, key, rows in stated
            if number is not None
        ]

    def _written(self) -> list[Written]:
        return [(one, term) for one in self.cells.wording.calculations if one.of_money for term in one.terms]

    def _of_row(self, written: list[Written], paid: tuple[Paid, ...]) -> list[Piece]:
        item = self._item(self.match)
        told = None if written else self._prose(paid)
        terms = (told,) if isinstance(told, Term) else tuple(term for _, term in written)
        figures = FigureReader(self.cells, self.sink).read(item, terms)
        if isinstance(told, Factor):
            figures = self._with_price(figures, told)
        base = Piece(
            figures=figures,
            paid=paid[0],
            code=self.match.code if self.match else None,
            sure=self.match is None or self.match.sure,
            name=self.naming.name_of(self.cells),
            description=self.cells.description,
        )
        if len(paid) > 1:
            return self._of_funds(base, paid)
        reader = FigureReader(self.cells, self.sink)
        base = evolve(base, figures=reader.one_lot(base.figures, base.paid.amount))
        if base.paid.amount is None and len(written) == 1 and written[0][0].stated is not None:
            key = (self.cells.worded_in,) if self.cells.worded_in else ()
            base = evolve(base, paid=evolve(base.paid, amount=written[0][0].stated, cells=key))
        return [base]

    def _leave_earlier_years(self) -> None:
        """What an explanation says of last year is none of this row's money."""
        text = self.cells.description
        kept = this_year(text, self.programme.year)
        if kept != text:
            self.cells.wording = read_wording(kept)
            self.sink.recognised(self._place(), EARLIER(text=shown(text)), NOTHING())

    def _prose(self, paid: tuple[Paid, ...]) -> Term | Factor | None:
        """What the explanation tells without signs of multiplication: the product, or the price alone."""
        if self.cells.wording.calculations:
            return None
        amounts = [one.amount for one in paid if one.amount is not None]
        text = this_year(self.cells.description, self.programme.year)
        return prose_term(text, number(sum(amounts, 0)) if len(amounts) == len(paid) else None)

    def _with_price(self, figures: Figures, price: Factor) -> Figures:
        """A price that the explanation names without quantities that belong to it."""
        if figures.price is not None or figures.bad_price:
            return figures
        if not figures.factors:
            told = PRICE_ONLY(text=shown(self.cells.description), price=dollars(price.number))
            self.sink.recognised(self._place(), told, WRITE_SIGNS(), sure=False, score=50)
        return evolve(figures, price=price.number, price_cell=self.cells.worded_in, text=self.cells.description)

    def _of_funds(self, base: Piece, paid: tuple[Paid, ...]) -> list[Piece]:
        parts = split(base.figures, paid) if base.figures.factors else None
        place = self.cells.place(paid[1].cells[0])
        funds = joined(one.fund or Fund.SUBSIDY for one in paid)
        if parts is not None:
            number, numbers = split_factor(base.figures, parts)
            self.sink.recognised(place, SPLIT(funds=funds, number=number, parts=joined(numbers)), NOTHING())
        else:
            if base.figures.factors:
                self.sink.recognised(place, NOT_SPLIT(funds=funds), SPLIT_ROW(), sure=False, score=50)
            parts = tuple(evolve(base.figures, factors=()) for _ in paid)
        shared = shared_line(self.cells, base.figures, paid, self.funds, f"{self.path}.amount")
        return [evolve(base, figures=part, paid=one, shared=shared) for part, one in zip(parts, paid, strict=True)]

    def _of_terms(self, written: list[Written], paid: Paid) -> list[Piece]:
        self.sink.recognised(self._place(), SEVERAL(count=len(written)), NOTHING())
        calculations = [one for one in self.cells.wording.calculations if one.of_money]
        agree = paid.amount is None or paid.amount == sum(one.product for one in calculations)
        return [self._of_term(one, term, paid, agree) for one, term in written]

    def _of_term(self, calculation: Calculation, term: Term, paid: Paid, agree: bool) -> Piece:
        """One line of several: its amount is what the explanation states of it, else what it makes if all add up."""
        label = term.label or calculation.label
        own = self.naming.of_label(self.cells, self.heading, label) or self.match
        figures = FigureReader(self.cells, self.sink).of_term(term, self._item(own))
        alone = len(calculation.terms) == 1
        amount = calculation.stated if alone else None
        if amount is None and agree:
            alone_amount = whole(term.product) if len(term.factors) == 1 else None
            amount = alone_amount if figures.product is None else figures.product
        named = own is None and label
        return Piece(
            figures=figures,
            paid=evolve(paid, amount=amount),
            code=own.code if own else None,
            sure=own is None or own.sure,
            name=label if named else self.naming.name_of(self.cells),
            description=f"{label} {calculation.text if alone else term.text}".strip(),
        )

    def _assigned(self, written: list[Written], paid: tuple[Paid, ...]) -> list[Piece]:
        """Each calculation with the one fund that pays just what it makes; none where that is not so."""
        if len(written) != len(paid) or any(len(one.terms) > 1 for one, _ in written):
            return []
        left = list(paid)
        found: list[Piece] = []
        for calculation, term in written:
            own = next((one for one in left if one.amount == calculation.product), None)
            if own is None:
                return []
            left.remove(own)
            found.append(self._of_term(calculation, term, own, True))
        return found

    def _item(self, match: Match | None) -> Item | None:
        return None if match is None else self.programme.items.get(match.code)

    def _place(self) -> Place:
        return self.cells.place(self.cells.worded_in)
