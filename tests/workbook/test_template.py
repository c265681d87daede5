"""The form: it reads back without recalculation, and any draft written into it is the same draft again."""

from __future__ import annotations

import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grantcalc.checking import check
from grantcalc.draft.fields import COMPUTED_HEADERS, FORMAT
from grantcalc.draft.model import Draft, Line, Quantity, Totals
from grantcalc.finding import Outcome
from grantcalc.reading import read
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue
from grantcalc.units import Unit
from grantcalc.workbook.examples import ExampleError, example
from grantcalc.workbook.layout import Sheet, budget_columns, staff_columns
from grantcalc.workbook.template import write_draft
from tests.strategies import drafts, expressible
from tests.workbook import reintegration

PROGRAMMES = ("dapc-113", "fsp-113", *reintegration.KINDS)
AS_TYPED = "draft/normalised"
"""A workbook holds every value as the model has it."""


def written(draft: Draft | None, programme: str, library: Library, path: Path, tongue: Tongue = Tongue.ZH_TW) -> Path:
    """The form of a programme, small."""
    write_draft(draft, path, library.programme(programme), library, Language(tongue), posts=2, rows=2)
    return path


@pytest.mark.parametrize("tongue", list(Tongue))
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_blank_form_reads_back(programme: str, tongue: Tongue, library: Library, tmp_path: Path) -> None:
    blank = Draft(programme=programme, county="嘉義縣", period=library.programme(programme).period)
    reading = read(written(blank, programme, library, tmp_path / "form.xlsx", tongue), library)
    assert reading.draft == blank
    assert [problem.place.path for problem in reading.problems] == ["applicant_kind"]
    assert reading.unread == ()
    assert reading.notes == ()


@pytest.mark.parametrize("tongue", list(Tongue))
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_example_is_compliant_and_reads_back(programme: str, tongue: Tongue, library: Library, tmp_path: Path) -> None:
    draft = example(library.programme(programme), library)
    reading = read(written(draft, programme, library, tmp_path / "form.xlsx", tongue), library)
    assert reading.draft == draft
    assert (reading.problems, reading.normalisations, reading.unread) == ((), (), ())
    report = check(reading, library.programme(programme), library.tables)
    broken = [finding for finding in report.findings if finding.outcome in {Outcome.ERROR, Outcome.WARNING}]
    assert broken == []


@pytest.mark.parametrize("tongue", list(Tongue))
@pytest.mark.parametrize("programme", reintegration.KINDS)
def test_a_filled_form_reads_back(programme: str, tongue: Tongue, library: Library, tmp_path: Path) -> None:
    for change in (reintegration.nothing, reintegration.posts, reintegration.talks):
        change(raw := reintegration.draft(programme))
        source = tmp_path / f"{change.__name__}.json"
        source.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
        given = read(source, library)
        reading = read(written(given.draft, programme, library, tmp_path / "form.xlsx", tongue), library)
        assert reading.draft == given.draft
        assert (reading.problems, reading.normalisations, reading.unread) == ((), (), ())
        checked = [check(found, library.programme(programme), library.tables).findings for found in (given, reading)]
        told = [{(found.rule, found.place.path, found.stated, found.allowed) for found in every} for every in checked]
        assert {found for found in told[0] if found[0] != AS_TYPED} == told[1]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_draft_reads_back(programme: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    library = Library()
    draft = expressible(data.draw(drafts(programme)))
    tongue = data.draw(st.sampled_from(list(Tongue)))
    path = written(draft, programme, library, tmp_path_factory.mktemp("form") / "form.xlsx", tongue)
    assert read(path, library).draft == draft


def test_texts_are_never_formulas(library: Library, tmp_path: Path) -> None:
    line = Line(description="=1+1", ref="+A1", category="其他", item="@SUM(A1)", amount=Decimal("12.5"))
    draft = Draft(programme="fsp-113", title='=HYPERLINK("x")', lines=(line,), totals=Totals(categories={"=2": 5}))
    path = written(draft, "fsp-113", library, tmp_path / "form.xlsx")
    found = read(path, library).draft
    assert (found.title, found.lines, found.totals) == (draft.title, draft.lines, draft.totals)


def test_more_quantities_get_more_columns(library: Library, tmp_path: Path) -> None:
    quantities = tuple(Quantity(number=number, unit=Unit.TIME) for number in (1, 2, Decimal("0.1"), 4, 5, 6))
    draft = Draft(programme="fsp-113", lines=(Line(unit_price=100, quantities=quantities, amount=2400),))
    found = read(written(draft, "fsp-113", library, tmp_path / "form.xlsx"), library).draft
    assert found.lines == draft.lines


def test_computed_headers_are_those_the_reader_knows() -> None:
    computed = {column.header for column in (*staff_columns(), *budget_columns(4)) if not column.is_input}
    assert computed <= set(COMPUTED_HEADERS)


def test_properties_protection_and_lists(library: Library, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = written(None, "fsp-113", library, tmp_path / "form.xlsx")
    book = load_workbook(path)
    properties = {entry.name: entry.value for entry in book.custom_doc_props.props}
    assert properties == {"grantcalc-format": FORMAT, "grantcalc-programme": "fsp-113"}
    assert book.sheetnames == ["說明", "封面", "人力", "經費", "總表", "清單"]
    assert book["清單"].sheet_state == "hidden"
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in book.worksheets)
    budget = book["經費"]
    headers = {cell.value: cell.column_letter for cell in budget[1]}
    assert not budget[f"{headers['金額']}2"].protection.locked
    assert budget[f"{headers['系統試算金額']}2"].protection.locked
    assert budget.freeze_panes == "D2"
    assert budget.auto_filter.ref
    assert (budget.page_setup.orientation, budget.page_setup.paperSize) == ("landscape", 9)
    assert budget.print_title_rows == "$1:$1"
    lists = {rule.formula1 for rule in budget.data_validations.dataValidation if rule.type == "list"}
    assert {"gc_category", "gc_item", "gc_unit", "gc_fund", "gc_lecturer", "gc_travel", "gc_manuscript"} <= lists
    assert len(Sheet) == len(book.sheetnames)


def test_no_formula_lacks_its_value(library: Library, tmp_path: Path) -> None:
    path = written(None, "dapc-113", library, tmp_path / "form.xlsx")
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert (
                    re.search(rb'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?><f>[^<]*</f><v></v>', package.read(name)) is None
                )
        assert b"fullCalcOnLoad" not in package.read("xl/workbook.xml")


def test_example_for_another_county(library: Library) -> None:
    moved = example(library.programme("fsp-113"), library, "臺南市")
    assert moved.county == "臺南市"
    assert "嘉義縣" not in str(moved)
    with pytest.raises(ExampleError):
        example(library.programme("dapc-113"), library, "臺南市")
    assert "桃園" not in str(example(library.programme("rsp-108-2"), library, "臺南市"))
    with pytest.raises(ExampleError, match="regional allowance"):
        example(library.programme("rsp-108-3"), library, "臺南市")


def test_nothing_is_left_beside_the_file(library: Library, tmp_path: Path) -> None:
    written(None, "fsp-113", library, tmp_path / "form.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["form.xlsx"]
