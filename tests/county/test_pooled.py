"""Insurance and bonus of several posts in one row: shared out where its numbers prove it, else a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from grantcalc.checking import check
from grantcalc.draft.model import Fund, Reading
from grantcalc.finding import Outcome
from tests.county.grids import Rows
from tests.county.test_entries import FUNDS, library, reading_of, told
from tests.county.test_posts import numbers, post_of

PERSONNEL = ["一、人事費", "", "", "", "", ""]
MANAGERS = ["個管員", 40000, 13.5, "月", 1620000, "40,000元×13.5月×3人"]
SUPERVISOR = ["督導", 52000, 13.5, "月", 702000, "52,000元×13.5月×1人"]
DAPC = "dapc-113"


def insured(reading: Reading) -> list[tuple[object, object]]:
    """Insurance a month of one person, and the year's of all of a post."""
    return [(post.employer_insurance, post.insurance_amount) for post in reading.draft.positions]


def of_staff(*rows: Sequence[object]) -> Reading:
    """Three case managers and a supervisor, and what else the sheet has."""
    return reading_of([PERSONNEL, MANAGERS, SUPERVISOR, *rows], programme=DAPC)


@pytest.mark.parametrize(
    "row",
    [
        ["勞健保及勞退", "", "", "", 288000, "6,000元*12月*4人"],
        ["勞健保及勞退", 6000, 48, "人月", 288000, ""],
        ["勞健保及勞退", 6000, 48, "人月", 288000, "4人×12月"],
        ["雇主負擔勞健保費", 6000, 4, "人", 288000, "6,000元×12月×4人"],
    ],
    ids=["words", "months of persons", "with the words", "months in the words alone"],
)
def test_insurance_is_shared_out_where_its_numbers_prove_it(row: Sequence[object]) -> None:
    reading = of_staff(row)
    assert insured(reading) == [(6000, 216000), (6000, 72000)]
    assert reading.draft.lines == ()
    (one,) = told(reading, "was shared out over 2 posts")
    assert one.sure


@pytest.mark.parametrize(
    "row",
    [
        ["勞健保及勞退", "", "", "", 300000, ""],
        ["勞健保及勞退", "", "", "", 360000, "6,000元*12月*5人"],
        ["勞健保及勞退", "", "", "", 300000, "6,000元*12月*4人"],
        ["勞健保及勞退", 6000, 46, "人月", 276000, ""],
    ],
    ids=["no numbers", "other persons", "another amount", "months that do not divide"],
)
def test_insurance_that_nothing_splits_stays_a_row(row: Sequence[object]) -> None:
    reading = of_staff(row)
    assert insured(reading) == [(None, None), (None, None)]
    (line,) = reading.draft.lines
    assert (line.item, line.category, line.amount) == ("employer-insurance", "人事費", row[4])
    (one,) = told(reading, "nothing says how much to each of 2")
    assert (one.place.cell, one.sure) == ("A6", False)


def test_posts_that_are_held_for_other_months_are_not_insured_alike() -> None:
    part = ["督導", 52000, 8, "月", 416000, "52,000元×8月×1人"]
    reading = reading_of([PERSONNEL, MANAGERS, part, ["勞健保及勞退", 6000, 40, "人月", 240000, ""]], programme=DAPC)
    assert insured(reading) == [(None, None), (None, None)]
    assert [line.amount for line in reading.draft.lines] == [240000]


def test_totals_hold_with_pooled_insurance() -> None:
    for amount, words in ((288000, "6,000元*12月*4人"), (300000, "")):
        total = ["總計", "", "", "", 1620000 + 702000 + amount, ""]
        reading = of_staff(["勞健保及勞退", "", "", "", amount, words], total)
        report = check(reading, library().programme(DAPC), library().tables)
        assert [one for one in report.findings if one.rule in {"draft/total", "draft/unread-cell"}] == []


def test_a_row_that_no_item_is_for_is_no_unknown_item() -> None:
    rows: Rows = [
        ["一、專業服務費", "", "", "", "", ""],
        ["社工員", 36000, 12, "月", 432000, ""],
        ["督導", 40000, 12, "月", 480000, ""],
        ["勞健保費", 5000, 23, "", 115000, ""],
    ]
    reading = reading_of(rows)
    (line,) = reading.draft.lines
    assert (line.item, line.description, line.amount) == (None, "勞健保費", 115000)
    report = check(reading, library().programme("fsp-113"), library().tables)
    assert [one for one in report.findings if one.rule == "draft/unknown-item"] == []
    assert len(told(reading, "The quantity 23 has no unit")) == 1


def test_an_amount_of_own_funds_that_is_nothing_says_who_pays() -> None:
    rows: Rows = [
        [*PERSONNEL, ""],
        ["個管員", 40000, 13.5, "月", 540000, 540000, 0],
        ["督導", 52000, 13.5, "月", 702000, 702000, 0],
        ["勞健保", 6000, 24, "人月", 144000, 144000, 0],
        ["小計", "", "", "", 1386000, 1386000, 0],
    ]
    reading = reading_of(rows, FUNDS, DAPC)
    assert insured(reading) == [(6000, 72000), (6000, 72000)]
    assert {post.fund for post in reading.draft.positions} == {Fund.SUBSIDY}
    report = check(reading, library().programme(DAPC), library().tables)
    assert [one for one in report.findings if one.rule == "draft/total" and one.outcome is Outcome.ERROR] == []


def test_a_bonus_is_shared_out_where_the_posts_own_pay_makes_it() -> None:
    reading = of_staff(["年終獎金", "", 1.5, "月", 258000, ""])
    assert [post.pay_amount for post in reading.draft.positions] == [1800000, 780000]
    assert [post.months for post in reading.draft.positions] == [15, 15]
    left = of_staff(["年終獎金", "", 1.5, "月", 250000, ""])
    assert [post.months for post in left.draft.positions] == [Decimal("13.5")] * 2
    assert [line.amount for line in left.draft.lines] == [250000]


@pytest.mark.parametrize(
    "bonus",
    [
        ["社工員年終獎金", 36000, 3, "月", 108000, "2人*1.5個月"],
        ["社工員年終獎金", 36000, 3, "人月", 108000, ""],
        ["社工員年終獎金", 36000, "", "", 108000, "36,000元×2人×1.5個月"],
    ],
)
def test_the_months_of_a_bonus_are_those_of_one_person(bonus: Sequence[object]) -> None:
    post = post_of([["一、專業服務費", "", "", "", "", ""], ["社工員", 36000, 24, "人月", 864000, "2人*12月"], bonus])
    assert numbers(post) == (2, 36000, Decimal("13.5"), 972000)


def test_months_that_only_the_explanation_counts() -> None:
    rows: Rows = [PERSONNEL, ["個管員", 42000, 16, "人", 9072000, "42,000元×13.5個月×16人"]]
    assert numbers(post_of(rows, programme=DAPC)) == (16, 42000, Decimal("13.5"), 9072000)


def test_insurance_of_an_activity_is_no_part_of_a_post() -> None:
    rows: Rows = [
        ["一、專業服務費", "", "", "", "", ""],
        ["社工員", 36000, 12, "月", 432000, ""],
        ["二、訓練及活動費", "", "", "", "", ""],
        ["家庭日—保險費", 35, 60, "人", 2100, ""],
    ]
    reading = reading_of(rows)
    assert [(line.item, line.amount) for line in reading.draft.lines] == [("accident-insurance", 2100)]
    assert insured(reading) == [(None, None)]


def test_a_post_in_the_explanation_of_a_row_that_names_its_category() -> None:
    post = post_of([["A 專業服務費", 41766, 27, "", 1127682, "社工員2人 41,766元*13.5月"]])
    assert numbers(post) == (2, 41766, Decimal("13.5"), 1127682)


@pytest.mark.parametrize(
    ("amount", "months"),
    [(540000, Decimal("13.5")), (550000, Decimal("13.5")), (480000, 12)],
    ids=["sum", "wrong", "pay"],
)
def test_months_of_the_bonus_in_a_column(amount: int, months: object) -> None:
    header = ["職稱", "月薪", "月數", "年終月數", "薪資及年終"]
    post = post_of([["個管員", 40000, 12, 1.5, amount]], header, DAPC)
    assert numbers(post) == (1, 40000, months, amount)


def test_own_funds_that_make_no_monthly_pay_are_told_as_unread() -> None:
    rows: Rows = [[*PERSONNEL, ""], ["督導", "", "", "", 1000, 100, 900]]
    reading = reading_of(rows, FUNDS, DAPC)
    (post,) = reading.draft.positions
    assert (post.pay_amount, post.own_monthly_pay) == (100, None)
    assert [cell.place.cell for cell in reading.cells if not cell.claimed and not cell.told] == ["G4"]


def test_a_category_in_doubt_makes_no_error() -> None:
    rows: Rows = [["訓練活動等經費", "", "", "", "", ""], ["個別諮商費", 2000, 10, "小時", 20000, ""]]
    reading = reading_of(rows)
    report = check(reading, library().programme("fsp-113"), library().tables)
    assert [one for one in report.findings if one.rule == "draft/unknown-item"] == []
    assert reading_of([["業務費", "", "", "", "", ""], *rows[1:]]).draft.lines[0].category is None
