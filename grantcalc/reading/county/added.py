"""Rows that name no sum, but whose amount is the sum of the rows above: sums, or for a person to look at."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from attrs import define, field

from grantcalc.reading.county.model import RowKind

_FEW = 2
"""Two amounts may well add up to a third by chance; more hardly do."""
_MOST = 500
"""Entries up to which a row without a word is looked at as their sum."""


@define
class Added:
    """The amounts of a table's entries so far: all of them, and those since the last sum."""

    entries: list[Decimal] = field(factory=list)
    since: list[Decimal] = field(factory=list)

    def count(self, kind: RowKind, value: Decimal | None) -> None:
        """One more row."""
        if kind in {RowKind.SUBTOTAL, RowKind.TOTAL}:
            self.since.clear()
        if kind is RowKind.ENTRY and len(self.entries) < _MOST:
            self.entries.append(value or Decimal(0))
            self.since.append(value or Decimal(0))

    def equals(self, stated: Decimal | None) -> bool:
        """Whether an amount is the sum of the entries since the last sum, or of all."""
        if not stated or len(self.entries) >= _MOST:
            return False
        return any(len(found) > 1 and sum(found) == stated for found in (self.since, self.entries))

    def is_sum(self, stated: Decimal, sums: Iterable[Decimal | None], rest: Decimal) -> bool:
        """Whether such a row is a sum: the ``sums`` below leave it out, or none is below and several rows above.

        ``rest`` is what the entries below state.
        """
        above, known = sum(self.entries, Decimal(0)), list(sums)
        if above + stated in known or above + stated + rest in known:
            return False
        return above in known or above + rest in known or (len(self.entries) > _FEW and not known)
