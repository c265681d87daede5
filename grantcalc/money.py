"""Whole New Taiwan dollars and the two roundings the documents need.

Money is ``int``; rates, point values and quantities are ``int``, ``Decimal`` or ``Fraction``. No float is accepted.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction

Number = int | Decimal
"""A value as a person stated it: whole where it is whole, else an exact decimal."""

Exact = int | Decimal | Fraction
"""A value inside a calculation."""


class Rounding(Enum):
    """How a product becomes whole: ``half-up`` (四捨五入), ``down`` (無條件捨去) or ``up`` (無條件進位)."""

    HALF_UP = "half-up"
    DOWN = "down"
    UP = "up"


def whole(value: Exact, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Round once to a whole number; halves go away from zero as 四捨五入 does."""
    if isinstance(value, int):
        return value
    exact = Fraction(value)
    numerator, denominator = exact.numerator, exact.denominator
    if denominator == 1:
        return numerator
    floor = numerator // denominator
    if rounding is Rounding.DOWN:
        return floor if exact >= 0 else floor + 1
    if rounding is Rounding.UP:
        return floor + 1 if exact >= 0 else floor
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if exact >= 0 else -magnitude


def product(*factors: Exact) -> Exact:
    """Multiply exactly: whole numbers stay ``int``, everything else becomes ``Fraction``."""
    result: Exact = 1
    for factor in factors:
        if isinstance(result, int) and isinstance(factor, int):
            result *= factor
        else:
            result = Fraction(result) * Fraction(factor)
    return result


def number(value: Exact) -> Number:
    """Bring a value to its canonical stated form: ``int`` where whole, else a ``Decimal`` without trailing zeros.

    A fraction with no finite decimal is cut to 10 places; it is for showing only.
    """
    exact = Fraction(value)
    if exact.denominator == 1:
        return exact.numerator
    if isinstance(value, Decimal):
        return value.normalize()
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("1e-10")).normalize()


def shown(value: Exact, digits: int, rounding: Rounding = Rounding.HALF_UP) -> Fraction:
    """A value cut to so many decimal places for a message: half up as 四捨五入 does, never to the even digit."""
    scale = 10**digits
    return Fraction(whole(Fraction(value) * scale, rounding), scale)


def is_whole(value: Exact) -> bool:
    """True where the value has no part of a dollar (or of a piece)."""
    return isinstance(value, int) or Fraction(value).denominator == 1
