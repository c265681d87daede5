"""Where the headers of a sheet stand: rows of known words with a name and an amount among them, alone or in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from attrs import evolve, frozen

from grantcalc.reading.county.headers import BY_ITS_END, LONGEST, MONEY, is_column_mark, is_unit, leaf, sure
from grantcalc.reading.county.match import Match
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.payerlist import lists_payers
from grantcalc.reading.county.reach import reach
from grantcalc.reading.county.sheetview import SheetView
from grantcalc.reading.county.words import Words
from grantcalc.reading.deadline import NEVER, Deadline

_NAMES = frozenset({ColumnKind.ITEM, ColumnKind.CATEGORY, ColumnKind.ROLE, ColumnKind.DESCRIPTION, ColumnKind.PERSON})
_WHOLE = MONEY - {ColumnKind.BONUS, ColumnKind.INSURANCE, ColumnKind.ALLOWANCE, ColumnKind.PAY_PART}
_SPREADING = frozenset({ColumnKind.FUND, ColumnKind.QUANTITY, ColumnKind.DESCRIPTION, ColumnKind.IGNORED}) | MONEY
MOST = 200
"""Tables of one sheet: a file of more is no budget, and what stands below them is read as rows of the last one."""
_DEEPEST = 3
"""Rows of a header, one above the other."""
_FEWEST = 2
_LOOKED = 40
"""Rows below a header in which a calculation in words is looked for."""
_CALCULATION = re.compile(r"\d[\d,]*\s*元?.{0,12}[×*xX╳＊✕]|[=＝]\s*[\d,]+\s*元?")


@frozen(kw_only=True)
class Block:
    """The header of one table: its rows, its columns from ``left`` to ``right``, the texts above each of them."""

    first: int
    last: int
    left: int
    right: int
    texts: Mapping[int, tuple[str, ...]]
    matches: Mapping[int, Match]


def blocks(view: SheetView, words: Words, deadline: Deadline = NEVER) -> list[Block]:
    """Every header of a sheet, from the top; two tables beside each other have one each."""
    found: list[Block] = []
    taken: set[tuple[int, int]] = set()
    for row in deadline.over(range(view.first_row, view.last_row + 1)):
        if len(found) >= MOST:
            break
        for left, end in _runs(view, row):
            known = any(sure(text, words) for _, text in _texts(view, row, left, end))
            if not known or (row, left) in taken or (row, end) in taken:
                continue
            right = reach(view, row, end, words)
            block = _block(view, row, left, right, words)
            if block is None:
                continue
            taken.update((at, col) for at in range(row, block.last + 1) for col in range(left, right + 1))
            found += _side_by_side(view, block, words)
    return found


def block_at(view: SheetView, row: int, words: Words) -> Block:
    """The header at a row that a user named, whatever stands there."""
    left, right = view.grid.first_column, view.last_column
    return _block(view, row, left, right, words) or _made(view, row, row, left, right, words)


def _runs(view: SheetView, row: int) -> Iterator[tuple[int, int]]:
    """Parts of a row that hold texts and no number, as columns from and to; beside numbers, of two texts or more."""
    runs = list(_between_numbers(view, row))
    for left, right in runs:
        if left < right or (len(runs) == 1 and _is_alone(view, row)):
            yield left, right


def _is_alone(view: SheetView, row: int) -> bool:
    return all(isinstance(raw, str) for _, raw in view.cells(row, view.grid.first_column, view.last_column))


def _between_numbers(view: SheetView, row: int) -> Iterator[tuple[int, int]]:
    first = last = None
    for column, raw in view.cells(row, view.grid.first_column, view.last_column):
        text = raw.strip() if isinstance(raw, str) else ""
        if not text or (text[0].isdecimal() and text.replace(",", "").replace(".", "").isdecimal()):
            if first is not None and last is not None:
                yield first, last
            first = last = None
        else:
            first, last = column if first is None else first, column
    if first is not None and last is not None:
        yield first, last


def _texts(view: SheetView, row: int, left: int, right: int) -> list[tuple[int, str]]:
    return [(column, raw.strip()) for column, raw in view.cells(row, left, right) if isinstance(raw, str)]


def _block(view: SheetView, row: int, left: int, right: int, words: Words) -> Block | None:
    """The header that starts in this row, as deep as its rows go; ``None`` where none does."""
    if any(left <= column <= right for column in view.lost_rows.get(row, ())):
        return None
    last = row
    while last - row + 1 < _DEEPEST and _goes_on(view, row, last + 1, left, right, words):
        last += 1
    made = _made(view, row, last, left, right, words)
    if not _qualifies(view, made, words):
        return None
    if last > row:
        below = _made(view, row + 1, last, left, right, words)
        if len(below.matches) >= len(made.matches) and _qualifies(view, below, words):
            return None  # a line of text above the header: it starts in the next row
    return _with_marks(view, made)


def _qualifies(view: SheetView, block: Block, words: Words) -> bool:
    kinds = {match.kind for match in block.matches.values()}
    if len(block.matches) < _FEWEST:
        return False
    if kinds & _WHOLE and (kinds & _NAMES or _ends_as_a_name(block, words)):
        return True
    if {ColumnKind.ITEM, ColumnKind.DESCRIPTION} <= kinds and _calculates(view, block):
        return True
    return {ColumnKind.FUND, ColumnKind.AMOUNT} <= kinds and _lists_sources(view, block, words)


def _lists_sources(view: SheetView, block: Block, words: Words) -> bool:
    """Whether the rows below say who pays how much (經費來源 | 金額), and name nothing else."""
    column = next(column for column, match in block.matches.items() if match.kind is ColumnKind.FUND)
    return lists_payers(view, column, range(block.last + 1, view.last_row + 1), words, block.right)


def _ends_as_a_name(block: Block, words: Words) -> bool:
    """A header like 經費支用項目 that no word knows, but that ends in one for items."""
    unknown = (texts for column, texts in block.texts.items() if column not in block.matches)
    found = (leaf(texts, words, guess=True) for texts in unknown)
    return any(match is not None and match.score >= BY_ITS_END and match.kind in _NAMES for match in found)


def _calculates(view: SheetView, block: Block) -> bool:
    """Whether an explanation below holds a calculation: a table may have no other amounts."""
    columns = [column for column, match in block.matches.items() if match.kind is ColumnKind.DESCRIPTION]
    rows = range(block.last + 1, min(block.last + _LOOKED, view.last_row) + 1)
    return any(_CALCULATION.search(view.text(row, column)) for row in rows for column in columns)


def _goes_on(view: SheetView, top: int, row: int, left: int, right: int, words: Words) -> bool:
    """Whether a row belongs to the header above it: units, and names below a wider name, all of them known."""
    if row > view.last_row or row in view.lost_rows:
        return False
    cells = list(view.cells(row, left, right))
    if not cells or any(not isinstance(raw, str) or len(raw.strip()) > LONGEST for _, raw in cells):
        return False
    known = 0
    for column, raw in cells:
        text = str(raw).strip()
        above = _stack(view, top, row - 1, column, left)
        if is_unit(text, words) and above:
            known += 1
        elif not above:
            if sure(text, words) is None:
                return False
            known += 1
        elif not _is_wider(view, top, row - 1, column, left):
            return False
        elif leaf((*above, text), words) is not None:
            known += 1
        elif (over := sure(above[-1], words)) is None or over.kind not in _SPREADING:
            return False
    return known > 0


def _is_wider(view: SheetView, top: int, bottom: int, column: int, left: int) -> bool:
    """Whether the name above a column stands above the next one or the one before too."""
    row = _row_above(view, top, bottom, column, left)
    if row is None:
        return False
    own = _owner(view, top, row, column, left)
    return any(_owner(view, top, row, other, left) == own for other in (column - 1, column + 1))


def _owner(view: SheetView, top: int, row: int, column: int, left: int) -> int | None:
    """The column whose text stands above this one: its own, the merged one, or the nearest to the left of blanks.

    A file without merged cells (.csv) says no more than that the cell is blank.
    """
    if view.text(row, column):
        return column
    covering = view.merged(row, column)
    if covering is not None:
        return covering[1] if view.text(covering[0], covering[1]) else None
    if any(view.text(above, column) for above in range(top, row)):
        return None  # a header of one column, which reaches down to this row
    for other in range(column - 1, left - 1, -1):
        if view.text(row, other):
            merged = view.merged(row, other)
            reaches = merged is None or merged[3] >= column or not view.grid.merged
            return other if reaches and _has_below(view, row, other) else None
        if not _has_below(view, row, other):
            return None
    return None


def _has_below(view: SheetView, row: int, column: int) -> bool:
    """Whether something stands right below a cell of a header, or one row further where that one is wide too."""
    return view.filled(row + 1, column) or view.filled(row + 2, column)


def _row_above(view: SheetView, top: int, bottom: int, column: int, left: int) -> int | None:
    for row in range(bottom, top - 1, -1):
        owner = _owner(view, top, row, column, left)
        if owner is not None:
            return row
    return None


def _stack(view: SheetView, top: int, bottom: int, column: int, left: int) -> tuple[str, ...]:
    """The texts above a column, from the top, each once."""
    texts: list[str] = []
    for row in range(top, bottom + 1):
        owner = _owner(view, top, row, column, left) if row < bottom or row == top else column
        owner = column if view.text(row, column) else owner
        if owner is None:
            continue
        covering = view.merged(row, owner)
        if covering is not None and covering[0] < row and covering[0] >= top:
            continue  # the same cell, merged downwards
        text = view.text(row, owner)
        if text and text not in texts[-1:]:
            texts.append(text)
    return tuple(texts)


def _made(view: SheetView, first: int, last: int, left: int, right: int, words: Words) -> Block:
    columns: dict[int, tuple[str, ...]] = {}
    matches: dict[int, Match] = {}
    for column in range(left, right + 1):
        if not any(view.text(row, column) for row in range(first, last + 1)):
            continue
        texts = _stack(view, first, last, column, left)
        columns[column] = texts
        match = leaf(texts, words)
        if match is not None and match.is_sure:
            matches[column] = match
    return Block(first=first, last=last, left=left, right=right, texts=columns, matches=matches)


def _with_marks(view: SheetView, block: Block) -> Block:
    """With the row below that only counts columns: (1) (2) (3)=(1)×(2)."""
    row = block.last + 1
    cells = list(view.cells(row, block.left, block.right))
    if len(cells) < _FEWEST or row in view.lost_rows:
        return block
    texts = [raw.strip() for _, raw in cells if isinstance(raw, str)]
    marks = len(texts) == len(cells) and all(is_column_mark(text) for text in texts)
    numbers = [raw for _, raw in cells if isinstance(raw, int | float) and not isinstance(raw, bool)]
    counts = len(numbers) == len(cells) and numbers == list(range(1, len(cells) + 1))
    in_order = marks and len({*texts}) == len(texts) and len(cells) > len(block.texts) // 2
    return evolve(block, last=row) if in_order or (counts and len(cells) > _FEWEST) else block


def _side_by_side(view: SheetView, block: Block, words: Words) -> list[Block]:
    """The tables beside each other that one row of headers belongs to: each has a name and an amount of its own."""
    parts: list[Block] = []
    rest = block
    while len(parts) < MOST and (cut := _cut(view, rest, words)) is not None:
        parts.append(_part(rest, rest.left, cut - 1))
        rest = _part(rest, cut, rest.right)
    return [*parts, rest]


def _cut(view: SheetView, block: Block, words: Words) -> int | None:
    seen: set[tuple[str, ...]] = set()
    for before, column in pairwise(sorted(block.texts)):
        seen.add(block.texts[before])
        again = block.texts[column] in seen
        if (column == before + 1 and not again) or not _is_first(block, column):
            continue
        left, right = _part(block, block.left, column - 1), _part(block, column, block.right)
        names = {match.kind for match in right.matches.values()} & {*_NAMES, ColumnKind.REF}
        if (names or not again) and _qualifies(view, left, words) and _qualifies(view, right, words):
            return column
    return None


def _is_first(block: Block, column: int) -> bool:
    match = block.matches.get(column)
    return match is not None and match.kind in {*_NAMES, ColumnKind.REF} - {ColumnKind.DESCRIPTION}


def _part(block: Block, left: int, right: int) -> Block:
    return evolve(
        block,
        left=left,
        right=right,
        texts={column: texts for column, texts in block.texts.items() if left <= column <= right},
        matches={column: match for column, match in block.matches.items() if left <= column <= right},
    )
