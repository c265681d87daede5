"""Every form of spreadsheet gives the same values, and says what was hidden, lost or named otherwise."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from grantcalc.draft.choices import Form
from grantcalc.reading import ReadOptions, Unreadable, open_book, read
from grantcalc.reading.book import Book
from grantcalc.reading.limits import Limits
from grantcalc.rules.library import Library
from grantcalc.text import Language
from tests.hostile.binary import compound, xls, xls_stream
from tests.hostile.sheets import Error, Sheet, ods, ods_tables, xlsx
from tests.hostile.writers import WRITERS
from tests.reading.test_workbook import repacked

FORMS = {
    ".xlsx": Form.WORKBOOK,
    ".ods": Form.OPEN_DOCUMENT,
    ".xls": Form.OLD_WORKBOOK,
    ".xlsb": Form.BINARY_WORKBOOK,
}
SHEETS = (
    Sheet(
        "概算",
        [
            [None, "項目", "單價", "數量", "金額"],
            [None, "個別諮商", 2000, 60.5, 121000, dt.date(2024, 3, 27)],
            [],
            [None, "多\n行  空白", -3, True, Error("#REF!"), None, 5],
            [None, "合併", None, 0.1, 123456789012345],
            [],
        ],
        hidden_rows=[2, 3],
        hidden_columns=[7, 9],
        merged=[(5, 2, 5, 3)],
    ),
    Sheet("底稿", [["x"]], hidden=True),
    Sheet("空白", []),
)


def written(folder: Path, ending: str, sheets: Sequence[Sheet] = SHEETS) -> Path:
    """The sheets as a file."""
    path = folder / f"draft{ending}"
    path.write_bytes(WRITERS[ending](sheets))
    return path


@pytest.mark.parametrize("ending", WRITERS)
def test_the_same_values_in_every_form(ending: str, tmp_path: Path, english: Language) -> None:
    found = open_book(written(tmp_path, ending))
    assert (found.form, found.stamped) == (FORMS[ending], False)
    assert (found.names, found.hidden) == (("概算", "底稿", "空白"), {"底稿"})
    assert list(found.grids) == ["概算", "空白"]
    grid = found.grids["概算"]
    assert (grid.first_row, grid.first_column) == (1, 2)
    assert grid.rows == [
        ["項目", "單價", "數量", "金額", "", ""],
        ["個別諮商", 2000.0, 60.5, 121000.0, dt.date(2024, 3, 27), ""],
        ["", "", "", "", "", ""],
        ["多\n行  空白", -3.0, True, "", "", 5.0],
        ["合併", "", 0.1, 123456789012345.0, "", ""],
    ]
    assert [type(value) for value in grid.rows[1]] == [str, float, float, float, dt.date, str]
    assert grid.merged == ((5, 2, 5, 3),)
    assert (grid.scan.errors, grid.scan.uncalculated) == ({(4, 5): "#REF!"}, frozenset())
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {7})
    assert found.grids["空白"].rows == []
    assert [english(note) for note in found.notes] == [
        "These sheets are hidden and were not read: 底稿.",
        "概算: rows with content are hidden; they were read: 2.",
        "概算: columns with content are hidden; they were read: G.",
    ]


def copied(book: Book) -> list[Sheet]:
    """The sheets of a book, to be written in another form."""
    made = []
    for grid in book.grids.values():
        blank = [[] for _ in range(grid.first_row - 1)]
        rows = [[*([None] * (grid.first_column - 1)), *(_whole(cell) for cell in row)] for row in grid.rows]
        made.append(Sheet(grid.name, [*blank, *rows]))
    return made


def _whole(cell: object) -> object:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


@pytest.mark.parametrize("ending", WRITERS)
def test_the_form_is_read_alike(
    ending: str, example: dict[str, Any], book: Callable[..., Path], library: Library, tmp_path: Path
) -> None:
    first = read(book(example), library)
    path = written(tmp_path, ending, copied(open_book(book(example, name="source.xlsx"))))
    second = read(path, library)
    assert second.form is FORMS[ending]
    assert second.draft == first.draft
    assert (second.problems, second.normalisations, second.cells) == ((), (), first.cells)
    assert second.draft.lines[0].origin.place("amount").shown == "經費!J2"


@pytest.mark.parametrize("ending", WRITERS)
def test_sheets_of_the_form_are_read_though_hidden(
    ending: str, example: dict[str, Any], book: Callable[..., Path], library: Library, tmp_path: Path, english: Language
) -> None:
    sheets = [
        Sheet(sheet.name, sheet.rows, hidden=sheet.name == "人力")
        for sheet in copied(open_book(book(example, name="source.xlsx")))
    ]
    sheets += [Sheet("清單", [["x"]], hidden=True), Sheet("底稿", [["x"]], hidden=True)]
    reading = read(written(tmp_path, ending, sheets), library)
    assert len(reading.draft.positions) == 1
    assert [english(note) for note in reading.notes] == [
        "These sheets are hidden and were not read: 底稿.",
        "These sheets are hidden; they were read all the same: 人力.",
    ]


@pytest.mark.parametrize("ending", WRITERS)
def test_sheets_that_only_have_the_names_of_the_form(ending: str, tmp_path: Path) -> None:
    sheets = [
        Sheet("封面", [["計畫名稱", "x"], ["申請單位", "y"], ["縣市", "嘉義縣"]]),
        Sheet("經費", [["項目", "單價", "數量", "單位", "金額", "說明"], ["個別諮商", 2000, 2, "小時", 4000, ""]]),
        Sheet("附件", [["x"]]),
    ]
    found = open_book(written(tmp_path, ending, sheets))
    assert not found.stamped
    assert list(found.grids) == ["封面", "經費", "附件"]


@pytest.mark.parametrize(("ending", "named"), [(".xlsx", ".xls"), (".ods", ".xlsx"), (".xls", ".xlsx"), (".xlsb", "")])
def test_a_wrong_ending_is_told(ending: str, named: str, tmp_path: Path, english: Language) -> None:
    path = written(tmp_path, ending).rename(tmp_path / f"draft{named}")
    found = open_book(path)
    assert found.form is FORMS[ending]
    told = f"The file's name ends in {named or '–'}, but it holds {english(FORMS[ending])}; it was read as that."
    assert english(found.notes[0]) == told


def test_a_draft_as_json_with_another_ending(
    example: dict[str, Any], library: Library, tmp_path: Path, english: Language
) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(json.dumps(example, default=float), encoding="utf-8")
    assert [english(note) for note in read(path, library).notes] == [
        "The file's name ends in .txt, but it holds a draft as JSON; it was read as that."
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<table:table-cell office:value-type="currency" office:value="2000"/>', 2000.0),
        ('<table:table-cell office:value-type="percentage" office:value="0.15"><text:p>15%</text:p>', 0.15),
        ('<table:table-cell office:value-type="date" office:date-value="2024-03-27T00:00:00"/>', dt.date(2024, 3, 27)),
        (
            '<table:table-cell office:value-type="date" office:date-value="2024-03-27T13:30:00"/>',
            dt.datetime(2024, 3, 27, 13, 30),  # noqa: DTZ001  # as a cell holds it
        ),
        ('<table:table-cell office:value-type="time" office:time-value="PT13H30M00S"/>', dt.time(13, 30)),
        (
            '<table:table-cell office:value-type="time" office:time-value="PT36H00M00.5S"/>',
            dt.timedelta(days=1.5, seconds=0.5),
        ),
        ('<table:table-cell office:value-type="time" office:time-value="x"><text:p>午後</text:p>', "午後"),
        ('<table:table-cell office:value-type="float" office:value="NaN"><text:p>無</text:p>', "無"),
        ('<table:table-cell office:value-type="date" office:date-value="0000-99-99"><text:p>日</text:p>', "日"),
        ('<table:table-cell office:value-type="string" office:string-value="甲"><text:p>乙</text:p>', "甲"),
        ("<table:table-cell><text:p>甲<text:s/>乙<text:tab/>丙<text:line-break/>丁</text:p>", "甲 乙\t丙\n丁"),
        ("<table:table-cell><text:p>甲<text:span>乙</text:span></text:p><text:p>丙</text:p>", "甲乙\n丙"),
        (
            '<table:table-cell office:value-type="string"><office:annotation><text:p>註</text:p></office:annotation>'
            "<text:p>甲</text:p>",
            "甲",
        ),
        ('<table:table-cell table:formula="of:=[.A2]" office:value-type="string"><text:p></text:p>', ""),
        ("<table:covered-table-cell><text:p>蓋</text:p></table:covered-table-cell><table:table-cell>", "蓋"),
    ],
)
def test_cells_of_ods(cell: str, value: object, tmp_path: Path) -> None:
    row = cell if cell.endswith("/>") else f"{cell}</table:table-cell>"
    path = tmp_path / "x.ods"
    table = f'<table:table table:name="x"><table:table-row>{row}</table:table-row></table:table>'
    path.write_bytes(ods((), {"content.xml": ods_tables(table)}))
    grid = open_book(path).grids["x"]
    assert grid.value(1, 1) == value
    assert type(grid.value(1, 1)) is type(value)


def test_lost_values_and_what_is_no_sheet_in_ods(tmp_path: Path) -> None:
    formula = '<table:table-cell table:formula="of:=1/0"'
    row = (
        f"{formula}/>"
        f'{formula} office:value-type="float" office:value="0"><text:p>Err:502</text:p></table:table-cell>'
        f'{formula} office:value-type="string" calcext:value-type="error"><text:p>#NAME?</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>#REF!</text:p></table:table-cell>'
    )
    cell = "<table:table-cell><text:p>x</text:p></table:table-cell>"
    inner = f'<table:table table:name="內"><table:table-row>{cell}</table:table-row></table:table>'
    tables = (
        f"<table:tracked-changes>{inner}</table:tracked-changes><table:table table:name='x'>"
        f"<table:shapes>{inner}</table:shapes>"
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>{row}'
        f"</table:table-row></table:table><table:dde-links>{inner}</table:dde-links>"
    )
    path = tmp_path / "x.ods"
    path.write_bytes(ods((), {"content.xml": ods_tables(tables)}))
    found = open_book(path)
    assert found.names == ("x",)
    grid = found.grids["x"]
    assert grid.scan.uncalculated == {(1, 3), (2, 3)}
    assert grid.scan.errors == {(1, 4): "Err:502", (1, 5): "#NAME?", (2, 4): "Err:502", (2, 5): "#NAME?"}
    assert grid.rows == [["#REF!"], ["#REF!"]]
    assert grid.first_column == 6


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("m.xlsm", xlsx(SHEETS, {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"})),
        ("m.ods", ods(SHEETS, {"Basic/Standard/Module1.xml": b"x", "x": b"x"})),
        (
            "m.xls",
            compound({"Workbook": xls_stream(SHEETS, b"\xae\x01\x04\x00\x01\x00\x05\x00")}, ["_VBA_PROJECT_CUR"]),
        ),
    ],
)
def test_macros_and_links_are_told(name: str, data: bytes, tmp_path: Path, english: Language) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    told = [english(note) for note in open_book(path).notes]
    assert "The workbook contains macros; they are never run, only its stored values are read." in told
    links = "The workbook has links to other files; only the values stored in it are read."
    assert (links in told) is (name != "m.ods")


def test_sheets_without_cells(tmp_path: Path, english: Language) -> None:
    chart = xlsx([Sheet("概算", [["x"]]), Sheet("圖", [["x"]])])
    path = tmp_path / "x.xlsx"
    path.write_bytes(chart)
    repacked(
        path,
        {
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                b'worksheet" Target="worksheets/sheet2', b'chartsheet" Target="worksheets/sheet2'
            )
        },
    )
    found = open_book(path)
    assert list(found.grids) == ["概算"]
    assert [english(note) for note in found.notes] == [
        "These sheets hold no cells (charts, macros) and were not read: 圖."
    ]


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(rows=3), "The sheet 概算 has 4 rows that hold something; expected at most 3."),
        (Limits(sheets=2), "The workbook has 3 sheets; expected at most 2."),
        (Limits(merges=0), "The sheet 概算 has 1 merged ranges; expected at most 0."),
        (Limits(sheet_cells=30), "The sheet 概算 reaches to G"),
    ],
)
def test_limits_bind_every_form(ending: str, limits: Limits, message: str, tmp_path: Path, english: Language) -> None:
    with pytest.raises(Unreadable) as caught:
        open_book(written(tmp_path, ending), ReadOptions(limits=limits))
    assert english(caught.value.problems[0].message).startswith(message)


def test_a_merge_to_the_end_of_the_sheet_ends_with_the_content(tmp_path: Path) -> None:
    sheet = Sheet("x", [["a", "b"], ["c"]], merged=[(1, 1, 65_536, 1), (1, 2, 1, 256), (9, 9, 9, 10)])
    path = tmp_path / "x.xls"
    path.write_bytes(xls([sheet]))
    assert open_book(path).grids["x"].merged == ((1, 1, 2, 1), (1, 2, 1, 2))
