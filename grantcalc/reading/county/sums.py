"""Sums that a county's tables state (小計、合計、總計): which amounts each adds up, as the rows became a draft."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from attrs import define, field, frozen

from grantcalc.draft.choices import Fund
from grantcalc.draft.model import Line, Position, StatedSum
from grantcalc.draft.origin import Origin
from grantcalc.finding import Place
from grantcalc.money import Number, number
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.county.amounts import BLANKS, POST_AMOUNTS, amounts_among, amounts_of, is_blank
from grantcalc.reading.county.model import CellKey, Column, ColumnKind, CountyRow, CountyTable, Entries, RowKind
from grantcalc.reading.county.planfacts import Facts
from grantcalc.reading.county.summary import MONEY, Names, bare
from grantcalc.reading.problems import shown
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.text import Message, Value, dollars

OF_CATEGORY = Message("“{label}” {stated} is taken as the total of “{category}”.")
OF_ALL = Message("“{label}” {stated} is taken as the total of all rows.")
OF_FUND = Message("“{label}” {stated} is taken as what {fund} pays of all rows.")
OF_ROWS = Message("“{label}” {stated} is taken as the sum of {number} amounts of the rows it belongs to.")
OF_NOTHING = Message("“{label}” {stated} is a sum of no rows that were read; it is not checked.")
NOT_ALL_READ = Message("“{label}” {stated} is not checked: row {rows} of those it adds up was not read.")
LOOK_AT_ROWS = Message("Look at the rows it adds up, or fix them with a map (`grantcalc map` proposes one).")

_FUNDS = {
    ColumnKind.SUBSIDY: ("funding.subsidy", Fund.SUBSIDY),
    ColumnKind.OWN: ("funding.own", Fund.OWN),
}
_FUND_WORDS = (("自籌", ColumnKind.OWN), ("配合款", ColumnKind.OWN), ("補助", ColumnKind.SUBSIDY))
"""What a total row's label says of who pays: 補助款合計; 自籌 first, for 補助款 may stand beside it."""


@frozen(kw_only=True)
class Stated:
    """One cell with a sum: its row, its column, and the amounts that it adds up (``None`` where one is not read)."""

    table: CountyTable
    row: CountyRow
    column: Column
    value: Number
    paths: tuple[str, ...]
    unread: int | None = None

    @property
    def where(self) -> tuple[str, str]:
        """Sheet and cell."""
        return self.table.grid.name, self.table.grid.cell(self.row.number, self.column.number)

    @property
    def label(self) -> str:
        """What the row is called."""
        return shown(self.row.label)


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
    _by_path: dict[str, Position | Line] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        rows: tuple[Position | Line, ...] = (*self.entries.positions, *self.entries.lines)
        self._by_path = {row.origin.path: row for row in rows}
        for table in self.tables:
            for one in table.rows:
                self._numbered.setdefault((table.grid.name, one.number), []).append((table, one))
        for (sheet, row, column), paths in self.entries.claimed.items():
            self._rows.setdefault((sheet, row), {})[column] = paths

    def read(self) -> None:
        """Every sum, the totals of categories before the sums of single rows."""
        for table in self.tables:
            for row in table.rows:
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
        paths, unread = self._summed(table, row, column)
        stated = Stated(table=table, row=row, column=column, value=scaled, paths=paths, unread=unread)
        self._place(stated)

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
        if _fund_of_label(stated) is not None:
            return False
        return stated.column.kind is ColumnKind.AMOUNT or _only_money(stated.table) is stated.column

    def _take_whole(self, stated: Stated) -> bool:
        row = stated.row
        category = self.names.category(row.label, row.category)
        if row.kind is not RowKind.TOTAL and category is not None:
            every = set(self._of_category(category))
            if category not in self.categories and (not stated.paths or every == set(stated.paths)):
                return self._take_category(stated, category)
            if not stated.paths and every:
                self._add(stated, tuple(sorted(every)))
                return True
        is_whole = set(stated.paths) == set(self._of_all()) or (not stated.paths and row.kind is RowKind.TOTAL)
        if row.kind is RowKind.TOTAL and self.grand is None and is_whole:
            self.grand = stated.value
            self.cells["totals.grand"] = stated.where
            self._tell(stated, OF_ALL, NOTHING_TO_DO)
            return True
        return False

    def _take_fund(self, stated: Stated) -> bool:
        """The total of a column of one fund, or a total row of it (補助款合計)."""
        known = _FUNDS.get(_fund_of_label(stated) or stated.column.kind)
        if known is None or stated.row.kind is not RowKind.TOTAL:
            return False
        name, fund = known
        every = set(self._of_fund(fund))
        if name in self.facts.values or (stated.paths and set(stated.paths) != every):
            if not stated.paths and every:
                self._add(stated, tuple(sorted(every)))
                return True
            return False
        self.facts.values[name] = stated.value
        self.facts.cells[name] = stated.where
        self._tell(stated, OF_FUND, NOTHING_TO_DO, fund=fund)
        return True

    def _take_insurance(self, stated: Stated) -> bool:
        """The sum below a column of the employer's insurance is that of its category, where it has one of its own."""
        posts = self.names.programme.posts
        own = stated.column.kind is ColumnKind.INSURANCE and posts.insurance not in {posts.pay, *self.categories}
        every = own and stated.paths and set(stated.paths) == set(self._of_category(posts.insurance))
        return bool(every) and self._take_category(stated, posts.insurance)

    def _take_category(self, stated: Stated, category: str) -> bool:
        self.categories[category] = stated.value
        self.cells[f"totals.categories.{category}"] = stated.where
        self._tell(stated, OF_CATEGORY, NOTHING_TO_DO, category=category)
        return True

    def _add(self, stated: Stated, paths: tuple[str, ...] | None = None) -> None:
        sheet, cell = stated.where
        rows = stated.paths if paths is None else paths
        place = Place(path=f"totals.{stated.label}", sheet=sheet, cell=cell, label=stated.label)
        self.assembler.sink.sums.append(StatedSum(place=place, stated=stated.value, rows=rows, label=stated.label))
        self._tell(stated, OF_ROWS, NOTHING_TO_DO, number=len(rows))

    def _tell(self, stated: Stated, message: Message, remedy: Message, *, sure: bool = True, **values: Value) -> None:
        sheet, cell = stated.where
        place = Place(path="totals", sheet=sheet, cell=cell, label=stated.label)
        text = message(label=stated.label, stated=dollars(stated.value), **values)
        self.assembler.sink.recognised(place, text, remedy(), score=100 if sure else 0, sure=sure)

    def _summed(self, table: CountyTable, row: CountyRow, column: Column) -> tuple[tuple[str, ...], int | None]:
        """The amounts that a sum adds up, each once, and the first row of them that was not read."""
        found: dict[str, None] = {}
        unread = None
        for number_, kind in self._leaves(table, row, set()):
            if kind is not RowKind.ENTRY:
                category = self._category_at(table, number_)
                found.update(dict.fromkeys(self._of_category(category) if category else ()))
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
        if any(_is_left(owner, number_, one, cells) for one in (owner.columns if there is None else (there,))):
            return None
        if there is None and column.kind is not ColumnKind.AMOUNT:
            return ()
        if column.kind is not ColumnKind.AMOUNT and _only_money(table) is not column:
            return ()
        claimed = [path for paths in cells.values() for path in paths]
        return amounts_among(claimed) or tuple(path for row in self._touched(claimed) for path in amounts_of(row))

    def _touched(self, paths: Iterable[str]) -> list[Position | Line]:
        """The posts and rows that these fields belong to."""
        names = dict.fromkeys(path if path.endswith("]") else path.partition("].")[0] + "]" for path in paths)
        return [self._by_path[name] for name in names if name in self._by_path]

    def _of_category(self, category: str) -> list[str]:
        posts = self.names.programme.posts
        fields = dict(zip(POST_AMOUNTS, (posts.pay, posts.allowance, posts.insurance), strict=True))
        found = [path for one in self.entries.positions for path in amounts_of(one)]
        kept = [path for path in found if fields[path.rpartition(".")[2]] == category]
        lines = (line for line in self.entries.lines if self.names.programme.category_of(line) == category)
        return [*kept, *(path for line in lines for path in amounts_of(line))]

    def _of_all(self) -> list[str]:
        return [path for row in self._by_path.values() for path in amounts_of(row)]

    def _of_fund(self, fund: Fund) -> list[str]:
        rows = (row for row in self._by_path.values() if row.fund is fund)
        return [path for row in rows for path in amounts_of(row)]


def _is_left(table: CountyTable, number_: int, column: Column, used: Collection[int]) -> bool:
    """Whether a row holds money in a column that nothing took, and that no problem tells."""
    left = column.kind in MONEY and column.number not in used
    return left and not is_blank(table.grid.value(number_, column.number))


def _only_money(table: CountyTable) -> Column | None:
    """The only column of sums of a table; ``None`` where it has several."""
    money = [column for column in table.columns if column.kind in MONEY]
    return money[0] if len(money) == 1 else None


def _fund_of_label(stated: Stated) -> ColumnKind | None:
    """Who pays, as the label of a total row says: 補助款合計, 自籌款."""
    if stated.row.kind is not RowKind.TOTAL:
        return None
    label = bare(stated.row.label)
    found = [kind for word, kind in _FUND_WORDS if word in label]
    return found[0] if len(set(found)) == 1 else None
