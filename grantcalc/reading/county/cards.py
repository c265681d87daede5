"""Sheets that write each item as a block of labels and values (項目：… 單價：… 金額：…): each block becomes a row.

The rows are read like those of any table; every place that is told of afterwards is that of the sheet as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import define, evolve, field

from grantcalc.draft.model import Problem
from grantcalc.finding import Place
from grantcalc.reading.book import Book
from grantcalc.reading.county.cardrows import NAMES, At, Label, cards_of, is_item
from grantcalc.reading.county.facts import sum_word
from grantcalc.reading.county.headers import sure
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.county.words import Words, fold
from grantcalc.reading.deadline import Deadline
from grantcalc.reading.formulas import Scan
from grantcalc.reading.grid import Grid
from grantcalc.reading.problems import Sink, shown
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.text import Message, joined

READ = Message(
    "The sheet “{sheet}” writes each item as a block of its own ({labels}): each of {number} blocks is read as a row."
)
NOT_READ = Message(
    "The sheet “{sheet}” writes each item as a block of its own ({labels}; {number} blocks, the first from {cell} on) "
    "that cannot be told apart; they are not read."
)
AS_TABLE = Message("Write one row for each item, below a row of headers such as 項目, 單價, 數量, 單位, 金額, 說明.")

_COLON = re.compile(r"[:：]")


@define
class Cards:
    """Lays out the sheets of a book that hold blocks and no table."""

    sink: Sink
    deadline: Deadline
    grids: dict[str, Grid] = field(factory=dict)
    moved: dict[str, dict[At, At]] = field(factory=dict)
    """Where the cells of the rows really stand, by sheet and by row and column."""
    refused: list[Problem] = field(factory=list)
    """Sheets of blocks that are not read: what is said where the file has nothing else."""

    def laid_out(self, grid: Grid, words: Words) -> Grid | None:
        """A sheet without a table as one with a row for each block; ``None`` where it has none that can be read."""
        view = SheetView(grid)
        found = [block for block in self._blocks(view, words) if is_item(block)]
        return self._made(view, found, words) if found else None

    def of_pairs(self, grid: Grid, words: Words) -> Grid | None:
        """The same of a sheet of cards of several pairs a row, whose labels are easily taken for headers."""
        view = SheetView(grid)
        found = cards_of(view, words, self.deadline)
        return self._made(view, found, words) if found else None

    def _made(self, view: SheetView, found: Sequence[Sequence[Label]], words: Words) -> Grid | None:
        made = self._sheet(view, found, words)
        if made is not None:
            self.grids[view.grid.name] = made
        return made

    def take(self, grid: Grid, moved: Mapping[At, At]) -> None:
        """A sheet that was laid out anew."""
        self.grids[grid.name], self.moved[grid.name] = grid, dict(moved)

    def book(self, book: Book) -> Book:
        """The book with the sheets as they were laid out."""
        if not self.grids:
            return book
        now = {(name, *at): (name, *to) for name, cells in self.moved.items() for to, at in cells.items()}
        identities = {now.get(key, key): hashed for key, hashed in book.identities.items()}
        return evolve(book, grids={**book.grids, **self.grids}, identities=identities)

    def _blocks(self, view: SheetView, words: Words) -> Iterator[list[Label]]:
        """Labels from a name on, up to the next name, a blank row, or the sum of all blocks."""
        open_blocks: dict[int, list[Label]] = {}
        for row in self.deadline.over(range(view.first_row, view.last_row + 1)):
            labels = list(_labels(view, row, words))
            if not labels and not view.is_blank(row, view.grid.first_column, view.last_column):
                continue
            for column in [one for one in open_blocks if not labels]:
                yield open_blocks.pop(column)
            for label in labels:
                owner = max((one for one in open_blocks if one <= label.at[1]), default=None)
                if label.kind in NAMES:
                    if label.at[1] in open_blocks:
                        yield open_blocks.pop(label.at[1])
                    open_blocks[label.at[1]] = [label]
                elif owner is not None and not _ends(open_blocks[owner], label, words):
                    open_blocks[owner].append(label)
                elif owner is not None:
                    yield open_blocks.pop(owner)
        yield from open_blocks.values()

    def _sheet(self, view: SheetView, found: Sequence[Sequence[Label]], words: Words) -> Grid | None:
        """The sheet with its blocks as rows right of everything else, below a row of their labels."""
        grid = view.grid
        labels = list(dict.fromkeys(label.text for block in found for label in block))
        rows = _rows(view, found)
        place = Place(path="lines", sheet=grid.name, cell=grid.cell(*found[0][0].at))
        said, number = joined(map(shown, labels)), len(found)
        if rows is None:
            message = NOT_READ(sheet=shown(grid.name), labels=said, number=number, cell=place.cell or "")
            self.sink.recognised(place, message, AS_TABLE(), score=0, sure=False)
            self.refused.append(Problem(place=place, message=message, remedy=AS_TABLE()))
            return None
        self.sink.recognised(place, READ(sheet=shown(grid.name), labels=said, number=number), NOTHING_TO_DO())
        columns = {text: view.last_column + 1 + index for index, text in enumerate(labels)}
        header, of_blocks = rows
        put: dict[At, tuple[object, At]] = {}
        for row, block in zip(of_blocks, found, strict=True):
            for label in block:
                put[row, columns[label.text]] = label.value, label.value_at
                put.setdefault((header, columns[label.text]), (label.text, label.at))
        taken = {at for block in found for label in block for at in (label.at, label.value_at)}
        for label in _sums(view, taken, words):
            name = next(one for one in found[0] if one.kind in NAMES)
            paid = next((one for one in found[0] if one.kind is ColumnKind.AMOUNT), None)
            if paid is not None and label.at[0] not in {header, *of_blocks}:
                put[label.at[0], columns[name.text]] = label.text, label.at
                put[label.at[0], columns[paid.text]] = label.value, label.value_at
                taken.update((label.at, label.value_at))
        self.moved[grid.name] = {now: at for now, (_, at) in put.items()}
        made = _with(view, {now: value for now, (value, _) in put.items()}, taken, max(columns.values()))
        return evolve(made, scan=_scan(grid.scan, self.moved[grid.name]))


def _ends(block: Sequence[Label], label: Label, words: Words) -> bool:
    """Whether a label is no more of a block: said a second time, or the sum below its amount."""
    sums = any(fold(label.text) in known for known in words.rows.values())
    has_money = any(one.kind is ColumnKind.AMOUNT for one in block)
    return any(fold(one.text) == fold(label.text) for one in block) or (sums and has_money)


def _labels(view: SheetView, row: int, words: Words) -> Iterator[Label]:
    """Every label of a row that a value follows."""
    for text, at, value_at, value in _pairs(view, row):
        match = sure(text, words)
        if match is not None:
            yield Label(text=text, kind=match.kind, at=at, value_at=value_at, value=value)


def _sums(view: SheetView, taken: set[At], words: Words) -> Iterator[Label]:
    """The sums of all blocks, with their labels: 申請總額：85,000."""
    for row in range(view.first_row, view.last_row + 1):
        for text, at, value_at, value in _pairs(view, row):
            if at not in taken and amount(value) is not None and sum_word(text, words)[0] is not None:
                yield Label(text=text, kind=ColumnKind.AMOUNT, at=at, value_at=value_at, value=value)


def _pairs(view: SheetView, row: int) -> Iterator[tuple[str, At, At, object]]:
    """Texts of a row with their values: behind their colon, else in the next cell that holds anything, or is lost."""
    cells = list(view.cells(row, view.grid.first_column, view.last_column))
    for index, (column, raw) in enumerate(cells):
        text, *inside = _COLON.split(raw, maxsplit=1) if isinstance(raw, str) else ("",)
        if not text.strip():
            continue
        if inside and inside[0].strip():
            yield text.strip(), (row, column), (row, column), inside[0].strip()
            continue
        after = {one: "" for one in view.lost_rows.get(row, ()) if one > column} | dict(cells[index + 1 : index + 2])
        if after:
            yield text.strip(), (row, column), (row, min(after)), after[min(after)]


def _rows(view: SheetView, found: Sequence[Sequence[Label]]) -> tuple[int, tuple[int, ...]] | None:
    """A row for the labels and one for each block, all of them rows that the blocks have themselves; else ``None``."""
    first = min(label.at[0] for block in found for label in block)
    header = first
    if any(_last(block) == block[0].at[0] for block in found):  # blocks of one row: the labels go above them
        header = first - 1
        if header < 1 or not view.is_blank(header, view.grid.first_column, view.last_column):
            return None
    taken = {header}
    rows: list[int] = []
    for block in found:
        row = next((row for row in range(block[0].at[0], _last(block) + 1) if row not in taken), None)
        if row is None:
            return None
        taken.add(row)
        rows.append(row)
    return header, tuple(rows)


def _last(block: Sequence[Label]) -> int:
    return max(label.at[0] for label in block)


def _scan(scan: Scan, moved: Mapping[At, At]) -> Scan:
    """What is lost of a value is lost where it is read now."""
    errors = {now: scan.errors[at] for now, at in moved.items() if at in scan.errors}
    waiting = frozenset(now for now, at in moved.items() if at in scan.uncalculated)
    left = moved.values()
    return evolve(
        scan,
        uncalculated=waiting | (scan.uncalculated - frozenset(left)),
        errors={**{at: found for at, found in scan.errors.items() if at not in left}, **errors},
    )


def _with(view: SheetView, put: Mapping[At, object], taken: set[At], last_column: int) -> Grid:
    """The sheet with these cells, without those that were taken."""
    grid = view.grid
    first = min(grid.first_row, *(row for row, _ in put))
    rows = [
        [
            put.get((row, column), "" if (row, column) in taken else grid.value(row, column))
            for column in range(grid.first_column, last_column + 1)
        ]
        for row in range(first, view.last_row + 1)
    ]
    return evolve(grid, rows=rows, first_row=first)
