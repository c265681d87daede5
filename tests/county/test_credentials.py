"""Licences, years of experience and risk allowance that a post's row tells in words; most are told, few are taken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from grantcalc.checking import check
from grantcalc.draft.model import Education, Licence, RiskAllowance
from grantcalc.finding import Outcome
from grantcalc.reading.county.credentials import Credentials
from grantcalc.reading.county.roles import RoleWords
from tests.county.test_entries import library, reading_of, told

HEADER = ["職稱", "月薪", "月數", "小計", "說明"]
WORKER, SPECIALIST, PSYCHOLOGIST = Licence.SOCIAL_WORKER, Licence.SPECIALIST_SOCIAL_WORKER, Licence.PSYCHOLOGIST
UNCLEAR = "does not say plainly"


@cache
def credentials() -> Credentials:
    return Credentials(RoleWords.of(library().tables, library().programme("fsp-113")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("具社工師執照", [(WORKER,)]),
        ("領有社會工作師證書", [(WORKER,)]),
        ("社工師執照", [(WORKER,)]),
        ("學士、具社工師執照", [(WORKER,)]),
        ("學士具社工師證照", [(WORKER,)]),
        ("新進1名，學士、具社工師執照", [(WORKER,)]),
        ("具社工師、心理師證照", [(WORKER, PSYCHOLOGIST)]),
        ("具社工師及專科社工師證書", [(SPECIALIST, WORKER)]),
        ("無證照", [()]),
        ("未領有證照", [()]),
        ("尚未取得證照", [()]),
        ("無相關專業證照", [()]),
        ("社工系學士，得應社工師考試，無證照，無加給", [()]),
        # spoken of, but not plainly
        ("有證照", [None]),
        ("無社工師執照", [None]),
        ("無證照者減列", [None]),
        ("如無證照", [None]),
        ("應具社工師執照", [None]),
        ("預計取得社工師證照", [None]),
        ("未來取得社工師證照", [None]),
        ("具社工師執照者加4,000元", [None]),
        ("2名有證照1名無", [None]),
        # of something else
        ("得應社工師考試", []),
        ("社工師執照加給4,000元", []),
        ("無證照加給", []),
        ("附證照影本", []),
        ("證書費500元", []),
        ("社工師", []),
    ],
)
def test_licences_in_words(text: str, expected: Sequence[object]) -> None:
    assert [one.value for one in credentials().said(text) if one.field == "licences"] == expected


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("年資滿3年", "experience_years", [3]),
        ("滿三年", "experience_years", [3]),
        ("3年工作經驗", "experience_years", [3]),
        ("年資3年以上", "experience_years", [None]),
        ("未滿3年", "experience_years", []),
        ("年資2階", "experience_years", []),
        ("本計畫第3年", "experience_years", []),
        ("符合風險評估標準", "risk_allowance", [RiskAllowance.ASSESSED]),
        ("無風險加給", "risk_allowance", [RiskAllowance.NONE]),
        ("領有專案風險加給", "risk_allowance", [RiskAllowance.PROJECT_1995]),
        ("高風險", "risk_allowance", [None]),  # which of the cases it is, it does not say
        ("服務高風險個案", "risk_allowance", []),
    ],
)
def test_years_and_risk_in_words(text: str, field: str, expected: Sequence[object]) -> None:
    assert [one.value for one in credentials().said(text) if one.field == field] == expected


def test_a_remark_is_told_with_its_cell() -> None:
    reading = reading_of([["社工員", 41765, 12, 501180, "大學畢、具社工師執照、年資滿3年"]], HEADER)
    (post,) = reading.draft.positions
    assert (post.education, post.licences, post.experience_years) == (Education.BACHELOR, (WORKER,), 3)
    assert [post.origin.place(name).cell for name in ("licences", "experience_years")] == ["E3", "E3"]
    (note,) = told(reading, "The licences were read")
    assert (note.sure, note.place.cell) == (True, "E3")
    assert told(reading, UNCLEAR) == []


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("社工員3名", "2名有證照1名無"),
        ("社工員2名", "具社工師執照"),
        ("社工員", "具社工師執照，無證照"),
        ("社工員", "應具社工師執照"),
    ],
)
def test_what_is_not_plain_of_one_person_is_told_and_not_taken(role: str, said: str) -> None:
    (post,) = (reading := reading_of([[role, 41765, 12, 501180, said]], HEADER)).draft.positions
    assert post.licences is None
    (note,) = told(reading, UNCLEAR)
    assert (note.sure, note.place.cell) == (False, "E3")


def test_what_is_said_of_all_persons_is_of_each() -> None:
    (post,) = reading_of([["社工員2名", 41765, 12, 1002360, "均具社工師執照"]], HEADER).draft.positions
    assert (post.count, post.licences) == (2, (WORKER,))


@pytest.mark.parametrize(
    ("said", "degree"),
    [
        ("臺灣大學社工研究所碩士", Education.MASTER),
        ("大學畢", Education.BACHELOR),
        ("碩士在學中", None),
        ("學士以上", None),
    ],
)
def test_degrees_that_are_finished(said: str, degree: Education | None) -> None:
    (post,) = reading_of([["社工員", 37765, 12, 453180, said]], HEADER).draft.positions
    assert post.education is degree


@pytest.mark.parametrize(
    ("pay", "said", "allowed"),
    [
        (41760, "學士、無證照、年資2階", None),  # 37,765 + 2,000, and 1,995 of the risk of which nothing is said
        (41761, "學士、無證照、年資2階", 41760),
        (39766, "學士、無證照、年資2階、無風險加給", 39765),
        (43765, "學士、年資2階", None),  # a licence may be held
        (43765, "無證照", None),  # no step
        (47760, "具社工師執照，年資0階", None),  # it names one licence: 37,765 + 995 + 2,000 + 4,000 + 2,000 + 1,000
        (47761, "具社工師執照，年資0階", 47760),
    ],
)
def test_pay_above_what_the_most_favourable_would_allow(pay: int, said: str, allowed: int | None) -> None:
    reading = reading_of([["社工員", pay, 12, pay * 12, said]], HEADER)
    report = check(reading, library().programme("fsp-113"), library().tables)
    found = [one for one in report.findings if one.rule == "fsp-113/social-worker-pay" and one.outcome is Outcome.ERROR]
    assert [(one.stated, one.allowed, one.place.cell) for one in found] == (
        [] if allowed is None else [(pay, allowed, "B3")]
    )


@pytest.mark.parametrize(("said", "allowed"), [("學士第1階，無證照", 33046), ("學士第1階", None)])
def test_a_licence_denied_lowers_the_points(said: str, allowed: int | None) -> None:
    reading = reading_of([["個案管理人員", 34293, 12, 411516, said]], HEADER, "rsp-108-2")
    report = check(reading, library().programme("rsp-108-2"), library().tables)
    found = [one for one in report.findings if one.rule == "rsp-108/case-manager-pay" and one.outcome is Outcome.ERROR]
    assert [one.allowed for one in found] == ([] if allowed is None else [allowed])
