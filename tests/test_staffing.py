"""The staffing formulas against the published table (DAPC-113 附件七)."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.cli import main
from grantcalc.finding import Operation
from grantcalc.money import Rounding
from grantcalc.rules.library import Library
from grantcalc.staffing import (
    Approved,
    Split,
    approved_posts,
    case_managers_needed,
    differences,
    need,
    parameter,
    project_managers_needed,
    ratio,
    senior_posts,
    split,
    supervisors_needed,
)
from grantcalc.tabledata import Tables
from grantcalc.verification import verify

TABLES = Tables()
COUNTIES = [row["county"] for row in TABLES["dapc-113/approved_posts"].rows]


def approved(county: str) -> Approved:
    found = approved_posts(county, TABLES)
    assert found is not None
    return found


def test_there_are_22_counties_and_no_other() -> None:
    assert len(COUNTIES) == 22
    assert approved_posts("臺灣省", TABLES) is None
    assert approved_posts(None, TABLES) is None


@pytest.mark.parametrize("county", COUNTIES)
def test_supervisors_of_every_row_follow_the_formula(county: str) -> None:
    row = approved(county)
    assert supervisors_needed(row.case_managers, TABLES).value == row.supervisors


def test_project_managers_follow_in_all_rows_but_one() -> None:
    apart = [
        row.county
        for row in map(approved, COUNTIES)
        if project_managers_needed(row.case_managers, row.supervisors, TABLES).value != row.project_managers
    ]
    assert apart == ["臺東縣"]
    taitung = approved("臺東縣")
    figure = project_managers_needed(taitung.case_managers, taitung.supervisors, TABLES)
    assert figure.exact == Fraction(45, 100)
    assert taitung.project_managers == 1


def test_case_managers_follow_in_seven_rows() -> None:
    rows = [approved(county) for county in COUNTIES]
    follow = [row for row in rows if case_managers_needed(row.cases, TABLES).value == row.case_managers]
    assert len(follow) == 7
    assert sum(row.case_managers for row in rows) == 662


@pytest.mark.parametrize(
    ("managers", "supervisors", "expected"),
    [
        (9, 1, 1),  # 新竹市: 10 × 0.05 = 0.5, half up
        (130, 19, 7),  # 新北市: 149 × 0.05 = 7.45
        (8, 1, 0),  # 嘉義市: 0.45
        (27, 4, 2),  # 嘉義縣: 1.55
        (30, 4, 2),  # 屏東縣: 1.7
        (23, 3, 1),  # 雲林縣: 1.3
        (1, 0, 0),
    ],
)
def test_project_managers(managers: int, supervisors: int, expected: int) -> None:
    assert project_managers_needed(managers, supervisors, TABLES).value == expected


@pytest.mark.parametrize(
    ("cases", "expected"),
    [(21676, 723), (8, 1), (1, 1), (0, 1), (44, 1), (45, 2), (46, 2), (30, 1), (61, 2), (74, 2), (75, 3)],
)
def test_case_managers_needed(cases: int, expected: int) -> None:
    assert case_managers_needed(cases, TABLES).value == expected


def test_case_managers_rounded_up_on_request() -> None:
    assert case_managers_needed(21676, TABLES, Rounding.UP).value == 723
    assert case_managers_needed(31, TABLES, Rounding.UP).value == 2
    assert case_managers_needed(31, TABLES).value == 1


@pytest.mark.parametrize(("managers", "expected"), [(4, 0), (5, 1), (9, 1), (10, 2), (13, 2), (14, 2), (130, 26)])
def test_senior_posts_in_whole_fives(managers: int, expected: int) -> None:
    assert senior_posts(managers, TABLES).value == expected


@pytest.mark.parametrize(("managers", "expected"), [(0, 0), (3, 0), (4, 1), (7, 1), (10, 1), (11, 2), (27, 4)])
def test_supervisors_needed(managers: int, expected: int) -> None:
    assert supervisors_needed(managers, TABLES).value == expected


def test_need_works_from_the_team_it_is_given() -> None:
    found = need(807, 27, 4, TABLES)
    assert (found.case_managers.value, found.senior.value) == (27, 5)
    assert (found.supervisors.value, found.project_managers.value) == (4, 2)
    assert not found.below_one


def test_need_without_a_team_uses_its_own_results() -> None:
    found = need(300, None, None, TABLES)
    values = (found.case_managers.value, found.senior.value, found.supervisors.value, found.project_managers.value)
    assert values == (10, 2, 1, 1)  # 10 ÷ 7 = 1.43; 11 × 0.05 = 0.55
    assert found.below_one


def test_explanations_show_the_arithmetic() -> None:
    figure = project_managers_needed(9, 1, TABLES)
    assert figure.explanation.operation is Operation.PRODUCT
    assert [one.value for one in figure.explanation.inputs] == [10, Fraction(1, 20)]
    assert figure.explanation.rounding == "half-up"
    assert figure.citation.section == "附件七 註一(三)"
    assert case_managers_needed(60, TABLES).explanation.rounding is None


@pytest.mark.parametrize(
    ("county", "managers", "supervisors", "expected"),
    [
        ("彰化縣", 12, 2, Split.APPROVED),
        ("彰化縣", 11, 3, Split.BELOW),
        ("彰化縣", 11, 2, Split.UNFILLED),
        ("彰化縣", 13, 1, Split.WITHIN),
        ("彰化縣", 13, 2, Split.WITHIN),  # exactly 6.5
        ("基隆市", 19, 3, Split.APPROVED),
        ("基隆市", 18, 3, Split.UNFILLED),
        ("嘉義縣", 26, 5, Split.BELOW),
        ("嘉義縣", 26, 4, Split.WITHIN),  # exactly 6.5
        ("嘉義縣", 25, 4, Split.UNFILLED),
        ("嘉義縣", 28, 3, Split.WITHIN),
        ("金門縣", 2, 0, Split.NO_SUPERVISOR),
        ("金門縣", 1, 1, Split.BELOW),
    ],
)
def test_split(county: str, managers: int, supervisors: int, expected: Split) -> None:
    assert split(managers, supervisors, approved(county), TABLES) is expected


@pytest.mark.parametrize("county", COUNTIES)
def test_every_approved_split_passes(county: str) -> None:
    row = approved(county)
    passing = {Split.APPROVED, Split.NO_SUPERVISOR}
    assert split(row.case_managers, row.supervisors, row, TABLES) in passing


def test_ratio() -> None:
    assert ratio(27, 4) == Fraction(27, 4)
    assert ratio(2, 0) is None


def test_differences_name_their_clauses() -> None:
    changhua = {one.figure: one for one in differences(approved("彰化縣"), TABLES)}
    assert changhua["case_managers"].formula == 15
    assert changhua["case_managers"].approved == 12
    assert changhua["ratio"].citation.section == "附件七 註二"
    nantou = {one.figure: one for one in differences(approved("南投縣"), TABLES)}
    assert (nantou["senior"].formula, nantou["senior"].approved) == (2, 3)
    taitung = {one.figure: one for one in differences(approved("臺東縣"), TABLES)}
    assert (taitung["project_managers"].formula, taitung["project_managers"].approved) == (0, 1)


def test_below_one_is_named_where_none_is_approved() -> None:
    found = {one.figure for one in differences(approved("金門縣"), TABLES)}
    assert found == {"project_managers"}


def test_parameters_are_cited() -> None:
    floor = parameter(TABLES, "supervisor-ratio-floor")
    assert floor.value == Fraction(13, 2)
    assert str(floor.citation) == "DAPC-113 附件七 註二"


@given(st.integers(0, 100_000), st.integers(0, 5_000))
def test_more_cases_or_staff_never_need_fewer(cases: int, managers: int) -> None:
    assert case_managers_needed(cases + 1, TABLES).value >= case_managers_needed(cases, TABLES).value
    assert supervisors_needed(managers + 1, TABLES).value >= supervisors_needed(managers, TABLES).value
    assert senior_posts(managers + 1, TABLES).value >= senior_posts(managers, TABLES).value


@given(st.integers(0, 5_000))
def test_half_up_is_never_to_the_even(managers: int) -> None:
    exact = Fraction(managers, 7)
    assert supervisors_needed(managers, TABLES).value == (exact + Fraction(1, 2)).__floor__()


def test_the_programme_says_how_case_managers_become_whole(tmp_path: Path) -> None:
    """811 ÷ 30 = 27.03 makes 28; so do the tables' own cases when they are recomputed."""
    directory = tmp_path / "tables"
    shutil.copytree(TABLES.directory, directory)
    file = directory / "dapc-113" / "programme.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('case_manager_rounding = "half-up"', 'case_manager_rounding = "up"'), encoding="utf-8")
    shown = CliRunner().invoke(
        main, ["--tables", str(directory), "staffing", "嘉義縣", "--cases", "811", "--format", "json"]
    )
    assert json.loads(shown.stdout)["counties"][0]["formula"]["case_managers"] == 28
    computed = {one.place: one.computed for one in verify(Library(Tables(directory)))}
    for county in COUNTIES:
        assert computed[f"{county}:case_managers"] == -(-approved(county).cases // 30)
