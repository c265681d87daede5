"""The tables in the content.xml of an OpenDocument spreadsheet, told piece by piece by the XML parser."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from attrs import define, field

from grantcalc.reading.formulas import Scan
from grantcalc.reading.openers import Opening, Range, Seen
from grantcalc.reading.package_guard import BAD_XML, FETCH_AGAIN, TRUNCATED
from grantcalc.reading.problems import refuse

CONTENT = "content.xml"
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _TEXT, _OFFICE, _STYLE = (f"{_URN}:{name}:1.0 " for name in ("table", "text", "office", "style"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_ROWS_REPEATED, _COLUMNS_REPEATED = f"{_TABLE}number-rows-repeated", f"{_TABLE}number-columns-repeated"
_ROWS_SPANNED, _COLUMNS_SPANNED = f"{_TABLE}number-rows-spanned", f"{_TABLE}number-columns-spanned"
_FORMULA, _VALUE_TYPE, _CALC_TYPE = f"{_TABLE}formula", f"{_OFFICE}value-type", f"{_CALC}value-type"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_INLINE = frozenset(f"{_TEXT}{name}" for name in ("span", "a", "meta", "ruby", "ruby-base", "date", "time", "title"))
_ASIDE = frozenset({f"{_TABLE}shapes", f"{_OFFICE}forms", f"{_TABLE}dde-links", f"{_TABLE}tracked-changes"})
"""What may hold tables and cells that are none of a sheet."""
_UNSEEN = frozenset({"collapse", "filter"})
_BLANKS = re.compile(r"[ \t\r\n]+")
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,](\d{1,6})\d*)?S")
_ERROR = re.compile(r"#(?:N/A|[A-Z0-9/]+[!?]|[^\s#]{1,12}[!?！？])|(?:Err|錯誤|错误):\d{3}")
_DAY_HOURS = 24
_SIXTY = 60
_MOST = 1 << 40
_WIDEST = 16_384

Attributes = Mapping[str, str]


@define
class SheetContent:
    """One sheet: its cells with content by row and column from 1, and what else was found."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], object] = field(factory=dict)
    merged: list[Range] = field(factory=list)
    uncalculated: set[tuple[int, int]] = field(factory=set)
    errors: dict[tuple[int, int], str] = field(factory=dict)
    hidden_rows: set[int] = field(factory=set)
    hidden_columns: set[int] = field(factory=set)
    filled_rows: int = 0

    @property
    def seen(self) -> Seen:
        """What was found beside the values."""
        return Seen(
            scan=Scan(uncalculated=frozenset(self.uncalculated), errors=self.errors),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            merged=self.merged,
        )


def walk(xml: bytes, opening: Opening, wanted: Callable[[str], bool]) -> list[SheetContent]:
    """All sheets, in their order; those that nobody wants without what they hold."""
    walker = _Walker(opening, wanted)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.text
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise refuse(opening.file, TRUNCATED(reason=BAD_XML(part=CONTENT)), FETCH_AGAIN()) from None
    return walker.sheets


@define
class _Walker:
    """Where the parser stands."""

    opening: Opening
    wanted: Callable[[str], bool]
    sheets: list[SheetContent] = field(factory=list)
    sheet: SheetContent | None = None
    hidden_styles: set[str] = field(factory=set)
    style: str = ""
    aside: int = 0
    """Depth of elements that are passed over."""
    row: int = 0
    rows: int = 1
    """How often the row is repeated."""
    row_cells: list[tuple[int, int, object, str]] = field(factory=list)
    """Column, repeats, value and kind of the cells of the row."""
    column: int = 0
    next_column: int = 1
    """Of the columns that are described."""
    cell: Attributes | None = None
    paragraphs: list[list[str]] = field(factory=list)
    inline: int = 0
    """Depth inside a paragraph."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if self.aside or tag in _ASIDE:
            self.aside += 1
        elif self.cell is not None:
            self._inside(tag, attributes)
        elif self.sheet is None:
            self._outside(tag, attributes)
        elif tag in _CELLS:
            self.cell, self.paragraphs = attributes, []
        elif tag == f"{_TABLE}table-row":
            self.rows = _repeats(attributes, _ROWS_REPEATED)
            self.column, self.row_cells = 1, []
            if attributes.get(f"{_TABLE}visibility") in _UNSEEN:
                # More rows than anybody fills need no mark: those without content are of no interest.
                self.sheet.hidden_rows.update(range(self.row, self.row + min(self.rows, self.opening.limits.rows)))
        elif tag == f"{_TABLE}table-column":
            self._described(attributes)
        elif tag == f"{_TABLE}table":
            self.aside += 1

    def _outside(self, tag: str, attributes: Attributes) -> None:
        if tag == f"{_TABLE}table":
            hidden = attributes.get(f"{_TABLE}style-name") in self.hidden_styles
            self.row, self.next_column = 1, 1
            sheet = SheetContent(attributes.get(f"{_TABLE}name", ""), hidden)
            if self.wanted(sheet.name):
                self.sheet = sheet
            else:
                self.sheets.append(sheet)
                self.aside = 1
        elif tag == f"{_STYLE}style":
            self.style = attributes.get(f"{_STYLE}name", "")
        elif tag == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self.hidden_styles.add(self.style)

    def _described(self, attributes: Attributes) -> None:
        repeats = _repeats(attributes, _COLUMNS_REPEATED)
        if self.sheet is not None and attributes.get(f"{_TABLE}visibility") in _UNSEEN:
            last = min(self.next_column + repeats - 1, _WIDEST)
            self.sheet.hidden_columns.update(range(self.next_column, last + 1))
        self.next_column += repeats

    def _inside(self, tag: str, attributes: Attributes) -> None:
        if self.inline:
            self._in_paragraph(tag, attributes)
        elif tag in _PARAGRAPHS:
            self.paragraphs.append([])
            self.inline = 1
        else:
            self.aside = 1  # a comment, a picture

    def _in_paragraph(self, tag: str, attributes: Attributes) -> None:
        if tag == f"{_TEXT}s":
            count = attributes.get(f"{_TEXT}c", "1")
            self.paragraphs[-1].append(" " * min(_whole(count), self.opening.limits.rows))
        elif tag == f"{_TEXT}tab":
            self.paragraphs[-1].append("\t")
        elif tag == f"{_TEXT}line-break":
            self.paragraphs[-1].append("\n")
        elif tag not in _INLINE:
            self.aside = 1
            return
        self.inline += 1

    def text(self, data: str) -> None:
        """Characters."""
        if self.inline and not self.aside:
            self.paragraphs[-1].append(_BLANKS.sub(" ", data))

    def end(self, tag: str) -> None:
        """An element ends."""
        if self.aside:
            self.aside -= 1
        elif self.cell is not None:
            if self.inline:
                self.inline -= 1
            else:
                self._cell(self.cell)
                self.cell = None
        elif tag == f"{_TABLE}table-row":
            self._row()
        elif tag == f"{_TABLE}table" and self.sheet is not None:
            self.sheets.append(self.sheet)
            self.sheet = None

    def _cell(self, attributes: Attributes) -> None:
        repeats = _repeats(attributes, _COLUMNS_REPEATED)
        written = "\n".join(map("".join, self.paragraphs)) if self.paragraphs else ""
        value, kind = _value(attributes, written)
        if value != "":
            self.row_cells.append((self.column, repeats, value, kind))
        across, down = _repeats(attributes, _COLUMNS_SPANNED), _repeats(attributes, _ROWS_SPANNED)
        if (across > 1 or down > 1) and self.sheet is not None:
            self.sheet.merged.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
        self.column += repeats

    def _row(self) -> None:
        sheet = self.sheet
        if sheet is not None and self.row_cells:
            self._check(sheet)
            for row in range(self.row, self.row + self.rows):
                for column, repeats, value, kind in self.row_cells:
                    _put(sheet, row, range(column, column + repeats), value, kind)
        self.row += self.rows

    def _check(self, sheet: SheetContent) -> None:
        """A row or a cell that is repeated a million times costs a line in the file."""
        sheet.filled_rows += self.rows
        self.opening.check_rows(sheet.name, sheet.filled_rows)
        widest = max(column + repeats - 1 for column, repeats, _, _ in self.row_cells)
        self.opening.check_extent(sheet.name, self.row + self.rows - 1, widest)


def _put(sheet: SheetContent, row: int, columns: range, value: object, kind: str) -> None:
    for column in columns:
        if kind == "lost":
            sheet.uncalculated.add((row, column))
        elif kind == "error":
            sheet.errors[row, column] = str(value)
        else:
            sheet.cells[row, column] = value


def _repeats(attributes: Attributes, name: str) -> int:
    written = attributes.get(name)
    return 1 if written is None else max(1, _whole(written))


def _whole(written: str) -> int:
    digits = written.strip()
    return min(int(digits), _MOST) if digits.isascii() and digits.isdigit() and len(digits) < len(str(_MOST)) else 1


def _value(attributes: Attributes, written: str) -> tuple[object, str]:
    """What a cell holds, and whether that is a value, an ``error``, or the mark of a value that was ``lost``."""
    kind = attributes.get(_VALUE_TYPE)
    formula = _FORMULA in attributes
    if attributes.get(_CALC_TYPE) == "error" or (formula and _ERROR.fullmatch(written)):
        return written or "#ERROR", "error"
    if kind is None:
        return ("?", "lost") if formula and not written else (written, "value")
    if kind in {"float", "percentage", "currency"}:
        return _number(attributes.get(f"{_OFFICE}value", ""), written), "value"
    if kind == "date":
        return _date(attributes.get(f"{_OFFICE}date-value", ""), written), "value"
    if kind == "time":
        return _time(attributes.get(f"{_OFFICE}time-value", ""), written), "value"
    if kind == "boolean":
        return attributes.get(f"{_OFFICE}boolean-value") == "true", "value"
    return attributes.get(f"{_OFFICE}string-value", written), "value"


def _number(stored: str, written: str) -> object:
    try:
        value = float(stored)
    except ValueError:
        return written
    return value if math.isfinite(value) else written


def _date(stored: str, written: str) -> object:
    try:
        moment = dt.datetime.fromisoformat(stored[: len("2024-03-27T13:30:00.123456")])
    except ValueError:
        return written
    return moment if moment.time() != dt.time() else moment.date()


def _time(stored: str, written: str) -> object:
    match = _DURATION.fullmatch(stored)
    if match is None:
        return written
    hours, minutes, seconds = (int(match[part]) for part in (1, 2, 3))
    part = int((match[4] or "0").ljust(6, "0"))
    if hours < _DAY_HOURS and minutes < _SIXTY and seconds < _SIXTY:
        return dt.time(hours, minutes, seconds, part)
    return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=part)
