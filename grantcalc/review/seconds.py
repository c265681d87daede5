"""Amounts of the second review (複審) that a person typed into an earlier review workbook, and where they belong now.

An amount is carried only onto the row it was typed for: of the very same draft (its content), the same row, the same
amounts asked for and left by the first review. Every other one is told, with the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from attrs import Factory, frozen

from grantcalc.place import Place
from grantcalc.reading.identity import Masker
from grantcalc.review.amounts import RowAmount
from grantcalc.text import Language, Message, Text, Tongue, Value

CUT_OFF = "…"
"""Stands where a place is cut short."""
REST = "rest"
"""What stands for the row of the cuts that belong to no single row."""
MOST = 10**12
"""Dollars that nobody asks for."""

CARRIED = Message(
    "Amounts of the second review carried over from {file}: {number}; not carried over: {left}. Page, opinion and "
    "sums on the terminal show the first review."
)
NOTHING_TYPED = Message("No amount of a second review is typed in {file}; nothing was carried over.")
HIDDEN = Message(
    "{file}: these sheets are hidden and were not read; what is typed there was not carried over: {sheets}."
)
NOT_CARRIED = Message("Not carried over: {amount}, typed in {file} at {place} for {draft}, {row}: {reason}")
OF_NO_DRAFT = Message("Not carried over: {amount}, typed in {file} at {place} for {row}: {reason}")

_BYTES = 8
_CHINESE = Language(Tongue.ZH_TW)
_MASKER = Masker()


def short(*parts: str) -> str:
    """One short name for these texts, of letters and digits."""
    told = "".join([f"{len(part)}:{part}" for part in parts])
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()


@frozen(kw_only=True)
class RowKey:
    """Which row an amount was typed for, what it asked for, and what the first review left of it."""

    row: str
    asked: int | None
    first: int | None

    @property
    def is_rest(self) -> bool:
        """Whether it is the row of the cuts that belong to no single row: none of them is above zero."""
        return self.row == REST


def key_of(row: RowAmount) -> RowKey:
    """The key of a row: the same in every language, another one where anything that names the row is."""
    title = _CHINESE(row.title)
    # Not the sheet: that of a text table is called like its file.
    name = short(row.path, row.place.cell or "", row.category, title, row.detail)
    return RowKey(row=name, asked=row.asked, first=row.allowed)


def key_of_rest(rest: int) -> RowKey:
    """The key of what is cut of no single row."""
    return RowKey(row=REST, asked=0, first=-rest)


def shown_key(*cells: str | int | None) -> str:
    """Stands for what a row shows, blanks aside: a key that was sorted to another row no longer fits it."""
    return short(*[_MASKER.text(" ".join(str(cell).split())) if cell is not None else "" for cell in cells])


def shows(text: str, place: Place) -> bool:
    """Whether a text is that place as a workbook shows it, in any language and cut short to any width."""
    whole, text = " ".join(place.shown.split()), " ".join(text.split())
    start, cut, end = text.partition(CUT_OFF)
    return whole == text or (bool(cut) and whole.startswith(start) and whole.endswith(end))


@frozen(kw_only=True)
class Typed:
    """One cell of the second review that somebody filled in; ``fault`` says why it is no amount to carry."""

    place: str
    """The sheet and cell of the earlier workbook."""
    row: Value
    """The row as that workbook shows it."""
    written: Value
    key: RowKey | None = None
    amount: int | None = None
    fault: Text | None = None
    beside: str = ""
    """The place of the row in the draft, as that workbook shows it: cut short where it was too long."""


@frozen(kw_only=True)
class EarlierSheet:
    """What is typed in one table; ``digest`` and ``file`` are of the draft that it was made for.

    Both are empty where the sheet no longer says so: all that is typed there has a fault.
    """

    digest: str
    file: str
    typed: tuple[Typed, ...]


@frozen(kw_only=True)
class Earlier:
    """An earlier review workbook, as far as its second review goes."""

    file: str
    sheets: tuple[EarlierSheet, ...]
    notes: tuple[Text, ...] = ()


@frozen(kw_only=True)
class NotCarried:
    """An amount that was typed and is not in the new workbook."""

    draft: str
    """The name of its file in the earlier workbook; empty where the sheet no longer says so."""
    typed: Typed
    reason: Text
    number: int | None = None
    """Of the draft in this review, where there is one of that name or content."""


@frozen(kw_only=True)
class Seconds:
    """What became of the amounts of an earlier workbook; ``amounts`` by the draft's number and the row's key."""

    file: str
    amounts: Mapping[int, Mapping[str, int]] = Factory(dict)
    left: tuple[NotCarried, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def number(self) -> int:
        """How many were carried over."""
        return sum(map(len, self.amounts.values()))

    def told(self) -> tuple[Text, ...]:
        """How many were carried, and every one that was not, by name."""
        if not self.number and not self.left:
            return (NOTHING_TYPED(file=self.file), *self.notes)
        return (
            CARRIED(number=self.number, file=self.file, left=len(self.left)),
            *self.notes,
            *(self._told(one) for one in self.left),
        )

    def _told(self, one: NotCarried) -> Text:
        typed = one.typed
        if not one.draft:
            return OF_NO_DRAFT(
                amount=typed.written, file=self.file, place=typed.place, row=typed.row, reason=one.reason
            )
        return NOT_CARRIED(
            amount=typed.written,
            file=self.file,
            place=typed.place,
            draft=one.draft,
            row=typed.row,
            reason=one.reason,
        )
