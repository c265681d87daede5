"""What a post earns over its dates: whole months, part-months and the year-end bonus (年終獎金).

FSP-113 附件2 一, 備註3(5); RSP-108 附件一 一. A partly served month pays monthly × days in post ÷ days of the
month, half up, once. The month of joining counts as a whole month for the bonus (interpretation).
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from attrs import frozen

from grantcalc import roc
from grantcalc.finding import Explanation, Operation
from grantcalc.money import Exact, whole
from grantcalc.sources import Citation
from grantcalc.text import Message, Value
from grantcalc.units import Unit

MONTHLY = Message("monthly pay")
WHOLE_MONTHS = Message("whole months")
MONTHS = Message("months served in full")
PART_MONTH = Message("part of a month: {days} of {of} days from {start} to {end}")
BONUS = Message("year-end bonus")
BONUS_MONTHS = Message("months of bonus")
EARNED = Message("earned by the dates of the post")
SHARE = Message("share of the month served")


@frozen(kw_only=True)
class BonusRule:
    """The year-end bonus clause: full ``months`` when in post by ``in_post_by`` and still on ``still_on``."""

    months: Fraction
    in_post_by: tuple[int, int]
    still_on: tuple[int, int]
    citation: Citation
    joining_month_counts: bool = True

    def earned(self, hired: dt.date, end: dt.date, year: int) -> Fraction:
        """Months of bonus of one who joined on ``hired`` and serves until ``end``, in the common-era ``year``."""
        still_on = dt.date(year, *self.still_on)
        if not hired <= still_on <= end:
            return Fraction(0)
        if hired <= dt.date(year, *self.in_post_by):
            return self.months
        first = hired if self.joining_month_counts or hired.day == 1 else _next_month(hired)
        in_post = roc.months_touched(first, dt.date(year, 12, 31))
        return self.months * in_post / 12


@frozen(kw_only=True)
class Month:
    """One calendar month of a post: the days in post and their pay, without the bonus."""

    start: dt.date
    end: dt.date
    amount: int

    @property
    def days(self) -> int:
        """Days in post."""
        return (self.end - self.start).days + 1

    @property
    def is_whole(self) -> bool:
        """Whether every day of the month is served."""
        return self.days == roc.days_in_month(self.start)


def months_of(monthly: Exact, start: dt.date, end: dt.date) -> tuple[Month, ...]:
    """The pay of every month from ``start`` to ``end``: a part of one in proportion to its days, half up."""
    return tuple(
        Month(
            start=first,
            end=last,
            amount=_in_proportion(monthly, (last - first).days + 1, roc.days_in_month(first)),
        )
        for first, last in roc.month_spans(start, end)
    )


def _in_proportion(monthly: Exact, days: int, of: int) -> int:
    # Most months are whole, and simulations work out very many of them.
    if days == of:
        return whole(monthly)
    return whole(Fraction(monthly) * days / of)


@frozen(kw_only=True)
class Earned:
    """What one person earns: ``served`` without the bonus, ``bonus``, and their sum."""

    monthly: Exact
    months_served: tuple[Month, ...]
    bonus_months: Fraction
    bonus: int
    citation: Citation

    @property
    def parts(self) -> tuple[Month, ...]:
        """Months served in part."""
        return tuple(month for month in self.months_served if not month.is_whole)

    @property
    def whole_months(self) -> int:
        """Months served in full."""
        return sum(month.is_whole for month in self.months_served)

    @property
    def months_pay(self) -> int:
        """Pay of the months served in full."""
        return sum(month.amount for month in self.months_served if month.is_whole)

    @property
    def served(self) -> int:
        """Pay of the months served, without the bonus."""
        return sum(month.amount for month in self.months_served)

    @property
    def total(self) -> int:
        """Everything the dates earn."""
        return self.served + self.bonus

    @property
    def months(self) -> Fraction:
        """Months of pay, part-months as fractions, bonus included."""
        parts = sum((Fraction(part.days, roc.days_in_month(part.start)) for part in self.parts), Fraction(0))
        return self.whole_months + parts + self.bonus_months

    def explanation(self) -> Explanation:
        """The arithmetic, month by month where a month is served in part."""
        monthly = Explanation(label=MONTHLY, value=self.monthly, unit=Unit.DOLLAR)
        inputs = [
            Explanation(
                label=WHOLE_MONTHS,
                value=self.months_pay,
                unit=Unit.DOLLAR,
                operation=Operation.PRODUCT,
                inputs=(monthly, Explanation(label=MONTHS, value=self.whole_months, unit=Unit.MONTH)),
            )
        ]
        for part in self.parts:
            of = roc.days_in_month(part.start)
            share = Explanation(label=SHARE, value=Fraction(part.days, of), unit=Unit.MONTH)
            label = PART_MONTH(days=part.days, of=of, start=part.start, end=part.end)
            inputs.append(_product(label, part.amount, monthly, share, self.citation))
        bonus = Explanation(label=BONUS_MONTHS, value=self.bonus_months, unit=Unit.MONTH, origin=self.citation)
        inputs.append(_product(BONUS, self.bonus, monthly, bonus, self.citation))
        return Explanation(
            label=EARNED, value=self.total, unit=Unit.DOLLAR, operation=Operation.SUM, inputs=tuple(inputs)
        )


def earn(monthly: Exact, start: dt.date, end: dt.date, bonus: BonusRule, hired: dt.date | None = None) -> Earned:
    """What one person earns from ``start`` to ``end`` (both included) at ``monthly``; one year.

    ``hired`` is the start of the employment where it lies before ``start``.
    """
    bonus_months = bonus.earned(min(hired or start, start), end, start.year)
    return Earned(
        monthly=monthly,
        months_served=months_of(monthly, start, end),
        bonus_months=bonus_months,
        bonus=whole(Fraction(monthly) * bonus_months),
        citation=bonus.citation,
    )


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


def _product(
    label: Value | Message, value: int, first: Explanation, second: Explanation, origin: Citation
) -> Explanation:
    return Explanation(
        label=label,
        value=value,
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=(first, second),
        origin=origin,
        rounding="half-up",
    )
