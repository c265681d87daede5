"""The rows below a sum: entries of its table or one above it, and headings whose rows stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

from grantcalc.reading.county.model import CountyRow, CountyTable, RowKind


@define
class Leaves:
    """Finds rows by their numbers in the tables of a file."""

    tables: Sequence[CountyTable]
    _numbered: dict[tuple[str, int], list[tuple[CountyTable, CountyRow]]] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        for table in self.tables:
            for one in table.rows:
                self._numbered.setdefault((table.grid.name, one.number), []).append((table, one))

    def of(self, table: CountyTable, row: CountyRow, seen: set[int] | None = None) -> Iterator[tuple[int, RowKind]]:
        """The entries below a sum, and headings whose rows stand elsewhere, each once."""
        seen = set() if seen is None else seen
        for number in row.sums:
            if number in seen:
                continue
            seen.add(number)
            inner = self.row(table, number)
            if inner is None or inner.kind is RowKind.ENTRY:
                yield number, RowKind.ENTRY
            elif inner.sums:
                yield from self.of(table, inner, seen)
            else:
                yield number, inner.kind

    def row(self, table: CountyTable, number: int) -> CountyRow | None:
        """A row of this sheet: of this table, else of another table above it."""
        found = self._numbered.get((table.grid.name, number), [])
        return next((row for one, row in found if one is table), found[0][1] if found else None)

    def owner(self, table: CountyTable, number: int) -> CountyTable:
        """The table that a row stands in: this one, or one above it on the sheet, whose columns are others."""
        found = [one for one, _ in self._numbered.get((table.grid.name, number), [])]
        return table if not found or any(one is table for one in found) else found[0]
