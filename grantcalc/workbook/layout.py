"""Where everything stands in the workbook form: sheets, columns, headers and cell addresses.

Columns come from the fields of a draft, so that the form and its reader cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cached_property

import attrs
from attrs import frozen

from grantcalc.draft.fields import (
    BUDGET_SHEET,
    COVER_FIELDS,
    COVER_SHEET,
    HELP_SHEET,
    LINE_FIELDS,
    LISTS_SHEET,
    POSITION_FIELDS,
    QUANTITY_HEADERS,
    SPECIAL_FIELDS,
    STAFF_SHEET,
    SUMMARY_COMPUTED,
    SUMMARY_HEADERS,
    SUMMARY_SHEET,
    FieldSpec,
)
from grantcalc.text import Bilingual, Language

QUANTITY_PAIRS = 4
"""Pairs of quantity and unit that a row has unless a draft needs more."""
HEADER_ROW = 1
FIRST_ROW = 2
LABEL_COLUMN, VALUE_COLUMN = "A", "B"


class Sheet(Enum):
    """The sheets of the form, in order; :attr:`LISTS` is hidden."""

    GUIDE = "guide"
    COVER = "cover"
    STAFF = "staff"
    BUDGET = "budget"
    SUMMARY = "summary"
    LISTS = "lists"


SHEET_NAMES: Mapping[Sheet, Bilingual] = {
    Sheet.GUIDE: HELP_SHEET,
    Sheet.COVER: COVER_SHEET,
    Sheet.STAFF: STAFF_SHEET,
    Sheet.BUDGET: BUDGET_SHEET,
    Sheet.SUMMARY: SUMMARY_SHEET,
    Sheet.LISTS: LISTS_SHEET,
}

RECOMPUTED = Bilingual("系統試算金額", "Recomputed")
PRICE_CAP = Bilingual("單價上限", "Price cap")
CHECK = Bilingual("檢核", "Check")
RECOMPUTED_PAY = Bilingual("系統試算薪資", "Recomputed pay")
MONTHS_TOUCHED = Bilingual("在職月數（跨月計）", "Months in post (parts counted)")
RECOMPUTED_ALLOWANCE = Bilingual("系統試算加給", "Recomputed allowance")
RECOMPUTED_INSURANCE = Bilingual("系統試算保費", "Recomputed insurance")
CAP = Bilingual("上限", "Cap")
HEADROOM = Bilingual("餘額", "Headroom")
APPROVED = Bilingual("核定數", "Approved")
_AFTER_AMOUNT = (("recomputed", RECOMPUTED), ("price_cap", PRICE_CAP), ("check", CHECK))
_STAFF_CHECKS = (("cap", CAP), ("touched", MONTHS_TOUCHED), ("check", CHECK))
_BESIDE: Mapping[str, tuple[str, Bilingual]] = {
    "pay_amount": ("pay", RECOMPUTED_PAY),
    "allowance_amount": ("allowance", RECOMPUTED_ALLOWANCE),
    "insurance_amount": ("insurance", RECOMPUTED_INSURANCE),
}
SUMMARY_COLUMNS: tuple[tuple[str, Bilingual], ...] = (
    ("category", SUMMARY_HEADERS[0]),
    ("computed", SUMMARY_COMPUTED[0]),
    ("stated", SUMMARY_HEADERS[1]),
    ("cap", CAP),
    ("approved", APPROVED),
    ("headroom", HEADROOM),
    ("check", CHECK),
)


@frozen(kw_only=True)
class Column:
    """One column of a sheet; ``spec`` where it is an input, ``pair`` where it is part of a quantity."""

    name: str
    header: Bilingual
    spec: FieldSpec | None = None
    pair: int | None = None

    @property
    def is_input(self) -> bool:
        """True where the applicant fills it in."""
        return self.spec is not None or self.pair is not None


def letters(index: int) -> str:
    """A column's letters from its index, 0 first."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def staff_columns() -> tuple[Column, ...]:
    """Columns of 人力: the fields of a post, each computed amount beside the stated one."""
    columns: list[Column] = []
    for spec in POSITION_FIELDS:
        columns.append(Column(name=spec.name, header=spec.header, spec=spec))
        if spec.name in _BESIDE:
            name, header = _BESIDE[spec.name]
            columns.append(Column(name=name, header=header))
    return (*columns, *(Column(name=name, header=header) for name, header in _STAFF_CHECKS))


def budget_columns(pairs: int) -> tuple[Column, ...]:
    """Columns of 經費: the fields of a row, quantity pairs after the price, computed columns after the amount."""
    columns: list[Column] = []
    for spec in LINE_FIELDS:
        columns.append(Column(name=spec.name, header=spec.header, spec=spec))
        if spec.name == "unit_price":
            columns += _pairs(pairs)
        if spec.name == "amount":
            columns += [Column(name=name, header=header) for name, header in _AFTER_AMOUNT]
    return tuple(columns)


def _pairs(pairs: int) -> list[Column]:
    found = []
    for number in range(1, pairs + 1):
        for name, header in zip(("quantity", "unit"), QUANTITY_HEADERS, strict=True):
            title = Bilingual(header.zh.format(n=number), header.en.format(n=number))
            found.append(Column(name=f"{name}{number}", header=title, pair=number))
    return found


@frozen(kw_only=True)
class Layout:
    """The geometry of one workbook."""

    language: Language
    posts: int
    rows: int
    pairs: int = QUANTITY_PAIRS
    unused: frozenset[str] = SPECIAL_FIELDS
    """Fields the programme has no use for: the cover leaves out those that only few programmes have."""

    @cached_property
    def cover_fields(self) -> tuple[FieldSpec, ...]:
        """Fields of the cover, in order."""
        return tuple(spec for spec in COVER_FIELDS if not (spec.special and spec.name in self.unused))

    @cached_property
    def staff(self) -> tuple[Column, ...]:
        """Columns of 人力."""
        return staff_columns()

    @cached_property
    def budget(self) -> tuple[Column, ...]:
        """Columns of 經費."""
        return budget_columns(self.pairs)

    @cached_property
    def cover_rows(self) -> Mapping[str, int]:
        """Row of every cover field, 1 first."""
        return {spec.name: row for row, spec in enumerate(self.cover_fields, start=2)}

    @property
    def other_row(self) -> int:
        """Row of the headers of other sources on the cover, above their rows."""
        return len(self.cover_fields) + 3

    def sheet(self, sheet: Sheet) -> str:
        """The name of a sheet in the language of the workbook."""
        return self.language(SHEET_NAMES[sheet])

    def cover(self, name: str) -> str:
        """The value of a cover field, as other sheets refer to it."""
        return f"'{self.sheet(Sheet.COVER)}'!${VALUE_COLUMN}${self.cover_rows[name]}"

    @cached_property
    def _staff_letters(self) -> Mapping[str, str]:
        return {column.name: letters(index) for index, column in enumerate(self.staff)}

    @cached_property
    def _budget_letters(self) -> Mapping[str, str]:
        return {column.name: letters(index) for index, column in enumerate(self.budget)}

    def columns(self, sheet: Sheet) -> Mapping[str, str]:
        """Letters of every column of 人力 or 經費, by name."""
        return self._staff_letters if sheet is Sheet.STAFF else self._budget_letters

    def last_row(self, sheet: Sheet) -> int:
        """The last row prepared for input."""
        return HEADER_ROW + (self.posts if sheet is Sheet.STAFF else self.rows)


@frozen
class Refs:
    """Cells of one row, by column name: ``refs["unit_price"]`` is ``$E7``, with its sheet in front from elsewhere."""

    sheet: str
    letters: Mapping[str, str]
    row: int
    local: bool = attrs.field(default=False)

    def __getitem__(self, name: str) -> str:
        """The address of a cell."""
        address = f"${self.letters[name]}{self.row}"
        return address if self.local else f"'{self.sheet}'!{address}"

    def at_home(self) -> Refs:
        """The same cells as their own sheet names them."""
        return attrs.evolve(self, local=True)


def usable_cell(cell: str) -> str:
    """Whether a cell holds whole dollars that are not negative."""
    return f"AND(ISNUMBER({cell}),N({cell})>=0,N({cell})=INT(N({cell})))"
