"""Prices written as sums, and amounts that a table states by month alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from grantcalc.checking import check
from grantcalc.reading.county.pricesums import price_sum
from tests.county.test_entries import library, reading_of, rules_that_fail, told

MONTHS = [f"{number}月" for number in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")]
BY_MONTH = ["項目", "單價", "數量", "單位", *MONTHS]


@pytest.mark.parametrize(
    ("text", "parts", "price"),
    [
        ("37,765+2,000=39,765元", [37765, 2000], 39765),
        ("３７，７６５＋２，０００", [37765, 2000], 39765),
        ("起薪37,765+社工師4,000=41,765元/月", [37765, 4000], 41765),
        ("(37765元+2000元)", [37765, 2000], 39765),
        ("37,765+2,000=39,766元", [37765, 2000], 39766),
    ],
)
def test_a_sum_in_a_price(text: str, parts: Sequence[int], price: int) -> None:
    found = price_sum(text)
    assert found is not None
    assert (list(found.parts), found.price) == (parts, price)


@pytest.mark.parametrize("text", ["37,765", "2,000元×2小時", "1,000+2階2,000", "37,765-2,000", "300~400", "+", ""])
def test_what_is_no_sum(text: str) -> None:
    assert price_sum(text) is None


def test_a_price_is_read_with_its_arithmetic() -> None:
    reading = reading_of([["社工員", "37,765+2,000=39,765元", 12, "月", 477180, ""]])
    (post,) = reading.draft.positions
    assert (post.monthly_pay, post.months, post.pay_amount) == (39765, 12, 477180)
    (note,) = told(reading, "was read as a price")
    assert (note.sure, note.place.cell, reading.sums) == (True, "B3", ())
    assert "draft/total" not in rules_that_fail(reading)


def test_a_wrong_sum_in_a_price_is_an_error_that_shows_both() -> None:
    reading = reading_of([["印刷費", "1,000+2,000=3,500元", 1, "式", 3500, ""]])
    assert reading.draft.lines[0].unit_price == 3500
    report = check(reading, library().programme("fsp-113"), library().tables)
    (found,) = [one for one in report.findings if one.rule == "draft/total"]
    assert (found.place.cell, found.stated, found.allowed) == ("B3", 3500, 3000)


def test_months_without_their_sum_are_the_amount() -> None:
    rows: list[list[object]] = [
        ["個別諮商費", 2000, 12, "小時", *[2000] * 12],
        ["印刷費", 10000, 1, "式", None, None, 10000, *[None] * 9],
        ["合計", None, None, None, 2000, 2000, 12000, *[2000] * 8, 2001],
    ]
    reading = reading_of(rows, BY_MONTH)
    assert [(line.item, line.amount) for line in reading.draft.lines] == [
        ("counselling-individual", 24000),
        ("printing", 10000),
    ]
    assert [note.place.cell for note in told(reading, "was read as the sum of the columns")] == ["E3", "G4"]
    report = check(reading, library().programme("fsp-113"), library().tables)
    wrong = [(one.place.cell, one.stated, one.allowed) for one in report.findings if one.rule == "draft/total"]
    assert wrong == [("P5", 2001, 2000)]


def test_a_month_that_is_wrong_makes_the_row_wrong() -> None:
    rows: list[list[object]] = [
        ["個別諮商費", 2000, 12, "小時", *[2000] * 11, 3000],
        ["印刷費", 10000, 1, "式", None, None, 10000, *[None] * 9],
    ]
    reading = reading_of(rows, BY_MONTH)
    assert reading.draft.lines[0].amount == 25000
    assert rules_that_fail(reading)["draft/arithmetic"] == 1


def test_months_that_count_hours_are_no_amounts() -> None:
    reading = reading_of([["個別諮商費", 2000, 12, "小時", *[1] * 12]], BY_MONTH)
    assert [line.amount for line in reading.draft.lines] == [None]
