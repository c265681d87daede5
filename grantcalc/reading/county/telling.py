"""Tells what was understood of a table: where it stands, what each column is, what is left out and why."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from grantcalc.finding import Place
from grantcalc.reading.county.facts import NAMES
from grantcalc.reading.county.judged import Judged
from grantcalc.reading.county.mapping import TableMap
from grantcalc.reading.county.match import SURE
from grantcalc.reading.county.model import Column, ColumnKind, CountyTable, RowKind
from grantcalc.reading.county.proof import BY_PRODUCT, Told
from grantcalc.reading.county.remedies import BY_MAP, LIKENESS
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.formulas import letters
from grantcalc.reading.grid import Grid
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message, Text
from grantcalc.units import QUANTITY_UNITS, Unit

TABLE = Message("A table was found: header in row {header}, {entries} entries in rows {first} to {last}.")
NO_TABLE = Message("The sheet {sheet} has no table with names and amounts.")
AS_KIND = Message("The column “{header}” is read as {kind}.")
AS_KIND_IN = Message("The column “{header}” is read as {kind}, counted by the {unit}.")
AS_MONEY_IN = Message("The column “{header}” is read as {kind}; its numbers are multiplied by {factor}.")
LIKE_KIND = Message("The header “{header}” is no usual word; it is taken for {kind}.")
NO_HEADER = Message("Column {column} has no header; by what stands in it, it is read as {kind}.")
SECOND = Message("“{header}” is a further column of amounts; the amount of a row is read from “{first}”.")
LEFT_OUT = Message("The column “{header}” is no part of a draft; it is not read.")
NOT_KNOWN = Message("The header “{header}” is not understood; its column is not read.")
NOT_HEADED = Message("Column {column} has no header; it is not read.")
LEFT_OUT_BY_MAP = Message("Row {row} is left out, as the mapping file says.")
CARRIED = Message("Row {row} names no item; it is taken for one more row of “{item}” above.")
MULTIPLIED = Message("“{found}”: the amounts of the table in row {header} are multiplied by {factor}.")
ADDED = Message(
    "Row {row} “{label}” has no price and no quantity, and its amount is the sum of rows above: it is taken as a sum."
)
ADDED_ENTRY = Message(
    "Row {row} “{label}” has no price and no quantity, and its amount is the sum of rows above: it is read as an item."
)
ALONE = Message(
    "Row {row} “{label}” stands like a heading above other rows, but its amount counts beside theirs: it is read as an "
    "item."
)

FIX = Message("Where that is wrong, correct the sheet.")
RENAME = Message("Rename the header to a usual word that says what the column is.")
NAME_IT = Message("Write the item into the row.")

NAME_SUM = Message("Name a sum 小計, 合計 or 總計; give an item its price and quantity.")
NUMBER_ROWS = Message("Number the rows below it alike, or give the heading the sum of its rows.")
LOOK = Message("Look at the row, and correct the amount or its parts.")

KIND_NAMES: dict[ColumnKind, Message] = {
    ColumnKind.REF: Message("number of the row"),
    ColumnKind.CATEGORY: Message("category"),
    ColumnKind.ITEM: Message("item"),
    ColumnKind.DESCRIPTION: Message("explanation"),
    ColumnKind.UNIT_PRICE: Message("unit price"),
    ColumnKind.QUANTITY: Message("quantity"),
    ColumnKind.UNIT: Message("unit of the quantity"),
    ColumnKind.AMOUNT: Message("amount"),
    ColumnKind.GROUP_SUM: Message("sum of the amounts of several rows"),
    ColumnKind.SUBSIDY: Message("amount from the subsidy"),
    ColumnKind.OWN: Message("amount from own funds"),
    ColumnKind.OTHER: Message("amount from other sources"),
    ColumnKind.PERIOD: Message("share of the amount in a month or quarter"),
    ColumnKind.FUND: Message("who pays"),
    ColumnKind.PERSON: Message("name of a person"),
    ColumnKind.IDENTITY: Message("identity number"),
    ColumnKind.ROLE: Message("role of a post"),
    ColumnKind.EDUCATION: Message("education"),
    ColumnKind.LICENCES: Message("licences"),
    ColumnKind.STEP: Message("pay step"),
    ColumnKind.POINTS: Message("pay points"),
    ColumnKind.COUNT: Message("number of posts"),
    ColumnKind.MONTHS: Message("number of months"),
    ColumnKind.MONTHLY_PAY: Message("monthly pay"),
    ColumnKind.BONUS: Message("year-end bonus"),
    ColumnKind.INSURANCE: Message("employer's insurance"),
    ColumnKind.ALLOWANCE: Message("amount of the regional allowance"),
    ColumnKind.PAY_PART: Message("part of the monthly pay"),
    ColumnKind.HIRED_ON: Message("day of joining"),
    ColumnKind.START: Message("first day"),
    ColumnKind.END: Message("last day"),
    ColumnKind.PLACE: Message("place"),
    ColumnKind.DATE: Message("date"),
    ColumnKind.IGNORED: Message("no part of a draft"),
}
"""What a column holds, as a person calls it."""


@frozen(kw_only=True)
class Factor:
    """A unit of money that stands above a table, like 單位：千元."""

    factor: int
    row: int
    column: int
    text: str


def tell_no_table(grid: Grid, sink: Sink) -> None:
    """A sheet without any table."""
    if grid.rows:
        place = Place(path="lines", sheet=grid.name)
        sink.recognised(place, NO_TABLE(sheet=shown(grid.name)), FIX(), hint=BY_MAP())


def tell_table(
    view: SheetView,
    table: CountyTable,
    judged: Sequence[Judged],
    factor: Factor | None,
    fixed: TableMap | None,
    told: Sequence[Told],
    sink: Sink,
) -> None:
    """Everything about one table; ``told`` is what its figures said of its columns."""
    path = "positions" if table.column(ColumnKind.ROLE) or table.column(ColumnKind.MONTHLY_PAY) else "lines"
    teller = _Teller(view=view, table=table, path=path, sink=sink)
    teller.found()
    if factor is not None and factor.factor != 1 and any(one.factor == factor.factor for one in table.columns):
        teller.multiplied(factor)
    proved = {said.column for said in told if said.row is None}
    for column in table.columns:
        if column.number not in proved and column.kind is not ColumnKind.PERIOD:
            teller.column(column)
    for said in told:
        teller.proved(said)
    for number, header in table.unclaimed.items():
        teller.unclaimed(number, header)
    for row in sorted(fixed.ignored_rows) if fixed is not None else ():
        if any(one.number == row for one in judged):
            teller.tell(row, table.columns[0].number, LEFT_OUT_BY_MAP(row=row), FIX())
    teller.rows(judged)


@frozen(kw_only=True)
class _Teller:
    view: SheetView
    table: CountyTable
    path: str
    sink: Sink

    def tell(
        self,
        row: int,
        column: int,
        message: Text,
        remedy: Text,
        *,
        score: int = 100,
        sure: bool = True,
        hint: Text | None = None,
    ) -> None:
        """Something about a cell; a map may say otherwise."""
        place = Place(path=self.path, sheet=self.table.grid.name, cell=self.table.grid.cell(row, column))
        self.sink.recognised(place, message, remedy, score=score, sure=sure, hint=hint or BY_MAP())

    def found(self) -> None:
        """The table itself."""
        entries = [row.number for row in self.table.rows if row.kind is RowKind.ENTRY]
        numbers = [row.number for row in self.table.rows]
        first, last = min(numbers), max(numbers)
        message = TABLE(header=self.table.header[0], entries=len(entries), first=first, last=last)
        left = min((one.number for one in self.table.columns), default=self.table.grid.first_column)
        self.tell(self.table.header[0], left, message, FIX())

    def multiplied(self, factor: Factor) -> None:
        """Thousands of dollars, by a line above the table."""
        message = MULTIPLIED(found=shown(factor.text), header=self.table.header[0], factor=factor.factor)
        self.tell(factor.row, factor.column, message, FIX())

    def column(self, column: Column) -> None:
        """What a column is taken for, and how sure."""
        row = self._row_of(column.number)
        header, kind = shown(column.header), KIND_NAMES[column.kind]()
        sure, hint = column.score >= SURE, None
        remedy = FIX() if sure else RENAME()
        if column.kind is ColumnKind.IGNORED:
            message = LEFT_OUT(header=header)
        elif not column.header:
            message = NO_HEADER(column=letters(column.number), kind=kind)
        elif column.kind is ColumnKind.AMOUNT and column.index:
            first = self.table.column(ColumnKind.AMOUNT)
            message = SECOND(header=header, first=shown(first.header if first is not None else ""))
            sure = sure or not self._has_numbers(column.number)
        elif not sure:
            message, hint = LIKE_KIND(header=header, kind=kind), LIKENESS(score=column.score)
        elif column.factor != 1:
            message = AS_MONEY_IN(header=header, kind=kind, factor=column.factor)
        elif column.unit is not None and column.kind is ColumnKind.QUANTITY:
            message = AS_KIND_IN(header=header, kind=kind, unit=_unit(column.unit))
        else:
            message = AS_KIND(header=header, kind=kind)
        self.tell(row, column.number, message, remedy, score=column.score, sure=sure, hint=hint)

    def rows(self, judged: Sequence[Judged]) -> None:
        """Rows of which it is told what they were taken for."""
        for one in judged:
            if one.carried:
                self.carried(one)
            if one.added:
                self.added(one)
            if one.alone:
                self.alone(one)

    def proved(self, told: Told) -> None:
        """What the figures say of a column, or of one row of it."""
        row = told.row or self._row_of(told.column)
        score = 100 if told.sure else BY_PRODUCT
        self.tell(row, told.column, told.message, FIX() if told.row is None else LOOK(), score=score, sure=told.sure)

    def added(self, one: Judged) -> None:
        """A row without price and quantity whose amount is the sum of those above it."""
        named = next((one for one in self.table.columns if one.kind in NAMES), self.table.columns[0])
        summed = one.kind is not RowKind.ENTRY
        message = (ADDED if summed else ADDED_ENTRY)(row=one.number, label=shown(one.label))
        self.tell(one.number, named.number, message, NAME_SUM(), score=SURE - 1, sure=False)

    def alone(self, one: Judged) -> None:
        """A row that stands like a heading of those below it."""
        named = next((one for one in self.table.columns if one.kind in NAMES), self.table.columns[0])
        message = ALONE(row=one.number, label=shown(one.label))
        self.tell(one.number, named.number, message, NUMBER_ROWS(), score=SURE - 1, sure=False)

    def unclaimed(self, number: int, header: str) -> None:
        """A column that is not read: for a person where it holds numbers."""
        message = NOT_KNOWN(header=shown(header)) if header else NOT_HEADED(column=letters(number))
        sure = not self._has_numbers(number)
        self.tell(self._row_of(number), number, message, RENAME(), score=100 if sure else 0, sure=sure)

    def carried(self, one: Judged) -> None:
        """A row that has its name from the one above."""
        names = (ColumnKind.ITEM, ColumnKind.ROLE, ColumnKind.CATEGORY)
        named = next((column for kind in names if (column := self.table.column(kind)) is not None), None)
        at = named.number if named is not None else self.table.columns[0].number
        message = CARRIED(row=one.number, item=shown(one.label))
        self.tell(one.number, at, message, NAME_IT(), score=SURE - 1, sure=False)

    def _row_of(self, column: int) -> int:
        """The lowest row of the header with a text above this column."""
        first, last = self.table.header
        rows = (row for row in range(last, first - 1, -1) if self.view.text(row, column))
        return next(rows, last)

    def _has_numbers(self, column: int) -> bool:
        entries = (row.number for row in self.table.rows if row.kind is not RowKind.NOTE)
        return any(amount(self.view.value(row, column)) is not None for row in entries)


def _unit(code: str) -> Unit | str:
    """The unit, to be named in the user's language; a word that is no unit of drafts as it is written."""
    return next((unit for unit in QUANTITY_UNITS if unit.value == code), shown(code))
