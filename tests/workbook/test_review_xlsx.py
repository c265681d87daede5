"""The workbook of a review: its sheets, sums that follow what is typed, links, and hostile names as plain text."""

from __future__ import annotations

import html
import json
import re
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from attrs import evolve
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from grantcalc.checking import check_all
from grantcalc.finding import Outcome
from grantcalc.reading import read
from grantcalc.report.lacking import missing_facts
from grantcalc.review.facts import facts_of
from grantcalc.review.model import BatchResult, Change, DraftRow, Resubmission
from grantcalc.rules.library import Library
from grantcalc.text import Bilingual, Language, Message, Tongue
from grantcalc.workbook.review import sheet_names, write_review
from tests.browser.pages import small
from tests.workbook.office import convert, formulas, soffice, values

EXAMPLES = Path(__file__).parents[2] / "examples"
ZH, EN = Language(Tongue.ZH_TW), Language(Tongue.EN)
HOSTILE = '=HYPERLINK("http://example.org","x")'
NUMBER = "A123456789"
BROKEN = Message("{file}: the workbook is broken.")
HEAD = 6
"""The row of the overview's header: a title, three sentences and a free row stand above it."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Drafts of several kinds, one with names that would be formulas."""
    folder = tmp_path_factory.mktemp("drafts")
    raw = json.loads((EXAMPLES / "fsp-113/faulty/management-fee.json").read_text(encoding="utf-8"))
    raw["positions"][0] |= {"person": "=1+1", "workplace": NUMBER}
    raw["lines"][0] |= {"description": HOSTILE, "ref": "@SUM(A1)"}
    raw["lines"][1] |= {"item": "+cmd|' /C calc'!A0", "description": f"<script>{NUMBER}"}
    raw["lines"][2] |= {"amount": None, "unit_price": None}
    (folder / "=1+1.json").write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    for name in ("dapc-113/faulty/allocation-operations", "rsp-108-1a/faulty/case-manager-qualification"):
        shutil.copy(EXAMPLES / f"{name}.json", folder / f"{name.rpartition('/')[2]}.json")
    for sheet in ("01-嘉義縣-標準表.xlsx", "08-彰化縣-欄序不同.ods", "18-澎湖縣-萬元自D欄起.xlsx"):
        shutil.copy(EXAMPLES / "county-sheets" / sheet, folder)
    return folder


@pytest.fixture(scope="module")
def batch(folder: Path) -> BatchResult:
    """They all, and a file that could not be read."""
    library, paths = Library(), sorted(folder.iterdir())
    reports = check_all([read(path, library) for path in paths], library)
    rows = [
        DraftRow(number=number, file=path.name, path=path, report=report)
        for number, (path, report) in enumerate(zip(paths, reports, strict=True), start=1)
    ]
    name = "-broken.xlsx"
    broken = DraftRow(number=len(rows) + 1, file=name, path=folder / name, reasons=(BROKEN(file=name),))
    return BatchResult(rows=(*rows, broken), folders=(folder,))


@pytest.fixture(scope="module")
def written(batch: BatchResult, folder: Path) -> Path:
    """The workbook in Chinese, in a folder beside that of the drafts."""
    path = folder.parent / "review.xlsx"
    write_review(batch, path, Library(), ZH)
    return path


@pytest.fixture(scope="module")
def opened(written: Path) -> Workbook:
    """The same, with its formulas."""
    return load_workbook(written)


def column(sheet: Worksheet, header: str, head: int) -> int:
    return next(cell.column for cell in sheet[head] if cell.value == header)


def texts(sheets: Iterable[Worksheet]) -> list[Any]:
    return [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]


def head_of(sheet: Worksheet) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == ZH(Message("No.")))


def test_sheets_in_their_order(opened: Workbook, batch: BatchResult) -> None:
    own = [name for name in opened.sheetnames if name[:1].isdigit()]
    assert opened.sheetnames == ["總覽", "全部意見", "核定表對照 dapc-113", "跨案檢核", *own]
    assert own == [f"{row.number} {ZH(row.report.county_title)} {row.programme}" for row in batch.checked if row.report]


def test_a_long_name_of_a_sheet_keeps_number_and_plan(batch: BatchResult) -> None:
    report = batch.rows[0].report
    assert report is not None
    long = evolve(report, county_title=Bilingual("縣" * 40, "The county: of [a] long/name, and more of it"))
    names = [
        sheet_names(BatchResult(rows=(evolve(batch.rows[0], number=123, report=long),)), speak)[123]
        for speak in (ZH, EN)
    ]
    assert names == [f"123 {'縣' * 19} fsp-113", "123 The county of a lon fsp-113"]


def test_overview_has_a_row_a_file_and_says_why_one_is_broken(opened: Workbook, batch: BatchResult) -> None:
    sheet = opened["總覽"]
    files = [sheet.cell(HEAD + row.number, 2).value for row in batch.rows]
    assert files == [row.file for row in batch.rows]
    reason = sheet.cell(HEAD + len(batch.rows), column(sheet, "未能檢核之原因", HEAD))
    assert "broken" in reason.value
    assert reason.fill.start_color.rgb.endswith("FFC7CE")
    assert sheet.auto_filter.ref.startswith(f"A{HEAD}:")
    assert sheet.freeze_panes == f"C{HEAD + 1}"


def test_sums_of_the_overview_are_the_batchs(opened: Workbook, written: Path, batch: BatchResult) -> None:
    sheet, shown = opened["總覽"], load_workbook(written, data_only=True)["總覽"]
    total = HEAD + len(batch.rows) + 1
    expected = {
        "申請數": batch.asked,
        "初審": batch.allowed,
        "複審": batch.allowed,
        "刪減": batch.asked - batch.allowed,
        "錯誤": batch.count(Outcome.ERROR),
    }
    for header, value in expected.items():
        at = column(sheet, header, HEAD)
        assert str(sheet.cell(total, at).value).startswith("=SUM(")
        assert shown.cell(total, at).value == value
    second = column(sheet, "複審", HEAD)
    assert sheet.cell(HEAD + 1, second).value.startswith(f"='{opened.sheetnames[4]}'!$G$")
    for row, name in zip(batch.checked, opened.sheetnames[4:], strict=True):
        assert row.report is not None
        for header, letter, value in (("申請數", "E", row.report.asked), ("初審", "F", row.report.allowed)):
            at = column(sheet, header, HEAD)
            assert sheet.cell(HEAD + row.number, at).value.startswith(f"='{name}'!${letter}$")
            assert shown.cell(HEAD + row.number, at).value == value


def test_every_finding_is_listed_with_its_links(opened: Workbook, batch: BatchResult) -> None:
    sheet = opened["全部意見"]
    found = [(row, one) for row in batch.rows for one in row.findings if one.outcome is not Outcome.NOTE]
    assert sheet.max_row == len(found) + 1
    assert sheet.auto_filter.ref == f"A1:N{sheet.max_row}"
    message, place = column(sheet, "說明", 1), column(sheet, "位置", 1)
    for at, (row, finding) in enumerate(found, start=2):
        assert sheet.cell(at, message).value == ZH(finding.message)
        assert sheet.cell(at, 2).hyperlink.location.startswith(f"'{row.number} ")
        link = sheet.cell(at, place).hyperlink
        assert Path(link.target.replace("\\", "/")).parts == ("drafts0", row.file)
        has_cell = bool(finding.place.cell)
        assert link.location == (f"'{finding.place.sheet}'!{finding.place.cell}" if has_cell else None)


def test_a_drafts_sheet_shows_what_is_cut_and_why(opened: Workbook, batch: BatchResult) -> None:
    for row, name in zip(batch.checked, opened.sheetnames[4:], strict=True):
        sheet = opened[name]
        head = head_of(sheet)
        titles = ["申請數", "初審", "複審", "刪減", "刪減理由", "依據"]
        assert [sheet.cell(head, at).value for at in range(5, 11)] == titles
        assert row.report is not None
        errors = [one for one in row.report.findings if one.outcome is Outcome.ERROR and one.cut and one.cut.amount]
        shown = "\n".join(str(sheet.cell(at, 9).value) for at in range(head + 1, sheet.max_row + 1))
        assert all(ZH(one.message) in shown for one in errors)
        assert sheet.data_validations.dataValidation
        below = any(
            sheet.cell(at, 1).value in {"應予說明或須人工審查事項", "資料不足而無法檢核之規則"}
            for at in range(head, sheet.max_row)
        )
        assert bool(sheet.print_title_rows) is not below


def test_hostile_names_stay_text(opened: Workbook) -> None:
    cells = texts(opened.worksheets)
    plain = [cell for cell in cells if cell.data_type != "f" and isinstance(cell.value, str)]
    hostile = [cell for cell in plain if cell.value.startswith(("=", "+", "-", "@"))]
    assert {"=1+1.json", HOSTILE, "-broken.xlsx"} <= {cell.value for cell in hostile}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in hostile)
    allowed = ("=SUM(", "=IF(", "='")
    assert all(str(cell.value).startswith(allowed) for cell in cells if cell.data_type == "f")


def test_no_identity_number_stands_anywhere(opened: Workbook) -> None:
    assert not [cell for cell in texts(opened.worksheets) if NUMBER in str(cell.value)]


def test_an_unknown_amount_is_said(opened: Workbook) -> None:
    sheet = opened[opened.sheetnames[7]]
    row = next(cell.row for cell in sheet["I"] if str(cell.value).startswith("金額無法計算"))
    assert sheet.cell(row, 5).value is None


def test_figures_beside_the_approved_ones(opened: Workbook) -> None:
    sheet = opened["核定表對照 dapc-113"]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=5)}
    assert rows["嘉義縣"][1:8] == [1, 21093000, 20706270, -386730, 5930000, 5984400, 54400]
    assert rows["新北市"][1] == 0
    assert "本次審查無草案" in rows["新北市"]


def test_earlier_versions_have_a_sheet(batch: BatchResult, tmp_path: Path) -> None:
    first, second = batch.rows[:2]
    place = first.findings[0].place
    compared = Resubmission(
        row=first,
        earlier=evolve(first, file="=before.json"),
        resolved=first.findings[:1],
        left=tuple(one for one in first.findings if one.outcome is Outcome.WARNING)[:1],
        new=first.findings[2:3],
        changes=(Change(place=place, label="x", before=1, after=None, asked=True),),
    )
    path = tmp_path / "review.xlsx"
    whole = evolve(batch, resubmissions=(compared,), without_earlier=(second,))
    write_review(whole, path, Library(), ZH)
    sheet = load_workbook(path)["重送比較"]
    kinds = [sheet.cell(row, 4).value for row in range(2, sheet.max_row + 1)]
    assert kinds == ["意見已改正", "意見尚未改正", "新增意見", "依意見修正", "查無前次版本"]
    assert sheet["C2"].value == "=before.json"
    assert sheet["C2"].data_type == "s"


def test_in_english(batch: BatchResult, tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    write_review(batch, path, Library(), EN)
    book = load_workbook(path)
    assert book.sheetnames[:4] == ["Overview", "All findings", "Approved dapc-113", "Across drafts"]
    assert book.sheetnames[5].endswith("County") or "Chiayi" in " ".join(book.sheetnames)


def test_nothing_at_all_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    write_review(BatchResult(rows=()), path, Library(), ZH)
    assert load_workbook(path).sheetnames == ["總覽", "全部意見", "跨案檢核"]


@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
def test_stored_values_are_what_libreoffice_works_out(written: Path, batch: BatchResult, tmp_path: Path) -> None:
    """Alike as written; and the overview follows an amount of the second review."""
    typed = tmp_path / "typed.xlsx"
    book = load_workbook(written)
    sheet = book[book.sheetnames[4]]
    first = head_of(sheet) + 1
    asked = sheet.cell(first, 5).value
    sheet.cell(first, 7).value = 1000
    book.save(typed)
    same, changed = convert([written, typed], tmp_path)
    before, after, moved = values(written), values(same), values(changed)
    cells = formulas(written)
    assert len(cells) > 100
    assert {cell: after[cell] for cell in cells} == {cell: before[cell] for cell in cells}
    total = HEAD + len(batch.rows) + 1
    less = asked - 1000
    assert moved["總覽", f"I{total}"] == before["總覽", f"I{total}"] - less
    assert moved["總覽", f"J{total}"] == before["總覽", f"J{total}"] + less


SIGNS = "100% 第#1案 [甲];{x} ?'`^<&>.xlsx"


@pytest.mark.parametrize("name", [SIGNS, "a\\b:c.xlsx", "a", "%41.xlsx", "plain.xlsx", "子/夾 1/概算.xlsx"])
def test_links_lead_to_files_whatever_their_names(batch: BatchResult, tmp_path: Path, name: str) -> None:
    """As a program that opens the workbook finds them: a relation holds the address of a file."""
    row = batch.rows[3]
    path = tmp_path / "drafts" / name
    target = tmp_path / "out" / "review.xlsx"
    target.parent.mkdir()
    write_review(BatchResult(rows=(evolve(row, number=1, file=name, path=path),)), target, Library(), ZH)
    with zipfile.ZipFile(target) as package:
        parts = [package.read(part).decode() for part in package.namelist() if part.startswith("xl/worksheets/_rels/")]
    found = {
        html.unescape(one) for text in parts for one in re.findall(r'Target="([^"]*)" TargetMode="External"', text)
    }
    assert len(found) == 1
    (address,) = found
    assert "\\" not in address
    assert "#" not in address
    resolved = urlsplit(urljoin(f"{target.parent.as_uri()}/", address))
    assert Path(unquote(resolved.path)) == path
    assert (resolved.query, resolved.fragment) == ("", "")
    assert name in {cell.value for cell in load_workbook(target)["總覽"]["B"]}


@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_finds_the_files(batch: BatchResult, tmp_path: Path) -> None:
    target = tmp_path / "review.xlsx"
    path = tmp_path / "100% 第#1案 [甲].xlsx"
    write_review(BatchResult(rows=(evolve(batch.rows[3], number=1, path=path),)), target, Library(), ZH)
    (converted,) = convert([target], tmp_path, "fods")
    links = set(re.findall(r'xlink:href="([^"#]+)(?:#[^"]*)?"', converted.read_text("utf-8")))
    assert [Path(unquote(urlsplit(urljoin(f"{tmp_path.as_uri()}/out/", link)).path)) for link in links] == [path]


def test_a_fact_across_drafts_is_one_row_with_its_places(tmp_path: Path) -> None:
    batch = small()
    facts = facts_of(batch)
    path = tmp_path / "review.xlsx"
    write_review(batch, path, Library(), ZH)
    book = load_workbook(path)
    sheet = book["跨案檢核"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert [row[0] for row in rows] == ["、".join(str(one.number) for one in fact.rows) for fact in facts]
    for row, fact in zip(rows, facts, strict=True):
        assert [cell is not None for cell in row[3:5]] == [True, len(fact.parts) > 1]
        lines = row[5].split("\n")
        assert len(lines) == len(fact.parts)
        assert all(any(one.row.file in text for text in lines) for one in fact.parts)
    assert len(rows) < sum(1 for _ in batch.across())


def test_pages_of_findings_can_be_read_on_paper(opened: Workbook) -> None:
    """Font 10 on A4 landscape, fitted to its width: 8 points and more."""
    for sheet in opened.worksheets:
        area = sheet.print_area.rpartition("!")[2].replace("$", "") if sheet.print_area else None
        last = range_boundaries(area)[2] if area else sheet.max_column
        groups = [one for one in sheet.column_dimensions.values() if one.min <= last and not one.hidden]
        inches = sum(round(one.width * 7) / 96 * (min(one.max, last) - one.min + 1) for one in groups)
        assert sheet.page_setup.orientation == "landscape"
        assert (11.69 - 2 * 0.4) / inches * 10 >= 8, sheet.title


def test_keys_are_hidden_and_stand_for_every_row(opened: Workbook, batch: BatchResult) -> None:
    for row, name in zip(batch.checked, opened.sheetnames[4:], strict=True):
        sheet = opened[name]
        assert sheet.column_dimensions["L"].hidden
        head = head_of(sheet)
        assert sheet.cell(head, 12).value.endswith(f"|{row.file}")
        numbered = [at for at in range(head + 1, sheet.max_row + 1) if str(sheet.cell(at, 12).value).startswith("row:")]
        assert [sheet.cell(at, 1).value for at in numbered] == list(range(1, len(numbered) + 1))


def test_every_missing_input_is_one_line(opened: Workbook, batch: BatchResult) -> None:
    for row, name in zip(batch.checked, opened.sheetnames[4:], strict=True):
        sheet = opened[name]
        assert row.report is not None
        title = next(
            (at for at in range(1, sheet.max_row) if sheet.cell(at, 1).value == "資料不足而無法檢核之規則"), None
        )
        facts = missing_facts(row.report, ZH)
        lines = [] if title is None else [sheet.cell(at, 2).value for at in range(title + 2, sheet.max_row + 1)]
        assert lines == [fact.what for fact in facts]
