"""Rows of a county's own table as lines: items, prices, quantities, funds, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from grantcalc.checking import check
from grantcalc.draft.model import Fund, Lecturer, Line, Reading, Recognition
from grantcalc.reading.county.mapping import SheetMap
from grantcalc.reading.county.read import read_county
from grantcalc.reading.options import ReadOptions
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue
from grantcalc.units import Unit
from tests.county.grids import book

TITLE = ["嘉義縣社會局113年度藥癮者家庭支持服務及資源培力計畫經費概算表"]
HEADER = ["項目", "單價", "數量", "單位", "金額", "說明"]
HOUR, TIME, PERSON, LOT = Unit.HOUR, Unit.TIME, Unit.PERSON, Unit.LOT


@cache
def library() -> Library:
    return Library()


def reading_of(
    rows: Sequence[Sequence[object]],
    header: Sequence[object] = HEADER,
    programme: str = "fsp-113",
    items: Mapping[str, str] | None = None,
) -> Reading:
    """What is read of a sheet with these rows below a title and a header."""
    maps = (SheetMap(source="map.toml", items=items),) if items else ()
    options = ReadOptions(programme=programme, county="嘉義縣", maps=maps)
    return read_county(book({"概算": [TITLE, header, *rows]}), library(), Path("x.xlsx"), options)


def line_of(rows: Sequence[Sequence[object]], header: Sequence[object] = HEADER, programme: str = "fsp-113") -> Line:
    """The one line of a sheet."""
    (line,) = reading_of(rows, header, programme).draft.lines
    return line


def factors(line: Line) -> list[tuple[object, Unit]]:
    """Numbers and units."""
    return [(quantity.number, quantity.unit) for quantity in line.quantities]


def told(reading: Reading, words: str) -> list[Recognition]:
    """What was told with these words in it, or in the hint behind it."""
    english = Language(Tongue.EN)
    return [one for one in reading.recognitions if words in f"{english(one.message)} {english(one.hint)}"]


def rules_that_fail(reading: Reading) -> dict[str, int]:
    """Rules with errors or warnings, and how many."""
    report = check(reading, library().programme(reading.draft.programme), library().tables)
    counts: dict[str, int] = {}
    for finding in report.findings:
        if finding.outcome.value in {"error", "warning"}:
            counts[finding.rule] = counts.get(finding.rule, 0) + 1
    return counts


def test_columns_as_they_stand() -> None:
    line = line_of([["個別諮商費", 2000, 48, "小時", 96000, ""]])
    assert (line.item, line.unit_price, line.amount) == ("counselling-individual", 2000, 96000)
    assert factors(line) == [(48, HOUR)]
    assert line.origin.place("unit_price").cell == "B3"
    assert line.origin.place("quantities[0].number").cell == "C3"
    assert line.origin.place("quantities[0].unit").cell == "D3"
    assert line.origin.place("amount").cell == "E3"


def test_explanation_alone_gives_price_and_quantities() -> None:
    reading = reading_of([["個別諮商費", "", "", "", 96000, "2,000元×2小時×12次×2人=96,000元"]])
    (line,) = reading.draft.lines
    assert line.unit_price == 2000
    assert factors(line) == [(2, HOUR), (12, TIME), (2, PERSON)]
    assert line.origin.place("unit_price").cell == "F3"
    assert rules_that_fail(reading) == {}


def test_wrong_arithmetic_in_words_is_one_error() -> None:
    reading = reading_of([["個別諮商費", "", "", "", 95000, "2,000元×2小時×12次×2人=95,000元"]])
    assert rules_that_fail(reading) == {"draft/arithmetic": 1}
    other = reading_of([["個別諮商費", 2000, 48, "小時", 96000, "2,000元×2小時×12次×2人=95,000元"]])
    assert rules_that_fail(other) == {"draft/worded-arithmetic": 1}


def test_finer_quantities_of_the_explanation() -> None:
    reading = reading_of([["外聘督導輔導費", 2000, 36, "小時", 72000, "2,000元×3小時×12次"]])
    (line,) = reading.draft.lines
    assert factors(line) == [(3, HOUR), (12, TIME)]
    assert told(reading, "makes the same as the columns")


def test_columns_win_over_another_explanation() -> None:
    line = line_of([["個別諮商費", 2000, 40, "小時", 80000, "2,000元×2小時×12次×2人=96,000元"]])
    assert factors(line) == [(40, HOUR)]


def test_several_calculations_of_one_row() -> None:
    text = "督導輔導費：2,000元×3時×12次=72,000元；個案研討費：2,000元×3時×4次=24,000元"
    reading = reading_of([["外聘督導", "", "", "", 96001, text]])
    assert [(line.item, line.amount) for line in reading.draft.lines] == [
        ("supervision-monthly", 72000),
        ("supervision-case-study", 24000),
    ]
    (total,) = reading.sums
    assert (total.stated, total.rows) == (96001, ("lines[0].amount", "lines[1].amount"))
    assert {line.origin.row for line in reading.draft.lines} == {3}


def test_a_sum_of_products_makes_lines_and_keeps_its_result() -> None:
    reading = reading_of([["個別諮商費", "", "", "", 8000, "2,000元×3時＋1,000元×2時=8,000元"]])
    assert [(line.unit_price, line.amount) for line in reading.draft.lines] == [(2000, 6000), (1000, 2000)]
    assert [one.stated for one in reading.sums] == [8000]


FUNDS = ["項目", "單價", "數量", "單位", "金額", "補助款", "自籌款", "說明"]


def test_two_funds_split_a_quantity_exactly() -> None:
    reading = reading_of([["團體帶領費", 2000, 24, "節", 48000, 40000, 8000, "2,000元×2節×12次=48,000元"]], FUNDS)
    subsidy, own = reading.draft.lines
    assert (subsidy.fund, subsidy.amount, own.fund, own.amount) == (Fund.SUBSIDY, 40000, Fund.OWN, 8000)
    assert [quantity.number for quantity in subsidy.quantities] == [2, 10]
    assert [quantity.number for quantity in own.quantities] == [2, 2]
    assert own.origin.place("amount").cell == "G3"
    assert rules_that_fail(reading) == {}


def test_two_funds_that_split_nothing() -> None:
    reading = reading_of([["團體帶領費", 2000, 24, "節", 48000, 40500, 7500, ""]], FUNDS)
    assert [(line.amount, line.quantities) for line in reading.draft.lines] == [(40500, ()), (7500, ())]
    (one,) = told(reading, "no quantity splits alike")
    assert not one.sure


def test_own_funds_alone() -> None:
    line = line_of([["印刷費", 10, 500, "張", 5000, "", 5000, ""]], FUNDS)
    assert (line.fund, line.amount, factors(line)) == (Fund.OWN, 5000, [(500, LOT)])


def test_amount_that_is_not_the_sum_of_its_funds() -> None:
    reading = reading_of([["印刷費", None, None, None, 5000, 4000, 500, ""]], FUNDS)
    (one,) = told(reading, "its funds add up to")
    assert not one.sure
    assert [line.amount for line in reading.draft.lines] == [4000, 500]


@pytest.mark.parametrize(
    ("words", "fund"),
    [("補助款", Fund.SUBSIDY), ("縣府自籌", Fund.OWN), ("配合款", Fund.OWN), ("毒品防制基金補助", Fund.SUBSIDY)],
)
def test_fund_in_words(words: str, fund: Fund) -> None:
    header = ["項目", "單價", "數量", "單位", "金額", "經費來源"]
    assert line_of([["印刷費", 10, 500, "式", 5000, words]], header).fund is fund


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("1.個別諮商費", "counselling-individual"),
        ("(一)個別諮商費", "counselling-individual"),
        ("①個別諮商費", "counselling-individual"),
        ("個別諮商鐘點費(外聘)", "counselling-individual"),
        ("個 別 諮 商 費", "counselling-individual"),
        ("志工交通費補助", "volunteer-transport"),
        ("協同團體帶領費", "group-coleader"),
        ("團體帶領鐘點費（外聘）", "group-leader"),
    ],
)
def test_names_of_items(name: str, code: str) -> None:
    assert line_of([[name, 100, 2, "小時", 200, ""]]).item == code


def test_near_name_is_told_with_its_score() -> None:
    reading = reading_of([["家族諮商鐘點費", 2000, 2, "小時", 4000, ""]])
    (one,) = told(reading, "Likeness 92 of 100")
    assert one.sure
    assert one.place.cell == "A3"


def test_doubtful_name_is_for_a_person() -> None:
    reading = reading_of([["外聘督導鐘點費", 2000, 2, "小時", 4000, ""]])
    (one,) = told(reading, "Likeness")
    assert not one.sure
    assert one.score < 90


def test_nothing_near_keeps_the_name() -> None:
    reading = reading_of([["布置材料", 5000, 1, "式", 5000, "紙材"]])
    assert reading.draft.lines[0].item == "布置材料"
    assert rules_that_fail(reading) == {"draft/unknown-item": 1}


def test_a_name_like_another_by_chance_is_not_taken() -> None:
    assert line_of([["講師交通費", 500, 2, "式", 1000, ""]]).item == "講師交通費"


def test_item_named_by_the_explanation() -> None:
    reading = reading_of([["辦理成果發表會", "", "", "", 24000, "便當80元×30人×10次=24,000元"]])
    assert reading.draft.lines[0].item == "meals"
    (one,) = told(reading, "which its explanation")
    assert not one.sure


def test_map_fixes_an_item_and_leaves_a_row_out() -> None:
    rows = [["成果發表", 5000, 1, "式", 5000, ""], ["內部用", 1, 1, "式", 1, ""]]
    reading = reading_of(rows, items={"成果發表": "printing", "內部用": "ignore"})
    assert [line.item for line in reading.draft.lines] == ["printing"]
    assert told(reading, "left out, as the mapping says")


def test_map_with_an_item_that_does_not_exist() -> None:
    reading = reading_of([["印刷費", 5000, 1, "式", 5000, ""]], items={"印刷費": "no-such"})
    assert [line.item for line in reading.draft.lines] == ["printing"]
    assert not told(reading, "which is no item of this programme")[0].sure


@pytest.mark.parametrize(
    ("number", "unit", "expected", "sure"),
    [
        (500, "張", LOT, True),  # pieces of what is bought
        (12, "人次", Unit.PERSON_TIME, None),
        ("12次", "", TIME, None),
        (2, "季", LOT, False),
        (2, "", LOT, False),
    ],
)
def test_units(number: object, unit: str, expected: Unit, sure: bool | None) -> None:
    reading = reading_of([["印刷費", 10, number, unit, 5000, ""]])
    (line,) = reading.draft.lines
    assert line.quantities[0].unit is expected
    kinds = [one.sure for one in reading.recognitions if one.place.cell in {"C3", "D3"}]
    assert kinds == ([] if sure is None else [sure])


def test_quantities_in_words_of_one_cell() -> None:
    assert factors(line_of([["個別諮商費", "2,000元/小時", "2小時×12次", "", 48000, ""]])) == [(2, HOUR), (12, TIME)]


def test_a_quantity_that_is_none() -> None:
    reading = reading_of([["個別諮商費", 2000, "若干", "小時", 48000, ""]])
    assert reading.draft.lines[0].quantities == ()
    assert [problem.place.cell for problem in reading.problems] == ["C3"]


def test_a_price_that_is_none() -> None:
    reading = reading_of([["個別諮商費", "依規定", 24, "小時", 48000, ""]])
    assert reading.draft.lines[0].unit_price is None
    assert [problem.place.cell for problem in reading.problems] == ["B3"]


def test_thousands_of_the_header() -> None:
    header = ["項目", "單價(元)", "數量", "單位", "金額(千元)", "說明"]
    line = line_of([["個別諮商費", 2000, 24, "小時", 48, ""]], header)
    assert (line.unit_price, line.amount) == (2000, 48000)
    exact = line_of([["個別諮商費", 2050, 1, "小時", 2.05, ""]], header)
    assert exact.amount == 2050


def test_quantity_columns_named_by_units() -> None:
    header = ["項目", "單價", "時數", "次數", "人數", "金額", "備註"]
    line = line_of([["個別諮商費", 2000, 2, 12, 2, 96000, ""]], header)
    assert factors(line) == [(2, HOUR), (12, TIME), (2, PERSON)]


def test_heading_is_a_category() -> None:
    reading = reading_of([["三、個案服務費", "", "", "", "", ""], ["訪視費", 500, 60, "次", 30000, ""]])
    assert reading.draft.lines[0].category == "個案服務費"


def test_heading_that_is_no_category_is_told_once() -> None:
    rows = [
        ["一、家庭支持團體", "", "", "", "", ""],
        ["訪視費", 500, 60, "次", 30000, ""],
        ["印刷費", 1, 1, "式", 1, ""],
    ]
    reading = reading_of(rows)
    assert [line.category for line in reading.draft.lines] == [None, None]
    assert len(told(reading, "is no category of this programme")) == 1


def test_lecturer_of_the_words() -> None:
    line = line_of([["講師鐘點費(外聘)", 2000, 3, "節", 6000, ""]])
    assert line.details.lecturer is Lecturer.EXTERNAL


def test_a_share_is_one_lot() -> None:
    line = line_of([["專案計畫管理費", "", "", "", 9600, "96,000元×10%=9,600元"]])
    assert (line.unit_price, factors(line), line.amount) == (9600, [(1, LOT)], 9600)


def test_prices_without_units_in_words_are_for_a_person() -> None:
    reading = reading_of([["印刷費", "", "", "", 6000, "200*3*10"]])
    assert not told(reading, "says which number is the price")[0].sure


def test_half_units_stay_exact() -> None:
    line = line_of([["個別諮商費", 2000, 1.5, "小時", 3000, ""]])
    assert line.quantities[0].number == Decimal("1.5")


def test_every_cell_that_was_used_is_claimed() -> None:
    reading = reading_of([["團體帶領費", 2000, 24, "節", 48000, 40000, 8000, "2,000元×2節×12次=48,000元"]], FUNDS)
    assert [cell for cell in reading.cells if not cell.claimed and not cell.told] == []


def test_the_same_reading_twice() -> None:
    rows = [["外聘督導鐘點費", 2000, 2, "小時", 4000, ""], ["印刷費", 10, 500, "張", 5000, ""]]
    first, second = reading_of(rows), reading_of(rows)
    assert evolve(first, draft=second.draft) == second
    assert first.draft == second.draft


def test_amount_merged_over_two_rows() -> None:
    from attrs import evolve as changed

    header = ["項目", "單價", "數量", "單位", "金額", "說明"]
    rows = [TITLE, header, ["膳費", 100, 100, "人次", 20000, ""], ["印刷費", 10000, 1, "式", "", "單張"]]
    sheet = book({"概算": rows})
    grid = changed(sheet.grids["概算"], merged=((3, 5, 4, 5),))
    options = ReadOptions(programme="fsp-113", county="嘉義縣")
    reading = read_county(changed(sheet, grids={"概算": grid}), library(), Path("x.xlsx"), options)
    assert [line.amount for line in reading.draft.lines] == [None, None]
    assert [(one.stated, one.rows) for one in reading.sums] == [(20000, ("lines[0].amount", "lines[1].amount"))]
    assert [cell for cell in reading.cells if not cell.claimed and not cell.told] == []


def test_one_lot_in_the_explanation() -> None:
    line = line_of([["場地及佈置費", "", "", "", 30000, "一式"]])
    assert (line.unit_price, factors(line)) == (30000, [(1, LOT)])


def test_unit_in_a_remark() -> None:
    header = ["項目", "說明", "單價", "數量", "金額", "備註"]
    line = line_of([["辦公室租金", "租屋", 10000, 12, 120000, "每月"]], header)
    assert factors(line) == [(12, Unit.MONTH)]


def test_several_items_in_one_name() -> None:
    reading = reading_of([["電話費、文具及雜支", 30000, 1, "式", 30000, "辦公用"]])
    assert reading.draft.lines[0].item == "management"
    assert not told(reading, "as near by name")[0].sure


def test_amount_with_a_label_beside_calculations() -> None:
    text = "1.講座鐘點費：2,000元×10節=20,000元\n2.印刷費：30,000元"
    reading = reading_of([["訓練費用", "", "", "", 50000, text]])
    assert [(line.item, line.amount) for line in reading.draft.lines] == [("lecture", 20000), ("printing", 30000)]
