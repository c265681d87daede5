"""What was understood of a county's own sheets before any of it is a draft: tables, columns, and kinds of rows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cached_property

from attrs import Factory, frozen

from grantcalc.draft.model import Line, Position
from grantcalc.reading.county.sheetview import merged_apart
from grantcalc.reading.grid import Grid


class ColumnKind(Enum):
    """What a column of a county's table holds."""

    REF = "ref"
    """編號、項次"""
    CATEGORY = "category"
    """類別、用途別、科目（一級）"""
    ITEM = "item"
    """項目、經費項目、科目"""
    DESCRIPTION = "description"
    """說明、備註、計算式、用途說明"""
    UNIT_PRICE = "unit-price"
    QUANTITY = "quantity"
    """數量; the name of a unit may be its header (人數、次數、月數、時數)."""
    UNIT = "unit"
    AMOUNT = "amount"
    """金額、小計、合計、總價: of all funds, unless the header names one"""
    GROUP_SUM = "group-sum"
    """活動合計: the sum of the amounts of several rows, beside them"""
    SUBSIDY = "subsidy"
    """補助款、申請補助金額"""
    OWN = "own"
    """自籌款、地方配合款"""
    OTHER = "other"
    """其他經費來源之金額"""
    PERIOD = "period"
    """一月、第一季: what of the row's amount falls into it; ``unit`` says how long it is"""
    FUND = "fund"
    """經費來源 in words"""
    PERSON = "person"
    """姓名"""
    IDENTITY = "identity"
    """身分證字號"""
    ROLE = "role"
    """職稱"""
    EDUCATION = "education"
    LICENCES = "licences"
    STEP = "step"
    POINTS = "points"
    COUNT = "count"
    """人數 of posts"""
    MONTHS = "months"
    MONTHLY_PAY = "monthly-pay"
    PAY_PART = "pay-part"
    """起薪、年資加給、證照加給: what the monthly pay is the sum of"""
    BONUS = "bonus"
    """年終獎金"""
    INSURANCE = "insurance"
    """雇主負擔勞健保及勞退"""
    ALLOWANCE = "allowance"
    """地域加給"""
    HIRED_ON = "hired-on"
    START = "start"
    END = "end"
    PLACE = "place"
    DATE = "date"
    IGNORED = "ignored"
    """Known, and not a part of a draft: 核定數、審查意見、去年預算"""


class RowKind(Enum):
    """What a row of a county's table is."""

    ENTRY = "entry"
    HEADING = "heading"
    """Names a category for the rows below it; an amount in it is a sum of them."""
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    NOTE = "note"
    """Text without an amount: 備註, signatures"""


@frozen(kw_only=True)
class Column:
    """One column of a table: ``number`` from 1, ``index`` tells several of one kind apart (0 first).

    ``score`` is 100 where the header is a known word; below, how like one it is. ``unit`` is the word of a unit that
    the header names (時數, 金額(千元)), ``factor`` what its numbers are multiplied by.
    """

    kind: ColumnKind
    number: int
    header: str
    index: int = 0
    score: int = 100
    unit: str | None = None
    factor: int = 1


@frozen(kw_only=True)
class CountyRow:
    """One row. ``category`` is the text of the heading, the merged cell or the column that it stands under.

    ``label`` is the name of an entry as written, also where it stands in a cell above; of a sum, its text as written.
    ``sums`` numbers the rows that a heading with an amount, a subtotal or a total is the sum of.
    """

    number: int
    kind: RowKind
    label: str = ""
    category: str | None = None
    sums: tuple[int, ...] = ()
    is_header: bool = False
    """Its name is a word of headers (單價): it is told as unread, and is no item."""
    alone: bool = False
    """An entry that stands like a heading, but counts beside the rows below it."""
    fund: ColumnKind | None = None
    """The fund that pays an entry, by a heading above it or the table's title (貳、自籌款); the row itself may say.

    Of a total, the fund of which it says how much it pays (公所自籌 120,000).
    """


@frozen(kw_only=True)
class CountyTable:
    """One table of a sheet: its header rows (first, last), its columns, its rows in order."""

    grid: Grid
    header: tuple[int, int]
    columns: tuple[Column, ...]
    rows: tuple[CountyRow, ...]
    title: tuple[str, ...] = ()
    """Lines of text above the header."""
    unclaimed: Mapping[int, str] = Factory(dict)
    """Columns whose header is not understood, by their number."""
    merged: Mapping[tuple[int, int], object] = Factory(dict)
    """Names in the cells that a merged cell above them covers, by row and column."""
    shared: frozenset[tuple[int, int]] = frozenset()
    """Quantities merged over rows that pay for them together (中央 and 自籌 of one purchase): none of one row's own."""
    period: str | None = None
    """The part of the year that a line above names: 第一季."""

    @cached_property
    def reaching(self) -> Mapping[tuple[int, int], int]:
        """The first row of the merged cell that each cell of a column belongs to, for those merged over rows."""
        rows = [row.number for row in self.rows]
        columns = {column.number for column in self.columns}
        tall = [one for one in self.grid.merged if one[0] < one[2] and one[1] in columns]
        last = max(rows, default=0)
        return {
            (row, left): top
            for top, left, bottom, _ in merged_apart(tall, last, max(columns, default=0))
            for row in range(top, min(bottom, last) + 1)
        }

    @cached_property
    def _by_kind(self) -> Mapping[tuple[ColumnKind, int], Column]:
        return {(one.kind, one.index): one for one in reversed(self.columns)}

    def column(self, kind: ColumnKind, index: int = 0) -> Column | None:
        """The column of a kind; ``None`` where the table has none."""
        return self._by_kind.get((kind, index))

    def value(self, row: int, kind: ColumnKind, index: int = 0) -> object:
        """What stands there, as the file holds it; ``""`` where nothing does. Names reach down a merged cell."""
        column = self.column(kind, index)
        if column is None or (row, column.number) in self.shared:
            return ""
        raw = self.grid.value(row, column.number)
        return self.merged.get((row, column.number), "") if raw == "" else raw

    def cell(self, row: int, kind: ColumnKind, index: int = 0) -> str | None:
        """The name of that cell, like E7; ``None`` where the table has no such column."""
        column = self.column(kind, index)
        return None if column is None else self.grid.cell(row, column.number)


CellKey = tuple[str, int, int]
"""A cell of a file: its sheet, its row and its column, both from 1."""


@frozen(kw_only=True)
class Entries:
    """What the rows of all tables became.

    ``claimed`` holds every cell of a table that was used, with the paths of what it went to (``lines[3].amount``); with
    none where a problem says why it could not be read.
    """

    lines: tuple[Line, ...] = ()
    positions: tuple[Position, ...] = ()
    claimed: Mapping[CellKey, tuple[str, ...]] = Factory(dict)
