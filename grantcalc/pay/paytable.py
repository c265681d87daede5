"""A pay table that the user supplies (``--pay-table FILE.csv``): the scale of another document that is not published.

DAPC-113 leaves the pay of case managers and supervisors to the second phase of the social safety net plan (附件九 names
its 表33). Each row gives points and the value of a point, or an amount a month.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import reduce
from pathlib import Path

from attrs import Factory, define

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

AND_MORE = Message("{one}\n{more}")

PayRow = Mapping[str, object]
"""One row, as drafts write its fields: ``role``, ``education``, ``licence`` (their JSON words, or None: any; the file
may name them in Chinese or English as well), ``step``, ``points``,
``point_value``, ``amount`` (numbers or None), ``effective_from`` (date or None), ``source``; and
``monthly`` (dollars) and ``row`` (in the file)."""


class PayTableError(Exception):
    """The pay table cannot be used; ``text`` names file, row and column of every defect, one a line."""

    def __init__(self, text: Text) -> None:
        """Keep the message for rendering in the user's language."""
        super().__init__(text.template, dict(text.values))
        self.text = text


def read_pay_table(path: Path) -> tuple[PayRow, ...]:
    """Every row of the table; :class:`PayTableError` with all defects of its rows, or the one of its form."""
    file = path.name
    lines = list(csv.reader(_text(path, file).splitlines()))
    if len([line for line in lines if line]) <= 1:
        raise PayTableError(NO_ROWS(file=file))
    header = [name.strip() for name in lines[0]]
    _check_header(file, header)
    rows: list[PayRow] = []
    defects: list[Text] = []
    for at, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            defects.append(SHORT_ROW(file=file, row=str(at), found=len(cells), expected=len(header)))
            continue
        row = _row(file, at, dict(zip(header, (cell.strip() for cell in cells), strict=True)), defects)
        if row is not None:
            rows.append(row)
    defects += _twice(file, rows)
    if defects:
        raise PayTableError(reduce(lambda one, more: AND_MORE(one=one, more=more), defects))
    return tuple(rows)


def _twice(file: str, rows: list[PayRow]) -> Iterator[Text]:
    """Rows that say the pay of what an earlier one said."""
    seen: dict[tuple[object, ...], object] = {}
    for row in rows:
        key = tuple(row[name] for name in ("role", "education", "licence", "step", "effective_from"))
        if key in seen:
            yield TWO_ROWS(file=file, row=str(row["row"]), first=str(seen[key]))
        seen.setdefault(key, row["row"])


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


def _row(file: str, at: int, cells: dict[str, str], defects: list[Text]) -> PayRow | None:
    """The row; ``None`` where cells of it are wrong, each told in ``defects``."""
    row = _Row(file=file, at=at, cells=cells)
    read: dict[str, object] = {
        "role": row.word("role", Role, needed=True),
        "education": row.word("education", Education),
        "licence": row.word("licence", Licence),
        "step": row.step(),
        "points": (points := row.exact("points")),
        "point_value": (value := row.exact("point_value")),
        "amount": (amount := row.amount()),
        "effective_from": row.date(),
        "source": row.source(),
    }
    if not row.defects and ((amount is None) == (points is None) or (points is None) != (value is None)):
        row.defects.append(NO_PAY(file=file, row=str(at)))
    if row.defects:
        defects += row.defects
        return None
    monthly = amount if amount is not None else whole(product(points or 0, value or 0))
    return {**read, "monthly": monthly, "row": at}


@define(kw_only=True)
class _Row:
    """The cells of one row, and what is wrong with them."""

    file: str
    at: int
    cells: Mapping[str, str]
    defects: list[Text] = Factory(list)

    def word(self, column: str, kind: type[Enum], *, needed: bool = False) -> str | None:
        """The code of a word of a closed list, written as code or name; ``None`` where the cell is empty."""
        from grantcalc.reading.names import folded, labels

        written = self.cells.get(column, "")
        if not written and not needed:
            return None
        known = labels(kind)
        found = known.get(folded(written))
        if found is None:
            self._bad(column, ONE_OF(values=joined(kind)))
            return None
        return str(found.value)

    def source(self) -> str:
        """Where the pay stands."""
        if not self.cells["source"]:
            self._bad("source", SOME_TEXT())
        return self.cells["source"]

    def exact(self, column: str) -> int | Decimal | None:
        """A number above zero."""
        written = self.cells.get(column, "")
        if not written:
            return None
        try:
            value = Decimal(written)
        except InvalidOperation:
            value = Decimal(0)
        if not value.is_finite() or value <= 0:
            self._bad(column, ABOVE_ZERO())
            return None
        return number(value)

    def amount(self) -> int | None:
        """Whole dollars a month."""
        found = self.exact("amount")
        if found is None:
            return None
        if not is_whole(found):
            self._bad("amount", AMOUNT())
        return int(found)

    def step(self) -> int | None:
        """The step, from zero."""
        written = self.cells.get("step", "")
        if not written:
            return None
        if not (written.isascii() and written.isdigit()):
            self._bad("step", WHOLE())
            return None
        return int(written)

    def date(self) -> dt.date | None:
        """The day from which the row holds."""
        written = self.cells.get("effective_from", "")
        found = roc.parse(written) if written else None
        if written and found is None:
            self._bad("effective_from", DATE())
        return found

    def _bad(self, column: str, expected: Value) -> None:
        found = self.cells.get(column, "")
        told = BAD_CELL(file=self.file, row=str(self.at), column=column, found=found, expected=expected)
        self.defects.append(told)
