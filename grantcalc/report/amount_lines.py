"""Amounts by row (申請、初審) in words: the lines that the page and the workbook of a review show alike."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from grantcalc.finding import Finding, Place
from grantcalc.review.amounts import Amounts, RowAmount
from grantcalc.rules.programme import Programme
from grantcalc.text import Language, Message

REST = Message("Cuts of no single row (caps on sums)")
BY_SHARE = Message("A share of other rows is above its cap once those are lowered.")
UNKNOWN = Message("cannot be worked out")
IN_PART = Message("A part of this row cannot be worked out and is not counted.")


@frozen(kw_only=True)
class AmountLine:
    """One row; the last one may be what is cut of no single row, which stands nowhere (``place``).

    ``remarks`` and then ``findings`` say why it is cut; an error that takes nothing off is no reason.
    """

    category: str
    title: str
    detail: str
    asked: int | None
    allowed: int | None
    remarks: tuple[str, ...]
    findings: tuple[Finding, ...]
    place: Place | None

    @property
    def cut(self) -> int:
        """Dollars taken off."""
        return (self.asked or 0) - (self.allowed or 0)


def amount_lines(amounts: Amounts, programme: Programme, speak: Language) -> Iterator[AmountLine]:
    """Every row, and what belongs to none; their sums are the report's ``asked`` and ``allowed``."""
    for row in amounts.rows:
        yield AmountLine(
            category=_category(row.category, programme, speak),
            title=speak(row.title),
            detail=row.detail,
            asked=row.asked,
            allowed=row.allowed,
            remarks=tuple(map(speak, _remarks(row))),
            findings=row.reasons if row.cut or row.asked is None else (),
            place=row.place,
        )
    if amounts.rest:
        yield AmountLine(
            category="",
            title=speak(REST),
            detail="",
            asked=0,
            allowed=-amounts.rest,
            remarks=() if amounts.rest_findings else (speak(BY_SHARE),),
            findings=amounts.rest_findings,
            place=None,
        )


def _category(name: str, programme: Programme, speak: Language) -> str:
    """A category of the programme by its title, another as the draft writes it."""
    known = programme.category(name)
    return name if known is None else speak(known.title)


def _remarks(row: RowAmount) -> Iterator[Message]:
    if row.asked is None:
        yield UNKNOWN
    if row.in_part:
        yield IN_PART
    if row.by_share:
        yield BY_SHARE
