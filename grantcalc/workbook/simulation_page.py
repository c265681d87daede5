"""Sheets of a simulation's workbook: tables with their number formats, widths that fit, and the printed page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from attrs import Factory, define, frozen

from grantcalc.finding import Outcome
from grantcalc.report.columns import Cell, Column, Fact, Look
from grantcalc.text import Language, Value
from grantcalc.workbook.cells import FIRST_DATE, Formats, Pen, serial
from grantcalc.workbook.printing import A4, HEADER_MARGIN, MARGINS, header_texts
from grantcalc.workbook.styles import FILLS, FONT, LINE_HEIGHT, PROPERTIES, ROC_DATE, Style, lines_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

NARROWEST, WIDEST, SPARE = 7, 60, 2
"""Widths of columns, in characters."""
FORMULA_STARTS = ("=", "+", "-", "@")
"""First characters that a program may take for a formula once the cell is edited."""
TALLEST = 409
"""Points; no row of a workbook is higher."""
PIXELS, EDGE = 7, 5
"""Pixels of a character's width, and of a column's edges."""
ROOM = 1.12
"""A wrapped line is never filled to the last place."""
BOLD = 1.15
"""A header is bold, and wider."""
HEADER_LINES, SHORT = 4, 14
"""Lines a header may take: two, and more where it is long."""


_NUMBERS: Mapping[Look, str] = {
    Look.MONEY: "#,##0",
    Look.DOLLARS: "#,##0",
    Look.SIGNED: "+#,##0;-#,##0;0",
    Look.RATIO: "#,##0.00",
    Look.NUMBER: "#,##0.0",
    Look.PERCENT: "0.0%",
    Look.DATE: "yyyy-mm-dd",
}
_TOTAL = {"bold": True, "bg_color": "#F2F2F2", "top": 2}


@frozen(kw_only=True)
class Placed:
    """Where a table stands; rows are counted from 0, and the row of sums is none of them."""

    sheet: str
    head: int
    first: int
    last: int
    columns: int

    def cells(self, column: int) -> list[str | int]:
        """The cells of a column, as a chart refers to them."""
        return [self.sheet, self.first, column, self.last, column]

    def header(self, column: int) -> list[str | int]:
        """A column's header, as the name of a series refers to it."""
        return [self.sheet, self.head, column]


@frozen
class Looks:
    """The formats of the tables, each made once."""

    book: Workbook
    formats: Formats
    heading: Format
    _texts: Mapping[tuple[bool, bool], Format]
    _made: Mapping[tuple[Look, bool], Format]
    _fills: dict[tuple[str | None, bool, bool], Format] = Factory(dict)

    @classmethod
    def of(cls, book: Workbook, language: Language) -> Looks:
        """Make them all; dates in the calendar of the language."""
        base = {"font_name": FONT, "font_size": 10, **PROPERTIES[Style.CELL]}
        made = {}
        for look in Look:
            number = ROC_DATE if look is Look.DATE and language.is_chinese else _NUMBERS.get(look)
            form = base if number is None else {**base, "num_format": number, "align": "right", "text_wrap": False}
            made[look, False] = book.add_format(form)
            made[look, True] = book.add_format({**form, **_TOTAL})
        heading = book.add_format({"font_name": FONT, "font_size": 12, "bold": True, "font_color": "#1F4E79"})
        link = {**base, "font_color": "#0563C1", "underline": 1}
        texts = {
            (is_linked, is_quoted): book.add_format({**(link if is_linked else base), "quote_prefix": is_quoted})
            for is_linked in (False, True)
            for is_quoted in (False, True)
        }
        return cls(book, Formats.of(book, language), heading, texts, made)

    def of_cell(self, look: Look, *, is_total: bool) -> Format:
        """The format of a cell."""
        return self._made[look, is_total]

    def of_text(self, text: str, *, linked: bool = False) -> Format:
        """The format of a text: one that a program could take for a formula stays a text when the cell is edited."""
        return self._texts[linked, text.startswith(FORMULA_STARTS)]

    def filled(self, colour: str | None, *, is_centred: bool, is_quoted: bool = False) -> Format:
        """The format of a text in a cell of one colour."""
        key = (colour, is_centred, is_quoted)
        if key not in self._fills:
            form: dict[str, Any] = {"font_name": FONT, "font_size": 10, **PROPERTIES[Style.CELL]}
            form |= {"bg_color": colour} if colour is not None else {}
            form |= {"align": "center", "text_wrap": False} if is_centred else {}
            form |= {"quote_prefix": is_quoted}
            self._fills[key] = self.book.add_format(form)
        return self._fills[key]


@define
class Page:
    """One sheet, filled from the top; ``row`` is the next free one."""

    pen: Pen
    looks: Looks
    name: str
    row: int = 0
    _widths: dict[int, float] = Factory(dict)

    @property
    def sheet(self) -> Worksheet:
        """The sheet itself."""
        return self.pen.sheet

    @property
    def language(self) -> Language:
        """The language of its words."""
        return self.pen.language

    @property
    def pixels(self) -> int:
        """How wide the tables are together."""
        return sum(int(width * PIXELS + EDGE) for width in self._widths.values())

    def title(self, text: str) -> None:
        """The heading of the sheet."""
        self.pen.text(self.row, 0, text, Style.TITLE)
        self.sheet.set_row(self.row, 2 * LINE_HEIGHT)
        self.row += 1

    def note(self, text: str) -> None:
        """A line beneath a title; it may run over the columns to its right."""
        self.pen.text(self.row, 0, text, Style.NOTE)
        self.row += 1

    def heading(self, text: str) -> None:
        """The heading of one of several tables, a free row above it."""
        self.row += 1
        self.sheet.write_string(self.row, 0, text, self.looks.heading)
        self.row += 1

    def table(self, columns: Sequence[Column], *, has_total: bool = False, left_out: Collection[int] = ()) -> Placed:
        """A table beneath what stands there; cells of the columns ``left_out`` are written by the caller."""
        rows = max((len(column.cells) for column in columns), default=0)
        head = self.row
        for index, column in enumerate(columns):
            self.pen.text(head, index, column.header, Style.HEADER)
            cells = [*column.cells, column.total] if has_total else list(column.cells)
            if index not in left_out:
                self._column(head + 1, index, column, cells, has_total=has_total)
            width = column.width or self._fitting(column, cells)
            self._widths[index] = max(self._widths.get(index, 0), width)
        lines = max(lines_of(column.header, self._widths[index]) for index, column in enumerate(columns))
        self.sheet.set_row(head, lines * LINE_HEIGHT + 6)
        self._heights(head + 1, columns)
        self.row = head + 1 + rows + int(has_total)
        return Placed(sheet=self.name, head=head, first=head + 1, last=head + rows, columns=len(columns))

    def _column(self, first: int, index: int, column: Column, cells: Sequence[Cell], *, has_total: bool) -> None:
        for at, cell in enumerate(cells):
            is_total = has_total and at == len(cells) - 1
            self.cell(first + at, index, cell, column.look, is_total=is_total)

    def _fitting(self, column: Column, cells: Sequence[Cell]) -> float:
        from wcwidth import wcswidth

        shown = (wcswidth(_shown(cell, column.look, self.language)) for cell in cells)
        header = max(wcswidth(line) for line in column.header.split("\n"))
        lines = min(HEADER_LINES, max(2, ceil(header / SHORT)))
        return min(WIDEST, max(NARROWEST, *shown, header / lines * BOLD) * ROOM + SPARE)

    def _heights(self, first: int, columns: Sequence[Column]) -> None:
        """Rows with long texts are as high as these need."""
        texts = [(index, column) for index, column in enumerate(columns) if column.look is Look.TEXT]
        for at in range(max((len(column.cells) for _, column in texts), default=0)):
            lines = max(lines_of(str(column.cells[at] or ""), self._widths[index]) for index, column in texts)
            if lines > 1:
                self.sheet.set_row(first + at, min(TALLEST, LINE_HEIGHT * lines + 2))

    def cell(self, row: int, column: int, cell: Cell, look: Look, *, is_total: bool = False) -> None:
        """One cell: a text never as a number or formula, a ratio to the places that a cell holds."""
        form = self.looks.of_cell(look, is_total=is_total)
        if cell is None or cell == "":
            self.sheet.write_blank(row, column, None, form)
        elif isinstance(cell, str):
            hostile = look is Look.TEXT and not is_total and cell.startswith(FORMULA_STARTS)
            self.sheet.write_string(row, column, cell, self.looks.of_text(cell) if hostile else form)
        elif isinstance(cell, dt.date):
            if cell >= FIRST_DATE:
                self.sheet.write_number(row, column, serial(cell), form)
            else:
                self.sheet.write_string(row, column, cell.isoformat(), form)
        else:
            self.sheet.write_number(row, column, cell if isinstance(cell, int) else float(cell), form)

    def pairs(self, known: Iterable[Fact]) -> None:
        """Labels with a value beside each."""
        for label, cell, look in known:
            self.pen.text(self.row, 0, label, Style.LABEL)
            self.cell(self.row, 1, cell, look)
            self._widen(0, label)
            self._widen(1, _shown(cell, look, self.language))
            self.row += 1

    def wide(self, label: str, text: str, split: int, last: int) -> None:
        """A label over the columns before ``split``, and a text over those from it to ``last``."""
        form, width = self.looks.of_cell(Look.TEXT, is_total=False), self._over(split, last)
        self.sheet.merge_range(self.row, 0, self.row, split - 1, label, self.pen.formats[Style.LABEL_LONG])
        self.sheet.merge_range(self.row, split, self.row, last, text, form)
        lines = max(lines_of(label, self._over(0, split - 1)), lines_of(text, width))
        self.sheet.set_row(self.row, min(TALLEST, LINE_HEIGHT * lines + 2))
        self.row += 1

    def spread(self, spans: Sequence[tuple[int, int]], cells: Sequence[str]) -> None:
        """A row of texts, each over the columns of its span, as high as the longest needs."""
        for (first, last), text in zip(spans, cells, strict=True):
            form = self.looks.of_text(text)
            if first != last:
                self.sheet.merge_range(self.row, first, self.row, last, "", form)
            self.sheet.write_string(self.row, first, text, form)
        lines = max(lines_of(text, self._over(*span)) for span, text in zip(spans, cells, strict=True))
        self.sheet.set_row(self.row, min(TALLEST, LINE_HEIGHT * lines + 2))
        self.row += 1

    def _over(self, first: int, last: int) -> float:
        return sum(self._widths.get(column, NARROWEST) for column in range(first, last + 1))

    def _widen(self, column: int, text: str) -> None:
        from wcwidth import wcswidth

        self._widths[column] = max(self._widths.get(column, 0), min(WIDEST, wcswidth(text) + SPARE))

    def mark(self, row: int, column: int, text: str, outcome: Outcome | None) -> None:
        """A text with the colour of an outcome."""
        colour = None if outcome is None else f"#{FILLS[outcome]}"
        quoted = text.startswith(FORMULA_STARTS)
        self.sheet.write_string(row, column, text, self.looks.filled(colour, is_centred=False, is_quoted=quoted))

    def fill(self, row: int, column: int, text: str, colour: str) -> None:
        """A text in the middle of a coloured cell."""
        self.sheet.write_string(row, column, text, self.looks.filled(colour, is_centred=True))

    def legend(self, colour: str, text: str, meaning: str) -> None:
        """A coloured cell and what it means."""
        self.fill(self.row, 0, text, colour)
        self.pen.text(self.row, 1, meaning, Style.NOTE)
        self.row += 1

    def close(
        self, title: Value, *, frozen_rows: int | None = None, frozen_columns: int = 0, is_one_page: bool = False
    ) -> None:
        """Widths, frozen header, and the printed page: A4 landscape, all columns on one, pictures never cut in two."""
        for column, width in self._widths.items():
            self.sheet.set_column(column, column, width)
        if frozen_rows is not None:
            self.sheet.freeze_panes(frozen_rows, frozen_columns)
            self.sheet.repeat_rows(frozen_rows - 1)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.set_margins(**MARGINS)
        left, right, middle = header_texts(title, self.name, self.language)
        self.sheet.set_header(f"&L{left}&R{right}", {"margin": HEADER_MARGIN})
        self.sheet.set_footer(f"&C{middle}", {"margin": HEADER_MARGIN})
        self.sheet.fit_to_pages(1, int(is_one_page))


def _shown(cell: Cell, look: Look, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return max(cell.split("\n"), key=len)
    if isinstance(cell, dt.date):
        return language.date(cell)
    if look is Look.RATIO:
        return f"{float(cell):,.2f}"
    return f"+{int(cell):,}" if look is Look.SIGNED else f"{int(cell):,}"
