"""Finds every table of a county's sheets by its headers, and says what each of its columns and rows is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from attrs import evolve, frozen

from grantcalc.finding import Place
from grantcalc.reading.book import Book
from grantcalc.reading.county.beneath import laid_beside
from grantcalc.reading.county.blocks import Block, block_at, blocks
from grantcalc.reading.county.cards import Cards
from grantcalc.reading.county.columns import Columns, columns_of
from grantcalc.reading.county.facts import Reader
from grantcalc.reading.county.headers import MONEY
from grantcalc.reading.county.judged import Judged, category_of
from grantcalc.reading.county.mapped import header_row, mapped_columns
from grantcalc.reading.county.mapping import TableMap
from grantcalc.reading.county.model import ColumnKind, CountyRow, CountyTable, RowKind
from grantcalc.reading.county.payerlist import names_sources, without_list
from grantcalc.reading.county.payers import clean
from grantcalc.reading.county.reaching import (
    names_a_column,
    reaching_down,
    shared_quantities,
    with_items,
)
from grantcalc.reading.county.remarkedfunds import with_funds
from grantcalc.reading.county.rows import judge
from grantcalc.reading.county.seasons import period_in
from grantcalc.reading.county.sheetview import SheetView
from grantcalc.reading.county.sources import as_list, told_apart
from grantcalc.reading.county.struck import without_struck
from grantcalc.reading.county.telling import Factor, tell_no_table, tell_table
from grantcalc.reading.county.titles import category_in
from grantcalc.reading.county.totals import Sums, sum_columns, tables_above
from grantcalc.reading.county.transposed import Exchanged, exchanged
from grantcalc.reading.county.words import Words, fold
from grantcalc.reading.deadline import NEVER, Deadline
from grantcalc.reading.grid import Grid
from grantcalc.reading.names import folded
from grantcalc.reading.problems import Sink
from grantcalc.tabledata import Tables

_UNIT_OF_MONEY = re.compile(
    r"(?:單位|幣別)(?:均?為)?([^\s()（）,，;；/]{1,8})|(?:均?以|按)([^\s()（）,，;；/以按]{1,8}?)(?:為|作)?(?:計價)?(?:單位|計算|表示|計列)"
    r"|^\(([^()]{1,8})\)$"
)
"""單位：千元, 以新臺幣千元為單位, or (千元) alone in a cell."""
_MONEY_SIGN = "元"
_MOST_TITLES = 20


@frozen(kw_only=True)
class _Place:
    """Where one table stands: its header, its rows, how far to the right, and the lines above it."""

    block: Block
    body: range
    right: int
    above: range
    shared: bool
    """Another table stands beside it: a line above may have a text for each."""
    fixed: TableMap | None = None


def find_tables(
    book: Book,
    maps: Sequence[TableMap],
    sink: Sink,
    tables: Tables,
    categories: Collection[str] = (),
    deadline: Deadline = NEVER,
    cards: Cards | None = None,
    items: Collection[str] = (),
) -> tuple[CountyTable, ...]:
    """Every table with names and amounts of every visible sheet; ``categories``, ``items``: the programme's names."""
    words = Words.of(tables, categories, items)
    found: list[CountyTable] = []
    for name, grid in book.grids.items():
        if name in book.hidden:
            continue
        fitting = [fixed for fixed in maps if not fixed.sheet or folded(fixed.sheet) == folded(name)]
        turned = Exchanged(grid=grid)
        if cards is not None and not fitting:
            turned = _laid_out(grid, words, tables, cards)
        view = SheetView(turned.grid)
        made = _Sheet(view=view, words=words, sink=sink, deadline=deadline, alone=turned.left_alone).tables(fitting)
        plain = not (made or fitting or turned.moved or turned.left_alone)
        laid = cards.laid_out(grid, words) if cards is not None and plain else None
        if laid is not None:
            made = _Sheet(view=SheetView(laid), words=words, sink=sink, deadline=deadline).tables(())
        if not made:
            tell_no_table(grid, sink)
        found += made
    return tuple(found)


def _laid_out(grid: Grid, words: Words, tables: Tables, cards: Cards) -> Exchanged:
    """A sheet as it is read: cards as rows, posts in columns as rows, what stands beneath items beside them."""
    laid = cards.of_pairs(grid, words)
    if laid is not None:
        return Exchanged(grid=laid, moved=cards.moved[grid.name])
    turned = exchanged(grid, words, tables, cards.sink, cards.deadline)
    if not turned.moved and not turned.left_alone:
        turned = laid_beside(grid, words, cards.sink, cards.deadline)
    if turned.moved:
        cards.take(turned.grid, turned.moved)
    return turned


@frozen(kw_only=True)
class _Sheet:
    view: SheetView
    words: Words
    sink: Sink
    deadline: Deadline
    alone: frozenset[int] = frozenset()
    """Rows whose headers are those of a table that is not read."""

    def tables(self, maps: Sequence[TableMap]) -> list[CountyTable]:
        """From the top; a total may take in the tables above it."""
        made: list[CountyTable] = []
        above: Factor | None = None
        before: tuple[Block, str | None] | None = None
        for place in self._places(maps):
            above = self._factor_in(reversed(place.above)) or above
            table, category = self._table(place, above or self._factor_in(place.body), made, before)
            if any(row.kind is not RowKind.NOTE for row in table.rows):
                made.append(table)
                before = (place.block, category)
        return made

    def _places(self, maps: Sequence[TableMap]) -> list[_Place]:
        named = [(block_at(self.view, one.header, self.words), one) for one in maps if one.header is not None]
        if named:
            found: list[tuple[Block, TableMap | None]] = [*sorted(named, key=lambda pair: pair[0].first)]
        else:
            general = maps[0] if maps else None
            found = [(block, general) for block in blocks(self.view, self.words, self.deadline)]
            if not found and general is not None and general.columns:
                found = [(block_at(self.view, header_row(self.view, general), self.words), general)]
        every = [block for block, _ in found]
        return [self._place(block, fixed, every) for block, fixed in found if block.first not in self.alone]

    def _place(self, block: Block, fixed: TableMap | None, every: Sequence[Block]) -> _Place:
        below = [one for one in every if one.first > block.last and one.left <= block.right and block.left <= one.right]
        end = min((one.first for one in below), default=self.view.last_row + 1) - 1
        stop = end - self._titles(block, end) if below else end
        # What is told as not read is none of the rows of the table above it either.
        stop = min([stop, *(row - 1 for row in self.alone if row > block.last)])
        if fixed is not None and fixed.last is not None:
            end, stop = min(end, fixed.last), min(stop, fixed.last)
        beside = [one.left for one in every if one.left > block.right and one.first <= end and one.last >= block.first]
        right = min(beside, default=self.view.last_column + 1) - 1
        over = [one.last for one in every if one.last < block.first]
        start = max(over, default=self.view.first_row - 1) + 1
        return _Place(
            block=block,
            body=without_list(self.view, range(block.last + 1, stop + 1), self.words, right),
            right=right,
            above=range(max(start, block.first - _MOST_TITLES), block.first),
            shared=any(one is not block and one.first == block.first for one in every),
            fixed=fixed,
        )

    def _titles(self, block: Block, end: int) -> int:
        """How many rows above the next header are lines of its title: texts alone, without a blank row between."""
        count = 0
        for row in range(end, block.last, -1):
            cells = list(self.view.cells(row, self.view.grid.first_column, self.view.last_column))
            if not cells or row in self.view.lost_rows or any(not isinstance(raw, str) for _, raw in cells):
                break
            texts = [str(raw).strip() for _, raw in cells]
            if len(texts) > 2 or any(text[:1].isdecimal() and text.replace(",", "").isdecimal() for text in texts):  # noqa: PLR2004
                break
            count += 1
        return count

    def _titles_of(self, place: _Place) -> tuple[str, ...]:
        lines = []
        for row in reversed(place.above):
            texts = [str(raw).strip() for _, raw in self.view.cells(row, 1, self.view.last_column) if type(raw) is str]
            if any(type(raw) is not str for _, raw in self.view.cells(row, 1, self.view.last_column)):
                break  # a row of the table above
            if place.shared and len(texts) > 1:
                own = self.view.cells(row, place.block.left, place.right)
                texts = [str(raw).strip() for _, raw in own if type(raw) is str]
            if texts:
                lines.append(" ".join(texts))
        return tuple(reversed(lines))

    def _factor_in(self, rows: Iterable[int]) -> Factor | None:
        """單位：千元 in the lines above the header, else in the notes below."""
        for row in rows:
            for column, raw in self.view.cells(row, 1, self.view.last_column):
                if not isinstance(raw, str) or _MONEY_SIGN not in raw:
                    continue
                named = (word for match in _UNIT_OF_MONEY.finditer(fold(raw)) for word in match.groups() if word)
                factor = next((found for word in named if (found := self.words.factor(word)) is not None), None)
                if factor is not None:
                    return Factor(factor=factor, row=row, column=column, text=raw.strip())
        return None

    def _table(
        self,
        place: _Place,
        factor: Factor | None,
        earlier: Sequence[CountyTable],
        before: tuple[Block, str | None] | None,
    ) -> tuple[CountyTable, str | None]:
        columns = self._columns(place, factor)
        sources = as_list(columns, self.view, place.body, self.words) if place.fixed is None else None
        columns = sources or columns
        columns = with_items(columns, self.view, place.body)
        title = self._titles_of(place)
        reader = self._reader(place, columns)
        kinds = {column.kind for column in columns.known}
        carried = _goes_on(place.block, before) if not title else None
        named = category_in((self.view.grid.name, *title), self.words)
        judged = judge(
            list(self.deadline.over(reader.rows(place.body))),
            self.words,
            title=(carried,) if carried else (*([named] if named else ()), *title),
            with_categories=ColumnKind.CATEGORY in kinds,
            amount_of=reader.amount,
            deadline=self.deadline,
            ignored=place.fixed.ignored_rows if place.fixed is not None else frozenset(),
        )
        if sources is not None or names_sources(title, self.words):
            row = place.block.first
            at = Place(path="lines", sheet=self.view.grid.name, cell=self.view.grid.cell(row, place.block.left))
            judged = told_apart(judged, self.words, at, row, self.sink)
        above, period = tables_above(place.block.first, earlier), period_in(title, self.words)
        goes_on = period is not None and any(one.period is not None for one in above)
        table = CountyTable(
            grid=self.view.grid,
            header=(place.block.first, place.block.last),
            columns=columns.known,
            rows=self._rows(judged, columns, above, carried is not None or goes_on),
            title=title,
            unclaimed=columns.unclaimed,
            merged=reaching_down(self.view, columns.known, judged),
            shared=shared_quantities(self.view, columns.known, judged, self.sink),
            period=period,
        )
        table = without_struck(with_funds(table, self.words, self.sink), columns.matches, self.sink)
        if any(row.kind is not RowKind.NOTE for row in table.rows):
            tell_table(self.view, table, judged, factor, place.fixed, columns.told, self.sink)
        return table, next((one.category for one in reversed(judged) if one.kind is RowKind.ENTRY), None)

    def _columns(self, place: _Place, factor: Factor | None) -> Columns:
        times = factor.factor if factor is not None else 1
        columns = columns_of(self.view, place.block, place.body, place.right, self.words, times)
        if place.fixed is None:
            return columns
        if place.fixed.columns:
            columns = mapped_columns(self.view, place.block, place.body, place.fixed, columns)
        if place.fixed.factor is not None:
            times = place.fixed.factor
            known = (
                evolve(one, factor=times) if one.kind in {*MONEY, ColumnKind.PERIOD} else one for one in columns.known
            )
            columns = evolve(columns, known=tuple(known))
        return columns

    def _reader(self, place: _Place, columns: Columns) -> Reader:
        numbers = [*(column.number for column in columns.known), *columns.unclaimed] or [place.block.left]
        left, right = min(numbers), max(numbers)
        return Reader(view=self.view, columns=columns.known, left=left, right=right, words=self.words)

    def _rows(
        self, judged: Sequence[Judged], columns: Columns, earlier: Sequence[CountyTable], continued: bool
    ) -> tuple[CountyRow, ...]:
        by_index = sorted(columns.known, key=lambda one: (one.index, one.number))
        summed = sum_columns({one.number: one.kind for one in by_index})
        sums = Sums(view=self.view, rows=judged, columns=summed, earlier=earlier, continued=continued).found()
        category = {one.number: one.category for one in judged}
        return tuple(
            CountyRow(
                number=one.number,
                kind=one.kind,
                label=one.label,
                category=category_of(one, [category.get(row) for row in sums.get(one.number, ())]),
                sums=sums.get(one.number, ()),
                alone=one.alone,
                is_header=names_a_column(one, self.words),
                fund=one.paid_by if one.kind is RowKind.ENTRY or one.fund else None,
            )
            for one in judged
        )


def _goes_on(block: Block, before: tuple[Block, str | None] | None) -> str | None:
    """The category that goes on below a header repeated on the next page."""
    if before is None or before[1] is None or dict(before[0].texts) != dict(block.texts):
        return None
    return clean(before[1])
