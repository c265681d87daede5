"""Sums, periods and years as counties write them in running text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from grantcalc.reading.county.spoken import day_of, period_of, sum_of, years_of

YEAR = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("113年1月1日至113年12月31日", YEAR),
        ("自１１３年１月１日起至１１３年１２月３１日止", YEAR),
        ("113年1月1日至12月31日", YEAR),
        ("113/01/01~113/12/31", YEAR),
        ("113.1.1－113.12.31", YEAR),
        ("113年1月至12月", YEAR),
        ("中華民國113年1月1日起至中華民國113年12月31日", YEAR),
        ("2024-01-01 ~ 2024-12-31", YEAR),
        ("113年3月1日到113年12月31日", (dt.date(2024, 3, 1), dt.date(2024, 12, 31))),
        ("113年1月1日", None),
        ("核定日起至113年12月31日", None),
        ("113年12月31日至113年1月1日", None),
        ("113年13月1日至113年12月31日", None),
        ("", None),
        (20240101.0, None),
    ],
)
def test_period(text: object, expected: tuple[dt.date, dt.date] | None) -> None:
    found = period_of(text)
    assert (found and (found.start, found.end)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新臺幣970,328元整", 970328),
        ("970,328", 970328),
        ("９７０，３２８元", 970328),
        ("1,200千元", 1200000),
        ("97.5萬元", 975000),
        ("0元（無）", 0),
        (970328.0, 970328),
        ("12.5", Decimal("12.5")),
        ("補助900,000元、自籌70,328元", None),
        ("無", None),
        (True, None),
    ],
)
def test_sum(text: object, expected: object) -> None:
    assert sum_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("嘉義縣113年度計畫", (113,)),
        ("2024年家庭支持", (113,)),
        ("依112年度執行成果提報113年度計畫", (112, 113)),
        ("服務3年", ()),
        ("1130101", ()),
    ],
)
def test_years(text: str, expected: tuple[int, ...]) -> None:
    assert years_of(text) == expected


def test_day() -> None:
    assert day_of("中華民國112年9月20日") == dt.date(2023, 9, 20)
    assert day_of(dt.datetime(2023, 9, 20, 8, tzinfo=dt.UTC)) == dt.date(2023, 9, 20)
    assert day_of("　年　月　日") is None


def test_years_in_numerals() -> None:
    assert years_of("一百一十三年度概算表") == years_of("中華民國一一三年度") == (113,)
    assert years_of("執行十二年之經驗") == years_of("第一百二十年") == ()
