"""Layouts beyond a plain list: months in columns, blocks of labels, rows of funds, sums of groups, letters."""

from __future__ import annotations

import pytest
from attrs import evolve

from grantcalc.draft.model import Fund, Reading
from grantcalc.reading.county.read import read_county
from grantcalc.reading.formulas import Scan
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.problems import Unreadable
from grantcalc.text import Language, Tongue
from tests.county.drawn import columns, drawn, one, rows
from tests.county.grids import book
from tests.county.test_read import FILE, errors, library, report_of

OPTIONS = ReadOptions(programme="fsp-113", county="嘉義縣")
EN = Language(Tongue.EN)


def read(text: str, lost: frozenset[tuple[int, int]] = frozenset()) -> Reading:
    """A sheet below its title in row 1, as it is read."""
    sheet = drawn("113年度藥癮者家庭支持服務及資源培力計畫\n" + text.strip("\n"))
    sheet = evolve(sheet, scan=Scan(uncalculated=lost, errors={}))
    whole = evolve(book({}), grids={sheet.name: sheet}, names=(sheet.name,))
    return read_county(whole, library(), FILE, OPTIONS)


def wrong(reading: Reading) -> list[tuple[object, object, object]]:
    """Cell, stated and right sum of every sum that is wrong."""
    return [
        (cell.rpartition("!")[2], stated, right)
        for rule, cell, stated, right in errors(report_of(reading))
        if rule == "draft/total"
    ]


def unread(reading: Reading) -> dict[str | None, bool]:
    """Cells that nothing took, and whether they are money."""
    return {cell.place.cell: cell.money for cell in reading.cells if not cell.claimed}


def said(reading: Reading) -> str:
    return " ".join(EN(told.message) for told in reading.recognitions)


NUMBERS = ("一月", "二月", "三月", "四月")


@pytest.mark.parametrize(
    "names", [NUMBERS, ("1月", "2月", "3月", "4月"), ("第一季", "第二季", "第三季", "第四季"), ("Q1", "Q2", "Q3", "Q4")]
)
def test_columns_of_months_must_make_the_amount(names: tuple[str, ...]) -> None:
    reading = read(f"""
項目|{"|".join(names)}|全年合計
郵電費|100|100|100|100|400
印刷費|0|50|0|-|50
差旅費|200|200|200|200|900
合計|300|350|300|300|1,350
""")
    assert [line.amount for line in reading.draft.lines] == [400, 50, 900]
    assert wrong(reading) == [("F5", 900, 800)]
    assert unread(reading) == {}
    assert f"“{names[0]}” to “{names[-1]}” are shares of “全年合計”" in said(reading)


def test_the_sum_of_a_month_is_checked() -> None:
    reading = read("項目|1月|2月|合計\n郵電費|100|100|200\n印刷費|50|0|50\n合計|150|999|250")
    assert wrong(reading) == [("C5", 999, 100)]


def test_months_below_a_wider_name() -> None:
    table = one(drawn("項目|各月經費|||全年合計\n|1月|2月|3月|\n郵電費|1|2|3|6\n合計|1|2|3|6", (1, 2, 1, 4)))
    assert columns(table) == ["A item", "B period month", "C period1 month", "D period2 month", "E amount"]


def test_months_that_make_no_amount_are_not_understood() -> None:
    reading = read("項目|1月|2月|金額\n郵電費|1|3|200\n印刷費|2|1|50\n合計|||250")
    assert wrong(reading) == []
    assert {"B3", "C3", "B4", "C4"} <= unread(reading).keys()
    assert {"B2", "C2"} <= {told.place.cell for told in reading.recognitions if not told.sure}


def test_one_column_of_months_in_words_is_left_out() -> None:
    table = one(drawn("項目|月份|金額\n郵電費|1-12月|200\n合計||200"))
    assert columns(table) == ["A item", "B ignored month", "C amount"]


CARDS = """
項目：|個別諮商費
單價：|2,000
數量：|30小時
金額：|60,000
{gap}項目：|團體帶領費
單價：|2,000
數量：|10節
金額：|20,000
{gap}申請總額：|{total}
"""


@pytest.mark.parametrize("gap", ["", "|\n"])
def test_blocks_of_labels_are_rows(gap: str) -> None:
    reading = read(CARDS.format(gap=gap, total="80,000"))
    found = [(line.item, line.unit_price, line.amount) for line in reading.draft.lines]
    assert found == [("counselling-individual", 2000, 60000), ("group-leader", 2000, 20000)]
    second = reading.draft.lines[1].origin
    at = 7 if gap else 6
    assert (second.row, second.place("unit_price").cell) == (at, f"B{at + 1}")
    assert reading.draft.totals.grand == 80000
    assert unread(reading) == {}
    assert "each of 2 blocks is read as a row" in said(reading)


def test_the_sum_of_blocks_is_checked_at_its_own_cell() -> None:
    assert wrong(read(CARDS.format(gap="", total="85,000"))) == [("B10", 85000, 80000)]


@pytest.mark.parametrize(
    "text",
    [
        "項目：個別諮商費\n單價：2,000元\n金額：60,000元\n項目：團體帶領費\n單價：2,000元\n金額：20,000元",
        "項目：|個別諮商費||項目：|團體帶領費\n單價：|2,000||單價：|2,000\n金額：|60,000||金額：|20,000",
        "|\n項目：個別諮商費|單價：2,000元|金額：60,000元\n項目：團體帶領費|單價：2,000元|金額：20,000元",
    ],
    ids=["in one cell", "side by side", "one line each"],
)
def test_other_blocks(text: str) -> None:
    assert [(line.unit_price, line.amount) for line in read(text).draft.lines] == [(2000, 60000), (2000, 20000)]


def test_blocks_that_cannot_be_told_apart_are_named() -> None:
    with pytest.raises(Unreadable) as caught:
        read("項目：個別諮商費|單價：2,000元|金額：60,000元\n項目：團體帶領費|單價：2,000元|金額：20,000元")
    first = caught.value.problems[0]
    assert (first.place.cell, "(項目, 單價, 金額; 2 blocks" in EN(first.message)) == ("A2", True)


def test_a_lost_amount_of_a_block_is_told_at_its_cell() -> None:
    text = CARDS.format(gap="", total="80,000").replace("金額：|60,000", "金額：|")
    reading = read(text, lost=frozenset({(5, 2)}))
    assert "B5" in {problem.place.cell for problem in reading.problems}


@pytest.mark.parametrize("name", ["自籌款", "公所自籌", "縣府配合款", "本府自籌款"])
@pytest.mark.parametrize("after", [False, True])
def test_a_row_of_a_fund_is_funding(name: str, after: bool) -> None:
    lines = [f"{name}||2,000", "總計||10,000"]
    reading = read(
        "項目|單價|金額\n印刷費|4,000|4,000\n場地費|6,000|6,000\n" + "\n".join(lines[::-1] if after else lines)
    )
    assert [line.amount for line in reading.draft.lines] == [4000, 6000]
    assert (reading.draft.funding.own, reading.draft.totals.grand) == (2000, 10000)
    assert wrong(reading) == []


def test_a_row_of_a_fund_that_the_total_counts_is_paid_by_it() -> None:
    reading = read("項目|單價|金額\n印刷費|4,000|4,000\n場地費|6,000|6,000\n公所自籌||2,000\n總計||12,000")
    assert [(line.amount, line.fund) for line in reading.draft.lines][-1] == (2000, Fund.OWN)
    assert wrong(reading) == []


def test_a_fund_above_its_rows_heads_them() -> None:
    reading = read(
        "項目|單價|金額\n補助款||4,000\n印刷費|4,000|4,000\n公所自籌||6,000\n場地費|6,000|6,000\n合計||10,000"
    )
    assert [(line.amount, line.fund) for line in reading.draft.lines] == [(4000, Fund.SUBSIDY), (6000, Fund.OWN)]


def test_another_fund_is_kept_by_its_name() -> None:
    reading = read("項目|單價|金額\n印刷費|4,000|4,000\n總計||4,000\n民間捐款||1,000")
    assert [(other.source, other.amount) for other in reading.draft.funding.other] == [("民間捐款", 1000)]


@pytest.mark.parametrize("name", ["房租補助", "交通補助", "補助及自籌款說明冊"])
def test_an_item_like_a_fund_stays_an_item(name: str) -> None:
    reading = read(f"項目|單價|金額\n{name}||2,000\n場地費|6,000|6,000\n總計||8,000")
    assert [line.amount for line in reading.draft.lines] == [2000, 6000]


@pytest.mark.parametrize(
    ("head", "first", "second", "cells"),
    [
        ("項目|單價|數量|金額|說明|", "印刷費|2|3|6|依規定|999", "場地費|4|5|20|外聘|888", {"F3", "F4"}),
        ("項目|說明||單價|數量|金額", "印刷費|依規定|999|2|3|6", "場地費|外聘|888|4|5|20", {"C3", "C4"}),
        ("項目||單價|數量|金額", "印刷費|999|2|3|6", "場地費|888|4|5|20", {"B3", "B4"}),
    ],
)
def test_numbers_without_a_header_are_unread_money(head: str, first: str, second: str, cells: set[str]) -> None:
    reading = read("\n".join((head, first, second)))
    assert unread(reading) == dict.fromkeys(sorted(cells), True)
    assert {line.description for line in reading.draft.lines} <= {None, "依規定", "外聘"}


def test_numbers_without_a_header_that_make_the_amount_are_quantities() -> None:
    table = one(drawn("項目|單價|說明||金額\n印刷費|2|依規定|3|6\n場地費|4|外聘|5|20"))
    assert columns(table)[3] == "D quantity"


@pytest.mark.parametrize("marks", ["A |B ", "A.|B.", "Ａ、|Ｂ、", "甲、|乙、", "壹、|貳、"])
def test_a_letter_numbers_a_heading(marks: str) -> None:
    first, second = marks.split("|")
    table = one(
        drawn(
            f"項目|單價|數量|金額\n{first}個案活動|||\n一、印刷|2|3|6\n{second}宣導活動|||\n一、場地|4|5|20\n合計|||26"
        )
    )
    assert [row[1] for row in rows(table)] == ["heading", "entry", "heading", "entry", "total"]
    assert [row[2] for row in rows(table)][:4] == ["個案活動", "個案活動", "宣導活動", "宣導活動"]


def test_a_sum_says_by_letters_what_it_adds_up() -> None:
    table = one(
        drawn(
            "項目|單價|金額\nA 人事費|9|9\nB 業務費||\nB1 印刷|2|2\nC 活動費||\nC1 場地|4|4\n"
            "小計(B+C)||7\n合計(A+B+C)||15"
        )
    )
    assert rows(table)[-2:] == [(7, "subtotal", None, (4, 6)), (8, "total", None, (2, 4, 6))]


NUMBERED = "項目|單價|數量|金額\n(一)印刷費|||5,000\n團體帶領|2,000|3|6,000\n總計|||{total}"


def test_a_numbered_item_above_rows_without_a_number_is_an_item() -> None:
    table = one(drawn(NUMBERED.format(total="11,000")))
    assert [row[1] for row in rows(table)] == ["entry", "entry", "total"]


def test_a_numbered_heading_with_a_wrong_sum_stays_one() -> None:
    table = one(drawn(NUMBERED.format(total="6,000")))
    assert rows(table)[0] == (2, "heading", "印刷費", (3,))


GROUPS = """
活動名稱|項目|單價|數量|小計|活動合計
教育訓練|講師費|2,000|12|24,000|{first}
|場地費|6,000|2|12,000|
家屬團體|團體帶領費|2,000|24|48,000|{second}
|餐費|80|120|9,600|
總計|||||93,600
"""


def test_the_sum_of_a_group_is_checked() -> None:
    reading = read(GROUPS.format(first="36,000", second="58,400"))
    assert [line.amount for line in reading.draft.lines] == [24000, 12000, 48000, 9600]
    assert wrong(reading) == [("F5", 58400, 57600)]
    assert unread(reading) == {}


def test_the_sum_of_a_group_may_stand_in_its_last_row() -> None:
    text = GROUPS.format(first="", second="").replace("6,000|2|12,000|", "6,000|2|12,000|36,000")
    assert wrong(read(text.replace("80|120|9,600|", "80|120|9,600|58,400"))) == [("F6", 58400, 57600)]


def test_a_known_header_is_the_item_before_one_that_is_like_it() -> None:
    kinds = columns(one(drawn(GROUPS.format(first="36,000", second="57,600").strip("\n"))))
    assert kinds[:2] == ["A description", "B item"]
    assert kinds[-1] == "F group-sum"


def paid(reading: Reading) -> list[tuple[Fund | None, int | None]]:
    return [(line.fund, line.amount) for line in reading.draft.lines]


def test_an_amount_beside_own_funds_is_the_subsidy_where_both_make_the_product() -> None:
    reading = read("""
項目|單價|數量|申請金額|自籌金額
郵電費|500|12|4,000|2,000
印刷費|100|50|5,000|
差旅費|200|10||2,000
合計|||9,000|4,000
""")
    assert paid(reading) == [
        (Fund.SUBSIDY, 4000),
        (Fund.OWN, 2000),
        (Fund.SUBSIDY, 5000),
        (Fund.OWN, 2000),
    ]
    assert wrong(reading) == []
    assert "“申請金額” and “自籌金額” together make price × quantity" in said(reading)


def test_an_amount_beside_own_funds_is_the_whole_where_it_makes_the_product_alone() -> None:
    reading = read("""
項目|單價|數量|申請金額|自籌金額
郵電費|500|12|6,000|2,000
印刷費|100|50|5,000|
合計|||11,000|2,000
""")
    assert paid(reading) == [(Fund.SUBSIDY, 4000), (Fund.OWN, 2000), (Fund.SUBSIDY, 5000)]
    assert "“自籌金額” is read as a part of “申請金額”" in said(reading)
    assert not doubted(reading, "is read as a part of")
    assert "The amount NT$6,000 less the own funds NT$2,000 was read as the subsidy: NT$4,000." in said(reading)


def test_rows_that_come_out_either_way_leave_the_amount_as_its_name_says() -> None:
    reading = read("""
項目|單價|數量|申請金額|自籌金額
郵電費|500|12|6,000|2,000
印刷費|100|50|4,000|1,000
合計|||10,000|3,000
""")
    assert "together make" not in said(reading)
    assert paid(reading) == [(Fund.SUBSIDY, 4000), (Fund.OWN, 2000), (Fund.SUBSIDY, 3000), (Fund.OWN, 1000)]
    assert doubted(reading, "is read as a part of")


def doubted(reading: Reading, words: str) -> bool:
    """Whether what is told with these words is for a person to look at."""
    return any(not told.sure for told in reading.recognitions if words in EN(told.message))


@pytest.mark.parametrize("said_so", ["約200", "200(暫估)"])
def test_a_share_that_is_no_number_makes_no_sum_wrong(said_so: str) -> None:
    reading = read(f"""
項目|1月|2月|3月|合計
郵電費|100|100|100|300
印刷費|50|50|50|150
差旅費|200|{said_so}|200|600
合計|350|350|350|1,050
""")
    assert wrong(reading) == []
    assert "C5" in unread(reading)


def test_an_amount_that_is_not_divided_into_months_contradicts_none() -> None:
    reading = read("""
項目|1月|2月|3月|合計
郵電費|100|100|100|300
印刷費|50|50|50|150
差旅費||||600
合計|150|150|150|1,050
""")
    assert wrong(reading) == []


def test_a_row_of_no_group_after_the_last_one_is_none_of_it() -> None:
    reading = read("""
活動|項目|金額|活動合計
甲|郵電費|100|300
|印刷費|200|
乙|膳費|300|700
|差旅費|400|
其他|雜支|500|
合計||1,500|
""")
    assert wrong(reading) == []
