"""Finds the tables of amounts on the sheets of an earlier review workbook, with the keys that are left of them.

A table is found by its hidden keys or by its headings: where somebody deleted one, the other still says that amounts
stand there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import Factory, frozen

from grantcalc.reading.grid import Grid
from grantcalc.text import Language, Message, Tongue
from grantcalc.workbook.review_keys import START, SUM, KeyedDraft, KeyedRow, parsed
from grantcalc.workbook.review_overview import COUNTY, ERRORS
from grantcalc.workbook.review_rows import ASKED, CATEGORY, DETAIL, FIRST, ITEM, PLACE, SECOND

_BOTH = (Language(Tongue.ZH_TW), Language(Tongue.EN))


@frozen(kw_only=True)
class Columns:
    """Where the columns of a table stand, from 1; ``None`` where the heading is gone."""

    category: int | None = None
    item: int | None = None
    detail: int | None = None
    asked: int | None = None
    first: int | None = None
    second: int | None = None
    place: int | None = None


@frozen(kw_only=True)
class Table:
    """One table of amounts, and what stands beneath it: the rows ``start`` to ``stop`` without its headings."""

    grid: Grid
    draft: KeyedDraft | None
    """Whose it is; ``None`` where the sheet no longer says so."""
    head: int
    start: int
    stop: int
    columns: Columns
    keys: Mapping[int, KeyedRow] = Factory(dict)
    """The keys of its rows, by their numbers."""
    total: int | None = None
    """The row that the keys say holds the sums."""

    @property
    def numbers(self) -> Iterator[int]:
        """Its rows that hold anything, in their order."""
        return (at for at, _ in self.grid.numbered() if self.start <= at <= self.stop and at != self.head)


def tables_of(grid: Grid) -> Iterator[Table]:
    """Every table of a sheet, from the top."""
    column, drafts = _drafts(grid)
    texts = {row: text for row, _ in grid.numbered() if isinstance(text := grid.value(row, column), str)}
    keys = {row: key for row, text in texts.items() if isinstance(key := parsed(text), KeyedRow)}
    heads: dict[int, KeyedDraft | None] = {row: None for row in _headings(grid) if row not in keys}
    heads.update(drafts)
    if keys and not heads:
        heads[min(keys) - 1] = None
    starts = sorted(heads)
    for at, head in enumerate(starts):
        # Whoever sorts a whole sheet may leave the headings beneath the rows.
        start = min([head, *(keys if at == 0 else ())])
        stop = starts[at + 1] - 1 if head != starts[-1] else grid.first_row + len(grid.rows) - 1
        yield Table(
            grid=grid,
            draft=heads[head],
            head=head,
            start=start,
            stop=stop,
            columns=_columns(grid, head),
            keys={row: key for row, key in keys.items() if start <= row <= stop},
            total=next((row for row, text in texts.items() if text == SUM and start <= row <= stop), None),
        )


def _drafts(grid: Grid) -> tuple[int, dict[int, KeyedDraft]]:
    """The column of the keys (0 where there is none), and the drafts that it names, by row.

    It is the last one that names a draft, or a row where none does: what a draft says of itself stands before it,
    whatever it looks like.
    """
    found: dict[type[KeyedDraft | KeyedRow], dict[tuple[int, int], KeyedDraft | KeyedRow]] = {}
    for number, row in grid.numbered():
        for at, cell in enumerate(row, start=grid.first_column):
            if isinstance(cell, str) and cell.startswith((START, "row:")) and (key := parsed(cell)) is not None:
                found.setdefault(type(key), {})[number, at] = key
    cells = found.get(KeyedDraft) or found.get(KeyedRow) or {}
    column = max((at for _, at in cells), default=0)
    drafts = {row: key for (row, at), key in cells.items() if at == column and isinstance(key, KeyedDraft)}
    return column, drafts


def _headings(grid: Grid) -> Iterator[int]:
    """Rows with the headings of both reviews; those of the overview are of sums that nobody types."""
    firsts, seconds = _names(FIRST), _names(SECOND)
    others = (_names(COUNTY), _names(ERRORS))
    for number, row in grid.numbered():
        texts = {cell.strip() for cell in row if isinstance(cell, str)}
        if texts & seconds and texts & firsts and not all(texts & names for names in others):
            yield number


def _names(title: Message) -> set[str]:
    return {speak(title) for speak in _BOTH}


def _columns(grid: Grid, head: int) -> Columns:
    found: dict[str, int] = {}
    for at, cell in enumerate(grid.value_row(head), start=grid.first_column):
        found.setdefault(str(cell).strip(), at)

    def of(title: Message) -> int | None:
        return next((found[name] for speak in _BOTH if (name := speak(title)) in found), None)

    return Columns(
        category=of(CATEGORY),
        item=of(ITEM),
        detail=of(DETAIL),
        asked=of(ASKED),
        first=of(FIRST),
        second=of(SECOND),
        place=of(PLACE),
    )
