"""A pay table that the user supplies (``--pay-table FILE.csv``): the scale of another document that is not published.

DAPC-113 leaves the pay of case managers and supervisors to the second phase of the social safety net plan (附件九 names
its 表33). Each row gives points and the value of a point, or an amount a month.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from pathlib import Path

from grantcalc import roc
from grantcalc.draft.model import Education, Licence, Role
from grantcalc.money import is_whole, number, product, whole
from grantcalc.text import Message, Text, Value, joined

REQUIRED = ("role", "source")
OPTIONAL = ("education", "licence", "step", "points", "point_value", "amount", "effective_from")

NO_FILE = Message("{file}: the file does not exist or cannot be read.")
NOT_UTF8 = Message("{file}: the pay table is not UTF-8 text; save it as “CSV UTF-8”.")
NO_ROWS = Message("{file}: the pay table has no rows.")
NO_COLUMN = Message("{file}, row 1: the column “{column}” is missing.")
STRANGE_COLUMN = Message("{file}, row 1: the column “{column}” is unknown; known: {known}.")
SHORT_ROW = Message("{file}, row {row}: {found} cells, expected {expected}.")
BAD_CELL = Message("{file}, row {row}, column {column}: found “{found}”, expected {expected}.")
NO_PAY = Message("{file}, row {row}: give either points and point_value, or amount.")
TWO_ROWS = Message("{file}, row {row}: the same role, education, licence, step and date stand in row {first} already.")

WHOLE = Message("a whole number")
AMOUNT = Message("whole dollars without separators")
ABOVE_ZERO = Message("a number above zero")
DATE = Message("a date like 2024-01-31")
SOME_TEXT = Message("some text")
ONE_OF = Message("one of {values}")

PayRow = Mapping[str, object]
"""One row, as drafts write its fields: ``role``, ``education``, ``licence`` (their JSON words, or None: any), ``step``,
``points``, ``point_value``, ``amount`` (numbers or None), ``effective_from`` (date or None), ``source``; and
``monthly`` (dollars) and ``row`` (in the file)."""


class PayTableError(Exception):
    """The pay table cannot be used; ``text`` names file, row and column."""

    def __init__(self, text: Text) -> None:
        """Keep the message for rendering in the user's language."""
        super().__init__(text.template, dict(text.values))
        self.text = text


def read_pay_table(path: Path) -> tuple[PayRow, ...]:
    """Every row of the table; :class:`PayTableError` at the first defect."""
    file = path.name
    lines = list(csv.reader(_text(path, file).splitlines()))
    if len([line for line in lines if line]) <= 1:
        raise PayTableError(NO_ROWS(file=file))
    header = [name.strip() for name in lines[0]]
    _check_header(file, header)
    rows: list[PayRow] = []
    seen: dict[tuple[object, ...], int] = {}
    for at, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise PayTableError(SHORT_ROW(file=file, row=str(at), found=len(cells), expected=len(header)))
        row = _row(file, at, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
        key = tuple(row[name] for name in ("role", "education", "licence", "step", "effective_from"))
        if key in seen:
            raise PayTableError(TWO_ROWS(file=file, row=str(at), first=str(seen[key])))
        seen[key] = at
        rows.append(row)
    return tuple(rows)


def _text(path: Path, file: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError:
        raise PayTableError(NO_FILE(file=file)) from None
    except UnicodeDecodeError:
        raise PayTableError(NOT_UTF8(file=file)) from None


def _check_header(file: str, header: list[str]) -> None:
    for name in REQUIRED:
        if name not in header:
            raise PayTableError(NO_COLUMN(file=file, column=name))
    if "amount" not in header and not {"points", "point_value"} <= set(header):
        raise PayTableError(NO_COLUMN(file=file, column="amount"))
    known = (*REQUIRED, *OPTIONAL)
    for name in header:
        if name not in known or header.count(name) > 1:
            raise PayTableError(STRANGE_COLUMN(file=file, column=name, known=joined(known)))


def _row(file: str, at: int, cells: dict[str, str]) -> PayRow:
    role = _word(file, at, "role", cells, Role)
    if role is None:
        raise _bad(file, at, "role", "", _one_of(Role))
    if not cells["source"]:
        raise _bad(file, at, "source", "", SOME_TEXT())
    points, value = _exact(file, at, "points", cells), _exact(file, at, "point_value", cells)
    amount = _exact(file, at, "amount", cells)
    if amount is not None and not is_whole(amount):
        raise _bad(file, at, "amount", cells["amount"], AMOUNT())
    if (amount is None) == (points is None) or (points is None) != (value is None):
        raise PayTableError(NO_PAY(file=file, row=str(at)))
    monthly = int(amount) if amount is not None else whole(product(points or 0, value or 0))
    return {
        "role": role,
        "education": _word(file, at, "education", cells, Education),
        "licence": _word(file, at, "licence", cells, Licence),
        "step": _step(file, at, cells),
        "points": points,
        "point_value": value,
        "amount": None if amount is None else int(amount),
        "effective_from": _date(file, at, cells),
        "source": cells["source"],
        "monthly": monthly,
        "row": at,
    }


def _word(file: str, at: int, column: str, cells: dict[str, str], kind: type[Enum]) -> str | None:
    """A word of a closed list; ``None`` where the cell is empty."""
    written = cells.get(column, "")
    if not written:
        return None
    if all(member.value != written for member in kind):
        raise _bad(file, at, column, written, _one_of(kind))
    return written


def _one_of(kind: type[Enum]) -> Text:
    return ONE_OF(values=joined(str(member.value) for member in kind))


def _exact(file: str, at: int, column: str, cells: dict[str, str]) -> int | Decimal | None:
    written = cells.get(column, "")
    if not written:
        return None
    try:
        value = Decimal(written)
    except InvalidOperation:
        raise _bad(file, at, column, written, ABOVE_ZERO()) from None
    if not value.is_finite() or value <= 0:
        raise _bad(file, at, column, written, ABOVE_ZERO())
    return number(value)


def _step(file: str, at: int, cells: dict[str, str]) -> int | None:
    written = cells.get("step", "")
    if not written:
        return None
    if not (written.isascii() and written.isdigit()):
        raise _bad(file, at, "step", written, WHOLE())
    return int(written)


def _date(file: str, at: int, cells: dict[str, str]) -> dt.date | None:
    written = cells.get("effective_from", "")
    if not written:
        return None
    found = roc.parse(written)
    if found is None:
        raise _bad(file, at, "effective_from", written, DATE())
    return found


def _bad(file: str, at: int, column: str, found: str, expected: Value) -> PayTableError:
    return PayTableError(BAD_CELL(file=file, row=str(at), column=column, found=found, expected=expected))
