"""Remedies that several kinds of rule share."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from grantcalc.finding import Edit, Place
from grantcalc.money import Number
from grantcalc.text import Measure, Message, Text, joined
from grantcalc.units import Unit

LOWER = Message("Lower {place} to {allowed} or less, or pay the difference from own funds.")
LOWER_ALL = Message("Lower {changes}, or pay the difference from own funds.")
CHANGE = Message("{place} to {allowed}")
RAISE = Message("Raise {place} to at least {allowed}.")
SET = Message("Set {place} to {allowed}.")
NONE_ALLOWED = Message("Take the amount at {place} out of the subsidy; it may be paid from own funds.")
NOTHING_TO_DO = Message("Nothing to change; for information.")
LOOK = Message("A person must look: {ask}")


def lower(place: Place, allowed: Number, unit: Unit | None = Unit.DOLLAR) -> Text:
    """Lower a field to the largest allowed value; take it out where nothing is allowed."""
    if allowed == 0 and unit is Unit.DOLLAR:
        return NONE_ALLOWED(place=place)
    return LOWER(place=place, allowed=Measure(allowed, unit))


@frozen(kw_only=True)
class Change:
    """A field to lower, and to what."""

    place: Place
    value: Number
    unit: Unit | None = Unit.DOLLAR


def lower_all(changes: Sequence[Change]) -> Text:
    """Lower every one of these fields."""
    if len(changes) == 1:
        return lower(changes[0].place, changes[0].value, changes[0].unit)
    told = (CHANGE(place=one.place, allowed=Measure(one.value, one.unit)) for one in changes)
    return LOWER_ALL(changes=joined(told))


def raise_to(place: Place, allowed: Number, unit: Unit | None = Unit.DOLLAR) -> Text:
    """Raise a field to the smallest allowed value."""
    return RAISE(place=place, allowed=Measure(allowed, unit))


def set_to(place: Place, allowed: Number, unit: Unit | None = Unit.DOLLAR) -> Text:
    """Write exactly this."""
    return SET(place=place, allowed=Measure(allowed, unit))


def edit(place: Place, allowed: Number | None) -> tuple[Edit, ...]:
    """The one edit that mends it."""
    return (Edit(place=place, value=allowed),)
