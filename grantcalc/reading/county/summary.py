"""Rows that only repeat a category's sum (總表): entries by their form, sums by what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from attrs import evolve, frozen

from grantcalc.reading.county.amounts import says_none
from grantcalc.reading.county.model import ColumnKind, CountyRow, CountyTable, RowKind
from grantcalc.reading.county.repeats import has_details, repeats_others
from grantcalc.reading.county.sheetview import amount
from grantcalc.reading.county.texts import squeezed
from grantcalc.rules.programme import Programme

MONEY = frozenset(
    {
        ColumnKind.AMOUNT,
        ColumnKind.GROUP_SUM,
        ColumnKind.SUBSIDY,
        ColumnKind.OWN,
        ColumnKind.OTHER,
        ColumnKind.BONUS,
        ColumnKind.INSURANCE,
        ColumnKind.ALLOWANCE,
    }
)
"""Columns of sums of money."""

_NUMBERING = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾\d]{1,3}[)）、.．:：]|[A-Za-zⅠ-Ⅹ][、.．])\s*"
)
_SUM_WORDS = re.compile(r"(?:小計|合計|總計|共計|總額|計)$")
_POSTS = (ColumnKind.ROLE, ColumnKind.MONTHLY_PAY)


def bare(label: str) -> str:
    """A label without its number and without 小計 or 合計: 一、人事費小計 → 人事費, squeezed."""
    text = label
    while (shorter := _NUMBERING.sub("", text)) != text:
        text = shorter
    name = squeezed(re.sub(r"[(（][^()（）]*[)）]", "", text))
    return _SUM_WORDS.sub("", name) or name


@frozen
class Names:
    """The names of a programme's categories and items as labels are compared with them."""

    programme: Programme
    categories: Mapping[str, str]
    items: Mapping[str, str]
    """The category of each item's name."""

    @classmethod
    def of(cls, programme: Programme) -> Names:
        """Every name and alias, squeezed."""
        categories = {
            squeezed(name): category.name
            for category in programme.categories
            for name in (category.name, category.en, *category.aliases)
        }
        items = {
            squeezed(name): item.category for item in programme.items.values() for name in (item.name.zh, *item.aliases)
        }
        return cls(programme, categories, items)

    def category(self, *labels: str | None) -> str | None:
        """The category that the first of these labels names; ``None`` where the programme has none of that name."""
        for label in labels:
            found = self.categories.get(bare(label)) if label else None
            if found is not None:
                return found
        return None


def with_sums_told_apart(tables: Sequence[CountyTable], names: Names) -> tuple[CountyTable, ...]:
    """The tables with the rows that repeat a category's sum as headings without rows.

    Such a row names a category and states neither price nor quantity, while rows elsewhere make that category up. A
    heading with an amount that no rows make up (三、專案計畫管理費 15,000) is an entry of its own.
    """
    made_up = _MadeUp.of(tables, names)
    made = []
    for table in tables:
        beside = made_up.beside(table)
        apart = evolve(table, rows=tuple(_told_apart(row, table, names, beside) for row in table.rows))
        made.append(_repeating(apart) if repeats_others(table, tables) else apart)
    return tuple(made)


def _repeating(table: CountyTable) -> CountyTable:
    """A table that is proved to repeat the others: what is left of its rows are sums of what no one can tell."""
    rows = (evolve(row, kind=RowKind.NOTE, sums=()) if row.kind is RowKind.ENTRY else row for row in table.rows)
    return evolve(table, rows=tuple(rows))


@frozen
class _MadeUp:
    """The rows that make categories up: ``rows`` counts those that stand under each by name.

    ``staff`` are the tables of posts, whose rows count in the categories that posts are paid from; not for the rows of
    such a table itself (``own``).
    """

    rows: Mapping[str, int]
    staff: tuple[CountyTable, ...]
    names: Names
    items: Mapping[str, int]
    """Rows by the category that their item belongs to by the programme."""
    figures: frozenset[Decimal]
    """What rows of sums state."""
    own: CountyTable | None = None

    @classmethod
    def of(cls, tables: Sequence[CountyTable], names: Names) -> _MadeUp:
        """Counted once for all rows."""
        rows: Counter[str] = Counter()
        items: Counter[str] = Counter()
        figures: set[Decimal] = set()
        staff = []
        for table in tables:
            entries = [row for row in table.rows if row.kind is RowKind.ENTRY]
            rows.update(_counted(table, names))
            if not is_summary(table, names):
                items.update(found for row in entries if (found := names.items.get(bare(row.label))) is not None)
                figures.update(_sums_of(table))
            if entries and any(table.column(kind) is not None for kind in _POSTS):
                staff.append(table)
        return cls(rows, tuple(staff), names, items, frozenset(figures))

    def beside(self, table: CountyTable) -> _MadeUp:
        """The same for the rows of one table; where its total counts each of them, rows elsewhere alone make a sum."""
        rows = Counter(self.rows) - _counted(table, self.names) if _counts_all(table) else self.rows
        return evolve(self, own=table, rows=rows)

    def has_sum(self, row: CountyRow, table: CountyTable, category: str) -> bool:
        """Whether rows elsewhere make up what a row of a summary states: items of its category, or a sum like it."""
        column = table.column(ColumnKind.AMOUNT) or table.column(ColumnKind.SUBSIDY)
        stated = amount(table.grid.value(row.number, column.number)) if column is not None else None
        return bool(self.items.get(category)) or (bool(stated) and stated in self.figures)

    def has(self, category: str) -> bool:
        """Whether rows make up a category; the row that is asked about names it, and so stands under none."""
        posts = self.names.programme.posts
        of_posts = category in {posts.pay, posts.allowance, posts.insurance}
        return bool(self.rows.get(category)) or (of_posts and any(one is not self.own for one in self.staff))


def _counted(table: CountyTable, names: Names) -> Counter[str]:
    entries = (row for row in table.rows if row.kind is RowKind.ENTRY)
    return Counter(found for row in entries if (found := _stands_under(row, names)) is not None)


def is_summary(table: CountyTable, names: Names) -> bool:
    """Whether a table names nothing but categories, several of them, without a price or a quantity (總表)."""
    rows = [row for row in table.rows if row.kind in {RowKind.ENTRY, RowKind.HEADING}]
    named = {names.category(row.label, _item(table, row)) for row in rows}
    priced = any(has_details(table, row) for row in rows)
    return len(named) > 1 and None not in named and not priced and not any(row.sums for row in rows)


def _sums_of(table: CountyTable) -> Iterator[Decimal]:
    columns = [column for column in table.columns if column.kind in MONEY]
    for row in table.rows:
        if row.kind in {RowKind.SUBTOTAL, RowKind.TOTAL} and row.sums:
            values = (amount(table.grid.value(row.number, column.number)) for column in columns)
            yield from (value for value in values if value)


def _counts_all(table: CountyTable) -> bool:
    """Whether a total is the sum of all entries as they stand."""
    column = table.column(ColumnKind.AMOUNT) or table.column(ColumnKind.SUBSIDY)
    if column is None:
        return False
    whole = Decimal(0)
    totals = []
    for row in table.rows:
        value = amount(table.grid.value(row.number, column.number))
        if row.kind is RowKind.TOTAL:
            totals.append(value)
        elif row.kind is RowKind.ENTRY:
            whole += value or 0
    return whole in totals


def _told_apart(row: CountyRow, table: CountyTable, names: Names, made_up: _MadeUp) -> CountyRow:
    if row.kind is RowKind.HEADING:
        return _alone(row, table, names, made_up)
    if row.kind is not RowKind.ENTRY or row.alone:
        return row
    category = names.category(row.label, _item(table, row))
    # 專案計畫管理費 is a category, and an item of its own.
    if category is None or bare(row.label) in names.items:
        return row
    if not made_up.has(category) and not (is_summary(table, names) and made_up.has_sum(row, table, category)):
        return row
    if has_details(table, row):
        return row
    return evolve(row, kind=RowKind.HEADING, category=category, sums=())


def _alone(row: CountyRow, table: CountyTable, names: Names, made_up: _MadeUp) -> CountyRow:
    """A heading with an amount, and no rows anywhere that make it up, as the entry that it is."""
    category = names.category(row.label, row.category)
    money = [table.grid.value(row.number, column.number) for column in table.columns if column.kind in MONEY]
    if category is None or row.sums or all(says_none(value) for value in money) or made_up.has(category):
        return row
    return evolve(row, kind=RowKind.ENTRY, category=category)


def _item(table: CountyTable, row: CountyRow) -> str:
    value = table.value(row.number, ColumnKind.ITEM)
    return value if isinstance(value, str) else ""


def _stands_under(row: CountyRow, names: Names) -> str | None:
    """The category that an entry stands under by name, and does not itself name."""
    category = names.category(row.category)
    return None if category is None or names.category(row.label) is not None else category
