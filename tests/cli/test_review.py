"""``grantcalc review``: a row a file, resumed, written once, and nothing of a person written over."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from grantcalc.review import reads
from tests.cli.conftest import EXAMPLES, Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two compliant drafts, and a file that is none."""
    made = tmp_path / "in"
    for name, source in (("嘉義縣/概算.json", "fsp-113"), ("乙/概算.json", "dapc-113")):
        (made / name).parent.mkdir(parents=True)
        shutil.copy(EXAMPLES / source / "compliant.json", made / name)
    (made / "壞檔.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (made / "說明.pdf").write_bytes(b"%PDF")
    return made


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on, a file that is read fails the test."""

    def forbid() -> None:
        def fail(*_: object) -> Any:
            raise AssertionError

        monkeypatch.setattr(reads, "read", fail)

    return forbid


def found(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_broken_file_is_a_row_with_its_reason_and_the_others_go_on(review: Run) -> None:
    result = review("--format", "json")
    assert result.exit_code == 2
    drafts = found(result)["drafts"]
    assert [(one["file"], one["status"]) for one in drafts] == [
        ("乙/概算.json", "checked"),
        ("嘉義縣/概算.json", "checked"),
        ("壞檔.xlsx", "unreadable"),
    ]
    assert drafts[2]["report"] is None
    assert drafts[2]["reasons"][0].startswith("壞檔.xlsx: ")
    assert drafts[2]["reasons"][0] in result.stderr
    assert [one["report"]["programme"] for one in drafts[:2]] == ["dapc-113", "fsp-113"]
    assert [one["file"] for one in found(result)["left_out"]] == ["說明.pdf"]
    summary = found(result)["summary"]
    assert (summary["drafts"], summary["checked"], summary["unreadable"]) == (3, 2, 1)
    assert summary["asked"] == sum(one["report"]["summary"]["asked"] for one in drafts[:2])


def test_the_exit_code_is_that_of_check(review: Run, folder: Path) -> None:
    (folder / "壞檔.xlsx").unlink()
    assert review().exit_code == 0
    shutil.copy(next((EXAMPLES / "fsp-113/faulty").glob("management-fee*.json")), folder / "錯.json")
    assert review().exit_code == 1


def test_the_table_names_every_file_and_sums(review: Run) -> None:
    shown = review(lang="zh-TW").stdout
    for text in ("嘉義縣/概算.json", "壞檔.xlsx", "未檢核", "fsp-113", "已檢核 2 件，未能檢核 1 件"):
        assert text in shown


def test_a_second_run_has_nothing_to_do(
    review: Run, tmp_path: Path, no_reading: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.json"
    first = review("-o", output)
    written, changed = output.read_bytes(), output.stat().st_mtime_ns
    no_reading()
    monkeypatch.setattr("grantcalc.review.batch.carry_out", None)
    second = review("-o", output)
    assert second.exit_code == first.exit_code == 2
    assert second.stdout == first.stdout
    assert "Nothing has changed" in second.stderr
    assert (output.read_bytes(), output.stat().st_mtime_ns) == (written, changed)


@pytest.mark.parametrize("change", ["file", "option", "language", "left out"])
def test_a_run_is_done_again_when_anything_it_depends_on_changed(
    review: Run, tmp_path: Path, folder: Path, change: str
) -> None:
    output = tmp_path / "out.md"
    review("-o", output)
    if change == "file":
        (folder / "壞檔.xlsx").write_bytes(b"PK\x03\x04 cut off elsewhere")
    if change == "left out":
        (folder / "二.pdf").write_bytes(b"%PDF")
    more = ("--minimum-own-ratio", "0.15") if change == "option" else ()
    again = review("-o", output, *more, lang="zh-TW" if change == "language" else "en")
    assert "Nothing has changed" not in again.stderr
    assert "均無變動" not in again.stderr
    assert "out.md" in again.stderr


def test_readings_are_kept_and_only_what_is_new_is_read(
    review: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = found(review("--format", "json"))
    read, seen = reads.read, []

    def counting(path: Path, *rest: Any) -> Any:
        seen.append(path.name)
        return read(path, *rest)

    monkeypatch.setattr(reads, "read", counting)
    second = review("--format", "json")
    assert seen == ["壞檔.xlsx"]  # what cannot be read is not kept
    assert found(second) == first
    assert "2 of 3 files had been read by an earlier run." in second.stderr
    draft = folder / "乙/概算.json"
    draft.write_text(draft.read_text("utf-8").replace("113年度", "一一三年度") + "\n", "utf-8")
    review()
    assert seen == ["壞檔.xlsx", "概算.json", "壞檔.xlsx"]
    seen.clear()
    review("--fresh")
    assert sorted(seen) == ["壞檔.xlsx", "概算.json", "概算.json"]


def test_a_kept_reading_that_is_broken_is_read_again(review: Run, tmp_path: Path) -> None:
    first = review("--format", "json").stdout
    kept = list((tmp_path / "cache/readings").iterdir())
    assert len(kept) == 2
    kept[0].write_bytes(kept[0].read_bytes()[:-1])
    kept[1].write_text('[1,{"is":"Reading","of":{"draft":"x","file":"y"}}]')
    assert review("--format", "json").stdout == first


def test_a_file_that_changes_while_it_is_read_is_told_and_not_kept(
    review: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reads.read

    def saving(path: Path, *rest: Any) -> Any:
        if path.parent.name == "乙":
            path.write_text(path.read_text("utf-8") + "\n", "utf-8")
        return read(path, *rest)

    monkeypatch.setattr(reads, "read", saving)
    drafts = found(review("--format", "json"))["drafts"]
    assert [one["status"] for one in drafts] == ["unreadable", "checked", "unreadable"]
    assert "changed while it was read" in drafts[0]["reasons"][0]
    assert len(list((tmp_path / "cache/readings").iterdir())) == 1


def test_a_folder_that_cannot_be_opened_is_told_by_the_exit_code(
    review: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "壞檔.xlsx").unlink()
    assert review().exit_code == 0
    scan = os.scandir

    def refusing(path: Any) -> Any:
        if Path(path).name == "乙":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    result = review()
    assert result.exit_code == 2
    assert "cannot be opened" in result.stderr


def test_an_identity_number_in_a_name_is_printed_nowhere(review: Run, folder: Path, tmp_path: Path) -> None:
    number, sheets = "A123456789", EXAMPLES / "county-sheets"
    shutil.copy(folder / "乙/概算.json", folder / f"{number}.json")
    shutil.copy(folder / "乙/概算.json", folder / "A123456788.json")
    shutil.copy(next(sheets.glob("*.csv")), folder / f"{number}.csv")
    shutil.copy(next(sheets.glob("01*.xlsx")), folder / f"嘉義縣{number}.xlsx")
    (folder / f"{number}.ods").write_bytes(b"PK\x03\x04 cut off")
    outputs = ("--html", tmp_path / "o.html", "--opinion", tmp_path / "o.md", "--copies", tmp_path / "copies")
    results = [review("-o", tmp_path / "o.xlsx", *outputs), review("-o", tmp_path / "o.json", "--format", "md")]
    assert {result.exit_code for result in results} == {2}
    assert all(number not in result.stdout + result.stderr for result in results)
    written = [path for path in tmp_path.rglob("*") if folder not in path.parents]
    assert not [path for path in written if number in path.name]
    for path in written:
        assert number.encode() not in (_unpacked(path) if path.is_file() else b""), path
    names = [one["file"] for one in json.loads((tmp_path / "o.json").read_text("utf-8"))["drafts"]]
    assert len(names) == len(set(names)) == 8


def _unpacked(path: Path) -> bytes:
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return b"".join(package.read(name) for name in package.namelist())


def test_nobody_else_can_read_what_is_kept(review: Run, tmp_path: Path) -> None:
    review("-o", tmp_path / "out.md")
    cache = tmp_path / "cache"
    for path in (cache, *cache.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
    assert (cache / "salt").stat().st_size == 32


def test_an_output_that_a_person_changed_is_not_written_over(review: Run, tmp_path: Path, folder: Path) -> None:
    output = tmp_path / "out.md"
    review("-o", output)
    (folder / "壞檔.xlsx").unlink()
    assert review("-o", output).exit_code == 0  # its own words are replaced
    output.write_text("複審：同意", "utf-8")
    refused = review("-o", output)
    assert refused.exit_code == 2
    assert "changed since" in refused.stderr
    assert output.read_text("utf-8") == "複審：同意"
    assert review("-o", output, "--force").exit_code == 0
    assert "複審：同意" not in output.read_text("utf-8")


def test_a_file_of_somebody_else_is_not_written_over(review: Run, tmp_path: Path) -> None:
    output = tmp_path / "out.md"
    output.write_text("mine")
    assert "exists already" in review("-o", output).stderr
    assert output.read_text() == "mine"
    review("-o", output, "--force")
    assert output.read_text("utf-8").startswith("# ")


def test_no_draft_is_ever_written_over(review: Run, folder: Path) -> None:
    target = folder / "乙/概算.json"
    before = target.read_bytes()
    result = review("-o", target, "--force")
    assert result.exit_code == 2
    assert "among the drafts" in result.stderr
    assert target.read_bytes() == before


def test_outputs_among_the_drafts_are_no_drafts_the_next_time(review: Run, folder: Path) -> None:
    drafts = len(found(review("--format", "json"))["drafts"])
    review("-o", folder / "a.json")
    assert "Nothing has changed" in review("-o", folder / "a.json").stderr
    later = found(review("--format", "json"))
    assert len(later["drafts"]) == drafts
    assert "a.json" in [one["file"] for one in later["left_out"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "out.txt"), "must end in .xlsx, .html, .htm, .md, .json"),
        (("--html", "out.xlsx"), "must end in .html, .htm"),
        (("--opinion", "out.html"), "must end in .md, .txt"),
        (("-o", "out.html", "--html", "out.html"), "two outputs"),
        (("-o", "nowhere/out.md"), "does not exist"),
        (("--format", "xlsx"), "needs -o FILE.xlsx"),
        (("--copies", "in"), "holds the drafts themselves"),
        (("--copies", "."), "holds the drafts themselves"),
        (("--copies", "in/說明.pdf"), "is a file"),
        (("--earlier", "nowhere"), "no such file or folder"),
        (("--jobs", "0"), "too low"),
        (("--scheduler", "nobody://x:1"), "scheduler"),
    ],
)
def test_wrong_use_is_refused_before_anything_is_read(
    review: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    no_reading: Callable[[], None],
    arguments: Any,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    no_reading()
    result = review(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_folder_without_drafts_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("x")
    result = run("review", str(tmp_path), "--cache", str(tmp_path / "cache"))
    assert result.exit_code == 2
    assert "No draft was found; 1 files were left out." in result.stderr
    assert "a.pdf" in result.stderr


def test_a_cache_that_cannot_be_written_is_told(run: Run, tmp_path: Path, folder: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = run("review", str(folder), "--cache", str(tmp_path / "file/cache"))
    assert result.exit_code == 2
    assert "--cache" in result.stderr


def test_a_defect_of_a_reader_is_one_row(review: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read = reads.read

    def failing(path: Path, *rest: Any) -> Any:
        if path.parent.name == "乙":
            raise KeyError("oops")
        return read(path, *rest)

    monkeypatch.setattr(reads, "read", failing)
    drafts = found(review("--format", "json"))["drafts"]
    assert [one["status"] for one in drafts] == ["unreadable", "checked", "unreadable"]
    assert "KeyError('oops')" in drafts[0]["reasons"][0]
    assert "defect of the program" in drafts[0]["reasons"][0]


def test_several_processes_say_the_same(run: Run, tmp_path: Path, folder: Path) -> None:
    shown = [
        run("review", str(folder), "--cache", str(tmp_path / jobs), "--jobs", jobs, "--format", "json").stdout
        for jobs in ("1", "2")
    ]
    assert shown[0] == shown[1]
    assert json.loads(shown[0])["summary"]["checked"] == 2


def test_markdown_escapes_what_files_say(review: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "<b>*x*.json").write_bytes((folder / "乙/概算.json").read_bytes())
    review("-o", tmp_path / "out.md")
    text = (tmp_path / "out.md").read_text("utf-8")
    assert "\\<b\\>\\*x\\*.json" in text
    assert "<b>" not in text


def test_the_same_content_twice_is_told(review: Run, folder: Path) -> None:
    shutil.copy(folder / "乙/概算.json", folder / "乙/概算2.json")
    notes = found(review("--format", "json"))["notes"]
    assert notes == ["乙/概算2.json has the same content as 乙/概算.json; both were checked."]


def test_an_earlier_version_is_compared(review: Run, tmp_path: Path, folder: Path) -> None:
    before = tmp_path / "前次"
    before.mkdir()
    raw = json.loads((folder / "嘉義縣/概算.json").read_text("utf-8"))
    raw["lines"][0]["unit_price"] += 1
    (before / "概算.json").write_text(json.dumps(raw, ensure_ascii=False), "utf-8")
    result = review("--earlier", before, "--format", "json")
    (pair,) = found(result)["resubmissions"]
    assert (pair["file"], pair["earlier"]) == ("嘉義縣/概算.json", "前次/概算.json")
    assert [one["path"] for one in pair["changes"]] == ["lines[0].unit_price"]
    assert found(result)["without_earlier"] == ["乙/概算.json"]
    rules = {one["rule"] for one in found(result)["drafts"][1]["report"]["findings"]}
    assert "across/resubmission" in rules
    table = review("--earlier", before).stdout
    assert "嘉義縣/概算.json against 前次/概算.json:" in table
    assert "乙/概算.json: no earlier version was found." in table


def test_marked_copies_lie_in_a_folder_of_their_own(review: Run, tmp_path: Path, folder: Path) -> None:
    copies = tmp_path / "copies"
    (folder / "壞檔.xlsx").unlink()
    (folder / "嘉義縣/概算.json").unlink()
    first = review("--copies", copies)
    assert first.exit_code == 0
    assert [path.relative_to(copies).as_posix() for path in copies.rglob("*.xlsx")] == ["乙/概算-checked.xlsx"]
    assert "Nothing has changed" in review("--copies", copies).stderr
    changed = copies / "乙/概算-checked.xlsx"
    changed.write_bytes(b"mine")
    refused = review("--copies", copies)
    assert refused.exit_code == 2
    assert "changed since" in refused.stderr
    assert changed.read_bytes() == b"mine"


def test_a_map_among_the_drafts_is_no_draft(review: Run, folder: Path) -> None:
    (folder / "對照.toml").write_text('format = 1\nprogramme = "fsp-113"\n', "utf-8")
    result = review("--map", folder / "對照.toml", "--format", "json")
    left_out = {one["file"]: one["reason"] for one in found(result)["left_out"]}
    assert left_out["對照.toml"] == "It is given as --map or --second-from."


def test_the_opinion_is_written_beside_the_result(review: Run, tmp_path: Path) -> None:
    result = review("--opinion", tmp_path / "op.md", "-o", tmp_path / "out.md", lang="zh-TW")
    assert {"op.md", "out.md"} <= {line.rsplit("/", 1)[-1] for line in result.stderr.splitlines()}
    assert (tmp_path / "op.md").read_text("utf-8").startswith("# 審查意見")
