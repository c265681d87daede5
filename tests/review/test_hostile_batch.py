"""A batch with broken and harmful files: each is one row, the good draft is checked, and no secret is told or kept."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

from click.testing import CliRunner, Result

from grantcalc.cli import main
from tests.hostile.make import corpus

GOOD = Path(__file__).parents[2] / "examples/fsp-113/compliant.json"
CHOSEN = frozenset(
    {
        "bomb.xlsx",
        "entities.xlsx",
        "entities.ods",
        "truncated.xlsx",
        "truncated.xls",
        "encrypted.ods",
        "password.xls",
        "password.xlsx",
        "word.xlsx",
        "nested.ods",
        "looping.xls",
    }
)
"""The reader's own tests hold all."""
NUMBER = "A123456789"


def review(folder: Path, *arguments: object) -> Result:
    own = ("--lang", "en", "review", str(folder), "--cache", str(folder.parent / "cache"), "--max-expanded-mb", "10")
    return CliRunner().invoke(main, [*own, *map(str, arguments)], catch_exceptions=False)


def test_the_batch_goes_on_whatever_a_file_holds(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(GOOD, folder / "good.json")
    for hostile in corpus():
        if hostile.name in CHOSEN:
            (folder / hostile.name).write_bytes(hostile.make())
    result = review(folder, "--format", "json", "--jobs", "2")
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    rows = {row["file"]: row for row in found["drafts"]}
    assert set(rows) == {*CHOSEN, "good.json"}
    assert rows["good.json"]["status"] == "checked"
    for name, row in rows.items():
        assert row["status"] == "checked" or row["reasons"], name
        assert not [reason for reason in row["reasons"] if "defect of the program" in reason]


def test_identity_numbers_stand_in_nothing_that_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    raw = json.loads(GOOD.read_text("utf-8"))
    raw["positions"][0]["person"] = f"王小明 {NUMBER}"
    raw["lines"][0]["description"] = f"講師{NUMBER}"
    (folder / "a.json").write_text(json.dumps(raw, ensure_ascii=False), "utf-8")
    results = [
        review(folder, "-o", tmp_path / "out.md", "--copies", tmp_path / "copies"),
        review(folder, "--format", "json", "-o", tmp_path / "out.json"),
    ]
    written = [path for path in tmp_path.rglob("*") if path.is_file() and folder not in path.parents]
    assert {"out.md", "out.json", "a-checked.xlsx", "salt"} <= {path.name for path in written}
    for path in written:
        assert NUMBER.encode() not in _unpacked(path), path
    assert all(NUMBER not in result.stdout + result.stderr for result in results)


def _unpacked(path: Path) -> bytes:
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return b"".join(package.read(name) for name in package.namelist())


def test_halves_of_letters_and_bytes_that_are_none_end_no_review(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    raw = json.loads(GOOD.read_text("utf-8"))
    raw["lines"][0] |= {"description": "x\ud800y", "unit_price": 99_999}
    raw["title"] = "\udfff"
    (folder / "half.json").write_text(json.dumps(raw), "utf-8")
    table = "嘉義縣113年度家庭支持計畫\n項目,單價,數量,金額\n個別諮商,2000,1,2001\n"
    with open(os.fsencode(folder) + b"/\xff\xfe.csv", "wb") as strange:
        strange.write(table.encode())
    names = {name: tmp_path / f"out{name}" for name in (".xlsx", ".html", ".md")}
    result = review(
        folder,
        *("--programme", "fsp-113", "-o", names[".xlsx"], "--html", names[".html"], "--opinion", names[".md"]),
        *("--copies", tmp_path / "copies"),
    )
    assert result.exit_code == 1, result.output
    assert all(path.exists() for path in names.values())
    assert len(list((tmp_path / "copies").iterdir())) == 2
