"""Versions of one budget beside each other, funds in words, units of two languages, months with a yearly total."""

from __future__ import annotations

import pytest

from grantcalc.draft.model import Fund, Reading
from grantcalc.units import Unit
from tests.county.drawn import columns, drawn, one
from tests.county.test_layouts import read, said, wrong

GROUPS = "郵電費|式|10|2|20|10|3|30\n印刷費|式|5|4|20|6|4|24\n合計||||40|||54"


def figures(reading: Reading) -> list[tuple[object, object, object]]:
    return [(line.unit_price, [q.number for q in line.quantities], line.amount) for line in reading.draft.lines]


def unsure(reading: Reading) -> list[str | None]:
    return [told.place.cell for told in reading.recognitions if not told.sure]


@pytest.mark.parametrize(
    ("before", "after"),
    [("原編列", "修正後"), ("變更前", "變更後"), ("原核定", "本次申請"), ("原預算數", "調整後"), ("修正前", "擬修正")],
)
def test_the_amended_columns_are_the_draft(before: str, after: str) -> None:
    reading = read(f"項目|單位|{before}|||{after}||\n||單價|數量|金額|單價|數量|金額\n{GROUPS}")
    assert figures(reading) == [(10, [3], 30), (6, [4], 24)]
    assert wrong(reading) == []
    assert f"“{before} 金額” is of a version before “{after} 單價”" in said(reading)


def test_names_of_versions_in_a_row_of_their_own() -> None:
    reading = read(f"||原編列|||修正後||\n項目|單位|單價|數量|金額|單價|數量|金額\n{GROUPS}")
    assert figures(reading) == [(10, [3], 30), (6, [4], 24)]


@pytest.mark.parametrize(
    "header",
    [
        "項目|原編列金額|修正後金額|增減金額",
        "項目|原編列|修正後|增減",
        "項目|金額(原編列)|金額(修正後)|差額",
        "項目|原核定經費|調整後經費|異動數",
    ],
)
def test_versions_in_one_row_of_headers(header: str) -> None:
    table = one(drawn(f"{header}\n郵電費|20|30|10\n印刷費|20|24|4\n合計|40|54|14"))
    assert columns(table) == ["A item", "B ignored", "C amount", "D ignored1"]


def test_a_wrong_difference_is_told_and_nothing_more() -> None:
    reading = read("項目|原編列金額|修正後金額|增減\n郵電費|20|30|10\n印刷費|20|24|9\n合計|40|54|14")
    assert [line.amount for line in reading.draft.lines] == [30, 24]
    assert "D4" in unsure(reading)
    assert wrong(reading) == []


def test_of_two_amended_versions_the_last_is_read_and_told() -> None:
    reading = read("項目|原編列金額|修正後金額|變更後金額\n郵電費|20|30|31\n印刷費|20|24|25\n合計|40|54|56")
    assert [line.amount for line in reading.draft.lines] == [31, 25]
    assert "C2" in unsure(reading)


def test_an_earlier_version_alone_is_read_and_told() -> None:
    reading = read("項目|原編列金額|說明\n郵電費|20|甲\n印刷費|24|乙\n合計|44|")
    assert [line.amount for line in reading.draft.lines] == [20, 24]
    assert "B2" in unsure(reading)


@pytest.mark.parametrize("header", ["補助／自籌", "補助款／自籌款", "中央／地方", "經費別", "補助款"])
def test_a_column_of_fund_words_is_the_fund(header: str) -> None:
    first, second = ("中央", "地方") if "中央" in header else ("補助", "自籌")
    reading = read(f"項目|單價|數量|金額|{header}\n郵電費|10|2|20|{first}\n印刷費|5|4|20|{second}\n合計|||40|")
    assert [line.fund for line in reading.draft.lines] == [Fund.SUBSIDY, Fund.OWN]
    assert [line.amount for line in reading.draft.lines] == [20, 20]


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("人天 person-day", Unit.PERSON_DAY),
        ("節 period", Unit.PERIOD),
        ("month 月", Unit.MONTH),
        ("場(session)", Unit.SESSION),
        ("元／小時", Unit.HOUR),
    ],
)
def test_units_of_two_languages(written: str, unit: Unit) -> None:
    reading = read(f"項目|單價|數量|單位|金額\n郵電費|10|2|{written}|20\n合計||||20")
    assert [quantity.unit for line in reading.draft.lines for quantity in line.quantities] == [unit]


def test_of_two_units_of_a_header_the_one_the_item_is_priced_by() -> None:
    reading = read("項目|單價|數量|||金額\n||人|次|時（節）|\n講座鐘點費|2000|1|4|3|24000\n合計|||||24000")
    assert [quantity.unit for quantity in reading.draft.lines[0].quantities] == [Unit.PERSON, Unit.TIME, Unit.PERIOD]


@pytest.mark.parametrize("total", ["年計", "全年計", "年度合計", "全年度合計"])
def test_months_with_the_total_of_the_year(total: str) -> None:
    months = [f"{month}月" for month in range(1, 13)]
    rows = [f"郵電費|中央{'|1' * 12}|12|", f"印刷費|地方{'|2' * 12}|24|", f"合計|{'|3' * 12}|36|"]
    reading = read("\n".join([f"科目|中央／地方|{'|'.join(months)}|{total}|說明", *rows]))
    assert [(line.amount, line.fund) for line in reading.draft.lines] == [(12, Fund.SUBSIDY), (24, Fund.OWN)]
    assert wrong(reading) == []
