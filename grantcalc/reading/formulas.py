"""What the parsing library drops without a word: formulas without a stored value, error values, far-off cells.

Works on the bytes of a sheet with a few regular expressions, so that ten thousand rows cost milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?worksheet[\s>]")
_FAR = re.compile(rb"r\s*=\s*[\"']\$?([A-Za-z]{2,})\d")
_DEEP = re.compile(rb"r\s*=\s*[\"']\$?[A-Za-z]+(\d{5,})")
_TYPE = re.compile(rb"\bt\s*=\s*[\"']([A-Za-z]+)[\"']")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_ROW_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d{1,7})[\"']")
_ERROR_TYPES = (b't="e"', b"t='e'")
_SAFE_ROWS = 9_999
_SAFE_COLUMNS = 26
_LETTERS = 26

_HIDDEN = re.compile(rb"<(?:[\w.-]+:)?(row|col)\s([^>]*?\bhidden\s*=\s*[\"'](?:1|true)[\"'][^>]*)>")
_SPAN = re.compile(rb"(?<![\w:])(min|max|r)\s*=\s*[\"'](\d{1,7})[\"']")
_LAST_COLUMN = 16_384

Cell = tuple[int, int]
"""Row and column, both from 1."""


@frozen(kw_only=True)
class Scan:
    """Cells of one sheet that have no value to read: ``uncalculated`` formulas, and ``errors`` like #REF!."""

    uncalculated: frozenset[Cell]
    errors: Mapping[Cell, str]


def letters(column: int) -> str:
    """The letters of a column, from 1: A, B, … AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: str) -> int:
    """The number of a column's letters, from 1."""
    number = 0
    for letter in name.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def extent(xml: bytes) -> tuple[int, int]:
    """An upper bound of the sheet's rows and columns: as small as it need be known."""
    columns = max((column_number(name.decode()) for name in set(_FAR.findall(xml))), default=_SAFE_COLUMNS)
    rows = max((int(number) for number in set(_DEEP.findall(xml))), default=_SAFE_ROWS)
    return rows, columns


def scan(xml: bytes) -> Scan | None:
    """Look for cells without a value; ``None`` where this is no worksheet."""
    root = _ROOT.search(xml)
    if root is None:
        return None
    prefix = root.group(1) + b":" if root.group(1) else b""
    return Scan(
        uncalculated=frozenset(_uncalculated(xml, prefix)),
        errors=dict(_errors(xml, prefix)),
    )


def _uncalculated(xml: bytes, prefix: bytes) -> list[Cell]:
    p = re.escape(prefix)
    formula = re.compile(
        rb"<" + p + rb"f(?=[\s>/])[^>]*(?:(?<=/)>|>[^<]*</" + p + rb"f\s*>)(?!\s*<" + p + rb"v(?:\s[^>]*)?>[^<])"
    )
    empty_text = re.compile(rb"\s*<" + p + rb"v[\s>/]")
    found = []
    for match in formula.finditer(xml):
        start = xml.rfind(b"<" + prefix + b"c", 0, match.start())
        tag = xml[start : xml.find(b">", start) + 1]
        kind = _TYPE.search(tag)
        if kind is not None and kind.group(1) == b"str" and empty_text.match(xml, match.end()):
            continue  # calculated: an empty text
        found.append(_cell(xml, prefix, start, tag))
    return found


def _errors(xml: bytes, prefix: bytes) -> list[tuple[Cell, str]]:
    value = re.compile(rb"<" + re.escape(prefix) + rb"v[^>]*>([^<]*)<")
    found = []
    for at in (at for kind in _ERROR_TYPES for at in _places(xml, kind)):
        start = xml.rfind(b"<", 0, at)
        if not xml.startswith((b"<" + prefix + b"c ", b"<" + prefix + b"c\n", b"<" + prefix + b"c\t"), start):
            continue
        end = xml.find(b">", start) + 1
        written = value.search(xml, end, end + 20_000)
        shown = written.group(1).decode("utf-8", "replace") if written else "#ERROR"
        found.append((_cell(xml, prefix, start, xml[start:end]), shown))
    return found


def _places(xml: bytes, wanted: bytes) -> Iterator[int]:
    """Where these bytes stand: faster than a regular expression."""
    at = xml.find(wanted)
    while at >= 0:
        yield at
        at = xml.find(wanted, at + 1)


def _cell(xml: bytes, prefix: bytes, start: int, tag: bytes) -> Cell:
    """Where a cell stands; counted where the file leaves its reference out."""
    reference = _REFERENCE.search(tag)
    if reference is not None:
        return int(reference.group(2)), column_number(reference.group(1).decode())
    opening = b"<" + prefix + b"row"
    row_start = xml.rfind(opening, 0, start)
    row_tag = xml[row_start : xml.find(b">", row_start) + 1]
    number = _ROW_NUMBER.search(row_tag)
    row = int(number.group(1)) if number else xml.count(opening, 0, start)
    return row, len(re.findall(rb"<" + re.escape(prefix) + rb"c[\s>/]", xml[row_start : start + len(prefix) + 3])) or 1


def content_extent(xml: bytes) -> tuple[int, int]:
    """The last row and column that hold a value or a formula; slower than :func:`extent`, and exact."""
    filled = re.compile(
        rb"<(?:[\w.-]+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>\s*<(?:[\w.-]+:)?(?:f|v|is)\b"
    )
    rows = columns = 0
    for name, number in filled.findall(xml):
        rows = max(rows, int(number))
        columns = max(columns, column_number(name.decode()))
    return rows, columns


def hidden(xml: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the rows and of the columns that nobody sees."""
    rows: set[int] = set()
    columns: set[int] = set()
    for kind, attributes in _HIDDEN.findall(xml) if b"hidden" in xml else ():
        found = {name: int(number) for name, number in _SPAN.findall(attributes)}
        if kind == b"row" and b"r" in found:
            rows.add(found[b"r"])
        elif kind == b"col" and b"min" in found:
            columns.update(range(found[b"min"], min(found.get(b"max", found[b"min"]), _LAST_COLUMN) + 1))
    return frozenset(rows), frozenset(columns)
