"""A price whose row is counted by another unit than its item's (節 for 小時, 人次 for 人日): how it is compared.

A price by a smaller unit that is above the cap is above it in any reading; one that is not may be above it for the
whole unit, so that the unit is asked for. Where a clerk's word may stand for one of
the item's unit or for several (次, 場, 人), or where the row has no quantity at all, a price above the cap is for a
person to judge. A unit of another kind (月, 式) says nothing about the cap: ``draft/unit`` owns such a row.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.rules.prices import counted, priced
from grantcalc.rules.programme import Item
from grantcalc.units import Unit

_OCCASIONS: Final = frozenset(
    {Unit.HOUR, Unit.PERIOD, Unit.TIME, Unit.SESSION, Unit.CASE, Unit.TRIP, Unit.PERSON, Unit.PERSON_TIME}
)
"""What one and the same occasion is counted by, as clerks write it."""
_COMPARED: Final = _OCCASIONS | {Unit.PERSON_DAY}
_SMALLER: Final = {
    Unit.HOUR: frozenset({Unit.PERIOD}),
    Unit.PERSON_DAY: frozenset({Unit.PERSON_TIME, Unit.HOUR, Unit.PERIOD}),
}
"""Units of which one is no more than one of the item's unit: a period is shorter than an hour."""


class Reading(Enum):
    """How the price of a row is compared with the price of its item."""

    OWN = auto()
    """By the item's own unit."""
    SMALLER = auto()
    """By a unit that is no more than the item's: what is above the cap is so for certain, what is below it is not."""
    ALIKE = auto()
    """By a unit that may be one of the item's, or several."""
    NONE = auto()
    """The row has no quantity."""
    OTHER = auto()
    """By a unit of another kind: not compared."""


@frozen(kw_only=True)
class Compared:
    """How a price is compared: ``own`` is the item's unit, ``stated`` the row's that stands for it."""

    reading: Reading
    own: Unit
    stated: Unit | None = None

    @property
    def certain_above(self) -> bool:
        """Whether a price above the cap is above it in any reading."""
        return self.reading in {Reading.OWN, Reading.SMALLER}

    @property
    def certain_below(self) -> bool:
        """Whether a price that is not above the cap is within it in any reading."""
        return self.reading is Reading.OWN


def compared(item: Item, line: Line) -> Compared:
    """How the row's price is compared with its item's; the item has units."""
    own = priced(item, line)
    if own is not None:
        return Compared(reading=Reading.OWN, own=own, stated=own)
    unit = item.units[0]
    units = [quantity.unit for quantity in counted(line)]
    if not units:
        return Compared(reading=Reading.NONE, own=unit)
    smaller = next((one for one in units if one in _SMALLER.get(unit, ())), None)
    if smaller is not None:
        return Compared(reading=Reading.SMALLER, own=unit, stated=smaller)
    alike = [one for one in units if one in _COMPARED]
    if unit not in _COMPARED or not alike:
        return Compared(reading=Reading.OTHER, own=unit, stated=units[0])
    return Compared(reading=Reading.ALIKE, own=unit, stated=alike[-1])
