"""``grantcalc map``, and the options --map, --programme and --county of check."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

CSV = (
    '經費概算表\n項目,單價,數量,單位,金額,說明\n個別諮商,2000,10,小時,20000,"2,000元×10小時=20,000元"\n總計,,,,20000,\n'
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "county.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_a_proposal_is_printed_and_can_be_completed(run: Run, sheet: Path, tmp_path: Path) -> None:
    refused = run("check", str(sheet))
    assert refused.exit_code == 2
    assert "The file does not say for which programme it is." in refused.stderr
    assert "Give it with --programme; known: dapc-113" in refused.stderr
    printed = run("map", str(sheet))
    assert printed.exit_code == 0
    assert 'E = "amount"  # 金額 (100 of 100)\n' in printed.stdout
    target = tmp_path / "m.toml"
    written = run("map", str(sheet), "--programme", "fsp-113", "--county", "台中市", "-o", str(target))
    assert (written.exit_code, written.stdout) == (0, "")
    assert 'programme = "fsp-113"' in target.read_text(encoding="utf-8")
    checked = run("check", str(sheet), "--map", str(target), "--format", "json")
    assert '"county": "臺中市"' in checked.stdout
    assert '"asked": 20000' in checked.stdout


def test_nothing_is_written_over(run: Run, sheet: Path, tmp_path: Path) -> None:
    target = tmp_path / "m.toml"
    target.write_text("x", encoding="utf-8")
    assert "exists already; choose another name or add --force" in run("map", str(sheet), "-o", str(target)).stderr
    assert run("map", str(sheet), "-o", str(target), "--force").exit_code == 0
    assert "must end in .toml" in run("map", str(sheet), "-o", str(sheet)).stderr
    assert run("map", str(tmp_path / "none.xlsx")).exit_code == 2


def test_options_that_name_nothing(run: Run, sheet: Path, tmp_path: Path) -> None:
    assert "there is no programme “fsp-99”" in run("check", str(sheet), "--programme", "fsp-99").stderr
    assert "did you mean 嘉義縣" in run("check", str(sheet), "--county", "嘉義").stderr
    bad = tmp_path / "bad.toml"
    bad.write_text("county = 1", encoding="utf-8")
    result = run("check", str(sheet), "--map", str(bad))
    assert result.exit_code == 2
    assert "bad.toml, county: Line 1: Found “1”; expected a text in quotes." in result.stderr


WRONG = 'programme = "fsp-113"\n[items]\n"個別諮商" = "counseling"\n'


@pytest.mark.parametrize("command", ["check", "review", "map"])
def test_a_map_with_a_wrong_item_is_refused_before_any_draft_is_read(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"no workbook")
    (tmp_path / "m.toml").write_text(WRONG, encoding="utf-8")
    given = tmp_path if command == "review" else tmp_path / "broken.xlsx"
    refused = run(command, str(given), "--map", str(tmp_path / "m.toml"))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "m.toml, items.個別諮商: Line 3: “counseling” is no item of “Family support services" in refused.stderr
    assert "counselling-individual (心理輔導" in refused.stderr
    assert "`grantcalc tables fsp-113/items` prints the items." in refused.stderr
    assert "broken.xlsx" not in refused.stderr


@pytest.mark.parametrize("command", ["check", "review", "map"])
def test_a_map_for_none_of_the_files_is_told(run: Run, sheet: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "m.toml").write_text('files = ["嘉義*.xlsx"]\n', encoding="utf-8")
    given = tmp_path if command == "review" else sheet
    result = run(command, str(given), "--map", str(tmp_path / "m.toml"), "--programme", "fsp-113")
    assert "The map m.toml is for none of the files given; its `files` are: 嘉義*.xlsx." in result.stderr


def test_what_of_a_map_fits_nothing_is_a_question_of_the_result(run: Run, sheet: Path, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text('[[table]]\nsheet = "別張"\n', encoding="utf-8")
    result = run("check", str(sheet), "--map", str(tmp_path / "m.toml"), "--programme", "fsp-113")
    assert "The map m.toml fixes a table of the sheet “別張”, but the file has: county." in result.stdout
