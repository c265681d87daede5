"""Steps and points of pay in the words of a row: read as told, judged by the rule of the pay."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from grantcalc.checking import check
from grantcalc.finding import Outcome
from grantcalc.reading.county.paygrade import points_said, steps_said
from grantcalc.reading.county.roles import RoleWords
from tests.county.test_entries import library, reading_of, told

HEADER = ["職稱", "月薪", "月數", "小計", "說明"]


@cache
def words() -> RoleWords:
    return RoleWords.of(library().tables, library().programme("rsp-108-2"))


@pytest.mark.parametrize(
    ("text", "steps", "points"),
    [
        ("學士第3階285薪點", [3], [285]),
        ("學士第1階；10個月", [1], []),
        ("碩士級第3年", [3], []),
        ("碩士，第四階", [4], []),
        ("學士級（第5階）", [5], []),
        ("第３階", [3], []),
        ("第 2 階", [2], []),
        ("年資3階", [3], []),
        ("起薪37,765+社工師4,000+2階", [2], []),
        ("第3階 35,540元×13.5月", [3], []),
        ("3階，每階1,000元", [3], []),
        ("薪點285", [], [285]),
        ("薪點：280", [], [280]),
        ("俸點 295 點", [], [295]),
        ("7等3階 360薪點", [], [360]),
        ("第3階至第5階", [3, 5], []),
        ("第3、4階", [3, 4], []),
        ("第3 ~ 5階", [3, 5], []),
        ("3或4階", [3, 4], []),
        ("280、285薪點", [], [280, 285]),
        ("280-376薪點", [], [280, 376]),
        # none of these is the step of a post, or its points
        ("第一階段訓練", [], []),
        ("晉一階", [], []),
        ("晉升 1 階", [], []),
        ("本計畫第3年", [], []),
        ("六等一階", [], []),
        ("每薪點124.7元", [], []),
        ("薪點折合率124.7元", [], []),
        ("1階1,000元×3", [], []),
        ("薪點124元", [], []),
    ],
)
def test_words(text: str, steps: Sequence[int], points: Sequence[int]) -> None:
    assert (list(steps_said(text, words())), list(points_said(text, words()))) == (steps, points)


@pytest.mark.parametrize(
    ("pay", "said", "allowed"),
    [
        (34916, "學士第1階", None),  # 265 + 15 points with a licence, which the row does not deny
        (34917, "學士第1階", 34916),
        (37410, "碩士級第3年", None),  # 300 points
        (39281, "碩士級第3年", None),  # 315 points × 124.7 = 39,280.5, half up
        (39282, "碩士級第3年", 39281),
    ],
)
def test_the_rule_of_the_pay_judges_what_the_remark_says(pay: int, said: str, allowed: int | None) -> None:
    reading = reading_of([["個案管理人員", pay, 12, pay * 12, said]], HEADER, "rsp-108-2")
    (post,) = reading.draft.positions
    (note,) = told(reading, "The step of pay was read")
    assert (note.sure, note.place.cell, post.origin.place("step").cell) == (True, "E3", "E3")
    report = check(reading, library().programme("rsp-108-2"), library().tables)
    found = [one for one in report.findings if one.rule == "rsp-108/case-manager-pay" and one.outcome is Outcome.ERROR]
    assert [(one.place.cell, one.allowed) for one in found] == ([] if allowed is None else [("B3", allowed)])


def test_a_column_of_steps_is_believed_before_the_remark() -> None:
    header = ["職稱", "年資階數", "月薪", "月數", "小計", "說明"]
    reading = reading_of([["個案管理人員", 2, 34293, 12, 411516, "原敘第1階"]], header, "rsp-108-2")
    assert [post.step for post in reading.draft.positions] == [2]


def test_several_steps_are_told_and_not_read() -> None:
    reading = reading_of([["個案管理人員", 34293, 12, 411516, "學士第2階，7月起第3階"]], HEADER, "rsp-108-2")
    (question,) = told(reading, "several steps")
    assert not question.sure
    assert [post.step for post in reading.draft.positions] == [None]


def test_a_step_in_the_name_does_not_hide_another_in_the_remark() -> None:
    reading = reading_of([["個案管理人員（第1階）", 34293, 12, 411516, "學士第3階"]], HEADER, "rsp-108-2")
    questions = told(reading, "several steps")
    assert [(one.sure, one.place.cell) for one in questions] == [(False, "A3"), (False, "E3")]
    assert all("第1階" in str(one.message.values["written"]) for one in questions)
    assert all("第3階" in str(one.message.values["written"]) for one in questions)
    assert [post.step for post in reading.draft.positions] == [None]


def test_a_step_said_twice_alike_is_read_once() -> None:
    reading = reading_of([["個案管理人員（第3階）", 34293, 12, 411516, "學士第3階"]], HEADER, "rsp-108-2")
    assert [one.place.cell for one in told(reading, "The step of pay was read")] == ["A3"]
    assert [post.step for post in reading.draft.positions] == [3]


@pytest.mark.parametrize(
    ("name", "remark", "cells"),
    [
        ("個案管理人員", "280、296薪點", ["E3"]),
        ("個案管理人員", "原280薪點，7月起296薪點", ["E3"]),
        ("個案管理人員（280薪點）", "296俸點", ["A3", "E3"]),
    ],
)
def test_several_points_are_told_and_not_read(name: str, remark: str, cells: list[str]) -> None:
    reading = reading_of([[name, 34293, 12, 411516, remark]], HEADER, "rsp-108-2")
    assert [(one.sure, one.place.cell) for one in told(reading, "several points")] == [(False, at) for at in cells]
    assert [post.points for post in reading.draft.positions] == [None]
