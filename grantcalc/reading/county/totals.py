"""Which rows a subtotal, a total, or a heading with an amount is the sum of: by where it stands, and what adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from attrs import define, field

from grantcalc.reading.county.facts import SumWord, formula
from grantcalc.reading.county.headers import SUMS
from grantcalc.reading.county.judged import Judged, beside
from grantcalc.reading.county.model import ColumnKind, CountyTable, RowKind
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.county.words import brackets, fold, numbering, plain

MOST = 500_000
"""Sums × rows of one table up to which more than the rows since the last sum is tried: a real table has a few dozen
sums of some hundred rows."""


_PLUS = re.compile(r"[+＋]")
_MARK = re.compile(r"[\s()（）、.．:：]+")


@define(kw_only=True)
class Sums:
    """Finds the rows of every sum of one table."""

    view: SheetView
    rows: Sequence[Judged]
    columns: Mapping[int, ColumnKind]
    """The first column of each kind that sums add up."""
    earlier: Sequence[CountyTable] = ()
    """The tables above on the same sheet, which a total may include."""
    continued: bool = False
    """This table goes on from the one above, below a header repeated on the next page."""
    _amounts: dict[tuple[int, int], Decimal | None] = field(init=False, factory=dict)
    _entries: list[int] = field(init=False, factory=list)
    """Indexes of the entries in ``rows``."""
    _marks: dict[str, int] | None = field(init=False, default=None)
    """Indexes of entries and headings by the mark before their names."""

    def found(self) -> dict[int, tuple[int, ...]]:
        """The numbers of the rows that each sum adds up, by the number of its row."""
        self._entries = [index for index, one in enumerate(self.rows) if one.kind is RowKind.ENTRY]
        summing = [index for index, one in enumerate(self.rows) if self._sums(one)]
        wide = len(summing) * len(self.rows) <= MOST
        sums: dict[int, tuple[int, ...]] = {}
        for index in summing:
            ways = (own for way in self._ways(index, wide=wide) if (own := self._paid(index, way)))
            chosen = (self._of_sheet(index) if wide else None) or self._chosen(self.rows[index], ways)
            sums[self.rows[index].number] = chosen
        return sums

    def _sums(self, one: Judged) -> bool:
        if one.kind is RowKind.HEADING:
            return one.facts.money
        return one.kind in {RowKind.SUBTOTAL, RowKind.TOTAL} and not one.fund

    def _chosen(self, one: Judged, ways: Iterator[tuple[int, ...]]) -> tuple[int, ...]:
        """The first that adds up; where none does, the first of all: a sum that is wrong is shown against it."""
        first: tuple[int, ...] | None = None
        for way in ways:
            first = way if first is None else first
            if self.adds_up(one.number, way):
                return way
        return first or ()

    def _ways(self, index: int, *, wide: bool) -> Iterator[tuple[int, ...]]:
        """What a sum may add up, the likeliest first."""
        one = self.rows[index]
        if one.kind is RowKind.HEADING:
            yield self._under(index)
            return
        yield self._named(one)
        carried = (*_entries_of(self.earlier), *self._numbers(entry for entry in self._entries if entry < index))
        is_carried = self._is_carried(index)
        if one.facts.sum_word is SumWord.CARRIED or (is_carried and one.kind is RowKind.TOTAL):
            yield carried
        if one.kind is RowKind.TOTAL and wide:
            yield self._numbers(self._entries)
            yield self._numbers(entry for entry in self._entries if entry < index)
            yield self._since(index, {RowKind.SUBTOTAL, RowKind.TOTAL})
            return
        if one.facts.prefix and wide:
            yield self._of_category(one)
        yield self._since(index, {RowKind.SUBTOTAL, RowKind.TOTAL})
        if wide:
            yield self._of_category(one)
            yield self._since(index, {RowKind.HEADING, RowKind.TOTAL})
            yield from self._since_same_word(index)
            yield self._numbers(entry for entry in self._entries if entry < index)
            yield self._below(index)
        if is_carried:
            yield carried

    def _is_carried(self, index: int) -> bool:
        """Whether what stands on the pages before was carried forward above this sum (承上頁)."""
        return any(row.facts.sum_word is SumWord.CARRIED for row in self.rows[:index])

    def _paid(self, index: int, way: tuple[int, ...]) -> tuple[int, ...]:
        """Of the rows that a sum may add up, those of the fund that its row names: 人事費小計 | 自籌."""
        one = self.rows[index]
        if one.kind is RowKind.HEADING or one.paid_by is None or not one.facts.payer:
            return way
        payers = {fold(row.facts.payer) for row in self.rows if row.kind is RowKind.ENTRY and row.facts.payer}
        own = {row.number for row in self.rows if fold(row.facts.payer) == fold(one.facts.payer)}
        return tuple(row for row in way if row in own) if fold(one.facts.payer) in payers else way

    def _of_sheet(self, index: int) -> tuple[int, ...] | None:
        """A total of the tables above and this one: where these amounts add up, or its own were summed just before."""
        one = self.rows[index]
        if one.kind is not RowKind.TOTAL or not self.earlier or self.adds_up(one.number, self._numbers(self._entries)):
            return None
        stated = (self._amount(one.number, column) for column in self.columns)
        whole = next((value for value in stated if value is not None), None)
        own = [self._amount(self.rows[entry].number, column) for entry in self._entries for column in self.columns]
        mine = sum((value for value in own if value is not None), Decimal(0))
        adds = whole is not None and any(mine + sum_of(self.earlier, kinds) == whole for kinds in (SUMS, SUMS[:1]))
        adds = adds or (whole is not None and self._of_subtotals(index) == whole)
        if not adds and (not self._summed_before(index) or any(_has_total(table) for table in self.earlier)):
            return None
        return (*_entries_of(self.earlier), *self._numbers(self._entries))

    def _of_subtotals(self, index: int) -> Decimal | None:
        """What the sums of the tables above and of this one state together, where each has one: 小計 + 小計."""
        own = [one.number for one in self.rows[:index] if one.kind is RowKind.SUBTOTAL]
        stated = [self._amount(own[0], column) for column in self.columns] if len(own) == 1 else []
        sums = [next((value for value in stated if value is not None), None), *map(_subtotal, self.earlier)]
        known = [value for value in sums if value is not None]
        return sum(known, Decimal(0)) if len(known) == len(sums) else None

    def _summed_before(self, index: int) -> bool:
        """Whether 合計 has summed the rows of this table already, or the table goes on from the one above."""
        before = self.rows[:index]
        return self.continued or any(
            row.kind is RowKind.SUBTOTAL and row.facts.sum_word is SumWord.SUM for row in before
        )

    def _numbers(self, indexes: Sequence[int] | Iterator[int]) -> tuple[int, ...]:
        return tuple(self.rows[index].number for index in indexes)

    def _since(self, index: int, stops: set[RowKind]) -> tuple[int, ...]:
        """The entries above, up to the last row of these kinds."""
        found: list[int] = []
        for at in range(index - 1, -1, -1):
            kind = self.rows[at].kind
            if kind in stops:
                break
            if kind is RowKind.ENTRY:
                found.append(at)
        return self._numbers(reversed(found))

    def _since_same_word(self, index: int) -> Iterator[tuple[int, ...]]:
        """The entries since the last sum of the same word: 合計 over 小計."""
        word = self.rows[index].facts.sum_word
        found = [at for at in range(index) if self.rows[at].facts.sum_word is word]
        last = found[-1] if found else -1
        yield self._numbers(entry for entry in self._entries if last < entry < index)

    def _of_category(self, one: Judged) -> tuple[int, ...]:
        """The entries of the category that it names, or stands under."""
        wanted = fold(one.category or "")
        if not wanted:
            return ()
        return self._numbers(entry for entry in self._entries if fold(self.rows[entry].category or "") == wanted)

    def _named(self, one: Judged) -> tuple[int, ...]:
        """The rows with the marks that it names: 小計(C+D), 合計(一+二+三), each with those below it."""
        base, remarks = brackets(one.label)
        named = [part for text in (*remarks, formula(base)) if _PLUS.search(text) for part in _PLUS.split(text)]
        wanted = [fold(_MARK.sub("", part)) for part in named]
        if wanted and self._marks is None:
            self._marks = {mark: index for index, row in reversed([*enumerate(self.rows)]) if (mark := _mark_of(row))}
        rows = self._marks or {}
        if not wanted or any(mark not in rows for mark in wanted):
            return ()
        found: list[int] = []
        for mark in wanted:
            index = rows[mark]
            found += [self.rows[index].number] if self.rows[index].kind is RowKind.ENTRY else self._under(index)
        return tuple(dict.fromkeys(found))

    def _below(self, index: int) -> tuple[int, ...]:
        """The entries below it, up to the next sum: a sum that stands above its rows."""
        return self._under(index, level=-1)

    def _under(self, index: int, level: int | None = None) -> tuple[int, ...]:
        """The entries below a heading, up to the next one that is no deeper, or to the total."""
        own = self.rows[index].level if level is None else level
        found: list[int] = []
        for at in range(index + 1, len(self.rows)):
            other = self.rows[at]
            ends = other.kind is RowKind.HEADING and other.level <= own
            ends |= level is None and other.kind is RowKind.ENTRY and beside(other.facts, self.rows[index])
            if ends or other.kind is RowKind.TOTAL or (level is not None and other.kind is RowKind.SUBTOTAL):
                break
            if other.kind is RowKind.ENTRY:
                found.append(at)
        return self._numbers(found)

    def adds_up(self, row: int, rows: Sequence[int]) -> bool:
        """Whether every amount of a row is the sum of those of the rows; a cell that is lost leaves it open."""
        stated = 0
        for column in self.columns:
            whole = self._amount(row, column)
            if whole is None:
                continue
            stated += 1
            parts = [self._amount(number, column) for number in rows]
            if sum((part for part in parts if part is not None), Decimal(0)) != whole:
                return False
        return stated > 0

    def _amount(self, row: int, column: int) -> Decimal | None:
        key = (row, column)
        if key not in self._amounts:
            self._amounts[key] = amount(self.view.value(row, column))
        return self._amounts[key]


def _mark_of(row: Judged) -> str:
    """The mark before the name of an entry or a heading: C of 「C 個案服務費」, 一 of 「一、人事費」."""
    if row.kind not in {RowKind.ENTRY, RowKind.HEADING}:
        return ""
    if row.facts.mark:
        return fold(_MARK.sub("", plain(row.facts.mark)))
    written = plain(row.facts.name)
    level, name = numbering(written)
    return fold(_MARK.sub("", written[: len(written) - len(name)])) if level is not None else ""


def tables_above(row: int, earlier: Sequence[CountyTable]) -> tuple[CountyTable, ...]:
    """The tables above a row; none of them where one stands beside another, as a row's number then tells too little."""
    numbers = _entries_of(earlier)
    apart = all(table.header[1] < row for table in earlier) and len({*numbers}) == len(numbers)
    return tuple(earlier) if apart else ()


def sum_of(tables: Sequence[CountyTable], kinds: Sequence[ColumnKind]) -> Decimal:
    """Everything that the entries of some tables state in the first column of each of these kinds."""
    total = Decimal(0)
    for table in tables:
        columns = [found for kind in kinds if (found := table.column(kind)) is not None]
        for row in table.rows:
            if row.kind is RowKind.ENTRY:
                values = (amount(table.grid.value(row.number, column.number)) for column in columns)
                total += sum((value for value in values if value is not None), Decimal(0))
    return total


def _entries_of(tables: Sequence[CountyTable]) -> tuple[int, ...]:
    return tuple(row.number for table in tables for row in table.rows if row.kind is RowKind.ENTRY)


def _subtotal(table: CountyTable) -> Decimal | None:
    """What the only sum of a table states; ``None`` where it has none or several."""
    sums = [row for row in table.rows if row.kind in {RowKind.SUBTOTAL, RowKind.TOTAL}]
    if len(sums) != 1:
        return None
    values = (amount(table.grid.value(sums[0].number, one.number)) for one in table.columns if one.kind in SUMS)
    return next((value for value in values if value is not None), None)


def _has_total(table: CountyTable) -> bool:
    return any(row.kind is RowKind.TOTAL for row in table.rows)


def sum_columns(columns: Mapping[int, ColumnKind]) -> dict[int, ColumnKind]:
    """Of the columns by number and kind, those whose numbers sums add up, the first of each kind."""
    found: dict[int, ColumnKind] = {}
    for number, kind in columns.items():
        if kind in SUMS and kind not in found.values():
            found[number] = kind
    return found
