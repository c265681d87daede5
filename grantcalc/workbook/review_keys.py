"""The hidden column of a draft's sheet in a review: which draft and which row every line stands for.

It moves with the lines where they are sorted, and outlasts saving in any program; a line whose key was left behind by
such a move is told by what it shows. Nothing else of a review workbook is ever read again.
"""

from __future__ import annotations

import re

from attrs import frozen

from grantcalc.review.model import DraftRow
from grantcalc.review.seconds import RowKey

COLUMN = 11
"""Where the keys stand, from 0: behind everything that is shown."""
FORMAT = 1
START = "grantcalc-review:"
SUM = "sum"

_DRAFT = re.compile(rf"{START}{FORMAT}:draft:([0-9a-z:]*)\|(.*)", re.DOTALL)
_AMOUNT = "(-?[0-9]{1,15}|none)"
_ROW = re.compile(rf"row:([0-9a-f]{{16}}|rest):{_AMOUNT}:{_AMOUNT}:([0-9a-f]{{16}})")
_NONE = "none"


@frozen
class KeyedRow:
    """A row's key, and what stands for the texts that were beside it when it was written."""

    key: RowKey
    shown: str


@frozen
class KeyedDraft:
    """The draft of a sheet: its content and the name of its file."""

    digest: str
    file: str


def draft_text(row: DraftRow) -> str:
    """The key of a draft, as its cell holds it."""
    return f"{START}{FORMAT}:draft:{row.digest}|{row.file}"


def row_text(key: RowKey, shown: str) -> str:
    """The key of a row, as its cell holds it."""
    return f"row:{key.row}:{_number(key.asked)}:{_number(key.first)}:{shown}"


def parsed(text: str) -> KeyedDraft | KeyedRow | None:
    """What such a cell holds; ``None`` where it holds neither."""
    draft = _DRAFT.fullmatch(text)
    if draft is not None:
        return KeyedDraft(digest=draft[1], file=draft[2])
    row = _ROW.fullmatch(text)
    if row is None:
        return None
    return KeyedRow(key=RowKey(row=row[1], asked=_parsed(row[2]), first=_parsed(row[3])), shown=row[4])


def _number(amount: int | None) -> str:
    return _NONE if amount is None else str(amount)


def _parsed(text: str) -> int | None:
    return None if text == _NONE else int(text)
