"""Rows about posts: number of persons, monthly pay, months and amounts, as columns or as words state them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from attrs import define, evolve, field, frozen

from grantcalc.draft.model import Fund, Position, Role
from grantcalc.money import Number, is_whole, number, product, whole
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.county.figures import FigureReader
from grantcalc.reading.county.funds import FundReader, Paid
from grantcalc.reading.county.model import CellKey, Column, ColumnKind
from grantcalc.reading.county.payparts import with_parts
from grantcalc.reading.county.paysums import MONTHLY_FIELDS, Extras, PaySum, pay_sum
from grantcalc.reading.county.persons import HeadCount
from grantcalc.reading.county.remedies import OWN_COLUMNS
from grantcalc.reading.county.roles import RoleWords
from grantcalc.reading.county.rowcells import RowCells, exactly, is_blank
from grantcalc.reading.county.schooling import read_person
from grantcalc.reading.county.sharing import shared_post
from grantcalc.reading.problems import shown
from grantcalc.reading.values import Convert
from grantcalc.text import Message, Text, dollars
from grantcalc.wording import Calculation, Term

PAY_UNCLEAR = Message(
    "The amount {amount} is neither the pay nor the pay with bonus, insurance and allowance: read as the pay."
)
NOT_PER_MONTH = Message("“{written}” makes no monthly pay of whole dollars for each fund: only the amounts are read.")
COUNT_UNKNOWN = Message(
    "The amount is that of several persons, and the row does not say of how many: what depends on their number is not "
    "judged."
)

MONTHS_A_YEAR = 12

_SPAN: Final = re.compile(r"[\d.~-]+\s?個?月|[一二三四五六七八九十]+個月|月數")
"""A number of months in a header: (12個月) says no more than that the amount is that of a year."""
_PLAIN: Final = {
    ColumnKind.REF: "ref",
    ColumnKind.PERSON: "person",
    ColumnKind.STEP: "step",
    ColumnKind.POINTS: "points",
    ColumnKind.HIRED_ON: "hired_on",
    ColumnKind.START: "start",
    ColumnKind.END: "end",
    ColumnKind.PLACE: "workplace",
}


@frozen(kw_only=True)
class Post:
    """A post in the making: its ``values`` by field, and what parts in other rows are joined by.

    ``number`` is its place among the posts, from 0. ``is_counted`` is no where it stands for nobody knows how many.
    """

    number: int
    cells: RowCells
    values: dict[str, Any]
    where: dict[str, CellKey | None]
    joined: dict[str, bool] = field(factory=dict)
    is_counted: bool = True

    @property
    def role(self) -> Role | None:
        """Its role, if that is known."""
        found: Role | None = self.values.get("role")
        return found

    @property
    def count(self) -> Number:
        """Its persons."""
        found: Number = self.values.get("count", 1)
        return found


@define
class PostBuilder:
    """Makes the posts of a file."""

    assembler: Assembler
    words: RoleWords
    identities: Mapping[CellKey, str]
    posts: list[Post] = field(factory=list)
    _converters: Mapping[str, Convert] = field(init=False)
    _hashes: Mapping[tuple[str, int], list[str]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._converters = self.assembler.position_converters()
        hashes: dict[tuple[str, int], list[str]] = {}
        for (sheet, row, _), found in sorted(self.identities.items()):
            hashes.setdefault((sheet, row), []).extend(found.split())
        self._hashes = hashes

    def add(self, cells: RowCells, role: Role | None, term: Term | None, own: Calculation | None = None) -> None:
        """The post of one row; ``term`` is the product that its explanation writes.

        ``own`` is the calculation that is about this post alone where the row holds several posts.
        """
        path = f"positions[{len(self.posts)}]"
        where: dict[str, CellKey | None] = {"role": cells.key_of(ColumnKind.ROLE) or cells.key_of(ColumnKind.ITEM)}
        values: dict[str, Any] = {"role": role}
        self._plain(cells, path, values, where)
        reader = FigureReader(cells, self.assembler.sink)
        several = own is not None and term is not None
        figures = reader.of_term(term, None) if several and term else reader.loose((term,) if term else ())
        figures = with_parts(cells, path, figures, self.assembler.sink)
        counted = HeadCount(cells, self.assembler.sink)
        counted.read(figures, term)
        values.update(counted.values)
        where.update(counted.where)
        money = self._converters["pay_amount"]
        funds = FundReader(cells, self.assembler.sink, self.words, money, "pay_amount")
        paid = funds.paid(path)
        if own is not None:
            stated = own.product if own.stated is None else own.stated
            paid = tuple(evolve(one, amount=stated) for one in paid[:1])
        values["shared"] = shared_post(cells, paid, funds, values, f"{path}.pay_amount")
        self._pay(cells, paid, values, where, path)
        counted_all = not _of_several({name: value for name, value in values.items() if value is not None})
        read_person(cells, path, self.words, self.assembler.sink, values, where, alone=own is None, counted=counted_all)
        if values["shared"] is None:
            funds.tell_sum(paid)
        hashes = self._hashes.get((cells.table.grid.name, cells.row.number), [])
        if len(set(hashes)) == 1:
            values["identity"] = hashes[0]
        for name, key in where.items():
            if values.get(name) is not None:
                cells.claim(key, f"{path}.{name}")
        self._claim_words(cells, path)
        known = {name: value for name, value in values.items() if value is not None}
        is_counted = not _of_several(known)
        if not is_counted:
            self._doubt(cells, where.get("pay_amount"), COUNT_UNKNOWN(), OWN_COLUMNS())
        self.posts.append(Post(number=len(self.posts), cells=cells, values=known, where=where, is_counted=is_counted))

    def positions(self) -> tuple[Position, ...]:
        """All posts, in their order."""
        made = []
        for index, post in enumerate(self.posts):
            origin = post.cells.origin(f"positions[{index}]", post.where)
            values = post.values if post.is_counted or "count" in post.values else {**post.values, "count": None}
            made.append(self.assembler.position(dict(values), origin))
        return tuple(made)

    def _plain(self, cells: RowCells, path: str, values: dict[str, Any], where: dict[str, CellKey | None]) -> None:
        for kind, name in _PLAIN.items():
            if cells.has(kind):
                where[name] = cells.key_of(kind)
                origin = cells.origin(path, where)
                values[name] = self._converters[name](cells.first(kind), origin, name)
                if values[name] is None:
                    cells.claim(where[name])

    def _pay(
        self,
        cells: RowCells,
        paid: tuple[Paid, ...],
        values: dict[str, Any],
        where: dict[str, CellKey | None],
        path: str,
    ) -> None:
        own = next((one for one in paid if one.fund is Fund.OWN), None) if len(paid) > 1 else None
        first = paid[0]
        where["pay_amount"] = first.cells[0] if first.cells else None
        if first.fund is not None or first.fund_cell is not None:
            values["fund"], where["fund"] = first.fund, first.fund_cell
        if own is not None:
            self._with_own(cells, first, own, values, where)
        extras = self._extras(cells, path)
        self._bonus_months(cells, first.amount, values)
        found = pay_sum(first.amount, values.get("monthly_pay"), values.get("months"), values.get("count", 1), extras)
        if found.doubtful and first.amount is not None:
            self._doubt(cells, where["pay_amount"], PAY_UNCLEAR(amount=dollars(first.amount)), OWN_COLUMNS())
        self._take(cells, found, extras, first, values, where, path)
        if first.amount is None and values.get("pay_amount") is None:
            self._of_words(cells, values, where)

    def _take(
        self,
        cells: RowCells,
        found: PaySum,
        extras: Extras,
        paid: Paid,
        values: dict[str, Any],
        where: dict[str, CellKey | None],
        path: str,
    ) -> None:
        """The amounts of the row, and which cells went to which."""
        values.update(found.values)
        paths = [f"{path}.pay_amount"]
        for name, key in extras.cells.items():
            field_name = found.fields.get(name)
            if field_name is not None:
                self._stands(name, field_name, key, extras, where)
                cells.claim(key, f"{path}.{'pay_amount' if name == 'bonus' else field_name}")
                if found.whole_row and name != "bonus":
                    paths.append(f"{path}.{field_name}")
        for key in paid.cells:
            cells.claim(key, *paths)

    @staticmethod
    def _stands(name: str, field_name: str, key: CellKey, extras: Extras, where: dict[str, CellKey | None]) -> None:
        """A cell of its own says where an amount stands; a bonus is only a part of the pay."""
        if name != "bonus" or where.get(field_name) is None:
            where[field_name] = key
        if name in extras.monthly:
            where[MONTHLY_FIELDS[name]] = key

    def _with_own(
        self, cells: RowCells, paid: Paid, own: Paid, values: dict[str, Any], where: dict[str, CellKey | None]
    ) -> None:
        """The subsidy pays one part of the monthly pay, own funds the other."""
        months, count = values.get("months"), values.get("count", 1)
        if months and count:
            times = Fraction(months) * Fraction(count)
            shares = [Fraction(one.amount or 0) / times for one in (paid, own)]
            if all(is_whole(share) for share in shares):
                values["monthly_pay"], values["own_monthly_pay"] = (int(share) for share in shares)
                where["own_monthly_pay"] = own.cells[0]
                cells.claim(own.cells[0], f"positions[{len(self.posts)}].own_monthly_pay")
                return
        values.pop("monthly_pay", None)
        self._doubt(cells, own.cells[0], NOT_PER_MONTH(written=shown(cells.name)), OWN_COLUMNS())

    def _of_words(self, cells: RowCells, values: dict[str, Any], where: dict[str, CellKey | None]) -> None:
        """No column states an amount: what the explanation states of one calculation."""
        stated = [one.stated for one in cells.wording.calculations if one.stated is not None]
        if len(stated) == 1 and len(cells.wording.calculations) == 1:
            values["pay_amount"], where["pay_amount"] = stated[0], cells.worded_in

    def _bonus_months(self, cells: RowCells, amount: Number | None, values: dict[str, Any]) -> None:
        """Months of the bonus in a column of their own (年終月數): months of pay, unless the amount is without them."""
        columns = [column for column in cells.columns(ColumnKind.BONUS) if _of_months(column)]
        stated = [found for column in columns if (found := exactly(cells.raw(column))) is not None]
        pay, months, count = values.get("monthly_pay"), values.get("months"), values.get("count", 1)
        if not stated or pay is None or months is None:
            return
        for column in columns:
            cells.claim(cells.key(column), f"positions[{len(self.posts)}].months")
        if amount != whole(product(pay, months)) * count:
            values["months"] = number(Fraction(months) + sum(map(Fraction, stated)))

    def _extras(self, cells: RowCells, path: str) -> Extras:
        """Bonus, insurance and allowance of the row, in columns of their own."""
        values: dict[str, Number] = {}
        keys: dict[str, CellKey] = {}
        monthly: set[str] = set()
        for kind, name in (
            (ColumnKind.BONUS, "bonus"),
            (ColumnKind.INSURANCE, "insurance"),
            (ColumnKind.ALLOWANCE, "allowance"),
        ):
            for column in cells.columns(kind):
                raw, key = cells.raw(column), cells.key(column)
                if is_blank(raw) or (name == "bonus" and _of_months(column)):
                    continue
                value = self._converters["pay_amount"](raw, cells.origin(path, {"pay_amount": key}), "pay_amount")
                if value is None:
                    cells.claim(key)
                    continue
                values[name] = number(values.get(name, 0) + value)
                cells.claim(key)
                keys.setdefault(name, key)
                if name in MONTHLY_FIELDS and "月" in _SPAN.sub("", column.header):
                    monthly.add(name)
        return Extras(values=values, cells=keys, monthly=frozenset(monthly))

    def _claim_words(self, cells: RowCells, path: str) -> None:
        kinds = (ColumnKind.ROLE, ColumnKind.ITEM, ColumnKind.DESCRIPTION, ColumnKind.UNIT, ColumnKind.IDENTITY)
        numbers = (ColumnKind.COUNT, ColumnKind.MONTHS, ColumnKind.QUANTITY, ColumnKind.FUND)
        for kind in (*kinds, *numbers):
            for column in cells.columns(kind):
                if not is_blank(cells.raw(column)):
                    cells.claim(cells.key(column), path)

    def _doubt(self, cells: RowCells, key: CellKey | None, message: Text, remedy: Text) -> None:
        self.assembler.sink.recognised(cells.place(key), message, remedy, score=50, sure=False)


def _of_months(column: Column) -> bool:
    """Whether a column holds months, not dollars: 年終月數."""
    return "月數" in column.header


def _of_several(values: Mapping[str, Any]) -> bool:
    """Whether an amount is pay for two persons or more (of a whole year, where no months are stated), uncounted."""
    pay, amount = values.get("monthly_pay"), values.get("pay_amount")
    if "count" in values or not pay or amount is None:
        return False
    return bool(amount >= 2 * pay * values.get("months", MONTHS_A_YEAR))
