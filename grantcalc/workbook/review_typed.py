"""Reads the amounts of the second review (複審) that somebody typed into an earlier review workbook, and nothing else.

The workbook is read like any file from outside: by the bounded reader, as plain values, no formula worked out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import evolve, frozen

from grantcalc.reading import DEFAULT_OPTIONS, ReadOptions, open_book
from grantcalc.reading.identity import Masker
from grantcalc.reading.problems import refuse, shown
from grantcalc.review.seconds import HIDDEN, MOST, Earlier, EarlierSheet, RowKey, Typed, shown_key
from grantcalc.text import Message, Text, Value, dollars, joined
from grantcalc.workbook.review_keys import KeyedRow
from grantcalc.workbook.review_tables import Table, tables_of

NO_REVIEW = Message("This is no review workbook of this program, or one of a version that did not mark its rows.")
GIVE_REVIEW = Message(
    "Give the .xlsx file that `grantcalc review -o` wrote and in which the second review was typed; amounts of an "
    "older one are to be typed anew."
)
NO_WHOLE = Message("it is no whole number of dollars that is not negative.")
NO_CUT = Message("it is no whole number of dollars that is zero or less, as a cut of no single row has to be.")
NO_VALUE = Message("the formula there has no stored value; open the workbook, save it, and give it again.")
IS_ERROR = Message("the cell holds an error value.")
MOVED = Message("the row shows something else than its hidden key stands for (it was sorted without it, or changed).")
NO_DRAFT = Message(
    "the sheet no longer says which draft it is of (the hidden column, or its cell beside the headings, was deleted)."
)
NO_HEADER = Message("the heading of the column of the second review is gone from the sheet.")
TYPED_OVER = Message("the amount of the first review was typed over; the first review is never carried over.")
SUM_OVER = Message("the sum of the second review was typed over; only the rows are carried over.")
ALL = Message("all amounts of the sheet")
ROW = Message("row {number}")
SUM_ROW = Message("the sum")
FORMULA, QUOTED = Message("a formula"), Message("“{found}”")

_SHEETS = 10_000
"""Of a review of as many drafts: more than a draft's workbook may have."""


def read_seconds(path: Path, options: ReadOptions = DEFAULT_OPTIONS) -> Earlier:
    """What is typed in that workbook; :class:`~grantcalc.reading.Unreadable` where it is none of a review."""
    limits = evolve(options.limits, sheets=max(options.limits.sheets, _SHEETS))
    book = open_book(path, ReadOptions(limits=limits))
    file = Masker().text(path.name)
    sheets = tuple(_sheet(table) for grid in book.grids.values() for table in tables_of(grid))
    hidden = [name for name in book.names if name in book.hidden and name not in book.grids]
    if not sheets:
        raise refuse(file, NO_REVIEW(), GIVE_REVIEW())
    notes = (HIDDEN(file=file, sheets=joined(map(shown, hidden))),) if hidden else ()
    return Earlier(file=file, sheets=sheets, notes=notes)


@frozen(kw_only=True)
class _Line:
    """One line of a table."""

    table: Table
    number: int

    @property
    def key(self) -> KeyedRow | None:
        """What its hidden cell holds."""
        return self.table.keys.get(self.number)

    def value(self, column: int | None) -> object:
        return "" if column is None else self.table.grid.value(self.number, column)

    def text(self, column: int | None) -> str:
        return str(self.value(column)).strip()

    def place(self, column: int | None) -> str:
        return f"{shown(self.table.grid.name)}!{self.table.grid.cell(self.number, column or 1)}"

    @property
    def names(self) -> list[str]:
        """What it shows as item and description."""
        columns = self.table.columns
        return [text for at in (columns.item, columns.detail) if (text := self.text(at))]

    @property
    def name(self) -> Value:
        """The row in words: its item and description, or its number."""
        said = [shown(text) for text in dict.fromkeys(self.names)]
        return joined(said) if said else ROW(number=self.number)


def _sheet(table: Table) -> EarlierSheet:
    typed = tuple(_typed(table))
    if table.draft is None:
        return EarlierSheet(digest="", file="", typed=typed)
    return EarlierSheet(digest=table.draft.digest, file=table.draft.file, typed=typed)


def _typed(table: Table) -> Iterator[Typed]:
    if table.columns.second is None:
        yield Typed(place=shown(table.grid.name), row=ROW(number=table.head), written=ALL(), fault=NO_HEADER())
        return
    lines = [_Line(table=table, number=number) for number in table.numbers]
    at = table.total or _sum_row(lines)
    # A sort of the whole sheet may move the sums among the rows, and these beneath them.
    end = max([at, *table.keys]) if at is not None else table.stop
    for line in lines:
        if line.number == at:
            yield from _sum(line, [one for one in lines if one.number <= end and one is not line])
        elif line.number <= end:
            yield from _cells(line)
        else:  # other tables, and what people write beneath: an amount all the same
            yield from (one for one in _cells(line) if one.amount is not None)


def _sum_row(lines: list[_Line]) -> int | None:
    """The row of the sums where its key is gone: one without a name that adds up what stands above it."""
    asked = first = 0
    for at, line in enumerate(lines):
        columns = line.table.columns
        if at and not line.names and _adds(line, columns.asked, asked) and _adds(line, columns.first, first):
            return line.number
        asked += _whole(line.value(columns.asked)) or 0
        first += _whole(line.value(columns.first)) or 0
    return None


def _adds(line: _Line, column: int | None, total: int) -> bool:
    value = line.value(column)
    return value == total if isinstance(value, float) else (line.number, column) in line.table.grid.scan.uncalculated


def _whole(value: object) -> int | None:
    """A number of dollars as the cell holds it."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) <= MOST else None


def _cells(line: _Line) -> Iterator[Typed]:
    """What somebody typed in a line: the second review, and the first where it is no longer what was written."""
    second = _cell(line)
    if second is not None:
        yield second
    at = line.table.columns.first
    first = line.value(at)
    if line.key is not None and isinstance(first, float) and first != line.key.key.first:
        yield Typed(place=line.place(at), row=line.name, written=_written(first), fault=TYPED_OVER())


def _cell(line: _Line) -> Typed | None:
    """What is typed as second review; ``None`` where nothing is."""
    columns, scan = line.table.columns, line.table.grid.scan
    at = (line.number, columns.second or 0)
    value, key = line.value(columns.second), None if line.key is None else line.key.key
    amount: int | None = None
    fault: Text | None
    written: Value
    if at in scan.uncalculated:
        written, fault = FORMULA(), NO_VALUE()
    elif at in scan.errors:
        written, fault = shown(scan.errors[at]), IS_ERROR()
    elif isinstance(value, str) and not value.strip():
        return None
    else:
        written, (amount, fault) = _written(value), _amount(value, key)
    if line.table.draft is None:
        fault = NO_DRAFT()
    elif line.key is not None and fault is None and not _fits(line, line.key):
        fault = MOVED()
    return Typed(
        place=line.place(columns.second),
        row=line.name,
        written=written,
        key=key,
        amount=amount,
        fault=fault,
        beside=line.text(columns.place),
    )


def _amount(value: object, key: RowKey | None) -> tuple[int | None, Text | None]:
    """A whole number of dollars, none below zero; of what is cut of no single row none above."""
    is_rest, amount = key is not None and key.is_rest, _whole(value)
    if amount is not None and (amount == 0 or (amount < 0) is is_rest):
        return amount, None
    return None, NO_CUT() if is_rest else NO_WHOLE()


def _fits(line: _Line, key: KeyedRow) -> bool:
    """Whether the line still shows what its key was written for."""
    columns = line.table.columns
    texts = [str(line.value(at)) for at in (columns.category, columns.item, columns.detail)]
    asked, first = line.value(columns.asked), line.value(columns.first)
    number = str(int(asked)) if isinstance(asked, float) and asked.is_integer() else str(asked)
    return shown_key(*texts, number) == key.shown and first == ("" if key.key.first is None else key.key.first)


def _sum(line: _Line, lines: list[_Line]) -> Iterator[Typed]:
    """A sum that somebody wrote over: programs work out the one that was there."""
    at = line.table.columns.second
    value, parts = line.value(at), [_counted(one) for one in lines]
    known = [part for part in parts if part is not None]
    # Where a line is not whole, nobody knows what the program that saved the workbook made of it.
    is_other = isinstance(value, float) and len(known) == len(parts) and value != sum(known)
    if is_other or (isinstance(value, str) and value.strip()):
        yield Typed(place=line.place(at), row=SUM_ROW(), written=_written(value), fault=SUM_OVER())


def _counted(line: _Line) -> int | None:
    """What a line counts for in the sum of the second review; ``None`` where anything typed in it has a fault.

    That is the first review where nothing is typed. A line put in by hand may stand outside what the sum adds up.
    """
    columns, cells = line.table.columns, list(_cells(line))
    first = line.value(columns.first)
    if line.table.draft is None:  # nothing is carried: the numbers alone
        return _whole(first) or 0 if line.value(columns.second) == "" else _whole(line.value(columns.second))
    if line.key is None:
        return None if cells or first != "" else 0
    if any(one.fault is not None for one in cells):
        return None
    return cells[0].amount if cells else _whole(first) or 0


def _written(value: object) -> Value:
    """What stands in a cell, as it may be told."""
    amount = _whole(value)
    return QUOTED(found=shown(value)) if amount is None else dollars(amount)
