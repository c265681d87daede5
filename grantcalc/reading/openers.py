"""What the openers of all forms of spreadsheets share: bounds, notes on a file, grids of the parsing library."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType

from attrs import field, frozen

from grantcalc.reading.formulas import Scan, letters
from grantcalc.reading.grid import Grid
from grantcalc.reading.limits import Limits
from grantcalc.reading.package_guard import BAD_PART, ENCRYPTED, FETCH_AGAIN, TAKE_PASSWORD_OFF, TRUNCATED
from grantcalc.reading.problems import Unreadable, refuse, shown
from grantcalc.text import Message

MACROS = Message("The workbook contains macros; they are never run, only its stored values are read.")
EXTERNAL_LINKS = Message("The workbook has links to other files; only the values stored in it are read.")
TOO_FAR = Message("The sheet {sheet} reaches to {cell}, {found} cells; expected at most {limit}.")
TOO_WIDE = Message("The sheet {sheet} has {found} columns; expected at most {limit}.")
DELETE_FAR = Message("Delete everything beyond the table (rows below it, columns right of it) and save again.")
TOO_MANY_ROWS = Message("The sheet {sheet} has {found} rows that hold something; expected at most {limit}.")
FEWER_ROWS = Message("Delete the rows that do not belong to the budget, or allow more with --max-rows.")
TOO_MANY_SHEETS = Message("The workbook has {found} sheets; expected at most {limit}.")
FEWER_SHEETS = Message("Delete the sheets that do not belong to the budget and save again.")
TOO_MANY_MERGES = Message("The sheet {sheet} has {found} merged ranges; expected at most {limit}.")
FEWER_MERGES = Message("Copy the table into a new workbook, values only.")

LAST_COLUMN = 16_384
"""No spreadsheet program has more."""
NOTHING_LOST = Scan(uncalculated=frozenset(), errors={})
Range = tuple[int, int, int, int]
"""Top, left, bottom, right, from 1."""


@frozen(kw_only=True)
class Seen:
    """What an opener found in a sheet beside its values; rows and columns count from 1."""

    scan: Scan = NOTHING_LOST
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    merged: Sequence[Range] = ()


@frozen
class Opening:
    """One file on its way to grids, and its bounds."""

    file: str
    limits: Limits

    def damaged(self, part: str) -> Unreadable:
        """The exception for a part that cannot be parsed."""
        return refuse(self.file, TRUNCATED(reason=BAD_PART(part=shown(part))), FETCH_AGAIN())

    def check_sheets(self, names: Sequence[str]) -> None:
        """Not more sheets than anybody makes."""
        if len(names) > self.limits.sheets:
            found = TOO_MANY_SHEETS(found=len(names), limit=self.limits.sheets)
            raise refuse(self.file, found, FEWER_SHEETS())

    def check_extent(self, sheet: str, rows: int, columns: int) -> None:
        """The grid from A1 to the last cell with content must not fill the memory."""
        limit = self.limits.sheet_cells
        if columns > LAST_COLUMN:
            raise refuse(self.file, TOO_WIDE(sheet=shown(sheet), found=columns, limit=LAST_COLUMN), DELETE_FAR())
        if rows * columns > limit:
            far = TOO_FAR(sheet=shown(sheet), cell=f"{letters(columns)}{rows}", found=rows * columns, limit=limit)
            raise refuse(self.file, far, DELETE_FAR())

    def check_rows(self, sheet: str, found: int) -> None:
        """Not more rows with content than the option allows."""
        if found > self.limits.rows:
            many = TOO_MANY_ROWS(sheet=shown(sheet), found=found, limit=self.limits.rows)
            raise refuse(self.file, many, FEWER_ROWS())

    def grid(self, name: str, rows: list[list[object]], start: tuple[int, int], seen: Seen) -> Grid:
        """A sheet of these rows, the first cell of which stands at ``start`` (row and column from 1)."""
        filled = [number for number, row in enumerate(rows, start=start[0]) if any(cell != "" for cell in row)]
        self.check_rows(name, len(filled))
        if len(seen.merged) > self.limits.merges:
            many = TOO_MANY_MERGES(sheet=shown(name), found=len(seen.merged), limit=self.limits.merges)
            raise refuse(self.file, many, FEWER_MERGES())
        bottom = start[0] + len(rows) - 1
        right = start[1] + max(map(len, rows), default=0) - 1
        return Grid(
            name=name,
            rows=rows,
            first_row=start[0],
            first_column=start[1],
            merged=tuple(_clipped(seen.merged, bottom, right)),
            scan=seen.scan,
            hidden_rows=seen.hidden_rows.intersection(filled),
            struck=seen.struck,
            hidden_columns=_filled_columns(rows, start[1], seen.hidden_columns),
        )

    def grid_of_cells(self, name: str, cells: Mapping[tuple[int, int], object], seen: Seen) -> Grid:
        """A sheet of single cells, by row and column; rows and columns without any at its edges are left out."""
        if not cells:
            return self.grid(name, [], (1, 1), seen)
        top, left = min(row for row, _ in cells), min(column for _, column in cells)
        bottom, right = max(row for row, _ in cells), max(column for _, column in cells)
        self.check_rows(name, len({row for row, _ in cells}))
        self.check_extent(name, bottom, right)
        blank: list[object] = [""] * (right - left + 1)
        rows = [blank.copy() for _ in range(top, bottom + 1)]
        for (row, column), value in cells.items():
            rows[row - top][column - left] = value
        return self.grid(name, rows, (top, left), seen)


def _clipped(merged: Iterable[Range], bottom: int, right: int) -> Iterable[Range]:
    """Merged ranges as far as the content reaches: who walks through one does not walk to the end of the sheet."""
    for top, left, low, far in merged:
        if top <= bottom and left <= right:
            yield top, left, max(top, min(low, bottom)), max(left, min(far, right))


def _filled_columns(rows: list[list[object]], first: int, hidden: frozenset[int]) -> frozenset[int]:
    """Those of the hidden columns that hold anything."""
    width = max(map(len, rows), default=0)
    offsets = [column - first for column in hidden if 0 <= column - first < width]
    return frozenset(
        offset + first for offset in offsets if any(offset < len(row) and row[offset] != "" for row in rows)
    )


@frozen(kw_only=True)
class Listed:
    """A sheet in the list of a workbook."""

    name: str
    hidden: bool
    has_cells: bool


@frozen
class Library:
    """The parsing library on one file: its failures leave as :class:`Unreadable`, its crashes too."""

    opening: Opening
    source: bytes
    part: str = field(default="xl/workbook.xml")

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or isinstance(error, Unreadable | MemoryError | KeyboardInterrupt):
            return
        from python_calamine import CalamineError, PasswordError

        if isinstance(error, PasswordError):
            raise refuse(self.opening.file, ENCRYPTED(), TAKE_PASSWORD_OFF()) from None
        # A crash inside the library is no Exception, and its class is not exported.
        if kind.__name__ == "PanicException" or isinstance(error, CalamineError | OSError | ValueError | OverflowError):
            raise self.opening.damaged(self.part) from None

    def sheets(self) -> tuple[Listed, ...]:
        """All sheets, in their order."""
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

        with CalamineWorkbook.from_filelike(io.BytesIO(self.source)) as workbook:
            return tuple(
                Listed(
                    name=sheet.name,
                    hidden=sheet.visible != SheetVisibleEnum.Visible,
                    has_cells=sheet.typ == SheetTypeEnum.WorkSheet,
                )
                for sheet in workbook.sheets_metadata
            )

    def grids(self, names: Sequence[str], seen: Mapping[str, Seen]) -> dict[str, Grid]:
        """The sheets of these names."""
        from python_calamine import CalamineWorkbook

        with CalamineWorkbook.from_filelike(io.BytesIO(self.source)) as workbook:
            return {name: self._grid(workbook, name, seen.get(name, Seen())) for name in names}

    def _grid(self, workbook: object, name: str, seen: Seen) -> Grid:
        from python_calamine import CalamineWorkbook

        assert isinstance(workbook, CalamineWorkbook)  # noqa: S101  # its class is imported inside functions only
        sheet = workbook.get_sheet_by_name(name)
        start = sheet.start or (0, 0)
        rows: list[list[object]] = [*sheet.to_python()] if sheet.start else []  # type: ignore[list-item]
        merged = [(top + 1, left + 1, low + 1, far + 1) for (top, left), (low, far) in sheet.merged_cell_ranges or ()]
        place = (start[0] + 1, start[1] + 1)
        return self.opening.grid(name, _floats(rows), place, _with(seen, merged))


def _with(seen: Seen, merged: list[Range]) -> Seen:
    from attrs import evolve

    return evolve(seen, merged=merged) if merged else seen


def _floats(rows: list[list[object]]) -> list[list[object]]:
    """Every number as a float, as .xlsx has them: some forms store whole numbers apart."""
    for row in rows:
        for at, cell in enumerate(row):
            if type(cell) is int:
                row[at] = float(cell)
    return rows
