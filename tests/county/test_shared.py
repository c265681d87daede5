"""Rows that two funds pay: the arithmetic of the whole row is judged; only how they share it is a question."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from grantcalc.checking import check
from grantcalc.draft.model import Reading
from grantcalc.finding import Finding, Outcome
from grantcalc.review.store import dump, load
from tests.county.test_entries import library, reading_of, told

HEADER = ["項目", "單價", "數量", "單位", "合計", "補助款", "自籌款", "說明"]
WORDED = ["項目", "補助款", "自籌款", "合計", "說明"]
BARE = ["項目", "單價", "數量", "單位", "補助款", "自籌款", "說明"]


def errors(reading: Reading, programme: str = "fsp-113") -> list[Finding]:
    """The errors of a reading."""
    report = check(reading, library().programme(programme), library().tables)
    return [one for one in report.findings if one.outcome is Outcome.ERROR]


def shown(reading: Reading, programme: str = "fsp-113") -> list[tuple[str, str | None, object, object]]:
    """Rule, cell, stated and allowed of every error."""
    return [(one.rule, one.place.cell, one.stated, one.allowed) for one in errors(reading, programme)]


@pytest.mark.parametrize(
    ("header", "row", "found"),
    [
        # 8 × 5,000 = 40,000: neither the amount nor the parts
        (WORDED, ["印刷費", 30000, 15000, 45000, "8元×5,000張"], ("D3", 45000, 40000)),
        # 50 × 400 = 20,000 is the amount; the funds pay 25,000
        (WORDED, ["印刷費", 20000, 5000, 20000, "手冊50元×400本"], ("B3", 25000, 20000)),
        # 2,000 × 25 = 50,000 is what the funds pay; the amount says 60,000
        (WORDED, ["團體帶領費", 40000, 10000, 60000, "2000×25節"], ("D3", 60000, 50000)),
        (HEADER, ["印刷費", 10, 500, "份", 6000, 4000, 2000, ""], ("E3", 6000, 5000)),
        (HEADER, ["印刷費", 10, 500, "份", 5000, 4000, 2000, ""], ("F3", 6000, 5000)),
        (BARE, ["印刷費", 10, 500, "份", 4000, 2000, ""], ("E3", 6000, 5000)),
        # one dollar off
        (HEADER, ["印刷費", 10, 500, "份", 5001, 4000, 1001, ""], ("E3", 5001, 5000)),
        # and told in prose
        (WORDED, ["團體帶領費", 40000, 8400, 48400, "每節2,000元，共24節"], ("D3", 48400, 48000)),
    ],
)
def test_a_wrong_row_is_one_error_with_both_figures(
    header: Sequence[object], row: Sequence[object], found: tuple[str, int, int]
) -> None:
    reading = reading_of([row], header)
    assert shown(reading) == [("draft/arithmetic", *found)]
    assert not told(reading, "its funds add up to")


@pytest.mark.parametrize(
    "row",
    [
        ["印刷費", 10, 500, "份", 5000, 4000, 1000, ""],
        ["印刷費", 7, 100, "份", 700, 333, 367, ""],
        ["印刷費", 7, 100, "份", None, 333, 367, ""],
    ],
)
def test_a_right_row_is_none(row: Sequence[object]) -> None:
    assert shown(reading_of([row], HEADER)) == []


def test_the_sharing_stays_a_question_and_the_cap_is_judged() -> None:
    """2,600 × 20 = 52,000 does not divide into 33,333 and 18,667: the price is above 2,000 all the same."""
    reading = reading_of([["個別諮商費", 2600, 20, "小時", 52000, 33333, 18667, ""]], HEADER)
    (question,) = told(reading, "no quantity splits alike")
    assert not question.sure
    assert [line.quantities for line in reading.draft.lines] == [(), ()]
    (cap,) = errors(reading)
    assert (cap.rule, cap.place.cell, cap.stated, cap.allowed) == ("fsp-113/unit-price", "B3", 2600, 2000)
    # 33,333 × 2,000 ÷ 2,600 = 25,640.77: the subsidy of that price in proportion, rounded down
    assert cap.cut is not None
    assert cap.cut.amount == 33333 - 25640


def test_a_wrong_row_keeps_its_cap() -> None:
    reading = reading_of([["個別諮商費", 2600, 20, "小時", 50000, 40000, 10000, ""]], HEADER)
    assert shown(reading) == [
        ("draft/arithmetic", "E3", 50000, 52000),
        ("fsp-113/unit-price", "B3", 2600, 2000),
    ]


def test_a_row_that_cannot_be_worked_out_keeps_its_question() -> None:
    reading = reading_of([["印刷費", None, None, None, 5000, 4000, 500, ""]], HEADER)
    assert shown(reading) == []
    (question,) = told(reading, "its funds add up to")
    assert not question.sure


POSTS = ["職稱", "人數", "月薪", "月數", "合計", "補助款", "自籌款"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (["個案管理員", 1, 40000, 13.5, 540000, 405000, 135000], []),
        (["個案管理員", 1, 40000, 13.5, 550000, 405000, 145000], [("draft/arithmetic", "E3", 550000, 540000)]),
        (["個案管理員", 1, 40000, 13.5, 540000, 405000, 130000], [("draft/arithmetic", "F3", 535000, 540000)]),
        (["個案管理員", 2, 34917, 13.5, 942760, 471380, 471380], []),  # 471,379.5 a person, rounded
    ],
)
def test_posts_of_two_funds(row: Sequence[object], found: list[object]) -> None:
    reading = reading_of([row], POSTS, "dapc-113")
    assert [one for one in shown(reading, "dapc-113") if one[0] == "draft/arithmetic"] == found


def test_a_kept_reading_keeps_the_whole_row() -> None:
    reading = reading_of([["印刷費", 10, 500, "份", 6000, 4000, 2000, ""]], HEADER)
    again = load(dump(reading))
    assert [line.shared for line in again.draft.lines] == [line.shared for line in reading.draft.lines]
    assert shown(again) == shown(reading)


@pytest.mark.parametrize(("stated", "found"), [(5000, []), (6000, [("draft/arithmetic", "E3", 6000, 5000)])])
def test_a_fund_of_a_column_that_is_not_understood_may_pay_the_rest(stated: int, found: list[object]) -> None:
    header = ["項目", "單價", "數量", "單位", "合計", "補助款", "自籌款", "甲乙丙丁戊", "說明"]
    reading = reading_of([["印刷費", 10, 500, "份", stated, 3000, 1000, 1000, ""]], header)
    assert shown(reading) == found
    assert [one.sure for one in told(reading, "its funds add up to")] == [False]
