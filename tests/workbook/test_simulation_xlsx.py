"""Simulations as workbooks: values equal the result, charts are native and refer to cells that hold the numbers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook

from grantcalc.headcount.axes import axes_of
from grantcalc.headcount.build import from_county
from grantcalc.headcount.fit import fit
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.national import Change, national
from grantcalc.headcount.pricing import Prices, prices_of
from grantcalc.headcount.results import Fit, National, Risk, Sweep
from grantcalc.headcount.risk import risk
from grantcalc.headcount.seats import Terms
from grantcalc.headcount.simulation import Compared, Result, Simulation, simulate
from grantcalc.headcount.sweep import sweep
from grantcalc.report.simulation_run_rows import CUMULATIVE, LEFT
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue
from grantcalc.workbook.simulation import write_simulation

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
A4 = 9
REFERENCE = re.compile(r"(?P<sheet>'[^']+'|[^!]+)!(?P<cells>.+)")
TITLE = "=HYPERLINK(1)"
"""A title that a program could take for a formula."""


@pytest.fixture(scope="module")
def scenario(library: Library) -> Scenario:
    """The approved posts of 嘉義縣."""
    from attrs import evolve

    return evolve(from_county("嘉義縣", library), title=TITLE)


@pytest.fixture(scope="module")
def prices(scenario: Scenario, library: Library) -> Prices:
    """Their prices."""
    return prices_of(scenario, library.programme("dapc-113"), library.tables)


@pytest.fixture(scope="module")
def results(scenario: Scenario, prices: Prices, library: Library) -> dict[str, Result]:
    """One result of every kind."""
    axes = axes_of(["case-managers=25..30", "supervisors=3..6"], scenario, prices.programme)
    run = simulate(scenario, library)
    return {
        "run": run,
        "compare": Compared(a=run, b=simulate(from_county("彰化縣", library), library)),
        "sweep": sweep(scenario, prices, axes),
        "fit": fit(scenario, prices),
        "risk": risk(scenario, prices, Terms(), 200, 1),
        "national": national(library, prices.programme, Change(cases=Fraction(9, 10))),
    }


CHARTS = {"run": 3, "compare": 7, "sweep": 1, "fit": 1, "risk": 2, "national": 2}
"""Native charts of each kind's workbook."""

Written = Callable[[str], Path]


@pytest.fixture(params=list(Tongue), ids=lambda tongue: tongue.value)
def language(request: pytest.FixtureRequest) -> Language:
    """Both of them."""
    return Language(request.param)


@pytest.fixture
def written(results: dict[str, Result], scenario: Scenario, language: Language, tmp_path: Path) -> Written:
    """Writes the workbook of a kind."""

    def write(kind: str) -> Path:
        path = tmp_path / f"{kind}.xlsx"
        write_simulation(results[kind], None if kind in {"national", "compare"} else scenario, path, language)
        return path

    return write


def _charts(path: Path) -> list[ElementTree.Element]:
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        return [ElementTree.fromstring(package.read(name)) for name in names]  # noqa: S314  # written here


def _cells(book: Workbook, reference: str) -> list[Any]:
    """The values that a chart refers to."""
    match = REFERENCE.fullmatch(reference)
    assert match is not None
    sheet = book[match["sheet"].strip("'")]
    found = sheet[match["cells"].replace("$", "")]
    return [cell.value for row in found for cell in row] if isinstance(found, tuple) else [found.value]


@pytest.mark.parametrize("kind", list(CHARTS))
def test_charts_refer_to_cells(kind: str, written: Written) -> None:
    """Every series has a name, categories and numbers in cells of the workbook; texts are texts."""
    path = written(kind)
    book = load_workbook(path)
    charts = _charts(path)
    assert len(charts) == CHARTS[kind]
    for chart in charts:
        series = list(chart.iter(f"{CHART}ser"))
        assert series
        for one in series:
            name, names, values = (
                _cells(book, str(one.findtext(f"{CHART}{part}//{CHART}f"))) for part in ("tx", "cat", "val")
            )
            assert isinstance(name[0], str)
            assert len(names) == len(values) > 1
            assert all(isinstance(value, int | float) for value in values)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("kind", list(CHARTS))
def test_pages(kind: str, written: Written, language: Language) -> None:
    """Assumptions first; A4 landscape, one page wide; the header of a long table frozen and repeated."""
    book = load_workbook(written(kind))
    assert book.sheetnames[0] == ("試算假設" if language.is_chinese else "Assumptions")
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", A4)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToWidth or 1) == (True, 1)
        if sheet.max_row > 30:
            assert sheet.freeze_panes is not None
            assert sheet.print_title_rows


def _column(sheet: Any, header: str) -> list[Any]:
    """The cells beneath a header."""
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == header)
    found = []
    for (cell,) in sheet.iter_rows(min_row=head.row + 1, min_col=head.column, max_col=head.column):
        if cell.value is None:
            break
        found.append(cell.value)
    return found


def _english(results: dict[str, Result], kind: str, scenario: Scenario | None, path: Path) -> Any:
    write_simulation(results[kind], scenario, path / "book.xlsx", Language(Tongue.EN))
    return load_workbook(path / "book.xlsx")


def test_values_of_a_run(results: dict[str, Result], scenario: Scenario, tmp_path: Path) -> None:
    """Months, sums and entries are those of the result; a title is never a formula."""
    found = results["run"]
    assert isinstance(found, Simulation)
    book = _english(results, "run", scenario, tmp_path)
    months = book["Months"]
    assert _column(months, CUMULATIVE.template)[:-1] == [row.cumulative for row in found.run.months]
    assert _column(months, LEFT.template)[-1] == found.run.left == 257_665
    assert _column(months, "case manager")[:12] == [27] * 12
    assert _column(months, "Ratio")[:12] == [6.75] * 12
    assert _column(book["Staff entries"], "Pay")[:3] == [cost.pay for cost in found.run.by_stint]
    assert [cell.value for cell in book["Assumptions"]["B"]].count(TITLE) == 1
    assert months["H4"].number_format == "#,##0"


def test_values_of_a_sweep(results: dict[str, Result], scenario: Scenario, tmp_path: Path) -> None:
    """The map has a letter and a colour for each pair: 27 : 4 fits, 26 : 5 binds on the ratio, 28 : 4 on posts."""
    found = results["sweep"]
    assert isinstance(found, Sweep)
    book = _english(results, "sweep", scenario, tmp_path)
    assert _column(book["Combinations"], "Cost of the year") == [team.cost for team in found.combinations]
    drawn = book["Feasibility map"]
    head = next(cell for row in drawn.iter_rows() for cell in row if cell.value == "3").row
    first = head - 25 + 1
    cells = {pair: drawn.cell(row=first + pair[0], column=pair[1] - 1) for pair in ((27, 4), (26, 5), (28, 4))}
    assert {pair: cell.value for pair, cell in cells.items()} == {(27, 4): "·", (26, 5): "R", (28, 4): "P"}
    assert len({cell.fill.fgColor.rgb for cell in cells.values()}) == 3


def test_values_of_fit_risk_and_national(results: dict[str, Result], scenario: Scenario, tmp_path: Path) -> None:
    """Amounts and percentiles are those of the result; bands add up to the percentiles; counties keep their order."""
    fits, drawn, counties = results["fit"], results["risk"], results["national"]
    assert isinstance(fits, Fit)
    assert isinstance(drawn, Risk)
    assert isinstance(counties, National)
    book = _english(results, "fit", scenario, tmp_path)
    assert book["What fits"]["B2"].value == fits.budget
    book = _english(results, "risk", scenario, tmp_path)
    fan = book["Cost fan"]
    assert _column(fan, "P50") == [month.values[50] for month in drawn.by_month]
    bands = [_column(fan, name) for name in ("up to P5", "P5 to P25", "P25 to P50", "P50 to P75", "P75 to P95")]
    assert [sum(month) for month in zip(*bands, strict=True)] == [month.values[95] for month in drawn.by_month]
    book = _english(results, "national", None, tmp_path)
    sheet = book["Counties"]
    assert _column(sheet, "County")[:22] == [county.county.en for county in counties.counties]
    assert _column(sheet, "Change takes")[:23] == [
        *(county.needed_money for county in counties.counties),
        counties.total.needed_money,
    ]
    assert _column(sheet, "Gains")[22] == counties.total.gained


def test_one_axis_and_no_budget(library: Library, scenario: Scenario, prices: Prices, tmp_path: Path) -> None:
    """A sweep of days alone, and a fit without money, are written as well."""
    from attrs import evolve

    poor = evolve(scenario, budget=None)
    axes = axes_of(["start=113/1/1..113/6/1"], poor, prices.programme)
    write_simulation(sweep(poor, prices, axes), poor, tmp_path / "days.xlsx", Language(Tongue.ZH_TW))
    write_simulation(fit(poor, prices), poor, tmp_path / "fit.xlsx", Language(Tongue.ZH_TW))
    write_simulation(simulate(poor, library), poor, tmp_path / "run.xlsx", Language(Tongue.ZH_TW))
    assert len(load_workbook(tmp_path / "days.xlsx").sheetnames) > 1


def test_nobody_in_post(library: Library, scenario: Scenario, tmp_path: Path) -> None:
    """A scenario without staff is written without the picture of the staff; so is its comparison."""
    from attrs import evolve

    empty = simulate(evolve(scenario, staff=()), library)
    both = Compared(a=empty, b=simulate(scenario, library))
    for name, result, charts in (("run", empty, 2), ("both", both, 1 + 2 + 3)):
        write_simulation(result, scenario, tmp_path / f"{name}.xlsx", Language(Tongue.EN))
        assert len(_charts(tmp_path / f"{name}.xlsx")) == charts


def test_a_place_that_cannot_be_written(results: dict[str, Result], tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        write_simulation(results["national"], None, tmp_path / "missing" / "book.xlsx", Language(Tongue.EN))


def test_map_marks_warnings(results: dict[str, Result], scenario: Scenario, tmp_path: Path) -> None:
    """25 : 4 carries 807 cases with a warning (32.28 each), 27 : 4 with none; the legend says what the mark means."""
    book = _english(results, "sweep", scenario, tmp_path)
    drawn = book["Feasibility map"]
    head = next(cell for row in drawn.iter_rows() for cell in row if cell.value == "3").row
    warned, clean = drawn.cell(row=head + 1, column=3), drawn.cell(row=head + 3, column=3)
    assert (warned.value, clean.value) == ("!", "·")
    assert (warned.fill.fgColor.rgb, clean.fill.fgColor.rgb) == ("FFE8EFB0", "FFC6E0B4")
    legend = {row[0].value: row[1].value for row in drawn.iter_rows(max_row=head - 1)}
    assert legend["!"] == "! = feasible, with a warning"


def _formats(sheet: Any, header: str) -> set[str]:
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == header)
    cells = (sheet.cell(row=row, column=head.column) for row in range(head.row + 1, sheet.max_row + 1))
    return {cell.number_format for cell in cells if cell.value is not None}


def test_whole_numbers_have_no_decimals(
    results: dict[str, Result], scenario: Scenario, library: Library, tmp_path: Path
) -> None:
    """Cases, and rooms in persons and cases, where all of a column are whole; ratios keep their places."""
    months = _english(results, "run", scenario, tmp_path)["Months"]
    assert _formats(months, "Cases") == {"#,##0"}
    assert "#,##0.00" in _formats(months, "Ratio")
    teams = _english(results, "sweep", scenario, tmp_path)["Combinations"]
    headers = {cell.value for row in teams.iter_rows() for cell in row if str(cell.value).startswith("Room")}
    shown = {str(header): _formats(teams, str(header)) for header in headers}
    assert {header for header, form in shown.items() if form != {"#,##0"}} == {
        "Room: ratio of case managers to supervisors (person)"
    }
    write_simulation(
        national(library, library.programme("dapc-113"), Change()), None, tmp_path / "now.xlsx", Language(Tongue.EN)
    )
    now = load_workbook(tmp_path / "now.xlsx")["Posts by role"]
    assert now["B4"].number_format == now["C4"].number_format == "#,##0"
