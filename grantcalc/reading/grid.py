"""The sheets of a workbook as plain rows of values, with everything the parsing library would leave out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from attrs import frozen

from grantcalc.draft.fields import BUDGET_SHEET, COVER_SHEET, STAFF_SHEET, SUMMARY_SHEET
from grantcalc.reading.formulas import Scan, content_extent, extent, letters, scan
from grantcalc.reading.limits import Limits
from grantcalc.reading.package_guard import (
    BAD_PART,
    FETCH_AGAIN,
    TRUNCATED,
    Package,
    open_package,
    sheet_key,
)
from grantcalc.reading.problems import Unreadable, refuse, shown
from grantcalc.text import Bilingual, Message

TOO_FAR = Message("The sheet {sheet} reaches to {cell}, {found} cells; expected at most {limit}.")
DELETE_FAR = Message("Delete everything beyond the table (rows below it, columns right of it) and save again.")

READ_SHEETS = (COVER_SHEET, STAFF_SHEET, BUDGET_SHEET, SUMMARY_SHEET)


@frozen(kw_only=True)
class Grid:
    """One sheet: ``rows`` from row ``first_row`` and column ``first_column`` on (both from 1), blanks as ``""``."""

    name: str
    rows: list[list[object]]
    first_row: int
    first_column: int
    merged: tuple[tuple[int, int, int, int], ...]
    """Top, left, bottom, right of every merged range, from 1."""
    scan: Scan

    def numbered(self) -> Iterator[tuple[int, list[object]]]:
        """Every row with its number."""
        return enumerate(self.rows, start=self.first_row)

    def value(self, row: int, column: int) -> object:
        """One cell, by its numbers from 1; ``""`` where there is none."""
        down, right = row - self.first_row, column - self.first_column
        if 0 <= down < len(self.rows) and 0 <= right < len(self.rows[down]):
            return self.rows[down][right]
        return ""

    def value_row(self, row: int) -> list[object]:
        """All cells of a row, from ``first_column`` on."""
        down = row - self.first_row
        return self.rows[down] if 0 <= down < len(self.rows) else []

    def cell(self, row: int, column: int) -> str:
        """The name of a cell, like B7."""
        return f"{letters(column)}{row}"

    def right_of(self, row: int, column: int) -> int:
        """The column after a cell, past its merged range."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return right + 1
        return column + 1


@frozen
class _Panics:
    """A crash inside the parsing library, which is no ``Exception``, leaves as :class:`Unreadable`."""

    file: str

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and kind.__name__ == "PanicException":
            raise damaged(self.file, "xl/workbook.xml") from None


def damaged(file: str, part: str) -> Unreadable:
    """The exception for a part that cannot be parsed."""
    return refuse(file, TRUNCATED(reason=BAD_PART(part=shown(part))), FETCH_AGAIN())


def wanted_sheets() -> frozenset[str]:
    """The names of the sheets that are read, in both languages."""
    return frozenset(sheet_key(name) for sheet in READ_SHEETS for name in (sheet.zh, sheet.en))


def load(data: bytes, file: str, limits: Limits) -> tuple[Package, Mapping[Bilingual, Grid]]:
    """Examine and parse a workbook: the sheets that are read, by the name they go by."""
    package = open_package(data, file, limits, wanted_sheets())
    scans = {}
    for name, part in package.sheets.items():
        if part in package.parts:
            scans[name] = _scan(package.parts[part], name, part, file, limits)
    with _Panics(file):
        return package, _parse(package, scans, file)


def _scan(xml: bytes, name: str, part: str, file: str, limits: Limits) -> Scan:
    rows, columns = extent(xml)
    if rows * columns > limits.sheet_cells:
        rows, columns = content_extent(xml)
    if rows * columns > limits.sheet_cells:
        cell = f"{letters(columns)}{rows}"
        far = TOO_FAR(sheet=shown(name), cell=cell, found=rows * columns, limit=limits.sheet_cells)
        raise refuse(file, far, DELETE_FAR())
    found = scan(xml)
    if found is None:
        raise damaged(file, part)
    return found


def _parse(package: Package, scans: Mapping[str, Scan], file: str) -> dict[Bilingual, Grid]:
    from python_calamine import CalamineError, CalamineWorkbook

    grids: dict[Bilingual, Grid] = {}
    try:
        with TemporaryDirectory(prefix="grantcalc-") as folder:
            path = Path(folder) / "verified.xlsx"
            package.hand_over(path)
            with CalamineWorkbook.from_path(path) as workbook:
                for sheet in READ_SHEETS:
                    keys = (sheet_key(sheet.zh), sheet_key(sheet.en))
                    name = next((known for known in scans if sheet_key(known) in keys), None)
                    if name is not None:
                        grids[sheet] = _grid(workbook.get_sheet_by_name(name), name, scans[name])
    except (CalamineError, OSError, ValueError, OverflowError):
        raise damaged(file, "xl/workbook.xml") from None
    return grids


def _grid(sheet: object, name: str, found: Scan) -> Grid:
    from python_calamine import CalamineSheet

    if not isinstance(sheet, CalamineSheet):
        raise TypeError(name)
    start = sheet.start or (0, 0)
    ranges = sheet.merged_cell_ranges or []
    return Grid(
        name=name,
        rows=[*sheet.to_python()] if sheet.start else [],  # type: ignore[list-item]
        first_row=start[0] + 1,
        first_column=start[1] + 1,
        merged=tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges),
        scan=found,
    )
