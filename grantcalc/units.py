"""Units of quantities, and which units count together as a compound one."""

from __future__ import annotations

from enum import Enum


class Unit(Enum):
    """What a quantity counts (單位)."""

    HOUR = "hour"
    PERIOD = "period"
    TIME = "time"
    PERSON = "person"
    MONTH = "month"
    DAY = "day"
    CASE = "case"
    TRIP = "trip"
    SESSION = "session"
    PERSON_DAY = "person-day"
    PERSON_TIME = "person-time"
    PERSON_MONTH = "person-month"
    KM = "km"
    THOUSAND_CHARACTERS = "thousand-characters"
    THOUSAND_WORDS = "thousand-words"
    SCHEME = "scheme"
    LOT = "lot"
    PLAN = "plan"
    # Units of limits and results, never of a row.
    DOLLAR = "dollar"
    POST = "post"
    POINT = "point"
    STEP = "step"
    FAMILY = "family"
    NIGHT = "night"
    FRACTION = "fraction"


_OF_RESULTS = frozenset({Unit.DOLLAR, Unit.POST, Unit.POINT, Unit.STEP, Unit.FAMILY, Unit.NIGHT, Unit.FRACTION})

QUANTITY_UNITS = tuple(unit for unit in Unit if unit not in _OF_RESULTS)
"""The units a row may use."""

COMPOUNDS: dict[Unit, frozenset[Unit]] = {
    Unit.PERSON_DAY: frozenset({Unit.PERSON, Unit.DAY}),
    Unit.PERSON_TIME: frozenset({Unit.PERSON, Unit.TIME}),
    Unit.PERSON_MONTH: frozenset({Unit.PERSON, Unit.MONTH}),
}
"""人次 = 人 × 次 and the like: a row may state either."""
