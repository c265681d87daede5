"""Writes the sheet 說明: how to fill in the form, and every rule of the programme with its section."""

from __future__ import annotations

from grantcalc.text import Message
from grantcalc.workbook.book import Book
from grantcalc.workbook.cells import Pen
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
        "7. Check the finished file with `grantcalc check FILE.xlsx`; save it once in Excel or LibreOffice before, so "
        "that every formula has its value."
    ),
)
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
        _wide(pen, row, speak(step(**names, pairs=book.layout.pairs, check=CHECK)))
        row += 1
    row += 1
    pen.text(row, 0, speak(RULES), Style.TITLE)
    _rules(pen, book, row + 1)


def _wide(pen: Pen, row: int, text: str) -> None:
    pen.sheet.merge_range(row, 0, row, len(WIDTHS) - 1, "", pen.formats[Style.TEXT])
    pen.text(row, 0, text)
    pen.sheet.set_row(row, 18)


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
