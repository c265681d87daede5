"""Map files (``--map FILE.toml``): read strictly, for a misspelt key would change how a sheet is read, unsaid."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

from grantcalc.draft.choices import ApplicantKind, Role
from grantcalc.finding import Place
from grantcalc.reading.county.mapcheck import at_line, refuse_unknown
from grantcalc.reading.county.maplines import Lines
from grantcalc.reading.county.mapping import SheetMap, TableMap
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.names import folded, likely
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.problems import FOUND, NO_SUCH_KEY, REMOVE_KEY, REMOVE_OR_NEAREST, Unreadable, refuse, shown
from grantcalc.rules.library import Library
from grantcalc.text import Message, Text, joined

NOT_TOML = Message("The map is no TOML file: {reason}.")
MEND_TOML = Message("Correct it, or let `grantcalc map` write a new one.")
NO_MAP_FILE = Message("The map cannot be opened: {reason}.")
CHECK_PATH = Message("Check its name and its folder.")

CHANGE_VALUE = Message("Change it in the map.")
CHANGE_TO = Message("Change it in the map: {nearest}?")
MAP_TOO_LARGE = Message("The map has {found} bytes; expected at most {limit}.")
NEWER = Message("The map is of format {found}; expected {known}.")

A_TEXT = Message("a text in quotes")
A_TABLE = Message("a section with keys of its own")
A_LIST = Message("a list of texts")
A_ROW = Message("the number of a row, from 1")
ROWS = Message("a list of row numbers")
BELOW_HEADER = Message("a row below its headers in row {header}")
A_FACTOR = Message("1, 1000 or 10000")
A_DATE = Message("a date such as 2024-01-01, without quotes")
A_COLUMN = Message("the letters of a column such as C")
ONE_OF = Message("one of: {choices}")
A_KIND = Message("a kind of column, with “:2” behind it for the second of its kind; the kinds: {choices}")
AN_ITEM = Message("an item's code, “post:” with a role, or “ignore”")
A_ROLE = Message("“post:” with a role: {choices}")
PERIOD_ENDS = Message("an end that is not before the start")

FORMAT = 1
LARGEST = 1024 * 1024
IGNORE = "ignore"
POST = "post:"
_FACTORS = (1, 1000, 10000)
_LETTERS = re.compile(r"[A-Z]{1,3}")
_KIND = re.compile(r"([a-z-]+)(?::([1-9]\d?))?")
_TOP = (
    "format",
    "files",
    "programme",
    "county",
    "applicant",
    "applicant-kind",
    "title",
    "period",
    "sheets",
    "table",
    "items",
)
_TABLE = ("sheet", "header", "last", "factor", "columns", "ignored-rows")
_PERIOD = ("start", "end")

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


def load_map(path: Path, library: Library | None = None, programme: str | None = None) -> SheetMap:
    """Read one map; :class:`Unreadable` names the file, line and key, what was found and what is expected.

    With a ``library`` everything that the map names must exist in it: its items in ``programme``, where an option gives
    one, else in the programme that the map names.
    """
    file = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise refuse(file, NO_MAP_FILE(reason=error.strerror or str(error)), CHECK_PATH()) from None
    if len(data) > LARGEST:
        raise refuse(file, MAP_TOO_LARGE(found=len(data), limit=LARGEST), MEND_TOML())
    found = parse_map(data, file)
    if library is not None:
        refuse_unknown(found, library, programme, Lines.of(data.decode("utf-8-sig")))
    return found


def parse_map(data: bytes, file: str) -> SheetMap:
    """The map that stands in these bytes; whether what it names exists is another question."""
    try:
        text = data.decode("utf-8-sig")
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refuse(file, NOT_TOML(reason=shown(str(error))), MEND_TOML()) from None
    return _Keys(raw, file, "", Lines.of(text)).map()


def maps_for(path: Path, options: ReadOptions) -> tuple[SheetMap, ...]:
    """The maps that are for a file: those without patterns of names, and those with one that fits."""
    name = folded(path.name)
    return tuple(
        one for one in options.maps if not one.files or any(fnmatchcase(name, folded(pattern)) for pattern in one.files)
    )


def maps_of_none(paths: Iterable[Path], options: ReadOptions) -> tuple[SheetMap, ...]:
    """The maps whose patterns of names fit none of these files."""
    used = {id(one) for path in paths for one in maps_for(path, options)}
    return tuple(one for one in options.maps if id(one) not in used)


def items_of(maps: Sequence[SheetMap]) -> dict[str, str]:
    """What the maps say of names of items; the first map that names one decides."""
    return {name: code for one in reversed(maps) for name, code in one.items.items()}


class _Keys:
    """The keys of one section of a map."""

    def __init__(self, raw: Mapping[str, Any], file: str, where: str, lines: Lines) -> None:
        self.raw, self.file, self.where, self.lines = raw, file, where, lines

    def map(self) -> SheetMap:
        """A whole map."""
        self._known(_TOP)
        version = self.raw.get("format", FORMAT)
        if version != FORMAT:
            raise refuse(self.file, NEWER(found=shown(version), known=FORMAT), MEND_TOML())
        start, end = self._period()
        return SheetMap(
            source=self.file,
            files=self._texts("files"),
            programme=self._text("programme"),
            county=self._text("county"),
            applicant=self._text("applicant"),
            applicant_kind=self._member("applicant-kind", ApplicantKind),
            title=self._text("title"),
            start=start,
            end=end,
            sheets=self._texts("sheets"),
            tables=tuple(section.table() for section in self._sections("table")),
            items=self._items(),
        )

    def table(self) -> TableMap:
        """One ``[[table]]``."""
        self._known(_TABLE)
        return TableMap(
            sheet=self._text("sheet") or "",
            header=self._whole("header", A_ROW()),
            last=self._last(),
            factor=self._factor(),
            columns=self._columns(),
            ignored_rows=self._rows(),
        )

    def _known(self, known: Collection[str]) -> None:
        for key in self.raw:
            if key not in known:
                near = likely(key, known)
                remedy = REMOVE_OR_NEAREST(nearest=joined(near)) if near else REMOVE_KEY(known=joined(known))
                message = at_line(self.lines.line(self.where, key), NO_SUCH_KEY(key=shown(key)))
                raise refuse(self.file, message, remedy, self._place(key))

    def _place(self, key: str) -> Place:
        return Place(path=f"{self.where}.{key}" if self.where else key)

    def _bad(self, key: str, found: object, expected: Text, remedy: Text | None = None) -> Unreadable:
        message = at_line(self.lines.line(self.where, key), FOUND(found=shown(found), expected=expected))
        return refuse(self.file, message, remedy or CHANGE_VALUE(), self._place(key))

    def _unknown(self, key: str, found: str, expected: Text, known: Collection[str]) -> Unreadable:
        """A word of a closed list that is none of it."""
        near = likely(found, known)
        return self._bad(key, found, expected, CHANGE_TO(nearest=joined(near)) if near else None)

    def _get(self, key: str, wanted: type[T], expected: Text) -> T | None:
        value = self.raw.get(key)
        if value is None:
            return None
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            raise self._bad(key, value, expected)
        return value

    def _text(self, key: str) -> str | None:
        value = self._get(key, str, A_TEXT())
        return value.strip() or None if value is not None else None

    def _texts(self, key: str) -> tuple[str, ...]:
        values: list[object] = self._get(key, list, A_LIST()) or []
        for value in values:
            if not isinstance(value, str):
                raise self._bad(key, value, A_LIST())
        return tuple(str(value) for value in values)

    def _whole(self, key: str, expected: Text) -> int | None:
        value = self._get(key, int, expected)
        if value is not None and value < 1:
            raise self._bad(key, value, expected)
        return value

    def _last(self) -> int | None:
        header, last = self._whole("header", A_ROW()), self._whole("last", A_ROW())
        if header is not None and last is not None and last <= header:
            raise self._bad("last", last, BELOW_HEADER(header=str(header)))
        return last

    def _factor(self) -> int | None:
        value = self._whole("factor", A_FACTOR())
        if value is not None and value not in _FACTORS:
            raise self._bad("factor", value, A_FACTOR())
        return value

    def _rows(self) -> frozenset[int]:
        values: list[object] = self._get("ignored-rows", list, ROWS()) or []
        for value in values:
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise self._bad("ignored-rows", value, ROWS())
        return frozenset(int(str(value)) for value in values)

    def _member(self, key: str, choices: type[E]) -> E | None:
        value = self._text(key)
        found = {str(member.value): member for member in choices}.get(value or "")
        if value is not None and found is None:
            names = [str(member.value) for member in choices]
            raise self._unknown(key, value, ONE_OF(choices=joined(names)), names)
        return found

    def _sections(self, key: str) -> list[_Keys]:
        values: list[object] = self._get(key, list, A_TABLE()) or []
        for value in values:
            if not isinstance(value, dict):
                raise self._bad(key, value, A_TABLE())
        return [_Keys(value, self.file, f"{key}[{index}]", self.lines) for index, value in enumerate(values)]  # type: ignore[arg-type]

    def _section(self, key: str) -> _Keys:
        value: dict[str, Any] = self._get(key, dict, A_TABLE()) or {}
        return _Keys(value, self.file, f"{self.where}.{key}" if self.where else key, self.lines)

    def _period(self) -> tuple[dt.date | None, dt.date | None]:
        section = self._section("period")
        section._known(_PERIOD)
        start, end = (section._day(key) for key in _PERIOD)
        if start is not None and end is not None and end < start:
            raise section._bad("end", end, PERIOD_ENDS())
        return start, end

    def _day(self, key: str) -> dt.date | None:
        value = self._get(key, dt.date, A_DATE())
        return value.date() if isinstance(value, dt.datetime) else value

    def _columns(self) -> dict[str, tuple[ColumnKind, int]]:
        section = self._section("columns")
        found: dict[str, tuple[ColumnKind, int]] = {}
        kinds = {kind.value: kind for kind in ColumnKind}
        for letters in section.raw:
            if not _LETTERS.fullmatch(letters.upper()):
                raise section._bad(letters, letters, A_COLUMN())
            written = section._text(letters) or ""
            match = _KIND.fullmatch(written)
            if match is None or match[1] not in kinds:
                raise section._unknown(letters, written.partition(":")[0], A_KIND(choices=joined(kinds)), kinds)
            found[letters.upper()] = (kinds[match[1]], int(match[2] or 1) - 1)
        return found

    def _items(self) -> dict[str, str]:
        section = self._section("items")
        roles = [role.value for role in Role]
        found: dict[str, str] = {}
        for name in section.raw:
            code = section._text(name) or ""
            if not code:
                raise section._bad(name, code, AN_ITEM())
            if code.startswith(POST) and code.removeprefix(POST) not in roles:
                known = [f"{POST}{role}" for role in roles]
                raise section._unknown(name, code, A_ROLE(choices=joined(known)), known)
            found[name] = code
        return found
