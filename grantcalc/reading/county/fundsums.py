"""What one fund pays of a category whose rows stand elsewhere, as a summary states it (總表之補助款、自籌款)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

from grantcalc.draft.choices import Fund
from grantcalc.reading.county.drafted import Drafted, alike
from grantcalc.reading.county.funds import OF_FUND
from grantcalc.reading.county.model import Column, ColumnKind, CountyRow, CountyTable, RowKind
from grantcalc.reading.county.roles import RoleWords
from grantcalc.reading.county.sheetview import amount
from grantcalc.reading.county.summary import MONEY, Names
from grantcalc.reading.county.words import brackets


@define
class FundSums:
    """Looks up who pays what a summary states, and which amounts of the draft that fund pays."""

    drafted: Drafted
    names: Names
    words: RoleWords
    _silent: dict[int, bool] = field(factory=dict)

    def fund(self, table: CountyTable, row: CountyRow, column: Column) -> Fund | None:
        """Who pays what a cell states: by its column, else by its row."""
        return OF_FUND.get(column.kind) or self.of_row(table, row)

    def of_row(self, table: CountyTable, row: CountyRow) -> Fund | None:
        """Who pays a category's row: 業務費 | 地方配合款, 業務費（中央補助）; ``None`` of rows that are no such sum."""
        if not _is_elsewhere(row):
            return None
        written = table.value(row.number, ColumnKind.FUND)
        if isinstance(written, str) and written.strip():
            return self.words.fund(written)
        found = {fund for text in brackets(row.label)[1] if (fund := self.words.fund(text)) is not None}
        above = OF_FUND.get(row.fund) if row.fund is not None else None
        return found.pop() if len(found) == 1 else above

    def category(self, row: CountyRow) -> str | None:
        """The category that a row names."""
        return self.names.category(row.label, row.category)

    def paths(self, table: CountyTable, row: CountyRow, column: Column) -> tuple[str, ...]:
        """The amounts of the draft that such a row sums up in a column: of its category, paid by that fund."""
        category, fund = self.category(row), self.fund(table, row, column)
        every = self.drafted.category(category) if category is not None else ()
        paid = frozenset(self.drafted.fund(fund)) if fund is not None else frozenset(every)
        return tuple(path for path in every if path in paid)

    def repeats(self, table: CountyTable, row: CountyRow, column: Column) -> bool:
        """Whether a fund pays all of a category, and the row states that beside it: one sum in two cells."""
        category, whole = self.category(row), table.column(ColumnKind.AMOUNT)
        if category is None or whole is None or whole is column:
            return False
        values = [amount(table.grid.value(row.number, one.number)) for one in (whole, column)]
        return values[0] == values[1] and alike(self.drafted.category(category), self.paths(table, row, column))

    def is_unread(self, table: CountyTable, row: CountyRow, column: Column) -> bool:
        """Whether such a row states money of a category of which no row was read."""
        category = self.category(row)
        read = category is not None and bool(self.drafted.category(category))
        return not read and bool(amount(table.grid.value(row.number, column.number)))

    def is_summary(self, table: CountyTable) -> bool:
        """Whether a table only sums up rows that stand elsewhere."""
        rows = [row for row in table.rows if row.kind is not RowKind.NOTE]
        return any(map(_is_elsewhere, rows)) and not any(row.kind is RowKind.ENTRY for row in rows)

    def has_several(self) -> bool:
        """Whether the rows of the draft are paid by several funds."""
        return sum(bool(self.drafted.fund(fund)) for fund in Fund) > 1

    def is_silent(self, table: CountyTable) -> bool:
        """Whether a fund pays something by this table, but nothing by the rows: these do not say who pays."""
        if id(table) not in self._silent:
            self._silent[id(table)] = any(not self.drafted.fund(fund) for fund in self._stated(table))
        return self._silent[id(table)]

    def _stated(self, table: CountyTable) -> Iterator[Fund]:
        for row in table.rows:
            paid = fund_of_total(row)
            for column in table.columns if paid is not None or _is_elsewhere(row) else ():
                fund = (paid or self.fund(table, row, column)) if column.kind in MONEY else None
                if fund is not None and amount(table.grid.value(row.number, column.number)):
                    yield fund


def _is_elsewhere(row: CountyRow) -> bool:
    """Whether a row sums up rows that do not stand below it."""
    return row.kind is RowKind.HEADING and not row.sums


def fund_of_total(row: CountyRow) -> Fund | None:
    """The fund of which a row says how much it pays of the whole: 補助款 900,000."""
    return OF_FUND.get(row.fund) if row.kind is RowKind.TOTAL and row.fund is not None else None


def says_who_pays(tables: Sequence[CountyTable]) -> bool:
    """Whether a row of any table says who pays it, by a column, a heading or a remark."""
    for table in tables:
        entries = [row for row in table.rows if row.kind is RowKind.ENTRY]
        told = any(column.kind in {ColumnKind.FUND, *OF_FUND} for column in table.columns)
        if entries and (told or any(row.fund is not None for row in entries)):
            return True
    return False
