"""Tables as text (.csv): encodings, delimiters, and values as a spreadsheet program takes them when it opens one."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from decimal import Decimal
from pathlib import PurePath

from grantcalc import roc
from grantcalc.draft.choices import Form
from grantcalc.reading.book import Book
from grantcalc.reading.formulas import Scan
from grantcalc.reading.limits import Limits
from grantcalc.reading.openers import Opening, Seen
from grantcalc.reading.problems import refuse
from grantcalc.reading.records import ERRORS
from grantcalc.text import Message, Text

BIG5 = Message("The text is not UTF-8; it was read as Big5.")
NUL = Message("The text has a NUL byte (byte {byte}); expected a table as text (.csv).")
UNKNOWN_ENCODING = Message("The text is neither UTF-8 (byte {first}) nor Big5 (byte {second}).")
BAD_ENCODING = Message("The text begins like {encoding}, but is none (byte {byte}).")
SAVE_CSV = Message("Save it once more as “CSV UTF-8”, or as .xlsx.")
BAD_QUOTES = Message("Row {row}: a quotation mark is not closed, or a cell is longer than {limit} characters.")
CLOSE_QUOTES = Message("Correct the quotation marks there, or save the table as .xlsx.")

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = (",", "\t", ";")
_TRIED_ROWS = 100
_TRIED_LENGTH = 200_000
_SEPARATOR = re.compile(r"sep=([^\w\s\"]|\t)\r?\n")
_NUMBER = re.compile(r"-?(?:NT\$|\$)?(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_PERCENT = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?%", re.ASCII)
_DATE = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})", re.ASCII)
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_ERRORS = frozenset(ERRORS.values())
_DIGITS = 15


def decoded(data: bytes, file: str) -> tuple[str, tuple[Text, ...]]:
    """The text in these bytes, and a note where its encoding is not the usual one."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return _without_nul(data.decode(encoding), file), ()
            except UnicodeDecodeError as error:
                raise refuse(file, BAD_ENCODING(encoding=encoding.upper(), byte=error.start + 1), SAVE_CSV()) from None
    try:
        return _without_nul(data.decode("utf-8"), file), ()
    except UnicodeDecodeError as error:
        first = error.start + 1
    places = []
    for encoding in ("cp950", "big5hkscs"):
        try:
            return _without_nul(data.decode(encoding), file), (BIG5(),)
        except UnicodeDecodeError as error:
            places.append(error.start + 1)
    raise refuse(file, UNKNOWN_ENCODING(first=first, second=max(places)), SAVE_CSV())


def _without_nul(text: str, file: str) -> str:
    at = text.find("\0")
    if at >= 0:
        raise refuse(file, NUL(byte=at + 1), SAVE_CSV())
    return text


def delimiter(text: str) -> str | None:
    """What stands between the cells; ``None`` where the text is no table."""
    head = text[:_TRIED_LENGTH]
    best, found = 0, None
    for sign in _DELIMITERS:
        widths: Counter[int] = Counter()
        reader = csv.reader(_lines(head), delimiter=sign)
        try:
            for row, _ in zip(reader, range(_TRIED_ROWS), strict=False):
                widths[len(row)] += 1
        except csv.Error:
            continue
        score = max(((width - 1) * times for width, times in widths.items()), default=0)
        if score > best and sum(times for width, times in widths.items() if width > 1) > 1:
            best, found = score, sign
    return found


def open_csv(data: bytes, file: str, limits: Limits) -> Book:
    """The table as a sheet that goes by the file's name."""
    text, notes = decoded(data, file)
    stated = _SEPARATOR.match(text)
    if stated is not None:
        text = text[stated.end() :]
    sign = stated[1] if stated is not None else delimiter(text) or ","
    opening = Opening(file, limits)
    name = PurePath(file).stem
    cells: dict[tuple[int, int], object] = {}
    errors: dict[tuple[int, int], str] = {}
    for number, row in _rows(text, sign, file):
        opening.check_extent(name, 1, len(row))
        for column, written in enumerate(row, start=1):
            value = value_of(written)
            if value in _ERRORS:
                errors[number, column] = written
            elif value != "":
                cells[number, column] = value
    grid = opening.grid_of_cells(name, cells, Seen(scan=Scan(uncalculated=frozenset(), errors=errors)))
    return Book(form=Form.TEXT_TABLE, grids={name: grid}, names=(name,), notes=notes)


def _rows(text: str, sign: str, file: str) -> list[tuple[int, list[str]]]:
    """Every row with its number; strictly, for a quotation mark left open takes the rows below it into its cell."""
    made: list[tuple[int, list[str]]] = []
    try:
        for number, row in enumerate(csv.reader(_lines(text), delimiter=sign, strict=True), start=1):
            made.append((number, row))
    except csv.Error:
        raise refuse(file, BAD_QUOTES(row=len(made) + 1, limit=csv.field_size_limit()), CLOSE_QUOTES()) from None
    return made


def _lines(text: str) -> list[str]:
    """Lines as files have them: other breaks, of pages say, belong to a cell."""
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)


def value_of(written: str) -> object:
    """A cell as a spreadsheet program takes it: numbers, percentages, dates of four-digit years; all else is text.

    Numbers that begin with a zero, and those longer than a workbook holds, are codes.
    """
    text = written.strip(" \t")
    if _NUMBER.fullmatch(text):
        digits = text.replace(",", "").replace("NT$", "").replace("$", "")
        return float(digits) if len(digits.lstrip("-").replace(".", "")) <= _DIGITS else written
    if _PERCENT.fullmatch(text):
        return float(Decimal(text.removesuffix("%")) / 100)
    day = _DATE.fullmatch(text)
    if day is not None:
        return _day(*map(int, day.groups())) or written
    wrapped = _FORMULA_TEXT.fullmatch(text)
    return wrapped[1] if wrapped is not None else written


def _day(year: int, month: int, day: int) -> dt.date | None:
    if not roc.FIRST_YEAR <= year <= roc.LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
