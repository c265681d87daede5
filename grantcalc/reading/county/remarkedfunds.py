"""Who pays each row where the remarks say so of every one: 中央補助, 中央補助，外聘, 市府自籌."""

from __future__ import annotations

import re
from typing import Final

from attrs import evolve

from grantcalc.finding import Place
from grantcalc.reading.county.composed import FUNDS
from grantcalc.reading.county.model import ColumnKind, CountyRow, CountyTable, RowKind
from grantcalc.reading.county.payers import payer_of
from grantcalc.reading.county.words import Words, fold
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message

SEVERAL = Message(
    "Row {row}: “{written}” names one payer first, but says that another pays a part: "
    "who pays what is not read from it."
)
SPLIT = Message("Write what each of them pays into a column, or a row, of its own.")
_FEWEST = 2
_SCORE: Final = 60
_ENDS = re.compile(r"[\s,，;；、。/()（）:：]+")


def with_funds(table: CountyTable, words: Words, sink: Sink) -> CountyTable:
    """The table with the payer of each entry; unchanged where one remark begins otherwise, or a column tells."""
    entries = [row for row in table.rows if row.kind is RowKind.ENTRY]
    told = {*FUNDS, ColumnKind.FUND} & {column.kind for column in table.columns}
    if told or len(entries) < _FEWEST or table.column(ColumnKind.DESCRIPTION) is None:
        return table
    payers: dict[int, ColumnKind] = {}
    several: list[CountyRow] = []
    for row in entries:
        first, rest = _parted(table, row)
        found = payer_of(first, words)
        if found is None:
            return table
        if _of_several(found, rest, words):
            several.append(row)
        else:
            payers[row.number] = found
    for row in several:
        _tell(table, row, sink)
    rows = (evolve(row, fund=payers[row.number]) if row.number in payers else row for row in table.rows)
    return evolve(table, rows=tuple(rows))


def _parted(table: CountyTable, row: CountyRow) -> tuple[str, str]:
    """The first word of a remark, and what stands behind it, folded."""
    written = table.value(row.number, ColumnKind.DESCRIPTION)
    pieces = [one for one in _ENDS.split(written) if one] if isinstance(written, str) else []
    return (pieces[0], fold(" ".join(pieces[1:]))) if pieces else ("", "")


def _of_several(found: ColumnKind, rest: str, words: Words) -> bool:
    """Whether the rest of a remark says that another than the first pays too, or a share: 自籌/補助各50%."""
    others = {ColumnKind.SUBSIDY, ColumnKind.OWN} - {found}
    named = any(word.kind in others and len(name) >= _FEWEST and name in rest for name, word in words.headers.items())
    more = [one for one in words.several_payers if rest.startswith(one) or (len(one) >= _FEWEST and one in rest)]
    if found is ColumnKind.SUBSIDY:
        more = [one for one in more if payer_of(one, words) is not found]
    return bool(rest) and (named or bool(more) or any(one in rest for one in words.shares))


def _tell(table: CountyTable, row: CountyRow, sink: Sink) -> None:
    written = table.value(row.number, ColumnKind.DESCRIPTION)
    place = Place(path="lines", sheet=table.grid.name, cell=table.cell(row.number, ColumnKind.DESCRIPTION))
    message = SEVERAL(row=row.number, written=shown(str(written)))
    sink.recognised(place, message, SPLIT(), score=_SCORE, sure=False)
