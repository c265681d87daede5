"""Marked copies of every form: values at their place, comments in the right cells, the user's own things kept."""

from __future__ import annotations

import shutil
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from attrs import evolve
from openpyxl import load_workbook
from openpyxl.comments import Comment

from grantcalc.checking import Report, check
from grantcalc.draft.choices import Form
from grantcalc.reading import DEFAULT_OPTIONS, open_book, read
from grantcalc.reading.book import Book
from grantcalc.reading.formulas import Scan
from grantcalc.reading.grid import Grid
from grantcalc.reading.limits import Limits
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue
from grantcalc.workbook.annotate import AUTHOR, RULER, AnnotateError
from grantcalc.workbook.marked import write_marked
from grantcalc.workbook.rebuilt import REBUILT, rebuild

SHEETS = Path(__file__).parents[2] / "examples/county-sheets"
OTHERS = sorted(path for path in SHEETS.iterdir() if path.suffix in {".ods", ".xls", ".csv"})
STANDARD = SHEETS / "01-嘉義縣-標準表.xlsx"
ZH = Language(Tongue.ZH_TW)
NUMBER = "A123456789"


def judged(path: Path, library: Library) -> Report:
    reading = read(path, library)
    return check(reading, library.programme(reading.draft.programme), library.tables)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_values_stand_at_the_same_place(path: Path, tmp_path: Path) -> None:
    book, target = open_book(path), tmp_path / "rebuilt.xlsx"
    names, told = rebuild(book, target)
    assert told
    again = open_book(target)
    assert list(again.grids) == [names[name] for name in book.grids]
    for name, grid in book.grids.items():
        made = again.grids[names[name]]
        for row, cells in grid.numbered():
            for column, value in enumerate(cells, start=grid.first_column):
                assert made.value(row, column) == value, (row, column)
        assert set(made.merged) == {area for area in grid.merged if area[:2] != area[2:]}


@pytest.mark.parametrize("path", [*OTHERS, STANDARD], ids=lambda path: path.stem)
def test_findings_are_told_in_their_cells(path: Path, library: Library, tmp_path: Path) -> None:
    report, target = judged(path, library), tmp_path / "marked.xlsx"
    before = path.read_bytes()
    told = write_marked(path, report, target, library, ZH)
    assert path.read_bytes() == before
    assert bool(told) is (report.reading.form in REBUILT)
    book = load_workbook(target)
    assert book.sheetnames[-1] == "檢核結果"
    placed = [one for one in report.findings if one.place.cell]
    assert placed
    names = {name: index for index, name in enumerate(open_book(path).grids)}
    for one in placed:
        sheet = book.worksheets[names[str(one.place.sheet)]]
        cell = sheet[one.place.cell]
        for area in sheet.merged_cells.ranges:
            cell = sheet[area.start_cell.coordinate] if one.place.cell in area else cell
        assert cell.comment is not None
        assert one.rule in cell.comment.text
    assert [path.name for path in tmp_path.iterdir()] == ["marked.xlsx"]


def test_names_of_sheets_that_xlsx_does_not_take(tmp_path: Path) -> None:
    names = ["a/b", "a:b", "經" * 40, "經" * 41, "'", ""]
    rows: list[list[object]] = [["=1+1", 2.5, True]]
    scan = Scan(uncalculated=frozenset(), errors={})
    areas = ((1, 2, 1, 3), (1, 3, 1, 4))  # they overlap
    grids = {name: Grid(name=name, rows=rows, first_row=1, first_column=1, merged=areas, scan=scan) for name in names}
    book = Book(form=Form.OPEN_DOCUMENT, grids=grids, names=tuple(names))
    target = tmp_path / "x.xlsx"
    renamed, told = rebuild(book, target)
    made = load_workbook(target)
    assert made.sheetnames == [renamed[name] for name in names]
    assert len(told) == 1 + len(names)
    cell = made.worksheets[0]["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def _own(path: Path) -> None:
    """The standard sheet with a comment, a note of an identity number, a formula and a sheet that nobody reads."""
    book = load_workbook(STANDARD)
    sheet = book.worksheets[0]
    for address in ("G14", "M20"):
        sheet[address].comment = Comment("請主計室確認", "王小明")
    sheet["L5"] = NUMBER
    sheet["L6"] = "=1+1"
    sheet.column_dimensions["C"].width = 31.5
    book.create_sheet("附表")["B2"] = "=SUM(1,2)"
    book.save(path)


def test_a_countys_own_workbook_keeps_what_it_has(library: Library, tmp_path: Path) -> None:
    source, target = tmp_path / "own.xlsx", tmp_path / "marked.xlsx"
    _own(source)
    report = judged(source, library)
    assert any(one.place.cell == "G14" for one in report.findings)
    write_marked(source, report, target, library, ZH)
    book = load_workbook(target)
    sheet = book.worksheets[0]
    assert book["附表"]["B2"].value == "=SUM(1,2)"
    assert (sheet["L6"].value, sheet.column_dimensions["C"].width) == ("=1+1", 31.5)
    assert (sheet["M20"].comment.text, sheet["M20"].comment.author) == ("請主計室確認", "王小明")
    own, _, added = sheet["G14"].comment.text.partition(f"\n{RULER}\n")
    assert own == "請主計室確認"
    assert sheet["G14"].comment.author == "王小明"
    assert "fsp-113/" in added or "draft/" in added
    authors = {cell.comment.author for row in sheet.iter_rows() for cell in row if cell.comment}
    assert authors == {AUTHOR, "王小明"}


def test_an_identity_number_stands_in_no_comment_and_not_in_the_results(library: Library, tmp_path: Path) -> None:
    source, target = tmp_path / "own.xlsx", tmp_path / "marked.xlsx"
    _own(source)
    write_marked(source, judged(source, library), target, library, ZH)
    book = load_workbook(target)
    comments = [cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    results = [str(cell.value) for row in book["檢核結果"].iter_rows() for cell in row]
    assert not [text for text in (*comments, *results) if NUMBER in text]


def _with_macros(path: Path, source: Path) -> None:
    """A workbook with macros, a comment and the values of another."""
    macros = path.with_suffix(".bin")
    macros.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 macros")
    values: Any = load_workbook(source).worksheets[0]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(values.title)
        for row in values.iter_rows():
            for cell in row:
                if cell.value is not None:
                    sheet.write(cell.row - 1, cell.column - 1, cell.value)
        sheet.write_comment("A1", "請主計室確認")
        book.add_vba_project(str(macros))
    macros.unlink()


def test_macros_are_kept_and_not_run(library: Library, tmp_path: Path) -> None:
    source, target = tmp_path / "own.xlsm", tmp_path / "marked.xlsm"
    _with_macros(source, STANDARD)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_marked(source, judged(source, library), target, library, ZH)
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
        assert after.read("xl/vbaProject.bin") == before.read("xl/vbaProject.bin")
        assert len(after.namelist()) == len(set(after.namelist()))
        assert b"macroEnabled" in after.read("[Content_Types].xml")
    assert load_workbook(target).worksheets[0]["A1"].comment.text.startswith("請主計室確認")


def test_a_name_for_macros_has_their_type_of_content_without_any(library: Library, tmp_path: Path) -> None:
    source, target = tmp_path / "own.xlsx", tmp_path / "marked.xlsm"
    shutil.copy(STANDARD, source)
    write_marked(source, judged(source, library), target, library, ZH)
    with zipfile.ZipFile(target) as package:
        assert b"macroEnabled" in package.read("[Content_Types].xml")
        assert "xl/vbaProject.bin" not in package.namelist()


def test_marking_keeps_to_the_limits(library: Library, tmp_path: Path) -> None:
    """The copying library runs in a process of its own, which is ended when it takes too long."""
    report = judged(STANDARD, library)
    options = evolve(DEFAULT_OPTIONS, limits=Limits(seconds=0))
    with pytest.raises(AnnotateError) as caught:
        write_marked(STANDARD, report, tmp_path / "marked.xlsx", library, ZH, None, options)
    assert "--max-seconds" in ZH(caught.value.text)
    assert not list(tmp_path.iterdir())


def test_cells_are_marked_on_a_sheet_that_a_person_is_the_name_of(library: Library, tmp_path: Path) -> None:
    source, target = tmp_path / "own.xlsx", tmp_path / "marked.xlsx"
    book = load_workbook(STANDARD)
    book.worksheets[0].title = f"王 {NUMBER}"
    book.save(source)
    report = judged(source, library)
    placed = [one for one in report.findings if one.place.cell]
    assert {one.place.sheet for one in placed} == {"王 A1********"}
    write_marked(source, report, target, library, ZH)
    made = load_workbook(target)
    assert all(made.worksheets[0][one.place.cell].comment is not None for one in placed if one.place.cell)
    results = [cell for row in made["檢核結果"].iter_rows() for cell in row]
    assert not [cell for cell in results if NUMBER in str(cell.value) or cell.hyperlink]
