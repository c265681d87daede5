"""Sums that a county's tables state (小計、合計、總計): which amounts each adds up, as the rows became a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import define, evolve, field

from grantcalc.draft.choices import Fund
from grantcalc.draft.model import Line, Position, StatedSum
from grantcalc.draft.origin import Origin
from grantcalc.finding import Place
from grantcalc.money import Number, number
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.county.amounts import BLANKS, amounts_among, amounts_of, own_parts_among
from grantcalc.reading.county.drafted import Drafted, alike
from grantcalc.reading.county.fundsums import FundSums, fund_of_total, says_who_pays
from grantcalc.reading.county.leaves import Leaves
from grantcalc.reading.county.model import CellKey, Column, ColumnKind, CountyRow, CountyTable, Entries, RowKind
from grantcalc.reading.county.overfunds import funds_below
from grantcalc.reading.county.oversheets import all_of_staff, is_of_all, over_sheets
from grantcalc.reading.county.partsums import part_numbers
from grantcalc.reading.county.planfacts import Facts, Found, Source
from grantcalc.reading.county.remedies import BY_MAP, LOOK_AT_ROWS
from grantcalc.reading.county.roles import RoleWords
from grantcalc.reading.county.sources import is_list
from grantcalc.reading.county.stated import Stated, fund_of_label, is_left, only_money
from grantcalc.reading.county.summary import MONEY, Names
from grantcalc.reading.deadline import NEVER, Deadline
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.text import Message, Value, dollars
from grantcalc.textwords import words_of

OF_CATEGORY = Message("“{label}” {stated} is taken as the total of “{category}”.")
OF_ALL = Message("“{label}” {stated} is taken as the total of all rows.")
OF_FUND = Message("“{label}” {stated} is taken as what {fund} pays of all rows.")
OF_ROWS = Message("“{label}” {stated} is taken as the sum of {number} amounts of the rows it belongs to.")
OF_NOTHING = Message("“{label}” {stated} is a sum of no rows that were read; it is not checked.")
NOT_BY_FUND = Message("“{label}” {stated} is not checked: the rows of the draft do not say what {fund} pays of them.")
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
    _leaves: Leaves = field(init=False)
    _drafted: Drafted = field(init=False)
    _funds: FundSums = field(init=False)
    _words: RoleWords = field(init=False)
    _exceptions: tuple[str, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._drafted = Drafted.of(self.entries, self.names.programme)
        self._words = RoleWords.of(self.assembler.library.tables, self.names.programme)
        self._exceptions = words_of(self.assembler.library.tables, "except")
        self._funds = FundSums(self._drafted, self.names, self._words)
        self._leaves = Leaves(self.tables)
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
        for one in funds_below(table, row, column):
            more, lost = self._summed(table, row, one)
            paths, unread = tuple(dict.fromkeys((*paths, *more))), lost if unread is None else unread
            column = evolve(column, kind=ColumnKind.AMOUNT)
        stated = Stated(table=table, row=row, column=column, value=scaled, paths=paths, unread=unread)
        parts = self._parts(table, row, column) if unread is None else ()
        if parts:
            self._add(stated, parts=parts)
        else:
            self._place(stated)

    def _parts(self, table: CountyTable, row: CountyRow, column: Column) -> tuple[Number, ...]:
        """What the cells below a sum state where they are parts of amounts (年終獎金)."""
        leaves = list(self._leaves.of(table, row))
        if any(kind is not RowKind.ENTRY or self._leaves.owner(table, at) is not table for at, kind in leaves):
            return ()
        return part_numbers(table, column, [at for at, _ in leaves], self.entries, self._drafted.rows)

    def _place(self, stated: Stated) -> None:
        """Decide what a sum is of: a category, everything, a fund, or single rows."""
        if stated.unread is not None and is_of_all(stated, self._drafted):
            self._add(stated, tuple(self._drafted.every))
        elif stated.unread is not None:
            self._tell(stated, NOT_ALL_READ, LOOK_AT_ROWS, sure=False, rows=str(stated.unread))
        elif self._is_untold(stated) or self._taken(stated):
            return
        elif stated.paths:
            self._add(stated)
        else:
            self._tell(stated, OF_NOTHING, LOOK_AT_ROWS, sure=False)

    def _is_untold(self, stated: Stated) -> bool:
        """Whether a summary states what a fund pays of rows that do not say who pays them."""
        table, row = stated.table, stated.row
        of_total = fund_of_total(row)
        fund = of_total or self._funds.fund(table, row, stated.column)
        asked = self._funds.is_summary(table) or (of_total is not None and not says_who_pays(self.tables))
        if fund is None or not asked or not self._funds.is_silent(table):
            return False
        if row.kind is RowKind.TOTAL and fund is not Fund.SUBSIDY:
            return False  # the only statement of what it pays
        self._tell(stated, NOT_BY_FUND, LOOK_AT_ROWS, sure=False, fund=fund)
        return True

    def _taken(self, stated: Stated) -> bool:
        """Whether it is the sum of everything, of a category or of a fund, or of what a fund pays of a category."""
        whole = self._take_whole(stated) if self._is_main(stated) else self._take_fund(stated)
        return whole or self._take_insurance(stated) or self._take_share(stated)

    def _take_share(self, stated: Stated) -> bool:
        """What a fund pays of a category, in a row of a summary."""
        table, row, column = stated.table, stated.row, stated.column
        category = self._funds.category(row)
        no_share = row.kind is RowKind.TOTAL or row.sums or self._funds.fund(table, row, column) is None
        if no_share or category is None or not self._drafted.category(category):
            return False
        paths = self._funds.paths(table, row, column)
        if self._funds.repeats(table, row, column):
            self._tell(stated, OF_ROWS, NOTHING_TO_DO, number=len(paths))
        else:
            self._add(stated, paths)
        return True

    def _is_main(self, stated: Stated) -> bool:
        """Whether a cell speaks of the money of every fund: not in a column, nor under a label, of one of them."""
        if fund_of_label(stated, self._words) is not None or self._funds.of_row(stated.table, stated.row) is not None:
            return False
        if stated.column.kind in {ColumnKind.AMOUNT, ColumnKind.GROUP_SUM}:
            return True
        of_one = self._funds.is_summary(stated.table) and self._funds.has_several()
        return only_money(stated.table) is stated.column and not of_one

    def _take_whole(self, stated: Stated) -> bool:
        row = stated.row
        category = self.names.category(row.label, row.category)
        if row.kind is not RowKind.TOTAL and category is not None:
            of_staff = all_of_staff(stated, category, self._drafted, self.names)
            every = of_staff or self._drafted.category(category)
            if not of_staff and category not in self.categories and (not stated.paths or alike(every, stated.paths)):
                return self._take_category(stated, category)
            if not stated.paths and every:
                self._add(stated, tuple(sorted(every)))
                return True
        if row.kind is not RowKind.TOTAL:
            return False
        paths = over_sheets(stated, self._drafted, self.names, self._exceptions)
        is_whole = alike(self._drafted.every, paths) or not paths
        if is_whole and self.grand is None:
            self.grand = stated.value
            self.cells["totals.grand"] = stated.where
            self._tell(stated, OF_ALL, NOTHING_TO_DO)
            return True
        if not paths and self._drafted.every and is_list(stated.table):
            paths = tuple(self._drafted.every)
        if paths != stated.paths:
            self._add(stated, paths)
        return paths != stated.paths

    def _take_fund(self, stated: Stated) -> bool:
        """The total of a column of one fund, or a total row of it (補助款合計)."""
        of_label = fund_of_label(stated, self._words)
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
        for number_, kind in self._leaves.of(table, row):
            if kind is not RowKind.ENTRY:
                inner = self._leaves.row(table, number_)
                found.update(dict.fromkeys(self._funds.paths(table, inner, column) if inner is not None else ()))
                if inner is not None and self._funds.is_unread(table, inner, column):
                    unread = number_ if unread is None else unread
                continue
            paths = self._of_row(table, number_, column)
            if paths is None:
                unread = number_ if unread is None else unread
            else:
                found.update(dict.fromkeys(paths))
        return tuple(found), unread

    def _of_row(self, table: CountyTable, number_: int, column: Column) -> tuple[str, ...] | None:
        """The amounts of one row that stand in a column; all of them where that column is of every fund.

        ``None`` where the row holds money there, but nothing became of it.
        """
        cells = self._rows.get((table.grid.name, number_), {})
        claimed = [path for paths in cells.values() for path in paths]
        owner = self._leaves.owner(table, number_)
        there = column if owner is table else None if column.kind is ColumnKind.AMOUNT else owner.column(column.kind)
        at_column = _counted(cells, there.number) if there is not None else ()
        if at_column:
            return at_column + (own_parts_among(claimed) if column.kind is ColumnKind.AMOUNT else ())
        if any(is_left(owner, number_, one, cells) for one in (owner.columns if there is None else (there,))):
            return None
        if there is None and column.kind is not ColumnKind.AMOUNT:
            return ()
        if column.kind is not ColumnKind.AMOUNT and only_money(table) is not column:
            return ()
        return amounts_among(claimed) or tuple(path for row in self._touched(claimed) for path in amounts_of(row))

    def _touched(self, paths: Iterable[str]) -> list[Position | Line]:
        """The posts and rows that these fields belong to."""
        names = dict.fromkeys(path if path.endswith("]") else path.partition("].")[0] + "]" for path in paths)
        return [self._drafted.rows[name] for name in names if name in self._drafted.rows]


def _counted(cells: Mapping[int, tuple[str, ...]], column: int) -> tuple[str, ...]:
    """The amounts that stand in one column of a row."""
    paths = cells.get(column, ())
    return amounts_among(paths) or own_parts_among(paths)
