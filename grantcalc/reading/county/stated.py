"""One cell with a sum (小計、合計、總計): where it stands, what it adds up, and what its row and table say of it."""

from __future__ import annotations

from collections.abc import Collection

from attrs import frozen

from grantcalc.money import Number
from grantcalc.reading.county.amounts import says_none
from grantcalc.reading.county.model import Column, ColumnKind, CountyRow, CountyTable, RowKind
from grantcalc.reading.county.roles import RoleWords
from grantcalc.reading.county.summary import MONEY, bare
from grantcalc.reading.problems import shown


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


def is_left(table: CountyTable, number_: int, column: Column, used: Collection[int]) -> bool:
    """Whether a row holds money in a column that nothing took, and that no problem tells."""
    left = column.kind in MONEY - {ColumnKind.GROUP_SUM} and column.number not in used
    return left and not says_none(table.grid.value(number_, column.number))


def only_money(table: CountyTable) -> Column | None:
    """The only column of sums of a table; ``None`` where it has several."""
    money = [column for column in table.columns if column.kind in MONEY]
    return money[0] if len(money) == 1 else None


def fund_of_label(stated: Stated, words: RoleWords) -> ColumnKind | None:
    """Who pays, as the label of a total row says: 補助款合計, 自籌款."""
    if stated.row.kind is not RowKind.TOTAL:
        return None
    if stated.row.fund is not None:
        return stated.row.fund
    label = bare(stated.row.label)
    found = {value for word, value in words.words["sum-fund"] if word in label}
    return ColumnKind(found.pop()) if len(found) == 1 else None
