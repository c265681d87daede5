"""What a post asks beside what its dates earn, and which clause owns the excess.

Part-months, the year-end bonus (年終獎金) and the months cap share one judgement, so that one excess is one finding.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from enum import Enum
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.money import Number, number, whole
from grantcalc.pay.months import Earned
from grantcalc.rules import ledger
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Limit
from grantcalc.rules.soundness import sound_post
from grantcalc.text import Bilingual

_STEP = Decimal("0.0001")


class Fault(Enum):
    """Which clause an excess of pay breaks."""

    PART_MONTH = "part-month"
    BONUS = "year-end-bonus"
    MONTHS_CAP = "months-cap"


@frozen(kw_only=True)
class Earnings:
    """Values of the three rules: the ``fault`` each owns, and the months ``cap`` of the one that has it.

    ``judge``: roles whose year-end bonus the document neither grants nor refuses, so that a person must: what ``ask``
    says.
    """

    fault: Fault
    cap: Limit | None = None
    judge: tuple[Role, ...] = ()
    ask: Bilingual | None = None


@frozen(kw_only=True)
class Excess:
    """What one post asks above what it may: dollars of all its posts, and months where the months cap owns it."""

    fault: Fault
    asked: int
    allowed: int
    earned: Earned
    months: Number | None = None
    allowed_months: Number | None = None


def months_cap(context: Context) -> Limit | None:
    """The most months of pay a year, bonus included, where the programme prints one."""
    for rule in context.programme.rules:
        if isinstance(rule.values, Earnings) and rule.values.fault is Fault.MONTHS_CAP:
            return rule.values.cap
    return None


def earned_by(context: Context, position: Position) -> Earned | None:
    """What one person of a sound post earns by its dates; ``None`` without pay or with an empty span."""
    dates = ledger.span(position, context.period)
    if dates.end < dates.start or not sound_post(position):
        return None
    return ledger.earned(position, context.period, context.programme.bonus)


def excess_of(context: Context, position: Position) -> Excess | None:
    """What a post asks above its dates; ``None`` where it keeps to them or cannot be judged."""
    earned = earned_by(context, position)
    if earned is None:
        return None
    count = position.people
    asked = asked_pay(position, earned)
    cap = months_cap(context)
    if cap is not None and position.months is not None and position.months > cap.value:
        pay = min(earned.total, whole(Fraction(earned.monthly) * Fraction(cap.value)))
        return Excess(
            fault=Fault.MONTHS_CAP,
            asked=asked,
            allowed=pay * count,
            earned=earned,
            months=position.months,
            allowed_months=_months_within(pay, min(Fraction(cap.value), earned.months), earned),
        )
    if asked <= earned.total * count:
        return None
    full_bonus = whole(Fraction(earned.monthly) * context.programme.bonus.months)
    within_bonus = asked <= (earned.served + full_bonus) * count
    fault = Fault.BONUS if within_bonus else Fault.PART_MONTH
    return Excess(fault=fault, asked=asked, allowed=earned.total * count, earned=earned)


def asked_pay(position: Position, earned: Earned) -> int:
    """Pay of all persons: monthly × months where months are stated, else what is stated above the dates, else these."""
    count = position.people
    if position.months is not None:
        return whole(Fraction(earned.monthly) * Fraction(position.months)) * count
    return max(int(position.pay_amount or 0), earned.total * count)


def _months_within(pay: int, limit: Fraction, earned: Earned) -> Number:
    """Months as a person can write them, cut to four places, that ask for no more than ``pay``."""
    months = (Decimal(limit.numerator) / Decimal(limit.denominator)).quantize(_STEP, rounding=ROUND_DOWN)
    if whole(Fraction(earned.monthly) * Fraction(months)) > pay:
        months -= _STEP
    return number(months)


def bonus_asked(position: Position, earned: Earned) -> int:
    """What a post asks above the months it serves: its year-end bonus, as stated or as its dates earn it."""
    stated = position.months is not None or position.pay_amount is not None
    plain = int(position.pay_amount or 0) if position.months is None else asked_pay(position, earned)
    return max(0, (plain if stated else earned.total * position.people) - earned.served * position.people)
