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
from grantcalc.reading import ReadOptions, Unreadable, read
from grantcalc.reading.county.mapfile import parse_map
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


def letter_of(text: str) -> str:
    """The part of an opinion that goes to the applicant."""
    return re.split(r"^# (?:Notes to the reviewer|審查人員參考事項)", text, flags=re.MULTILINE)[0]


def test_errors_and_questions_are_in_the_letter_and_what_a_person_looks_at_is_not(
    library: Library, english: Language
) -> None:
    report = judged(DRAFT, library)
    text = report_opinion(report, english)
    letter = letter_of(text)
    assert re.findall(r"^\d+\. \[(.+?)\]", letter, re.MULTILINE) == ["Not in accordance"]
    looks = [finding for finding in report.findings if finding.outcome.value == "review"]
    assert text.count("To be looked at: ") == len(looks) == 12
    assert "To be looked at: " not in letter


def test_a_letter_ends_with_what_is_proposed_to_be_approved(library: Library, english: Language) -> None:
    letter = letter_of(report_opinion(judged(DRAFT, library), english))
    assert letter.rstrip().endswith(
        "## 2. Conclusion\n\n"
        "1. A subsidy of NT$2,241,796 is asked for; NT$2,236,960 are proposed to be approved: a cut of NT$4,836.\n"
        "2. Still open are points to be corrected. The subsidy is approved once that is done."
    )


def test_an_error_that_no_cut_mends_is_corrected_before_anything_is_approved(
    library: Library, english: Language
) -> None:
    letter = letter_of(report_opinion(judged(EXAMPLES / "rsp-108-1a/faulty/applicant.json", library), english))
    assert "at most NT$1,438,821 could be approved, and nothing before the points above that no cut mends" in letter
    assert "are proposed to be approved" not in letter


def test_a_draft_without_a_fault_has_a_whole_letter_too(library: Library) -> None:
    letter = letter_of(
        report_opinion(judged(EXAMPLES / "dapc-113/compliant.json", library), Language(Tongue.ZH_TW))
    ).splitlines()
    assert letter[4:] == [
        "## 一、計畫整體",
        "",
        "1. 經費編列無意見。",
        "",
        "## 二、結論",
        "",
        "1. 申請補助26,555,670元，擬核定補助26,555,670元，未予刪減。",
        "",
    ]


def test_one_reason_of_many_rows_is_said_once(library: Library) -> None:
    path = EXAMPLES / "county-sheets" / "19-金門縣-名稱不一.xlsx"
    letter = letter_of(report_opinion(judged(path, library), Language(Tongue.ZH_TW)))
    section = letter[letter.index("個案服務費") : letter.index("訓練及活動費")]
    assert section.count("請改用計畫所列之項目名稱") == 1
    assert re.findall(r"^   （(\d)）「(.+?)」（「需求表」工作表(A\d+)）非計畫所列", section, re.MULTILINE) == [
        ("1", "個別咨商費", "A4"),
        ("2", "團体帶領費", "A5"),
        ("3", "家屬諮商費", "A6"),
        ("4", "家屬交通補助", "A10"),
    ]


def test_a_field_that_is_asked_for_is_asked_for_once(library: Library) -> None:
    path = EXAMPLES / "county-sheets" / "19-金門縣-名稱不一.xlsx"
    letter = letter_of(report_opinion(judged(path, library), Language(Tongue.ZH_TW)))
    assert "【請確認】計畫期程：未載明，暫以本計畫之期間" in letter
    supplied = letter[letter.index("應補正資料") :]
    assert "請補充申請日期，俾審核申請期限。" in supplied
    assert "計畫期程" not in supplied


TOOL_WORDS = (
    r"(?<!-)--[a-z]",
    r"grantcalc",
    r"score|likeness|of 100",
    r"相似度|確信度|滿分",
    r"\bmap(?:ping)?s?\b(?! of)",
    r"對應檔|對照檔",
    r"(?:lines|positions|totals|funding|caseload|details)[.\[]",
    r"\b[a-z]+_[a-z_]+\b",
    r"\b(?:draft|common|across|(?:fsp|dapc)-113|rsp-108(?:-\w+)?)/[a-z]",
    r"\b(?:fsp|dapc)-113\b|\brsp-108\b",
    r"(?i)\b(?:json|toml|csv|xlsx?|ods)\b",
    r"\boptions?\b(?! of)",
    r"選項|參數|本工具|本程式|程式",
    r"\bprogram\b|\btool\b",
    r"FSP-113|DAPC-113|RSP-108|[A-Z]{3,}-[A-Z]{3,}",
    r"![A-Z]+\d",
    r"讀為|讀取|辨識",
)
"""Words of this program that a county has nothing to do with."""

SHEETS = [path for path in (EXAMPLES / "county-sheets").iterdir() if path.suffix not in {".toml", ".map", ".md"}]
DRAWN_UP = sorted([*EXAMPLES.glob("*/*.json"), *EXAMPLES.glob("*/faulty/*.json"), *SHEETS])


@pytest.mark.parametrize("path", DRAWN_UP, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_no_word_of_the_program_is_in_an_opinion(path: Path, library: Library) -> None:
    try:
        report = judged(path, library)
    except Unreadable:
        assert path.stem.startswith("17-")  # two plans on one sheet
        return
    for tongue in Tongue:
        text = report_opinion(report, Language(tongue)).replace(path.name, "the file")
        text = re.sub(r"(?:工作表|sheet “)[^，。；,;]*?(?:工作表|”)", "", text.replace(path.stem, "the sheet"))
        found = [(word, text[max(0, at.start() - 40) : at.end() + 40]) for word in TOOL_WORDS for at in _of(word, text)]
        assert not found


def _of(word: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(word, text))


def test_what_is_about_the_run_is_in_no_opinion(library: Library, english: Language, tmp_path: Path) -> None:
    path = EXAMPLES / "county-sheets" / "19-金門縣-名稱不一.xlsx"
    maps = (parse_map("[items]\n'不存在' = 'ignore'".encode(), "m.toml"),)
    reading = read(path, library, ReadOptions(maps=maps))
    report = check(reading, library.programme(reading.draft.programme), library.tables)
    assert [finding for finding in report.findings if finding.internal]
    assert "不存在" not in report_opinion(report, english)
    assert "m.toml" not in report_opinion(report, english)


def test_sections_are_numbered_in_chinese(library: Library) -> None:
    text = letter_of(report_opinion(judged(DRAFT, library), Language(Tongue.ZH_TW)))
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
    assert text.endswith(
        "# Could not be read\n\n"
        "- ＜img src=x>.xlsx could not be read and is not reviewed; please ask for the file once more.\n"
    )


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
