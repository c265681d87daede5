"""Sheets as counties really make them: every row and number read right, nothing invented, no amount silently lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from grantcalc.checking import check_all
from grantcalc.draft.model import Reading
from grantcalc.finding import Finding, Outcome
from grantcalc.reading import open_book, read
from grantcalc.reading.options import ReadOptions
from grantcalc.rules.library import Library
from tests.county.expected import SALT, SHEETS, Layout, compare, layouts, named, unsure
from tests.workbook.office import convert, soffice

LAYOUTS = layouts()
ARITHMETIC = {"draft/arithmetic", "draft/total", "draft/worded-arithmetic", "draft/funding"}
each = pytest.mark.parametrize("layout", LAYOUTS, ids=[one.name for one in LAYOUTS])


@cache
def library() -> Library:
    return Library()


@cache
def reading_of(name: str) -> Reading:
    return next(one for one in LAYOUTS if one.name == name).read(library())


def findings_of(reading: Reading) -> list[Finding]:
    (report,) = check_all([reading], library())
    return list(report.findings)


@each
def test_a_layout_is_read_as_a_person_reads_it(layout: Layout) -> None:
    score = compare(layout, reading_of(layout.name), library())
    assert not score.faults
    assert score.right_fields == score.fields


@each
def test_a_person_is_asked_where_the_sheet_leaves_a_doubt_and_nowhere_else(layout: Layout) -> None:
    asked = [named(place) for place in unsure(reading_of(layout.name))]
    must, may = set(layout.expected.get("ask", ())), set(layout.expected.get("may_ask", ()))
    assert not [name for name in must if not any(name in names for names in asked)]
    assert not [names for names in asked if not names & (must | may)]


@each
def test_no_number_of_a_sheet_is_silently_lost(layout: Layout) -> None:
    """Read into the draft, taken as a sum, told as unread, or of a part that the expected reading leaves out."""
    reading = reading_of(layout.name)
    known = {*_taken(reading), *((one.place.sheet, one.place.cell) for one in reading.cells)}
    left = set(layout.expected.get("left", ()))
    assert not [cell for cell in _numbers(layout) if cell not in known and cell[1] not in left]
    unread = {one.place.cell for one in reading.unread}
    assert not [cell for cell in _understood(layout) if cell in unread]


@each
def test_only_the_sums_that_are_wrong_are_found_wrong(layout: Layout) -> None:
    found = [
        (one.place.cell, one.stated, one.allowed)
        for one in findings_of(reading_of(layout.name))
        if one.rule in ARITHMETIC and one.outcome is Outcome.ERROR
    ]
    wanted = [(one["cell"], one["stated"], one["right"]) for one in layout.expected.get("wrong", ())]
    assert found == wanted


def test_two_plans_on_one_sheet_are_never_read_as_one() -> None:
    reading = read(next(SHEETS.glob("17-*.xlsx")), library(), ReadOptions(salt=SALT))
    assert {line.origin.place("amount").cell for line in reading.draft.lines} <= {"E4", "E5", "E6"}
    assert {"programme", "lines"} <= {place.path for place in unsure(reading)}


def test_no_identity_number_leaves_the_reader() -> None:
    file = next(SHEETS.glob("20-*.xlsx"))
    assert not re.search(r"A123456780|B234567891", repr(read(file, library(), ReadOptions(salt=SALT))))
    assert not re.search(r"[A-Z][12]\d{8}", repr(open_book(file, ReadOptions(salt=SALT)).grids))


@pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("form", ["ods", "xls", "csv"])
def test_the_same_sheets_have_the_same_findings_in_every_form(form: str, tmp_path: Path) -> None:
    """Every .xlsx layout; as .csv those of one sheet that shows what its cells hold."""
    chosen = [one for one in LAYOUTS if one.file.suffix == ".xlsx" and (form != "csv" or one.name[:2] in {"01", "16"})]
    convert(list(dict.fromkeys(one.file for one in chosen)), tmp_path, _FILTERS.get(form, form))
    for layout in chosen:
        copy = tmp_path / "out" / f"{layout.file.stem}.{form}"
        wanted = _told(reading_of(layout.name))
        assert wanted
        assert _told(read(copy, library(), layout.options)) == wanted, layout.name


_FILTERS = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76"}
"""Comma, quotation marks, UTF-8."""


def _told(reading: Reading) -> list[tuple[object, ...]]:
    """What a report says, without the names of file and sheet: a .csv has no sheet."""
    return [
        (one.rule, one.outcome, one.place.path, one.place.cell, one.stated, one.allowed, one.message.template)
        for one in findings_of(reading)
    ]


def _numbers(layout: Layout) -> Iterator[tuple[str, str]]:
    """Every number of a visible sheet that may be money: whole, 100 or more, whatever its column."""
    for grid in open_book(layout.file, layout.options).grids.values():
        for row in range(grid.first_row, grid.first_row + len(grid.rows)):
            for column in range(grid.first_column, grid.first_column + max(map(len, grid.rows))):
                raw = grid.value(row, column)
                if isinstance(raw, int | float) and not isinstance(raw, bool) and raw >= 100:
                    yield grid.name, grid.cell(row, column)


def _taken(reading: Reading) -> Iterator[tuple[str | None, str | None]]:
    draft = reading.draft
    for row in (*draft.positions, *draft.lines):
        for name in row.origin.cells:
            place = row.origin.place(name)
            yield place.sheet, place.cell
    for name in draft.origin.cells:
        place = draft.place(name)
        yield place.sheet, place.cell


def _understood(layout: Layout) -> Iterator[str]:
    """Cells of rows and sums that the expected reading uses."""
    expected = layout.expected
    yield from (cell.rpartition("!")[2] for cell in expected.get("sums", ()))
    for row in (*expected.get("lines", ()), *expected.get("positions", ())):
        cells = row.get("cell", ())
        yield from [cells] if isinstance(cells, str) else cells
