"""Writes the sheet 封面: label, value and remark of every field, then the other sources of money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grantcalc.draft.fields import OTHER_FUNDS_HEADERS, Kind
from grantcalc.reading.names import Counties
from grantcalc.rules.kinds.planned_range import PlannedRange
from grantcalc.rules.kinds.workload import Workload
from grantcalc.text import Bilingual, Measure, Message, Text
from grantcalc.units import Unit
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
AT_LEAST = Message("{what}: the document expects {number} or more ({section})")
BETWEEN = Message("{least} to {most} a year ({section}); leave it empty where none is planned")
BY_APPLICANT = Message("some price caps depend on it: a government is bound by the central standards")
COVER_WIDTHS = (30, 46, 58)
OTHER_ROWS = 3
TITLE_SIZE = 1.6
"""How much larger the letters of a title are than those of a cell."""


def write_cover(pen: Pen, book: Book) -> None:
    """封面: label, value and remark, then the other sources."""
    sheet, speak, draft = pen.sheet, book.language, book.draft
    for column, width in enumerate(COVER_WIDTHS):
        sheet.set_column(column, column, width)
    _title(pen, speak(COVER_TITLE(title=book.programme.title)))
    remarks = cover_remarks(book)
    for spec in book.layout.cover_fields:
        row = book.layout.cover_rows[spec.name] - 1
        unused = spec.name in book.programme.unused
        pen.text(row, 0, speak(spec.header), Style.LABEL_UNUSED if unused else Style.LABEL)
        remark = NOT_NEEDED() if unused else remarks.get(spec.name)
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


def _title(pen: Pen, title: str) -> None:
    """The title above the table; one that is wider than the table wraps, for it would make the printed page smaller."""
    lines = lines_of(title, sum(COVER_WIDTHS) / TITLE_SIZE)
    if lines == 1:
        pen.text(0, 0, title, Style.TITLE)
        return
    pen.sheet.merge_range(0, 0, 0, len(COVER_WIDTHS) - 1, "", pen.formats[Style.TITLE_LONG])
    pen.text(0, 0, title, Style.TITLE_LONG)
    pen.sheet.set_row(0, LINE_HEIGHT * TITLE_SIZE * lines + 2)


def cover_remarks(book: Book) -> Mapping[str, Text]:
    """What a field means, or what the document expects there."""
    found = {name: message() for name, message in REMARKS.items()}
    if book.caps.government:
        found["applicant_kind"] = BY_APPLICANT()
    for rule in book.programme.rules:
        values = rule.values
        if isinstance(values, Workload):
            found |= dict(_workloads(book, values))
        elif isinstance(values, PlannedRange):
            section = values.least.citation.section
            found[values.field] = BETWEEN(least=values.least.value, most=values.most.value, section=section)
    return found


def _workloads(book: Book, values: Workload) -> Iterator[tuple[str, Text]]:
    for row in book.tables[values.table].rows:
        if row["programme"] == book.programme.id:
            what = Bilingual(row["name_zh"], row["name_en"])
            number = Measure(row["number"], Unit(row["unit"]) if row["unit"] else None)
            yield f"caseload.{row['field']}", AT_LEAST(what=what, number=number, section=row["section"])


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
