"""A county's own sheets as a draft: the tables found in them, the rows as entries, and what they say of the plan.

The order: maps and options → tables → the programme and other facts → entries → sums → everything that is left over.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import evolve

from grantcalc.draft.model import Line, OtherFund, Position, Reading, StatedSum
from grantcalc.draft.origin import Origin
from grantcalc.finding import Place
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.book import Book
from grantcalc.reading.county.amounts import amounts_of
from grantcalc.reading.county.cards import Cards
from grantcalc.reading.county.cover import read_facts
from grantcalc.reading.county.entries import read_entries
from grantcalc.reading.county.find import find_tables
from grantcalc.reading.county.groups import GroupSums
from grantcalc.reading.county.hiddenrows import without_unseen
from grantcalc.reading.county.leftover import Leftover
from grantcalc.reading.county.mapfile import items_of, maps_for
from grantcalc.reading.county.mapping import SheetMap
from grantcalc.reading.county.mapuse import tell_unused
from grantcalc.reading.county.model import CountyTable, Entries
from grantcalc.reading.county.periods import PeriodSums
from grantcalc.reading.county.planfacts import FIELDS, Asked, Facts
from grantcalc.reading.county.plans import OwnTables, of_programme
from grantcalc.reading.county.signs import signs_of
from grantcalc.reading.county.summary import Names, with_sums_told_apart
from grantcalc.reading.county.sums import Sums
from grantcalc.reading.county.texts import Outside
from grantcalc.reading.county.which import likely_programme
from grantcalc.reading.deadline import NEVER, Deadline
from grantcalc.reading.names import folded
from grantcalc.reading.options import DEFAULT_OPTIONS, ReadOptions
from grantcalc.reading.problems import Sink, Unreadable, shown
from grantcalc.reading.relocated import relocated
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.text import Message, joined

NO_TABLE = Message("No budget table was found; the sheets looked at: {sheets}.")
GIVE_HEADERS = Message("A budget table has a row of headers such as 項目, 單價, 數量, 金額.")
MAKE_MAP = Message(
    "Or name its columns in a map: `grantcalc map FILE -o FILE.toml` proposes one, --map FILE.toml uses it."
)
NO_SHEETS = Message("none")
NO_SUCH_SHEET = Message("The map names the sheet “{sheet}”, but the file has: {found}.")
CORRECT_MAP = Message("Correct the name in the map {map}.")
MAP_USED = Message("The map {map} is used.")


def tables_of(
    book: Book,
    library: Library,
    path: Path,
    maps: Sequence[SheetMap],
    asked: Asked,
    sink: Sink,
    deadline: Deadline = NEVER,
    cards: Cards | None = None,
) -> tuple[CountyTable, ...]:
    """The tables of the sheets that are to be read."""
    everything = Outside.of(book, (), deadline)
    likely = likely_programme(asked.programme, everything, book, path, library)
    known = [library.programme(likely)] if likely else library.programmes()
    names = {name for programme in known for one in programme.categories for name in (one.name, *one.aliases)}
    table_maps = tuple(table for one in maps for table in one.tables)
    items = {name for programme in known for one in programme.items.values() for name in (one.name.zh, *one.aliases)}
    return find_tables(book, table_maps, sink, library.tables, names, deadline, cards, items)


def read_county(
    book: Book, library: Library, path: Path, options: ReadOptions = DEFAULT_OPTIONS, deadline: Deadline = NEVER
) -> Reading:
    """Read a county's own sheets; :class:`Unreadable` where no budget table or no programme is found in time."""
    sink = Sink(path.name)
    sink.notes += book.notes
    sink.first_day = book.first_day
    maps = maps_for(path, options)
    sink.notes += [MAP_USED(map=shown(one.source)) for one in maps]
    book, cards = cut_to(book, maps, sink), Cards(sink, deadline)
    try:
        reading = _county(book, library, path, maps, Asked.of(options, maps), cards)
    except Unreadable as error:
        raise Unreadable(error.file, (*cards.refused, *relocated(error.problems, cards.moved))) from None
    return relocated(reading, cards.moved) if cards.moved else reading


def _county(book: Book, library: Library, path: Path, maps: Sequence[SheetMap], asked: Asked, cards: Cards) -> Reading:
    sink, deadline = cards.sink, cards.deadline
    tables = tables_of(book, library, path, maps, asked, sink, deadline, cards)
    book = cards.book(book)
    if not tables:
        sheets = joined(shown(name) for name in book.grids) if book.grids else NO_SHEETS()
        sink.problem(Place(path=""), NO_TABLE(sheets=sheets), GIVE_HEADERS(), MAKE_MAP())
    outside, everything = Outside.of(book, tables, deadline), Outside.of(book, (), deadline)
    facts = read_facts(outside, everything, book, library, path, asked, sink)
    if not tables or facts.programme is None:
        raise sink.unreadable()
    own = OwnTables(tables=tables)
    if not any(one.tables for one in maps):
        own = of_programme(tables, facts.programme, signs_of(library.tables), sink)
    return _read(book, library, own, maps, facts, library.programme(facts.programme), deadline)


def _read(
    book: Book,
    library: Library,
    own: OwnTables,
    maps: Sequence[SheetMap],
    facts: Facts,
    programme: Programme,
    deadline: Deadline,
) -> Reading:
    """The draft, now that its programme and its tables are known."""
    sink = facts.sink
    assembler = Assembler(library, sink)
    cover = _cover(assembler, facts)
    names = Names.of(programme)
    unseen = without_unseen(with_sums_told_apart(own.tables, names), sink)
    tables = unseen.tables
    entries = read_entries(tables, assembler, items=items_of(maps), identities=book.identities, deadline=deadline)
    entries = unseen.marked(entries)
    sums = Sums(tables, entries, assembler, names, facts)
    sums.read(deadline)
    shares, groups = PeriodSums(entries, sink), GroupSums(entries, sink)
    shares.read(tables)
    groups.read(tables)
    cover |= {name: facts.values[name] for name in ("funding.subsidy", "funding.own") if name in facts.values}
    _tell_second_grand(sums, entries, facts)
    tell_unused(maps, book, tables, sink)
    Leftover(
        book, tables, entries, {*facts.claimed, *sums.claimed, *shares.claimed, *groups.claimed}, sink, own.left_out
    ).tell(deadline)
    draft = assembler.draft(
        cover,
        positions=entries.positions,
        lines=entries.lines,
        other=_other(facts),
        totals=sums.categories,
        grand=sums.grand if sums.grand is not None else facts.grand,
        origin=_origin(facts, sums, tables),
    )
    return evolve(sink.reading(draft), form=book.form)


def cut_to(book: Book, maps: Sequence[SheetMap], sink: Sink) -> Book:
    """The book with the sheets that the maps name alone, where they name any."""
    wanted = {folded(sheet): (one, sheet) for one in maps for sheet in one.sheets}
    if not wanted:
        return book
    grids = {name: grid for name, grid in book.grids.items() if folded(name) in wanted}
    known = {folded(name) for name in book.grids}
    for key, (one, sheet) in wanted.items():
        if key not in known:
            found = joined(shown(name) for name in book.names)
            message = NO_SUCH_SHEET(sheet=shown(sheet), found=found)
            sink.recognised(
                Place(path=""), message, CORRECT_MAP(map=shown(one.source)), score=0, sure=False, internal=True
            )
    return evolve(book, grids=grids)


def _cover(assembler: Assembler, facts: Facts) -> dict[str, object]:
    """The facts through the same converters as every other form's; what is missing is told by its own words."""
    origin = Origin(path="", cells=dict(facts.cells))
    lost = frozenset(FIELDS)
    return assembler.cover(facts.values, origin, lost)


def _other(facts: Facts) -> tuple[OtherFund, ...]:
    found = []
    for index, (source, amount, where) in enumerate(facts.other):
        place = where.place(f"funding.other[{index}].amount")
        if place.sheet and place.cell:
            facts.cells[place.path] = (place.sheet, place.cell)
        found.append(OtherFund(source=source, amount=amount))
    return tuple(found)


def _tell_second_grand(sums: Sums, entries: Entries, facts: Facts) -> None:
    """The total that the cover states beside that of the table is checked like any other sum."""
    if facts.grand is None or sums.grand is None:
        return
    sheet, cell = facts.cells["totals.grand"]
    made: tuple[Position | Line, ...] = (*entries.positions, *entries.lines)
    rows = tuple(path for row in made for path in amounts_of(row))
    label = FIELDS["totals.grand"].zh
    place = Place(path="totals.grand", sheet=sheet, cell=cell, label=label)
    stated = StatedSum(place=place, stated=facts.grand, rows=rows, label=label)
    facts.sink.sums.append(stated)


def _origin(facts: Facts, sums: Sums, tables: Sequence[CountyTable]) -> Origin:
    """Where the fields outside the rows stand; those that nothing states have no cell."""
    cells = {**facts.cells, **sums.cells}
    return Origin(path="", sheet=tables[0].grid.name, cells=cells)
