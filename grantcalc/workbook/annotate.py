"""The marked copy of a user's workbook: coloured cells, comments, and the sheet 檢核結果 (``check -o``).

The input is never changed; the copy appears whole or not at all. Stored values of formulas are put back, so that the
copy can be checked again and shows its numbers in every viewer. The library that copies parses the whole workbook: it
does so in a process of its own, within the limits of reading.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from grantcalc.checking import Report
from grantcalc.draft.fields import RESULTS_SHEET
from grantcalc.files import moved_into_place
from grantcalc.finding import Outcome
from grantcalc.reading import child
from grantcalc.reading.identity import masked_names
from grantcalc.reading.limits import DEFAULT_LIMITS, Limits
from grantcalc.reading.problems import Unreadable, shown
from grantcalc.report.view import Bound, FindingView, ReportView, view
from grantcalc.tabledata import Tables
from grantcalc.text import Language, Message, Text, Tongue
from grantcalc.workbook.documents import documents
from grantcalc.workbook.losses import losses
from grantcalc.workbook.package import rewrite, say_macro_form
from grantcalc.workbook.resultsheet import Results, clean, write_results
from grantcalc.workbook.stored import asks_to_calculate, put_back, stored_values
from grantcalc.workbook.styles import FILLS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

NOTE = Message("[{outcome}] {title} ({rule})")
STATED = Message("Stated {stated}; allowed {allowed}; difference {difference}.")
AT_LEAST = Message("Stated {stated}; at least {allowed}; difference {difference}.")
SHOULD_BE = Message("Stated {stated}; should be {allowed}; difference {difference}.")
REMEDY = Message("Remedy: {remedy}")
SECTION = Message("Section: {sections}")
SAME_FILE = Message("The marked copy needs a name of its own; {path} is the workbook that was checked.")
CANNOT_COPY = Message(
    "{file}: no marked copy can be made of this workbook ({reason}). It was checked; write the report instead, with a "
    "name for -o that ends in .html, or save the workbook once more in Excel or LibreOffice and check that."
)

TOLD: Mapping[Bound, Message] = {Bound.CAP: STATED, Bound.FLOOR: AT_LEAST, Bound.EXACT: SHOULD_BE}

AUTHOR = "grantcalc"
RULER = "── grantcalc ──"
"""Separates a user's own comment from what is added below it."""
COMMENT_WIDTH, LINE_HEIGHT, LINE_LENGTH = 420, 18, 30
LONGEST_COMMENT = 8000
MACRO_SUFFIX = ".xlsm"
_NOT_UNDERSTOOD: tuple[type[Exception], ...] = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,  # what the parsers of XML raise
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the library that copies raises on a workbook it does not understand."""


class AnnotateError(Exception):
    """The marked copy cannot be written; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        """Keep the message for rendering in the user's language."""
        super().__init__(text.template, dict(text.values))
        self.text = text


def annotate(
    source: Path,
    target: Path,
    report: Report,
    tables: Tables,
    language: Language,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Text, ...]:
    """Write a marked copy of ``source`` to ``target``; returns a warning for everything the copy may lack."""
    if target.exists() and target.samefile(source):
        raise AnnotateError(SAME_FILE(path=str(target)))
    results = Results(
        found=view(report, language), title=report.programme.title, documents=documents(report.programme, tables)
    )
    with TemporaryDirectory() as folder:
        made = Path(folder) / f"marked{target.suffix}"
        try:
            done, told = child.run(source.name, limits, _copied, source, made, results, language.tongue)
        except Unreadable as error:
            raise AnnotateError(CANNOT_COPY(file=shown(source.name), reason=error.problems[0].message)) from error
        if not done:
            raise AnnotateError(told[0])
        with moved_into_place(target) as beside:
            copyfile(made, beside)
    return told


def _copied(source: Path, made: Path, results: Results, tongue: Tongue) -> tuple[bool, tuple[Text, ...]]:
    """Whether the copy was made, with what it lacks, or why it was not: as plain values, which leave the process."""
    try:
        return True, _copy(source, made, results, Language(tongue))
    except AnnotateError as error:
        return False, (error.text,)


def _copy(source: Path, made: Path, results: Results, language: Language) -> tuple[Text, ...]:
    suffix = made.suffix.lower()
    keeps_macros = source.suffix.lower() == suffix == MACRO_SUFFIX
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what openpyxl says here, `lacking` says in full
        with _understood(source):
            lacking = losses(source, keeps_macros=keeps_macros)
            values = stored_values(source)
            workbook = _opened(source, keeps_macros=keeps_macros)
        _mark(workbook, results.found, language)
        _replace_results(workbook, results, language)
        with _understood(source):
            workbook.save(made)
        rewrite(made, put_back(values, made))
        if suffix == MACRO_SUFFIX and not keeps_macros:
            rewrite(made, say_macro_form)
    return lacking


@contextmanager
def _understood(source: Path) -> Iterator[None]:
    """Tell in plain words that the library understands less of the workbook than the check did."""
    try:
        yield
    except _NOT_UNDERSTOOD as error:
        reason = shown(str(error) or type(error).__name__)
        raise AnnotateError(CANNOT_COPY(file=shown(source.name), reason=reason)) from error


def _opened(source: Path, *, keeps_macros: bool) -> Workbook:
    from openpyxl import load_workbook

    with source.open("rb") as stream:  # by its content; the library would refuse a name of another ending
        workbook = load_workbook(stream, keep_vba=keeps_macros)
    workbook.calculation.fullCalcOnLoad = asks_to_calculate(source)
    workbook.template = False  # a template's type of content would not fit the copy's name
    return workbook


def _mark(workbook: Workbook, found: ReportView, language: Language) -> None:
    """Colour and comment every cell that a finding names."""
    cells: defaultdict[tuple[str, str], list[FindingView]] = defaultdict(list)
    names = {masked: name for name, masked in masked_names(workbook.sheetnames).items()}
    for finding in found.findings:
        if finding.place.cell and finding.place.sheet in names:
            cells[names[finding.place.sheet], finding.place.cell].append(finding)
    for (sheet, address), findings in cells.items():
        cell = _anchor(workbook[sheet], address)
        if cell is not None:
            _mark_cell(cell, findings, language)


def _anchor(sheet: Worksheet, address: str) -> Cell | None:
    """The cell itself, or the first one of the merged range it belongs to."""
    from openpyxl.cell import Cell

    for merged in sheet.merged_cells.ranges:
        if address in merged:
            address = merged.start_cell.coordinate
    cell = sheet[address]
    return cell if isinstance(cell, Cell) else None


def _mark_cell(cell: Cell, findings: Sequence[FindingView], language: Language) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    order = list(Outcome)
    gravest = min(findings, key=lambda finding: order.index(finding.outcome)).outcome
    cell.fill = PatternFill("solid", start_color=FILLS[gravest], end_color=FILLS[gravest])
    text = "\n\n".join(_told(finding, language) for finding in findings)
    own = _own_words(cell)
    text = f"{own}\n{RULER}\n{text}" if own else text
    comment = Comment(clean(text)[:LONGEST_COMMENT], _author(cell) if own else AUTHOR)
    comment.width = COMMENT_WIDTH
    comment.height = LINE_HEIGHT * sum(2 + len(line) // LINE_LENGTH for line in text.split("\n"))
    cell.comment = comment


def _own_words(cell: Cell) -> str:
    """What the user wrote there; an earlier check's words are replaced, not repeated."""
    if cell.comment is None:
        return ""
    text = str(cell.comment.text or "")
    if RULER in text:
        return text.partition(RULER)[0].rstrip()
    return "" if cell.comment.author == AUTHOR else text.rstrip()


def _author(cell: Cell) -> str:
    """Who wrote the cell's comment."""
    return AUTHOR if cell.comment is None else str(cell.comment.author or AUTHOR)


def _told(finding: FindingView, language: Language) -> str:
    lines = [
        language(NOTE(outcome=finding.outcome_label, title=finding.title, rule=finding.rule)),
        finding.message,
    ]
    if finding.stated and finding.allowed:
        difference = finding.difference
        told = TOLD[finding.bound]
        lines.append(language(told(stated=finding.stated, allowed=finding.allowed, difference=difference)))
    lines.append(language(REMEDY(remedy=finding.remedy)))
    if finding.sections:
        lines.append(language(SECTION(sections=finding.sections)))
    return "\n".join(lines)


def _replace_results(workbook: Workbook, results: Results, language: Language) -> None:
    """The sheet of all findings, in place of an earlier one; the copy opens on it."""
    for name in (RESULTS_SHEET.zh, RESULTS_SHEET.en):
        if name in workbook.sheetnames:
            workbook.remove(workbook[name])
    sheet = workbook.create_sheet(language(RESULTS_SHEET))
    write_results(sheet, results, language)
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is sheet
    workbook.active = sheet
