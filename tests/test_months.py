"""Pay by dates: whole months, part-months, year-end bonus (common.md's figures, worked by hand)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from grantcalc.money import Rounding, whole
from grantcalc.pay.months import BonusRule, earn
from grantcalc.sources import Citation

RULE = BonusRule(
    months=Fraction(3, 2), in_post_by=(1, 31), still_on=(12, 1), citation=Citation(source="FSP-113", section="附件2")
)
YEAR_END = dt.date(2024, 12, 31)


def test_joining_in_the_middle_of_march() -> None:
    earned = earn(37765, dt.date(2024, 3, 16), YEAR_END, RULE)
    assert [part.amount for part in earned.parts] == [19492]
    assert earned.months_pay == 339885
    assert earned.bonus_months == Fraction(5, 4)
    assert earned.bonus == 47206
    assert earned.total == 406583
    assert earned.explanation().value == 406583


def test_a_whole_year_is_thirteen_and_a_half_months_half_up() -> None:
    earned = earn(48765, dt.date(2024, 1, 1), YEAR_END, RULE)
    assert earned.months == Fraction(27, 2)
    assert earned.total == 658328
    assert whole(Fraction(48765) * earned.months, Rounding.HALF_UP) == 658328


@pytest.mark.parametrize(
    ("start", "end", "hired", "months"),
    [
        (dt.date(2024, 1, 31), YEAR_END, None, Fraction(3, 2)),
        (dt.date(2024, 2, 1), YEAR_END, None, Fraction(11, 8)),
        (dt.date(2024, 2, 1), YEAR_END, dt.date(2024, 1, 31), Fraction(3, 2)),
        (dt.date(2024, 12, 1), YEAR_END, None, Fraction(1, 8)),
        (dt.date(2024, 12, 2), YEAR_END, None, Fraction(0)),
        (dt.date(2024, 1, 1), dt.date(2024, 12, 1), None, Fraction(3, 2)),
        (dt.date(2024, 1, 1), dt.date(2024, 11, 30), None, Fraction(0)),
    ],
)
def test_months_of_bonus(start: dt.date, end: dt.date, hired: dt.date | None, months: Fraction) -> None:
    assert earn(37765, start, end, RULE, hired).bonus_months == months


def test_the_month_of_joining_may_be_left_out() -> None:
    strict = BonusRule(
        months=RULE.months, in_post_by=RULE.in_post_by, still_on=RULE.still_on, citation=RULE.citation,
        joining_month_counts=False,
    )  # fmt: skip
    assert earn(37765, dt.date(2024, 3, 16), YEAR_END, strict).bonus_months == Fraction(9, 8)
    assert earn(37765, dt.date(2024, 3, 1), YEAR_END, strict).bonus_months == Fraction(5, 4)


def test_a_part_month_at_both_ends() -> None:
    earned = earn(31000, dt.date(2024, 3, 16), dt.date(2024, 5, 10), RULE)
    assert [(part.days, part.amount) for part in earned.parts] == [(16, 16000), (10, 10000)]
    assert (earned.whole_months, earned.bonus, earned.total) == (1, 0, 57000)


def test_one_day() -> None:
    assert earn(37765, dt.date(2024, 2, 29), dt.date(2024, 2, 29), RULE).total == 1302
