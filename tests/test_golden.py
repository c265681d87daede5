"""The reports of every example, word for word in both languages; they change only with a reviewed diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grantcalc.checking import check
from grantcalc.reading import read
from grantcalc.report.text import report_text
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*/**/*.json"))
GOLDEN = Path(__file__).parent / "golden"


def golden_file(example: Path, tongue: Tongue) -> Path:
    return GOLDEN / example.relative_to(ROOT / "examples").with_suffix(f".{tongue.value}.txt")


def rendered(example: Path, tongue: Tongue, library: Library) -> str:
    reading = read(example, library)
    report = check(reading, library.programme(reading.draft.programme), library.tables)
    text = report_text(report, Language(tongue))
    # The path and the digest of the rules differ from machine to machine and from edit to edit.
    shown = example.relative_to(ROOT / "examples").as_posix()
    return text.replace(report.reading.file, shown).replace(report.programme.digest[:19], "sha256:…")


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 2


@pytest.mark.parametrize("tongue", Tongue, ids=lambda tongue: tongue.value)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_report_of_example(example: Path, tongue: Tongue, library: Library) -> None:
    file = golden_file(example, tongue)
    shown = rendered(example, tongue, library)
    if os.environ.get("GRANTCALC_UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")
