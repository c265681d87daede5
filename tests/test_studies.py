"""Fields of study as applicants write them."""

from __future__ import annotations

import pytest

from grantcalc.rules.studies import studies_of
from grantcalc.tabledata import Tables

FIELDS = "rsp-108/fields_of_study"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("social-work", "social-work"),
        ("Social Work", "social-work"),
        ("Department of Social Work", "social-work"),
        ("社會工作", "social-work"),
        ("社工系", "social-work"),
        (" 社會工作學系　", "social-work"),
        ("國立臺灣大學社會工作學系碩士班", "social-work"),
        ("社會工作研究所", "social-work"),
        ("心理學", "psychology"),
        ("輔導與諮商學系", "counselling"),
        ("護理科", "nursing"),
        ("犯罪防治學系", "criminology"),
        ("公共衛生學系", "public-health"),
        ("社會福利學系", "social-welfare"),
        ("法律學系", "law"),
        ("醫務管理學系", "health-administration"),
        ("醫學系", "medicine"),
    ],
)
def test_listed(tables: Tables, written: str, code: str) -> None:
    assert [study.code for study in studies_of(written, FIELDS, tables)] == [code]


@pytest.mark.parametrize("written", ["非社會工作", "社會學系", "企業管理學系", "大學", "系", "護", "philosophy", "、"])
def test_not_listed(tables: Tables, written: str) -> None:
    assert studies_of(written, FIELDS, tables) == ()


def test_several(tables: Tables) -> None:
    found = studies_of("法律學系、社會工作學系", FIELDS, tables)
    assert [(study.code, study.group) for study in found] == [("law", "plan-3"), ("social-work", "social-work")]
