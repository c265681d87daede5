"""``grantcalc template`` from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grantcalc.cli import main
from grantcalc.reading import read
from grantcalc.rules.library import Library


def run(*arguments: str) -> Result:
    """One run in English."""
    return CliRunner().invoke(main, ["--lang", "en", "template", *arguments])


def test_example_for_a_county(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "form.xlsx"
    result = run("fsp-113", "--county", "台南市", "--example", "--posts", "3", "--rows", "25", "-o", str(path))
    assert result.exit_code == 0, result.output
    assert read(path, library).draft.county == "臺南市"


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_text("mine", encoding="utf-8")
    result = run("fsp-113", "--rows", "5", "-o", str(path))
    assert (result.exit_code, path.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in result.output
    assert run("fsp-113", "--rows", "5", "--force", "-o", str(path)).exit_code == 0
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such", "-o", "form.xlsx"),
        ("fsp-113", "--county", "嘉儀縣", "-o", "form.xlsx"),
        ("fsp-113", "-o", "form.pdf"),
        ("fsp-113", "-o", "nowhere/form.xlsx"),
        ("dapc-113", "--example", "--county", "臺南市", "-o", "form.xlsx"),
        ("fsp-113", "--posts", "0", "-o", "form.xlsx"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.output.strip()
    assert list(tmp_path.iterdir()) == []
