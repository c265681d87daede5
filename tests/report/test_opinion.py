"""The draft of a review opinion: word for word for two drafts, and safe to paste whatever a draft holds."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grantcalc.checking import Report, check
from grantcalc.cli import main
from grantcalc.reading import read
from grantcalc.report.opinion import opinion, report_opinion
from grantcalc.review.model import BatchResult, DraftRow
from grantcalc.rules.library import Library
from grantcalc.text import Language, Message, Tongue
from tests.test_golden import GOLDEN, compare, rendered

EXAMPLES = Path(__file__).parents[2] / "examples"
DRAFTS = ("fsp-113/faulty/management-fee", "rsp-108-1a/faulty/case-manager-qualification")
DRAFT = EXAMPLES / f"{DRAFTS[0]}.json"


def judged(path: Path, library: Library) -> Report:
    reading = read(path, library)
    return check(reading, library.programme(reading.draft.programme), library.tables)


@pytest.mark.parametrize("tongue", Tongue, ids=lambda tongue: tongue.value)
@pytest.mark.parametrize("draft", DRAFTS)
def test_opinion_of_example(draft: str, tongue: Tongue, library: Library) -> None:
    shown = rendered(EXAMPLES / f"{draft}.json", tongue, library, report_opinion)
    compare(GOLDEN / f"{draft}.{tongue.value}.opinion.md", shown)


def test_every_error_warning_and_question_stands_once(library: Library, english: Language) -> None:
    report = judged(DRAFT, library)
    text = report_opinion(report, english)
    sentences = re.findall(r"^\d+\. \[(.+?)\]", text, re.MULTILINE)
    assert len(sentences) == sum(finding.outcome.value != "note" for finding in report.findings)
    assert "a cut of NT$4,836" in text or "4,836" in text


def test_sections_are_numbered_in_chinese(library: Library) -> None:
    text = report_opinion(judged(DRAFT, library), Language(Tongue.ZH_TW))
    numbers = re.findall(r"^## (.)、", text, re.MULTILINE)
    assert numbers == list("一二三四五六七八九十"[: len(numbers)])


def test_a_batch_ends_with_what_could_not_be_read(library: Library, english: Language) -> None:
    reason = Message("{file} is broken.")
    rows = (
        DraftRow(number=1, file="a/=b.json", path=DRAFT, report=judged(DRAFT, library)),
        DraftRow(number=2, file="<img src=x>.xlsx", path=DRAFT, reasons=(reason(file="<img src=x>.xlsx"),)),
    )
    text = opinion(BatchResult(rows=rows), english)
    assert "a/=b.json" in text
    assert text.endswith("# Could not be read\n\n- ＜img src=x>.xlsx is broken.\n")


def test_names_are_neither_tags_nor_sections(library: Library, english: Language, tmp_path: Path) -> None:
    raw = json.loads(DRAFT.read_text(encoding="utf-8"))
    raw["county"] = "<script>alert(1)</script>\n# x"
    raw["lines"][0] |= {"ref": "<b>\n## y", "amount": raw["lines"][0]["amount"] + 1}
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    text = report_opinion(judged(path, library), english)
    assert "<script>" not in text
    assert "<b>" not in text
    assert not re.search(r"^#+ [xy]", text, re.MULTILINE)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["--lang", "zh-TW", "check", *map(str, arguments)], catch_exceptions=False)


def test_check_prints_it() -> None:
    result = run(DRAFT, "--format", "opinion")
    assert result.exit_code == 1
    assert result.stdout.startswith("# 審查意見（草稿）\n")


@pytest.mark.parametrize("ending", ["md", "txt"])
def test_check_writes_it(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"opinion.{ending}"
    result = run(DRAFT, "--format", "opinion", "-o", target)
    assert result.exit_code == 1
    assert target.read_text(encoding="utf-8").startswith("# 審查意見（草稿）\n")
    assert "審查意見（草稿）" not in result.stdout


@pytest.mark.parametrize("arguments", [("--format", "opinion", "-o", "x.xlsx"), ("-o", "x.txt")])
def test_other_endings_are_refused(arguments: Sequence[str], tmp_path: Path) -> None:
    *options, name = arguments
    assert run(DRAFT, *options, tmp_path / name).exit_code == 2


def test_no_picture_is_fetched_and_no_link_made(library: Library, english: Language, tmp_path: Path) -> None:
    raw = json.loads(DRAFT.read_text(encoding="utf-8"))
    raw["county"] = "![x](http://example.org/x.png) [a]: http://example.org"
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    text = report_opinion(judged(path, library), english)
    assert "![x］(http" in text
    assert not re.search(r"\][(\[:]", text)
