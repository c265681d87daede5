"""Writes the sheet 說明: how to fill in the form, and every rule of the programme with its section."""

from __future__ import annotations

from grantcalc.text import Message
from grantcalc.workbook.book import Book
from grantcalc.workbook.cells import Pen
from grantcalc.workbook.documents import CODE, DOCUMENTS, NAME, documents
from grantcalc.workbook.layout import CHECK, SHEET_NAMES, Sheet
from grantcalc.workbook.styles import LINE_HEIGHT, OUTCOME_STYLES, Style, lines_of

TITLE = Message("How to fill in: {title}")
PERIOD = Message("Period of the programme: {start} to {end}. Who applies: {applicants}.")
STEPS = (
    Message("1. “{cover}”: name county, applicant and period; the last rows take other sources of money."),
    Message(
        "2. “{staff}”: one row for each post, or for several equal ones by their count. Without months the pay follows "
        "the dates: whole months, part-months and year-end bonus."
    ),
    Message(
        "3. “{budget}”: one row for each item: choose category and item, then price and up to {pairs} quantities "
        "with their units. Several factors are multiplied."
    ),
    Message(
        "4. Light yellow cells are for input; grey ones are formulas. Amounts follow from price and quantities; write "
        "over one only where it must differ. Sheets are protected without a password."
    ),
    Message("5. A red cell passes a limit that the programme sets; the column “{check}” says which."),
    Message(
        "6. “{summary}” adds everything up and shows caps and what is left; stated totals are optional and must equal "
        "the sums."
    ),
    Message(
        "7. Save the finished file once in Excel or LibreOffice, so that every formula has its value; then check it. "
        "The program stands in the folder .venv of the folder where `python start.py` was run. Open a command window "
        "in that folder and run, on Windows: {windows} – on macOS or Linux: {unix}"
    ),
    Message(
        "8. “{staff}” and “{budget}” print the rows that were filled when the form was written, an empty form its "
        "first page; after adding rows, set the print area anew (page layout, print area)."
    ),
)
WINDOWS = r".venv\Scripts\grantcalc.exe check FILE.xlsx -o FILE-checked.xlsx"
UNIX = ".venv/bin/grantcalc check FILE.xlsx -o FILE-checked.xlsx"
RULES = Message("Rules of this programme")
HEADERS = (Message("Rule"), Message("Title"), Message("Clause"), Message("Section"), Message("When broken"))
WIDTHS = (32, 32, 78, 30, 12)


def write_guide(pen: Pen, book: Book) -> None:
    """Title, steps, rules."""
    speak, programme = book.language, book.programme
    for column, width in enumerate(WIDTHS):
        pen.sheet.set_column(column, column, width)
    pen.text(0, 0, speak(TITLE(title=programme.title)), Style.TITLE)
    span = programme.period
    _wide(pen, 1, speak(PERIOD(start=span.start, end=span.end, applicants=programme.applicants)))
    names = {sheet.value: SHEET_NAMES[sheet] for sheet in Sheet}
    row = 2
    for step in STEPS:
        _wide(pen, row, speak(step(**names, pairs=book.layout.pairs, check=CHECK, windows=WINDOWS, unix=UNIX)))
        row += 1
    row += 1
    row = _documents(pen, book, row) + 1
    pen.text(row, 0, speak(RULES), Style.TITLE)
    _rules(pen, book, row + 1)


def _wide(pen: Pen, row: int, text: str) -> None:
    pen.sheet.merge_range(row, 0, row, len(WIDTHS) - 1, "", pen.formats[Style.TEXT])
    pen.text(row, 0, text)
    pen.sheet.set_row(row, LINE_HEIGHT * lines_of(text, sum(WIDTHS)) + 4)


def _documents(pen: Pen, book: Book, first: int) -> int:
    """What the short names of the sections stand for; returns the row after the table."""
    speak = book.language
    pen.text(first, 0, speak(DOCUMENTS), Style.TITLE)
    rows = [(speak(CODE), speak(NAME))]
    rows += [(document.id, speak(document.title)) for document in documents(book.programme, book.tables)]
    for row, (code, title) in enumerate(rows, start=first + 1):
        style = Style.HEADER if row == first + 1 else Style.CELL
        pen.sheet.merge_range(row, 1, row, 2, "", pen.formats[style])
        pen.text(row, 0, code, style)
        pen.text(row, 1, title, style)
    return first + 1 + len(rows)


def _rules(pen: Pen, book: Book, first: int) -> None:
    speak = book.language
    for column, header in enumerate(HEADERS):
        pen.text(first, column, speak(header), Style.HEADER)
    for row, rule in enumerate(book.programme.rules, start=first + 1):
        sections = "\n".join(str(citation) for citation in rule.citations)
        texts = (rule.id, speak(rule.title), speak(rule.clause), sections)
        for column, text in enumerate(texts):
            pen.text(row, column, text, Style.CELL)
        lines = max(lines_of(text, width) for text, width in zip(texts, WIDTHS, strict=False))
        pen.sheet.set_row(row, LINE_HEIGHT * lines + 2)
        pen.text(row, len(HEADERS) - 1, speak.label(rule.outcome), OUTCOME_STYLES[rule.outcome])
    pen.sheet.repeat_rows(first)
