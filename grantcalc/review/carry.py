"""Puts the amounts of an earlier second review (複審) onto the rows of this one, or says why it does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from grantcalc.review.amounts import amounts_of
from grantcalc.review.model import BatchResult, DraftRow
from grantcalc.review.seconds import Earlier, EarlierSheet, NotCarried, RowKey, Seconds, Typed, key_of, key_of_rest
from grantcalc.tabledata import Tables
from grantcalc.text import Message, Text, Value, dollars

DRAFT_GONE = Message("no draft of this content is in this review.")
DRAFT_CHANGED = Message("the draft was changed since; look at it again.")
UNREADABLE = Message("the draft could not be checked this time.")
SEVERAL = Message("several drafts have this content, under other names; it is open which one is meant.")
NO_KEY = Message(
    "the row has lost its hidden key (it was put in by hand, or the hidden column was deleted); it is open which row "
    "is meant."
)
ROW_GONE = Message("the draft has no such row any more, as it is read now.")
ASKED_CHANGED = Message("the amount asked for was {before} and is {now}.")
FIRST_CHANGED = Message("the first review was {before} and is {now}.")
TWICE = Message("different amounts are typed for this row on two sheets.")
UNKNOWN = Message("unknown")


def with_seconds(batch: BatchResult, earlier: Earlier | None, tables: Tables) -> BatchResult:
    """The same review, knowing what becomes of the amounts typed earlier; as it is where none are to be carried."""
    return batch if earlier is None else evolve(batch, seconds=_carried(batch, earlier, tables))


def _carried(batch: BatchResult, earlier: Earlier, tables: Tables) -> Seconds:
    amounts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    left: list[NotCarried] = []
    for sheets in _by_draft(earlier.sheets):
        first = sheets[0]
        row, reason = _draft(first, earlier.sheets, batch.rows)
        known = {} if row is None or reason is not None else _keys(row, batch, tables)
        every = [one for sheet in sheets for one in sheet.typed]
        often = _differing(every)
        for one in every:
            why = one.fault or reason or _why_not(one, known, often)
            if why is not None:
                number = None if row is None else row.number
                left.append(NotCarried(draft=first.file, typed=one, reason=why, number=number))
            elif row is not None and one.key is not None and one.amount is not None:
                amounts[row.number][one.key.row] = one.amount
    return Seconds(file=earlier.file, amounts=dict(amounts), left=tuple(left), notes=earlier.notes)


def _by_draft(sheets: Iterable[EarlierSheet]) -> list[list[EarlierSheet]]:
    """Sheets with anything typed, those of one draft together: a sheet may have been copied."""
    found: defaultdict[tuple[str, str], list[EarlierSheet]] = defaultdict(list)
    for sheet in sheets:
        if sheet.typed:
            found[sheet.digest, sheet.file].append(sheet)
    return list(found.values())


def _draft(
    sheet: EarlierSheet, sheets: Sequence[EarlierSheet], rows: Sequence[DraftRow]
) -> tuple[DraftRow | None, Text | None]:
    """The draft of the same content, by its name where several have it; or one of that name, and why it is not it."""
    alike = [row for row in rows if row.digest and row.digest == sheet.digest]
    row = next((row for row in alike if row.file == sheet.file), None)
    if row is None and alike:
        # It has another name now. One that other sheets were made for is theirs.
        theirs = {other.file for other in sheets if other.digest == sheet.digest}
        free = [one for one in alike if one.file not in theirs]
        gone = theirs - {one.file for one in alike}
        row = free[0] if len(free) == len(gone) == 1 else None
        if row is None:
            return None, SEVERAL() if free else DRAFT_GONE()
    if row is None:
        row = next((one for one in rows if one.file == sheet.file), None)
        return row, DRAFT_GONE() if row is None else DRAFT_CHANGED()
    return row, UNREADABLE() if row.report is None else None


def _keys(row: DraftRow, batch: BatchResult, tables: Tables) -> Mapping[str, RowKey]:
    """The keys of a draft's rows as they are now."""
    return {key.row: key for key in _all_keys(row, batch, tables)}


def _all_keys(row: DraftRow, batch: BatchResult, tables: Tables) -> Iterator[RowKey]:
    if row.report is None:
        return
    amounts = amounts_of(row.report, tables, batch.options)
    yield from map(key_of, amounts.rows)
    if amounts.rest:
        yield key_of_rest(amounts.rest)


def _differing(every: Iterable[Typed]) -> Counter[str]:
    """How many different amounts are typed for each row."""
    pairs = {(one.key.row, one.amount) for one in every if one.key is not None and one.amount is not None}
    return Counter(row for row, _ in pairs)


def _why_not(one: Typed, known: Mapping[str, RowKey], often: Counter[str]) -> Text | None:
    """Why an amount does not belong to a row as it is now."""
    if one.key is None:
        return NO_KEY()
    now = known.get(one.key.row)
    if now is None:
        return ROW_GONE()
    if now.asked != one.key.asked:
        return ASKED_CHANGED(before=_money(one.key.asked), now=_money(now.asked))
    if now.first != one.key.first:
        return FIRST_CHANGED(before=_money(one.key.first), now=_money(now.first))
    return TWICE() if often[one.key.row] > 1 else None


def _money(amount: int | None) -> Value:
    return UNKNOWN() if amount is None else dollars(amount)
