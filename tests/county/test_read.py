"""A county's own sheets from the cells to the draft and its findings: nothing guessed or left out without a word."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from grantcalc.checking import Report, check
from grantcalc.draft.model import Reading, Role
from grantcalc.finding import Outcome
from grantcalc.reading.book import Book
from grantcalc.reading.county.mapfile import parse_map
from grantcalc.reading.county.proposal import propose
from grantcalc.reading.county.read import read_county
from grantcalc.reading.formulas import Scan
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.problems import Unreadable
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue
from tests.county.grids import Rows, book

ENGLISH, CHINESE = Language(Tongue.EN), Language(Tongue.ZH_TW)
FILE = Path("/drafts/送審.xlsx")
BUDGET: list[list[object]] = [
    ["嘉義縣政府113年度藥癮者家庭支持服務及資源培力計畫經費概算表"],
    ["計畫期程：113年1月1日至113年12月31日"],
    ["經費項目", "單價", "數量", "單位", "金額", "說明"],
    ["一、個案服務費", None, None, None, 240000],
    ["個別諮商", 2000, 120, "小時", 240000, "2,000元×2小時×60次=240,000元"],
    ["二、訓練及活動費", None, None, None, 20000],
    ["場地費", 5000, 4, "式", 20000],
    ["總計", None, None, None, 260000],
    ["補助款", None, None, None, 260000],
    ["承辦人", "科長", "局長"],
]


@cache
def library() -> Library:
    return Library()


def reading_of(made: Book, options: ReadOptions | None = None) -> Reading:
    return read_county(made, library(), FILE, options or ReadOptions())


def report_of(reading: Reading) -> Report:
    return check(reading, library().programme(reading.draft.programme), library().tables)


def with_rows(**changes: list[object]) -> Book:
    """The budget with rows replaced: ``row5=[…]``."""
    rows = [changes.get(f"row{number}", row) for number, row in enumerate(BUDGET, start=1)]
    return book({"經費表": rows})


def errors(report: Report) -> list[tuple[str, str, object, object]]:
    return [
        (one.rule, one.place.shown, one.stated, one.allowed)
        for one in report.findings
        if one.outcome in {Outcome.ERROR, Outcome.WARNING} and one.rule.startswith("draft/")
    ]


def test_a_whole_budget() -> None:
    reading = reading_of(with_rows())
    draft = reading.draft
    assert (draft.programme, draft.county, draft.applicant) == ("fsp-113", "嘉義縣", "嘉義縣政府")
    assert [(line.item, line.unit_price, line.amount) for line in draft.lines] == [
        ("counselling-individual", 2000, 240000),
        ("venue", 5000, 20000),
    ]
    assert (draft.totals.grand, draft.funding.subsidy, draft.funding.own) == (260000, 260000, None)
    assert draft.place("totals.grand").shown == "經費表!E8"
    assert errors(report_of(reading)) == []
    assert not reading.unread
    assert not [one for one in reading.recognitions if not one.sure]
    left_out = [ENGLISH(one.message) for one in reading.recognitions if "no part" in one.message.template]
    assert left_out == ["Row 10 is no part of the draft: “承辦人 科長 局長”."]


@pytest.mark.parametrize(
    ("row", "cells", "expected"),
    [
        ("row8", ["總計", None, None, None, 260001], ("draft/total", "經費表!E8", 260001, 260000)),
        ("row4", ["一、個案服務費", None, None, None, 239999], ("draft/total", "經費表!E4", 239999, 240000)),
        ("row9", ["補助款", None, None, None, 250000], ("draft/funding-balance", "經費表!E9", 250000, 260000)),
    ],
)
def test_sums_are_checked_and_not_read_as_rows(row: str, cells: list[object], expected: tuple[object, ...]) -> None:
    reading = reading_of(with_rows(**{row: cells}))
    assert len(reading.draft.lines) == 2
    assert errors(report_of(reading)) == [expected]


def test_money_below_the_table_is_not_lost() -> None:
    reading = reading_of(book({"經費表": [*BUDGET, [None, None, None, None, 5000]]}))
    assert ("draft/unknown-item", "經費表!A11", None, None) in errors(report_of(reading))


def test_formulas_without_a_value_and_errors_are_told_at_their_cells() -> None:
    made = with_rows(row5=["個別諮商", 2000, 120, "小時", None], row7=["場地費", None, 4, "式", 20000])
    sheet = made.grids["經費表"]
    scan = Scan(uncalculated=frozenset({(5, 5)}), errors={(7, 2): "#REF!"})
    reading = reading_of(evolve(made, grids={"經費表": evolve(sheet, scan=scan)}))
    assert [(one.place.path, one.place.cell) for one in reading.problems] == [
        ("lines[1].unit_price", "B7"),
        ("lines[0].amount", "E5"),
    ]
    assert reading.draft.lines[0].unread == {"amount"}


def test_no_table_and_no_programme_say_what_to_give() -> None:
    with pytest.raises(Unreadable) as caught:
        reading_of(book({"說明": [["你好"]]}))
    told = [f"{ENGLISH(one.message)} {ENGLISH(one.remedy)} {ENGLISH(one.hint)}" for one in caught.value.problems]
    assert told[0].startswith(
        "No budget table was found; the sheets looked at: 說明. A budget table has a row of headers"
    )
    assert told[1].startswith(
        "The file does not say for which programme it is. Write the programme's title, with its year, above the table. "
        "Give it with --programme; known: dapc-113"
    )


def test_the_programme_and_the_county_can_be_given() -> None:
    rows = [["經費概算表"], *BUDGET[2:]]
    with pytest.raises(Unreadable):
        reading_of(book({"經費表": rows}))
    reading = reading_of(book({"經費表": rows}), ReadOptions(programme="fsp-113", county="雲林縣"))
    assert (reading.draft.programme, reading.draft.county, len(reading.draft.lines)) == ("fsp-113", "雲林縣", 2)


def test_a_map_fixes_columns_items_and_sheets() -> None:
    rows: Rows = [
        ["甲", "乙", "丙", "丁", "戊"],
        ["心理師晤談", 2000, 10, "小時", 20000],
        ["本單位人員", 40000, 12, "月", 480000],
        ["禮品", 100, 5, "份", 500],
    ]
    text = """
        programme = "fsp-113"
        county = "嘉義縣"
        sheets = ["甲"]
        [[table]]
        header = 1
        columns = { A = "item", B = "unit-price", C = "quantity", D = "unit", E = "amount" }
        [items]
        "心理師晤談" = "counselling-individual"
        "本單位人員" = "post:social-worker"
        "禮品" = "ignore"
    """
    maps = (parse_map(text.encode(), "m.toml"),)
    reading = reading_of(book({"甲": rows, "經費表": BUDGET}), ReadOptions(maps=maps))
    assert [line.item for line in reading.draft.lines] == ["counselling-individual"]
    assert [post.role for post in reading.draft.positions] == [Role.SOCIAL_WORKER]
    assert ENGLISH(reading.notes[0]) == "The map m.toml is used."


@pytest.mark.parametrize("speak", [ENGLISH, CHINESE], ids=["en", "zh-TW"])
def test_a_proposed_map_reads_the_file_as_it_was_understood(speak: Language) -> None:
    made = with_rows(row7=["場地租借費用", 5000, 4, "式", 20000])
    text = propose(made, library(), FILE, speak)
    first, again = reading_of(made), reading_of(made, ReadOptions(maps=(parse_map(text.encode(), "m.toml"),)))
    assert again.draft == first.draft
    assert 'A = "item"' in text
    assert 'programme = "fsp-113"' in text


@pytest.mark.parametrize("rows", [[["你好"]], BUDGET[2:], [["項目"], ['"]\n=1\x7f', 1]]])
def test_a_proposal_is_a_valid_map_whatever_the_file_holds(rows: Rows) -> None:
    name = 'a"b\\[1]*.xlsx'
    text = propose(book({'表"\\': rows}), library(), Path("/x") / name, ENGLISH)
    found = parse_map(text.encode(), "m.toml")
    assert found.programme is None
    assert len(found.files) == 1


def test_text_of_a_file_is_never_a_template_nor_markup() -> None:
    rows: Rows = [*BUDGET[:3], ["{0}{stated}<script>", 2000, 1, "小時", 2000, "{x}"], ["=HYPERLINK(1)", 1, 1, "次", 1]]
    report = report_of(reading_of(book({"{經費}": rows})))
    for speak in (ENGLISH, CHINESE):
        said = " ".join(f"{speak(finding.message)} {speak(finding.remedy)}" for finding in report.findings)
        assert "{0}{stated}<script>" in said
        assert "=HYPERLINK(1)" in said


HEADERS: list[object] = ["經費項目", "單價", "數量", "單位", "金額", "說明"]
ASKED: list[object] = ["個別諮商", 2000, 120, "小時", 240000]


def unsure(reading: Reading) -> list[str]:
    return [ENGLISH(one.message) for one in reading.recognitions if not one.sure]


def test_a_proposed_map_leaves_out_what_is_of_another_year() -> None:
    last = [["112年度決算"], HEADERS, ["個別諮商", 1900, 100, "小時", 190000], ["總計", None, None, None, 190000]]
    made = book({"經費表": BUDGET, "去年": last})
    text = propose(made, library(), FILE, ENGLISH)
    assert '\nsheets = ["經費表"]\n' in text
    maps = (parse_map(text.encode(), "m.toml"),)
    assert reading_of(made, ReadOptions(maps=maps)).draft == reading_of(made).draft


def test_a_sheet_of_last_year_is_left_out_and_told() -> None:
    last = [["112年度決算"], HEADERS, ["個別諮商", 1900, 100, "小時", 190000], ["總計", None, None, None, 190000]]
    reading = reading_of(book({"經費表": BUDGET, "去年": last}))
    assert [line.amount for line in reading.draft.lines] == [240000, 20000]
    assert reading.draft.totals.grand == 260000
    assert any("names ROC year 112, and the plan is of ROC year 113" in one for one in unsure(reading))
    assert not any("no table that was understood" in one for one in unsure(reading))


def test_the_only_table_is_read_whatever_year_it_names() -> None:
    options = ReadOptions(programme="fsp-113", county="嘉義縣")
    reading = reading_of(book({"表": [["112年度概算表"], HEADERS, ASKED]}), options)
    assert [line.amount for line in reading.draft.lines] == [240000]


def test_an_amount_that_slipped_into_the_explanation_is_told_as_money() -> None:
    reading = reading_of(with_rows(row7=["場地費", 5000, 4, "式", None, 20000]))
    assert [(one.place.cell, one.money) for one in reading.unread] == [("F7", True)]


def test_a_number_beside_an_amount_is_a_remark() -> None:
    assert not reading_of(with_rows(row7=["場地費", 5000, 4, "式", 20000, 20000])).unread


def test_an_amount_that_slipped_into_the_categories_is_told_as_money() -> None:
    rows = [BUDGET[0], ["類別", *HEADERS], ["個案服務費", *ASKED], [50000, "場地費", 5000, 4, "式", 20000]]
    reading = reading_of(book({"表": rows}), ReadOptions(county="嘉義縣"))
    assert [(one.place.cell, one.money) for one in reading.unread] == [("A4", True)]
