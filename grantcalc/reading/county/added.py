"""Rows that name no sum, but whose amount is the sum of the rows above: sums, or for a person to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from attrs import define, field

from grantcalc.reading.county.model import RowKind

_FEW = 2
"""Two amounts may well add up to a third by chance; more hardly do."""
_MOST = 500
"""Entries up to which a row without a word is looked at as their sum."""


@define
class Below:
    """What stands below a row: how often each amount is a sum's there, and what the other rows state together."""

    sums: Counter[Decimal | None] = field(factory=Counter)
    rest: Decimal = Decimal(0)
    passed: Decimal = Decimal(0)
    """What the rows before state together, but for sums."""
    further: Counter[Decimal | None] = field(factory=Counter)
    """By how much each sum below is more than all rows above it state."""

    @classmethod
    def of(cls, rows: Iterable[tuple[bool, Decimal | None]]) -> Below:
        """All rows of a table: whether each is a sum by its word, and its amount."""
        made = cls()
        for is_sum, value in rows:
            if is_sum:
                made.sums[value] += 1
                made.further[_further(value, made.rest)] += 1
            else:
                made.rest += value or 0
        return made

    def makes(self, so_far: Decimal) -> bool:
        """Whether some sum below is right where the rows down to the last one that was left ask for so much."""
        return so_far - self.passed in self.further

    def leave(self, is_sum: bool, value: Decimal | None) -> None:
        """One row is no more below."""
        if is_sum:
            self.sums[value] -= 1
            self.further[_further(value, self.passed)] -= 1
            self.sums, self.further = _held(self.sums, value), _held(self.further, _further(value, self.passed))
        else:
            self.rest -= value or 0
            self.passed += value or 0


def _further(value: Decimal | None, rows: Decimal) -> Decimal | None:
    return None if value is None else value - rows


def _held(counted: Counter[Decimal | None], key: Decimal | None) -> Counter[Decimal | None]:
    """The same counts, without the key where none is left of it."""
    if not counted[key]:
        del counted[key]
    return counted


@define
class Added:
    """The amounts of a table's entries so far: all of them, and those since the last sum."""

    entries: list[Decimal] = field(factory=list)
    since: list[Decimal] = field(factory=list)
    total: Decimal = Decimal(0)
    """Of all entries."""

    def count(self, kind: RowKind, value: Decimal | None) -> None:
        """One more row."""
        if kind in {RowKind.SUBTOTAL, RowKind.TOTAL}:
            self.since.clear()
        if kind is RowKind.ENTRY:
            self.total += value or 0
        if kind is RowKind.ENTRY and len(self.entries) < _MOST:
            self.entries.append(value or Decimal(0))
            self.since.append(value or Decimal(0))

    def equals(self, stated: Decimal | None) -> bool:
        """Whether an amount is the sum of the entries since the last sum, or of all."""
        if not stated or len(self.entries) >= _MOST:
            return False
        return any(len(found) > 1 and sum(found) == stated for found in (self.since, self.entries))

    def is_sum(self, stated: Decimal, below: Below) -> bool:
        """Whether such a row is a sum: the sums below leave it out, or none is below and several rows above."""
        above, known = sum(self.entries, Decimal(0)), below.sums
        if above + stated in known or above + stated + below.rest in known:
            return False
        return above in known or above + below.rest in known or (len(self.entries) > _FEW and not known)
