"""Runs the command line in this process, in a language of choice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from grantcalc.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
Run = Callable[..., Result]
RunJson = Callable[..., Any]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("pay", …)`` in English; ``run(…, lang="zh-TW")`` in Chinese; ``lang=None`` leaves it to the environment."""
    for name in ("GRANTCALC_LANG", "LC_ALL", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")

    def invoke(*arguments: str, lang: str | None = "en") -> Result:
        spoken = [] if lang is None else ["--lang", lang]
        return CliRunner().invoke(main, [*spoken, *arguments], prog_name="grantcalc", catch_exceptions=False)

    return invoke


@pytest.fixture
def run_json(run: Run) -> RunJson:
    """The JSON that a command prints; it must succeed."""

    def invoke(*arguments: str, lang: str = "en") -> Any:
        result = run(*arguments, "--format", "json", lang=lang)
        assert result.exit_code == 0, result.stderr
        found = json.loads(result.stdout)
        assert found["format"] == 1
        return found

    return invoke


@pytest.fixture
def review(run: Run, tmp_path: Path, folder: Path) -> Run:
    """``review("-o", …)`` of the drafts in ``folder``, which the tests make themselves, with a cache of its own."""

    def invoke(*arguments: object, lang: str = "en") -> Result:
        own = ("--cache", str(tmp_path / "cache"), "--jobs", "1")
        return run("review", str(folder), *own, *map(str, arguments), lang=lang)

    return invoke
