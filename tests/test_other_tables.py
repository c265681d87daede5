"""Doctored copies of tables/: another year, a county nobody knows, ids that do not fit. Told, never a crash."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from grantcalc.checking import Report, check
from grantcalc.cli.tables import difference
from grantcalc.finding import Outcome, Status
from grantcalc.reading.structure import structure
from grantcalc.report.missing import describe_missing
from grantcalc.rules.library import Library
from grantcalc.tabledata import TableError, Tables, default_directory
from grantcalc.text import Language, Tongue
from grantcalc.verification import verify
from grantcalc.workbook.caps import CapRule, caps_of
from grantcalc.workbook.insurancecaps import insurance_cap


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    copied = tmp_path / "tables"
    shutil.copytree(default_directory(), copied)
    return copied


@pytest.fixture
def next_year(directory: Path) -> Library:
    """fsp-113 as of ROC year 114, of which tables/common know little."""
    folder = directory / "fsp-114"
    shutil.copytree(directory / "fsp-113", folder)
    replace(folder / "programme.toml", 'id = "fsp-113"', 'id = "fsp-114"')
    replace(folder / "programme.toml", "year = 113", "year = 114")
    replace(folder / "programme.toml", "from = 2024-01-01, to = 2024-12-31", "from = 2025-01-01, to = 2025-12-31")
    return Library(Tables(directory))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def judged(library: Library, programme: str, year: int = 2024, **parts: Any) -> Report:
    raw = {
        "format": 1,
        "programme": programme,
        "county": "嘉義縣",
        "applicant_kind": "county-government",
        "period": {"start": f"{year}-01-01", "end": f"{year}-12-31"},
        "positions": [],
        "lines": [],
        **parts,
    }
    return check(structure(raw, library, "draft.json"), library.programme(programme), library.tables)


def missing(report: Report, rule: str) -> tuple[str, ...]:
    result = next(one for one in report.rules if one.rule.id == rule)
    assert result.status is Status.COULD_NOT_RUN
    return result.missing


POST = {"role": "social-worker", "monthly_pay": 37765, "employer_insurance": 5000}
HOUR = {"item": "temporary-pay", "category": "其他", "unit_price": 190, "quantities": [{"number": 8, "unit": "hour"}]}


def test_a_year_of_which_the_common_tables_know_nothing(next_year: Library) -> None:
    report = judged(next_year, "fsp-114", 2025, positions=[POST], lines=[hourly(next_year)])
    assert missing(report, "fsp-113/employer-insurance") == ("common/insurance_rates 114",)
    assert missing(report, "common/basic-wage") == ("common/basic_wage 114",)
    language = Language(Tongue.EN)
    shown = describe_missing(("common/basic_wage 114",), report.reading.draft, language)
    assert shown == "what the table common/basic_wage says of ROC year 114"


def hourly(library: Library) -> dict[str, Any]:
    """A row of the item whose price is the basic wage."""
    items = library.programme("fsp-113").items.values()
    item = next(item for item in items if item.price_owner == "common/basic-wage")
    return {**HOUR, "item": item.code, "category": item.category}


def test_the_printed_cap_holds_without_grades(next_year: Library) -> None:
    report = judged(next_year, "fsp-114", 2025, positions=[{**POST, "employer_insurance": 6001}])
    found = [one for one in report.findings if one.rule == "fsp-113/employer-insurance"]
    assert [(one.stated, one.allowed) for one in found] == [(6001, 6000)]


def test_rates_without_grades(next_year: Library) -> None:
    path = next_year.tables.directory / "common" / "insurance_rates.csv"
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("113,")]
    more = [f"114,{line.partition(',')[2]}" for line in rows]
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(more) + "\n", encoding="utf-8")
    report = judged(Library(Tables(next_year.tables.directory)), "fsp-114", 2025, positions=[POST])
    assert missing(report, "fsp-113/employer-insurance") == ("common/labour_insurance_grades 114",)


def test_the_workbook_shows_no_cap_that_is_not_known(next_year: Library) -> None:
    programme = next_year.programme("fsp-114")
    caps = caps_of(programme, next_year.tables)
    assert caps.items[hourly(next_year)["item"]].rule is CapRule.NONE
    report = judged(next_year, "fsp-114", 2025, positions=[POST])
    assert insurance_cap(caps.insurance, report.reading.draft.positions[0]) == 6000


@pytest.mark.parametrize("programme", ["fsp-113", "fsp-999"])
def test_an_id_is_the_name_of_its_folder(programme: str, directory: Path) -> None:
    shutil.copytree(directory / "fsp-113", directory / "fsp-114")
    if programme == "fsp-999":
        replace(directory / "fsp-114" / "programme.toml", 'id = "fsp-113"', f'id = "{programme}"')
    with pytest.raises(TableError) as refused:
        verify(Library(Tables(directory)))
    assert Language(Tongue.EN)(refused.value.text) == (
        f"fsp-114/programme.toml: the id “{programme}” is not the name of its folder, “fsp-114”"
    )


@pytest.mark.parametrize("table", ["allocation", "approved_posts"])
def test_a_county_that_is_none(table: str, directory: Path) -> None:
    path = directory / "dapc-113" / f"{table}.csv"
    replace(path, "\n嘉義縣,", "\n嘉義県,")
    library = Library(Tables(directory))
    language = Language(Tongue.EN)
    assert {difference(one, language) for one in verify(library) if one.table == "common/counties" and one.failed} == {
        f"dapc-113/{table}.csv, row 14: “嘉義県” is no county of common/counties.",
        f"dapc-113/{table}.csv: there is no row for 嘉義縣.",
    }
    report = judged(library, "dapc-113", positions=[{"role": "case-manager", "monthly_pay": 40000}])
    lacking = f"dapc-113/{table} 嘉義縣"
    rule = "allocation-personnel" if table == "allocation" else "posts-total"
    assert missing(report, f"dapc-113/{rule}") == (lacking,)
    if table == "allocation":
        assert lacking in missing(report, "dapc-113/own-funds-ceiling")
    shown = describe_missing((lacking,), report.reading.draft, language)
    assert shown == f"the row of 嘉義縣 in the table dapc-113/{table}"
    assert not [one for one in report.findings if one.outcome is Outcome.ERROR and one.place.path == "county"]
