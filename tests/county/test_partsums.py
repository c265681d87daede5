"""Sums below columns of bonuses and of premiums a month, and where the amounts of a post stand."""

from __future__ import annotations

import pytest

from grantcalc.checking import check
from grantcalc.draft.model import Reading
from grantcalc.finding import Outcome
from tests.county.test_entries import library, reading_of

HEADER = [
    *("職稱", "月支薪資", "月數", "薪資小計", "年終獎金(1.5個月)"),
    *("雇主負擔勞健保及勞退(月)", "勞健保勞退小計", "總計"),
]
ROWS = [
    ["社工員", 43765, 12, 525180, 65648, 6000, 72000, 662828],
    ["社工員", 39765, 12, 477180, 59648, 5900, 70800, 607628],
    ["社工督導", 56239, 12, 674868, 84359, 6500, 78000, 837227],
]


def totals_of(reading: Reading) -> list[tuple[str | None, object, object]]:
    """Cell, stated and allowed of every error of draft/total."""
    report = check(reading, library().programme("fsp-113"), library().tables)
    found = [one for one in report.findings if one.rule == "draft/total" and one.outcome is Outcome.ERROR]
    return [(one.place.cell, one.stated, one.allowed) for one in found]


@pytest.mark.parametrize(
    ("bonus", "premium", "found"),
    [
        (209655, None, []),
        (209655, 18400, []),
        (209656, None, [("E6", 209656, 209655)]),
        (209655, 18401, [("F6", 18401, 18400)]),
    ],
)
def test_a_sum_of_parts_is_compared_with_the_parts(
    bonus: int, premium: int | None, found: list[tuple[str, int, int]]
) -> None:
    total = ["合計", None, None, 1677228, bonus, premium, 220800, 2107683]
    assert totals_of(reading_of([*ROWS, total], HEADER)) == found


def test_amounts_of_a_post_stand_in_their_own_cells() -> None:
    reading = reading_of(ROWS, HEADER)
    post = reading.draft.positions[2]
    where = {name: post.origin.place(name).cell for name in ("monthly_pay", "pay_amount", "employer_insurance")}
    assert where == {"monthly_pay": "B5", "pay_amount": "H5", "employer_insurance": "F5"}
    report = check(reading, library().programme("fsp-113"), library().tables)
    found = [one for one in report.findings if one.rule == "fsp-113/employer-insurance"]
    assert [one.place.cell for one in found if one.outcome is Outcome.ERROR] == ["F5"]


@pytest.mark.parametrize("header", ["雇主負擔保險費(12個月)", "雇主負擔保險費（1-12月）", "雇主負擔保險費"])
def test_a_number_of_months_in_a_header_makes_no_monthly_premium(header: str) -> None:
    columns = ["職稱", "月支薪資", "月數", "薪資小計", header]
    (post,) = reading_of([["社工員", 39765, 12, 477180, 72000]], columns).draft.positions
    assert (post.insurance_amount, post.employer_insurance) == (72000, None)


def test_parts_in_rows_of_their_own_have_sums_of_their_own() -> None:
    """The pay and the bonus of a post stand in two blocks of rows, each with its own sum."""
    header = ["項目", "單價", "數量", "單位", "金額", "說明"]
    rows = [
        ["一、人事費"],
        ["社工員薪資", 40000, 12, "月", 480000, ""],
        ["小計", None, None, None, 480000, ""],
        ["社工員年終獎金", 40000, 1.5, "月", 60000, ""],
        ["小計", None, None, None, 60000, ""],
        ["總計", None, None, None, 540000, ""],
    ]
    assert totals_of(reading_of(rows, header)) == []
