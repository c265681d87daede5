"""Which sheets of a workbook are read: those of the program's own form, or all that people see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from attrs import frozen

from grantcalc.draft.fields import (
    BUDGET_SHEET,
    COVER_FIELDS,
    COVER_SHEET,
    HELP_SHEET,
    LISTS_SHEET,
    POSITION_FIELDS,
    QUANTITY_HEADERS,
    RESULTS_SHEET,
    STAFF_SHEET,
    SUMMARY_SHEET,
)
from grantcalc.reading.grid import Grid
from grantcalc.reading.limits import Limits
from grantcalc.reading.sheet_table import field_of, header_key, known_headers
from grantcalc.text import Bilingual

READ_SHEETS = (COVER_SHEET, STAFF_SHEET, BUDGET_SHEET, SUMMARY_SHEET)
REQUIRED_SHEETS = (COVER_SHEET, STAFF_SHEET, BUDGET_SHEET)
OTHER_SHEETS = (HELP_SHEET, LISTS_SHEET, RESULTS_SHEET)
"""What the form holds beside the draft."""
_FEWEST_SHEETS = 2
_PAIR = frozenset(header_key(text.format(n=1)) for header in QUANTITY_HEADERS for text in (header.zh, header.en))


def sheet_key(name: str) -> str:
    """A sheet's name as it is compared."""
    return name.strip().casefold()


def keys_of(sheets: Iterable[Bilingual]) -> frozenset[str]:
    """The names of sheets in both languages, as they are compared."""
    return frozenset(sheet_key(name) for sheet in sheets for name in (sheet.zh, sheet.en))


def is_of_form(name: str) -> bool:
    """Whether a sheet goes by the name of one that the form's reader reads."""
    return sheet_key(name) in keys_of(READ_SHEETS)


def sheet_of(names: Iterable[str], sheet: Bilingual) -> str | None:
    """The name under which a sheet of the form stands; ``None`` where it does not."""
    keys = keys_of((sheet,))
    return next((name for name in names if sheet_key(name) in keys), None)


@frozen(kw_only=True)
class Chosen:
    """The grids that a reader gets; ``form`` where they are sheets of the program's own form."""

    grids: Mapping[str, Grid]
    form: bool


def choose(
    names: Iterable[str],
    hidden: frozenset[str],
    parse: Callable[[list[str]], dict[str, Grid]],
    limits: Limits,
    *,
    stamped: bool,
) -> Chosen:
    """Parse the sheets of the form where the file has them, hidden or not; else all that are visible."""
    names = list(names)
    form = [name for name in names if is_of_form(name)]
    found = sum(sheet_of(form, sheet) is not None for sheet in REQUIRED_SHEETS)
    grids: dict[str, Grid] = {}
    if form and (stamped or found >= _FEWEST_SHEETS):
        grids = parse(form)
        if stamped or any(_speaks(grid, limits) for grid in grids.values()):
            return Chosen(grids=grids, form=True)
    visible = [name for name in names if name not in hidden]
    grids |= parse([name for name in visible if name not in grids])
    return Chosen(grids={name: grids[name] for name in visible if name in grids}, form=False)


def _speaks(grid: Grid, limits: Limits) -> bool:
    """Whether a sheet of the form's name has what only the form has: a county's own 封面 and 經費 do not."""
    if sheet_key(grid.name) in keys_of((COVER_SHEET,)):
        known = known_headers(COVER_FIELDS)
        return any(field_of(cell, known) == "programme" for _, row in grid.numbered() for cell in row)
    known = known_headers(POSITION_FIELDS)
    return any(
        field_of(cell, known) == "monthly_pay" or (isinstance(cell, str) and header_key(cell) in _PAIR)
        for number, row in grid.numbered()
        if number <= limits.header_rows
        for cell in row
    )
