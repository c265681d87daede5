"""Amounts as accountants write them, rates as percentages, tables within the terminal, a run that is stopped."""

from __future__ import annotations

import click
import pytest
from wcwidth import wcswidth

from grantcalc.cli import programmes

from .conftest import Run, RunJson


@pytest.mark.parametrize("amount", ["40,000", "40,000元", "４０，０００", "NT$40,000"])
def test_amounts_as_they_are_written(run_json: RunJson, amount: str) -> None:
    assert run_json("insurance", amount)["pay"] == 40000


@pytest.mark.parametrize("amount", ["4,00", "40.5", "forty"])
def test_no_amounts(run: Run, amount: str) -> None:
    result = run("insurance", amount)
    assert result.exit_code == 2
    assert f"“{amount}” is no whole number; write for example 40,000." in result.stderr


def test_rates_are_percentages(run: Run, run_json: RunJson) -> None:
    shown = run("insurance", "40000", lang="zh-TW").stdout
    assert "  全民健康保險費 = 1,940元 = 40,100元 × 5.17% × 60% × 1.56（四捨五入）\n" in shown
    labour = run_json("insurance", "40000")["explanation"]["inputs"][0]
    assert [part["value"] for part in labour["inputs"]] == [40100, "0.11", "0.70"]
    rates = run("tables", "common/insurance_rates").stdout
    assert "5.17%" in rates
    assert "0.56  person" in rates


@pytest.mark.parametrize("command", ["programmes", "rules", "staffing", "tables"])
@pytest.mark.parametrize("lang", ["zh-TW", "en"])
def test_tables_fit_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, command: str, lang: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run(command, lang=lang).stdout.splitlines()
    if command == "staffing":  # the sentences before and below the table wrap as any text
        lines = [line for line in lines if "。" not in line and not line.startswith(("formula", "The document"))]
    assert max(map(wcswidth, lines)) <= 80


def test_all_counties_in_english(run: Run) -> None:
    assert "\nNew Taipei City " in run("staffing").stdout


@pytest.mark.parametrize("stop", [KeyboardInterrupt, click.Abort])
def test_a_run_that_is_stopped(run: Run, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]) -> None:
    def stopped(*_: object) -> None:
        raise stop

    monkeypatch.setattr(programmes.common, "library", stopped)
    assert run("programmes").exit_code == 130


def test_verify_names_columns_by_their_titles(run: Run) -> None:
    shown = run("tables", "verify", lang="zh-TW").stdout
    assert "「個管員小計」欄" in shown
    assert "case_managers" not in shown
