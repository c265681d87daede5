"""``simulate sweep`` and ``simulate fit``: what they print, and what they refuse."""

from __future__ import annotations

from .conftest import Run, RunJson

COUNTY = ("--county", "嘉義縣")


def test_sweep_of_a_county(run_json: RunJson) -> None:
    found = run_json("simulate", "sweep", *COUNTY, "--vary", "case-managers=25..28", "--vary", "supervisors=3..5")
    assert found["total"] == 12
    assert [axis["name"] for axis in found["axes"]] == ["case-managers", "supervisors"]
    binds = {tuple(team["values"].values()): team["binds"] for team in found["combinations"]}
    assert binds[27, 4] is None
    assert binds[26, 5] == "ratio"
    assert binds[25, 4] is None
    assert binds[28, 3] is None
    assert binds[28, 4] == "posts"
    assert any("implied average" in text for text in found["assumptions"])


def test_exit_code_tells_that_no_combination_is_feasible(run: Run) -> None:
    assert run("simulate", "sweep", *COUNTY, "--vary", "case-managers=28..30").exit_code == 1
    assert run("simulate", "sweep", *COUNTY, "--vary", "case-managers=27..30").exit_code == 0


def test_something_must_vary(run: Run) -> None:
    found = run("simulate", "sweep", *COUNTY)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "--vary is missing" in found.stderr


def test_errors_name_the_option(run: Run) -> None:
    found = run("simulate", "sweep", *COUNTY, "--vary", "case-managers=20..x")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "--vary case-managers=20..x: “x” is no number of persons" in found.stderr


def test_the_help_tells_how_to_vary(run: Run) -> None:
    assert "--vary WHAT=VALUES" in run("simulate", "sweep", "--help").stdout


def test_fit_of_a_county(run_json: RunJson, run: Run) -> None:
    found = run_json("simulate", "fit", *COUNTY)
    assert found["budget"] == 21_093_000
    assert found["least_money"] <= found["budget"]
    allowed = {entry["role"]: (entry["persons"], entry["binds"]) for entry in found["allowed"]}
    assert allowed["case-manager"] == (27, "posts")
    assert allowed["supervisor"] == (4, "posts")
    assert "預算" in run("simulate", "fit", *COUNTY, lang="zh-TW").stdout
