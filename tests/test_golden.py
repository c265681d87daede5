"""The reports of every example, word for word in both languages; they change only with a reviewed diff."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grantcalc.checking import Report, check
from grantcalc.reading import read
from grantcalc.report.html import report_html
from grantcalc.report.jsonform import report_json
from grantcalc.report.markdown import report_markdown
from grantcalc.report.text import report_text
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*/**/*.json"))
GOLDEN = Path(__file__).parent / "golden"


def golden_file(example: Path, tongue: Tongue) -> Path:
    return GOLDEN / example.relative_to(ROOT / "examples").with_suffix(f".{tongue.value}.txt")


def rendered(
    example: Path, tongue: Tongue, library: Library, form: Callable[[Report, Language], str] = report_text
) -> str:
    reading = read(example, library)
    report = check(reading, library.programme(reading.draft.programme), library.tables)
    text = form(report, Language(tongue))
    # The path and the digest of the rules differ from machine to machine and from edit to edit.
    shown = example.relative_to(ROOT / "examples").as_posix()
    return re.sub(r"sha256:[0-9a-f]+", "sha256:…", text.replace(report.reading.file, shown))


def as_json(report: Report, language: Language) -> str:
    return json.dumps(report_json(report, language), ensure_ascii=False, indent=2) + "\n"


FORMS: list[tuple[str, str, Callable[[Report, Language], str]]] = [
    ("fsp-113/compliant", "json", as_json),
    ("fsp-113/faulty/management-fee", "json", as_json),
    ("dapc-113/faulty/posts-total", "json", as_json),
    ("fsp-113/faulty/management-fee", "md", report_markdown),
    ("dapc-113/faulty/project-manager-pay", "html", report_html),
]
"""Reports in the other forms."""


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 2


@pytest.mark.parametrize("tongue", Tongue, ids=lambda tongue: tongue.value)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_report_of_example(example: Path, tongue: Tongue, library: Library) -> None:
    compare(golden_file(example, tongue), rendered(example, tongue, library))


@pytest.mark.parametrize("tongue", Tongue, ids=lambda tongue: tongue.value)
@pytest.mark.parametrize(
    ("example", "ending", "form"), FORMS, ids=[f"{example}-{ending}" for example, ending, _ in FORMS]
)
def test_report_in_another_form(
    example: str, ending: str, form: Callable[[Report, Language], str], tongue: Tongue, library: Library
) -> None:
    shown = rendered(ROOT / "examples" / f"{example}.json", tongue, library, form)
    compare(GOLDEN / f"{example}.{tongue.value}.{ending}", shown)


def compare(file: Path, shown: str) -> None:
    if os.environ.get("GRANTCALC_UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")
