"""Who pays a row: amounts in columns of the funds, or a word beside one amount; one row paid twice is two lines."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from attrs import define, evolve, frozen

from grantcalc.draft.model import Fund
from grantcalc.money import Number, is_whole, number
from grantcalc.reading.county.figures import Amounted, Figures
from grantcalc.reading.county.model import CellKey, ColumnKind
from grantcalc.reading.county.periods import summed_shares
from grantcalc.reading.county.remedies import NOTHING
from grantcalc.reading.county.roles import RoleWords
from grantcalc.reading.county.rowcells import RowCells, is_blank
from grantcalc.reading.problems import Sink, shown
from grantcalc.reading.values import Convert
from grantcalc.text import Message, dollars, plus

NOT_THE_SUM = Message("The amount is {amount}, but its funds add up to {parts}: read as what each fund pays.")
REST = Message("The amount {amount} less the own funds {own} was read as the subsidy: {rest}.")
MAKE_EQUAL = Message("Correct the amount or the parts of the funds.")
WHO_PAYS = Message("“{words}” does not say clearly who pays.")
FUND_ABOVE = Message("Who pays was read from the heading or the remark of the row: {fund}.")
SAY_FUND = Message("Write 補助 or 自籌.")
SPLIT = Message("The row is paid by {funds}: read as one line each, the quantity {number} split as {parts}.")
NOT_SPLIT = Message(
    "The row is paid by {funds}, and no quantity splits alike: read as one line each, without quantities."
)
SPLIT_ROW = Message("Give each fund a row of its own, with its own quantity.")

OF_FUND: Final = {ColumnKind.SUBSIDY: Fund.SUBSIDY, ColumnKind.OWN: Fund.OWN, ColumnKind.OTHER: Fund.OTHER}


@frozen(kw_only=True)
class Paid:
    """One amount of a row: who pays (``None`` where nothing says), how much, and the cells that say so."""

    fund: Fund | None
    amount: Number | None
    cells: tuple[CellKey, ...] = ()
    fund_cell: CellKey | None = None


@define
class FundReader:
    """Reads the amounts of one row. ``money`` converts a cell for the field ``name`` and tells what is none."""

    cells: RowCells
    sink: Sink
    words: RoleWords
    money: Convert
    name: str = "amount"
    total: Number | None = None
    """The amount of all funds, where the row states it beside theirs, and its cell."""
    total_cell: CellKey | None = None

    def read(self, path: str) -> tuple[Paid, ...]:
        """What each fund pays; one :class:`Paid` of unknown fund where the row does not say. A wrong sum is told."""
        paid = self.paid(path)
        self.tell_sum(paid)
        return paid

    def paid(self, path: str) -> tuple[Paid, ...]:
        """The same, with nothing told of their sum."""
        total, total_cells = self._total(path)
        parts = [paid for kind, fund in OF_FUND.items() if (paid := self._part(kind, fund, path)) is not None]
        parts = self._with_rest(parts, total, total_cells)
        paying = [paid for paid in parts if paid.amount]
        for paid in parts:
            if paying and not paid.amount:
                for key in paid.cells:
                    self.cells.claim(key, f"{path}.fund")
        if not paying:
            fund, cell = self._fund_word()
            spent = (*total_cells, *(key for paid in parts for key in paid.cells))
            return (Paid(fund=fund, amount=total, cells=spent, fund_cell=cell),)
        self.total, self.total_cell = total, total_cells[0] if total_cells else None
        return tuple(evolve(paid, cells=(*paid.cells, *total_cells)) for paid in paying)

    def _with_rest(self, parts: list[Paid], total: Number | None, cells: tuple[CellKey, ...]) -> list[Paid]:
        """An amount beside own funds alone: what they leave of it is the subsidy; its header's note says how sure."""
        own = parts[0].amount if len(parts) == 1 and parts[0].fund is Fund.OWN else None
        others = self.cells.columns(ColumnKind.SUBSIDY) or self.cells.columns(ColumnKind.OTHER)
        if not own or not total or others or total <= own:
            return parts
        rest = number(total - own)
        told = REST(amount=dollars(total), own=dollars(own), rest=dollars(rest))
        self.sink.recognised(self.cells.place(cells[0]), told, NOTHING())
        return [Paid(fund=Fund.SUBSIDY, amount=rest, cells=cells, fund_cell=cells[0]), *parts]

    def tell_sum(self, paying: tuple[Paid, ...]) -> None:
        """That the amount of the row is not what its funds pay."""
        if self.total is not None and self.total != sum((paid.amount or 0 for paid in paying), 0):
            amounts = plus(dollars(paid.amount or 0) for paid in paying)
            told = NOT_THE_SUM(amount=dollars(self.total), parts=amounts)
            self.sink.recognised(self.cells.place(self.total_cell), told, MAKE_EQUAL(), sure=False)

    def _total(self, path: str) -> tuple[Number | None, tuple[CellKey, ...]]:
        """The amount of all funds; another in a further column is left, and with that told as unread."""
        by_month = summed_shares(self.cells)
        if by_month is not None:
            made, keys, told = by_month
            self.sink.recognised(self.cells.place(keys[0], path), told, NOTHING())
            return made, keys
        found: Number | None = None
        cells: list[CellKey] = []
        for column in self.cells.columns(ColumnKind.AMOUNT):
            raw, key = self.cells.raw(column), self.cells.key(column)
            if is_blank(raw):
                continue
            value = self.money(raw, self.cells.origin(path, {self.name: key}), self.name)
            if value is None:
                self.cells.claim(key)
            elif found is None or value == found:
                found = value
                cells.append(key)
        return found, tuple(cells)

    def _part(self, kind: ColumnKind, fund: Fund, path: str) -> Paid | None:
        amount: Number | None = None
        cells: list[CellKey] = []
        for column in self.cells.columns(kind):
            raw, key = self.cells.raw(column), self.cells.key(column)
            if is_blank(raw):
                continue
            value = self.money(raw, self.cells.origin(path, {self.name: key}), self.name)
            if value is None:
                self.cells.claim(key)
                continue
            amount = number((amount or 0) + value)
            cells.append(key)
        return None if amount is None else Paid(fund=fund, amount=amount, cells=tuple(cells), fund_cell=cells[0])

    def _fund_word(self) -> tuple[Fund | None, CellKey | None]:
        written = self.cells.text(ColumnKind.FUND)
        if not written:
            above = OF_FUND.get(self.cells.row.fund) if self.cells.row.fund is not None else None
            if above is not None:
                self.sink.recognised(self.cells.place(None), FUND_ABOVE(fund=above), NOTHING())
            return above, None
        key = self.cells.key_of(ColumnKind.FUND)
        fund = self.words.fund(written)
        if fund is None:
            told = WHO_PAYS(words=shown(written))
            self.sink.recognised(self.cells.place(key), told, SAY_FUND(), sure=False, score=50)
        return fund, key


def split(figures: Figures, paid: tuple[Paid, ...]) -> tuple[Figures, ...] | None:
    """The figures of each fund's line, where one factor splits exactly as the amounts do; else ``None``."""
    total = figures.product
    if not total or total != sum((one.amount or 0 for one in paid), 0):
        return None
    for factor in sorted(figures.factors, key=lambda one: -one.number):
        shares = [Fraction(factor.number) * Fraction(one.amount or 0) / total for one in paid]
        if all(is_whole(share) for share in shares):
            return tuple(_with(figures, factor, number(share)) for share in shares)
    return None


def _with(figures: Figures, factor: Amounted, share: Number) -> Figures:
    factors = tuple(evolve(one, number=share) if one is factor else one for one in figures.factors)
    return evolve(figures, factors=factors)


def split_factor(whole: Figures, parts: tuple[Figures, ...]) -> tuple[Number, tuple[Number, ...]]:
    """Which number was split into which, for telling."""
    for index, factor in enumerate(whole.factors):
        numbers = tuple(part.factors[index].number for part in parts)
        if any(one != factor.number for one in numbers):
            return factor.number, numbers
    return 0, ()
