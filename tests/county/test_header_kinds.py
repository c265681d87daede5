"""Headers that accounting offices put together, and those that only the cells or the row decide."""

from __future__ import annotations

import pytest

from grantcalc.draft.model import Reading
from grantcalc.reading.county.headers import sure
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.words import Words
from grantcalc.units import Unit
from tests.county.drawn import all_tables, columns, drawn, one
from tests.county.test_layouts import read, said, wrong

WORDS = Words.of(all_tables())
BY_KIND = {
    ColumnKind.ITEM: (
        "會計科目 會計項目 預算科目 工作項目 本期會計科目 採購項目 支用科目 執行項目 預估項目 費用名目 計畫經費科目"
    ),
    ColumnKind.UNIT_PRICE: (
        "單位金額 每單位金額 單位成本 費率 核列標準 每人金額 每次金額 每節單價 "
        "每小時費用 每人次標準 每人每次金額 費用/次 金額/節 單價/元 擬編單價 本期單價 "
        "每場費用"
    ),
    ColumnKind.QUANTITY: (
        "單位量 需求量 預估量 預估數量 服務量 總數量 預計人數 預估人次 "
        "採購量 計畫數量 服務場次 總時數 乘數 乘數2 人(次)數 目標人次"
    ),
    ColumnKind.AMOUNT: (
        "本期預算 本年度預算數 申請經費 所需經費 預估經費 概算金額 匡列 匡列經費 "
        "本計畫經費 擬編預算 預算編列數 需用金額 提報金額 概算經費 估列金額"
    ),
    ColumnKind.DESCRIPTION: ("標準 基準 預算說明 執行說明 計畫內容 本期說明"),
    ColumnKind.MONTHLY_PAY: ("月支費用 每月費用 每人每月費用 月支薪酬 每月待遇"),
    ColumnKind.IGNORED: ("上年度決算數 去年度單價 前年度決算數 初審數量 上期預算"),
}


@pytest.mark.parametrize(
    ("kind", "header"), [(kind, header) for kind, headers in BY_KIND.items() for header in headers.split()]
)
def test_headers_put_together_are_known(kind: ColumnKind, header: str) -> None:
    match = sure(header, WORDS)
    assert match is not None
    assert match.kind is kind


@pytest.mark.parametrize("header", ["每月小計", "各項費用", "申請單位", "需求單位", "核准日"])
def test_other_headers_are_not_taken_for_these(header: str) -> None:
    match = sure(header, WORDS)
    assert match is None or match.kind not in {ColumnKind.UNIT_PRICE, ColumnKind.MONTHLY_PAY, ColumnKind.UNIT}


def figures(reading: Reading) -> list[tuple[object, object, object, object]]:
    return [
        (line.item, line.unit_price, [(q.number, q.unit) for q in line.quantities], line.amount)
        for line in reading.draft.lines
    ]


def test_a_sheet_of_an_accounting_office() -> None:
    reading = read(
        "會計科目代號|會計科目|摘要|單位金額|單位量|單位|本期預算\n5101|出席費|會議|2500|20|人次|50000\n|本期預算合計|||||50000"
    )
    assert figures(reading)[0][1:] == (2500, [(20, Unit.PERSON_TIME)], 50000)
    assert wrong(reading) == []


@pytest.mark.parametrize("price", ["NT$1,200", "1,200元", "新臺幣1,200元整", "NT1,200", "$1,200", "1200"])
@pytest.mark.parametrize("header", ["標準", "基準", "補助標準", "計算基準"])
def test_a_standard_of_money_is_the_price(header: str, price: str) -> None:
    reading = read(f"支用項目|{header}|數量|金額\n協同帶領費|{price}|20節|NT$24,000元整\n郵電費|{price}|2月|2,400元整")
    assert [line.unit_price for line in reading.draft.lines] == [1200, 1200]
    assert [line.amount for line in reading.draft.lines] == [24000, 2400]


def test_a_standard_in_words_or_beside_a_price_stays_an_explanation() -> None:
    words = one(drawn("項目|標準|數量|金額\n郵電費|依規定核實|1|100\n印刷費|核實|2|200"))
    assert columns(words)[1] == "B description"
    beside = one(drawn("項目|標準|單價|數量|金額\n郵電費|120|100|1|100\n印刷費|120|100|2|200"))
    assert columns(beside)[1:3] == ["B description", "C unit-price"]


MULTIPLIERS = """
用途別|內容|基準|乘數1|單位|乘數2|單位|所需經費|說明
個案服務|個別諮商費|1800|20|次|2|小時|72000|
|訪視交通費|200|2|人|60|日|24000|每日10公里
訓練活動|膳費|100|40|人|3|場|12000|
管理|印刷費|1000|12|月|1|式|12000|
"""


def test_the_item_is_the_column_that_names_more_items() -> None:
    reading = read(MULTIPLIERS)
    assert [(line.unit_price, [(q.number, q.unit) for q in line.quantities]) for line in reading.draft.lines] == [
        (1800, [(20, Unit.TIME), (2, Unit.HOUR)]),
        (200, [(2, Unit.PERSON), (60, Unit.DAY)]),
        (100, [(40, Unit.PERSON), (3, Unit.SESSION)]),
        (1000, [(12, Unit.MONTH), (1, Unit.LOT)]),
    ]
    assert all(line.item is not None for line in reading.draft.lines)
    assert "“內容” names items of the programme" in said(reading)


def test_the_usual_column_of_items_is_kept() -> None:
    reading = read("用途別|內容|金額\n印刷費|家庭日|12000\n郵電費|膳費|2000\n膳費|場地|100")
    assert "names items of the programme" not in said(reading)
    assert [line.origin.label for line in reading.draft.lines] == ["印刷費", "郵電費", "膳費"]


def test_words_of_units_head_quantities() -> None:
    reading = read(
        "項目|每單位金額|人|日|趟|金額\n訪視交通費|200|1|120||24000\n志工交通費|100|4|20||8000\n差旅費|800|10||4|32000"
    )
    assert [[(q.number, q.unit) for q in line.quantities] for line in reading.draft.lines] == [
        [(1, Unit.PERSON), (120, Unit.DAY)],
        [(4, Unit.PERSON), (20, Unit.DAY)],
        [(10, Unit.PERSON), (4, Unit.TRIP)],
    ]


def test_words_of_units_without_a_price_are_not_read() -> None:
    table = one(drawn("項目|月|日|金額\n郵電費|3|20|100\n印刷費|4|12|200"))
    assert columns(table) == ["A item", "D amount"]


def test_units_that_no_product_bears_out_are_for_a_person() -> None:
    found = one(drawn("項目|單價|人|日|金額\n郵電費|100|3|20|100\n印刷費|100|4|12|200"))
    assert [column.score for column in found.columns if column.kind is ColumnKind.QUANTITY] == [80, 80]


@pytest.mark.parametrize(
    ("header", "remark", "unit"),
    [
        ("人(次)數", "人次", Unit.PERSON_TIME),
        ("人（次）數", "節", Unit.PERIOD),
        ("時(節)數", "節", Unit.PERIOD),
        ("場(次)", "", Unit.SESSION),
    ],
)
def test_a_header_of_two_units_is_decided_by_the_row(header: str, remark: str, unit: Unit) -> None:
    reading = read(f"項目|{header}|單價|金額|備註\n講座鐘點費|30|2000|60000|{remark}")
    assert [[(q.number, q.unit) for q in line.quantities] for line in reading.draft.lines] == [[(30, unit)]]


def test_a_header_of_two_units_that_nothing_decides_is_for_a_person() -> None:
    reading = read("項目|人(次)數|單價|金額\n某項費用|30|2000|60000")
    assert "B3" in [told.place.cell for told in reading.recognitions if not told.sure]


def test_persons_of_posts_below_a_header_of_two_units() -> None:
    reading = read("職稱／項目|人(次)數|單價|月數|金額|備註\n社工員|7|37800|13.5|3572100|\n出席費|30|2500||75000|人次")
    assert [(post.count, post.monthly_pay, post.months) for post in reading.draft.positions] == [(7, 37800, 13.5)]
    assert figures(reading)[0][1:3] == (2500, [(30, Unit.PERSON_TIME)])


def test_an_allowance_has_months_of_its_own() -> None:
    reading = read(
        "職稱|人數|月薪|月數|薪資|離島加給/月|月數|離島加給小計|合計\n社工員|1|41765|13.5|563828|7700|12|92400|656228"
    )
    (post,) = reading.draft.positions
    assert (post.monthly_pay, post.months, post.pay_amount, post.allowance_amount) == (41765, 13.5, 563828, 92400)
    assert "behind “離島加給/月” are the months of it" in said(reading)
