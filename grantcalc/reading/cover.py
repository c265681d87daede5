"""The sheets 封面 and 總表: labels with their values beside them, and the two small tables."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

from grantcalc.draft.fields import (
    COVER_FIELDS,
    FORMER_STATED,
    GRAND_TOTAL,
    HEADCOUNTS,
    OTHER_FUNDS_HEADERS,
    SUMMARY_COMPUTED,
    SUMMARY_HEADERS,
    Kind,
)
from grantcalc.draft.model import Cell, Origin, OtherFund
from grantcalc.finding import Place
from grantcalc.money import Number
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.grid import Grid
from grantcalc.reading.limits import Limits
from grantcalc.reading.lost import tell_error, tell_uncalculated
from grantcalc.reading.problems import Sink, shown
from grantcalc.reading.sheet_table import COMPUTED, Table, field_of, find_table, header_key, known_headers
from grantcalc.reading.structure import CATEGORY_TWICE, KEEP_ONE

_OTHER_HEADERS = frozenset(header_key(text) for text in (OTHER_FUNDS_HEADERS[0].zh, OTHER_FUNDS_HEADERS[0].en))
_GRAND = frozenset(header_key(text) for text in (GRAND_TOTAL.zh, GRAND_TOTAL.en))
_HEADCOUNTS = frozenset(header_key(text) for label in HEADCOUNTS for text in (label.zh, label.en))
_AMOUNT_HEADERS = frozenset(header_key(text) for text in (OTHER_FUNDS_HEADERS[1].zh, OTHER_FUNDS_HEADERS[1].en))
_AMOUNT = 1


@define
class Cover:
    """What stands on the cover: raw values and cells by field name."""

    grid: Grid
    values: dict[str, object] = field(factory=dict)
    cells: dict[str, tuple[str, str]] = field(factory=dict)
    used: set[tuple[int, int]] = field(factory=set)
    others: list[tuple[int, int]] = field(factory=list)
    """Row and column of every named source of other funds."""
    lost: set[str] = field(factory=set)
    """Fields whose cell has no value to read, which is told already."""


def read_cover(grid: Grid, sink: Sink) -> Cover:
    """Find every label, and the value in the next column."""
    cover = Cover(grid)
    known = {key: name for key, name in known_headers(COVER_FIELDS).items() if name != COMPUTED}
    for number, row in grid.numbered():
        for column, cell in enumerate(row, start=grid.first_column):
            if not isinstance(cell, str) or cell == "" or (number, column) in cover.used:
                continue
            if header_key(cell) in _OTHER_HEADERS:
                _find_others(cover, number, column, known)
            elif (name := field_of(cell, known)) is not None and name not in cover.cells:
                _claim(cover, name, number, column)
    _tell_cells(cover, sink)
    return cover


def _claim(cover: Cover, name: str, row: int, label: int) -> None:
    column = cover.grid.right_of(row, label)
    cover.used |= {(row, label), (row, column)}
    cover.cells[name] = (cover.grid.name, cover.grid.cell(row, column))
    value = cover.grid.value(row, column)
    if value != "":
        cover.values[name] = value


def _find_others(cover: Cover, header_row: int, column: int, known: Mapping[str, str]) -> None:
    """The rows below the header 其他經費來源, down to the first blank one or the next label.

    A label that was found above stands for its field there; here it can only be the name of a source.
    """
    grid = cover.grid
    cover.used |= {(header_row, column), (header_row, column + _AMOUNT)}
    row = header_row + 1
    below = grid.value(row, column + _AMOUNT)
    if isinstance(below, str) and header_key(below) in _AMOUNT_HEADERS:
        cover.used |= {(row, column), (row, column + _AMOUNT)}
        row += 1
    while True:
        source, amount = grid.value(row, column), grid.value(row, column + _AMOUNT)
        lost = {(row, column + _AMOUNT)} & {*grid.scan.uncalculated, *grid.scan.errors}
        label = field_of(source, known)
        is_label = label is not None and label not in cover.cells
        if is_label or (source == "" and amount == "" and not lost):
            return
        name = f"funding.other[{len(cover.others)}]"
        cover.cells[f"{name}.source"] = (grid.name, grid.cell(row, column))
        cover.cells[f"{name}.amount"] = (grid.name, grid.cell(row, column + _AMOUNT))
        cover.used |= {(row, column), (row, column + _AMOUNT)}
        cover.others.append((row, column))
        row += 1


def other_funds(cover: Cover, assembler: Assembler, origin: Origin) -> tuple[OtherFund, ...]:
    """The sources with their amounts."""
    found = []
    lost = {*cover.grid.scan.uncalculated, *cover.grid.scan.errors}
    for index, (row, column) in enumerate(cover.others):
        source, amount = cover.grid.value(row, column), cover.grid.value(row, column + _AMOUNT)
        name = f"funding.other[{index}]"
        if (row, column + _AMOUNT) in lost:
            assembler.sink.money_cell(origin.place(f"{name}.amount"), "", read=False)
            continue
        fund = assembler.other_fund(None if source == "" else source, None if amount == "" else amount, origin, name)
        if amount != "":
            assembler.sink.money_cell(origin.place(f"{name}.amount"), amount, read=fund is not None)
        if fund is not None:
            found.append(fund)
    return tuple(found)


def tell_money(cover: Cover, values: Mapping[str, object], sink: Sink) -> None:
    """Money cells of the labels, read into ``values`` or not."""
    for name in (spec.name for spec in COVER_FIELDS if spec.kind is Kind.MONEY):
        raw = cover.values.get(name, "")
        if name in cover.lost or (raw != "" and not (isinstance(raw, str) and not raw.strip())):
            sheet, cell = cover.cells[name]
            sink.money_cell(Place(path=name, sheet=sheet, cell=cell), raw, read=values.get(name) is not None)


def _tell_cells(cover: Cover, sink: Sink) -> None:
    """Values beside labels that nobody knows; cells without a stored value."""
    grid = cover.grid
    names = {cell: name for name, (_, cell) in cover.cells.items()}
    for number, row in grid.numbered():
        for column, value in enumerate(row, start=grid.first_column):
            if value == "" or (number, column) in cover.used:
                continue
            beside = column > grid.first_column and grid.value(number, column - 1) != ""
            if not isinstance(value, str) or (beside and (number, column - 1) not in cover.used):
                place = Place(path="", sheet=grid.name, cell=grid.cell(number, column))
                sink.cells.append(Cell(place=place, claimed=False, shown=shown(value)))
    _tell_lost(cover, names, sink)


def _tell_lost(cover: Cover, names: Mapping[str, str], sink: Sink) -> None:
    grid = cover.grid
    waiting: list[Place] = []
    for row, column in sorted({*grid.scan.uncalculated, *grid.scan.errors}):
        name = names.get(grid.cell(row, column))
        if name is None:
            continue
        place = Place(path=name, sheet=grid.name, cell=grid.cell(row, column))
        found = grid.scan.errors.get((row, column))
        if found is None:
            waiting.append(place)
        else:
            tell_error(place, found, sink)
        cover.lost.add(name)
    tell_uncalculated(waiting, sink)


def read_summary(
    grid: Grid, assembler: Assembler, limits: Limits
) -> tuple[dict[str, Number], Number | None, dict[str, tuple[str, str]]]:
    """The stated totals of 總表, the stated grand total, and where every total stands, stated or not."""
    known = {
        header_key(text): name
        for header, name in (
            *zip(SUMMARY_HEADERS, ("category", "stated"), strict=True),
            (FORMER_STATED, "stated"),
            *((header, "computed") for header in SUMMARY_COMPUTED),
        )
        for text in (header.zh, header.en)
    }
    known = {**known_headers(()), **known}
    table = find_table(grid, known, SUMMARY_HEADERS, "totals", assembler.sink, limits)
    if table is None:
        return {}, None, {}
    return _Summary(grid, table, assembler).read()


@define
class _Summary:
    """One walk down 總表."""

    grid: Grid
    table: Table
    assembler: Assembler
    amounts: dict[str, Number] = field(factory=dict)
    grand: Number | None = None
    cells: dict[str, tuple[str, str]] = field(factory=dict)
    taken: set[str] = field(factory=set)
    """Totals that a row has stated."""
    waiting: list[Place] = field(factory=list)
    """Formulas without a stored value."""

    def read(self) -> tuple[dict[str, Number], Number | None, dict[str, tuple[str, str]]]:
        """All rows below the header."""
        for number, row in self.grid.numbered():
            if number > self.table.header_row:
                self._row(number)
                self._extras(number, row)
        tell_uncalculated(self.waiting, self.assembler.sink)
        return self.amounts, self.grand, self.cells

    def _row(self, number: int) -> None:
        column = self.table.columns["stated"]
        label = self.grid.value(number, self.table.columns["category"])
        stated = self.grid.value(number, column)
        at = (number, column)
        if not isinstance(label, str) or not label.strip():
            if stated != "":
                self._unread(number, column, stated)
            return
        where = (self.grid.name, self.grid.cell(number, column))
        if stated == "" and header_key(label) in _HEADCOUNTS:
            self.cells.setdefault("positions", self._computed_cell(number))
            return
        category = self.assembler.vocabulary.category(label.strip())
        path = "totals.grand" if header_key(label) in _GRAND else f"totals.categories.{category}"
        if at in self.grid.scan.uncalculated or at in self.grid.scan.errors:
            self._lost(Place(path=path, sheet=where[0], cell=where[1]), self.grid.scan.errors.get(at))
        if stated == "":
            self._know(path, category, where)
            return
        self._take(path, category, stated, where)

    def _lost(self, place: Place, error: str | None) -> None:
        if error is None:
            self.waiting.append(place)
        else:
            tell_error(place, error, self.assembler.sink)
        self.assembler.sink.money_cell(place, error or "", read=False)

    def _computed_cell(self, number: int) -> tuple[str, str]:
        column = self.table.columns.get("computed", self.table.columns["stated"])
        return self.grid.name, self.grid.cell(number, column)

    def _know(self, path: str, category: str, where: tuple[str, str]) -> None:
        """The place of a total that is not stated: findings on sums are shown there."""
        programme = self.assembler.programme
        if path == "totals.grand" or (programme is not None and programme.category(category) is not None):
            self.cells.setdefault(path, where)

    def _take(self, path: str, category: str, stated: object, where: tuple[str, str]) -> None:
        sink = self.assembler.sink
        origin = Origin(path="", sheet=where[0], cells={path: where})
        amount = self.assembler.money(stated, origin, path)
        if amount is not None or not isinstance(stated, str) or stated.strip():
            sink.money_cell(origin.place(path), stated, read=amount is not None)
        if path in self.taken:
            sink.problem(origin.place(path), CATEGORY_TWICE(category=category), KEEP_ONE())
            return
        self.taken.add(path)
        self.cells[path] = where
        if path == "totals.grand":
            self.grand = amount
        elif amount is not None:
            self.amounts[category] = amount

    def _extras(self, number: int, row: list[object]) -> None:
        known = {*self.table.columns.values(), *self.table.ignored}
        for column, value in enumerate(row, start=self.grid.first_column):
            if value != "" and column not in known:
                self._unread(number, column, value)

    def _unread(self, number: int, column: int, value: object) -> None:
        place = Place(path="totals", sheet=self.grid.name, cell=self.grid.cell(number, column))
        self.assembler.sink.cells.append(Cell(place=place, claimed=False, shown=shown(value)))
