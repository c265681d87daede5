"""Reads tables/: typed, dated, cited rows; every defect is told with file, row and column.

A folder of tables/ has one ``tables.toml`` that describes its CSV files. Nothing is read before it is asked for.
"""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import Factory, field, frozen

from grantcalc.sources import Citation, SourceDocument
from grantcalc.tablecells import EXPECTED, PARSERS, Cell, ColumnType
from grantcalc.text import Bilingual, Message, Text

BAD_FILE = Message("{file}: {reason}")
BAD_CELL = Message("{file}, row {row}, column {column}: found “{found}”, expected {expected}")
MISSING_COLUMN = Message("the header lacks the column “{column}”")
UNKNOWN_COLUMN = Message("the header has an unknown column “{column}”")
DUPLICATE_KEY = Message("{file}, row {row}: the key {key} stands in row {first} already")
NO_TABLE = Message("there is no table “{name}”; known: {known}")
MISSING_KEY = Message("the key “{key}” is missing")
NO_FILE = Message("the file does not exist")
NOT_UTF8 = Message("it is not UTF-8 text")
NOT_UTF8_CSV = Message("it is not UTF-8 text; save it as “CSV UTF-8”")
NO_ROW = Message("{table}: there is no row with {wanted}")
SHORT_ROW = Message("{file}, row {row}: {found} cells, expected {expected}")

_ENCODING = "utf-8-sig"
"""UTF-8, with the mark that Excel puts before it or without."""


class TableError(Exception):
    """A table or rule file is malformed, or something asked of it is not there."""

    def __init__(self, text: Text) -> None:
        """Keep the message for rendering in the user's language."""
        super().__init__(text.template, dict(text.values))
        self.text = text


@frozen(kw_only=True)
class Column:
    """One column: name, type, unit, title, and the total that the document prints, if any."""

    name: str
    type: ColumnType
    title: Bilingual
    unit: str | None = None
    required: bool = True
    total: int | None = None


@frozen(kw_only=True)
class TableInfo:
    """What tables.toml says of one table."""

    id: str
    file: str
    title: Bilingual
    citation: Citation
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    confidence: str = "document"
    note: Bilingual | None = None


@frozen(kw_only=True)
class Row:
    """One row: its cells by column name, and where it stands in the CSV."""

    number: int
    cells: Mapping[str, Cell]

    def __getitem__(self, column: str) -> Any:
        """The cell of a column, in the column's type."""
        return self.cells[column]


@frozen(kw_only=True)
class Table:
    """A published table as data (附表)."""

    info: TableInfo
    rows: tuple[Row, ...]
    _known: dict[tuple[tuple[str, Cell], ...], tuple[Row, ...]] = field(init=False, repr=False, eq=False, factory=dict)

    def where(self, **wanted: Cell) -> tuple[Row, ...]:
        """The rows whose cells equal ``wanted``, looked for once: for what is asked again and again."""
        key = tuple(wanted.items())
        if key not in self._known:
            self._known[key] = tuple(row for row in self.rows if _is_like(row, wanted))
        return self._known[key]

    def find(self, **wanted: Cell) -> Row | None:
        """The first row whose cells equal ``wanted``."""
        return next((row for row in self.rows if _is_like(row, wanted)), None)

    def row(self, **wanted: Cell) -> Row:
        """The row whose cells equal ``wanted``; :class:`TableError` where there is none."""
        found = self.find(**wanted)
        if found is None:
            shown = ", ".join(f"{name}={value}" for name, value in wanted.items())
            raise TableError(NO_ROW(table=self.info.id, wanted=shown))
        return found


def _is_like(row: Row, wanted: Mapping[str, Cell]) -> bool:
    return all(row[name] == value for name, value in wanted.items())


def _bilingual(raw: object) -> Bilingual:
    if not isinstance(raw, dict):
        raise KeyError("title")
    return Bilingual(str(raw["zh"]), str(raw["en"]))


def _optional_bilingual(raw: object) -> Bilingual | None:
    return None if raw is None else _bilingual(raw)


def read_toml(path: Path, shown: str) -> dict[str, Any]:
    """A TOML file with exact decimals; :class:`TableError` naming the file where it is none."""
    try:
        return tomllib.loads(path.read_text(encoding=_ENCODING), parse_float=Decimal)
    except FileNotFoundError:
        raise TableError(BAD_FILE(file=shown, reason=Text(NO_FILE.template))) from None
    except UnicodeDecodeError:
        raise TableError(BAD_FILE(file=shown, reason=Text(NOT_UTF8.template))) from None
    except tomllib.TOMLDecodeError as error:
        raise TableError(BAD_FILE(file=shown, reason=str(error))) from None


def default_directory() -> Path:
    """tables/ beside the package in a checkout, inside it when installed."""
    inside = Path(__file__).parent / "tables"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "tables"


@frozen
class Tables:
    """All tables of one tables/ directory, each read at its first use."""

    directory: Path = field(factory=default_directory, converter=Path)
    _infos: dict[str, dict[str, TableInfo]] = field(init=False, repr=False, eq=False, default=Factory(dict))
    _tables: dict[str, Table] = field(init=False, repr=False, eq=False, default=Factory(dict))

    def folders(self) -> list[str]:
        """The folders that hold tables, ``common`` first."""
        names = sorted(path.parent.name for path in self.directory.glob("*/tables.toml"))
        return sorted(names, key=lambda name: name != "common")

    def infos(self) -> Iterator[TableInfo]:
        """What is known of every table, without reading their rows."""
        for folder in self.folders():
            yield from self._folder(folder).values()

    def __getitem__(self, table_id: str) -> Table:
        """A table by its id, e.g. ``dapc-113/allocation``."""
        if table_id not in self._tables:
            self._tables[table_id] = self._read(self._info(table_id))
        return self._tables[table_id]

    def having(self, table: Table) -> Tables:
        """The same tables with this one in the place of that of its name: what if a document said otherwise."""
        changed = Tables(self.directory)
        changed._infos.update(self._infos)
        changed._tables.update({**self._tables, table.info.id: table})
        return changed

    @cached_property
    def sources(self) -> Mapping[str, SourceDocument]:
        """Every official document by its short name."""
        shown = "sources.toml"
        documents = {}
        for raw in read_toml(self.directory / shown, shown).get("source", []):
            try:
                known = {**raw, "title": _bilingual(raw["title"]), "publisher": _bilingual(raw["publisher"])}
                documents[str(raw["id"])] = SourceDocument(**known)
            except KeyError as error:
                place = f"{shown} [{raw.get('id', '?')}]"
                raise TableError(BAD_FILE(file=place, reason=MISSING_KEY(key=str(error.args[0])))) from None
            except TypeError as error:
                raise TableError(BAD_FILE(file=shown, reason=str(error))) from None
        return documents

    def _info(self, table_id: str) -> TableInfo:
        folder = table_id.partition("/")[0]
        known = self._folder(folder) if folder in self.folders() else {}
        if table_id not in known:
            names = ", ".join(info.id for info in self.infos())
            raise TableError(NO_TABLE(name=table_id, known=names))
        return known[table_id]

    def _folder(self, folder: str) -> dict[str, TableInfo]:
        if folder not in self._infos:
            shown = f"{folder}/tables.toml"
            described = read_toml(self.directory / shown, shown)
            infos = (_table_info(folder, shown, raw) for raw in described.get("table", []))
            self._infos[folder] = {info.id: info for info in infos}
        return self._infos[folder]

    def _read(self, info: TableInfo) -> Table:
        try:
            text = (self.directory / info.file).read_text(encoding=_ENCODING)
        except FileNotFoundError:
            raise TableError(BAD_FILE(file=info.file, reason=Text(NO_FILE.template))) from None
        except UnicodeDecodeError:
            raise TableError(BAD_FILE(file=info.file, reason=Text(NOT_UTF8_CSV.template))) from None
        lines = csv.reader(text.splitlines())
        _check_header(info, next(lines, []))
        rows = tuple(_row(info, number, cells) for number, cells in enumerate(lines, start=2) if cells)
        _check_keys(info, rows)
        return Table(info=info, rows=rows)


def _table_info(folder: str, shown: str, raw: dict[str, Any]) -> TableInfo:
    try:
        effective = raw.get("effective", {})
        return TableInfo(
            id=f"{folder}/{raw['name']}",
            file=f"{folder}/{raw['name']}.csv",
            title=_bilingual(raw["title"]),
            citation=Citation(source=raw["source"], section=raw.get("section", ""), page=raw.get("page")),
            columns=tuple(_column(column) for column in raw["column"]),
            key=tuple(raw.get("key", ())),
            effective_from=effective.get("from"),
            effective_to=effective.get("to"),
            confidence=raw.get("confidence", "document"),
            note=_optional_bilingual(raw.get("note")),
        )
    except KeyError as error:
        reason = MISSING_KEY(key=str(error.args[0]))
        raise TableError(BAD_FILE(file=f"{shown} [{raw.get('name', '?')}]", reason=reason)) from None
    except ValueError as error:
        raise TableError(BAD_FILE(file=f"{shown} [{raw.get('name', '?')}]", reason=str(error))) from None


def _column(raw: dict[str, Any]) -> Column:
    return Column(
        name=raw["name"],
        type=ColumnType(raw["type"]),
        title=_bilingual(raw["title"]),
        unit=raw.get("unit"),
        required=raw.get("required", True),
        total=raw.get("total"),
    )


def _check_header(info: TableInfo, header: list[str]) -> None:
    names = [column.name for column in info.columns]
    for name in names:
        if name not in header:
            raise TableError(BAD_FILE(file=info.file, reason=MISSING_COLUMN(column=name)))
    for name in header:
        if name not in names:
            raise TableError(BAD_FILE(file=info.file, reason=UNKNOWN_COLUMN(column=name)))
    if header != names:
        wrong = next(found for found, name in zip(header, names, strict=True) if found != name)
        raise TableError(BAD_FILE(file=info.file, reason=UNKNOWN_COLUMN(column=wrong)))


def _row(info: TableInfo, number: int, cells: list[str]) -> Row:
    if len(cells) != len(info.columns):
        found, expected = len(cells), len(info.columns)
        raise TableError(SHORT_ROW(file=info.file, row=number, found=found, expected=expected))
    pairs = zip(info.columns, cells, strict=True)
    return Row(number=number, cells={column.name: _cell(info, number, column, text) for column, text in pairs})


def _cell(info: TableInfo, number: int, column: Column, text: str) -> Cell:
    if text == "" and not column.required:
        return None
    try:
        if text == "":
            raise ValueError(text)
        return PARSERS[column.type](text)
    except (ValueError, KeyError, InvalidOperation):
        expected = EXPECTED[column.type]()
        place = BAD_CELL(file=info.file, row=number, column=column.name, found=text, expected=expected)
        raise TableError(place) from None


def _check_keys(info: TableInfo, rows: tuple[Row, ...]) -> None:
    seen: dict[tuple[Cell, ...], int] = {}
    for row in rows if info.key else ():
        key = tuple(row[name] for name in info.key)
        if key in seen:
            shown = ", ".join(str(part) for part in key)
            raise TableError(DUPLICATE_KEY(file=info.file, row=row.number, key=shown, first=seen[key]))
        seen[key] = row.number
