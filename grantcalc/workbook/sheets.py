"""Writes the sheets of the form: 封面, 人力, 經費, 總表 and the hidden 清單."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from grantcalc.draft.fields import COVER_FIELDS, OTHER_FUNDS_HEADERS, Kind
from grantcalc.draft.model import Draft, Line, Position
from grantcalc.money import Number
from grantcalc.reading.names import Counties, Vocabulary
from grantcalc.text import Message, Value
from grantcalc.workbook import lineforms, postforms
from grantcalc.workbook.book import Book, Formula
from grantcalc.workbook.cells import Pen, category_text, item_text, style_of
from grantcalc.workbook.layout import SUMMARY_COLUMNS, Column, Sheet, letters
from grantcalc.workbook.lineforms import leaders_half, line_cells
from grantcalc.workbook.postforms import post_cells
from grantcalc.workbook.styles import Style
from grantcalc.workbook.summary import JUSTIFY, NOT_THE_SUM, OVER_APPROVED, OVER_CAP, SummaryRow

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

COVER_TITLE = Message("Application form for the subsidy: {title}")
OTHER_ROWS = 3
WIDTHS: Mapping[str, float] = {
    "ref": 6, "person": 10, "role": 15, "education": 10, "field": 12, "licences": 22, "risk_allowance": 18,
    "step": 7, "previous_step": 7, "points": 7, "experience_years": 7, "continuing": 6, "count": 6, "fund": 9,
    "months": 7, "workplace": 16, "touched": 7, "check": 30,
    "category": 22, "item": 30, "description": 34, "details.km": 8, "details.place": 12, "details.person": 10,
    "details.lecturer": 14, "details.travel": 10, "details.manuscript": 12,
}  # fmt: skip
DEFAULT_WIDTH = 11.5
PAIR_WIDTHS = {"quantity": 7.5, "unit": 8}
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


def write_cover(pen: Pen, book: Book) -> None:
    """封面: label and value, then the other sources."""
    sheet, speak, draft = pen.sheet, book.language, book.draft
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 46)
    pen.text(0, 0, speak(COVER_TITLE(title=book.programme.title)), Style.TITLE)
    for spec in COVER_FIELDS:
        row = book.layout.cover_rows[spec.name] - 1
        pen.text(row, 0, speak(spec.header), Style.LABEL)
        if spec.kind is Kind.PROGRAMME:
            pen.text(row, 1, book.programme.id, Style.COMPUTED_TEXT)
            continue
        pen.value(row, 1, _cover_value(book, spec.name), style_of(spec))
        pen.validate(row, row, 1, spec)
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


def write_staff(pen: Pen, book: Book, posts: Sequence[Position]) -> None:
    """人力."""
    columns = book.layout.staff
    _head(pen, book, columns, Sheet.STAFF)
    for row in book.rows(Sheet.STAFF):
        post = posts[row - 2] if row - 2 < len(posts) else None
        formulas = post_cells(book, row, post)
        for index, column in enumerate(columns):
            _write(pen, row - 1, index, column, post, getattr(post, column.name, None), formulas)
    _mark_staff(pen, book)


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
    _mark_budget(pen, book)


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
) -> None:
    """One cell: the formula of a computed column or of an amount nobody stated otherwise, else the value."""
    formula = formulas.get(column.name)
    if not column.is_input:
        if formula is not None:
            style = Style.COMPUTED_TEXT if column.name == "check" else Style.COMPUTED_MONEY
            pen.formula(row, index, formula, style)
        return
    style = _style(column)
    if formula is not None and (given is None or (value is not None and value == formula.value)):
        pen.formula(row, index, formula, style)
    elif value is not None or style is not Style.INPUT or column.name == "ref":
        pen.value(row, index, value, style)
    else:
        pen.value(row, index, None, style)


def _style(column: Column) -> Style:
    if column.spec is not None:
        return style_of(column.spec)
    return Style.INPUT_NUMBER if column.name.startswith("quantity") else Style.INPUT


def _head(pen: Pen, book: Book, columns: Sequence[Column], sheet: Sheet) -> None:
    last = book.layout.last_row(sheet) - 1
    pen.sheet.set_row(0, HEADER_HEIGHT)
    for index, column in enumerate(columns):
        pen.text(0, index, book.language(column.header), Style.HEADER if column.is_input else Style.HEADER_COMPUTED)
        kind = column.name.rstrip("0123456789") if column.pair is not None else ""
        pen.sheet.set_column(index, index, PAIR_WIDTHS.get(kind) or WIDTHS.get(column.name, DEFAULT_WIDTH))
        if column.name in {"category", "item"}:
            rule = pen.drop_down(column.name, strict=False) | {"error_type": "warning"}
            pen.sheet.data_validation(1, index, last, index, rule)
        elif column.spec is not None:
            pen.validate(1, last, index, column.spec)
        elif column.name.startswith("unit"):
            pen.sheet.data_validation(1, index, last, index, pen.drop_down("unit", strict=True))
    pen.sheet.freeze_panes(1, FROZEN_COLUMNS)
    pen.sheet.autofilter(0, 0, last, len(columns) - 1)


def _says(check: str, *texts: str) -> str:
    found = ",".join(f'ISNUMBER(SEARCH("{text.strip()}",{check}))' for text in texts)
    return f"OR({found})"


def _mark(pen: Pen, book: Book, sheet: Sheet, name: str, criteria: str, style: Style = Style.RED) -> None:
    column = book.layout.columns(sheet)[name]
    pen.sheet.conditional_format(
        f"{column}2:{column}{book.layout.last_row(sheet)}",
        {"type": "formula", "criteria": f"={criteria}", "format": pen.formats[style]},
    )


def _mark_budget(pen: Pen, book: Book) -> None:
    speak, cells = book.language, book.row(Sheet.BUDGET, 2).at_home()
    price = (speak(lineforms.PRICE_OVER), speak(lineforms.PRICE_UNDER))
    amount = speak(lineforms.AMOUNT_WRONG)
    _mark(pen, book, Sheet.BUDGET, "unit_price", _says(cells["check"], *price))
    _mark(pen, book, Sheet.BUDGET, "amount", _says(cells["check"], amount))
    _mark(pen, book, Sheet.BUDGET, "check", _says(cells["check"], *price, amount))


def _mark_staff(pen: Pen, book: Book) -> None:
    speak, cells = book.language, book.row(Sheet.STAFF, 2).at_home()
    check = cells["check"]
    pay, insurance, earned, wrong = (
        speak(message)
        for message in (
            postforms.PAY_OVER,
            postforms.INSURANCE_OVER,
            postforms.EARNED_OVER,
            postforms.AMOUNT_WRONG,
        )
    )
    _mark(pen, book, Sheet.STAFF, "monthly_pay", _says(check, pay))
    _mark(pen, book, Sheet.STAFF, "employer_insurance", _says(check, insurance))
    _mark(pen, book, Sheet.STAFF, "months", f'AND({cells["months"]}<>"",{_says(check, earned)})')
    _mark(pen, book, Sheet.STAFF, "pay_amount", _says(check, earned))
    for stated, computed in (
        ("pay_amount", "pay"),
        ("allowance_amount", "allowance"),
        ("insurance_amount", "insurance"),
    ):
        differs = f"N({cells[stated]})<>N({cells[computed]}),ISNUMBER({cells[computed]})"
        _mark(pen, book, Sheet.STAFF, stated, f"AND({_says(check, wrong)},{differs})")
    _mark(pen, book, Sheet.STAFF, "check", _says(check, pay, insurance, earned, wrong))


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
    cells = {name: f"${letters(index)}2" for index, (name, _) in enumerate(SUMMARY_COLUMNS)}
    over = _says(cells["check"], speak(OVER_CAP), speak(OVER_APPROVED))
    over = f"AND({over},NOT({_says(cells['check'], speak(JUSTIFY))}))"
    differs = _says(cells["check"], speak(NOT_THE_SUM))
    for name, criteria, style in (
        ("computed", over, Style.RED),
        ("headroom", over, Style.RED),
        ("check", over, Style.RED),
        ("check", differs, Style.RED),
        ("stated", differs, Style.RED),
        ("check", _says(cells["check"], speak(JUSTIFY)), Style.AMBER),
    ):
        column = cells[name][1:-1]
        pen.sheet.conditional_format(
            f"{column}2:{column}{len(rows) + 1}",
            {"type": "formula", "criteria": f"={criteria}", "format": pen.formats[style]},
        )


def _summary_row(pen: Pen, row: int, entry: SummaryRow) -> None:
    speak = pen.language
    if entry.computed is None:
        for column in range(len(SUMMARY_COLUMNS)):
            pen.text(row, column, speak(entry.label) if not column else "", Style.HEADING)
        return
    money = Style.TOTAL_MONEY if entry.is_total else Style.COMPUTED_MONEY
    pen.text(row, 0, _label(pen, entry.label), Style.LABEL_TOTAL if entry.is_total else Style.LABEL)
    for column, (name, _) in enumerate(SUMMARY_COLUMNS):
        if name == "stated" and entry.takes_stated:
            pen.value(row, column, entry.stated, Style.INPUT_MONEY)
        formula = getattr(entry, name, None)
        if isinstance(formula, Formula):
            pen.formula(row, column, formula, Style.COMPUTED_TEXT if name == "check" else money)


def _label(pen: Pen, label: Value) -> str:
    return pen.language(label)


def write_lists(
    sheet: Worksheet,
    book: Book,
    lines: Sequence[Mapping[str, Formula]],
    posts: Sequence[Mapping[str, Formula]],
    pen: Pen,
) -> None:
    """清單: lists first, then the workings."""
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
    return float(str(cell))


def stated_posts(draft: Draft | None) -> tuple[Position, ...]:
    """Posts of the draft, none without one."""
    return draft.positions if draft else ()
