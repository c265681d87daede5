"""The sheet 檢核結果: every finding with a link to its cell, and what became of every rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from grantcalc.draft.fields import RESULTS_SHEET
from grantcalc.finding import Outcome
from grantcalc.report.view import FindingView, ReportView
from grantcalc.sources import SourceDocument
from grantcalc.text import Language, Message, Value
from grantcalc.workbook.documents import CODE, DOCUMENTS, NAME
from grantcalc.workbook.printing import HEADER_MARGIN, MARGINS, header_texts
from grantcalc.workbook.styles import FILLS, FONT, LINE_HEIGHT, lines_of

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

HEADERS = (
    Message("Outcome"),
    Message("Rule"),
    Message("Title"),
    Message("Place"),
    Message("Stated"),
    Message("Allowed"),
    Message("Difference"),
    Message("Message"),
    Message("Remedy"),
    Message("Section"),
)
STATUS_HEADERS = (Message("Status"), Message("Rule"), Message("Title"), Message("Remark"))
WIDTHS = (9, 22, 16, 16, 11, 11, 11, 40, 34, 15)
TITLE = Message("Check results")
STATUSES = Message("What became of every rule")
NO_FINDINGS = Message("No finding.")
LABEL_COLUMNS, TEXT_COLUMNS = 2, 8
"""A label takes the first columns together, a long text those up to the eighth."""
HEADER_FILL, BORDER = "1F4E79", "BFBFBF"
A4 = "9"
TEXT_START = "=+-@"
"""First characters that a program may take for a formula once the cell is edited."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text without the characters a workbook cannot hold."""
    return _CONTROL.sub("\ufffd", text)


@frozen(kw_only=True)
class Results:
    """What the sheet shows: the report in words, the programme's title, the documents behind the sections."""

    found: ReportView
    title: Value
    documents: tuple[SourceDocument, ...]


def write_results(sheet: Worksheet, results: Results, language: Language) -> None:
    """Heading, findings, statuses, documents."""
    found = results.found
    row = _heading(sheet, found, language)
    row = _findings(sheet, found, language, row)
    _text(sheet, row + 1, 1, language(STATUSES), bold=True)
    row = _statuses(sheet, found, language, row + 2)
    _text(sheet, row + 1, 1, language(DOCUMENTS), bold=True)
    _documents(sheet, results.documents, language, row + 2)
    for index, width in enumerate(WIDTHS):
        sheet.column_dimensions[_letter(index + 1)].width = width
    _page(sheet, results, language)


def _page(sheet: Worksheet, results: Results, language: Language) -> None:
    """Paper, header and footer as on the other sheets."""
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    left, right, middle = header_texts(results.title, language(RESULTS_SHEET), language)
    header, footer = sheet.oddHeader, sheet.oddFooter
    if header is not None and footer is not None:
        header.left.text, header.right.text = left, right
        footer.center.text = middle
    sheet.page_margins = PageMargins(**MARGINS, header=HEADER_MARGIN, footer=HEADER_MARGIN)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    table = len(results.found.heading) + 4
    sheet.print_title_rows = f"{table}:{table}"


def _heading(sheet: Worksheet, found: ReportView, language: Language) -> int:
    """File, programme, sums; returns the row of the table's header."""
    _text(sheet, 1, 1, language(TITLE), bold=True, size=16)
    for row, (label, value) in enumerate(found.heading, start=2):
        _text(sheet, row, 1, label, bold=True)
        _text(sheet, row, LABEL_COLUMNS + 1, value)
        _join(sheet, row, 1, LABEL_COLUMNS)
    last = len(found.heading) + 2
    _text(sheet, last, 1, found.counts, bold=True)
    return last + 2


def _findings(sheet: Worksheet, found: ReportView, language: Language, first: int) -> int:
    """The table; returns the row after it."""
    _header(sheet, first, [language(header) for header in HEADERS])
    for row, finding in enumerate(found.findings, start=first + 1):
        texts = (
            finding.outcome_label,
            finding.rule,
            finding.title,
            finding.place_label,
            finding.stated,
            finding.allowed,
            finding.difference,
            finding.message,
            finding.remedy,
            finding.sections,
        )
        _row(sheet, row, texts, finding.outcome)
        _link(sheet, row, finding)
    if not found.findings:
        _text(sheet, first + 1, 1, language(NO_FINDINGS))
    last = first + max(1, len(found.findings))
    if found.findings:
        sheet.auto_filter.ref = f"A{first}:{_letter(len(HEADERS))}{last}"
    return last + 1


def _link(sheet: Worksheet, row: int, finding: FindingView) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    if not finding.place.sheet or not finding.place.cell or "*" in finding.place.sheet:
        return  # a masked name is none of the workbook's
    cell = sheet.cell(row, 4)
    name = finding.place.sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{finding.place.cell}")
    cell.font = Font(name=FONT, size=10, color="0563C1", underline="single")


def _statuses(sheet: Worksheet, found: ReportView, language: Language, first: int) -> int:
    """The table of rules; returns the row after it."""
    _header(sheet, first, [language(header) for header in STATUS_HEADERS])
    _join(sheet, first, len(STATUS_HEADERS), TEXT_COLUMNS)
    widths = (*WIDTHS[: len(STATUS_HEADERS) - 1], sum(WIDTHS[len(STATUS_HEADERS) - 1 : TEXT_COLUMNS]))
    row = first + 1
    for _, views in found.by_status():
        for status in views:
            _row(sheet, row, (status.status_label, status.rule, status.title, status.remark), widths=widths)
            _join(sheet, row, len(STATUS_HEADERS), TEXT_COLUMNS)
            row += 1
    return row


def _documents(sheet: Worksheet, listed: Sequence[SourceDocument], language: Language, first: int) -> None:
    """Short names of documents and what they stand for."""
    rows = [(language(CODE), language(NAME)), *((document.id, language(document.title)) for document in listed)]
    for row, (code, title) in enumerate(rows, start=first):
        texts = (code, "", title)
        if row == first:
            _header(sheet, row, texts)
        else:
            _row(sheet, row, texts, widths=(sum(WIDTHS[:LABEL_COLUMNS]), 1, sum(WIDTHS[LABEL_COLUMNS:TEXT_COLUMNS])))
        _join(sheet, row, 1, LABEL_COLUMNS)
        _join(sheet, row, LABEL_COLUMNS + 1, TEXT_COLUMNS)


def _join(sheet: Worksheet, row: int, first: int, last: int) -> None:
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def _header(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    from openpyxl.styles import Font, PatternFill

    for column, text in enumerate(texts, start=1):
        cell = _text(sheet, row, column, text, border=True)
        cell.font = Font(name=FONT, size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=HEADER_FILL, end_color=HEADER_FILL)


def _row(
    sheet: Worksheet,
    row: int,
    texts: Sequence[str],
    outcome: Outcome | None = None,
    widths: Sequence[float] = WIDTHS,
) -> None:
    from openpyxl.styles import PatternFill

    for column, text in enumerate(texts, start=1):
        _text(sheet, row, column, text, border=True)
    lines = max(lines_of(text, width) for text, width in zip(texts, widths, strict=False))
    sheet.row_dimensions[row].height = LINE_HEIGHT * lines + 2
    if outcome is not None:
        sheet.cell(row, 1).fill = PatternFill("solid", start_color=FILLS[outcome], end_color=FILLS[outcome])


def _text(
    sheet: Worksheet, row: int, column: int, text: str, *, bold: bool = False, size: int = 10, border: bool = False
) -> Cell:
    """Text, whatever it looks like: never a formula, never an error value."""
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, Side

    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(cell.coordinate)
    shown = clean(text)
    cell.value = shown
    cell.data_type = "s"
    cell.font = Font(name=FONT, size=size, bold=bold)
    if shown.startswith(tuple(TEXT_START)):
        cell.quotePrefix = True
    if border:
        side = Side(style="thin", color=BORDER)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
