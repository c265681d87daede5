"""How far to the right a row of headers reaches: its last one may stand over columns that only the next row names."""

from __future__ import annotations

from grantcalc.reading.county.headers import MONEY, sure
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.sheetview import SheetView
from grantcalc.reading.county.words import Words

_OVER_OTHERS = frozenset({ColumnKind.FUND, ColumnKind.QUANTITY}) | MONEY


def reach(view: SheetView, row: int, right: int, words: Words) -> int:
    """The last column of the headers of a row: of its last cell merged, else of the known words below it."""
    covering = view.merged(row, right)
    if covering is not None and covering[3] > right:
        return covering[3]
    over = sure(view.text(row, right), words)
    if over is None or over.kind not in _OVER_OTHERS or sure(view.text(row + 1, right), words) is None:
        return right
    last = right
    while not view.filled(row, last + 1) and sure(view.text(row + 1, last + 1), words) is not None:
        last += 1
    return last
