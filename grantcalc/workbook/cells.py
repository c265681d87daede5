"""Writes single cells: texts never as formulas, dates as dates, decimals exact, choices by their label."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import frozen

from grantcalc import roc
from grantcalc.draft.fields import NO_CHOICE, FieldSpec, Kind
from grantcalc.reading.names import Vocabulary
from grantcalc.text import Language, Message
from grantcalc.workbook.book import NO, YES, Formula
from grantcalc.workbook.styles import FONT, PROPERTIES, Style

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FIRST_DATE = dt.date(1900, 3, 1)
"""Earlier days have no sure serial number in a workbook; they are written as text."""

_STYLES: Mapping[Kind, Style] = {
    Kind.MONEY: Style.INPUT_MONEY,
    Kind.NUMBER: Style.INPUT_NUMBER,
    Kind.RATIO: Style.INPUT_NUMBER,
    Kind.DATE: Style.INPUT_DATE,
}
_LISTS: Mapping[str, str] = {
    "details.lecturer": "lecturer",
    "details.travel": "travel",
    "details.manuscript": "manuscript",
}
CHOOSE = Message("Choose one of the list.")
AMOUNT_ONLY = Message("A number that is not negative, in dollars without decimals.")
NUMBER_ONLY = Message("A number that is not negative.")
DATE_ONLY = Message(
    "This is no date from 1912 to 2199. Type year, month and day with slashes, in the common calendar: 2024/3/27."
)
DATE_HINT = Message("113/3/27 is typed as 2024/3/27; the cell shows it as {shown}.")
NOT_NEEDED = Message("not needed in this programme")
FIRST_TYPED, LAST_TYPED = dt.date(roc.FIRST_YEAR, 1, 1), dt.date(roc.LAST_YEAR, 12, 31)
"""Dates that may be typed; a number such as 1130327 lies far outside."""
_SAMPLE, ROC_SAMPLE = dt.date(2024, 3, 27), "113年3月27日"


def style_of(spec: FieldSpec) -> Style:
    """The format of an input cell."""
    return _STYLES.get(spec.kind, Style.INPUT)


@frozen
class Formats:
    """The formats of one workbook, each made once."""

    book: Workbook
    _made: dict[Style, Format]

    @classmethod
    def of(cls, book: Workbook, language: Language) -> Formats:
        """Make them all; dates in the calendar of the language."""
        base = {"font_name": FONT, "font_size": 10}
        conditional = {Style.RED, Style.AMBER}
        made = {
            style: book.add_format(dict(properties) if style in conditional else {**base, **properties})
            for style, properties in PROPERTIES.items()
        }
        if language.is_chinese:
            made[Style.INPUT_DATE] = made[Style.INPUT_DATE_ROC]
        return cls(book, made)

    def __getitem__(self, style: Style) -> Format:
        """One format."""
        return self._made[style]


@frozen(kw_only=True)
class Pen:
    """Writes to one sheet."""

    sheet: Worksheet
    formats: Formats
    language: Language

    def text(self, row: int, column: int, text: str, style: Style = Style.TEXT) -> None:
        """Text, whatever it looks like."""
        self.sheet.write_string(row, column, text, self.formats[style])

    def formula(self, row: int, column: int, formula: Formula, style: Style) -> None:
        """A formula with its present value."""
        value: Any = formula.value
        if isinstance(value, dt.date):
            value = serial(value)
        if isinstance(value, Decimal):
            value = float(value)
        self.sheet.write_formula(row, column, f"={formula.text}", self.formats[style], value)

    def value(self, row: int, column: int, value: object, style: Style) -> None:
        """What a draft holds; an empty cell for ``None``."""
        form = self.formats[style]
        if value is None:
            self.sheet.write_blank(row, column, None, form)
        elif isinstance(value, bool):
            self.sheet.write_string(row, column, self.language(YES if value else NO), form)
        elif isinstance(value, int | Decimal):
            self.sheet.write_number(row, column, float(value), form)
        elif isinstance(value, dt.date) and value >= FIRST_DATE:
            self.sheet.write_number(row, column, serial(value), form)
        else:
            self.sheet.write_string(row, column, self.shown(value), form)

    def shown(self, value: object) -> str:
        """A value as the text of a cell; nothing for ``None``."""
        if value is None:
            return ""
        if isinstance(value, Enum):
            return self.language.label(value)
        if isinstance(value, tuple):
            return self.language.listed(self.shown(part) for part in value) or self.language(NO_CHOICE)
        return value.isoformat() if isinstance(value, dt.date) else str(value)

    def validate(self, first_row: int, last_row: int, column: int, spec: FieldSpec, *, unused: bool = False) -> None:
        """The drop-down of a closed list, or what numbers and dates may be; a field not needed says so."""
        rule = self._rule(spec)
        if unused:
            rule = (rule or {"validate": "any"}) | {"input_message": self.language(NOT_NEEDED)}
        if rule is not None:
            rule |= {"ignore_blank": True, "error_title": self.language(spec.header)[:32]}
            self.sheet.data_validation(first_row, column, last_row, column, rule)

    def _rule(self, spec: FieldSpec) -> dict[str, Any] | None:
        speak = self.language
        if spec.kind is Kind.MONEY:
            return {"validate": "integer", "criteria": ">=", "value": 0, "error_message": speak(AMOUNT_ONLY)}
        if spec.kind in {Kind.NUMBER, Kind.RATIO}:
            return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": speak(NUMBER_ONLY)}
        if spec.kind is Kind.DATE:
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": FIRST_TYPED,
                "maximum": LAST_TYPED,
                "error_type": "stop",
                "error_message": speak(DATE_ONLY),
                "input_message": speak(DATE_HINT(shown=ROC_SAMPLE if speak.is_chinese else _SAMPLE.isoformat())),
            }
        name = {Kind.FLAG: "flag", Kind.COUNTY: "county"}.get(spec.kind)
        if spec.kind in {Kind.CHOICE, Kind.CHOICES}:
            name = _LISTS.get(spec.name, spec.name)
        return None if name is None else self.drop_down(name, strict=spec.kind is not Kind.CHOICES)

    def drop_down(self, name: str, *, strict: bool) -> dict[str, Any]:
        """A list of the hidden sheet; ``strict`` where nothing else is accepted."""
        kind = "stop" if strict else "information"
        message = self.language(CHOOSE)
        return {"validate": "list", "source": f"=gc_{name}", "error_type": kind, "error_message": message}


def serial(day: dt.date) -> int:
    """The number a workbook stores for a day."""
    return (day - dt.date(1899, 12, 30)).days


def item_text(item: str | None, category: str | None, names: Mapping[str, str], vocabulary: Vocabulary) -> str | None:
    """An item as the form shows it: by its name where the reader finds it by that name, else by its code."""
    if item is None:
        return None
    name = names.get(item)
    return name if name is not None and vocabulary.item(name, category) == item else item


def category_text(category: str | None, names: Mapping[str, str], vocabulary: Vocabulary) -> str | None:
    """A category as the form shows it."""
    if category is None:
        return None
    name = names.get(category)
    return name if name is not None and vocabulary.category(name) == category else category
