"""Tables of counties' sheets: found by their headers wherever they stand, rows told apart, sums by what adds up."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grantcalc.reading.county.mapping import TableMap
from grantcalc.reading.county.model import ColumnKind, RowKind
from grantcalc.text import Language, Tongue
from tests.county.drawn import columns, drawn, found, one, rows
from tests.county.grids import grid

PLAIN = """
嘉義縣政府113年度計畫經費概算表
單位：千元
項次|經費項目|單價|數量|單位|金額|計算式／說明
一|專業服務費||||658|
1|社工人員|48|13.5|月|658|
二|個案服務費||||240|
1|個別諮商費|2|120|小時|240|2,000元×2小時×60次
2|印刷費|||||
|小計||||898|
|合計||||898|
備註：本表係概算
承辦人||科長|||機關首長
"""


def test_a_plain_table() -> None:
    table = one(drawn(PLAIN))
    assert table.header == (3, 3)
    assert table.title == ("嘉義縣政府113年度計畫經費概算表", "單位：千元")
    assert columns(table) == [
        "A ref",
        "B item",
        "C unit-price ×1000",
        "D quantity",
        "E unit",
        "F amount ×1000",
        "G description",
    ]
    assert rows(table) == [
        (4, "heading", "專業服務費", (5,)),
        (5, "entry", "專業服務費"),
        (6, "heading", "個案服務費", (7,)),
        (7, "entry", "個案服務費"),
        (8, "note", None),
        (9, "subtotal", None, (5, 7)),
        (10, "total", None, (5, 7)),
        (11, "note", None),
        (12, "note", None),
    ]


def test_everything_of_a_plain_table_is_sure_and_told() -> None:
    made = found(drawn(PLAIN))
    assert made.unsure == []
    assert "header in row 3, 2 entries" in made.said("A3")
    assert "multiplied by 1,000" in made.said("A2")
    assert made.said("B3").startswith("The column “經費項目” is read as item.")


TWO_ROWS = """
經費明細表
類別|項目|單價|數量|||經費來源||備註
|||人|次|時|補助款|自籌款|
人事費|個管員|34,000|3||13.5|1,377,000|0|
業務費|講師鐘點費|2,000||10|2|40,000||
|印刷費||||||5,000|5,000元
|小計|||||40,000|5,000|
總計||||||1,417,000|5,000|
補助款||||||1,417,000||
自籌款|||||||5,000|
"""
MERGES = ((2, 4, 2, 6), (2, 7, 2, 8), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3), (2, 9, 3, 9), (5, 1, 7, 1))


@pytest.mark.parametrize("merged", [MERGES, ()], ids=["merged", "as csv has it"])
def test_two_header_rows_read_alike_with_and_without_merged_cells(
    merged: tuple[tuple[int, int, int, int], ...],
) -> None:
    table = one(drawn(TWO_ROWS, *merged))
    assert table.header == (2, 3)
    assert columns(table) == [
        "A category",
        "B item",
        "C unit-price",
        "D quantity person",
        "E quantity1 time",
        "F quantity2 hour",
        "G subsidy",
        "H own",
        "I description",
    ]
    assert rows(table) == [
        (4, "entry", "人事費"),
        (5, "entry", "業務費"),
        (6, "entry", "業務費"),
        (7, "subtotal", "業務費", (5, 6)),
        (8, "total", None, (4, 5, 6)),
        (9, "total", None),
        (10, "total", None),
    ]


def test_names_reach_down_a_merged_cell() -> None:
    table = one(drawn(TWO_ROWS, *MERGES))
    assert table.value(6, ColumnKind.CATEGORY) == "業務費"
    assert table.value(6, ColumnKind.SUBSIDY) == ""


THREE_ROWS = """
項目|經費來源||||說明
|中央||地方|其他機關|
|經常門|資本門|||
印刷費|100|0|5|3|
合計|100|0|5|3|
"""
THREE_MERGES = ((1, 2, 1, 5), (2, 2, 2, 3), (1, 1, 3, 1), (1, 6, 3, 6), (2, 4, 3, 4), (2, 5, 3, 5))


@pytest.mark.parametrize("merged", [THREE_MERGES, ()])
def test_three_header_rows(merged: tuple[tuple[int, int, int, int], ...]) -> None:
    table = one(drawn(THREE_ROWS, *merged))
    assert columns(table) == ["A item", "B subsidy", "C subsidy1", "D own", "E other", "F description"]
    assert rows(table) == [(4, "entry", None), (5, "total", None, (4,))]


def test_headings_with_amounts_and_explanations() -> None:
    table = one(
        drawn("""
項目|計算方式|金額
一、人事費||1,377,000
個案管理人員|34,000元×13.5月×3人|1,377,000
二、業務費||45,000
(一)講師鐘點費|2,000元*2小時*10次=40,000|40,000
(二)雜支|文具|5,000
三、管理費||20,000
總經費||1,442,000
""")
    )
    assert rows(table) == [
        (2, "heading", "人事費", (3,)),
        (3, "entry", "人事費"),
        (4, "heading", "業務費", (5, 6)),
        (5, "entry", "業務費"),
        (6, "entry", "業務費"),
        (7, "entry", "管理費"),
        (8, "total", None, (3, 5, 6, 7)),
    ]
    assert [row.label for row in table.rows][3] == "(一)講師鐘點費"


def test_headings_without_numbers_are_known_by_what_adds_up() -> None:
    table = one(
        drawn("""
科目|金額
總計|300
人事費|200
社工|200
業務費|100
印刷|60
油料|40
""")
    )
    assert rows(table) == [
        (2, "total", None, (4, 6, 7)),
        (3, "heading", "人事費", (4,)),
        (4, "entry", "人事費"),
        (5, "heading", "業務費", (6, 7)),
        (6, "entry", "業務費"),
        (7, "entry", "業務費"),
    ]


def test_a_list_of_categories_alone_is_of_entries() -> None:
    table = one(drawn("科目|金額\n人事費|200\n業務費|100\n合計|300"))
    assert rows(table) == [(2, "entry", "人事費"), (3, "entry", "業務費"), (4, "total", None, (2, 3))]


def test_tables_beside_and_below_each_other() -> None:
    made = found(
        drawn("""
人力|||||業務
職稱|人數|月薪|月數|金額||項目|金額
個管員|3|34,000|13.5|1,377,000||印刷費|5,000
合計||||1,377,000||合計|5,000
二、業務費
項目|單價|數量|總價|說明
印刷|10|100|1,000|
總計|||1,000|
""")
    )
    staff, beside, below = made.tables
    assert columns(staff) == ["A role", "B count", "C monthly-pay", "D months", "E amount"]
    assert columns(beside) == ["G item", "H amount"]
    assert rows(staff) == [(3, "entry", None), (4, "total", None, (3,))]
    assert rows(beside) == [(3, "entry", None), (4, "total", None, (3,))]
    assert rows(below) == [(7, "entry", "業務費"), (8, "total", None, (7,))]


def test_a_table_beside_another_that_starts_lower() -> None:
    left, right = found(
        drawn("""
項目|金額|||
印刷|20|||
油料|30||職稱|月薪|月數
合計|50||社工|100|12
|||督導|200|12
""")
    ).tables
    assert rows(left) == [(2, "entry", None), (3, "entry", None), (4, "total", None, (2, 3))]
    assert [(row.number, row.label) for row in right.rows] == [(4, "社工"), (5, "督導")]


def test_a_header_repeated_on_the_next_page_goes_on() -> None:
    first, second = found(
        drawn("""
項目|單價|數量|金額
一、業務費|||
油料|2|3|6
項目|單價|數量|金額
茶水|1|1|1
合計|||7
""")
    ).tables
    assert rows(first) == [(2, "heading", "業務費"), (3, "entry", "業務費")]
    assert rows(second) == [(5, "entry", "業務費"), (6, "total", None, (3, 5))]


def test_a_total_of_two_tables() -> None:
    text = """
一、專業服務費
職稱|月薪|月數|薪資合計|勞健保
社工|100|10|1,000|60
小計|||1,000|60
二、業務費
項目|單價|數量|金額
印刷|10|2|20
合計|||20
總計|||{total}
"""
    for total in ("1,080", "9,999"):  # one that adds up, and one that is wrong
        upper, lower = found(drawn(text.format(total=total))).tables
        assert rows(upper)[-1] == (4, "subtotal", "專業服務費", (3,))
        assert rows(lower)[-2:] == [(8, "subtotal", "業務費", (7,)), (9, "total", None, (3, 7))]


def test_a_wrong_sum_stays_the_sum_of_its_rows() -> None:
    table = one(drawn("項目|單價|數量|金額\n甲類印刷|1|5|5\n小計|||6\n文具|1|3|3\n小計|||3\n總計|||9"))
    assert rows(table)[1] == (3, "subtotal", None, (2,))
    assert rows(table)[3:] == [(5, "subtotal", None, (4,)), (6, "total", None, (2, 4))]


def test_nested_sums_and_funds_by_headings() -> None:
    table = one(
        drawn("""
項目|單價|數量|金額
壹、補助款|||
一、人事費|||
(一)社工|10|3|30
小計|||30
二、業務費|||
(一)印刷|10|3|30
小計|||30
合計|||60
貳、自籌款|||
一、業務費|||
(一)茶水|1|5|5
合計|||5
總計|||65
""")
    )
    assert rows(table)[2:] == [
        (4, "entry", "人事費"),
        (5, "subtotal", "人事費", (4,)),
        (6, "heading", "業務費"),
        (7, "entry", "業務費"),
        (8, "subtotal", "業務費", (7,)),
        (9, "subtotal", None, (4, 7)),
        (10, "heading", "自籌款"),
        (11, "heading", "業務費"),
        (12, "entry", "業務費"),
        (13, "subtotal", "業務費", (12,)),
        (14, "total", None, (4, 7, 12)),
    ]
    paid = {row.number: row.fund for row in table.rows if row.kind is RowKind.ENTRY}
    assert paid == {4: ColumnKind.SUBSIDY, 7: ColumnKind.SUBSIDY, 12: ColumnKind.OWN}


def test_a_title_names_fund_or_category() -> None:
    upper, lower = found(
        drawn("(一)補助款部分(單位：元)\n項目|金額\n印刷|5\n合計|5\n\n(二)自籌款部分\n項目|金額\n茶水|6\n合計|6")
    ).tables
    assert [row.fund for row in upper.rows] == [ColumnKind.SUBSIDY, None]
    assert [row.fund for row in lower.rows] == [ColumnKind.OWN, None]


def test_numbers_and_names_below_one_header() -> None:
    table = one(
        drawn(
            """
項目||計算式||||金額
一|人事費|||||100
1|個管|20|元×|5|月|100
二|業務費|||||30
1|油料|3|元×|10|次|30
合計||||||130
""",
            (1, 1, 1, 2),
            (1, 3, 1, 6),
        )
    )
    assert columns(table) == [
        "A ref",
        "B item",
        "C description",
        "D description1",
        "E description2",
        "F description3",
        "G amount",
    ]
    assert rows(table) == [
        (2, "heading", "人事費", (3,)),
        (3, "entry", "人事費"),
        (4, "heading", "業務費", (5,)),
        (5, "entry", "業務費"),
        (6, "total", None, (3, 5)),
    ]


def test_a_table_with_explanations_for_amounts() -> None:
    table = one(drawn("用途別|說明\n業務費|\n講師費|2,000元×2小時×12次×2人=96,000元"))
    assert rows(table) == [(2, "heading", "業務費"), (3, "entry", "業務費")]
    assert found(drawn("項目|說明\n目標|服務藥癮者家庭")).tables == ()


def test_near_headers_are_read_and_told_for_a_look() -> None:
    made = found(
        drawn("""
經費團隊項目|場地單價|數量|112年度預算數|113年度預算數|不明
印刷費|10|2|15|20|7
合計|||15|20|
""")
    )
    (table,) = made.tables
    assert columns(table) == ["A item", "B unit-price", "C quantity", "D ignored", "E amount"]
    assert dict(table.unclaimed) == {6: "不明"}
    assert made.unsure == ["A1", "B1", "F1"]
    assert "85 of 100" in made.said("B1")
    assert "not understood" in made.said("F1")
    chinese = [Language(Tongue.ZH_TW)(told.message) for told in made.told]
    assert "欄名「不明」意義不明，該欄未採計。" in chinese


def test_a_row_without_a_name_goes_on_and_is_told() -> None:
    made = found(drawn("項目|說明|金額\n講師費|外聘2,000元×2小時|4,000\n|內聘1,000元×2小時|2,000\n合計||6,000"))
    (table,) = made.tables
    assert [row.label for row in table.rows] == ["講師費", "講師費", "合計"]
    assert made.unsure == ["A3"]
    merged = drawn("項目|說明|金額\n講師費|外聘|4,000\n|內聘|2,000\n合計||6,000", (2, 1, 3, 1))
    assert found(merged).unsure == []


def test_explanations_beside_one_merged_name_are_entries() -> None:
    text = "項目|說明|金額\n講師費|外聘2,000元×2小時=4,000元|6,000\n|內聘1,000元×2小時=2,000元|\n合計||6,000"
    assert [row.kind.value for row in one(drawn(text, (2, 1, 3, 1), (2, 3, 3, 3))).rows] == ["entry", "entry", "total"]
    assert [row.kind.value for row in one(drawn(text)).rows] == ["entry", "note", "total"]


def test_rows_that_count_columns_belong_to_the_header() -> None:
    table = one(
        drawn("編號|項目|單價(A)|數量(B)|金額(C=A×B)\n(1)|(2)|(3)|(4)|(5)=(3)×(4)\n1|講師|10|2|20\n小計(1)||||20")
    )
    assert table.header == (1, 2)
    assert rows(table) == [(3, "entry", None), (4, "subtotal", None, (3,))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("電話費|10|2|20", "entry"),
        ("會計師簽證費|10|2|20", "entry"),
        ("設計費|||20", "entry"),
        ("承辦人：王小明|||", "note"),
        ("聯絡電話|||053620123", "note"),
        ("補助比率|||90", "note"),
        ("註：得流用|||", "note"),
        ("業務費小計|||5", "subtotal"),
        ("本計畫總經費|||5", "total"),
        ("總計新臺幣伍元整|||5", "total"),
        ("合　計|||5", "total"),
        ("印刷費|||", "note"),
        ("印刷費|||０", "entry"),
    ],
)
def test_kinds_of_rows(text: str, kind: str) -> None:
    table = one(drawn(f"項目|單價|數量|金額\n文具|1|5|5\n{text}"))
    assert table.rows[-1].kind.value == kind


def test_a_formula_without_a_value_is_something() -> None:
    table = one(drawn("項目|單價|數量|金額\n文具|1|5|\n雜支|||\n合計|||", lost=frozenset({(2, 4), (3, 4), (4, 4)})))
    assert rows(table) == [(2, "entry", None), (3, "entry", None), (4, "total", None, (2, 3))]


def test_thousands_said_below_the_table() -> None:
    assert columns(one(drawn("項目|金額\n印刷|5\n合計|5\n註：本表金額單位為新臺幣千元"))) == [
        "A item",
        "B amount ×1000",
    ]


def test_units_pair_with_their_quantities() -> None:
    table = one(drawn("項目|單位1|數量1|單位2|數量2|時數|單價|金額\n講師|人|2|次|3|2|100|1,200"))
    assert columns(table)[1:6] == ["B unit", "C quantity", "D unit1", "E quantity1", "F quantity2 hour"]


LETTERS = "甲|乙|丙|丁|戊\n印刷|2|3|6|x\n油料|2|3|6|\n刪|1|1|1|\n合計|||12|"
FIXED = {
    "A": (ColumnKind.ITEM, 0),
    "B": (ColumnKind.UNIT_PRICE, 0),
    "C": (ColumnKind.QUANTITY, 0),
    "D": (ColumnKind.AMOUNT, 0),
}


def test_a_map_overrides_everything() -> None:
    assert found(drawn(LETTERS)).tables == ()
    made = found(
        drawn(LETTERS), maps=(TableMap(header=1, last=5, factor=1000, columns=FIXED, ignored_rows=frozenset({4})),)
    )
    (table,) = made.tables
    assert columns(table) == ["A item", "B unit-price ×1000", "C quantity", "D amount ×1000"]
    assert rows(table)[1:] == [(3, "entry", None), (4, "note", None), (5, "total", None, (2, 3))]
    assert dict(table.unclaimed) == {5: "戊"}
    assert "left out" in made.said("A4")


def test_a_map_without_a_header_row_finds_it_by_the_amounts() -> None:
    assert one(drawn(LETTERS), maps=(TableMap(columns=FIXED),)).header == (1, 1)


def test_a_map_of_another_sheet_changes_nothing() -> None:
    assert one(drawn(PLAIN), maps=(TableMap(sheet="別頁", header=1),)).header == (3, 3)


def test_several_sheets_and_those_without_a_table() -> None:
    plan = drawn("計畫目標\n服務藥癮者", name="計畫書")
    made = found(plan, drawn(PLAIN), drawn("項目|金額\n印刷|5", name="其他"), hidden=frozenset({"其他"}))
    assert [table.grid.name for table in made.tables] == ["經費"]
    assert [told.place.sheet for told in made.told if told.place.cell is None] == ["計畫書"]


CELLS = st.one_of(
    st.sampled_from(
        ["", "項目", "單價", "數量", "金額", "小計", "合計", "一、人事費", "元", "經費來源", "補助款", "113年度"]
    ),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.text(max_size=6),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8),
    st.lists(st.tuples(*[st.integers(1, 9)] * 4), max_size=2),
)
def test_any_cells_are_read(cells: list[list[object]], corners: list[tuple[int, int, int, int]]) -> None:
    merged = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in corners]
    for table in found(grid("經費", [["項目", "單價", "金額"], *cells], *merged)).tables:
        numbers = [row.number for row in table.rows]
        assert numbers == sorted({*numbers})
        assert all(row.number not in row.sums for row in table.rows)
        assert not {column.number for column in table.columns} & {*table.unclaimed}


@pytest.mark.parametrize(
    "line", ["小計|||0", "總計|||0", "項目|單價|數量|金額", "一、人事費|||0", "人事費|||5", "項目"]
)
def test_thousands_of_odd_rows_do_no_harm(line: str) -> None:
    made = found(drawn("項目|單價|數量|金額\n文具|1|5|5\n" + "\n".join([line] * 5000)))
    assert made.tables[0].rows[0].label == "文具"


STAFF = """
職稱|姓名|月薪|月數|薪資小計|年終獎金|雇主負擔勞健保及勞退(月)|勞健保勞退小計|總計
社工員|甲|43,765|12|525,180|65,648|6,000|72,000|662,828
社工員|乙|39,765|12|477,180|59,648|5,900|70,800|607,628
合計||||1,002,360|125,296||142,800|1,270,456
"""


def test_the_amount_of_posts_is_what_the_figures_bear_out() -> None:
    table = one(drawn(STAFF))
    amount, insurance = table.column(ColumnKind.AMOUNT), table.column(ColumnKind.INSURANCE)
    assert amount is not None
    assert insurance is not None
    assert (amount.header, amount.score) == ("總計", 100)
    assert insurance.header == "雇主負擔勞健保及勞退(月)"
    assert table.column(ColumnKind.AMOUNT, 1) is None


def test_parts_of_a_column_of_insurance_are_not_read_twice() -> None:
    sheet = """
職稱|月薪|勞保|健保|勞退|每月保費合計|全年薪資(12個月)|年終獎金|全年保費|總計
社工員|42,765|3,370|2,050|2,634|8,054|513,180|64,148|72,000|649,328
社工員|41,765|3,370|2,050|2,634|8,054|501,180|62,648|72,000|635,828
"""
    table = one(drawn(sheet))
    amount = table.column(ColumnKind.AMOUNT)
    assert amount is not None
    assert amount.header == "全年薪資(12個月)"
    assert [column.header for column in table.columns if column.kind is ColumnKind.INSURANCE] == ["全年保費"]


def test_a_total_that_is_not_the_sum_of_its_parts_in_one_row_is_told() -> None:
    sheet = """
職稱|月薪|薪資小計|年終獎金|總計
社工員|40,000|480,000|60,000|540,000
社工員|40,000|480,000|60,000|540,000
督導|50,000|600,000|75,000|685,000
"""
    made = found(drawn(sheet))
    assert "E4" in made.unsure
    assert "685,000" in made.said("E4")
    assert "675,000" in made.said("E4")


@pytest.mark.parametrize("word", ["以上計", "累計", "共需經費"])
def test_words_of_sums(word: str) -> None:
    table = one(drawn(f"項目|單價|數量|金額\n諮商|2,000|10|20,000\n印刷|10|100|1,000\n{word}|||21,000"))
    assert table.rows[-1].kind in {RowKind.SUBTOTAL, RowKind.TOTAL}


def test_a_part_of_the_sum_is_no_entry() -> None:
    table = one(
        drawn("項目|單價|數量|金額\n諮商|2,000|10|20,000\n印刷|10|100|1,000\n合計|||21,000\n其中申請補助|||9,000")
    )
    assert table.rows[-1].kind is RowKind.TOTAL
    assert table.rows[-1].sums == ()


def test_a_row_equal_to_the_rows_above_is_a_sum_or_asked_about() -> None:
    sheet = "項目|單價|數量|金額\n諮商|2,000|10|20,000\n印刷|10|100|1,000\n膳費|80|50|4,000\n經費需要|||25,000"
    made = found(drawn(sheet))
    assert made.tables[0].rows[-1].kind is RowKind.SUBTOTAL
    assert "A5" in made.unsure
    counted = found(drawn(sheet + "\n合計|||50,000"))
    assert counted.tables[0].rows[3].kind is RowKind.ENTRY
    assert "A5" in counted.unsure


@pytest.mark.parametrize("line", ["（以下金額以新臺幣千元為單位）", "(千元)", "金額單位均為千元"])
def test_a_sentence_of_the_unit_of_money(line: str) -> None:
    table = one(drawn(f"{line}\n項目|計算式|預算數\n諮商|2,000元×30小時|60"))
    column = table.column(ColumnKind.AMOUNT)
    assert column is not None
    assert column.factor == 1000


def test_quantities_by_what_they_make() -> None:
    table = one(drawn("項目|單價|甲欄某某|金額\n諮商|2,000|10|20,000\n印刷|10|100|1,000"))
    column = table.column(ColumnKind.QUANTITY)
    assert column is not None
    assert (column.number, column.score) == (3, 80)


def test_a_category_below_the_rows_of_another() -> None:
    table = one(drawn("項目|說明|金額\n業務費||\n1.印刷費|10元×100張|1,000\n管理費|依規定|100\n合計||1,100"))
    assert [row.category for row in table.rows][:3] == ["業務費", "業務費", "管理費"]
