"""What accountants asked of the form: cells of sums, printed pages, dates, verdicts, fields not needed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from openpyxl import load_workbook

from grantcalc.checking import check
from grantcalc.draft.model import Draft, Position, Role
from grantcalc.reading import read
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue
from grantcalc.workbook.annotate import annotate
from grantcalc.workbook.examples import example
from grantcalc.workbook.template import write_draft

SPEAK = Language(Tongue.ZH_TW)
ROOT = Path(__file__).parents[2]


def form(
    programme: str, library: Library, path: Path, draft: Draft | None = None, tongue: Tongue = Tongue.ZH_TW
) -> Any:
    """A written form, opened."""
    write_draft(draft, path, library.programme(programme), library, Language(tongue), posts=30, rows=40)
    return load_workbook(path)


def filled(programme: str, library: Library) -> Draft:
    """The compliant example."""
    return example(library.programme(programme), library)


@pytest.mark.parametrize("stated", [True, False])
def test_sums_have_a_cell(stated: bool, library: Library, tmp_path: Path) -> None:
    draft = filled("dapc-113", library)
    if not stated:
        draft = evolve(draft, totals=evolve(draft.totals, categories={}, grand=None))
    summary = form("dapc-113", library, tmp_path / "form.xlsx", draft)["總表"]
    rows = {summary.cell(row, 1).value: row for row in range(2, summary.max_row + 1)}
    found = read(tmp_path / "form.xlsx", library).draft
    places = {path: found.place(path) for path in ("totals.categories.人事費", "totals.grand", "positions")}
    assert {path: (place.sheet, place.cell) for path, place in places.items()} == {
        "totals.categories.人事費": ("總表", f"C{rows['人事費']}"),
        "totals.grand": ("總表", f"C{rows['總計']}"),
        "positions": ("總表", f"B{rows['員額：個管及督導合計']}"),
    }
    assert found == draft


def test_findings_on_sums_are_marked_and_the_copy_opens_on_the_results(library: Library, tmp_path: Path) -> None:
    source, target = tmp_path / "form.xlsx", tmp_path / "marked.xlsx"
    draft = filled("dapc-113", library)
    posts = (evolve(draft.positions[0], count=60), *draft.positions[1:])
    lines = tuple(
        evolve(line, unit_price=9_000_000, amount=None) if line.item == "stationery" else line for line in draft.lines
    )
    totals = evolve(draft.totals, categories={})
    form("dapc-113", library, source, evolve(draft, positions=posts, lines=lines, totals=totals))
    report = check(read(source, library), library.programme("dapc-113"), library.tables)
    found = {finding.rule: finding.place for finding in report.findings}
    annotate(source, target, report, library.tables, SPEAK)
    book = load_workbook(target)
    for rule in ("dapc-113/allocation-operations", "dapc-113/posts-total"):
        assert found[rule].sheet == "總表"
        assert rule in book["總表"][found[rule].cell].comment.text
    assert book.active.title == "檢核結果"
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == ["檢核結果"]
    results = book["檢核結果"]
    assert results.oddFooter.center.text == "第 &P 頁，共 &N 頁"
    shown = {cell.value for row in results.iter_rows() for cell in row}
    assert {"DAPC-113", SPEAK(library.tables.sources["DAPC-113"].title)} <= shown


def test_former_headers_are_still_read(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    draft = filled("dapc-113", library)
    book = form("dapc-113", library, path, draft)
    book.close()
    former = {
        "申請數（填列）": "申請填列",
        "系統計算數": "計算值",
        "系統試算金額": "試算金額",
        "在職月數（跨月計）": "觸及月數",
    }
    book = load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for cell in sheet[1]:
            if cell.value in former:
                cell.value = former[cell.value]
    book.save(path)
    reading = read(path, library)
    assert reading.draft == draft
    assert reading.unread == ()


def test_only_filled_rows_are_printed(library: Library, tmp_path: Path) -> None:
    draft = filled("fsp-113", library)
    book = form("fsp-113", library, tmp_path / "form.xlsx", draft)
    for name, rows, pages in (("經費", draft.lines, 2), ("人力", draft.positions, 3)):
        sheet = book[name]
        assert sheet.print_area.rpartition("$")[2] == str(len(rows) + 1)
        assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (pages, "$A:$C")
    empty = form("fsp-113", library, tmp_path / "empty.xlsx")["經費"]
    assert empty.print_area.rpartition("$")[2] == "26"
    headers = {cell.value: cell.column_letter for cell in book["經費"][1]}
    assert book["經費"][f"{headers['項目']}8"].alignment.wrap_text
    assert book["經費"][f"{headers['說明']}8"].alignment.wrap_text


@pytest.mark.parametrize(("tongue", "shown"), [(Tongue.ZH_TW, '[$-404]e"年"m"月"d"日"'), (Tongue.EN, "yyyy-mm-dd")])
def test_dates_follow_the_language(tongue: Tongue, shown: str, library: Library, tmp_path: Path) -> None:
    draft = filled("fsp-113", library)
    book = form("fsp-113", library, tmp_path / "form.xlsx", draft, tongue)
    cover = book.worksheets[1]
    start = next(row for row in range(2, 20) if cover.cell(row, 1).value in {"計畫開始日", "Period start"})
    assert cover.cell(start, 2).number_format == shown
    assert read(tmp_path / "form.xlsx", library).draft.period == draft.period
    rule = next(rule for rule in cover.data_validations.dataValidation if f"B{start}" in rule.sqref)
    assert (rule.type, rule.operator, rule.errorStyle or "stop") == ("date", None, "stop")
    assert int(rule.formula1) == (dt.date(1912, 1, 1) - dt.date(1899, 12, 30)).days
    assert int(rule.formula2) < 1130327
    assert "2024/3/27" in rule.error
    assert "113/3/27" in rule.prompt


def test_verdicts_end_without_a_mark_and_name_other_roles(library: Library, tmp_path: Path) -> None:
    draft = filled("fsp-113", library)
    line = evolve(draft.lines[6], unit_price=2001)
    post = Position(role=Role.CASE_MANAGER, monthly_pay=40000, licences=())
    changed = evolve(draft, lines=(line, evolve(line, amount=1)), positions=(post,))
    form("fsp-113", library, tmp_path / "form.xlsx", changed)
    book = load_workbook(tmp_path / "form.xlsx", data_only=True)
    texts = [
        next(cell.value for cell, head in zip(book[sheet][row], book[sheet][1], strict=True) if head.value == "檢核")
        for sheet, row in (("經費", 2), ("經費", 3), ("人力", 2))
    ]
    assert texts == [
        "單價超過上限；金額不等於單價×數量",
        "單價超過上限；金額不等於單價×數量",
        "非本計畫補助之職稱",
    ]


@pytest.mark.parametrize("programme", ["dapc-113", "fsp-113", "rsp-108-1b", "rsp-108-2"])
def test_fields_not_needed_are_grey_and_examples_leave_them_empty(
    programme: str, library: Library, tmp_path: Path
) -> None:
    book = form(programme, library, tmp_path / "form.xlsx")
    cover = book["封面"]
    remarks = {cover.cell(row, 1).value: cover.cell(row, 3).value for row in range(2, 20)}
    header = {cell.value: cell.fill.start_color.rgb for cell in book["人力"][1]}
    other = {
        "dapc-113": ("每月平均服務家庭數", "風險加給"),
        "fsp-113": ("最低自籌比率", "薪點"),
        "rsp-108-1b": ("服務個案數", "前一年階數"),
        "rsp-108-2": ("核定日期", "前一年階數"),
    }[programme]
    assert remarks[other[0]] == "本計畫免填"
    assert header[other[1]] == "FFD9D9D9"
    assert remarks["申請日期"] != "本計畫免填"
    raw = json.loads((ROOT / "examples" / programme / "compliant.json").read_text(encoding="utf-8"))
    for name in library.programme(programme).unused:
        first, _, last = name.partition(".")
        holders = raw["positions"] if first == "positions" else [raw.get(first, {}) if last else raw]
        assert not any((last or first) in holder for holder in holders), name


@pytest.mark.parametrize("programme", ["dapc-113", "fsp-113"])
def test_counties_stand_in_the_order_of_the_document(programme: str, library: Library, tmp_path: Path) -> None:
    lists = form(programme, library, tmp_path / "form.xlsx")["清單"]
    column = next(cell.column for cell in lists[1] if cell.value == "county")
    shown = [lists.cell(row, column).value for row in range(2, 24)]
    assert (shown[:2], shown[-1], len(set(shown))) == (["新北市", "臺北市"], "連江縣", 22)


def test_guide_says_where_the_program_is_and_what_the_short_names_mean(library: Library, tmp_path: Path) -> None:
    guide = form("fsp-113", library, tmp_path / "form.xlsx")["說明"]
    texts = [str(cell.value) for row in guide.iter_rows() for cell in row if cell.value]
    assert any(r".venv\Scripts\grantcalc.exe check" in text and ".venv/bin/grantcalc check" in text for text in texts)
    sources = library.tables.sources
    for code in ("FSP-113", "LECTURE-FEE"):
        assert code in texts
        assert SPEAK(sources[code].title) in texts
