"""A scenario of staff: who is in post, at what pay, what changes in the year, and the money and cases it must fit.

Everything that is not published but assumed is kept as an :class:`Assumption`, and every output states it.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from fractions import Fraction

from attrs import Factory, evolve, field, frozen

from grantcalc.draft.model import Education, Licence, Period, RiskAllowance, Role
from grantcalc.finding import Explanation
from grantcalc.money import Number, whole
from grantcalc.text import Text

MONTHS = 12


class Insured(Enum):
    """Who bears the employer's insurance (雇主負擔保費): the subsidy, own funds, or a pay that contains it."""

    SUBSIDY = "subsidy"
    OWN = "own"
    INCLUDED = "included"


class PaySource(Enum):
    """Where a monthly pay comes from (薪資依據)."""

    STATED = "stated"
    RANGE = "range"
    SCALE = "scale"
    TABLE = "table"
    IMPLIED = "implied"


class ChangeKind(Enum):
    """What happens to staff in the year (人力異動)."""

    HIRE = "hire"
    LEAVE = "leave"
    PROMOTE = "promote"
    STEP = "step"
    REPLACE = "replace"
    DELAY = "delay"
    RAISE = "raise"


@frozen(kw_only=True)
class Pay:
    """A monthly pay, dollars: one number where ``low`` is ``high``, else a range whose middle a run takes."""

    low: int
    high: int
    source: PaySource
    explanation: Explanation | None = None

    @property
    def middle(self) -> int:
        """The middle of the range, half up."""
        return whole(Fraction(self.low + self.high, 2))

    def times(self, share: Fraction) -> Pay:
        """The pay raised in proportion, half up."""
        low, high = (whole(Fraction(amount) * share) for amount in (self.low, self.high))
        return Pay(low=low, high=high, source=self.source)

    def plus(self, amount: int) -> Pay:
        """The pay raised by so many dollars."""
        return Pay(low=self.low + amount, high=self.high + amount, source=self.source)


@frozen(kw_only=True)
class Basis:
    """What a pay is worked out from, where it is not stated: degree, step, points, licences."""

    monthly: int | tuple[int, int] | None = None
    education: Education | None = None
    step: int | None = None
    points: int | None = None
    licences: tuple[Licence, ...] = ()
    risk: RiskAllowance = RiskAllowance.NONE

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        return self == Basis()

    def over(self, other: Basis | None) -> Basis:
        """This basis, with what it leaves open taken from ``other`` (the basis of the whole role)."""
        if other is None:
            return self
        return evolve(
            self,
            education=self.education or other.education,
            step=other.step if self.step is None else self.step,
            points=other.points if self.points is None else self.points,
            licences=self.licences or other.licences,
            risk=other.risk if self.risk is RiskAllowance.NONE else self.risk,
        )


@frozen(kw_only=True)
class Staff:
    """One entry of staff: ``count`` persons of one role, in post from ``start`` to ``end``.

    ``allowance`` and ``insurance`` are dollars a person and month; without ``insurance`` it is the real cost of the
    employer. ``own_pay`` and ``own_insurance`` are what own funds add to them (自籌). ``bonus``: whether the
    year-end bonus is paid at all. ``entry`` is its place in the file, for messages.
    """

    name: str
    role: Role
    count: int = 1
    person: str | None = None
    start: dt.date
    end: dt.date
    hired_on: dt.date | None = None
    basis: Basis = Factory(Basis)
    allowance: int = 0
    insurance: int | None = None
    own_pay: int = 0
    own_insurance: int = 0
    bonus: bool = True
    entry: str = field(default="", eq=False)


@frozen(kw_only=True)
class Change:
    """One change: ``who`` names an entry of staff (or a role, for a raise), ``count`` how many of its persons.

    ``date`` is the first day on which it holds; of a leave or replacement the last day in post. ``vacancy`` counts
    months without anybody; ``hired`` is the new entry of a hire. ``basis`` holds only what the change states: the pay
    of a replacement or promotion, the step or the points of a step, the amount of a raise.
    """

    kind: ChangeKind
    entry: str = field(default="", eq=False)
    who: str | None = None
    date: dt.date | None = None
    count: int | None = None
    role: Role | None = None
    vacancy: Fraction = Fraction(0)
    months: int | None = None
    percent: Fraction | None = None
    amount: int | None = None
    basis: Basis | None = None
    hired: Staff | None = None


@frozen(kw_only=True)
class Assumption:
    """Something a simulation takes for granted because no document publishes it, or a file left it open."""

    text: Text


@frozen(kw_only=True)
class Scenario:
    """All that a simulation needs. ``cases`` are the open cases of each month of the period.

    ``assumptions`` are only what the builder of the scenario alone knows; all of them are told by
    :func:`grantcalc.headcount.assumptions.assumptions_of`.
    """

    programme: str
    county: str | None = None
    title: str | None = None
    period: Period
    staff: tuple[Staff, ...]
    changes: tuple[Change, ...] = ()
    pay: tuple[tuple[Role, Basis], ...] = ()
    budget: int | None = None
    cases: tuple[Number, ...] | None = None
    insured: Insured = Insured.SUBSIDY
    insurance: int | None = None
    bonus_month: int = MONTHS
    assumptions: tuple[Assumption, ...] = field(default=(), eq=False)

    def basis_of(self, role: Role) -> Basis | None:
        """The pay stated for a whole role."""
        return next((basis for known, basis in self.pay if known is role), None)


@frozen(kw_only=True)
class Stint:
    """So many persons at one pay in one role without a break: what a simulation counts and pays.

    ``first`` is the employment's first day; the bonus belongs to the stint in force on the day that decides it.
    ``insurance``, ``allowance``, ``own_pay`` and ``own_insurance`` are dollars a person and month. Allowance and
    insurance count by calendar months touched. A stint that ``follows`` another of the same persons bears them from
    the first month that it begins: where pay changes inside a month, that month is borne by the stint before.
    """

    name: str
    role: Role
    count: int
    pay: Pay
    start: dt.date
    end: dt.date
    first: dt.date
    last: dt.date
    allowance: int = 0
    insurance: int = 0
    own_pay: int = 0
    own_insurance: int = 0
    bonus: bool = True
    follows: bool = False

    @property
    def insured_pay(self) -> int:
        """The monthly pay that the insurance goes by: own funds' part and allowance in it."""
        return self.pay.middle + self.allowance + self.own_pay

    def insures(self, month: dt.date) -> bool:
        """Whether this stint bears insurance and allowance of a month that it touches (given by its first day)."""
        return not self.follows or month >= self.start
