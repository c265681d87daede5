"""A second column of amounts that adds up several rows (活動合計 beside 小計): each of its cells is a stated sum.

Which rows a cell is the sum of stands nowhere: those from it down to the next one, or those since the one before it.
The figures decide for the whole column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import permutations

from attrs import define, evolve, field, frozen

from grantcalc.draft.model import StatedSum
from grantcalc.finding import Place
from grantcalc.money import number
from grantcalc.reading.county.amounts import amounts_among
from grantcalc.reading.county.match import Match
from grantcalc.reading.county.model import CellKey, Column, ColumnKind, CountyRow, CountyTable, Entries, RowKind
from grantcalc.reading.county.proof import Proof, Told
from grantcalc.reading.county.sheetview import amount
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message

OF_GROUPS = Message("“{header}” adds up “{part}” of several rows: each of its amounts is checked as such a sum.")
_MOST = 6
"""Columns of amounts that are tried against each other."""
_WHOLE = 100

Value = Callable[[int, int], Decimal | None]
Groups = Mapping[int, tuple[int, ...]]
"""The rows that a cell adds up, by its own row."""


@frozen
class Grouped:
    """The rows that each cell may add up, and the cells for which they do."""

    groups: Groups
    right: frozenset[int]


def groups_of(rows: Sequence[int], part: int, whole: int, value: Value) -> Grouped | None:
    """The groups of rows whose ``part`` the cells of ``whole`` add up; ``None`` where most of them do not."""
    stated = [row for row in rows if value(row, whole)]
    single = [row for row in rows if value(row, part) is not None]
    if not stated or len(stated) >= len(single):
        return None
    ways = (_cut(rows, frozenset(stated), ahead=True), _cut(rows, frozenset(stated), ahead=False))
    best = max((Grouped(way, _right(way, part, whole, value)) for way in ways), key=lambda one: len(one.right))
    several = any(len(best.groups[row]) > 1 for row in best.right)
    return best if several and len(best.right) * 2 >= len(stated) else None


def _cut(rows: Sequence[int], stated: frozenset[int], *, ahead: bool) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    own: int | None = None
    for row in rows if ahead else reversed(rows):
        own = row if row in stated else own
        if own is not None:
            found.setdefault(own, []).append(row)
    return {row: tuple(sorted(group)) for row, group in found.items()}


def _right(way: Groups, part: int, whole: int, value: Value) -> frozenset[int]:
    sums = {row: sum(value(one, part) or 0 for one in group) for row, group in way.items()}
    return frozenset(row for row, made in sums.items() if made == value(row, whole))


def certain(found: Grouped, part: int, whole: int, value: Value) -> Groups:
    """Groups whose rows are known: those that add up, ended sooner where they do so then, for rows of none may follow.

    One that never adds up is wrong for certain only where all others do, and to their very end.
    """
    groups = found.groups
    ended = {
        row: group if row in found.right else _ended(row, group, part, value(row, whole), value)
        for row, group in groups.items()
    }
    right = {row: group for row, group in ended.items() if group}
    others = [row for row, group in right.items() if group == groups[row]]
    is_sure = bool(right) and len(others) == len(right) == len(groups) - 1
    return groups if is_sure else right


def _ended(row: int, group: tuple[int, ...], part: int, stated: Decimal | None, value: Value) -> tuple[int, ...]:
    """Fewer rows of a group from its cell on that make what it states, the most of them; none where no number does."""
    for size in range(len(group) - 1, 0, -1):
        rows = group[:size] if group[0] == row else group[-size:]
        if sum(value(one, part) or 0 for one in rows) == stated:
            return rows
    return ()


def settle(proof: Proof) -> None:
    """Tell such a column from one that holds the amounts of the rows, whatever their headers are like."""
    amounts = [column for column, match in sorted(proof.matches.items()) if match.kind is ColumnKind.AMOUNT]
    tried = [*amounts, *sorted(proof.unclaimed)][:_MOST]

    def value(row: int, column: int) -> Decimal | None:
        return amount(proof.view.value(row, column))

    for part, whole in permutations(tried, 2):
        rows = [row for row in proof.rows if value(row, part) is not None]
        if part in amounts and groups_of(rows, part, whole, value) is not None:
            _is_whole(part, whole, proof)
            return


def _is_whole(part: int, whole: int, proof: Proof) -> None:
    header = proof.headers.get(whole, "")
    proof.unclaimed.pop(whole, None)
    before = proof.matches.get(whole, Match(kind=ColumnKind.AMOUNT))
    proof.matches[whole] = evolve(before, kind=ColumnKind.GROUP_SUM, score=_WHOLE)
    said = OF_GROUPS(header=shown(header), part=shown(proof.headers.get(part, "")))
    proof.told.append(Told(column=whole, message=said))


@define
class GroupSums:
    """The sums of groups of rows of all tables, as the draft's amounts stand."""

    entries: Entries
    sink: Sink
    claimed: set[CellKey] = field(factory=set)

    def read(self, tables: Sequence[CountyTable]) -> None:
        """Every table with such a column."""
        for table in tables:
            rows = {row.number: row for row in table.rows if row.kind is RowKind.ENTRY}
            part, whole = table.column(ColumnKind.AMOUNT), table.column(ColumnKind.GROUP_SUM)
            if part is not None and whole is not None:
                self._column(table, rows, part, whole)

    def _column(self, table: CountyTable, rows: Mapping[int, CountyRow], part: Column, whole: Column) -> None:
        def value(row: int, column: int) -> Decimal | None:
            return amount(table.grid.value(row, column))

        found = groups_of(list(rows), part.number, whole.number, value)
        groups = certain(found, part.number, whole.number, value) if found is not None else {}
        for row, group in groups.items():
            stated = value(row, whole.number)
            paths = [self._paths(table, at, part) for at in group]
            if stated is None or not all(paths):
                continue  # a row of it was not read: the cell stays unread
            self.claimed.add((table.grid.name, row, whole.number))
            label = shown(whole.header or rows[row].label).strip()
            place = Place(
                path=f"totals.{label}", sheet=table.grid.name, cell=table.grid.cell(row, whole.number), label=label
            )
            of = tuple(path for found in paths for path in found)
            self.sink.sums.append(StatedSum(place=place, stated=number(stated * whole.factor), rows=of, label=label))

    def _paths(self, table: CountyTable, row: int, part: Column) -> tuple[str, ...]:
        return amounts_among(self.entries.claimed.get((table.grid.name, row, part.number), ()))
