"""A price whose row is counted by another unit than its item's (節 for 小時, 人次 for 人日): how it is compared.

A price by a smaller unit that is above the cap is above it in any reading; one that is not may be above it for the
whole unit, so that the unit is asked for. By a larger unit it is the other way round: within the cap for certain, or
for a person to judge. Where a clerk's word may stand for one of the item's unit or for several (次, 場, 人), or where
the row has no quantity at all, a price above the cap is for a person to judge. A unit of another kind (月, 式) says
nothing about the cap: ``draft/unit`` owns such a row.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.rules.prices import counted, priced
from grantcalc.rules.programme import Item
from grantcalc.units import Unit
from grantcalc.unitwords import PORTIONS

_OCCASIONS: Final = frozenset(
    {Unit.HOUR, Unit.PERIOD, Unit.TIME, Unit.SESSION, Unit.CASE, Unit.TRIP, Unit.PERSON, Unit.PERSON_TIME}
)
"""What one and the same occasion is counted by, as clerks write it."""
_COMPARED: Final = _OCCASIONS | {Unit.PERSON_DAY}
_SMALLER: Final = {
    Unit.HOUR: frozenset({Unit.PERIOD}),
    Unit.PERSON_DAY: frozenset({Unit.PERSON_TIME, Unit.HOUR, Unit.PERIOD}),
}
"""Units of which one is no more than one of the item's unit.

A period (節) is shorter than an hour: ``common/fee_parameters#lecture-period-minutes`` (LECTURE-FEE 授課時間). That a
day of a person's work (人日) holds at least one time (人次), hour or period is what is meant; no document says it.
"""
_LARGER: Final = {
    unit: frozenset(whole for whole, parts in _SMALLER.items() if unit in parts)
    for unit in frozenset[Unit]().union(*_SMALLER.values())
}
"""The other way round: an hour is longer than a period."""
_OF_A_HEAD: Final = frozenset({Unit.PERSON, Unit.PERSON_TIME, Unit.PERSON_DAY})
"""What portions are counted for: a lunch box is no more than one person's."""


class Reading(Enum):
    """How the price of a row is compared with the price of its item."""

    OWN = auto()
    """By the item's own unit."""
    SMALLER = auto()
    """By a unit that is no more than the item's: what is above the cap is so for certain, what is below it is not."""
    LARGER = auto()
    """By a unit that is no less than the item's: what is within the cap is so for certain, what is above it is not."""
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
    stated: Unit | str | None = None
    """A unit that the form has none for is in the file's own word."""

    @property
    def certain_above(self) -> bool:
        """Whether a price above the cap is above it in any reading."""
        return self.reading in {Reading.OWN, Reading.SMALLER}

    @property
    def certain_below(self) -> bool:
        """Whether a price that is not above the cap is within it in any reading."""
        return self.reading in {Reading.OWN, Reading.LARGER}


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
    portion = next((one.written for one in counted(line) if one.written in PORTIONS), None)
    if portion is not None and unit in _OF_A_HEAD:
        return Compared(reading=Reading.SMALLER, own=unit, stated=portion)
    larger = next((one for one in units if one in _LARGER.get(unit, ())), None)
    if larger is not None:
        return Compared(reading=Reading.LARGER, own=unit, stated=larger)
    alike = [one for one in units if one in _COMPARED]
    if unit not in _COMPARED or not alike:
        return Compared(reading=Reading.OTHER, own=unit, stated=counted(line)[0].counted_by)
    return Compared(reading=Reading.ALIKE, own=unit, stated=alike[-1])
