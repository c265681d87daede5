"""Writes the sheet 封面: label, value and remark of every field, then the other sources of money."""

from __future__ import annotations

from collections.abc import Mapping

from grantcalc.draft.fields import OTHER_FUNDS_HEADERS, Kind
from grantcalc.reading.names import Counties
from grantcalc.text import Message
from grantcalc.workbook.book import Book
from grantcalc.workbook.cells import NOT_NEEDED, Pen, style_of
from grantcalc.workbook.styles import LINE_HEIGHT, Style, lines_of

COVER_TITLE = Message("Application form for the subsidy: {title}")
REMARKS: Mapping[str, Message] = {
    "recruitment_round": Message(
        "which public recruitment these posts are filled by: 1 for the first; on the islands other conditions hold "
        "from the second on"
    ),
    "filed_on": Message("the day the application is sent"),
    "approved_on": Message("empty before the approval"),
    "funding.subsidy": Message("must equal the subsidised sum of the sheet of totals"),
    "funding.minimum_own_ratio": Message("as the funding body announced it for the county, such as 0.1 for 10%"),
}
"""What a field of the cover means, where its label does not say."""
COVER_WIDTHS = (30, 46, 58)
OTHER_ROWS = 3


def write_cover(pen: Pen, book: Book) -> None:
    """封面: label, value and remark, then the other sources."""
    sheet, speak, draft = pen.sheet, book.language, book.draft
    for column, width in enumerate(COVER_WIDTHS):
        sheet.set_column(column, column, width)
    pen.text(0, 0, speak(COVER_TITLE(title=book.programme.title)), Style.TITLE)
    for spec in book.layout.cover_fields:
        row = book.layout.cover_rows[spec.name] - 1
        unused = spec.name in book.programme.unused
        pen.text(row, 0, speak(spec.header), Style.LABEL_UNUSED if unused else Style.LABEL)
        remark = NOT_NEEDED if unused else REMARKS.get(spec.name)
        if remark is not None:
            pen.text(row, 2, speak(remark), Style.REMARK)
            sheet.set_row(row, LINE_HEIGHT * lines_of(speak(remark), COVER_WIDTHS[2]) + 2)
        if spec.kind is Kind.PROGRAMME:
            pen.text(row, 1, book.programme.id, Style.COMPUTED_TEXT)
            continue
        pen.value(row, 1, _cover_value(book, spec.name), Style.INPUT_UNUSED if unused else style_of(spec))
        pen.validate(row, row, 1, spec, unused=unused)
    first = book.layout.other_row - 1
    for column, header in enumerate(OTHER_FUNDS_HEADERS):
        pen.text(first, column, speak(header), Style.HEADER)
    others = draft.funding.other if draft else ()
    for index in range(max(OTHER_ROWS, len(others))):
        other = others[index] if index < len(others) else None
        pen.value(first + 1 + index, 0, other.source if other else None, Style.INPUT)
        pen.value(first + 1 + index, 1, other.amount if other else None, Style.INPUT_MONEY)


def _cover_value(book: Book, name: str) -> object:
    draft = book.draft
    if draft is None:
        return None
    value: object = draft
    for part in name.split("."):
        value = getattr(value, part) if value is not None else None
    if name == "county" and isinstance(value, str):
        return _county(book, value)
    return value


def _county(book: Book, county: str) -> str:
    row = book.tables["common/counties"].find(name_zh=county)
    if row is None or book.language.is_chinese:
        return county
    name = str(row["name_en"])
    return name if Counties.of(book.tables).find(name) == county else county
