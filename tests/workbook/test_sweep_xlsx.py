"""Sweeps and fits as workbooks: the best teams, starts that cannot be computed, and pictures of the right columns."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from attrs import evolve
from openpyxl import load_workbook

from grantcalc.headcount.axes import axes_of
from grantcalc.headcount.build import from_county
from grantcalc.headcount.fit import fit
from grantcalc.headcount.model import Change, ChangeKind, Scenario
from grantcalc.headcount.national import Change as NationalChange
from grantcalc.headcount.national import national
from grantcalc.headcount.pricing import Prices, prices_of
from grantcalc.headcount.results import Sweep
from grantcalc.headcount.sweep import sweep
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue
from grantcalc.workbook.simulation import write_simulation

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
EN = Language(Tongue.EN)


@pytest.fixture(scope="module")
def scenario(library: Library) -> Scenario:
    """The approved posts of 嘉義縣."""
    return from_county("嘉義縣", library)


@pytest.fixture(scope="module")
def prices(scenario: Scenario, library: Library) -> Prices:
    """Their prices."""
    return prices_of(scenario, library.programme("dapc-113"), library.tables)


def swept(scenario: Scenario, prices: Prices, *varied: str) -> Sweep:
    """The sweep of these axes."""
    return sweep(scenario, prices, axes_of(list(varied), scenario, prices.programme))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    """The values of a sheet, row by row."""
    return list(sheet.iter_rows(values_only=True))


def beneath(sheet: Any, heading: str) -> dict[str, Any]:
    """The first row of the table under a heading, by its headers."""
    known = rows(sheet)
    at = next(index for index, row in enumerate(known) if row[0] == heading)
    return dict(zip(known[at + 1], known[at + 2], strict=True))


def series(path: Path) -> list[dict[str, str]]:
    """The cells that the series of the only chart refer to."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        (chart,) = (ElementTree.fromstring(package.read(name)) for name in names)  # noqa: S314  # written here
    return [
        {part: str(one.findtext(f"{CHART}{part}//{CHART}f")) for part in ("tx", "cat", "val")}
        for one in chart.iter(f"{CHART}ser")
    ]


def test_summary_has_the_team_without_a_warning_and_the_peak(
    scenario: Scenario, prices: Prices, tmp_path: Path
) -> None:
    """27 : 4 costs 20,835,335; cheaper ones are warned of."""
    path = tmp_path / "sweep.xlsx"
    write_simulation(swept(scenario, prices, "case-managers=20..35", "supervisors=2..6"), scenario, path, EN)
    summary = load_workbook(path)["Summary"]
    best = beneath(summary, "Cheapest feasible team without any warning")
    assert best["Cost of the year"] == 20_835_335
    assert best["Most in post on any day (case managers:supervisors)"] == "27:4"
    assert beneath(summary, "Cheapest feasible team that covers the cases")["supervisor"] == 2


def test_summary_names_starts_that_cannot_be_computed(library: Library, scenario: Scenario, tmp_path: Path) -> None:
    """A supervisor leaves on 31 March: starts of April and May are untried, for each of two numbers."""
    who = next(member.name for member in scenario.staff if member.role.value == "supervisor")
    leave = Change(kind=ChangeKind.LEAVE, entry="change 1", who=who, date=dt.date(2024, 3, 31), count=1)
    leaving = evolve(scenario, changes=(leave,))
    prices = prices_of(leaving, library.programme("dapc-113"), library.tables)
    found = swept(leaving, prices, "case-managers=26,27", "start=113/3/1..113/5/1")
    write_simulation(found, leaving, tmp_path / "sweep.xlsx", EN)
    told = rows(load_workbook(tmp_path / "sweep.xlsx")["Summary"])
    assert ("Not computable, and not among them", 4) in [row[:2] for row in told]
    lines = [row[0] for row in told if str(row[0]).startswith("First day 2024-0")]
    assert [line[:20] for line in lines] == ["First day 2024-04-01", "First day 2024-05-01"]


def test_frontier_goes_by_the_axis_of_its_title(scenario: Scenario, prices: Prices, tmp_path: Path) -> None:
    """Case managers as the second axis; supervisors where no case managers are varied."""
    path = tmp_path / "sweep.xlsx"
    for varied, title, column in (
        (("supervisors=2..4", "case-managers=25..27"), "case manager", "B"),
        (("start=113/1/1..113/3/1", "supervisors=2..4"), "supervisor", "B"),
        (("supervisors=2..4",), "supervisor", "A"),
    ):
        write_simulation(swept(scenario, prices, *varied), scenario, path, EN)
        sheet = load_workbook(path)["Frontier"]
        assert sheet["A1"].value == f"Frontier: the cheapest feasible team by number of persons ({title})"
        assert {re.sub(r"[$\d:]", "", one["cat"]) for one in series(path)} == {f"Frontier!{column * 2}"}
        assert sheet[f"{column}2"].value == title


@pytest.mark.parametrize("budget", [21_093_000, None])
def test_fit_draws_what_there_is(budget: int | None, scenario: Scenario, prices: Prices, tmp_path: Path) -> None:
    """Without a budget there is no series of what the money pays, and the sheet says that none is stated."""
    known = evolve(scenario, budget=budget)
    write_simulation(fit(known, prices), known, tmp_path / "fit.xlsx", EN)
    sheet = load_workbook(tmp_path / "fit.xlsx")["What fits"]
    names = [sheet[one["tx"].partition("!")[2].replace("$", "")].value for one in series(tmp_path / "fit.xlsx")]
    if budget is None:
        assert names == ["Planned persons", "Most that no rule stops"]
        assert sheet["B2"].value == "none stated; fill in budget in the scenario file"
    else:
        assert names == ["Planned persons", "Most that the money pays", "Most that no rule stops"]
        assert sheet["B2"].value == budget
    head = next(row for row in rows(sheet) if row[0] == "Role")
    assert "Most in post on any day (case managers:supervisors)" in head


def test_counties_without_a_change_stand_to_approval(library: Library, tmp_path: Path) -> None:
    """嘉義縣: 33 by the formula, 33 approved; 臺北市 70 by the formula, 67 approved. The long bars leave room."""
    found = national(library, library.programme("dapc-113"), NationalChange())
    write_simulation(found, None, tmp_path / "now.xlsx", EN)
    sheet = load_workbook(tmp_path / "now.xlsx")["Counties"]
    against = {row[0]: row[4] for row in rows(sheet)[1:25]}
    assert against["County"] == "Posts of the formula less those approved"
    assert (against["Chiayi County"], against["Taipei City"]) == (0, 3)
    with zipfile.ZipFile(tmp_path / "now.xlsx") as package:
        chart = ElementTree.fromstring(package.read("xl/charts/chart2.xml"))  # noqa: S314  # written here
    lowest = chart.find(f".//{CHART}valAx/{CHART}scaling/{CHART}min")
    assert lowest is not None
    assert int(lowest.attrib["val"]) < 1.15 * min(county.balance for county in found.counties)
