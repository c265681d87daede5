"""Takes an excess off several rows: the row with the most first, so that the fewest rows change."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Edit, Place
from grantcalc.money import Number, number
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.prices import amount_edits, quantity_cut, quantity_edits, quantity_of, with_quantity
from grantcalc.rules.remedies import Change, lower_all
from grantcalc.text import Text
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
    """Where the excess stands, what to change, the edits that take it off, and their dollars."""

    place: Place
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]
    cut: int

    @property
    def remedy(self) -> Text:
        """What the applicant types, in every row."""
        return lower_all(self.changes)


def reduce_rows(shares: Sequence[Share], excess: Number) -> Reduced:
    """Lower the rows with most until the excess is gone; of equal rows by their ref, else as they stand.

    A row of which nothing is left is taken out: a quantity of 0 would be a fault of its own.
    """
    ordered = sorted(shares, key=lambda share: (-share.total, share.line.ref or ""))
    places: list[Place] = []
    changes: list[Change] = []
    edits: list[Edit] = []
    cut, left = 0, excess
    for share in ordered:
        if left <= 0:
            break
        kept = max(share.total - left, 0)
        left = number(left - (share.total - kept))
        lowered, allowed = _lowered(share, kept)
        line = share.line
        places.append(lowered.place)
        if allowed:
            changes.append(Change(place=lowered.place, value=allowed, unit=line.quantities[lowered.index].unit))
            edits += quantity_edits(line, lowered.index, allowed)
            cut += quantity_cut(line, lowered.index, allowed)
        else:
            changes.append(Change(place=line.origin.place("amount"), value=0))
            edits += amount_edits(line, 0)
            cut += line_amount(line) or 0
    return Reduced(place=places[0], changes=tuple(changes), edits=tuple(edits), cut=cut)


def capped(share: Share, most: Number) -> Share:
    """The share with its row as it is once it adds at most ``most``."""
    if share.total <= most:
        return share
    lowered, allowed = _lowered(share, most)
    line = with_quantity(share.line, lowered.index, allowed)
    left = Fraction(share.total) * Fraction(allowed) / Fraction(share.line.quantities[lowered.index].number)
    return evolve(share, line=line, total=number(left))


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
