"""Several tables and sheets of one draft: a summary beside its details, sources of money, totals over sheets."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from grantcalc.checking import check
from grantcalc.draft.model import Reading
from grantcalc.finding import Outcome
from grantcalc.reading.county.read import read_county
from grantcalc.reading.county.titles import category_in
from grantcalc.reading.county.words import Words
from grantcalc.rules.library import Library
from grantcalc.tabledata import Tables
from tests.county.grids import Rows, book

TITLE = "嘉義市政府113年度毒品危害防制中心工作暨衛生福利部補助辦理藥癮者處遇計畫"
PERIOD = "計畫期程：113年1月1日至113年12月31日"
FAMILY = "桃園市政府113年度藥癮者家庭支持服務及資源培力計畫"
DETAIL: Rows = [
    ["業務費明細表"],
    ["項目", "單價", "數量", "單位", "總價", "中央補助款", "地方配合款"],
    ["出席費", 2500, 40, "人次", 100000, 100000, None],
    ["郵電費", 8000, 12, "月", 96000, 96000, None],
    ["印刷費", 50000, 1, "式", 50000, None, 50000],
    ["合計", None, None, None, 246000, 196000, 50000],
]
STAFF: Rows = [
    ["人事費明細表"],
    ["職稱", "人數", "每月薪資", "月數", "金額"],
    ["個案管理員", 2, 37800, 13.5, 1020600],
    ["合計", 2, None, None, 1020600],
]
SUMMARY: Rows = [
    [TITLE],
    [PERIOD],
    ["項目", "中央補助款", "地方配合款", "合計"],
    ["人事費", 1020600, 0, 1020600],
    ["業務費", 196000, 50000, 246000],
    ["總計", 1216600, 50000, 1266600],
]


@cache
def library() -> Library:
    return Library()


def reading_of(**sheets: Rows) -> Reading:
    return read_county(book(dict(sheets)), library(), Path("/drafts/送審.xlsx"))


def errors(reading: Reading) -> list[tuple[str, str, object, object]]:
    """Errors of the draft's own arithmetic: rule, place, stated, allowed."""
    report = check(reading, library().programme(reading.draft.programme), library().tables)
    return [
        (one.rule, one.place.shown, one.stated, one.allowed)
        for one in report.findings
        if one.outcome is Outcome.ERROR and one.rule.startswith("draft/")
    ]


def unsure(reading: Reading) -> list[str]:
    return [one.place.cell or "" for one in reading.recognitions if not one.sure]


def amounts(reading: Reading) -> list[tuple[object, str, object]]:
    return [(line.item, line.fund.value, line.amount) for line in reading.draft.lines]


def changed(rows: Rows, at: int, *cells: object) -> Rows:
    return [list(cells) if number == at else row for number, row in enumerate(rows, start=1)]


ROWS = [("attendance-fee", "subsidy", 100000), ("postage", "subsidy", 96000), ("printing", "own", 50000)]


@pytest.mark.parametrize("first", [True, False], ids=["summary first", "summary last"])
def test_a_summary_states_sums_by_fund_and_no_rows(first: bool) -> None:
    details = {"人事費明細": STAFF, "業務費明細": DETAIL}
    sheets = {"經費總表": SUMMARY, **details} if first else {**details, "經費總表": SUMMARY}
    reading = reading_of(**sheets)
    assert amounts(reading) == ROWS
    assert [post.pay_amount for post in reading.draft.positions] == [1020600]
    assert errors(reading) == []
    totals, funding = reading.draft.totals, reading.draft.funding
    assert dict(totals.categories) == {"人事費": 1020600, "業務費": 246000}
    assert (totals.grand, funding.subsidy, funding.own) == (1266600, 1216600, 50000)


def test_what_a_summary_states_otherwise_is_found_at_its_cell() -> None:
    wrong = changed(SUMMARY, 5, "業務費", 186000, 60000, 246000)
    reading = reading_of(總表=wrong, 人事費明細=STAFF, 業務費明細=DETAIL)
    assert amounts(reading) == ROWS
    assert errors(reading) == [
        ("draft/total", "總表!B5", 186000, 196000),
        ("draft/total", "總表!C5", 60000, 50000),
    ]


def test_one_sum_in_two_cells_of_a_summary_is_found_once() -> None:
    wrong = changed(SUMMARY, 4, "人事費", 1020601, 0, 1020601)
    reading = reading_of(總表=wrong, 人事費明細=STAFF, 業務費明細=DETAIL)
    assert errors(reading) == [("draft/total", "總表!D4", 1020601, 1020600)]


def test_a_category_without_rows_anywhere_stays_a_row() -> None:
    reading = reading_of(總表=SUMMARY, 人事費明細=STAFF)
    assert amounts(reading) == [("業務費", "subsidy", 196000), ("業務費", "own", 50000)]


def test_details_that_name_no_category_are_known_by_their_items() -> None:
    details = [["經費明細表"], *DETAIL[1:]]
    reading = reading_of(總表=SUMMARY, 明細一=STAFF, 明細二=details)
    assert amounts(reading) == ROWS
    assert errors(reading) == []


@pytest.mark.parametrize(
    "rows",
    [
        [["項目", "經費來源", "金額"], ["業務費", "中央補助", 196000], ["業務費", "地方配合款", 50000]],
        [["項目", "金額"], ["業務費（中央補助款）", 196000], ["業務費（地方配合款）", 50000]],
    ],
    ids=["column", "brackets"],
)
def test_a_summary_by_rows_of_category_and_fund(rows: Rows) -> None:
    reading = reading_of(總表=[[TITLE], [PERIOD], *rows, ["總計", 246000]], 業務費明細=DETAIL)
    assert amounts(reading) == ROWS
    checked = {(one.place.cell, one.stated, len(one.rows)) for one in reading.sums if one.place.sheet == "總表"}
    assert len(checked) == 2
    assert {(stated, number) for _, stated, number in checked} == {(196000, 2), (50000, 1)}


def test_details_that_do_not_say_who_pays_make_no_error_of_the_summary() -> None:
    details = [row[:5] for row in DETAIL]
    reading = reading_of(總表=SUMMARY, 人事費明細=STAFF, 業務費明細=details)
    assert {line.fund.value for line in reading.draft.lines} == {"subsidy"}
    assert errors(reading) == []
    assert {"B4", "B5", "C5", "B6"} <= set(unsure(reading))
    assert reading.draft.funding.subsidy is None
    assert reading.draft.funding.own == 50000


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("業務費明細",), "業務費"),
        (("工作表1", "附表二　業務費概算表"), "業務費"),
        (("人事費", "表二 業務費"), "業務費"),
        (("業務費及設備費明細",), None),
        (("業務費、旅運及其他明細",), None),
        (("嘉義市政府毒品危害防制中心113年度業務費概算表",), None),
        (("工作表1",), None),
    ],
)
def test_the_category_of_a_sheet_or_title(lines: tuple[str, ...], expected: str | None) -> None:
    assert category_in(lines, Words.of(Tables())) == expected


BUDGET: Rows = [
    [FAMILY],
    [PERIOD],
    ["項目", "單價", "數量", "單位", "金額", "經費來源"],
    ["個別諮商", 2000, 50, "小時", 100000, "補助"],
    ["印刷費", 20000, 1, "式", 20000, "自籌"],
    ["合計", None, None, None, 120000, None],
    [],
]
SOURCES: Rows = [
    ["表三　經費來源"],
    ["來源", "金額", "比率"],
    ["申請毒品防制基金補助", 100000, "83%"],
    ["自籌款", 20000, "17%"],
    ["總計", 120000, "100%"],
]


@pytest.mark.parametrize(
    ("header", "subsidy", "own"),
    [
        (["來源", "金額", "比率"], "申請毒品防制基金補助", "自籌款"),
        (["經費來源", "金額（元）", "百分比"], "補助款", "桃園市政府自籌款"),
        (["財源", "經費", "占比"], "申請衛生福利部補助款", "地方配合款"),
        (["項目", "金額", "比例"], "本案申請補助款", "自籌款"),
    ],
)
@pytest.mark.parametrize("place", ["below", "above", "other sheet"])
def test_a_table_of_sources_states_sums(header: list[object], subsidy: str, own: str, place: str) -> None:
    sources = [SOURCES[0], header, [subsidy, 100000, "83%"], [own, 20000, "17%"], SOURCES[4]]
    if place == "below":
        reading = reading_of(經費=[*BUDGET, *sources])
    elif place == "above":
        reading = reading_of(經費=[*BUDGET[:2], *sources, [], *BUDGET[2:]])
    else:
        reading = reading_of(經費=BUDGET, 來源表=sources)
    assert [line.amount for line in reading.draft.lines] == [100000, 20000]
    assert errors(reading) == []
    assert (reading.draft.funding.subsidy, reading.draft.funding.own) == (100000, 20000)
    assert reading.draft.totals.grand == 120000


def test_sources_that_the_rows_do_not_bear_out_are_found() -> None:
    wrong = [*SOURCES[:2], ["申請毒品防制基金補助", 110000, "92%"], ["自籌款", 10000, "8%"], SOURCES[4]]
    reading = reading_of(經費=[*BUDGET, *wrong])
    assert [line.amount for line in reading.draft.lines] == [100000, 20000]
    assert sorted(errors(reading)) == [
        ("draft/funding-balance", "經費!B10", 110000, 100000),
        ("draft/funding-balance", "經費!B11", 10000, 20000),
    ]


def test_a_wrong_total_of_the_sources_is_found() -> None:
    reading = reading_of(經費=[*BUDGET, *SOURCES[:4], ["總計", 130000, "100%"]])
    assert errors(reading) == [("draft/total", "經費!B12", 130000, 120000)]


def test_several_subsidies_without_a_known_name_are_left_for_a_person() -> None:
    several = [["甲機關補助", 60000, "50%"], ["乙機關補助", 40000, "33%"]]
    reading = reading_of(經費=[*BUDGET, *SOURCES[:2], *several, *SOURCES[3:]])
    assert [line.amount for line in reading.draft.lines] == [100000, 20000]
    assert errors(reading) == []
    assert reading.draft.funding.subsidy is None
    assert {one.place.cell for one in reading.unread if one.money} >= {"B10", "B11"}


def test_a_budget_with_a_column_of_funds_first_is_no_table_of_sources() -> None:
    rows = [["經費來源", "項目", "金額"], ["補助款", "個別諮商", 100000], ["自籌款", "郵資", 20000]]
    reading = reading_of(經費=[[FAMILY], [PERIOD], *rows])
    assert [line.amount for line in reading.draft.lines] == [100000, 20000]


def test_items_that_end_like_payers_stay_items() -> None:
    rows = [["項目", "金額"], ["租屋補助", 50000], ["生活補助", 20000], ["合計", 70000]]
    reading = reading_of(經費=[[FAMILY], [PERIOD], *rows])
    assert [line.amount for line in reading.draft.lines] == [50000, 20000]


FORM: Rows = [
    ["108年度辦理藥、酒癮者復歸社會服務方案 申請表"],
    ["申請單位", "社團法人新北市新生命協會"],
    ["計畫期程", "108年3月1日至108年12月31日"],
    ["計畫總經費", 407000],
    ["申請補助經費", 345000],
    ["自籌經費", 62000],
    ["支出項目", "單價", "數量", "單位", "總計", "申請補助金額", "自籌金額"],
    ["【人事費】"],
    ["專案人員", 28000, 11.25, "月", 315000, 315000, None],
    ["雇主負擔保費及勞退", 6200, 10, "月", 62000, None, 62000],
    ["小計", None, None, None, 377000, 315000, 62000],
    ["【業務費】"],
    ["印刷費", 30000, 1, "式", 30000, 30000, None],
    ["總計", None, None, None, 407000, 345000, 62000],
]


def test_the_whole_of_a_form_counts_what_own_funds_add_to_a_post() -> None:
    reading = reading_of(申請表=FORM)
    assert reading.draft.positions[0].own_insurance == 6200
    assert errors(reading) == []


def test_a_wrong_whole_of_a_form_is_found() -> None:
    reading = reading_of(申請表=changed(FORM, 4, "計畫總經費", 417000))
    assert errors(reading) == [("draft/total", "申請表!B4", 417000, 345000)]


@pytest.mark.parametrize(
    ("label", "stated", "expected"),
    [
        ("人事費及業務費總計", 1266600, []),
        ("總計（含人事費）", 1266600, []),
        ("總計", 1266600, []),
        ("總計（不含人事費）", 246000, []),
        ("人事費及業務費總計", 1266000, [("draft/total", "業務費!E8", 1266000, 1266600)]),
        ("總計（不含人事費）", 245000, [("draft/total", "業務費!E8", 245000, 246000)]),
    ],
)
def test_a_total_over_sheets(label: str, stated: int, expected: list[object]) -> None:
    items = [["業務費明細表"], *DETAIL[1:5], ["小計", None, None, None, 246000, 196000, 50000]]
    total = [label, None, None, None, stated]
    reading = reading_of(人事費=[[TITLE], [PERIOD], *STAFF], 業務費=[*items, [], total])
    assert errors(reading) == expected


ROSTER: Rows = [
    [TITLE],
    ["甲、人事費"],
    ["編號", "職稱", "月支報酬", "支薪月數", "薪資計"],
    ["01", "個管師", 37800, 13.5, 510300],
    ["02", "督導", 47250, 13.5, 637875],
    ["", "小計", None, None, 1148175],
    [],
    ["乙、業務費"],
    ["編號", "項目", "單價", "數量", "單位", "總價", "備註"],
    ["01", "專家學者出席費", 2500, 30, "人次", 75000, "中央補助"],
    ["02", "場地租借費", 25000, 12, "場", 300000, "市府自籌"],
    ["", "小計", None, None, None, 376000],
    ["", "總計", None, None, None, 1524175],
]


def test_a_total_of_the_sums_of_all_tables_and_who_pays_by_the_remarks() -> None:
    reading = reading_of(名冊=ROSTER)
    assert [line.fund.value for line in reading.draft.lines] == ["subsidy", "own"]
    assert errors(reading) == [
        ("draft/total", "名冊!F12", 376000, 375000),
        ("draft/total", "名冊!F13", 1524175, 1523175),
    ]


def test_one_remark_that_says_nothing_of_a_payer_leaves_all_alone() -> None:
    reading = reading_of(名冊=changed(ROSTER, 10, "01", "專家學者出席費", 2500, 30, "人次", 75000, "每季會議"))
    assert [line.fund.value for line in reading.draft.lines] == ["subsidy", "subsidy"]


@pytest.mark.parametrize(
    ("rows", "unread"),
    [
        ([["經費來源"], ["申請補助", 100000, "83%"], ["自籌", 20000, "17%"]], {"B9"}),
        ([["經費來源：申請補助款", 100000, "自籌款", 20000]], {"B8"}),
        ([["經費來源", "申請補助款", "自籌款", "合計"], ["金額", 100000, 20000, 120000]], {"B9", "C9", "D9"}),
    ],
    ids=["no header", "one line", "across"],
)
def test_sources_below_a_budget_without_a_header_are_no_rows_of_it(rows: Rows, unread: set[str]) -> None:
    reading = reading_of(經費=[*BUDGET, *rows])
    assert [line.amount for line in reading.draft.lines] == [100000, 20000]
    assert errors(reading) == []
    assert {one.place.cell for one in reading.unread} == unread


def test_sources_across_state_sums() -> None:
    across = [["經費來源"], ["項目", "申請補助款", "自籌款", "合計"], ["金額", 110000, 20000, 130000]]
    reading = reading_of(經費=BUDGET, 來源=across)
    assert [line.amount for line in reading.draft.lines] == [100000, 20000]
    assert errors(reading) == [
        ("draft/funding-balance", "來源!B3", 110000, 100000),
        ("draft/total", "來源!D3", 130000, 120000),
    ]


def test_sources_beside_rows_that_do_not_say_who_pays_make_no_error() -> None:
    silent = [row[:5] for row in BUDGET]
    reading = reading_of(經費=[*silent, *SOURCES])
    assert errors(reading) == []
    assert "B10" in unsure(reading)
    assert (reading.draft.funding.subsidy, reading.draft.funding.own) == (None, 20000)


def test_a_heading_that_names_a_source_keeps_the_rows_below_it() -> None:
    rows = [*BUDGET[:3], ["經費來源：補助款"], *BUDGET[3:4], ["經費來源：自籌款"], *BUDGET[4:6]]
    assert [line.amount for line in reading_of(經費=rows).draft.lines] == [100000, 20000]


PAID: Rows = [
    ["人事費明細表"],
    ["職稱", "月薪", "月數", "薪資小計", "保費小計", "合計"],
    ["社工員", 38906, 13.5, 525231, 72000, 597231],
    ["社工員", 36911, 13.5, 498299, 69600, 567899],
    ["合計", None, None, 1023530, 141600, 1165130],
]
ITEMS: Rows = [
    ["二、業務費"],
    ["項目", "單位", "單價", "數量", "金額", "經費來源"],
    ["講座鐘點費", "節", 2000, 24, 48000, "補助"],
    ["印刷費", "式", 18600, 1, 18600, "自籌"],
    ["雜支", "式", 5000, 1, 5000, "補助"],
    ["總計", None, None, None, 71600, None],
]


def other_names(total: int) -> Rows:
    """A summary whose names are no categories of this programme: the details' 雜支 stands under 業務費."""
    return [[FAMILY], [PERIOD], ["項目", "金額"], ["人事費", 1165130], ["業務費", 71600], ["合計", total]]


def test_a_summary_with_other_categories_is_proved_by_its_total() -> None:
    reading = reading_of(總表=other_names(1236730), 人事費明細=PAID, 業務費明細=ITEMS)
    assert [line.amount for line in reading.draft.lines] == [48000, 18600, 5000]
    assert [post.pay_amount for post in reading.draft.positions] == [525231, 498299]
    assert errors(reading) == []
    sums = {one.place.shown: (one.stated, len(one.rows)) for one in reading.sums if one.place.sheet == "總表"}
    assert sums == {"總表!B4": (1165130, 4), "總表!B6": (1236730, 7)}


def test_one_dollar_off_proves_nothing() -> None:
    reading = reading_of(總表=other_names(1236731), 人事費明細=PAID, 業務費明細=ITEMS)
    assert [where for rule, where, *_ in errors(reading) if rule == "draft/total"] == ["總表!B6"]


def test_the_staff_of_a_summary_count_with_their_insurance() -> None:
    wrong = [["人事費", 1165129] if row[0] == "人事費" else row for row in other_names(1236730)]
    reading = reading_of(總表=wrong, 人事費明細=PAID, 業務費明細=ITEMS)
    assert ("draft/total", "總表!B4") in {(rule, where) for rule, where, *_ in errors(reading)}
