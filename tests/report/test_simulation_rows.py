"""What the forms of a simulation share: typed cells as text, and words that follow what was varied or is missing."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from attrs import evolve

from grantcalc.headcount.axes import axes_of
from grantcalc.headcount.build import from_county
from grantcalc.headcount.fit import fit
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.pricing import Prices, prices_of
from grantcalc.headcount.simulation import simulate
from grantcalc.headcount.sweep import sweep
from grantcalc.report.columns import Cell, Column, Look, cell_text, row_texts, text_table
from grantcalc.report.html_parts import table_of
from grantcalc.report.simulation_fit_rows import MOST
from grantcalc.report.simulation_html import simulation_html
from grantcalc.report.simulation_run_rows import entries, money
from grantcalc.report.simulation_text import simulation_text
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue

ZH, EN = Language(Tongue.ZH_TW), Language(Tongue.EN)


@pytest.fixture(scope="module")
def scenario(library: Library) -> Scenario:
    """The approved posts of 嘉義縣."""
    return from_county("嘉義縣", library)


@pytest.fixture(scope="module")
def prices(scenario: Scenario, library: Library) -> Prices:
    """Their prices."""
    return prices_of(scenario, library.programme("dapc-113"), library.tables)


@pytest.mark.parametrize(
    ("cell", "look", "shown"),
    [
        (1_234, Look.MONEY, "1,234"),
        (1_234, Look.DOLLARS, "1,234元"),
        (1_234, Look.SIGNED, "+1,234"),
        (-1_234, Look.SIGNED, "-1,234"),
        (0, Look.SIGNED, "0"),
        (Fraction(28, 3), Look.RATIO, "9.33"),
        (Fraction(27, 4), Look.RATIO, "6.75"),
        (Fraction(1, 200), Look.RATIO, "0.01"),
        (Fraction(8625, 10000), Look.PERCENT, "86.25%"),
        (Fraction(7685, 10), Look.NUMBER, "768.5"),
        (dt.date(2024, 7, 1), Look.DATE, "113年7月1日"),
        ("27:4", Look.NUMBER, "27:4"),
        (None, Look.MONEY, "–"),
    ],
)
def test_cells_as_text(cell: Cell, look: Look, shown: str) -> None:
    assert cell_text(cell, look, ZH) == shown


def test_sums_stand_below_only_where_there_are_any() -> None:
    columns = [Column(header="a", look=Look.TEXT, cells=["x"], total="sum"), Column(header="b", cells=[1])]
    assert row_texts(columns, EN, has_total=True) == [("x", "1"), ("sum", "")]
    assert row_texts(columns, EN) == [("x", "1")]
    assert text_table([Column(header="a", cells=[], total=0)], EN, has_total=True) == []


def test_entries_add_up_to_the_months(scenario: Scenario, library: Library) -> None:
    found = simulate(scenario, library)
    by_entry = {column.header: column for column in entries(found, EN)}
    by_month = {column.header: column for column in money(found, EN)}
    for kind in ("Pay", "Bonus"):
        assert sum(by_entry[kind].cells) == by_entry[kind].total == sum(by_month[kind].cells)  # type: ignore[arg-type]
    assert "Own funds" not in by_entry


@pytest.mark.parametrize("form", [simulation_text, simulation_html])
def test_fit_says_that_no_budget_is_stated(form: object, scenario: Scenario, prices: Prices) -> None:
    poor = evolve(scenario, budget=None)
    text = form(fit(poor, prices), poor, ZH)  # type: ignore[operator]
    assert "未列預算，請於情境檔填 budget" in text
    assert ZH(MOST) not in text


@pytest.mark.parametrize("form", [simulation_text, simulation_html])
def test_frontier_names_the_role_that_is_varied(form: object, scenario: Scenario, prices: Prices) -> None:
    found = sweep(scenario, prices, axes_of(["start=113/1/1..113/2/1", "supervisors=2..4"], scenario, prices.programme))
    text = form(found, scenario, EN)  # type: ignore[operator]
    assert "the cheapest feasible team by number of persons (supervisor)" in text
    assert "persons (case manager)" not in text
    if form is simulation_html:
        below = text[text.index('id="frontier-') :]
        assert ">supervisor</text>" in below[: below.index("</svg>")]


def test_map_of_the_text_marks_warnings(scenario: Scenario, prices: Prices) -> None:
    """25 : 4 is warned of (32.28 cases each), 27 : 4 is not, 28 : 4 is more than the posts."""
    axes = axes_of(["supervisors=4,5", "case-managers=25,27,28"], scenario, prices.programme)
    lines = simulation_text(sweep(scenario, prices, axes), scenario, ZH, 200).splitlines()
    row = next(line.split() for line in lines if line.split()[:1] == ["4"] and len(line.split()) == 4)
    assert row == ["4", "!", "·", "P"]


def test_headers_are_never_narrow_strips() -> None:
    (table,) = table_of(["月份", "2024-01-01", "餘裕：核定員額（名）"], [("1月", "P", "3")])
    assert [table.class_of(at) for at in range(3)] == ["text whole", "whole", "long"]  # type: ignore[union-attr]


@pytest.mark.parametrize("form", [simulation_text, simulation_html])
def test_a_large_sweep_promises_no_list_that_no_form_has(form: object, scenario: Scenario, prices: Prices) -> None:
    axes = axes_of(["case-managers=1..200", "supervisors=1..60"], scenario, prices.programme)
    found = sweep(scenario, prices, axes)
    assert not found.combinations
    text = form(found, scenario, EN)  # type: ignore[operator]
    assert "12,000 combinations are too many to be listed one by one" in text
    assert "lists them" not in text
