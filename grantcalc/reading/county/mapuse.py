"""What of a map fits nothing in a file: told to whoever gave it, for a map that changes nothing was meant to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grantcalc.finding import Place
from grantcalc.reading.book import Book
from grantcalc.reading.county.items import map_key, unnumbered
from grantcalc.reading.county.mapping import SheetMap, TableMap
from grantcalc.reading.county.model import ColumnKind, CountyTable
from grantcalc.reading.formulas import column_number
from grantcalc.reading.names import folded
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message, Text, joined

NO_SHEET = Message("The map {map} fixes a table of the sheet “{sheet}”, but the file has: {found}.")
NO_HEADER = Message("The map {map} names row {row} as headers of a table in “{sheet}”, but no table was read there.")
NO_TABLE = Message("The map {map} fixes a table of the sheet “{sheet}”, but none was read there.")
EMPTY_COLUMN = Message("The map {map} names columns of “{sheet}” that hold nothing: {columns}.")
NO_ROW = Message("The map {map} leaves out rows of “{sheet}” that are none of its table: {rows}.")
NO_NAME = Message("The map {map} names items that no row of this file has: {names}.")
ANY_SHEET = Message("any sheet")
CORRECT = Message("Correct the map, or take it out where it is for another file; `files` says which files it is for.")

_MOST = 8
_NAMED = (ColumnKind.ITEM, ColumnKind.ROLE, ColumnKind.CATEGORY)


def tell_unused(maps: Sequence[SheetMap], book: Book, tables: Sequence[CountyTable], sink: Sink) -> None:
    """Everything of these maps that fits nothing; the file's ``tables`` as they were found with them."""
    names = _names(tables)
    for one in maps:
        for message in (*_of_tables(one, book, tables), *_of_items(one, names)):
            sink.recognised(Place(path=""), message, CORRECT(), score=0, sure=False, internal=True)


def _of_tables(one: SheetMap, book: Book, tables: Sequence[CountyTable]) -> Iterator[Text]:
    known = {folded(name) for name in book.grids}
    for fixed in one.tables:
        values = {"map": shown(one.source), "sheet": shown(fixed.sheet) if fixed.sheet else ANY_SHEET()}
        if fixed.sheet and folded(fixed.sheet) not in known:
            yield NO_SHEET(**values, found=joined(shown(name) for name in book.names))
            continue
        fitting = [table for table in tables if not fixed.sheet or folded(table.grid.name) == folded(fixed.sheet)]
        if fixed.header is not None:
            row = fixed.header
            fitting = [table for table in fitting if table.header[0] <= row <= table.header[1]]
        if not fitting:
            yield NO_TABLE(**values) if fixed.header is None else NO_HEADER(**values, row=str(fixed.header))
            continue
        empty = [name for name in fixed.columns if not any(_holds(table, name) for table in fitting)]
        if empty:
            yield EMPTY_COLUMN(**values, columns=joined(empty))
        rows = [
            str(row) for row in sorted(fixed.ignored_rows) if not any(_spans(table, fixed, row) for table in fitting)
        ]
        if rows:
            yield NO_ROW(**values, rows=joined(rows))


def _holds(table: CountyTable, name: str) -> bool:
    number, grid = column_number(name), table.grid
    last = max((row.number for row in table.rows), default=table.header[1])
    return any(grid.value(row, number) != "" for row in range(table.header[0], last + 1))


def _spans(table: CountyTable, fixed: TableMap, row: int) -> bool:
    """Whether a row that is left out lies in the table: behind its header, and not behind its last row."""
    last = fixed.last or table.grid.first_row + len(table.grid.rows) - 1
    return table.header[1] < row <= last


def _of_items(one: SheetMap, names: frozenset[str]) -> Iterator[Text]:
    """Names that no row has: of a map for certain files each, of one for all files only where none fits."""
    unused = [name for name in one.items if map_key(name) not in names]
    if unused and (one.files or len(unused) == len(one.items)):
        told = joined([*(shown(name) for name in unused[:_MOST]), *(["…"] if len(unused) > _MOST else [])])
        yield NO_NAME(map=shown(one.source), names=told)


def _names(tables: Sequence[CountyTable]) -> frozenset[str]:
    """Every name that a key of a map may mean, as keys are compared."""
    texts = {row.label for table in tables for row in table.rows}
    texts |= {
        str(value)
        for table in tables
        for row in table.rows
        for kind in _NAMED
        if (value := table.value(row.number, kind)) != ""
    }
    return frozenset(map_key(variant) for text in texts for variant in (text, unnumbered(text)))
