"""Budgets spread over cards, pages, parts of the year, rows of funds, and rows of explanations beneath items."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from grantcalc.checking import check
from grantcalc.draft.model import Fund, Reading, Role
from grantcalc.finding import Outcome
from grantcalc.reading.county.facts import SumWord, sum_word
from grantcalc.reading.county.read import read_county
from grantcalc.reading.county.words import Words
from grantcalc.reading.options import ReadOptions
from grantcalc.text import Language, Tongue
from tests.county.grids import Rows, book, grid
from tests.county.test_entries import library

EN = Language(Tongue.EN)
FULL_YEAR = Decimal("13.5")
Merged = tuple[int, int, int, int]


def reading_of(rows: Rows, *merged: Merged, programme: str = "dapc-113", county: str = "嘉義市") -> Reading:
    made = evolve(book({"概算": rows}), grids={"概算": grid("概算", rows, *merged)})
    return read_county(made, library(), Path("x.xlsx"), ReadOptions(programme=programme, county=county))


def errors(reading: Reading) -> list[tuple[str, str | None, object, object]]:
    report = check(reading, library().programme(reading.draft.programme), library().tables)
    found = [one for one in report.findings if one.outcome in {Outcome.ERROR, Outcome.WARNING}]
    return [(one.rule, one.place.cell, one.stated, one.allowed) for one in found]


def unsure(reading: Reading) -> list[str | None]:
    return [told.place.cell for told in reading.recognitions if not told.sure]


def unread(reading: Reading) -> set[str | None]:
    return {cell.place.cell for cell in reading.cells if not cell.claimed}


CARDS: Rows = [
    ["108年度辦理藥、酒癮者復歸社會服務方案"],
    [],
    ["卡號", 1, "職稱", "專職人員"],
    ["月支", 34000, "人數", 1],
    ["月數", 13.5, "金額", 459000],
    ["經費來源", "補助", "說明", "社會工作系畢業"],
    [],
    ["卡號", 2, "經費項目", "膳費"],
    ["單價", 80, "單位", "人次"],
    ["數量", 180, "金額", 14400],
    ["經費來源", "補助", "說明", "團體成員餐盒"],
    [],
    ["卡號", 3, "經費項目", "印刷費"],
    ["單價", 15000, "單位", "式"],
    ["數量", 1, "金額", 15000],
    ["經費來源", "自籌", "說明", "成果手冊"],
    [],
    ["總計", 488400],
]


def cards(*changes: tuple[int, int, object]) -> Reading:
    rows = [list(row) for row in CARDS]
    for row, column, value in changes:
        rows[row - 1][column - 1] = value
    return reading_of(rows, programme="rsp-108-1a", county="臺南市")


def test_cards_of_several_pairs_a_row_are_items_and_posts() -> None:
    reading = cards()
    assert [(line.item, line.unit_price, line.amount, line.fund) for line in reading.draft.lines] == [
        ("meals", 80, 14400, Fund.SUBSIDY),
        ("printing", 15000, 15000, Fund.OWN),
    ]
    (post,) = reading.draft.positions
    assert (post.role, post.monthly_pay, post.months, post.pay_amount) == (Role.FULL_TIME, 34000, FULL_YEAR, 459000)
    assert reading.draft.totals is not None
    assert reading.draft.totals.grand == 488400
    assert reading.draft.lines[0].origin.place("amount").cell == "D10"
    assert errors(reading) == []
    assert unread(reading) == set()


def test_what_is_wrong_in_a_card_is_found_at_its_own_cell() -> None:
    assert errors(cards((10, 4, 14300), (18, 2, 488300))) == [("draft/arithmetic", "D10", 14300, 14400)]
    assert errors(cards((18, 2, 500000))) == [("draft/total", "B18", 500000, 488400)]


def test_cards_beside_each_other() -> None:
    first, second = CARDS[7:11], CARDS[12:16]
    rows = [
        CARDS[0],
        [],
        *([*left, "", *right] for left, right in zip(first, second, strict=True)),
        [],
        ["總計", 29400],
    ]
    reading = reading_of(rows, programme="rsp-108-1a", county="臺南市")
    assert [(line.item, line.amount) for line in reading.draft.lines] == [("meals", 14400), ("printing", 15000)]
    assert errors(reading) == []


def test_words_of_headers_are_no_items() -> None:
    """A sheet that is not understood makes no items of its labels, and no errors of what they stand beside."""
    rows = [["項目", "金額"], ["膳費", 8000], ["單價", 80], ["數量", 100], ["總計", 9000]]
    reading = reading_of(rows, programme="rsp-108-1a", county="臺南市")
    assert [line.item for line in reading.draft.lines] == ["meals"]
    assert {"B3", "B4"} <= unread(reading)
    assert errors(reading) == []


def quarters(last: int = 4842050, persons: int = 8) -> Rows:
    made: list[list[object]] = [["113年度分季經費預算表"], []]
    for name in ("第一季", "第二季", "第三季", "第四季"):
        months = 4.5 if name == "第四季" else 3
        count = persons if name == "第二季" else 8
        pay = [int(count * 37800 * months), int(45900 * months)]
        made += [
            [name],
            ["項目", "人數", "單價", "單位", "數量", "金額", "備註"],
            ["個案管理員", count, 37800, "月", months, pay[0], ""],
            ["個管督導", 1, 45900, "月", months, pay[1], ""],
            ["出席費", "", 2500, "人次", 8, 20000, ""],
            ["郵電費", "", 5000, "月", 3, 15000, ""],
            [f"{name}小計", "", "", "", "", sum(pay) + 35000, ""],
            [],
        ]
    return [*made, ["全年合計", "", "", "", "", last, ""]]


def test_posts_of_four_quarters_are_the_same_persons() -> None:
    reading = reading_of(quarters())
    posts = reading.draft.positions
    assert [(post.role, post.count, post.months, post.pay_amount) for post in posts] == [
        (Role.CASE_MANAGER, 8, FULL_YEAR, 4082400),
        (Role.SUPERVISOR, 1, FULL_YEAR, 619650),
    ]
    assert [line.amount for line in reading.draft.lines] == [20000, 15000] * 4
    assert reading.draft.totals is not None
    assert reading.draft.totals.grand == 4842050
    assert errors(reading) == []
    assert "“個案管理員” of 第二季 is the post of row 5" in " ".join(EN(told.message) for told in reading.recognitions)


def test_the_sums_of_quarters_and_of_the_year_are_checked() -> None:
    assert errors(reading_of(quarters(last=4842000))) == [("draft/total", "F35", 4842000, 4842050)]
    rows = [list(row) for row in quarters()]
    rows[8][5] = 1079000
    assert errors(reading_of(rows)) == [("draft/total", "F9", 1079000, 1079900)]


def test_posts_that_differ_between_quarters_are_for_a_look() -> None:
    rows = quarters(last=4842050 - 37800 * 3, persons=7)
    reading = reading_of(rows)
    assert "A13" in unsure(reading)
    assert [one for one in errors(reading) if "posts" in one[0] or "draft/total" in one[0]] == []


PAGES: Rows = [
    ["108年度計畫二經費概算表（第1頁）"],
    ["項目", "單價", "數量", "單位", "金額"],
    ["個別諮商費", 1600, 48, "小時", 76800],
    ["訪視交通補助費", 200, 150, "人日", 30000],
    ["過次頁", "", "", "", 106800],
    [],
    ["108年度計畫二經費概算表（第2頁）"],
    ["項目", "單價", "數量", "單位", "金額"],
    ["承上頁", "", "", "", 106800],
    ["團體帶領費", 2000, 24, "小時", 48000],
    ["文具費", 1000, 12, "月", 12000],
    ["總計", "", "", "", 166800],
]


@pytest.mark.parametrize("word", ["承上頁", "接上頁", "前頁累計", "續上頁"])
def test_what_is_carried_forward_is_no_item(word: str) -> None:
    rows = [*PAGES[:8], [word, *PAGES[8][1:]], *PAGES[9:]]
    reading = reading_of(rows, programme="rsp-108-2")
    assert [line.amount for line in reading.draft.lines] == [76800, 30000, 48000, 12000]
    assert errors(reading) == []


@pytest.mark.parametrize(("row", "stated", "right"), [(5, 106000, 106800), (9, 100000, 106800), (12, 170000, 166800)])
def test_carried_sums_are_checked(row: int, stated: int, right: int) -> None:
    rows = [list(one) for one in PAGES]
    rows[row - 1][4] = stated
    assert errors(reading_of(rows, programme="rsp-108-2")) == [("draft/total", f"E{row}", stated, right)]


BENEATH: Rows = [
    ["支出項目", "單位成本", "預計數量", "單位", "預算金額"],
    ["個別諮商費", 1600, 80, "小時", 128000],
    ["說明：40人次，每次2小時，每小時1,600元。"],
    ["專家出席費", 2500, 8, "人次", 20000],
    ["說明：2場會議，每場4人，每人2,500元。"],
    ["膳費", 80, 100, "人次", 8000],
    ["說明：會議茶點。"],
    ["合計", "", "", "", 156000],
    ["說明：本表各項得勻支。"],
]


def test_rows_beneath_items_explain_them() -> None:
    merged = [(row, 1, row, 5) for row in (3, 5, 7, 9)]
    reading = reading_of(BENEATH, *merged, programme="rsp-108-1a")
    assert [line.amount for line in reading.draft.lines] == [128000, 20000, 8000]
    assert [line.description for line in reading.draft.lines] == [
        "40人次，每次2小時，每小時1,600元。",
        "2場會議，每場4人，每人2,500元。",
        "會議茶點。",
    ]
    assert reading.draft.lines[2].origin.place("description").cell == "A7"
    assert [one for one in errors(reading) if one[0] == "draft/unknown-item"] == []


FUNDS: Rows = [
    ["項目", "單價", "經費別", "單位", "數量", "金額"],
    ["出席費", 2500, "中央補助", "人次", 20, 50000],
    ["", "", "縣款自籌", "人次", 4, 10000],
    ["郵電費", 5000, "中央補助", "月", 12, 60000],
    ["", "", "縣款自籌", "月", 12, 60000],
    ["總計", "", "中央補助", "", "", 110000],
    ["", "", "縣款自籌", "", "", 70000],
    ["", "", "合計", "", "", 180000],
]
OVER_FUNDS = ((2, 1, 3, 1), (2, 2, 3, 2), (4, 1, 5, 1), (4, 2, 5, 2), (6, 1, 8, 1))


def test_items_and_totals_of_a_row_for_each_fund() -> None:
    reading = reading_of(FUNDS, *OVER_FUNDS)
    assert [(line.unit_price, line.fund, line.amount) for line in reading.draft.lines] == [
        (2500, Fund.SUBSIDY, 50000),
        (2500, Fund.OWN, 10000),
        (5000, Fund.SUBSIDY, 60000),
        (5000, Fund.OWN, 60000),
    ]
    assert reading.draft.totals is not None
    assert reading.draft.totals.grand == 180000
    assert errors(reading) == []


@pytest.mark.parametrize(
    ("row", "rule"), [(6, "draft/funding-balance"), (7, "draft/funding-balance"), (8, "draft/total")]
)
def test_each_of_those_totals_is_checked(row: int, rule: str) -> None:
    rows = [list(one) for one in FUNDS]
    rows[row - 1][5] = 100
    assert (rule, f"F{row}") in [(one[0], one[1]) for one in errors(reading_of(rows, *OVER_FUNDS))]


def test_a_subtotal_with_a_fund_is_of_that_funds_rows() -> None:
    rows = [
        FUNDS[0],
        *FUNDS[1:5],
        ["業務費小計", "", "中央補助", "", "", 110000],
        ["業務費小計", "", "縣款自籌", "", "", 71000],
        ["總計", "", "", "", "", 180000],
    ]
    assert errors(reading_of(rows, *OVER_FUNDS[:4])) == [("draft/total", "F7", 71000, 70000)]


def test_a_merged_quantity_belongs_to_both_rows_together() -> None:
    rows = [FUNDS[0], ["出席費", 2500, "中央補助", "人次", 24, 50000], ["", "", "縣款自籌", "", "", 10000]]
    reading = reading_of(rows, (2, 1, 3, 1), (2, 2, 3, 2), (2, 5, 3, 5))
    assert [(line.amount, line.quantities) for line in reading.draft.lines] == [(50000, ()), (10000, ())]
    assert "E2" in unsure(reading)
    assert [one for one in errors(reading) if one[0] == "draft/arithmetic"] == []


SOURCES: Rows = [
    ["項目", "單價", "數量", "單位", "基金補助", "市府自籌", "民間捐款"],
    ["個別諮商費", 1600, 60, "小時", 96000, "", ""],
    ["文具費", 1000, 12, "月", "", 12000, ""],
    ["膳費", 80, 200, "人次", "", "", 16000],
    ["合計", "", "", "", 96000, 12000, 16000],
    ["總經費", "", "", "", 124000, "", ""],
]


def test_a_total_below_columns_of_funds_is_of_all_of_them() -> None:
    reading = reading_of(SOURCES, programme="rsp-108-2")
    assert reading.draft.totals is not None
    assert reading.draft.totals.grand == 124000
    assert errors(reading) == []
    wrong = [*SOURCES[:5], ["總經費", "", "", "", 125000, "", ""]]
    assert errors(reading_of(wrong, programme="rsp-108-2")) == [("draft/total", "E6", 125000, 124000)]


LETTERED: Rows = [
    ["代號", "類別", "用途", "單價", "數量", "單位", "金額"],
    ["A1", "人事費", "個管員（陳○○）", 37800, 13.5, "月", 510300],
    ["A2", "", "個管員（李○○）", 37800, 13.5, "月", 510300],
    ["A", "", "人事費小計（A1＋A2）", "", "", "", 1020600],
    ["B1", "業務費", "講座鐘點費", 2000, 12, "節", 24000],
    ["B2", "", "郵電費", 2000, 12, "月", 24000],
    ["B", "", "業務費小計 B1+B2", "", "", "", 48000],
    ["C", "合計（A＋B）", "", "", "", "", 1068600],
]


@pytest.mark.parametrize("merged", [((2, 2, 4, 2), (5, 2, 7, 2)), ()], ids=["merged", "blank below"])
def test_what_stands_beside_categories_names_the_items(merged: tuple[Merged, ...]) -> None:
    reading = reading_of(LETTERED, *merged)
    assert [(post.role, post.pay_amount) for post in reading.draft.positions] == [(Role.CASE_MANAGER, 510300)] * 2
    assert [line.item for line in reading.draft.lines] == ["lecture", "postage"]
    assert errors(reading) == []
    wrong = [*LETTERED[:6], ["B", "", "業務費小計 B1+B2", "", "", "", 47000], LETTERED[7]]
    assert errors(reading_of(wrong, *merged)) == [("draft/total", "G7", 47000, 48000)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("小計 A1+A2", SumWord.SUBTOTAL),
        ("合計=甲+乙", SumWord.SUM),
        ("總計（1+2+3）", SumWord.TOTAL),
        ("人事費小計A1＋A2", SumWord.SUBTOTAL),
        ("設計A+B", None),
        ("全年合計", SumWord.TOTAL),
    ],
)
def test_the_marks_behind_the_name_of_a_sum(text: str, kind: SumWord | None) -> None:
    assert sum_word(text, Words.of(library().tables))[0] is kind


def test_own_insurance_of_several_posts_is_shared_out() -> None:
    rows = [
        ["項目", "單價", "數量", "單位", "基金補助", "市府自籌"],
        ["個案管理人員（甲）", 33046, 13.5, "月", 446121, ""],
        ["個案管理人員（乙）", 34916, 13.5, "月", 471366, ""],
        ["勞健保雇主負擔", 6000, 24, "人月", "", 144000],
        ["合計", "", "", "", 917487, 144000],
    ]
    reading = reading_of(rows, programme="rsp-108-2")
    assert [post.own_insurance for post in reading.draft.positions] == [6000, 6000]
    assert reading.draft.lines == ()
    assert [one for one in errors(reading) if one[0].startswith("draft/")] == []
