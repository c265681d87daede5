"""Nothing firm on a guess: hidden and struck rows, names of what is not paid, units as written, sums on one basis."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from attrs import evolve
from openpyxl.styles import Font

from grantcalc.checking import Report, check
from grantcalc.draft.model import Doubt, Reading
from grantcalc.finding import Outcome
from grantcalc.reading import read as read_file
from grantcalc.reading.county.items import Items, Match
from grantcalc.reading.county.read import read_county
from grantcalc.reading.formulas import Scan
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.struck import struck_cells, struck_styles
from grantcalc.review import store
from grantcalc.text import Language, Tongue
from tests.county.drawn import drawn
from tests.county.grids import book
from tests.county.test_read import FILE, library

EN = Language(Tongue.EN)
NOTHING_SEEN: frozenset[int] = frozenset()
Told = tuple[str, str, object, object]


def read(
    text: str,
    programme: str = "fsp-113",
    hidden: frozenset[int] = NOTHING_SEEN,
    struck: frozenset[tuple[int, int]] = frozenset(),
) -> Reading:
    sheet = evolve(drawn(text.strip("\n")), scan=Scan(uncalculated=frozenset(), errors={}))
    sheet = evolve(sheet, hidden_rows=hidden, struck=struck)
    whole = evolve(book({}), grids={sheet.name: sheet}, names=(sheet.name,))
    return read_county(whole, library(), FILE, ReadOptions(programme=programme, county="嘉義縣"))


def report(reading: Reading) -> Report:
    return check(reading, library().programme(reading.draft.programme), library().tables)


def told(reading: Reading, outcome: Outcome = Outcome.ERROR) -> list[Told]:
    """Rule, cell, stated and allowed of every finding that grave on money."""
    return [
        (one.rule, one.place.cell or "", one.stated, one.allowed)
        for one in report(reading).findings
        if one.outcome is outcome and (outcome is Outcome.ERROR or one.allowed is not None)
    ]


VERSIONS = """
項目|單價|單位|數量|金額|說明
團體帶領費|2,200|節|30|66,000|舊版
團體帶領費|2,000|節|24|48,000|新版
點心費|50|份|100|5,000|刪除
講座鐘點費|2,000|節|10|20,000|外聘
合計||||{total}|
"""
STRUCK = frozenset({(4, column) for column in range(1, 7)})


def test_hidden_and_struck_rows_are_left_out_where_the_sum_fits_only_without_them() -> None:
    reading = read(VERSIONS.format(total="68,000"), hidden=frozenset({2}), struck=STRUCK)
    assert [line.origin.row for line in reading.draft.lines] == [3, 5]
    assert told(reading) == []
    unsure = {one.place.cell: EN(one.message) for one in reading.recognitions if not one.sure}
    assert "NT$66,000" in unsure["A2"]
    assert "hidden and left out" in unsure["A2"]
    assert "E6" in unsure["A2"]
    assert "NT$5,000" in unsure["A4"]
    assert "struck out and left out" in unsure["A4"]
    assert {cell.place.cell for cell in reading.cells if not cell.claimed} >= {"E2", "E4"}


@pytest.mark.parametrize(("total", "rows"), [("134,000", [2, 3, 5]), ("73,000", [3, 4, 5]), ("139,000", [2, 3, 4, 5])])
def test_only_the_rows_that_the_sum_leaves_out_are_left_out(total: str, rows: list[int]) -> None:
    reading = read(VERSIONS.format(total=total), hidden=frozenset({2}), struck=STRUCK)
    assert [line.origin.row for line in reading.draft.lines] == rows
    assert not any(Doubt.ROW in line.doubts for line in reading.draft.lines)


def test_rows_that_no_sum_decides_are_read_and_nothing_firm_rests_on_them() -> None:
    reading = read(VERSIONS.format(total="1"), hidden=frozenset({2}), struck=STRUCK)
    assert [line.origin.row for line in reading.draft.lines] == [2, 3, 4, 5]
    assert [Doubt.ROW in line.doubts for line in reading.draft.lines] == [True, False, True, False]
    assert told(reading) == []
    assert ("fsp-113/unit-price", "B2", 2200, 2000) in told(reading, Outcome.REVIEW)
    seen = read(VERSIONS.format(total="1"))
    assert ("fsp-113/unit-price", "B2", 2200, 2000) in told(seen)


def test_the_doubts_of_a_row_are_kept_in_the_cache() -> None:
    reading = read(VERSIONS.format(total="1"), hidden=frozenset({2}))
    line = evolve(reading.draft.lines[0], doubts=frozenset(Doubt))
    kept = store.load(store.dump(evolve(reading, draft=evolve(reading.draft, lines=(line,)))))
    assert kept.draft.lines[0].doubts == frozenset(Doubt)


def test_struck_cells_of_a_workbook(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in drawn(VERSIONS.format(total="134,000").strip("\n")).rows:
        sheet.append(row)
    for row in (2, 4):
        for cell in sheet[row]:
            cell.font = Font(strike=row == 4, bold=True)
    path = tmp_path / "嘉義縣.xlsx"
    made.save(path)
    reading = read_file(path, library(), ReadOptions(programme="fsp-113", county="嘉義縣"))
    assert [line.origin.row for line in reading.draft.lines] == [2, 3, 5]


@pytest.mark.parametrize(("font", "struck"), [("<strike/>", {1}), ('<strike val="0"/>', set()), ("<b/>", set())])
def test_styles_that_strike(font: str, struck: set[int]) -> None:
    styles = (
        f"<styleSheet><fonts><font/><font>{font}</font></fonts>"
        '<cellStyleXfs><xf fontId="1"/></cellStyleXfs><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs></styleSheet>'
    ).encode()
    assert struck_styles(styles) == struck
    cells = struck_cells(b'<c r="B3" s="1"><v>1</v></c><c s="1" r="C4"/><c r="D5" s="0"/>', struck_styles(styles))
    assert cells == ({(3, 2), (4, 3)} if struck else set())


REFUSED = """
項目|單價|單位|數量|金額
{name}|{price}|{unit}|{number}|{amount}
文具費|1,000|月|12|12,000
合計||||{total}
"""


@pytest.mark.parametrize("unit", ["桌", "人", "人次", "式"])
def test_a_banquet_is_no_meal(unit: str) -> None:
    text = REFUSED.format(name="聚餐費", price="6,000", unit=unit, number=5, amount="30,000", total="42,000")
    reading = read(text, "rsp-108-1a")
    assert reading.draft.lines[0].item == "聚餐費"
    assert told(reading) == [("rsp-108/refused-items", "A2", 30000, 0)]


SURELY = """
聚餐 聚餐費 歲末聚餐 感恩聚餐餐費 家庭日—聚餐費 紀念品 紀念品費 活動紀念品製作費
獎品費 活動獎品費 點心費 茶水點心費 餐點點心費 服裝費 活動服裝費 旅遊費 旅遊車資
員工旅遊費 績效獎金 員工獎金 獎金 募款活動費 勸募宣導費 餐費（聚餐）
"""
PERHAPS = """
餐敘 餐敘費 聯誼餐敘費 尾牙 尾牙餐費 尾牙費用 春酒費 圍爐費 年終圍爐餐費 辦桌費
烤肉費 晚宴費 禮品 禮品費 禮物費 贈品費 伴手禮 禮盒費 禮券費 商品券 摸彩品
茶點費 下午茶費 蛋糕費 飲料費 咖啡費 制服費 背心製作費 T恤印製費 參訪門票費
門票 慰問金 獎勵金 獎助金 電腦 電腦設備費 筆記型電腦 印表機 投影機 平板電腦
冷氣機 辦公設備 資訊設備費 設備費 手機費
"""


@pytest.mark.parametrize("programme", ["fsp-113", "rsp-108-1a", "rsp-108-2", "rsp-108-3"])
def test_what_is_not_paid_passes_as_no_item(programme: str) -> None:
    items = Items.of(library().programme(programme), {}, library().tables)
    assert [name for name in SURELY.split() if items.find(name, None) is not None] == []
    likely = {name: items.find(name, None) for name in PERHAPS.split()}
    assert [name for name, found in likely.items() if found is not None and found.sure] == []


@pytest.mark.parametrize("programme", ["dapc-113", "rsp-108-1b", "rsp-108-1c"])
def test_where_nothing_is_listed_as_refused_such_a_name_is_asked(programme: str) -> None:
    items = Items.of(library().programme(programme), {}, library().tables)
    likely = {name: items.find(name, None) for name in (*SURELY.split()[:-1], *PERHAPS.split())}
    assert [name for name, found in likely.items() if found is not None and found.sure] == []


def meals(price: int, unit: str, number: int = 100) -> Reading:
    amount = price * number
    text = REFUSED.format(
        name="膳費", price=price, unit=unit, number=number, amount=f"{amount:,}", total=f"{amount + 12000:,}"
    )
    return read(text, "rsp-108-1a")


@pytest.mark.parametrize("unit", ["份", "盒", "個", "客"])
def test_a_portion_is_compared_with_the_price_a_head(unit: str) -> None:
    over = meals(81, unit)
    assert told(over) == [("rsp-108/unit-price", "B2", 81, 80)]
    assert unit in next(EN(one.message) for one in report(over).findings if one.outcome is Outcome.ERROR)
    within = meals(80, unit)
    assert told(within) == []
    reviews = [one for one in report(within).findings if one.rule == "draft/unit"]
    assert [(one.outcome, one.place.cell) for one in reviews] == [(Outcome.REVIEW, "C2")]
    assert unit in EN(reviews[0].message)


@pytest.mark.parametrize("unit", ["桌", "組", "張", "本", "班", "團", "尾"])
def test_a_unit_that_is_not_known_stays_as_written(unit: str) -> None:
    reading = meals(6000, unit)
    assert [quantity.written for quantity in reading.draft.lines[0].quantities] == [unit]
    assert told(reading) == []
    found = [one for one in report(reading).findings if one.rule == "draft/unit"]
    assert [(one.outcome, one.place.cell) for one in found] == [(Outcome.REVIEW, "C2")]
    assert unit in EN(found[0].message)
    assert "lot" not in EN(found[0].message)


@pytest.mark.parametrize("unit", ["場", "趟", "梯次", "次", "月", "式"])
def test_units_of_the_form_are_not_kept_as_words(unit: str) -> None:
    assert [quantity.written for quantity in meals(60, unit).draft.lines[0].quantities] == [""]


WORDED = """
項目|金額|說明
團體帶領費|{stated}|(2,000元×2小時×6次)+(2,000元×2小時×6次)＝{stated}元
講座鐘點費|20,000|2,000元×10節＝20,000元
合計|{total}|
"""


@pytest.mark.parametrize("total", ["70,000", "68,000"])
def test_a_total_of_what_rows_state_is_right_beside_a_row_that_errs(total: str) -> None:
    reading = read(WORDED.format(stated="50,000", total=total))
    found = told(reading)
    assert [one for one in found if one[1] == "B4"] == []
    assert [one[2:] for one in found if one[0] == "draft/total"] == [(50000, 48000)]
    wrong = told(read(WORDED.format(stated="50,000", total="70,001")))
    assert ("draft/total", "B4", 70001, 70000) in wrong


MIXED = """
項目|單價|單位|數量|金額
一、業務費||||
講座鐘點費|2,000|節|30|60,000
訪視交通費|200|人日|400|90,000
小計||||{first}
二、雜支||||
文具費|4,000|月|12|48,000
合計||||{total}
"""


@pytest.mark.parametrize(
    ("first", "total", "found"),
    [
        ("150,000", "198,000", []),  # both as stated
        ("140,000", "188,000", []),  # both worked out
        ("140,000", "198,000", [("draft/total", "E5", 140000, 150000)]),
        ("150,000", "188,000", [("draft/total", "E8", 188000, 198000)]),
    ],
)
def test_sums_of_a_sheet_have_one_basis(first: str, total: str, found: list[Told]) -> None:
    reading = read(MIXED.format(first=first, total=total))
    assert [one for one in told(reading) if one[0] == "draft/total"] == found


@pytest.mark.parametrize(("score", "outcome"), [(89, Outcome.REVIEW), (90, Outcome.ERROR), (91, Outcome.ERROR)])
def test_no_error_rests_on_a_likeness_below_the_sure_score(
    score: int, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(self: Items, text: str, category: str | None) -> Match | None:
        return Match(code="meals", score=score, name=text) if text == "膳x費" else None

    monkeypatch.setattr(Items, "find", find)
    text = REFUSED.format(name="膳x費", price=100, unit="人次", number=10, amount="1,001", total="13,001")
    found = [one for one in report(read(text, "rsp-108-1a")).findings if one.rule == "rsp-108/unit-price"]
    assert [(one.outcome, one.stated, one.allowed) for one in found] == [(outcome, 100, 80)]
    assert [bool(one.edits) for one in found] == [outcome is Outcome.ERROR]
    assert [one.cut is None for one in found] == [outcome is Outcome.REVIEW]
    # what the row says itself is wrong whatever item it is
    wrong = [one for one in told(read(text, "rsp-108-1a")) if one[0] == "draft/arithmetic"]
    assert wrong == [("draft/arithmetic", "E2", 1001, 1000)]


def test_of_two_items_as_near_neither_is_firm() -> None:
    assert not Match(code="meals", score=99, name="x", others=("printing",)).sure
