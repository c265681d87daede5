"""Names that clerks write for items: what is sure must be right; what is not certain is asked."""

from __future__ import annotations

from functools import cache

import pytest

from grantcalc.reading.county.items import Items
from tests.county.test_entries import library, line_of, reading_of, told

FSP, DAPC, RSP = "fsp-113", "dapc-113", "rsp-108-2"


@cache
def items(programme: str) -> Items:
    return Items.of(library().programme(programme), {}, library().tables)


SURE = [
    (FSP, "個別心理諮商", "counselling-individual"),
    (RSP, "個別心理諮商", "counselling"),
    (FSP, "團體輔導帶領費", "group-leader"),
    (DAPC, "團體輔導帶領費", "group-leader"),
    (RSP, "團體諮商費", "group-leader"),
    (FSP, "協同領導費", "group-coleader"),
    (FSP, "志工保險", "management"),
    (FSP, "志工意外險", "management"),
    (FSP, "志工平安險", "management"),
    (FSP, "志工車馬費", "volunteer-transport"),
    (FSP, "場地布置", "venue"),
    (FSP, "場地佈置費", "venue"),
    (FSP, "場地及布置費", "venue"),
    (DAPC, "會場布置費", "venue"),
    (FSP, "便當", "meals"),
    (DAPC, "便當費", "meals"),
    (FSP, "餐盒", "meals"),
    (DAPC, "餐盒費", "meals"),
    (RSP, "午餐費", "meals"),
    (FSP, "外聘講師費", "lecture"),
    (FSP, "講師費(外聘)", "lecture"),
    (FSP, "個別諮商鐘點費(外聘)", "counselling-individual"),
    (FSP, "團體帶領費（第1場）", "group-leader"),
    (FSP, "膳費(志工)", "meals"),
    (FSP, "印刷費(含設計費)", "printing"),
    (FSP, "雜支(文具、郵資)", "other"),
    (FSP, "海報費", "printing"),
    (FSP, "水電費", "management"),
    (FSP, "補充保費", "management"),
    (FSP, "什支", "other"),
    (FSP, "工讀金", "temporary-pay"),
    (FSP, "專案計劃管理費", "management"),
    (DAPC, "文具用品", "stationery"),
    (RSP, "翻譯費（外文譯中文）", "translation-to-chinese"),
]


@pytest.mark.parametrize(("programme", "written", "code"), SURE, ids=[f"{one[0]} {one[1]}" for one in SURE])
def test_certain_names(programme: str, written: str, code: str) -> None:
    found = items(programme).find(written, None)
    assert found is not None
    assert (found.code, found.sure) == (code, True)


ASKED = [
    # the words in brackets, or before a dash, are those of another item
    (FSP, "團體帶領費(協同)"),
    (FSP, "協同-團體帶領費"),
    (RSP, "團體帶領費（協同）"),
    (RSP, "心理輔導費(團體)"),
    (RSP, "諮商費(團體)"),
    (FSP, "個別諮商費(夫妻)"),
    (FSP, "意外保險費(志工)"),
    # ... or of a cost that is none of the programme's
    (FSP, "講師費(交通費)"),
    (FSP, "出席費(審查費)"),
    (DAPC, "諮商費(交通費)"),
    # only the brackets would tell which of two items it is
    (FSP, "心理輔導、社會暨心理評估與處置、諮商及心理治療費"),
    (FSP, "心理輔導、社會暨心理評估與處置、諮商及心理治療費（夫妻）"),
    (FSP, "心理輔導、社會暨心理評估與處置、諮商及心理治療費（團體）"),
    (FSP, "外聘督導鐘點費"),
    (RSP, "翻譯費"),
    # a word more in a long name, or another word
    (FSP, "山地平地原住民及離島等偏遠地區個案交通費"),
    (FSP, "助教團體輔導帶領者鐘點費"),
    (FSP, "維修志願服務人員交通費"),
    # the end is another item's name
    (FSP, "個案研討餐費"),
    (FSP, "個案研討旅費"),
    (DAPC, "個案研討膳費"),
    # words that may mean two things
    (FSP, "保險費"),
    (FSP, "餐點費"),
    (FSP, "心理諮商費"),
    (FSP, "督導費"),
    (FSP, "講座"),
    (RSP, "宣導品"),
]


@pytest.mark.parametrize(("programme", "written"), ASKED, ids=[f"{one[0]} {one[1]}" for one in ASKED])
def test_doubtful_names(programme: str, written: str) -> None:
    found = items(programme).find(written, None)
    assert found is None or not found.sure


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("心理輔導、社會暨心理評估與處置、諮商及心理治療費（夫妻）", "counselling-joint"),
        ("外聘督導鐘點費(個案研討)", "supervision-case-study"),
    ],
)
def test_a_remark_chooses_among_items_of_one_name(written: str, code: str) -> None:
    found = items(FSP).find(written, None)
    assert found is not None
    assert found.code == code


NOTHING = ["志工背心", "紀念品", "講師交通費", "臨托費", "停車費", "家庭日活動費", "律師費", "尿檢費", "點心費"]


@pytest.mark.parametrize("written", NOTHING)
def test_names_of_no_item(written: str) -> None:
    found = items(FSP).find(written, None)
    assert found is None or not found.sure


def test_a_sum_names_an_item_before_each_product() -> None:
    """講師費 6 × 2,000 and 場地費 2 × 3,000 in one row: two lines, and the sum is right."""
    reading = reading_of(
        [["辦理活動", 18000, "講師費2,000元*6節+場地費3,000元*2場=18,000元"]], ["項目", "金額", "說明"]
    )
    lines = [(line.item, line.unit_price, line.amount) for line in reading.draft.lines]
    assert lines == [("lecture", 2000, 12000), ("venue", 3000, 6000)]


def test_who_lectures_is_read_from_each_product() -> None:
    rows = [["講師費", 16000, "外聘2,000元*6節+內聘1,000元*4節=16,000元"]]
    reading = reading_of(rows, ["項目", "金額", "說明"])
    assert [line.details.lecturer and line.details.lecturer.value for line in reading.draft.lines] == [
        "external",
        "internal",
    ]


def test_an_amount_that_is_added_to_a_product() -> None:
    line, more = reading_of(
        [["講師費", 49013, "2,000元*24節+補充保費1,013元=49,013元"]], ["項目", "金額", "說明"]
    ).draft.lines
    assert (line.unit_price, line.amount, more.amount) == (2000, 48000, 1013)


def test_a_doubt_about_a_label_is_told() -> None:
    rows = [["團體", 18000, "團體帶領費2,000元*6節；團體帶領費(協同)1,000元*6節"]]
    reading = reading_of(rows, ["項目", "金額", "說明"])
    assert [one for one in told(reading, "團體帶領費(協同)") if not one.sure]


def test_one_name_of_two_letters_is_one() -> None:
    assert line_of([["場地佈置費", 5000, 1, "式", 5000, "布條"]]).item == "venue"
    assert line_of([["場地布置費", 5000, 1, "式", 5000, "布條"]]).item == "venue"
