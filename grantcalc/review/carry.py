"""Puts the amounts of an earlier second review (複審) onto the rows of this one, or says why it does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, frozen

from grantcalc.place import Place
from grantcalc.review.amounts import RowAmount, amounts_of
from grantcalc.review.model import BatchResult, DraftRow
from grantcalc.review.seconds import (
    Earlier,
    EarlierSheet,
    NotCarried,
    RowKey,
    Seconds,
    Typed,
    key_of,
    key_of_rest,
    shown_key,
    shows,
)
from grantcalc.text import Language, Message, Text, Tongue, Value, dollars

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
ABOVE_ASKED = Message("it is more than the row asks for ({asked}); no more than that can be granted.")
ALIKE = Message(
    "the draft has several rows that look like this one, and the place shown beside the amount is not that of the row "
    "its hidden key stands for; it is open which row is meant."
)
UNKNOWN = Message("unknown")

_BOTH = (Language(Tongue.ZH_TW), Language(Tongue.EN))


@frozen(kw_only=True)
class _Row:
    """A row as it is now."""

    key: RowKey
    is_partial: bool = False
    """A part of what it asks for cannot be worked out: it may be granted all the same."""
    place: Place | None = None
    others: tuple[Place, ...] = ()
    """Where the rows stand that look like it."""


def with_seconds(batch: BatchResult, earlier: Earlier | None) -> BatchResult:
    """The same review, knowing what becomes of the amounts typed earlier; as it is where none are to be carried."""
    return batch if earlier is None else evolve(batch, seconds=_carried(batch, earlier))


def _carried(batch: BatchResult, earlier: Earlier) -> Seconds:
    amounts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    left: list[NotCarried] = []
    for sheets in _by_draft(earlier.sheets):
        first = sheets[0]
        row, reason = _draft(first, earlier.sheets, batch.rows)
        known = {} if row is None or reason is not None else _rows(row)
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


def _rows(row: DraftRow) -> Mapping[str, _Row]:
    """A draft's rows as they are now, by the names in their keys."""
    if row.report is None:
        return {}
    amounts = amounts_of(row.report)
    rows = [*_alike(amounts.rows)]
    if amounts.rest:
        rows.append(_Row(key=key_of_rest(amounts.rest)))
    return {one.key.row: one for one in rows}


def _alike(rows: Sequence[RowAmount]) -> Iterator[_Row]:
    """Each row with the places of those that show the same, in one language at least."""
    found: defaultdict[tuple[object, ...], list[RowAmount]] = defaultdict(list)
    looks = {row.path: [_look(row, speak) for speak in _BOTH] for row in rows}
    for row in rows:
        for look in dict.fromkeys(looks[row.path]):
            found[look].append(row)
    for row in rows:
        others = {one.path: one.place for look in looks[row.path] for one in found[look] if one.path != row.path}
        yield _Row(key=key_of(row), is_partial=row.in_part, place=row.place, others=tuple(others.values()))


def _look(row: RowAmount, speak: Language) -> tuple[object, ...]:
    """What a line shows beside its number and place."""
    return shown_key(row.category, speak(row.title), row.detail, row.asked), row.allowed


def _differing(every: Iterable[Typed]) -> Counter[str]:
    """How many different amounts are typed for each row."""
    pairs = {(one.key.row, one.amount) for one in every if one.key is not None and one.amount is not None}
    return Counter(row for row, _ in pairs)


def _why_not(one: Typed, known: Mapping[str, _Row], often: Counter[str]) -> Text | None:
    """Why an amount does not belong to a row as it is now."""
    if one.key is None:
        return NO_KEY()
    row = known.get(one.key.row)
    if row is None:
        return ROW_GONE()
    now = row.key
    if now.asked != one.key.asked:
        return ASKED_CHANGED(before=_money(one.key.asked), now=_money(now.asked))
    if now.first != one.key.first:
        return FIRST_CHANGED(before=_money(one.key.first), now=_money(now.first))
    if now.asked is not None and not row.is_partial and one.amount is not None and one.amount > now.asked:
        return ABOVE_ASKED(asked=dollars(now.asked))
    if not _is_meant(one, row):
        return ALIKE()
    return TWICE() if often[one.key.row] > 1 else None


def _is_meant(one: Typed, row: _Row) -> bool:
    """Whether the place beside an amount tells its row from those that look alike."""
    if not row.others or row.place is None:
        return True
    return shows(one.beside, row.place) and not any(shows(one.beside, other) for other in row.others)


def _money(amount: int | None) -> Value:
    return UNKNOWN() if amount is None else dollars(amount)
