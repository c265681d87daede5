"""What one header is taken for, and how surely."""

from __future__ import annotations

from attrs import frozen

from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.words import Version, Word

SURE = 90
"""Of 100: from here on a header is taken for the word it is like without a person's look. Two words of four letters
that differ in one are 75 alike, and may be opposites (補助單價, 補助單位)."""


@frozen(kw_only=True)
class Match:
    """What a header is taken for. ``factor`` is ``None`` where it names no unit of money."""

    kind: ColumnKind
    score: int = 100
    word: Word | None = None
    unit: str | None = None
    factor: int | None = None
    year: int | None = None
    version: Version | None = None
    ranked: int | None = None
    """Its rank, where the figures say more than the word."""

    @property
    def rank(self) -> int:
        """The place of its word among those of its kind; the first is the finest."""
        if self.ranked is not None:
            return self.ranked
        return self.word.rank if self.word is not None else 1_000_000

    @property
    def is_sure(self) -> bool:
        """Whether nobody need look."""
        return self.score >= SURE
