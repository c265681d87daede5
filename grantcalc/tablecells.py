"""The cells of a table: the types a column may have, and how their texts are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from enum import Enum

from grantcalc.text import Message

Cell = str | int | Decimal | dt.date | bool | tuple[str, ...] | None


class ColumnType(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    TEXTS = "texts"
    INT = "int"
    DOLLARS = "dollars"
    THOUSAND_DOLLARS = "thousand-dollars"
    DECIMAL = "decimal"
    DATE = "date"
    BOOL = "bool"


EXPECTED: dict[ColumnType, Message] = {
    ColumnType.TEXT: Message("some text"),
    ColumnType.TEXTS: Message("texts separated by “;”"),
    ColumnType.INT: Message("a whole number"),
    ColumnType.DOLLARS: Message("whole dollars without separators"),
    ColumnType.THOUSAND_DOLLARS: Message("whole thousands of dollars without separators"),
    ColumnType.DECIMAL: Message("a decimal number"),
    ColumnType.DATE: Message("a date like 2024-01-31"),
    ColumnType.BOOL: Message("“yes” or “no”"),
}


def _flag(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _texts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";"))


def _whole(text: str) -> int:
    if not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit():
        raise ValueError(text)
    return int(text)


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite():
        raise ValueError(text)
    return value


PARSERS: dict[ColumnType, Callable[[str], Cell]] = {
    ColumnType.TEXT: str,
    ColumnType.TEXTS: _texts,
    ColumnType.INT: _whole,
    ColumnType.DOLLARS: _whole,
    ColumnType.THOUSAND_DOLLARS: _whole,
    ColumnType.DECIMAL: _decimal,
    ColumnType.DATE: dt.date.fromisoformat,
    ColumnType.BOOL: _flag,
}
"""How each type reads its text; ``ValueError``, ``KeyError`` or ``InvalidOperation`` where it is none."""
