"""Two programmes side by side as a workbook: one sheet with a row for each item, post and rule, to filter and print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from grantcalc.comparison import Comparison, Difference
from grantcalc.files import moved_into_place
from grantcalc.report.comparison import HEADINGS, RowView, count_lines, row_views
from grantcalc.text import Language, Message
from grantcalc.workbook.cells import Formats, Pen
from grantcalc.workbook.printing import A4, MARGINS, header_texts
from grantcalc.workbook.styles import FONT, LINE_HEIGHT, PROPERTIES, Style, lines_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SHEET = Message("Comparison")
TITLE = Message("{a} and {b} side by side")
PROGRAMME = Message("{programme}: {title} ({source})")
DIFFERENCE, SUBJECT, NAME = Message("Change"), Message("Subject"), Message("Title")
CODE, SAYS, SECTION = Message("{programme} code"), Message("{programme} says"), Message("{programme} section")

WIDTHS = (13, 11, 22, 17, 44, 19, 17, 44, 19)
TALLEST = 409
"""Points; no row of a workbook is higher."""
COLOURS: Mapping[Difference, str] = {
    Difference.SAME: "#E2EFDA",
    Difference.CHANGED: "#FFE699",
    Difference.ONLY_A: "#F8CBAD",
    Difference.ONLY_B: "#BDD7EE",
}


def write_comparison(comparison: Comparison, path: Path, language: Language) -> None:
    """Write it; :class:`OSError` where the file cannot be written."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with moved_into_place(path) as beside:
        try:
            with Workbook(str(beside)) as workbook:
                _write(workbook, comparison, language)
        except FileCreateError as error:  # the library's own word for a failure of the system, which it carries
            cause = error.args[0] if error.args else None
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from None


def _write(workbook: Workbook, comparison: Comparison, language: Language) -> None:
    title = language(TITLE(a=comparison.a.id, b=comparison.b.id))
    created = dt.datetime.combine(comparison.b.first_day, dt.time())
    workbook.set_properties({"title": title, "created": created})
    sheet = workbook.add_worksheet(language(SHEET))
    pen = Pen(sheet=sheet, formats=Formats.of(workbook, language), language=language)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    head = _heading(pen, comparison, title)
    _header(pen, comparison, head)
    fills = _fills(workbook)
    views = row_views(comparison, language)
    for row, view in enumerate(views, start=head + 1):
        _row(pen, row, view, fills[view.difference])
    sheet.autofilter(head, 0, head + max(1, len(views)), len(WIDTHS) - 1)
    sheet.freeze_panes(head + 1, 3)
    _page(sheet, language, title, head)


def _fills(workbook: Workbook) -> dict[Difference, Format]:
    base = {"font_name": FONT, "font_size": 10, **PROPERTIES[Style.CELL]}
    return {found: workbook.add_format({**base, "bg_color": colour}) for found, colour in COLOURS.items()}


def _heading(pen: Pen, comparison: Comparison, title: str) -> int:
    """Title, both programmes, how many rows of each difference; returns the row of the table's header."""
    pen.text(0, 0, title, Style.TITLE)
    pen.sheet.set_row(0, 2 * LINE_HEIGHT)
    said = [
        PROGRAMME(programme=programme.id, title=programme.title, source=programme.source)
        for programme in (comparison.a, comparison.b)
    ]
    lines = [pen.language(text) for text in (*said, *count_lines(comparison))]
    for row, line in enumerate(lines, start=1):
        pen.text(row, 0, line, Style.NOTE)
    return len(lines) + 2


def _header(pen: Pen, comparison: Comparison, row: int) -> None:
    speak = pen.language
    columns = [speak(DIFFERENCE), speak(SUBJECT), speak(NAME)]
    for programme in (comparison.a, comparison.b):
        columns += [speak(column(programme=programme.id)) for column in (CODE, SAYS, SECTION)]
    for column, text in enumerate(columns):
        pen.text(row, column, text, Style.HEADER)
    pen.sheet.set_row(row, 2 * LINE_HEIGHT + 2)


def _row(pen: Pen, row: int, view: RowView, fill: Format) -> None:
    texts = (
        view.label,
        pen.language(HEADINGS[view.subject]),
        view.title,
        view.a.code,
        view.a.text,
        view.a.sections,
        view.b.code,
        view.b.text,
        view.b.sections,
    )
    pen.sheet.write_string(row, 0, texts[0], fill)
    for column, text in enumerate(texts[1:], start=1):
        pen.text(row, column, text, Style.CELL)
    lines = max(lines_of(text, width) for text, width in zip(texts, WIDTHS, strict=True))
    pen.sheet.set_row(row, min(TALLEST, LINE_HEIGHT * lines + 2))


def _page(sheet: Worksheet, language: Language, title: str, head: int) -> None:
    """Landscape, all columns on one page, the header on each."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(**MARGINS)
    left, right, middle = header_texts(title, language(SHEET), language)
    sheet.set_header(f"&L{left}&R{right}")
    sheet.set_footer(f"&C{middle}")
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
