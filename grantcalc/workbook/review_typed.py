"""Reads the amounts of the second review (複審) that somebody typed into an earlier review workbook, and nothing else.

The workbook is read like any file from outside: by the bounded reader, as plain values, no formula worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import evolve, frozen

from grantcalc.reading import DEFAULT_OPTIONS, ReadOptions, open_book
from grantcalc.reading.grid import Grid
from grantcalc.reading.identity import Masker
from grantcalc.reading.problems import refuse, shown
from grantcalc.review.seconds import HIDDEN, MOST, Earlier, EarlierSheet, RowKey, Typed, shown_key
from grantcalc.text import Language, Message, Text, Tongue, Value, dollars, joined
from grantcalc.workbook.review_keys import START, SUM, KeyedDraft, KeyedRow, parsed
from grantcalc.workbook.review_rows import ASKED, CATEGORY, DETAIL, FIRST, ITEM, SECOND

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
NO_HEADER = Message("the heading of the column of the second review is gone from the sheet.")
TYPED_OVER = Message("the amount of the first review was typed over; only the second review is carried over.")
SUM_OVER = Message("the sum of the second review was typed over; only the rows are carried over.")
ALL = Message("all amounts of the sheet")
ROW = Message("row {number}")
SUM_ROW = Message("the sum")
FORMULA, QUOTED = Message("a formula"), Message("“{found}”")

_SHEETS = 10_000
"""Of a review of as many drafts: more than a draft's workbook may have."""
_BOTH = (Language(Tongue.ZH_TW), Language(Tongue.EN))


def read_seconds(path: Path, options: ReadOptions = DEFAULT_OPTIONS) -> Earlier:
    """What is typed in that workbook; :class:`~grantcalc.reading.Unreadable` where it is none of a review."""
    limits = evolve(options.limits, sheets=max(options.limits.sheets, _SHEETS))
    book = open_book(path, ReadOptions(limits=limits))
    file = Masker().text(path.name)
    sheets = tuple(sheet for grid in book.grids.values() if (sheet := _sheet(grid)) is not None)
    hidden = [name for name in book.names if name in book.hidden and name not in book.grids]
    if not sheets:
        raise refuse(file, NO_REVIEW(), GIVE_REVIEW())
    notes = (HIDDEN(file=file, sheets=joined(map(shown, hidden))),) if hidden else ()
    return Earlier(file=file, sheets=sheets, notes=notes)


@frozen(kw_only=True)
class _Columns:
    """Where the columns of a sheet stand, from 1; ``None`` where the heading is gone."""

    category: int | None
    item: int | None
    detail: int | None
    asked: int | None
    first: int | None
    second: int | None


@frozen(kw_only=True)
class _Line:
    """One line of the sheet below the headings."""

    grid: Grid
    number: int
    columns: _Columns
    key: KeyedRow | None

    def value(self, column: int | None) -> object:
        return "" if column is None else self.grid.value(self.number, column)

    def place(self, column: int | None) -> str:
        return f"{shown(self.grid.name)}!{self.grid.cell(self.number, column or 1)}"

    @property
    def name(self) -> Value:
        """The row in words: its item and description, or its number."""
        texts = [str(self.value(at)).strip() for at in (self.columns.item, self.columns.detail)]
        said = [shown(text) for text in dict.fromkeys(texts) if text]
        return joined(said) if said else ROW(number=self.number)


def _sheet(grid: Grid) -> EarlierSheet | None:
    """One draft's sheet; ``None`` where it is none."""
    drafts = [(column, row, key) for row, column, key in _keyed_drafts(grid)]
    if not drafts:
        return None
    # The last column of them: what a draft says of itself stands before it, whatever it looks like.
    column, head, draft = max(drafts, key=lambda one: (one[0], -one[1]))
    keys = {row: text for row, _ in grid.numbered() if isinstance(text := grid.value(row, column), str)}
    return EarlierSheet(digest=draft.digest, file=draft.file, typed=tuple(_typed(grid, head, keys)))


def _keyed_drafts(grid: Grid) -> Iterator[tuple[int, int, KeyedDraft]]:
    """Row and column of every cell that names a draft as the hidden column does."""
    for number, row in grid.numbered():
        for at, cell in enumerate(row, start=grid.first_column):
            if isinstance(cell, str) and cell.startswith(START) and isinstance(key := parsed(cell), KeyedDraft):
                yield number, at, key


def _columns(grid: Grid, head: int) -> _Columns:
    found: dict[str, int] = {}
    for at, cell in enumerate(grid.value_row(head), start=grid.first_column):
        found.setdefault(str(cell).strip(), at)

    def of(title: Message) -> int | None:
        return next((found[name] for speak in _BOTH if (name := speak(title)) in found), None)

    return _Columns(
        category=of(CATEGORY), item=of(ITEM), detail=of(DETAIL), asked=of(ASKED), first=of(FIRST), second=of(SECOND)
    )


def _typed(grid: Grid, head: int, keys: Mapping[int, str]) -> Iterator[Typed]:
    columns = _columns(grid, head)
    if columns.second is None:
        yield Typed(place=shown(grid.name), row=ROW(number=head), written=ALL(), fault=NO_HEADER())
        return
    total, is_below = 0, False
    for number, _ in grid.numbered():
        if number <= head:
            continue
        key = parsed(keys.get(number, ""))
        line = _Line(grid=grid, number=number, columns=columns, key=key if isinstance(key, KeyedRow) else None)
        if keys.get(number) == SUM:
            is_below = True
            yield from _sum(line, total)
        elif is_below:  # other tables, and what people write beneath: an amount all the same
            yield from (one for one in _cells(line) if one.amount is not None)
        else:
            total += _counted(line)
            yield from _cells(line)


def _counted(line: _Line) -> int:
    """What a line counts for in the sum of the second review: the first review where nothing is typed."""
    value = line.value(line.columns.second)
    counted = line.value(line.columns.first) if value == "" else value
    return int(counted) if isinstance(counted, float) else 0


def _cells(line: _Line) -> Iterator[Typed]:
    """What somebody typed in a line: the second review, and the first where it is no longer what was written."""
    second = _cell(line)
    if second is not None:
        yield second
    first = line.value(line.columns.first)
    if line.key is not None and isinstance(first, float) and first != line.key.key.first:
        place = line.place(line.columns.first)
        yield Typed(place=place, row=line.name, written=_written(first), fault=TYPED_OVER())


def _cell(line: _Line) -> Typed | None:
    """What is typed as second review; ``None`` where nothing is."""
    at = (line.number, line.columns.second or 0)
    value = line.value(line.columns.second)
    place, key = line.place(line.columns.second), None if line.key is None else line.key.key
    if at in line.grid.scan.uncalculated:
        return Typed(place=place, row=line.name, written=FORMULA(), key=key, fault=NO_VALUE())
    if at in line.grid.scan.errors:
        return Typed(place=place, row=line.name, written=shown(line.grid.scan.errors[at]), key=key, fault=IS_ERROR())
    if value == "" or (isinstance(value, str) and not value.strip()):
        return None
    amount, fault = _amount(value, key)
    if line.key is not None and fault is None and not _fits(line, line.key):
        fault = MOVED()
    return Typed(place=place, row=line.name, written=_written(value), key=key, amount=amount, fault=fault)


def _amount(value: object, key: RowKey | None) -> tuple[int | None, Text | None]:
    """A whole number of dollars, none below zero; of what is cut of no single row none above."""
    is_rest = key is not None and key.is_rest
    if isinstance(value, float) and value.is_integer() and abs(value) <= MOST:
        amount = int(value)
        if amount == 0 or (amount < 0) is is_rest:
            return amount, None
    return None, NO_CUT() if is_rest else NO_WHOLE()


def _fits(line: _Line, key: KeyedRow) -> bool:
    """Whether the line still shows what its key was written for."""
    columns = line.columns
    texts = [str(line.value(at)) for at in (columns.category, columns.item, columns.detail)]
    asked = line.value(columns.asked)
    number = str(int(asked)) if isinstance(asked, float) and asked.is_integer() else str(asked)
    return shown_key(*texts, number) == key.shown


def _sum(line: _Line, total: int) -> Iterator[Typed]:
    """A sum that somebody wrote a number over: programs work out the one that was there."""
    value, place = line.value(line.columns.second), line.place(line.columns.second)
    if isinstance(value, float) and value != total:
        yield Typed(place=place, row=SUM_ROW(), written=_written(value), fault=SUM_OVER())


def _written(value: object) -> Value:
    """What stands in a cell, as it may be told."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= MOST:
        return dollars(int(value))
    return QUOTED(found=shown(value))
