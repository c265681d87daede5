"""The marked copy: the user's workbook as it was, with colours, comments, a sheet of results, and its values."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.comments import Comment

from grantcalc.checking import Report, check
from grantcalc.finding import Finding, Outcome, Place
from grantcalc.reading import read
from grantcalc.report.view import Bound, bound_of
from grantcalc.rules.library import Library
from grantcalc.text import Language, Message, Tongue
from grantcalc.workbook.annotate import RULER, AnnotateError, annotate
from grantcalc.workbook.losses import losses
from grantcalc.workbook.styles import FILLS
from grantcalc.workbook.template import write_draft
from tests.workbook.office import values

ROOT = Path(__file__).parents[2]
SPEAK = Language(Tongue.ZH_TW)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """A form with faults, and its report."""
    library, folder = Library(), tmp_path_factory.mktemp("checked")
    raw = json.loads((ROOT / "examples" / "fsp-113" / "compliant.json").read_text(encoding="utf-8"))
    _break(raw)
    source = folder / "draft.json"
    source.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    programme = library.programme("fsp-113")
    form = folder / "form.xlsx"
    write_draft(read(source, library).draft, form, programme, library, SPEAK, posts=5, rows=30)
    return form, check(read(form, library), programme, library.tables)


def _break(raw: dict[str, Any]) -> None:
    raw["lines"][6] |= {"unit_price": 2500, "description": "=1+1"}
    raw["lines"][7]["amount"] += 1
    raw["positions"][0] |= {"person": "=SUM(A1)", "monthly_pay": 60000}


def test_copy_is_checked_alike(checked: tuple[Path, Report], tmp_path: Path) -> None:
    form, report = checked
    target, library = tmp_path / "marked.xlsx", Library()
    before = sha256(form.read_bytes()).digest()
    assert annotate(form, target, report, Library().tables, SPEAK) == ()
    assert sha256(form.read_bytes()).digest() == before
    reading = read(target, library)
    assert reading.draft == report.reading.draft
    assert reading.problems == ()
    again = check(reading, report.programme, library.tables)
    assert [(found.rule, found.place) for found in again.findings] == [
        (found.rule, found.place) for found in report.findings
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["marked.xlsx"]


def test_formulas_keep_their_values(checked: tuple[Path, Report], tmp_path: Path) -> None:
    form, report = checked
    target = tmp_path / "marked.xlsx"
    annotate(form, target, report, Library().tables, SPEAK)
    before, after = values(form), values(target)
    assert {cell: after[cell] for cell in before} == before


def test_cells_are_marked_and_explained(checked: tuple[Path, Report], tmp_path: Path) -> None:
    form, report = checked
    target = tmp_path / "marked.xlsx"
    annotate(form, target, report, Library().tables, SPEAK)
    book = load_workbook(target)
    order = list(Outcome)
    cells = {(found.place.sheet, found.place.cell) for found in report.findings if found.place.cell}
    assert cells
    for sheet, address in cells:
        found = [found for found in report.findings if (found.place.sheet, found.place.cell) == (sheet, address)]
        gravest = min((one.outcome for one in found), key=order.index)
        cell = book[sheet][address]
        assert cell.fill.start_color.rgb.endswith(FILLS[gravest])
        for one in found:
            assert one.rule in cell.comment.text
            assert SPEAK(one.remedy) in cell.comment.text


def test_what_the_allowed_number_is(checked: tuple[Path, Report], tmp_path: Path) -> None:
    """A cap is the most; a computed amount is the one that it should be."""
    form, report = checked
    target = tmp_path / "marked.xlsx"
    annotate(form, target, report, Library().tables, SPEAK)
    book = load_workbook(target)
    words = {"fsp-113/unit-price": "；可列 2,000元；", "draft/arithmetic": "；應列 "}
    for rule, word in words.items():
        place = next(found.place for found in report.findings if found.rule == rule)
        assert word in book[place.sheet][place.cell].comment.text


@pytest.mark.parametrize(
    ("kind", "stated", "allowed", "bound"),
    [
        ("price-floor", 800, 810, Bound.FLOOR),
        ("price-cap", 2001, 2000, Bound.CAP),
        ("total", 10, 11, Bound.EXACT),
        ("funding-balance", 11, 10, Bound.EXACT),
    ],
)
def test_bounds(kind: str, stated: int, allowed: int, bound: Bound) -> None:
    text = Message("x")()
    found = Finding(place=Place(path="x"), stated=stated, allowed=allowed, message=text, remedy=text)
    assert bound_of(found, kind) is bound


def test_results_list_everything_as_text(checked: tuple[Path, Report], tmp_path: Path) -> None:
    form, report = checked
    target = tmp_path / "marked.xlsx"
    annotate(form, target, report, Library().tables, SPEAK)
    sheet = load_workbook(target)["檢核結果"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    shown = [cell.value for cell in cells]
    assert all(shown.count(found.rule) >= 1 for found in report.findings)
    assert all(result.rule.id in shown for result in report.rules)
    links = [cell.hyperlink.location for cell in cells if cell.hyperlink]
    assert len(links) == sum(1 for found in report.findings if found.place.cell)


def test_a_second_check_replaces_the_first(checked: tuple[Path, Report], tmp_path: Path) -> None:
    form, report = checked
    own = tmp_path / "own.xlsx"
    book = load_workbook(form)
    cell = next(found.place.cell for found in report.findings if found.place.sheet == "經費")
    book["經費"][cell].comment = Comment("請主計室確認", "使用者")
    book.save(own)
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    annotate(own, first, report, Library().tables, SPEAK)
    annotate(first, second, report, Library().tables, SPEAK)
    text = load_workbook(second)["經費"][cell].comment.text
    assert text.startswith("請主計室確認")
    assert text.count(RULER) == 1
    assert load_workbook(second).sheetnames.count("檢核結果") == 1
    assert text == load_workbook(first)["經費"][cell].comment.text


def test_the_input_is_no_target(checked: tuple[Path, Report]) -> None:
    form, report = checked
    with pytest.raises(AnnotateError):
        annotate(form, form, report, Library().tables, SPEAK)


def _chart(book: Any, sheet: Any) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Sheet1!$A$1:$A$2"})
    sheet.insert_chart("C1", chart)


def _shape(_: Any, sheet: Any) -> None:
    sheet.insert_textbox("C1", "note")


@pytest.mark.parametrize(("add", "word"), [(_chart, "charts"), (_shape, "pictures and shapes")])
def test_what_is_lost_is_told(add: Callable[[Any, Any], None], word: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, [1, 2])
        add(book, sheet)
    assert [word in Language(Tongue.EN)(text) for text in losses(path, keeps_macros=False)] == [True]


def test_extensions_are_told(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/worksheets/sheet1.xml", b"<worksheet><x14:dataValidations/></worksheet>")
        package.writestr("xl/vbaProject.bin", b"")
    assert len(losses(path, keeps_macros=False)) == 2
    assert len(losses(path, keeps_macros=True)) == 1
