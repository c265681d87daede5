"""Writes a description of sheets as .xlsx and .ods: small, byte by byte, no office program needed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from attrs import frozen

FIRST_DAY = dt.date(1899, 12, 30)
CODES = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}


@frozen
class Error:
    """A cell that holds an error."""

    name: str = "#DIV/0!"


@frozen
class Sheet:
    """Rows of plain values (``None`` for blanks), from A1 on; hidden rows and columns by their number from 1."""

    name: str
    rows: Sequence[Sequence[object]]
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()

    def cells(self) -> Iterator[tuple[int, int, object]]:
        """Row and column from 0, and the value."""
        for row, values in enumerate(self.rows):
            for column, value in enumerate(values):
                if value is not None and value != "":
                    yield row, column, value


def packed(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def letters(column: int) -> str:
    """The letters of a column, from 0."""
    return letters(column // 26 - 1) + chr(65 + column % 26) if column >= 26 else chr(65 + column)


def serial(day: dt.date) -> int:
    """A day as a workbook counts it."""
    return (day - FIRST_DAY).days


# .xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def xlsx(sheets: Sequence[Sheet], extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """A workbook of these sheets."""
    return packed({**xlsx_parts(sheets), **(extra or {})})


def xlsx_parts(sheets: Sequence[Sheet]) -> dict[str, bytes | str]:
    """Its parts."""
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{at}" r:id="r{at}"{_state(sheet)}/>'
        for at, sheet in enumerate(sheets, start=1)
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            [*(("worksheet", f"worksheets/sheet{at + 1}.xml") for at in range(len(sheets))), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": STYLES,
    }
    return parts | {f"xl/worksheets/sheet{at}.xml": _xlsx_sheet(sheet) for at, sheet in enumerate(sheets, start=1)}


def _state(sheet: Sheet) -> str:
    return ' state="hidden"' if sheet.hidden else ""


def relations(targets: Iterable[tuple[str, str]]) -> str:
    """The part that names these targets."""
    listed = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _xlsx_sheet(sheet: Sheet) -> str:
    columns = "".join(f'<col min="{at}" max="{at}" width="9" hidden="1"/>' for at in sheet.hidden_columns)
    rows = []
    for number, values in enumerate(sheet.rows, start=1):
        cells = "".join(
            _xlsx_cell(f"{letters(column)}{number}", value)
            for column, value in enumerate(values)
            if value not in {None, ""}
        )
        hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
        rows.append(f'<row r="{number}"{hidden}>{cells}</row>')
    merged = "".join(
        f'<mergeCell ref="{letters(left - 1)}{top}:{letters(right - 1)}{bottom}"/>'
        for top, left, bottom, right in sheet.merged
    )
    described = f"<cols>{columns}</cols>" if columns else ""
    after = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{MAIN}">{described}<sheetData>{"".join(rows)}</sheetData>{after}</worksheet>'


def _xlsx_cell(name: str, value: object) -> str:
    if isinstance(value, Error):
        return f'<c r="{name}" t="e"><f>1/0</f><v>{value.name}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{name}" s="1"><v>{serial(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value!r}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


# .ods

URN = "urn:oasis:names:tc:opendocument:xmlns"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def ods(sheets: Sequence[Sheet], extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """An OpenDocument spreadsheet of these sheets."""
    return packed({"mimetype": SPREADSHEET, "content.xml": ods_content(sheets), **(extra or {})})


def ods_content(sheets: Sequence[Sheet]) -> str:
    """Its content.xml."""
    return ods_tables("".join(map(_ods_table, sheets)))


def ods_tables(tables: str, before: str = "") -> str:
    """The content.xml around tables."""
    names = " ".join(f'xmlns:{name}="{URN}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    return (
        f'{before}<office:document-content {names} xmlns:calcext="{calc}"><office:automatic-styles>'
        f"{_ods_style('seen', 'true')}{_ods_style('gone', 'false')}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def _ods_style(name: str, display: str) -> str:
    shown = f'<style:table-properties table:display="{display}"/>'
    return f'<style:style style:name="{name}" style:family="table">{shown}</style:style>'


def _ods_table(sheet: Sheet) -> str:
    width = max(map(len, sheet.rows), default=0)
    columns = "".join(
        f"<table:table-column{_collapsed(at + 1 in sheet.hidden_columns)}/>" for at in range(max(width, 1))
    )
    starts = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merged}
    rows = []
    for number, values in enumerate(sheet.rows, start=1):
        cells = "".join(
            _ods_cell(value, starts.get((number, column), (1, 1))) for column, value in enumerate(values, start=1)
        )
        rows.append(f"<table:table-row{_collapsed(number in sheet.hidden_rows)}>{cells}</table:table-row>")
    style = "gone" if sheet.hidden else "seen"
    return (
        f'<table:table table:name={quoteattr(sheet.name)} table:style-name="{style}">{columns}{"".join(rows)}'
        "</table:table>"
    )


def _collapsed(hidden: bool) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _ods_cell(value: object, spans: tuple[int, int]) -> str:
    down, across = spans
    span = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"' if spans != (1, 1) else ""
    if value is None or value == "":
        return f"<table:table-cell{span}/>"
    if isinstance(value, Error):
        kind, written = 'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"', value.name
    elif isinstance(value, bool):
        stored = str(value).lower()
        kind, written = f'office:value-type="boolean" office:boolean-value="{stored}"', stored.upper()
    elif isinstance(value, dt.date):
        kind, written = f'office:value-type="date" office:date-value="{value.isoformat()}"', f"{value:%Y/%m/%d}"
    elif isinstance(value, int | float):
        kind, written = f'office:value-type="float" office:value="{value!r}"', f"{value:,}"
    else:
        kind, written = 'office:value-type="string"', str(value)
    lines = "".join(f"<text:p>{_ods_text(line)}</text:p>" for line in written.split("\n"))
    return f"<table:table-cell {kind}{span}>{lines}</table:table-cell>"


def _ods_text(line: str) -> str:
    return escape(line).replace("  ", '<text:s text:c="2"/>')
