"""Arithmetic written in words (計算式): 2,000元×2小時×12次×2人=96,000元.

Pure: text in, calculations out. What is no calculation for certain (telephone numbers, dates, sizes, ranges) is left.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from grantcalc.money import Exact, Number, Rounding, number, product, whole
from grantcalc.units import Unit


@frozen(kw_only=True)
class Factor:
    """One number of a product. ``word`` is the unit as written, ``unit`` the form's unit of that name.

    ``per`` holds what a price is for (元/人/次); ``inverse`` says that the number divides.
    """

    number: Number
    unit: Unit | None = None
    word: str = ""
    money: bool = False
    percent: bool = False
    inverse: bool = False
    per: tuple[str, ...] = ()
    step: int = 1
    """What the number is told to: 1000 where it is written in 千元."""

    @property
    def bare(self) -> bool:
        """A number with nothing that says of what."""
        return not (self.word or self.money or self.percent or self.inverse)

    @property
    def value(self) -> Exact:
        """What it multiplies by."""
        exact = Fraction(self.number) / 100 if self.percent else self.number
        return 1 / Fraction(exact) if self.inverse and exact else exact


@frozen(kw_only=True)
class Term:
    """One product: a price and its quantities, in their order; ``text`` as written.

    ``label`` is the text before it where it is not the first of a sum: 講師費2,000元×6節＋場地費3,000元×2場.
    """

    text: str
    factors: tuple[Factor, ...]
    label: str = ""

    @property
    def product(self) -> Exact:
        """All factors multiplied, exactly."""
        return product(*(factor.value for factor in self.factors))

    @property
    def price(self) -> Factor | None:
        """The factor that is the price: the one in 元, else the one without a unit; ``None`` where several may be.

        Of numbers that all have no unit it is the first, of several among others the largest (:attr:`guessed`).
        """
        money = [factor for factor in self.factors if factor.money]
        if money:
            return money[0] if len(money) == 1 else None
        bare = [factor for factor in self.factors if factor.bare]
        if len(bare) == len(self.factors):
            return bare[0] if bare else None
        return max(bare, key=lambda factor: factor.number, default=None)

    @property
    def guessed(self) -> bool:
        """Whether nothing says which of its numbers is the price: several have no unit, and none is in 元."""
        return sum(factor.bare for factor in self.factors) > 1 and not any(factor.money for factor in self.factors)

    @property
    def quantities(self) -> tuple[Factor, ...]:
        """Every factor but the price."""
        price = self.price
        return tuple(factor for factor in self.factors if factor is not price)

    @property
    def plain(self) -> bool:
        """Whether it is a price times quantities, without shares and divisions."""
        return self.price is not None and not any(factor.percent or factor.inverse for factor in self.factors)


@frozen(kw_only=True)
class Equation:
    """What a calculation makes, and what is written behind its sign of equality."""

    computed: Exact
    stated: Number
    step: int = 1
    """What the result is told to: 1000 where it is written in 千元."""
    share: bool = False
    """A percentage is among the factors: its result may be rounded down as well."""

    @property
    def holds(self) -> bool:
        """Whether the two agree, to the dollar, or to the 千元 that the result is written in."""
        if self.stated in {number(self.computed), whole(self.computed)}:
            return True
        if self.step == 1:
            return self.share and self.stated == whole(self.computed, Rounding.DOWN)
        shares = Fraction(self.computed) / self.step
        return any(whole(shares, rounding) * self.step == self.stated for rounding in Rounding)


@frozen(kw_only=True)
class Calculation:
    """One product, or a sum of some, and the result where one is written.

    ``label`` is the text before it, back to the calculation before; ``equations`` all that is stated on the way to the
    result, which is the last of them unless it is only about (約).
    """

    text: str
    label: str
    terms: tuple[Term, ...]
    stated: Number | None = None
    equations: tuple[Equation, ...] = ()

    @property
    def product(self) -> int:
        """What it makes, half up to the dollar."""
        return whole(sum((Fraction(term.product) for term in self.terms), Fraction(0)))

    @property
    def wrong(self) -> Equation | None:
        """The first equation that does not hold."""
        return next((equation for equation in self.equations if not equation.holds), None)

    @property
    def labelled(self) -> tuple[tuple[str, Term], ...]:
        """Its products, each with the words before it: its own, else those before the whole."""
        return tuple((term.label or self.label, term) for term in self.terms)

    @property
    def of_money(self) -> bool:
        """Whether it makes an amount of money rather than a number of hours or persons."""
        return all(term.price is not None or any(one.money for one in term.factors) for term in self.terms)


@frozen(kw_only=True)
class Wording:
    """All calculations of a text, and a total written behind several (合計320,000元)."""

    calculations: tuple[Calculation, ...]
    total: Number | None = None


def calculations(text: str) -> tuple[Calculation, ...]:
    """Every calculation of a text, in its order."""
    return read_wording(text).calculations


def read_wording(text: str) -> Wording:
    """Every calculation of a text, and the total behind several."""
    from grantcalc.wordscan import scan

    return scan(text)


def quantity_of(text: str) -> Factor | None:
    """The number that a text consists of, with its unit (12次, 2,000元/小時); ``None`` where it is anything else."""
    from grantcalc.wordnumbers import whole_quantity

    return whole_quantity(text)
