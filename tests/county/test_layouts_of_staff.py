"""Staff as counties lay it out: posts in columns, pay in parts, details under wider names, roles behind a category."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from grantcalc.checking import check
from grantcalc.draft.model import Fund, Position, Reading, Role
from grantcalc.finding import Outcome
from grantcalc.reading.county.read import read_county
from grantcalc.reading.options import ReadOptions
from tests.county.grids import Rows, book, grid
from tests.county.test_entries import factors, library, told
from tests.county.test_posts import numbers

TITLE = ["苗栗縣政府衛生局113年度毒品危害防制中心工作暨藥癮者處遇計畫概算"]
FULL_YEAR = Decimal("13.5")
POSTS_ABOVE: Rows = [
    TITLE,
    ["項目", "個管員", "資深個管員", "督導", "合計"],
    ["人數", 6, 1, 1, 8],
    ["月薪", 37800, 43200, 45900, ""],
    ["月數（含年終）", 13.5, 13.5, 13.5, ""],
    ["薪資合計", 3061800, 583200, 619650, 4264650],
    ["雇主負擔勞健保勞退（年）", 453600, 84000, 88800, 626400],
    ["總計", 3515400, 667200, 708450, 4891050],
]
ITEMS: Rows = [
    ["項目", "單價", "數量", "單位", "金額", "說明"],
    ["講師鐘點費", 2000, 40, "節", 80000, "外聘"],
    ["誤餐費", 100, 300, "人次", 31000, ""],
]


def reading_of(rows: Rows, *merged: tuple[int, int, int, int], programme: str = "dapc-113") -> Reading:
    made = book({"概算": rows})
    made = evolve(made, grids={"概算": grid("概算", rows, *merged)})
    return read_county(made, library(), Path("x.xlsx"), ReadOptions(programme=programme, county="苗栗縣"))


def cell(post: Position, name: str) -> str | None:
    return post.origin.place(name).cell


def errors(reading: Reading, programme: str = "dapc-113") -> list[tuple[str, str | None, object, object]]:
    report = check(reading, library().programme(programme), library().tables)
    found = [one for one in report.findings if one.outcome is Outcome.ERROR]
    return [(one.rule, one.place.cell, one.stated, one.allowed) for one in found]


def test_posts_in_columns_are_read_each_at_its_own_cells() -> None:
    reading = reading_of(POSTS_ABOVE)
    assert [(post.role, *numbers(post), post.insurance_amount) for post in reading.draft.positions] == [
        (Role.CASE_MANAGER, 6, 37800, FULL_YEAR, 3061800, 453600),
        (Role.SENIOR_CASE_MANAGER, 1, 43200, FULL_YEAR, 583200, 84000),
        (Role.SUPERVISOR, 1, 45900, FULL_YEAR, 619650, 88800),
    ]
    assert reading.draft.lines == ()
    names = ("role", "count", "monthly_pay", "months", "insurance_amount")
    assert [cell(reading.draft.positions[1], name) for name in names] == ["C2", "C3", "C4", "C5", "C7"]
    (said,) = told(reading, "rows and columns exchanged")
    assert (said.place.cell, said.sure) == ("A2", True)


def test_the_column_of_sums_is_checked_where_it_stands() -> None:
    rows = [*POSTS_ABOVE[:7], ["總計", 3515400, 667200, 708450, 4891150]]
    assert ("draft/total", "E8", 4891150, 4891050) in errors(reading_of(rows))


def test_a_wrong_product_below_a_post_is_an_error_at_its_own_cell() -> None:
    wrong = ["薪資合計", 3061800, 593200, 619650, 4274650]
    rows = [*POSTS_ABOVE[:5], wrong, POSTS_ABOVE[6], ["總計", 3515400, 677200, 708450, 4901050]]
    assert errors(reading_of(rows)) == [("draft/arithmetic", "C6", 593200, 583200)]


def test_rows_below_a_wide_table_of_posts_keep_their_places() -> None:
    """Six columns of three rows take more rows exchanged: what is below moves, and is told where it stands."""
    rows = [
        TITLE,
        ["職稱", "個管員", "資深個管員", "督導", "個管師", "合計"],
        ["人數", 1, 1, 1, 2, 5],
        ["月薪", 37800, 43200, 45900, 36000, ""],
        ["月數", 13.5, 13.5, 13.5, 13.5, ""],
        ["薪資合計", 510300, 583200, 619650, 972000, 2685150],
        [""],
        *ITEMS,
    ]
    reading = reading_of(rows)
    assert [numbers(post) for post in reading.draft.positions][-1] == (2, 36000, FULL_YEAR, 972000)
    assert [(line.item, line.amount, line.origin.place("amount").cell) for line in reading.draft.lines] == [
        ("lecture", 80000, "E9"),
        ("meals", 31000, "E10"),
    ]
    assert ("draft/arithmetic", "E10", 31000, 30000) in errors(reading)


def test_a_number_of_months_merged_over_all_posts_is_that_of_each() -> None:
    rows = [*POSTS_ABOVE[:4], ["月數", 13.5, "", "", ""], *POSTS_ABOVE[5:]]
    reading = reading_of(rows, (5, 2, 5, 4))
    assert [post.months for post in reading.draft.positions] == [FULL_YEAR] * 3
    assert cell(reading.draft.positions[2], "months") == "B5"


def test_posts_in_columns_without_their_pay_are_told_and_not_read_as_lines() -> None:
    rows = [
        TITLE,
        ["項目", "個管員", "督導", "合計"],
        ["人數", 6, 1, 7],
        ["經費", 3061800, 619650, 3681450],
        [""],
        *ITEMS,
    ]
    reading = reading_of(rows)
    assert [line.item for line in reading.draft.lines] == ["lecture", "meals"]
    assert reading.draft.positions == ()
    (said,) = told(reading, "do not say what each post is paid")
    assert (said.place.cell, said.sure) == ("A2", False)
    assert {one.place.cell for one in reading.cells if not one.claimed} >= {"B4", "C4", "D4"}


def test_a_table_with_posts_as_rows_stays_as_it_is() -> None:
    rows = [
        TITLE,
        ["職稱", "人數", "月薪", "月數", "金額"],
        ["個管員", 1, 37800, 13.5, 510300],
        ["督導", 1, 45900, 13.5, 619650],
    ]
    reading = reading_of(rows)
    assert [cell(post, "pay_amount") for post in reading.draft.positions] == ["E3", "E4"]
    assert not told(reading, "rows and columns exchanged")


DETAILS: Rows = [
    TITLE,
    ["用途別", "項目", "細目", "單價", "數量", "單位", "金額"],
    ["人事費", "薪資", "個管員", 40500, 67.5, "人月", 2733750],
    ["", "", "督導", 47250, 13.5, "人月", 637875],
    ["業務費", "臨時工資", "資料建檔工讀生", 176, 500, "小時", 88000],
    ["", "設備租金", "影印機", 3500, 12, "月", 42000],
    ["", "", "飲水機", 1000, 12, "月", 12000],
    ["", "", "國內差旅", 2000, 10, "人天", 20000],
]


@pytest.mark.parametrize("merged", [((6, 2, 8, 2), (5, 1, 8, 1)), ()], ids=["merged", "blank below"])
def test_a_detail_is_the_item_that_it_stands_under(merged: Sequence[tuple[int, int, int, int]]) -> None:
    reading = reading_of(DETAILS, *merged)
    assert [line.item for line in reading.draft.lines] == [
        "temporary-pay",
        "equipment-rent",
        "equipment-rent",
        "travel",
    ]
    said = told(reading, "the wider name")
    assert [(one.place.cell, one.score, one.sure) for one in said] == [
        ("C5", 90, True),
        ("C6", 90, True),
        ("C7", 90, True),
    ]
    assert errors(reading) == [("common/basic-wage", "D5", 176, 183)]


def test_a_detail_under_a_category_alone_is_no_item_of_its_name() -> None:
    reading = reading_of([*DETAILS[:2], ["業務費", "業務費", "影印紙", 100, 12, "包", 1200]])
    assert not told(reading, "the wider name")


def test_a_price_in_person_months_is_the_monthly_pay() -> None:
    """67.5 person-months do not say of how many persons; 13.5 are one person's year, which is told."""
    reading = reading_of(DETAILS)
    several, one = reading.draft.positions
    assert (several.count, several.monthly_pay, several.months) == (None, 40500, None)
    assert numbers(one) == (1, 47250, FULL_YEAR, 637875)
    (said,) = told(reading, "read as months")
    assert (said.place.cell, said.sure) == ("E4", False)


PARTS = ["職稱", "起薪", "年資加給", "學歷證照加給", "月薪合計", "月數", "專業服務費"]


def test_pay_in_parts_with_its_sum_and_an_amount_that_only_figures_know() -> None:
    rows = [
        TITLE,
        PARTS,
        ["社工督導", 44239, 2000, 4000, 50239, 13.5, 678227],
        ["社工員", 37765, 3000, 4000, 44765, 13.5, 614328],
    ]
    reading = reading_of(rows, programme="fsp-113")
    assert [(post.monthly_pay, post.pay_amount) for post in reading.draft.positions] == [
        (50239, 678227),
        (44765, 614328),
    ]
    assert [one.place.cell for one in told(reading, "part of the monthly pay “月薪合計”")] == ["B2", "C2", "D2"]
    (amount,) = told(reading, "monthly pay × months in 1 of 2 rows")
    assert (amount.place.cell, amount.sure) == ("G2", True)
    assert ("draft/arithmetic", "G4", 614328, 604328) in errors(reading, "fsp-113")


def test_parts_that_do_not_make_the_pay_are_for_a_person() -> None:
    rows = [
        TITLE,
        PARTS,
        ["社工督導", 44239, 2000, 4000, 50239, 13.5, 678227],
        ["社工員", 37765, 3000, 4000, 44665, 13.5, 602978],
    ]
    (said,) = told(reading_of(rows, programme="fsp-113"), "but its parts")
    assert said.sure is False


def test_pay_in_parts_without_their_sum() -> None:
    rows = [
        TITLE,
        ["職稱", "起薪", "年資加給", "證照加給", "月數", "金額"],
        ["社工員", 37765, 3000, 4000, 13.5, 604328],
    ]
    reading = reading_of(rows, programme="fsp-113")
    (post,) = reading.draft.positions
    assert numbers(post) == (1, 44765, FULL_YEAR, 604328)
    (said,) = told(reading, "read as the sum of its parts")
    assert said.place.cell == "B3"
    assert [one.place.cell for one in reading.cells if not one.claimed] == []


def test_base_pay_beside_supplements_is_the_pay_with_them() -> None:
    rows = [TITLE, ["職稱", "本薪", "證照加給", "月數", "金額"], ["社工員", 37765, 4000, 13.5, 563828]]
    reading = reading_of(rows, programme="fsp-113")
    assert [numbers(post) for post in reading.draft.positions] == [(1, 41765, FULL_YEAR, 563828)]
    assert told(reading, "both are parts of the pay")


def test_supplements_that_no_amount_bears_out_leave_the_pay_and_are_told() -> None:
    rows = [TITLE, ["職稱", "本薪", "證照加給", "月數", "金額"], ["社工員", 37765, 4000, 13.5, 555000]]
    reading = reading_of(rows, programme="fsp-113")
    assert [post.monthly_pay for post in reading.draft.positions] == [37765]
    (said,) = told(reading, "no amount shows")
    assert said.sure is False


@pytest.mark.parametrize("dash", ["—", "－", "-", "：", "/", "——"])
def test_a_role_or_an_item_behind_its_category(dash: str) -> None:
    rows = [
        TITLE,
        ["經費項目", "中央補助", "地方自籌", "計算式"],
        [f"人事費{dash}個案管理人員", 510300, "-", "37,800元×13.5月×1人＝510,300元"],
        [f"人事費{dash}雇主負擔勞健保及勞退", 78000, "-", "6,500元×12月×1人=78,000元"],
        [f"業務費{dash}宣導費", "-", 90000, "15,000元×6場=90,000元"],
    ]
    reading = reading_of(rows)
    (post,) = reading.draft.positions
    assert (post.role, *numbers(post), post.insurance_amount) == (Role.CASE_MANAGER, 1, 37800, FULL_YEAR, 510300, 78000)
    (line,) = reading.draft.lines
    assert (line.item, line.category, line.fund, line.amount) == ("publicity", "業務費", Fund.OWN, 90000)
    assert len(factors(line)) == 1
    assert [one.place.cell for one in told(reading, "names its category first")] == ["A3", "A4", "A5"]


OF_ISLANDS = [
    "職務",
    "人數",
    "本薪",
    "地域加給",
    "月數",
    "薪資全年金額",
    "地域加給全年金額",
    "雇主負擔（月）",
    "雇主負擔全年",
    "總計",
]


@pytest.mark.parametrize("last", [10, 9], ids=["with the sum of all", "without"])
def test_an_allowance_of_a_month_beside_that_of_the_year(last: int) -> None:
    rows = [
        TITLE,
        OF_ISLANDS[:last],
        ["社工督導", 1, 44239, 7700, 13.5, 597227, 92400, 6000, 72000, 761627][:last],
        ["社工員", 1, 41765, 7700, 13.5, 563828, 92400, 6000, 72000, 728228][:last],
    ]
    reading = reading_of(rows, programme="fsp-113")
    assert [(post.pay_amount, post.allowance_amount) for post in reading.draft.positions] == [
        (597227, 92400),
        (563828, 92400),
    ]
    assert [post.employer_insurance for post in reading.draft.positions] == [6000, 6000]
    (said,) = told(reading, "is that of a month")
    assert said.place.cell == "D2"
    assert cell(reading.draft.positions[0], "allowance_amount") == "G3"


def test_a_further_amount_that_is_no_whole_number_of_months_is_no_allowance() -> None:
    rows = [
        TITLE,
        ["職務", "人數", "本薪", "地域加給", "月數", "薪資全年金額", "其他金額"],
        ["社工督導", 1, 44239, 7700, 13.5, 597227, 90000],
    ]
    assert not told(reading_of(rows, programme="fsp-113"), "is that of a month")


def test_months_behind_the_insurance_are_not_those_of_the_pay() -> None:
    rows = [
        TITLE,
        [
            "職稱",
            "人數",
            "每月薪資",
            "月數",
            "薪資小計",
            "雇主負擔勞健保及勞退（每人每月）",
            "月數",
            "保費小計",
            "合計",
        ],
        ["個案管理員", 5, 37800, 13.5, 2551500, 6300, 12, 378000, 2929500],
        ["督導", 1, 45900, 13.5, 619650, 7400, 12, 88800, 708450],
    ]
    reading = reading_of(rows)
    assert [(*numbers(post), post.insurance_amount) for post in reading.draft.positions] == [
        (5, 37800, FULL_YEAR, 2551500, 378000),
        (1, 45900, FULL_YEAR, 619650, 88800),
    ]
    assert [one.place.cell for one in told(reading, "not those of the pay")] == ["G3", "G4"]


def test_names_schooling_and_licences_may_stand_before_the_pay() -> None:
    rows: Rows = [
        TITLE,
        ["職稱", "社工督導", "社工員", "社工員"],
        ["姓名", "陳一", "林二", "待聘"],
        ["學歷", "碩士", "大學", "大學"],
        ["證照", "社工師", "無", ""],
        ["月薪", 48000, 38906, 36911],
        ["月數", 13.5, 13.5, 13.5],
        ["薪資小計", 648000, 525231, 498299],
    ]
    reading = reading_of(rows, programme="fsp-113")
    assert [(post.monthly_pay, post.pay_amount) for post in reading.draft.positions] == [
        (48000, 648000),
        (38906, 525231),
        (36911, 498299),
    ]
    assert [cell(post, "pay_amount") for post in reading.draft.positions] == ["B8", "C8", "D8"]
