"""Sums that a county's tables state (小計、合計、總計): which amounts each adds up, as the rows became a draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field

from grantcalc.draft.choices import Fund
from grantcalc.draft.model import Line, Position, StatedSum
from grantcalc.draft.origin import Origin
from grantcalc.finding import Place
from grantcalc.money import Number, number
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.county.amounts import BLANKS, amounts_among, amounts_of
from grantcalc.reading.county.drafted import Drafted, alike
from grantcalc.reading.county.model import CellKey, Column, ColumnKind, CountyRow, CountyTable, Entries, RowKind
from grantcalc.reading.county.partsums import part_numbers
from grantcalc.reading.county.planfacts import Facts, Found, Source
from grantcalc.reading.county.remedies import BY_MAP, LOOK_AT_ROWS
from grantcalc.reading.county.stated import Stated, fund_of_label, is_left, only_money
from grantcalc.reading.county.summary import MONEY, Names
from grantcalc.reading.deadline import NEVER, Deadline
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.text import Message, Value, dollars

OF_CATEGORY = Message("“{label}” {stated} is taken as the total of “{category}”.")
OF_ALL = Message("“{label}” {stated} is taken as the total of all rows.")
OF_FUND = Message("“{label}” {stated} is taken as what {fund} pays of all rows.")
OF_ROWS = Message("“{label}” {stated} is taken as the sum of {number} amounts of the rows it belongs to.")
OF_NOTHING = Message("“{label}” {stated} is a sum of no rows that were read; it is not checked.")
NOT_ALL_READ = Message("“{label}” {stated} is not checked: row {rows} of those it adds up was not read.")

_FUNDS = {
    ColumnKind.SUBSIDY: ("funding.subsidy", Fund.SUBSIDY),
    ColumnKind.OWN: ("funding.own", Fund.OWN),
}


@define
class Sums:
    """Gathers the sums of all tables; ``claimed`` are their cells."""

    tables: Sequence[CountyTable]
    entries: Entries
    assembler: Assembler
    names: Names
    facts: Facts
    categories: dict[str, Number] = field(factory=dict)
    grand: Number | None = None
    cells: dict[str, tuple[str, str]] = field(factory=dict)
    claimed: set[CellKey] = field(factory=set)
    _rows: dict[tuple[str, int], dict[int, tuple[str, ...]]] = field(factory=dict)
    """Amounts by sheet and row, then by column."""
    _numbered: dict[tuple[str, int], list[tuple[CountyTable, CountyRow]]] = field(factory=dict)
    _drafted: Drafted = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._drafted = Drafted.of(self.entries, self.names.programme)
        for table in self.tables:
            for one in table.rows:
                self._numbered.setdefault((table.grid.name, one.number), []).append((table, one))
        for (sheet, row, column), paths in self.entries.claimed.items():
            self._rows.setdefault((sheet, row), {})[column] = paths

    def read(self, deadline: Deadline = NEVER) -> None:
        """Every sum, the totals of categories before the sums of single rows."""
        for table in self.tables:
            for row in deadline.over(table.rows):
                if row.kind in {RowKind.HEADING, RowKind.SUBTOTAL, RowKind.TOTAL}:
                    for column in table.columns:
                        if column.kind in MONEY:
                            self._cell(table, row, column)

    def _cell(self, table: CountyTable, row: CountyRow, column: Column) -> None:
        raw = table.grid.value(row.number, column.number)
        if raw == "" or (isinstance(raw, str) and raw.strip() in BLANKS - {"0"}):
            return
        sheet, cell = table.grid.name, table.grid.cell(row.number, column.number)
        self.claimed.add((sheet, row.number, column.number))
        path = f"totals.{row.label.strip() or cell}"
        value = self.assembler.money(raw, Origin(path="", sheet=sheet, cells={path: (sheet, cell)}), path)
        if value is None:
            return
        scaled = value if isinstance(raw, str) and "元" in raw else number(value * column.factor)
        added = (table.column(ColumnKind.AMOUNT) if column.kind is ColumnKind.GROUP_SUM else None) or column
        paths, unread = self._summed(table, row, added)
        stated = Stated(table=table, row=row, column=column, value=scaled, paths=paths, unread=unread)
        parts = self._parts(table, row, column) if unread is None else ()
        if parts:
            self._add(stated, parts=parts)
        else:
            self._place(stated)

    def _parts(self, table: CountyTable, row: CountyRow, column: Column) -> tuple[Number, ...]:
        """What the cells below a sum state where they are parts of amounts (年終獎金)."""
        leaves = list(self._leaves(table, row, set()))
        if any(kind is not RowKind.ENTRY or self._owner(table, at) is not table for at, kind in leaves):
            return ()
        return part_numbers(table, column, [at for at, _ in leaves], self.entries, self._drafted.rows)

    def _place(self, stated: Stated) -> None:
        """Decide what a sum is of: a category, everything, a fund, or single rows."""
        if stated.unread is not None:
            self._tell(stated, NOT_ALL_READ, LOOK_AT_ROWS, sure=False, rows=str(stated.unread))
        elif self._taken(stated):
            return
        elif stated.paths:
            self._add(stated)
        else:
            self._tell(stated, OF_NOTHING, LOOK_AT_ROWS, sure=False)

    def _taken(self, stated: Stated) -> bool:
        """Whether it is the sum of everything, of a category or of a fund."""
        whole = self._take_whole(stated) if self._is_main(stated) else self._take_fund(stated)
        return whole or self._take_insurance(stated)

    def _is_main(self, stated: Stated) -> bool:
        """Whether a cell speaks of the money of every fund: not in a column, nor under a label, of one of them."""
        if fund_of_label(stated) is not None:
            return False
        of_all = stated.column.kind in {ColumnKind.AMOUNT, ColumnKind.GROUP_SUM}
        return of_all or only_money(stated.table) is stated.column

    def _take_whole(self, stated: Stated) -> bool:
        row = stated.row
        category = self.names.category(row.label, row.category)
        if row.kind is not RowKind.TOTAL and category is not None:
            every = self._drafted.category(category)
            if category not in self.categories and (not stated.paths or alike(every, stated.paths)):
                return self._take_category(stated, category)
            if not stated.paths and every:
                self._add(stated, tuple(sorted(every)))
                return True
        is_whole = alike(self._drafted.every, stated.paths) or (not stated.paths and row.kind is RowKind.TOTAL)
        if row.kind is RowKind.TOTAL and self.grand is None and is_whole:
            self.grand = stated.value
            self.cells["totals.grand"] = stated.where
            self._tell(stated, OF_ALL, NOTHING_TO_DO)
            return True
        return False

    def _take_fund(self, stated: Stated) -> bool:
        """The total of a column of one fund, or a total row of it (補助款合計)."""
        of_label = fund_of_label(stated)
        if of_label is ColumnKind.OTHER:
            return self._take_other(stated)
        known = _FUNDS.get(of_label or stated.column.kind)
        if known is None or stated.row.kind is not RowKind.TOTAL:
            return False
        name, fund = known
        every = self._drafted.fund(fund)
        if name in self.facts.values or (stated.paths and not alike(every, stated.paths)):
            if not stated.paths and every:
                self._add(stated, tuple(sorted(every)))
                return True
            return False
        self.facts.values[name] = stated.value
        self.facts.cells[name] = stated.where
        self._tell(stated, OF_FUND, NOTHING_TO_DO, fund=fund)
        return True

    def _take_other(self, stated: Stated) -> bool:
        """What neither the subsidy nor own funds pay: 民間捐款 20,000."""
        at = (stated.row.number, stated.column.number)
        found = Found(source=Source.LABEL, text=stated.label, grid=stated.table.grid, at=at)
        self.facts.other.append((stated.label, stated.value, found))
        self._tell(stated, OF_FUND, NOTHING_TO_DO, fund=Fund.OTHER)
        return True

    def _take_insurance(self, stated: Stated) -> bool:
        """The sum below a column of the employer's insurance is that of its category, where it has one of its own."""
        posts = self.names.programme.posts
        own = stated.column.kind is ColumnKind.INSURANCE and posts.insurance not in {posts.pay, *self.categories}
        every = own and bool(stated.paths) and alike(self._drafted.category(posts.insurance), stated.paths)
        return every and self._take_category(stated, posts.insurance)

    def _take_category(self, stated: Stated, category: str) -> bool:
        self.categories[category] = stated.value
        self.cells[f"totals.categories.{category}"] = stated.where
        self._tell(stated, OF_CATEGORY, NOTHING_TO_DO, category=category)
        return True

    def _add(self, stated: Stated, paths: tuple[str, ...] | None = None, parts: tuple[Number, ...] = ()) -> None:
        sheet, cell = stated.where
        rows = stated.paths if paths is None else paths
        place = Place(path=f"totals.{stated.label}", sheet=sheet, cell=cell, label=stated.label)
        total = StatedSum(place=place, stated=stated.value, rows=rows, label=stated.label, parts=parts)
        self.assembler.sink.sums.append(total)
        self._tell(stated, OF_ROWS, NOTHING_TO_DO, number=len(parts or rows))

    def _tell(self, stated: Stated, message: Message, remedy: Message, *, sure: bool = True, **values: Value) -> None:
        place = Place(path="totals", sheet=stated.where[0], cell=stated.where[1], label=stated.label)
        text = message(label=stated.label, stated=dollars(stated.value), **values)
        hint = None if sure else BY_MAP()
        self.assembler.sink.recognised(place, text, remedy(), score=100 if sure else 0, sure=sure, hint=hint)

    def _summed(self, table: CountyTable, row: CountyRow, column: Column) -> tuple[tuple[str, ...], int | None]:
        """The amounts that a sum adds up, each once, and the first row of them that was not read."""
        found: dict[str, None] = {}
        unread = None
        for number_, kind in self._leaves(table, row, set()):
            if kind is not RowKind.ENTRY:
                category = self._category_at(table, number_)
                found.update(dict.fromkeys(self._drafted.category(category) if category else ()))
                continue
            paths = self._of_row(table, number_, column)
            if paths is None:
                unread = number_ if unread is None else unread
            else:
                found.update(dict.fromkeys(paths))
        return tuple(found), unread

    def _leaves(self, table: CountyTable, row: CountyRow, seen: set[int]) -> Iterator[tuple[int, RowKind]]:
        """The entries below a sum, and headings whose rows stand elsewhere."""
        for number_ in row.sums:
            if number_ in seen:
                continue
            seen.add(number_)
            inner = self._row(table, number_)
            if inner is None or inner.kind is RowKind.ENTRY:
                yield number_, RowKind.ENTRY
            elif inner.sums:
                yield from self._leaves(table, inner, seen)
            else:
                yield number_, inner.kind

    def _row(self, table: CountyTable, number_: int) -> CountyRow | None:
        """A row of this sheet: of this table, else of another table above it."""
        found = self._numbered.get((table.grid.name, number_), [])
        return next((row for one, row in found if one is table), found[0][1] if found else None)

    def _owner(self, table: CountyTable, number_: int) -> CountyTable:
        """The table that a row stands in: this one, or one above it on the sheet, whose columns are others."""
        found = [one for one, _ in self._numbered.get((table.grid.name, number_), [(table, None)])]
        return table if any(one is table for one in found) else found[0]

    def _category_at(self, table: CountyTable, number_: int) -> str | None:
        row = self._row(table, number_)
        if row is None:
            return None
        return self.names.category(row.label, row.category)

    def _of_row(self, table: CountyTable, number_: int, column: Column) -> tuple[str, ...] | None:
        """The amounts of one row that stand in a column; all of them where that column is of every fund.

        ``None`` where the row holds money there, but nothing became of it.
        """
        cells = self._rows.get((table.grid.name, number_), {})
        owner = self._owner(table, number_)
        there = column if owner is table else None if column.kind is ColumnKind.AMOUNT else owner.column(column.kind)
        at_column = amounts_among(cells.get(there.number, ())) if there is not None else ()
        if at_column:
            return at_column
        if any(is_left(owner, number_, one, cells) for one in (owner.columns if there is None else (there,))):
            return None
        if there is None and column.kind is not ColumnKind.AMOUNT:
            return ()
        if column.kind is not ColumnKind.AMOUNT and only_money(table) is not column:
            return ()
        claimed = [path for paths in cells.values() for path in paths]
        return amounts_among(claimed) or tuple(path for row in self._touched(claimed) for path in amounts_of(row))

    def _touched(self, paths: Iterable[str]) -> list[Position | Line]:
        """The posts and rows that these fields belong to."""
        names = dict.fromkeys(path if path.endswith("]") else path.partition("].")[0] + "]" for path in paths)
        return [self._drafted.rows[name] for name in names if name in self._drafted.rows]
