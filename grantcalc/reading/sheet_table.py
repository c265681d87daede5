"""Tables of a sheet: finds the header row by its words, and says what stands in which column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from attrs import field, frozen

from grantcalc.draft.fields import COMPUTED_HEADERS, QUANTITY_HEADERS, FieldSpec
from grantcalc.finding import Place
from grantcalc.reading.formulas import letters
from grantcalc.reading.grid import Grid
from grantcalc.reading.limits import Limits
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Bilingual, Message, joined

NO_HEADER = Message("The sheet has no header row in its first {rows} rows; expected a row with: {headers}.")
NO_COLUMN = Message("The header row {row} has no column “{header}”.")
OTHER_HEADER = Message("The header {cell} is “{found}”; expected “{header}”.")
RENAME_HEADER = Message("Rename the header to “{header}”.")
ADD_COLUMN = Message("Add the column with this header, or copy the rows into a fresh template.")
MERGED = Message("The header cells {cells} are merged; expected one header in each column.")
MERGED_OVER = Message("The header cells {cells} are merged, and no column says {headers}; expected one header in each.")
UNMERGE = Message("Take the merge apart and write one header in each column.")
TWO_COLUMNS = Message("The header “{header}” stands in {first} and in {second}; only {first} is read.")
RENAME_COLUMN = Message("Delete or rename one of the two columns.")

_NOISE = re.compile(r"[\s*:]+")
_PARTS = re.compile(r"[\n/|]")
_NUMBERED = re.compile(r"\d{1,2}$")
_PAIR = ("number", "unit")
_FEWEST_HEADERS = 2
_ALIKE = 50.0
"""Of 100: a header that may stand for another, like 品項 for 項目."""
COMPUTED = "="
"""Stands for a column that the template computes and nobody reads."""


def header_key(text: str) -> str:
    """A header as it is compared: without spaces, line breaks, colons, stars, and regard to case or full width."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).replace("’", "'")).casefold()


def known_headers(specs: Iterable[FieldSpec]) -> dict[str, str]:
    """The field (or :data:`COMPUTED`) of every header, in both languages."""
    known: dict[str, str] = {}
    for spec in specs:
        for text in (spec.header.zh, spec.header.en):
            known[header_key(text)] = spec.name
    for header in COMPUTED_HEADERS:
        for text in (header.zh, header.en):
            known.setdefault(header_key(text), COMPUTED)
    return known


def field_of(text: object, known: Mapping[str, str]) -> str | None:
    """The field that a header cell names; a cell may hold both languages."""
    if not isinstance(text, str):
        return None
    for part in (text, *_PARTS.split(text)):
        key = header_key(part)
        if key in known and known[key] not in _PAIR:
            return known[key]
        number = _NUMBERED.search(key)
        kind = known.get(key[: number.start()] if number else key, "")
        if kind in _PAIR:
            return f"quantities[{max(0, int(number.group()) - 1 if number else 0)}].{kind}"
    return None


def line_headers(specs: Iterable[FieldSpec]) -> dict[str, str]:
    """As :func:`known_headers`, with the numbered quantity pairs (a pair without a number is the first)."""
    known = known_headers(specs)
    for header, name in zip(QUANTITY_HEADERS, _PAIR, strict=True):
        for text in (header.zh, header.en):
            known[header_key(text.format(n=""))] = name
    return known


@frozen(kw_only=True)
class Table:
    """Where the table of a sheet stands: ``columns`` gives the column number (from 1) of each field."""

    header_row: int
    columns: Mapping[str, int]
    ignored: frozenset[int]
    """Computed columns."""
    letters: Mapping[str, str] = field(init=False)

    @letters.default
    def _letters(self) -> dict[str, str]:
        return {name: letters(column) for name, column in self.columns.items()}


def find_table(
    grid: Grid, known: Mapping[str, str], required: tuple[Bilingual, ...], path: str, sink: Sink, limits: Limits
) -> Table | None:
    """The table whose header row has the most known headers; every defect of the header is told.

    ``None`` where the header row or one of the ``required`` headers is not found.
    """
    place = Place(path=path, sheet=grid.name)
    best: list[tuple[int, str]] = []
    header_row = 0
    for number, row in grid.numbered():
        if number > limits.header_rows:
            break
        named = [
            (column, name)
            for column, cell in enumerate(row, start=grid.first_column)
            if cell != "" and (name := field_of(cell, known)) is not None
        ]
        if len(named) > len(best):
            best, header_row = named, number
    if len({name for _, name in best}) < _FEWEST_HEADERS:
        sink.problem(place, NO_HEADER(rows=limits.header_rows, headers=joined(required)), ADD_COLUMN())
        return None
    columns = _columns(grid, header_row, best, path, sink)
    lacking = [header for header in required if field_of(header.zh, known) not in columns]
    lacking = _tell_renamed(grid, header_row, {column for column, _ in best}, lacking, path, sink)
    _tell_merged(grid, header_row, best, lacking, path, sink)
    if any(field_of(header.zh, known) not in columns for header in required):
        return None
    ignored = frozenset(column for column, name in best if name == COMPUTED)
    return Table(header_row=header_row, columns=columns, ignored=ignored)


def _columns(grid: Grid, row: int, named: list[tuple[int, str]], path: str, sink: Sink) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, name in named:
        if name == COMPUTED:
            continue
        if name in columns:
            first, second = grid.cell(row, columns[name]), grid.cell(row, column)
            twice = TWO_COLUMNS(header=str(grid.value(row, column)), first=first, second=second)
            sink.problem(Place(path=path, sheet=grid.name, cell=second), twice, RENAME_COLUMN())
        else:
            columns[name] = column
    return columns


def _tell_renamed(
    grid: Grid, row: int, named: set[int], lacking: list[Bilingual], path: str, sink: Sink
) -> list[Bilingual]:
    """Tell each lacking header at the unknown header most like it; the others are left over."""
    wide = [(left, right) for top, left, bottom, right in grid.merged if top <= row <= bottom and left < right]
    named = named.union(*(range(left, right + 1) for left, right in wide))
    unknown = {
        column: header_key(cell)
        for column, cell in enumerate(grid.value_row(row), start=grid.first_column)
        if column not in named and isinstance(cell, str) and cell.strip()
    }
    left = []
    for header in lacking:
        column = _most_alike(header, unknown)
        if column is None:
            left.append(header)
            continue
        del unknown[column]
        cell = grid.cell(row, column)
        found = OTHER_HEADER(cell=cell, found=shown(grid.value(row, column)), header=header)
        sink.problem(Place(path=path, sheet=grid.name, cell=cell), found, RENAME_HEADER(header=header))
    return left


def _most_alike(header: Bilingual, unknown: Mapping[int, str]) -> int | None:
    from rapidfuzz import fuzz, process

    found = [
        match
        for text in (header.zh, header.en)
        if (match := process.extractOne(header_key(text), unknown, scorer=fuzz.ratio, score_cutoff=_ALIKE))
    ]
    return int(max(found, key=lambda match: match[1])[2]) if found else None


def _tell_merged(
    grid: Grid, row: int, named: list[tuple[int, str]], lacking: list[Bilingual], path: str, sink: Sink
) -> None:
    """Tell merged header cells, and the ``lacking`` headers: hidden by the first merge, if there is one."""
    first, last = named[0][0], named[-1][0]
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom and right >= first and left <= last:
            cells = f"{grid.cell(top, left)}:{grid.cell(bottom, right)}"
            place = Place(path=path, sheet=grid.name, cell=grid.cell(top, left))
            if lacking and right > left:
                sink.problem(place, MERGED_OVER(cells=cells, headers=joined(lacking)), UNMERGE())
                lacking = []
            else:
                sink.problem(place, MERGED(cells=cells), UNMERGE())
    for header in lacking:
        place = Place(path=path, sheet=grid.name)
        sink.problem(place, NO_COLUMN(row=row, header=header), ADD_COLUMN())
