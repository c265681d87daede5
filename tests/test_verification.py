"""Recomputing the tables: known differences are known, anything else fails with an exact message."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grantcalc.cli.tables import difference
from grantcalc.recomputed import Check
from grantcalc.rules.library import Library
from grantcalc.tabledata import Tables, default_directory
from grantcalc.text import Language, Tongue
from grantcalc.verification import verify
from grantcalc.verification_points import pay_scales

Doctor = Callable[[str, str, str], Library]


@pytest.fixture(scope="module")
def checks() -> tuple[Check, ...]:
    return verify(Library())


@pytest.fixture
def doctored(tmp_path: Path) -> Doctor:
    """The tables with one text in one file replaced."""

    def replace(file: str, old: str, new: str) -> Library:
        directory = tmp_path / "tables"
        shutil.copytree(default_directory(), directory)
        path = directory / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), encoding="utf-8")
        return Library(Tables(directory))

    return replace


def failures(library: Library) -> list[str]:
    language = Language(Tongue.EN)
    return [difference(check, language) for check in verify(library) if check.failed]


def test_the_tables_agree(checks: tuple[Check, ...]) -> None:
    assert [check.place for check in checks if check.failed] == []


def test_known_differences(checks: tuple[Check, ...]) -> None:
    """README decision 9, each with what is printed and what comes out."""
    known = {check.place: (check.printed, check.computed) for check in checks if check.known}
    assert known["total:cases"] == (21676, 21678)
    assert known["total:national-need"] == (662, 723)
    assert known["臺東縣:project_managers"] == (1, 0)
    assert known["南投縣:senior"] == (3, 2)
    assert known["彰化縣:supervisors_floor"] == (2, 1)
    assert known["基隆市:supervisors_floor"] == (3, 2)
    assert known["113:thousands"] == (481089, 481090)
    none_printed = {place.partition(":")[0] for place in known if place.endswith(":project_managers_below_one")}
    assert none_printed == {"嘉義市", "澎湖縣", "金門縣", "連江縣"}
    assert sum(place.endswith(":case_managers") for place in known) == 22 - 7
    assert len(known) == 26


def test_every_published_column_is_recomputed(checks: tuple[Check, ...]) -> None:
    by_table: dict[str, int] = {}
    for check in checks:
        by_table[check.table] = by_table.get(check.table, 0) + 1
    assert by_table["dapc-113/allocation"] == 3 + 22
    assert by_table["common/labour_premiums_113"] == 13 * 4
    assert by_table["common/nhi_grades"] >= (50 + 48) * 3
    assert by_table["dapc-113/subsidy_history"] == 18 + 1
    supervisors = [check for check in checks if check.place.endswith(("縣:supervisors", "市:supervisors"))]
    assert len(supervisors) == 22
    assert all(check.agrees for check in supervisors)


def test_every_printed_pay_is_points_times_the_value_of_a_point(checks: tuple[Check, ...]) -> None:
    """RSP-108 附表1 prints 18 amounts; 345 × 124.7 = 43,021.5 is one that only half up gives."""
    scale = [check for check in checks if check.table == "rsp-108/case_manager_points"]
    printed = {check.place: check.printed for check in scale if check.place.endswith(":amount")}
    assert len(printed) == 18
    assert printed["bachelor 9:amount"] == 43022
    assert all(check.agrees for check in scale)


@pytest.mark.parametrize(
    ("table", "rows"), [("rsp-108/case_manager_points", 2 * 9), ("dapc-113/project_manager_points", 2 * 7)]
)
def test_every_scale_of_points_is_recomputed(checks: tuple[Check, ...], table: str, rows: int) -> None:
    places = [check.place for check in checks if check.table == table]
    assert sum(place.endswith(":points") for place in places) == rows
    assert sum(place.endswith(":step") for place in places) == rows


@pytest.mark.parametrize(
    ("file", "old", "new", "messages"),
    [
        (
            "dapc-113/allocation.csv",
            "新北市,59034000,12450000,71484000",
            "新北市,59034001,12450000,71484000",
            [
                "dapc-113/allocation.csv, printed total of column Personnel: the table has 384,235,841, computed is "
                "384,235,842 (sum of the rows).",
                "dapc-113/allocation.csv, row 2 (新北市), column Total: the table has 71,484,000, computed is "
                "71,484,001 (sum of Personnel + Operations).",
            ],
        ),
        (
            "dapc-113/approved_posts.csv",
            "嘉義縣,807,31,27,0,27,4,2",
            "嘉義縣,807,31,27,0,27,5,2",
            [
                "dapc-113/approved_posts.csv, printed total of column Supervisors: the table has 93, computed is 94 "
                "(sum of the rows).",
                "dapc-113/approved_posts.csv, row 14 (嘉義縣), column Posts approved by the Executive Yuan, 113: the "
                "table has 31, computed is 32 (sum of Case managers, subtotal + Supervisors).",
                "dapc-113/approved_posts.csv, row 14 (嘉義縣), column Supervisors: the table has 5, computed is 4 "
                "(formula of the document).",
                "dapc-113/approved_posts.csv, row 14 (嘉義縣), column Supervisors: the table has 5, computed is 4 "
                "(most supervisors at the floor of the ratio).",
            ],
        ),
        (
            "dapc-113/subsidy_history.csv",
            "31680,26608",
            "31681,26608",
            [
                "dapc-113/subsidy_history.csv, row 4 (98), column Total: the table has 58,288, computed is 58,289 (sum "
                "of Hotline plan: Ministry of Justice + Hotline plan: second reserve fund of the Executive Yuan + "
                "Treatment plan: Ministry of Justice + Treatment plan: second reserve fund of the Executive Yuan + "
                "Treatment plan: Ministry of Health and Welfare)."
            ],
        ),
        (
            "common/nhi_grades.csv",
            "113,1,0,27470,27470,426,1329,222",
            "113,1,0,27470,27470,426,1330,222",
            [
                "common/nhi_grades.csv, row 2 (113 1), column Employer: the table has 1,330, computed is 1,329 "
                "(insured amount × rate × share)."
            ],
        ),
        (
            "dapc-113/staffing_parameters.csv",
            "national-need,723",
            "national-need,722",
            [
                "dapc-113/staffing_parameters.csv, row 4 (national-need), column Value: the table has 722, computed is "
                "723 (all cases divided by the cases of one case manager).",
                "dapc-113/approved_posts.csv, printed total of column Case managers, subtotal: the table has 662, "
                "computed is 722 (national need).",
                "common/known_differences.csv, row {stale}: the known difference {id} is not there any more.",
            ],
        ),
        (
            "rsp-108/case_manager_points.csv",
            "9,bachelor,345,43022",
            "9,bachelor,345,43021",
            [
                "rsp-108/case_manager_points.csv, row 10 (bachelor 9), column Pay a month: the table has 43,021, "
                "computed is 43,022 (points × value of a point, half up)."
            ],
        ),
        (
            "rsp-108/case_manager_points.csv",
            "1,master,280,34916",
            "1,master,281,34916",
            [
                "rsp-108/case_manager_points.csv, row 11 (master 1), column Points: the table has 281, computed is 280 "
                "(10 points more with every step).",
                "rsp-108/case_manager_points.csv, row 11 (master 1), column Pay a month: the table has 34,916, "
                "computed is 35,041 (points × value of a point, half up).",
            ],
        ),
        (
            "rsp-108/case_manager_points.csv",
            "\n9,master,",
            "\n10,master,",
            [
                "rsp-108/case_manager_points.csv, row 19 (master 10), column Step: the table has 10, computed is 9 "
                "(steps one after another from 1)."
            ],
        ),
        (
            "dapc-113/project_manager_points.csv",
            "7,3,360",
            "7,3,306",
            [
                "dapc-113/project_manager_points.csv, row 11 (7 3), column Points: the table has 306, computed is 360 "
                "(16 points more with every step)."
            ],
        ),
    ],
    ids=[
        "allocation",
        "posts",
        "history",
        "health-insurance",
        "national-need",
        "printed-pay",
        "points",
        "steps",
        "points-of-another-document",
    ],
)
def test_a_changed_number_fails(doctored: Doctor, file: str, old: str, new: str, messages: list[str]) -> None:
    row = Tables()["common/known_differences"].row(place="total:national-need")
    expected = [message.format(stale=row.number, id=row["id"]) for message in messages]
    assert sorted(failures(doctored(file, old, new))) == sorted(expected)


def test_a_changed_value_of_a_point_fails_for_every_printed_pay(doctored: Doctor) -> None:
    failed = [check for check in verify(doctored("rsp-108/point_value.csv", ",124.7,", ",125.7,")) if check.failed]
    assert {check.table for check in failed} == {"rsp-108/case_manager_points"}
    assert [check.place.partition(":")[2] for check in failed] == ["amount"] * 18


def test_a_scale_without_printed_pay_needs_no_value_of_a_point() -> None:
    """Points alone are checked by their steps: 280 × 124.7 stands in no table of DAPC-113."""
    places = {check.place for check in pay_scales(Library().tables, "dapc-113")}
    assert {place.partition(":")[2] for place in places} == {"step", "points"}
    assert not list(pay_scales(Library().tables, "fsp-113"))


def test_a_source_that_is_not_listed_fails(doctored: Doctor) -> None:
    library = doctored("sources.toml", 'id = "BASIC-WAGE"', 'id = "BASIC-WAGES"')
    found = failures(library)
    assert "common/basic_wage: source BASIC-WAGE: there is no such document in sources.toml." in found
    assert all(message.endswith("source BASIC-WAGE: there is no such document in sources.toml.") for message in found)


def test_a_known_difference_that_changes_is_no_longer_known(doctored: Doctor) -> None:
    library = doctored("dapc-113/approved_posts.csv", "南投縣,422,15,10,3,13,2,1", "南投縣,422,15,9,4,13,2,1")
    places = {check.place for check in verify(library) if check.failed and not check.table.startswith("common/")}
    assert places == {"total:general", "total:senior", "南投縣:senior"}
