"""Takes an excess off several rows: the row with the most first, so that the fewest rows change."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Edit, Place
from grantcalc.money import Number, number
from grantcalc.rules.prices import quantity_cut, quantity_edits, quantity_of
from grantcalc.units import Unit


@frozen(kw_only=True)
class Share:
    """What one row adds to a sum of times or months: ``total`` is made by the quantity at ``index``."""

    line: Line
    index: int
    total: Number

    @property
    def place(self) -> Place:
        """The cell that would be lowered."""
        return self.line.origin.place(f"quantities[{self.index}].number")


@frozen(kw_only=True)
class Reduced:
    """Where the excess stands, the edits that take it off, and their dollars."""

    place: Place
    edits: tuple[Edit, ...]
    cut: int


def reduce_rows(shares: Sequence[Share], excess: Number) -> Reduced:
    """Lower the rows with most until the excess is gone; of equal rows by their ref, else as they stand."""
    ordered = sorted(shares, key=lambda share: (-share.total, share.line.ref or ""))
    edits: list[Edit] = []
    cut, left = 0, excess
    for share in ordered:
        if left <= 0:
            break
        kept = max(share.total - left, 0)
        left = number(left - (share.total - kept))
        lowered, allowed = _lowered(share, kept)
        edits += quantity_edits(share.line, lowered.index, allowed)
        cut += quantity_cut(share.line, lowered.index, allowed)
    return Reduced(place=edits[0].place, edits=tuple(edits), cut=cut)


def _lowered(share: Share, kept: Number) -> tuple[Share, Number]:
    """The quantity to lower and what is left of it: the months where lowering the times would leave none."""
    allowed = _factor(share.line.quantities[share.index].number, kept, share.total)
    months = quantity_of(share.line, Unit.MONTH)
    if allowed or not kept or months is None:
        return share, allowed
    other = _factor(months[1].number, kept, share.total)
    return (evolve(share, index=months[0]), other) if other else (share, allowed)


def _factor(stated: Number, kept: Number, total: Number) -> Number:
    """The quantity that leaves ``kept`` of ``total``; whole where another quantity multiplies it."""
    exact = Fraction(stated) * Fraction(kept) / Fraction(total)
    return number(exact) if stated == total else int(exact)
