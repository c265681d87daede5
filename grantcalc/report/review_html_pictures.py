"""Bars of a review as places and lengths; the template makes elements of them, and the tables hold the same numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from grantcalc.finding import Outcome
from grantcalc.report.pictures import plain, width_of
from grantcalc.review.model import BatchResult, DraftRow
from grantcalc.text import Language, Message, dollars, joined

BY_OUTCOME = Message("Findings by outcome")
COUNTED = Message("{outcome} {number}")
BY_DRAFT = Message("Asked and allowed by draft")
BY_DRAFTS = Message("Asked and allowed by draft: {first} to {last} of {all}")
ASKED, ALLOWED = Message("Asked"), Message("Allowed")
SUMS = Message("{asked} → {allowed}")
TOLD = Message("{drafts} drafts: {asked} asked for, {allowed} allowed. The table of drafts has every number.")

WIDTH, RIGHT = 720, 190
"""Width of a picture, and of the room for the numbers behind the longest bar, both in the picture's own units."""
SIZE = 12
STEP = 24
PAGE = 28
"""Drafts in one picture, so that it fits on a printed page."""
SHORT_LEFT, LEFT = 110, 230


@frozen(kw_only=True)
class Key:
    """A colour and what it stands for."""

    look: str
    label: str
    x: int


@frozen(kw_only=True)
class Part:
    """A rectangle of a bar; ``inset`` from above and below."""

    look: str
    length: float
    inset: int = 0


@frozen(kw_only=True)
class Bar:
    """A row: a label, rectangles one over the other, and the numbers in words behind them."""

    y: int
    label: str
    parts: tuple[Part, ...]
    said: str

    @property
    def reach(self) -> float:
        """Where the longest rectangle ends."""
        return max((part.length for part in self.parts), default=0.0)


@frozen(kw_only=True)
class Chart:
    """A picture of bars with its title and what it tells, for those who do not see it."""

    id: str
    title: str
    told: str
    left: int
    bars: tuple[Bar, ...]
    keys: tuple[Key, ...] = ()
    width: int = WIDTH

    @property
    def top(self) -> int:
        """Where the rows begin."""
        return 24 if self.keys else 4

    @property
    def height(self) -> int:
        """Of the whole picture."""
        return self.top + len(self.bars) * STEP + 6


def outcome_chart(counts: Iterable[tuple[Outcome, int]], speak: Language) -> Chart:
    """How many findings of each gravity."""
    known = list(counts)
    most = max((count for _, count in known), default=0)
    return Chart(
        id="by-outcome",
        title=speak(BY_OUTCOME),
        told=speak(joined(COUNTED(outcome=outcome, number=count) for outcome, count in known)),
        left=SHORT_LEFT,
        bars=tuple(
            Bar(
                y=4 + at * STEP,
                label=speak(outcome),
                parts=(Part(look=f"fill-{outcome.value}", length=_length(count, most, SHORT_LEFT)),),
                said=speak.number(count),
            )
            for at, (outcome, count) in enumerate(known)
        ),
    )


def draft_charts(batch: BatchResult, speak: Language) -> list[Chart]:
    """What every checked draft asks for and is allowed, on one scale, in pictures of a printed page each."""
    rows = batch.checked
    most = max((_sums(row)[0] for row in rows), default=0)
    parts = [rows[at : at + PAGE] for at in range(0, len(rows), PAGE)]
    return [_drafts(part, number, len(rows), most, speak) for number, part in enumerate(parts)]


def _drafts(rows: Sequence[DraftRow], number: int, every: int, most: int, speak: Language) -> Chart:
    first = number * PAGE + 1
    several = BY_DRAFTS(first=first, last=first + len(rows) - 1, all=every)
    asked, allowed = (sum(_sums(row)[which] for row in rows) for which in (0, 1))
    second = 24 + int(width_of(speak(ASKED), SIZE)) + 24 + LEFT
    keys = (
        Key(look="fill-asked", label=speak(ASKED), x=LEFT),
        Key(look="fill-allowed", label=speak(ALLOWED), x=second),
    )
    return Chart(
        id=f"by-draft-{number + 1}",
        title=speak(BY_DRAFT) if every == len(rows) else speak(several),
        told=speak(TOLD(drafts=len(rows), asked=dollars(asked), allowed=dollars(allowed))),
        left=LEFT,
        keys=keys,
        bars=tuple(_draft(row, 24 + at * STEP, most, speak) for at, row in enumerate(rows)),
    )


def _draft(row: DraftRow, y: int, most: int, speak: Language) -> Bar:
    asked, allowed = _sums(row)
    county = (row.report.county_title if row.report is not None else None) or row.county or row.file
    return Bar(
        y=y,
        label=_fitting(f"{row.number}. {speak(county)} {row.programme or ''}", LEFT - 12),
        parts=(
            Part(look="fill-asked", length=_length(asked, most, LEFT)),
            Part(look="fill-allowed", length=_length(allowed, most, LEFT), inset=4),
        ),
        said=speak(SUMS(allowed=speak.number(allowed), asked=speak.number(asked))),
    )


def _sums(row: DraftRow) -> tuple[int, int]:
    return (0, 0) if row.report is None else (row.report.asked, row.report.allowed)


def _length(value: int, most: int, left: int) -> float:
    """Of a rectangle, on a scale whose largest value leaves room for the numbers behind it."""
    return 0.0 if most <= 0 else round(max(value, 0) * (WIDTH - left - RIGHT) / most, 1)


def _fitting(text: str, room: float) -> str:
    """A text cut to a width."""
    shown = plain(text, 80)
    while width_of(shown, SIZE) > room:
        shown = f"{shown[:-2]}…"
    return shown
