"""Who pays each row where the remarks say so of every one: 中央補助, 中央補助，外聘, 市府自籌."""

from __future__ import annotations

import re

from attrs import evolve

from grantcalc.reading.county.headers import FUNDS
from grantcalc.reading.county.model import ColumnKind, CountyRow, CountyTable, RowKind
from grantcalc.reading.county.payers import payer_of
from grantcalc.reading.county.words import Words

_FEWEST = 2
_ENDS = re.compile(r"[\s,，;；、。/()（）:：]+")


def with_funds(table: CountyTable, words: Words) -> CountyTable:
    """The table with the payer of each entry; unchanged where one remark begins otherwise, or a column tells."""
    entries = [row for row in table.rows if row.kind is RowKind.ENTRY]
    told = {*FUNDS, ColumnKind.FUND} & {column.kind for column in table.columns}
    if told or len(entries) < _FEWEST or table.column(ColumnKind.DESCRIPTION) is None:
        return table
    payers: dict[int, ColumnKind] = {}
    for row in entries:
        found = _payer(table, row, words)
        if found is None:
            return table
        payers[row.number] = found
    rows = (evolve(row, fund=payers[row.number]) if row.number in payers else row for row in table.rows)
    return evolve(table, rows=tuple(rows))


def _payer(table: CountyTable, row: CountyRow, words: Words) -> ColumnKind | None:
    written = table.value(row.number, ColumnKind.DESCRIPTION)
    first = next(filter(None, _ENDS.split(written)), "") if isinstance(written, str) else ""
    return payer_of(first, words)
