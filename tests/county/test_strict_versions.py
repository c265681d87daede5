"""Amended versions and remarks on funds: struck rows, plain columns, additions, signs."""

from __future__ import annotations

import pytest

from grantcalc.draft.model import Fund, Reading
from grantcalc.reading.county.words import Version, Words
from tests.county.drawn import columns, drawn, one
from tests.county.test_layouts import read, said, wrong
from tests.county.test_read import errors, library, report_of
from tests.county.test_versions import figures, unsure


def firm(reading: Reading) -> list[tuple[object, ...]]:
    return [tuple(one) for one in errors(report_of(reading))]


@pytest.mark.parametrize("remark", ["自籌/補助各50%", "自籌、補助各半", "自籌（不足由補助款支應）", "市府自籌，五成"])
def test_a_remark_of_several_payers_gives_no_row_to_one(remark: str) -> None:
    reading = read(f"項目|單價|數量|金額|備註\n郵電費|10|2|20|{remark}\n印刷費|5|4|20|市府自籌\n合計|||40|")
    assert [line.fund for line in reading.draft.lines] == [Fund.SUBSIDY, Fund.OWN]
    assert "E3" in unsure(reading)
    assert f"“{remark}” names one payer first" in said(reading)


@pytest.mark.parametrize("remark", ["中央補助，外聘講師及助教", "中央補助，補助款匯入專戶", "補助"])
def test_a_remark_of_one_payer_and_of_other_things_is_of_that_payer(remark: str) -> None:
    reading = read(f"項目|單價|數量|金額|備註\n郵電費|10|2|20|{remark}\n印刷費|5|4|20|市府自籌\n合計|||40|")
    assert [line.fund for line in reading.draft.lines] == [Fund.SUBSIDY, Fund.OWN]
    assert "E3" not in unsure(reading)


@pytest.mark.parametrize(
    ("header", "version", "rest"),
    [
        ("原編列數量", Version.EARLIER, "數量"),
        ("原申請數量", Version.EARLIER, "數量"),
        ("修正預算數量", Version.LATEST, "數量"),
        ("原編列數", Version.EARLIER, ""),
        ("修正預算數", Version.LATEST, ""),
        ("變更前數量", Version.EARLIER, "數量"),
        ("追加後金額", Version.LATEST, "金額"),
        ("追加金額", Version.DIFFERENCE, ""),
    ],
)
def test_the_version_of_a_header_leaves_a_header(header: str, version: Version, rest: str) -> None:
    assert Words.of(library().tables).version(header) == (version, rest)


@pytest.mark.parametrize(("before", "after"), [("原編列", "修正後"), ("原申請", "修正預算")])
def test_versions_of_every_column_in_one_row_of_headers(before: str, after: str) -> None:
    reading = read(f"""
項目|單位|{before}單價|{before}數量|{before}金額|{after}單價|{after}數量|{after}金額
郵電費|式|10|2|20|10|3|30
印刷費|式|5|4|20|6|4|24
合計||||40|||54""")
    assert figures(reading) == [(10, [3], 30), (6, [4], 24)]
    assert firm(reading) == []


@pytest.mark.parametrize("name", ["其他：印刷費", "其他-印刷費", "個案服務費：印刷費"])
def test_a_category_that_is_not_the_items_own_is_no_prefix(name: str) -> None:
    reading = read(f"項目|單價|數量|單位|金額\n{name}|5|4|份|20\n合計||||20")
    assert [line.item for line in reading.draft.lines] == ["printing"]
    assert firm(reading) == []
    assert "A3" in unsure(reading)


@pytest.mark.parametrize("blank", ["", "-", "0"])
def test_a_row_struck_by_the_amendment_is_not_computed(blank: str) -> None:
    reading = read(f"""
項目|單價|數量|單位|原編列金額|修正後金額|增減
郵電費|10|2|式|20|20|0
印刷費|5|4|份|20|{blank}|-20
合計|||||20|""")
    assert figures(reading) == [(10, [2], 20)]
    assert firm(reading) == []
    assert "F4" in unsure(reading)


def test_a_row_that_the_total_counts_is_not_struck() -> None:
    reading = read("""
項目|單價|數量|單位|原編列金額|修正後金額
郵電費|10|2|式|20|30
印刷費|5|4|份|20|
合計|||||50""")
    assert len(reading.draft.lines) == 2


def test_a_plain_amount_beside_an_amended_one_is_the_earlier() -> None:
    reading = read("項目|金額|修正後金額\n郵電費|20|30\n印刷費|20|24\n合計|40|54")
    assert [line.amount for line in reading.draft.lines] == [30, 24]
    assert "B2" in unsure(reading)
    assert wrong(reading) == []


def test_price_and_quantity_of_the_plain_amount_are_earlier_too() -> None:
    reading = read("項目|單價|數量|金額|修正後金額\n郵電費|10|2|20|30\n印刷費|5|4|20|24\n合計|||40|54")
    assert figures(reading) == [(None, [], 30), (None, [], 24)]
    assert {"B2", "C2", "D2"} <= {*unsure(reading)}
    assert firm(reading) == []


def test_what_is_applied_for_of_an_amount_is_no_version_of_it() -> None:
    table = one(drawn("項目|單價|數量|金額|本次申請金額\n郵電費|10|2|20|15\n印刷費|5|4|20|15\n合計|||40|30"))
    assert "D amount" in columns(table)


@pytest.mark.parametrize("header", ["追加金額", "追減金額", "追加數", "追加(減)金額"])
def test_an_addition_is_no_version(header: str) -> None:
    reading = read(f"項目|原編列金額|{header}\n郵電費|20|10\n印刷費|20|4\n合計|40|14")
    assert [line.amount for line in reading.draft.lines] == [20, 20]
    assert {"B2", "C2"} <= {*unsure(reading)}
    assert "the amount applied for is not known" in said(reading)
    assert firm(reading) == []


def test_an_addition_with_its_total_is_read_from_the_total() -> None:
    reading = read("項目|原編列金額|追加金額|合計\n郵電費|20|10|30\n印刷費|20|4|25\n合計|40|14|55")
    assert [line.amount for line in reading.draft.lines] == [30, 25]
    assert {"B2", "C4"} <= {*unsure(reading)}
    assert firm(reading) == []


def test_a_difference_with_the_other_sign_is_told() -> None:
    reading = read("項目|原編列金額|修正後金額|增減\n郵電費|20|30|-10\n印刷費|20|16|-4\n合計|40|46|6")
    assert unsure(reading).count("D3") == 1
    assert "D4" not in unsure(reading)


def test_differences_without_signs_are_compared_without() -> None:
    reading = read("項目|原編列金額|修正後金額|增減\n郵電費|20|30|10\n印刷費|20|16|4\n合計|40|46|6")
    assert not {"D3", "D4", "D5"} & {*unsure(reading)}
