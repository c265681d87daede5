"""Proposes a map for a county's own file: what was understood, how sure, and what a person has to fill in.

Written as TOML with comments; read back as it is (``--map``), it reads the file as it was understood.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from glob import escape
from pathlib import Path

from attrs import define, field

from grantcalc.draft.model import Line, Position, Recognition
from grantcalc.draft.origin import Origin
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.book import Book
from grantcalc.reading.county import proposal_lists as lists
from grantcalc.reading.county.cover import read_facts
from grantcalc.reading.county.entries import read_entries
from grantcalc.reading.county.items import POST_PREFIX
from grantcalc.reading.county.mapfile import FORMAT, items_of, maps_for
from grantcalc.reading.county.match import SURE
from grantcalc.reading.county.model import Column, CountyTable, Entries, RowKind
from grantcalc.reading.county.nearest import nearest_items
from grantcalc.reading.county.planfacts import Asked, Facts
from grantcalc.reading.county.plans import of_programme
from grantcalc.reading.county.read import cut_to, tables_of
from grantcalc.reading.county.signs import signs_of
from grantcalc.reading.county.summary import Names, with_sums_told_apart
from grantcalc.reading.county.texts import Outside, squeezed
from grantcalc.reading.formulas import letters
from grantcalc.reading.options import DEFAULT_OPTIONS, ReadOptions
from grantcalc.reading.problems import Sink, shown
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.text import Language, Message, Text, joined

HEAD = Message("How the sheets of {file} are read: proposed by grantcalc, to be corrected by a person.")
HOW = Message(
    "Lines that begin with # are not in force: take the # away from a line that is right, after filling in what is "
    "empty. What is taken for sure is in force already."
)
USE = Message("Then: grantcalc check FILE --map THIS_FILE")
FILES = Message("Names of the files it is for; * stands for any letters.")
SHEETS = Message("Only these sheets are read where they are named; the file has: {sheets}.")
NO_TABLES = Message("No budget table was found: name its sheet, the row of its headers, and its columns.")
TABLE = Message("Sheet “{sheet}”, headers in row {header}, rows to {last}: {entries} entries, {sums} sums.")
KINDS = Message("Kinds of columns (:2 behind one for the second of its kind):")
COLUMN = Message("{header} ({score} of 100)")
UNSURE_COLUMN = Message("{header} ({score} of 100: look whether it is that)")
NOT_UNDERSTOOD = Message("{header}: not understood, and not read")
ITEMS = Message(
    "Names of items: an item's code, post:ROLE, or ignore (all of them stand at the end). Names that are known for "
    "sure are left out. Under each name the nearest items."
)
ITEM = Message("row {row}: {score} of 100")
UNKNOWN_ITEM = Message("row {row}: no item of this programme is like it; fill in one of these")
UNKNOWN_ROLE = Message("row {row}: a post whose role is not known; fill in one of these")
ALL_SURE = Message("Every name of an item is known.")
FILL_IN = Message("not found: fill it in")
NO_ENTRIES = Message("The items are looked at once the programme is known: run `grantcalc map` again with --programme.")
EXAMPLE_COLUMNS = {"A": "item", "B": "unit-price", "C": "quantity", "D": "unit", "E": "amount", "F": "description"}

_FIELDS = (
    ("programme", "programme"),
    ("county", "county"),
    ("applicant", "applicant"),
    ("applicant-kind", "applicant_kind"),
    ("title", "title"),
)


def propose(book: Book, library: Library, path: Path, speak: Language, options: ReadOptions = DEFAULT_OPTIONS) -> str:
    """The text of a map for this file; also where no table or no programme was found."""
    sink = Sink(path.name)
    sink.first_day = book.first_day
    maps = maps_for(path, options)
    book = cut_to(book, maps, sink)
    asked = Asked.of(options, maps)
    tables = tables_of(book, library, path, maps, asked, sink)
    facts = read_facts(Outside.of(book, tables), Outside.of(book, ()), book, library, path, asked, sink)
    entries = None
    left_out: Sequence[CountyTable] = ()
    if facts.programme is not None and tables:
        if not any(one.tables for one in maps):
            own = of_programme(tables, facts.programme, signs_of(library.tables), sink)
            tables, left_out = own.tables, own.left_out
        assembler = Assembler(library, sink)
        assembler.choose_programme(facts.programme, Origin(path=""))
        tables = with_sums_told_apart(tables, Names.of(library.programme(facts.programme)))
        entries = read_entries(tables, assembler, items=items_of(maps), identities=book.identities)
    programme = library.programme(facts.programme) if facts.programme is not None else None
    used = {table.grid.name for table in tables}
    others = frozenset(table.grid.name for table in left_out) - used
    writer = _Writer(book, path, tables, facts, entries, speak, library, programme, others)
    return "\n".join(writer.lines()) + "\n"


@define
class _Writer:
    """Writes one map."""

    book: Book
    path: Path
    tables: Sequence[CountyTable]
    facts: Facts
    entries: Entries | None
    speak: Language
    library: Library
    programme: Programme | None
    others: frozenset[str]
    """Sheets with tables of another plan or year alone: they stay out."""
    told: dict[str, Recognition] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.told = {one.place.path: one for one in reversed(self.facts.sink.recognitions)}

    def lines(self) -> Iterator[str]:
        """The whole map, line by line."""
        yield self._comment(HEAD(file=shown(self.path.name)))
        yield self._comment(HOW())
        yield self._comment(USE())
        yield ""
        yield f"format = {FORMAT}"
        yield f"files = [{_quoted(escape(self.path.name))}]{self._behind(FILES())}"
        yield from self._cover()
        yield self._comment(SHEETS(sheets=joined(shown(name) for name in self.book.names)))
        kept = [name for name in self.book.grids if name not in self.others]
        yield f"{'' if self.others else '# '}sheets = [{', '.join(map(_quoted, kept))}]"
        yield from self._period()
        yield from self._tables()
        yield from self._items()

    def _cover(self) -> Iterator[str]:
        for key, name in _FIELDS:
            value = self.facts.values.get(name)
            told = self.told.get(name)
            words: Text = told.message if told is not None else FILL_IN()
            off = "# " if value is None or (told is not None and not told.sure) else ""
            yield f"{off}{key} = {_quoted(str(value or ''))}{self._behind(words)}"
            if key in lists.CHOICES and off:
                yield from map(self._comment, lists.of_fact(key, self.library))

    def _period(self) -> Iterator[str]:
        start, end = (self.facts.values.get(f"period.{part}") for part in ("start", "end"))
        told = self.told.get("period")
        yield ""
        if told is not None:
            yield self._comment(told.message)
        off = "" if start is not None and end is not None and (told is None or told.sure) else "# "
        known = self.programme.period if self.programme is not None else None
        yield f"{off}[period]"
        yield f"{off}start = {start or (known.start if known else '2024-01-01')}"
        yield f"{off}end = {end or (known.end if known else '2024-12-31')}"

    def _tables(self) -> Iterator[str]:
        yield ""
        yield self._comment(KINDS())
        yield from map(self._comment, lists.kinds())
        if not self.tables:
            yield self._comment(NO_TABLES())
            sheet = next(iter(self.book.grids), "")
            yield "# [[table]]"
            yield f"# sheet = {_quoted(sheet)}"
            yield "# header = 1"
            yield "# [table.columns]"
            yield from (f'# {letter} = "{kind}"' for letter, kind in EXAMPLE_COLUMNS.items())
        for table in self.tables:
            yield from self._table(table)

    def _table(self, table: CountyTable) -> Iterator[str]:
        entries = sum(1 for row in table.rows if row.kind is RowKind.ENTRY)
        sums = sum(1 for row in table.rows if row.kind in {RowKind.SUBTOTAL, RowKind.TOTAL})
        last = max((row.number for row in table.rows), default=table.header[1])
        words = TABLE(
            sheet=shown(table.grid.name), header=str(table.header[0]), last=str(last), entries=entries, sums=sums
        )
        yield ""
        yield self._comment(words)
        yield "[[table]]"
        yield f"sheet = {_quoted(table.grid.name)}"
        yield f"header = {table.header[0]}"
        yield f"last = {last}"
        factors = {column.factor for column in table.columns if column.factor != 1}
        if len(factors) == 1:
            yield f"factor = {factors.pop()}"
        yield "[table.columns]"
        for number, column in sorted((one.number, one) for one in table.columns):
            template = COLUMN if column.score >= SURE else UNSURE_COLUMN
            words = template(header=shown(column.header), score=column.score)
            yield f"{letters(number)} = {_quoted(_kind(column))}{self._behind(words)}"
        for number, header in sorted(table.unclaimed.items()):
            yield f'# {letters(number)} = "ignored"{self._behind(NOT_UNDERSTOOD(header=shown(header)))}'

    def _items(self) -> Iterator[str]:
        yield ""
        yield self._comment(ITEMS())
        if self.entries is None or self.programme is None:
            yield self._comment(NO_ENTRIES())
            return
        yield "[items]"
        lines = list(self._item_lines(self.entries, self.programme))
        yield from lines or [self._comment(ALL_SURE())]
        yield ""
        yield from map(self._comment, lists.of_programme(self.programme))

    def _item_lines(self, entries: Entries, programme: Programme) -> Iterator[str]:
        """Names that were recognised as near ones, and those that were not; the nearest items under each."""
        unsure = {(one.place.sheet, one.place.cell): one for one in self.facts.sink.recognitions if not one.sure}
        names = _labels(self.tables)
        seen: set[str] = set()
        rows: tuple[Line | Position, ...] = (*entries.positions, *entries.lines)
        for row in rows:
            origin = row.origin
            name = names.get((origin.sheet, origin.row))
            if not name or squeezed(name) in seen:
                continue
            place = origin.place("role" if isinstance(row, Position) else "item")
            told = unsure.get((place.sheet, place.cell)) or unsure.get((origin.sheet, origin.place().cell))
            found = list(self._post(row, told) if isinstance(row, Position) else self._line(row, name, told, programme))
            if found:
                seen.add(squeezed(name))
                yield f"# {_quoted(name)} = {found[0]}"
                yield from found[1:]

    def _line(self, row: Line, name: str, told: Recognition | None, programme: Programme) -> Iterator[str]:
        """What is written for a row of an item: the code with its remark, and comments below."""
        at = str(row.origin.row)
        code = row.item if row.item in programme.items else None
        if code is None:
            yield f'""{self._behind(UNKNOWN_ITEM(row=at))}'
        elif told is not None and told.score:
            yield f"{_quoted(code)}{self._behind(ITEM(row=at, score=told.score))}"
        else:
            return
        near = nearest_items(name, programme, [code] if code else [])
        yield from (self._comment(lists.item(item)) for item in near)

    def _post(self, row: Position, told: Recognition | None) -> Iterator[str]:
        """What is written for a post."""
        at = str(row.origin.row)
        if row.role is None:
            yield f'"post:"{self._behind(UNKNOWN_ROLE(row=at))}'
        elif told is not None and told.score:
            yield f"{_quoted(POST_PREFIX + row.role.value)}{self._behind(ITEM(row=at, score=told.score))}"
        else:
            return
        yield from map(self._comment, lists.roles(self.programme))

    def _comment(self, words: Text | Message) -> str:
        return f"# {shown_whole(self.speak(words))}"

    def _behind(self, words: Text) -> str:
        return f"  # {shown_whole(self.speak(words))}"


def _labels(tables: Sequence[CountyTable]) -> Mapping[tuple[str | None, int | None], str]:
    return {(table.grid.name, row.number): row.label for table in tables for row in table.rows if row.label}


def _kind(column: Column) -> str:
    return column.kind.value if column.index == 0 else f"{column.kind.value}:{column.index + 1}"


def _quoted(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def shown_whole(text: str) -> str:
    """A comment: one line, without anything that cannot be printed."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
