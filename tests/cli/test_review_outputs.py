"""Each output of a review is written or refused by itself; what is refused is told before the work, and together."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from grantcalc.review import reads
from tests.cli.conftest import EXAMPLES, Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    shutil.copy(EXAMPLES / "fsp-113/compliant.json", made / "甲.json")
    shutil.copy(EXAMPLES / "dapc-113/compliant.json", made / "乙.json")
    return made


@pytest.fixture
def outputs(tmp_path: Path) -> dict[str, Path]:
    return {"-o": tmp_path / "o.xlsx", "--html": tmp_path / "o.html", "--opinion": tmp_path / "o.md"}


def given(outputs: dict[str, Path]) -> tuple[object, ...]:
    return tuple(part for pair in outputs.items() for part in pair)


def test_one_that_a_person_changed_is_refused_and_the_others_are_written(
    review: Run, outputs: dict[str, Path], folder: Path
) -> None:
    review(*given(outputs))
    outputs["-o"].write_bytes(b"mine")
    (folder / "乙.json").unlink()
    before = {option: path.read_bytes() for option, path in outputs.items()}
    result = review(*given(outputs))
    assert result.exit_code == 2
    assert "carry these amounts over with --second-from" in result.stderr
    assert f"Not written: {outputs['-o']}. The other outputs are written all the same" in result.stderr
    assert result.stderr.index("Not written") < result.stderr.index("Written:")
    assert [path.read_bytes() == before[option] for option, path in outputs.items()] == [True, False, False]
    again = review(*given(outputs))
    assert "Nothing has changed" in again.stderr
    assert "Not written" in again.stderr
    assert again.exit_code == 2
    outputs["-o"].unlink()
    assert review(*given(outputs)).exit_code == 0
    assert outputs["-o"].exists()


def test_where_none_is_left_nothing_is_done_and_all_are_told(
    review: Run, outputs: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in outputs.values():
        path.write_text("mine")
    monkeypatch.setattr(reads, "read", None)
    result = review(*given(outputs))
    assert result.exit_code == 2
    assert result.stderr.count("exists already") == 3
    assert "so nothing was done" in result.stderr
    assert result.stdout == ""


def test_all_that_is_wrong_is_told_at_once(review: Run, tmp_path: Path) -> None:
    result = review("-o", tmp_path / "o.txt", "--html", "nowhere/o.html", "--copies", tmp_path / "in")
    assert result.exit_code == 2
    for said in ("must end in", "does not exist", "holds the drafts themselves"):
        assert said in result.stderr


def test_one_that_cannot_be_written_leaves_the_others(
    review: Run, outputs: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("grantcalc.workbook.review.write_review", failing)
        result = review(*given(outputs))
    assert result.exit_code == 2
    assert "o.xlsx cannot be written: Permission denied" in result.stderr
    assert [path.exists() for path in outputs.values()] == [False, True, True]
    assert "甲.json" in result.stdout
    again = review(*given(outputs))
    assert "Nothing has changed" not in again.stderr
    assert again.exit_code == 0
    assert outputs["-o"].exists()


def test_one_that_is_changed_during_the_work_is_not_written_over(
    review: Run, outputs: dict[str, Path], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    review(*given(outputs))
    (folder / "乙.json").unlink()
    read = reads.read

    def saving(path: Path, *rest: Any) -> Any:
        outputs["-o"].write_bytes(b"saved meanwhile")
        return read(path, *rest)

    monkeypatch.setattr(reads, "read", saving)
    result = review(*given(outputs), "--fresh")
    assert result.exit_code == 2
    assert outputs["-o"].read_bytes() == b"saved meanwhile"
    assert "Not written" in result.stderr
    assert f"Written: {outputs['--html']}" in result.stderr


def test_a_changed_copy_is_kept_and_the_others_are_written(review: Run, tmp_path: Path, folder: Path) -> None:
    copies = tmp_path / "copies"
    review("--copies", copies)
    (copies / "甲-checked.xlsx").write_bytes(b"mine")
    shutil.copy(EXAMPLES / "fsp-113/compliant.json", folder / "丙.json")
    result = review("--copies", copies)
    assert result.exit_code == 2
    assert "甲-checked.xlsx was changed since" in result.stderr
    assert (copies / "甲-checked.xlsx").read_bytes() == b"mine"
    assert (copies / "丙-checked.xlsx").exists()


def test_copies_of_workbooks_are_said_to_hold_numbers_once(review: Run, tmp_path: Path, folder: Path) -> None:
    said = "identity numbers that stand there"
    assert said not in review("--copies", tmp_path / "a").stderr
    for name in ("01", "02"):
        shutil.copy(next((EXAMPLES / "county-sheets").glob(f"{name}*.xlsx")), folder)
    assert review("--copies", tmp_path / "b").stderr.count(said) == 1
    assert said not in review().stderr


def test_an_empty_folder_is_told_as_such(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    result = run("review", str(empty), "--cache", str(tmp_path / "cache"))
    assert result.exit_code == 2
    assert "There is no file in" in result.stderr
    assert "空" in result.stderr


def test_exit_codes_are_in_the_help(run: Run) -> None:
    text = run("review", "--help", lang="zh-TW").stdout
    assert "結束代碼 0" in text
    assert "--second-from" in text
