"""A table of who pays how much (經費來源表): its amounts are sums by fund, and no rows of the budget."""

from __future__ import annotations

from attrs import evolve

from grantcalc.finding import Place
from grantcalc.reading.county.columns import Columns
from grantcalc.reading.county.judged import Judged
from grantcalc.reading.county.model import ColumnKind, CountyTable, RowKind
from grantcalc.reading.county.payerlist import is_of_amounts, lists_payers, payer
from grantcalc.reading.county.remedies import BY_MAP
from grantcalc.reading.county.sheetview import SheetView
from grantcalc.reading.county.words import Words
from grantcalc.reading.problems import Sink
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.text import Message

SOURCES = Message(
    "The table with its header in row {row} says who pays how much: its amounts are checked as sums, and make no rows."
)

_ITEMS = frozenset({ColumnKind.ITEM, ColumnKind.CATEGORY, ColumnKind.ROLE})
_PRICED = frozenset({ColumnKind.UNIT_PRICE, ColumnKind.QUANTITY, ColumnKind.MONTHLY_PAY, ColumnKind.MONTHS})


def as_list(columns: Columns, view: SheetView, body: range, words: Words) -> Columns | None:
    """The columns of a table whose only names are payers, with these for its names; ``None`` of any other."""
    kinds = {column.kind for column in columns.known}
    named = next((column for column in columns.known if column.kind is ColumnKind.FUND), None)
    if named is None or kinds & (_ITEMS | _PRICED) or ColumnKind.AMOUNT not in kinds:
        return None
    right = max(column.number for column in columns.known)
    if not lists_payers(view, named.number, body, words, right):
        return None
    known = tuple(evolve(one, kind=ColumnKind.ITEM) if one is named else one for one in columns.known)
    return evolve(columns, known=known)


def is_list(table: CountyTable) -> bool:
    """Whether a table only says who pays how much: it holds nothing but sums."""
    return all(row.kind in {RowKind.TOTAL, RowKind.NOTE} for row in table.rows)


def told_apart(judged: list[Judged], words: Words, place: Place, header: int, sink: Sink) -> list[Judged]:
    """The rows of a table of sources as sums of what each fund pays; unchanged where a row names no payer.

    Of several subsidies the one that a known word names is that of the draft, the others are other sources; where no
    word tells, none is taken for a sum, and each is left for a person.
    """
    rows = [one for one in judged if one.kind in {RowKind.ENTRY, RowKind.HEADING} or one.fund]
    payers = {one.number: found for one in rows if (found := payer(one.facts.name, words)) is not None}
    across = {one.number for one in rows if is_of_amounts(one.facts.name, words)}
    others = len(payers.keys() | across) < len(rows)
    if not rows or others or any(one.facts.detail or one.facts.calculation for one in rows):
        return judged
    paying = {number: found for number, found in payers.items() if found.kind is ColumnKind.SUBSIDY}
    exact = [number for number, found in paying.items() if found.exact]
    chosen = exact if len(exact) == 1 else list(paying) if len(paying) == 1 else []
    sink.recognised(place, SOURCES(row=header), NOTHING_TO_DO(), hint=BY_MAP())
    made = []
    for one in judged:
        found = payers.get(one.number)
        if one.number in across:
            made.append(evolve(one, kind=RowKind.TOTAL, paid_by=None))
        elif found is None:
            made.append(one)
        elif one.number in paying and not chosen:
            made.append(evolve(one, kind=RowKind.NOTE, fund=False, paid_by=None))
        else:
            kind = ColumnKind.OTHER if one.number in paying and one.number not in chosen else found.kind
            made.append(evolve(one, kind=RowKind.TOTAL, fund=True, paid_by=kind))
    return made
