"""Writes the sheets of the form: 人力, 經費, 總表 and the hidden 清單."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from attrs import frozen

from grantcalc.draft.model import Line, Position
from grantcalc.money import Number
from grantcalc.reading.names import Vocabulary
from grantcalc.workbook.book import Book, Formula
from grantcalc.workbook.cells import Pen, category_text, item_text, serial, style_of
from grantcalc.workbook.layout import SUMMARY_COLUMNS, Column, Sheet
from grantcalc.workbook.linecaps import leaders_half
from grantcalc.workbook.lineforms import line_cells
from grantcalc.workbook.marks import mark_budget, mark_staff, mark_summary
from grantcalc.workbook.postforms import post_cells
from grantcalc.workbook.styles import LINE_HEIGHT, Style, lines_of
from grantcalc.workbook.summary import SummaryRow

WIDTHS: Mapping[str, float] = {
    "ref": 5, "person": 10, "role": 13, "education": 10, "field": 12, "licences": 18, "risk_allowance": 14,
    "step": 6, "previous_step": 7, "points": 6, "experience_years": 6, "continuing": 6, "count": 6, "fund": 8,
    "hired_on": 13, "start": 13, "end": 13, "months": 7, "workplace": 16, "touched": 11, "check": 20,
    "category": 13, "item": 24, "description": 28, "unit_price": 9, "price_cap": 9, "details.km": 7,
    "details.place": 16, "details.person": 16, "details.lecturer": 11, "details.travel": 9, "details.date": 13,
    "details.manuscript": 10,
}  # fmt: skip
DEFAULT_WIDTH = 10.5
PAIR_WIDTHS = {"quantity": 5.5, "unit": 5.5}
LONG = frozenset(
    {"role", "field", "licences", "workplace", "category", "item", "description", "details.place", "details.person"}
)
"""Texts that wrap."""
SUMMARY_WIDTHS = {"category": 52, "check": 30}
HEADER_HEIGHT = 44
FROZEN_COLUMNS = 3


@frozen(kw_only=True)
class Names:
    """Items and categories as the form shows them."""

    items: Mapping[str, str]
    categories: Mapping[str, str]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, book: Book) -> Names:
        """In the language of the workbook."""
        speak, programme = book.language, book.programme
        return cls(
            items={item.code: speak(item.name) for item in programme.items.values()},
            categories={category.name: speak(category.title) for category in programme.categories},
            vocabulary=Vocabulary.of(programme),
        )


def write_staff(pen: Pen, book: Book, posts: Sequence[Position]) -> None:
    """人力."""
    columns = book.layout.staff
    unused = unused_columns(book, Sheet.STAFF)
    _head(pen, book, columns, Sheet.STAFF)
    for row in book.rows(Sheet.STAFF):
        post = posts[row - 2] if row - 2 < len(posts) else None
        formulas = post_cells(book, row, post)
        for index, column in enumerate(columns):
            _write(pen, row - 1, index, column, post, getattr(post, column.name, None), formulas, unused)
        if post is not None:
            texts = {name: pen.shown(getattr(post, name, None)) for name in LONG}
            _grow(pen, row - 1, columns, {**texts, "check": str(formulas["check"].value)})
    mark_staff(pen, book)


def write_budget(pen: Pen, book: Book, lines: Sequence[Line], names: Names) -> None:
    """經費."""
    columns = book.layout.budget
    _head(pen, book, columns, Sheet.BUDGET)
    half = leaders_half(book, tuple(lines))
    for row in book.rows(Sheet.BUDGET):
        line = lines[row - 2] if row - 2 < len(lines) else None
        formulas = line_cells(book, row, line, half)
        for index, column in enumerate(columns):
            value = _line_value(line, column, names) if line is not None else None
            _write(pen, row - 1, index, column, line, value, formulas)
        if line is not None:
            texts = {column.name: pen.shown(_line_value(line, column, names)) for column in columns}
            _grow(pen, row - 1, columns, {**texts, "check": str(formulas["check"].value)})
    mark_budget(pen, book)


def _grow(pen: Pen, row: int, columns: Sequence[Column], texts: Mapping[str, str]) -> None:
    """Room for every line of the texts that wrap; a row of one line keeps the height of its program."""
    long = (column for column in columns if column.name in LONG or column.name == "check")
    lines = max(lines_of(texts.get(column.name, ""), width_of(column)) for column in long)
    if lines > 1:
        pen.sheet.set_row(row, LINE_HEIGHT * lines + 2)


def _line_value(line: Line, column: Column, names: Names) -> object:
    if column.pair is not None:
        if column.pair > len(line.quantities):
            return None
        quantity = line.quantities[column.pair - 1]
        return quantity.number if column.name.startswith("quantity") else quantity.unit
    if column.name == "category":
        return category_text(line.category, names.categories, names.vocabulary)
    if column.name == "item":
        return item_text(line.item, line.category, names.items, names.vocabulary)
    if column.name.startswith("details."):
        return getattr(line.details, column.name.removeprefix("details."))
    return getattr(line, column.name, None)


def _write(
    pen: Pen,
    row: int,
    index: int,
    column: Column,
    given: Position | Line | None,
    value: object,
    formulas: Mapping[str, Formula],
    unused: frozenset[str] = frozenset(),
) -> None:
    """One cell: the formula of a computed column or of an amount nobody stated otherwise, else the value."""
    formula = formulas.get(column.name)
    if not column.is_input:
        if formula is not None:
            style = Style.COMPUTED_LONG if column.name == "check" else Style.COMPUTED_MONEY
            pen.formula(row, index, formula, style)
        return
    style = Style.INPUT_UNUSED if column.name in unused else _style(column)
    if formula is not None and (given is None or (value is not None and value == formula.value)):
        pen.formula(row, index, formula, style)
    else:
        pen.value(row, index, value, style)


def unused_columns(book: Book, sheet: Sheet) -> frozenset[str]:
    """Columns that nobody needs to fill in for this programme."""
    prefix = "positions."
    names = book.programme.unused if sheet is Sheet.STAFF else frozenset()
    return frozenset(name.removeprefix(prefix) for name in names if name.startswith(prefix))


def width_of(column: Column) -> float:
    """The width of a column, in characters."""
    kind = column.name.rstrip("0123456789") if column.pair is not None else ""
    return PAIR_WIDTHS.get(kind) or WIDTHS.get(column.name, DEFAULT_WIDTH)


def _style(column: Column) -> Style:
    if column.name in LONG:
        return Style.INPUT_LONG
    if column.spec is not None:
        return style_of(column.spec)
    return Style.INPUT_NUMBER if column.name.startswith("quantity") else Style.INPUT


def _head(pen: Pen, book: Book, columns: Sequence[Column], sheet: Sheet) -> None:
    last = book.layout.last_row(sheet) - 1
    unused = unused_columns(book, sheet)
    pen.sheet.set_row(0, HEADER_HEIGHT)
    for index, column in enumerate(columns):
        style = Style.HEADER if column.is_input else Style.HEADER_COMPUTED
        pen.text(0, index, book.language(column.header), Style.HEADER_UNUSED if column.name in unused else style)
        pen.sheet.set_column(index, index, width_of(column))
        if column.name in {"category", "item"}:
            rule = pen.drop_down(column.name, strict=False) | {"error_type": "warning"}
            pen.sheet.data_validation(1, index, last, index, rule)
        elif column.spec is not None:
            pen.validate(1, last, index, column.spec, unused=column.name in unused)
        elif column.name.startswith("unit"):
            pen.sheet.data_validation(1, index, last, index, pen.drop_down("unit", strict=True))
    pen.sheet.freeze_panes(1, FROZEN_COLUMNS)
    pen.sheet.autofilter(0, 0, last, len(columns) - 1)


def write_summary(pen: Pen, book: Book, rows: Sequence[SummaryRow]) -> None:
    """總表."""
    speak = book.language
    pen.sheet.set_row(0, 30)
    for index, (name, header) in enumerate(SUMMARY_COLUMNS):
        style = Style.HEADER if name in {"category", "stated"} else Style.HEADER_COMPUTED
        pen.text(0, index, speak(header), style)
        pen.sheet.set_column(index, index, SUMMARY_WIDTHS.get(name, 15))
    for row, entry in enumerate(rows, start=1):
        _summary_row(pen, row, entry)
    pen.sheet.freeze_panes(1, 1)
    mark_summary(pen, rows)


def _summary_row(pen: Pen, row: int, entry: SummaryRow) -> None:
    speak = pen.language
    if entry.computed is None:
        for column in range(len(SUMMARY_COLUMNS)):
            pen.text(row, column, speak(entry.label) if not column else "", Style.HEADING)
        return
    money = Style.TOTAL_MONEY if entry.is_total else Style.COMPUTED_MONEY
    label, style = speak(entry.label), Style.LABEL_TOTAL if entry.is_total else Style.LABEL
    lines = lines_of(label, SUMMARY_WIDTHS["category"])
    if lines > 1:
        style = Style.LABEL_LONG
        pen.sheet.set_row(row, LINE_HEIGHT * lines + 2)
    pen.text(row, 0, label, style)
    for column, (name, _) in enumerate(SUMMARY_COLUMNS):
        if name == "stated" and entry.takes_stated:
            pen.value(row, column, entry.stated, Style.INPUT_MONEY)
        formula = getattr(entry, name, None)
        if isinstance(formula, Formula):
            pen.formula(row, column, formula, Style.COMPUTED_LONG if name == "check" else money)
        elif name == "computed":
            pen.value(row, column, formula, money)


def write_lists(
    pen: Pen, book: Book, lines: Sequence[Mapping[str, Formula]], posts: Sequence[Mapping[str, Formula]]
) -> None:
    """清單: lists first, then the workings."""
    sheet = pen.sheet
    for index, column in enumerate(book.lists.columns):
        sheet.write_string(0, index, column.name)
        for row, cell in enumerate(column.cells, start=1):
            if isinstance(cell, str):
                sheet.write_string(row, index, cell)
            elif cell is not None:
                sheet.write_number(row, index, _plain(cell))
    first = len(book.lists.columns)
    for names, work in ((book.line_work, lines), (book.post_work, posts)):
        for offset, name in enumerate(names):
            sheet.write_string(0, first + offset, name)
            for row, formulas in enumerate(work, start=1):
                pen.formula(row, first + offset, formulas[name], Style.TEXT)
        first += len(names)


def _plain(cell: object) -> Number | float:
    if isinstance(cell, int):
        return cell
    if isinstance(cell, dt.date):
        return serial(cell)
    return float(str(cell))
