"""Lists that are none, texts that are long, tables that are many: what is read stays right, and bounded in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from grantcalc.draft.model import Reading
from grantcalc.reading.county.paygrade import points_said, steps_said
from grantcalc.reading.county.read import read_county
from grantcalc.reading.county.roles import RoleWords
from grantcalc.reading.county.transposed import NOT_READ
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.problems import Unreadable
from tests.county.grids import Rows, book
from tests.county.test_entries import library

TITLE = ["苗栗縣政府衛生局113年度毒品危害防制中心工作暨藥癮者處遇計畫概算"]


def reading_of(rows: Rows, programme: str = "dapc-113") -> Reading:
    options = ReadOptions(programme=programme, county="苗栗縣")
    return read_county(book({"概算": rows}), library(), Path("x.xlsx"), options)


def role_words() -> RoleWords:
    return RoleWords.of(library().tables, library().programme("fsp-113"))


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("學士第4階，配合計畫第2、3階段辦理", (4,)),
        ("自第3階晉4、5階", (3,)),
        ("第3、4階", (3, 4)),
        ("第2、3階段", ()),
    ],
)
def test_stages_and_rises_in_lists_are_no_steps(text: str, steps: tuple[int, ...]) -> None:
    assert steps_said(text, role_words()) == steps


@pytest.mark.parametrize("text", ["薪點：280、312", "薪點280至312", "280、312薪點"])
def test_several_points_behind_their_word_are_several(text: str) -> None:
    assert points_said(text, role_words()) == (280, 312)


@pytest.mark.parametrize("text", ["3、" * 16_000, "第3、 " * 8_000, "280、" * 8_000])
def test_a_cell_full_of_lists_takes_no_longer_than_its_length(text: str) -> None:
    """Seconds where each start looked to the end of the list; the pattern alone is bounded here by its matches."""
    assert steps_said(text, role_words()) == ()
    assert points_said(text, role_words()) == ()


def test_priced_rows_below_a_line_on_sources_are_rows() -> None:
    rows: Rows = [
        TITLE,
        ["項目", "單價", "數量", "單位", "金額"],
        ["出席費", 2500, 40, "人次", 100000],
        ["經費來源"],
        ["交通補助款", 500, 10, "人次", 5000],
        ["合計", None, None, None, 105000],
    ]
    assert [line.amount for line in reading_of(rows).draft.lines] == [100000, 5000]


def test_a_table_that_is_told_as_not_read_makes_no_money() -> None:
    rows: Rows = [
        TITLE,
        ["項目", "社工員", "專案費", "雜費", "郵電費", "督導"],
        ["人數", 1, "", "", "", 1],
        ["費用", 960000, 20000, 8000, 10000, 580000],
    ]
    with pytest.raises(Unreadable):
        reading_of(rows)


def test_no_more_tables_are_exchanged_than_a_sheet_has_use_for() -> None:
    table = [["職稱", "社工員", "社工員"], ["月薪", 37800, 37800], ["月數", 12, 12], ["薪資合計", 453600, 453600], [""]]
    reading = reading_of([TITLE, *(row for _ in range(40) for row in table)])
    assert len(reading.draft.positions) == 60
    assert {one.place.cell for one in reading.recognitions if one.message.template == NOT_READ.template} == {
        f"A{2 + 5 * at}" for at in range(30, 40)
    }
