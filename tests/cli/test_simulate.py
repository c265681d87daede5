"""``grantcalc simulate run``: from a county to a file and back, files kept safe, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run, RunJson

CHIAYI = ("simulate", "run", "--county", "嘉義縣")


def test_a_county_alone(run_json: RunJson) -> None:
    found = run_json(*CHIAYI)
    assert found["kind"] == "run"
    assert found["months"][0]["heads"] == {"case-manager": 27, "supervisor": 4, "project-manager": 2}
    assert found["year"]["budget"] == 21_093_000
    assert any("47,347" in text for text in found["assumptions"])
    assert {rule["key"]: rule["state"] for rule in found["rules"]}["ratio"] == "kept"


def test_saved_edited_and_run_again(run: Run, run_json: RunJson, tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    assert run(*CHIAYI, "--save", str(path)).exit_code == 0
    again = run_json("simulate", "run", str(path))
    assert again["year"] == run_json(*CHIAYI)["year"]
    more = tmp_path / "more.toml"
    more.write_text(path.read_text(encoding="utf-8").replace("count = 27", "count = 28"), encoding="utf-8")
    result = run("simulate", "run", str(more))
    assert result.exit_code == 1
    assert "32 case managers and supervisors in post at the same time, 31 approved; 1 post too many" in result.stdout
    both = run("simulate", "run", str(path), "--compare", str(more))
    assert both.exit_code == 1
    assert "27 → 28" in both.stdout


def test_what_is_compared_is_never_written_over(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    assert run(*CHIAYI, "--save", str(path)).exit_code == 0
    before = path.read_bytes()
    refused = run("simulate", "run", "--county", "連江縣", "--save", str(path), "--compare", str(path), "--force")
    assert refused.exit_code == 2
    assert "never written over" in refused.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("lang", ["en", "zh-TW"])
def test_text_in_both_languages(run: Run, lang: str) -> None:
    result = run(*CHIAYI, lang=lang)
    assert result.exit_code == 0
    assert ("本試算之假設" in result.stdout) is (lang == "zh-TW")


def test_files_are_never_written_over(run: Run, tmp_path: Path) -> None:
    scenario, output = tmp_path / "s.toml", tmp_path / "r.json"
    assert run(*CHIAYI, "--save", str(scenario), "-o", str(output)).exit_code == 0
    assert json.loads(output.read_text(encoding="utf-8"))["format"] == 1
    for name, path in (("--save", scenario), ("-o", output)):
        refused = run(*CHIAYI, name, str(path))
        assert refused.exit_code == 2
        assert "exists already" in refused.stderr
        assert run(*CHIAYI, name, str(path), "--force").exit_code == 0
    own = run("simulate", "run", str(scenario), "--save", str(scenario), "--force")
    assert own.exit_code == 2
    assert "never written over" in own.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Name a scenario file"),
        (("s.toml", "--county", "嘉義縣"), "one of these only"),
        (("s.toml",), "does not exist"),
        (("--county", "嘉義"), "did you mean"),
        (("--county", "嘉義縣", "--programme", "x"), "there is no programme"),
        (("--from", "d.json", "--programme", "dapc-113"), "goes with --county"),
        (("--county", "嘉義縣", "--save", "s.txt"), "must end in .toml"),
        (("--county", "嘉義縣", "-o", "r.pdf"), "must end in"),
        (("--county", "嘉義縣", "--format", "html"), "needs -o FILE.html"),
        (("--county", "嘉義縣", "--format", "html", "-o", "r.json"), "do not agree"),
    ],
)
def test_wrong_use(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("simulate", "run", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_wrong_scenario_names_its_entry(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    text = 'format = 1\nprogramme = "dapc-113"\ncounty = "嘉義縣"\n[[staff]]\nname = "甲"\nrole = "wizard"\n'
    path.write_text(text, encoding="utf-8")
    result = run("simulate", "run", str(path))
    assert result.exit_code == 2
    assert "staff[1]" in result.stderr
    assert "wizard" in result.stderr
