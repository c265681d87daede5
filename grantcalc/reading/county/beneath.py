"""Rows beneath items that only explain them (說明：2場會議，每場4人): their texts go to the items' rows.

They are laid out as a column of descriptions, so that every later step is that of any table; every place that is told
of afterwards is that of the sheet as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from grantcalc.finding import Place
from grantcalc.reading.county.blocks import Block, blocks
from grantcalc.reading.county.facts import sum_word
from grantcalc.reading.county.headers import MONEY
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.county.transposed import At, Exchanged
from grantcalc.reading.county.words import Words, fold, numbering
from grantcalc.reading.deadline import Deadline
from grantcalc.reading.grid import Grid
from grantcalc.reading.problems import Sink
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.text import Message, joined

READ = Message("The rows that only explain the row above them are read as its description: {rows}.")

_FEWEST: Final = 2
_COLON: Final = re.compile(r"[:：]\s*")
_SIGN: Final = "；"
"""Between the text of an item's own description and that beneath it."""


@frozen(kw_only=True)
class _Beneath:
    """One such text: where it stands, the row of its item, and the text without the word before it."""

    at: At
    item: int
    text: str


def laid_beside(grid: Grid, words: Words, sink: Sink, deadline: Deadline) -> Exchanged:
    """The sheet with such rows beside their items; unchanged where it has none."""
    moved: dict[At, At] = {}
    put: dict[At, object] = {}
    view = SheetView(grid)
    found = blocks(view, words, deadline)
    for block in found:
        below = [one.first for one in found if one.first > block.last]
        body = range(block.last + 1, min(below, default=view.last_row + 1))
        texts = _texts(view, block, body, words)
        if not texts:
            continue
        column = _column(view, block, put, words)
        for one in texts:
            own = put.get((one.item, column), view.text(one.item, column))
            put[one.item, column] = f"{own}{_SIGN}{one.text}" if own else one.text
            if not own:
                moved[one.item, column] = one.at
            put[one.at] = ""
        place = Place(path="lines", sheet=grid.name, cell=grid.cell(*texts[0].at))
        sink.recognised(place, READ(rows=joined(str(one.at[0]) for one in texts)), NOTHING_TO_DO())
    return Exchanged(grid=_with(view, put), moved=moved) if put else Exchanged(grid=grid)


def _texts(view: SheetView, block: Block, body: range, words: Words) -> list[_Beneath]:
    """All of one table; none unless every other row or so has one, or rows go on below the only one."""
    sums = [column for column, match in block.matches.items() if match.kind in MONEY]
    found: list[_Beneath] = []
    items: list[int] = []
    for row in body:
        text = _alone(view, row)
        if text is None:
            if any(amount(view.value(row, column)) is not None for column in sums) and not _is_sum(view, row, words):
                items.append(row)
            elif not view.is_blank(row, view.grid.first_column, view.last_column):
                items.append(0)  # a sum or a heading: what stands beneath it explains no item
            continue
        above = items[-1] if items else 0
        one = _explained(text, row, above, words, wide=view.is_wide(row, text[0]))
        if above and one is not None and all(_alone(view, between) for between in range(above + 1, row)):
            found.append(one)
    explained = {one.item for one in found}
    entries = [row for row in items if row]
    lasting = len(explained) >= _FEWEST and len(explained) * _FEWEST >= len(entries)
    return found if lasting or (len(explained) == 1 and entries[-1] not in explained) else []


def _alone(view: SheetView, row: int) -> tuple[int, str] | None:
    """The column and text of the only cell of a row; ``None`` where it holds anything else."""
    cells = list(view.cells(row, view.grid.first_column, view.last_column))
    if len(cells) != 1 or row in view.lost_rows or not isinstance(cells[0][1], str):
        return None
    return cells[0][0], cells[0][1].strip()


def _explained(text: tuple[int, str], row: int, item: int, words: Words, *, wide: bool) -> _Beneath | None:
    """A text that says of itself that it explains (說明：…), or is merged across and names no row of its own."""
    column, written = text
    head, *rest = _COLON.split(written, maxsplit=1)
    if rest and rest[0] and fold(head.lstrip("(（")) in words.beneath:
        return _Beneath(at=(row, column), item=item, text=rest[0])
    own = numbering(written)[0] is not None or words.is_category(written) or sum_word(written, words)[0] is not None
    bracketed = written[:1] in {"(", "（"} and written[-1:] in {")", "）"}
    return _Beneath(at=(row, column), item=item, text=written) if wide and bracketed and not own else None


def _is_sum(view: SheetView, row: int, words: Words) -> bool:
    texts = (raw for _, raw in view.cells(row, view.grid.first_column, view.last_column) if isinstance(raw, str))
    return any(sum_word(text, words)[0] is not None for text in texts)


def _column(view: SheetView, block: Block, put: dict[At, object], words: Words) -> int:
    """The table's column of descriptions, else a new one right of everything."""
    for column, match in block.matches.items():
        if match.kind is ColumnKind.DESCRIPTION:
            return column
    column = view.last_column + 1
    put[block.first, column] = next(
        (word for word, one in words.headers.items() if one.kind is ColumnKind.DESCRIPTION), ""
    )
    return column


def _with(view: SheetView, put: Mapping[At, object]) -> Grid:
    """The sheet with these cells; rows whose only text was taken are blank, and no more merged."""
    grid = view.grid
    last = max(view.last_column, *(column for _, column in put))
    taken = {row for (row, _), value in put.items() if value == ""}
    rows = [list(_row(grid, number, put, last)) for number in range(grid.first_row, view.last_row + 1)]
    merged: Sequence[tuple[int, int, int, int]] = [one for one in grid.merged if not taken.intersection({one[0]})]
    return evolve(grid, rows=rows, merged=tuple(merged))


def _row(grid: Grid, number: int, put: Mapping[At, object], last: int) -> Iterator[object]:
    for column in range(grid.first_column, last + 1):
        yield put.get((number, column), grid.value(number, column))
