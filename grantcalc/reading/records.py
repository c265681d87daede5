"""The records of binary workbooks (.xls, .xlsb): what the parsing library does not tell of their sheets.

Those are hidden rows and columns, error values, sheets that are hidden, and how far the content reaches.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from attrs import define, field, frozen

from grantcalc.reading.formulas import Scan
from grantcalc.reading.openers import Range, Seen

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_UNKNOWN = "#ERROR"
_LONGEST_READ = 20
"""Bytes of a record that are looked at; a record that is shorter is broken, and takes zeros for what it lacks."""

Record = tuple[int, bytes]


@define
class SheetRecords:
    """What the records of one sheet told; rows and columns count from 1."""

    errors: dict[tuple[int, int], str] = field(factory=dict)
    hidden_rows: set[int] = field(factory=set)
    hidden_columns: set[int] = field(factory=set)
    merged: list[Range] = field(factory=list)
    rows: int = 0
    columns: int = 0
    """How far the content reaches."""

    def filled(self, row: int, column: int) -> None:
        """A cell, counted from 0, holds something."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)

    def error(self, row: int, column: int, code: int) -> None:
        """A cell, counted from 0, holds an error."""
        self.filled(row, column)
        self.errors[row + 1, column + 1] = ERRORS.get(code, _UNKNOWN)

    @property
    def seen(self) -> Seen:
        """As the openers of all forms tell it."""
        return Seen(
            scan=Scan(uncalculated=frozenset(), errors=self.errors),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            merged=self.merged,
        )


@frozen(kw_only=True)
class Globals:
    """What a workbook says of its sheets: where each begins (.xls), which are hidden."""

    sheets: tuple[int, ...]
    encrypted: bool
    from_1904: bool
    links: bool


_BEGIN, _END = 0x0809, 0x000A
_BEGINNINGS = frozenset({0x0809, 0x0409, 0x0209, 0x0009})
_SHEET, _DATE_MODE, _FILE_PASS, _BOOK_LINK = 0x0085, 0x0022, 0x002F, 0x01AE
_ROW, _COLUMNS, _ERROR, _FORMULA = 0x0208, 0x007D, 0x0205, 0x0006
_MANY = frozenset({0x00BD})
_FILLED = frozenset({0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, 0x0205, 0x0006, 0x00BD})
"""NUMBER, RK, LABELSST, LABEL, RSTRING, BOOLERR, FORMULA, MULRK"""
_ROW_HIDDEN = 0x20
_IS_ERROR = 2
_NO_NUMBER = 0xFFFF
_OWN_LINKS = frozenset({0x0401, 0x3A01})
"""Links of a workbook to itself and to functions of the program."""
_LAST_COLUMN = 255


def old_records(stream: bytes, at: int) -> Iterator[Record]:
    """The records of an .xls stream from a place on, to the end of that part of it; charts inside are left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        content = stream[at + 4 : at + 4 + length].ljust(_LONGEST_READ, b"\0")
        at += 4 + length
        if kind in _BEGINNINGS:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, content


def old_globals(stream: bytes) -> Globals:
    """The first part of an .xls stream."""
    sheets: list[int] = []
    encrypted = from_1904 = links = False
    for kind, content in old_records(stream, 0):
        if kind == _SHEET:
            sheets.append(struct.unpack_from("<I", content)[0])
        elif kind == _FILE_PASS:
            encrypted = True
        elif kind == _DATE_MODE:
            from_1904 = content[:1] == b"\x01"
        elif kind == _BOOK_LINK:
            links = links or struct.unpack_from("<H", content, 2)[0] not in _OWN_LINKS
    return Globals(sheets=tuple(sheets), encrypted=encrypted, from_1904=from_1904, links=links)


def old_sheet(stream: bytes, at: int) -> SheetRecords:
    """One sheet of an .xls stream."""
    found = SheetRecords()
    for kind, content in old_records(stream, at):
        if kind in _FILLED:
            _old_cell(kind, content, found)
        elif kind == _ROW:
            row, flags = struct.unpack_from("<H", content)[0], struct.unpack_from("<H", content, 12)[0]
            if flags & _ROW_HIDDEN:
                found.hidden_rows.add(row + 1)
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", content)
            if flags & 1:
                found.hidden_columns.update(range(first + 1, min(last, _LAST_COLUMN) + 2))
    return found


def _old_cell(kind: int, content: bytes, found: SheetRecords) -> None:
    row, column = struct.unpack_from("<HH", content)
    found.filled(row, column)
    if kind in _MANY:
        found.filled(row, struct.unpack_from("<H", content, len(content) - 2)[0])
    elif kind == _ERROR and content[7]:
        found.error(row, column, content[6])
    elif kind == _FORMULA:
        mark = struct.unpack_from("<H", content, 12)[0]
        if mark == _NO_NUMBER and content[6] == _IS_ERROR:
            found.error(row, column, content[8])


_B_ROW, _B_ERROR, _B_FORMULA_ERROR, _B_COLUMNS, _B_MERGE = 0, 3, 11, 60, 176
_B_FILLED = frozenset(range(2, 12)) | {62}
_B_PROPERTIES, _B_SHEET, _B_LINKS = 153, 156, 361
_B_ROW_HIDDEN = 0x10
_MORE = 0x80
_LONGEST_HEAD = 4
_B_LAST_COLUMN = 16_383


def new_records(part: bytes) -> Iterator[Record]:
    """The records of a part of an .xlsb package."""
    at = 0
    while at < len(part):
        kind = part[at]
        at += 1
        if kind & _MORE and at < len(part):
            kind = (kind & ~_MORE) | (part[at] & ~_MORE) << 7
            at += 1
        length = 0
        for place in range(_LONGEST_HEAD):
            if at >= len(part):
                return
            byte = part[at]
            at += 1
            length |= (byte & ~_MORE) << (7 * place)
            if not byte & _MORE:
                break
        yield kind, part[at : at + length].ljust(_LONGEST_READ, b"\0")
        at += length


@frozen(kw_only=True)
class BundledSheet:
    """A sheet as the workbook's part names it."""

    name: str
    relation: str
    hidden: bool


def bundled(part: bytes) -> tuple[tuple[BundledSheet, ...], bool]:
    """The sheets of an .xlsb workbook, and whether its dates count from 1904."""
    sheets: list[BundledSheet] = []
    from_1904 = False
    for kind, content in new_records(part):
        if kind == _B_PROPERTIES and content:
            from_1904 = bool(content[0] & 1)
        elif kind == _B_SHEET:
            state = struct.unpack_from("<I", content)[0]
            relation, at = _text(content, 8)
            name, _ = _text(content, at)
            sheets.append(BundledSheet(name=name, relation=relation, hidden=state in {1, 2}))
    return tuple(sheets), from_1904


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    if at + 4 > len(content):
        return "", len(content)
    length = struct.unpack_from("<I", content, at)[0]
    end = at + 4 + 2 * length if length <= len(content) else at + 4
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def new_sheet(part: bytes) -> SheetRecords:
    """One sheet of an .xlsb package."""
    found = SheetRecords()
    row = 0
    for kind, content in new_records(part):
        if kind == _B_ROW:
            row = struct.unpack_from("<I", content)[0]
            if content[11] & _B_ROW_HIDDEN:
                found.hidden_rows.add(row + 1)
        elif kind in _B_FILLED:
            column = struct.unpack_from("<I", content)[0]
            found.filled(row, column)
            if kind in {_B_ERROR, _B_FORMULA_ERROR}:
                found.error(row, column, content[8])
        elif kind == _B_COLUMNS:
            first, last = struct.unpack_from("<II", content)
            if content[16] & 1:
                found.hidden_columns.update(range(first + 1, min(last, _B_LAST_COLUMN) + 2))
        elif kind == _B_MERGE:
            top, low, left, far = struct.unpack_from("<4I", content)
            found.merged.append((top + 1, left + 1, low + 1, far + 1))
    return found
