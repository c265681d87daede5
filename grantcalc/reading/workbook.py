"""Drafts as workbooks (.xlsx, .xlsm), read by the words of their headers, wherever the columns stand."""

from __future__ import annotations

from grantcalc.draft.fields import (
    BUDGET_SHEET,
    COVER_SHEET,
    HELP_SHEET,
    LISTS_SHEET,
    RESULTS_SHEET,
    STAFF_SHEET,
    SUMMARY_SHEET,
)
from grantcalc.draft.model import Origin, Reading
from grantcalc.finding import Place
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.cover import Cover, other_funds, read_cover, read_summary
from grantcalc.reading.grid import load, wanted_sheets
from grantcalc.reading.limits import DEFAULT_LIMITS, Limits
from grantcalc.reading.package_guard import Package, sheet_key
from grantcalc.reading.problems import Sink, shown
from grantcalc.reading.sheet_rows import read_lines, read_positions
from grantcalc.rules.library import Library
from grantcalc.text import Bilingual, Message, joined

NO_SHEET = Message("The workbook has no sheet “{sheet}”; it has: {found}.")
ADD_SHEET = Message("Give the sheet this name, or fill in the workbook that `grantcalc template` writes.")

SHEETS_NOT_READ = Message("These sheets are not read: {sheets}.")

_REQUIRED = ((COVER_SHEET, "programme"), (STAFF_SHEET, "positions"), (BUDGET_SHEET, "lines"))


def read_workbook(data: bytes, library: Library, file: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a draft from the bytes of a workbook; :class:`Unreadable` where they hold none."""
    package, grids = load(data, file, limits)
    sink = Sink(file)
    sink.notes += package.notes
    _tell_unread_sheets(package, sink)
    for sheet, path in _REQUIRED:
        if sheet not in grids:
            _tell_missing(sheet, path, tuple(package.sheets), sink)
    if COVER_SHEET not in grids:
        raise sink.unreadable()
    assembler = Assembler(library, sink)
    cover = read_cover(grids[COVER_SHEET], sink)
    first = _origin(cover)
    values = assembler.cover(cover.values, first, frozenset(cover.lost))
    staff, budget, summary = (grids.get(sheet) for sheet in (STAFF_SHEET, BUDGET_SHEET, SUMMARY_SHEET))
    positions = read_positions(staff, assembler, limits) if staff else ()
    lines = read_lines(budget, assembler, limits) if budget else ()
    other = other_funds(cover, assembler, first)
    totals, grand, cells = read_summary(summary, assembler, limits) if summary else ({}, None, {})
    cover.cells.update(cells)
    draft = assembler.draft(
        values,
        positions=positions,
        lines=lines,
        other=other,
        totals=totals,
        grand=grand,
        origin=_origin(cover),
    )
    return sink.reading(draft)


def _origin(cover: Cover) -> Origin:
    return Origin(path="", sheet=cover.grid.name, cells=dict(cover.cells))


def _tell_missing(sheet: Bilingual, path: str, names: tuple[str, ...], sink: Sink) -> None:
    found = joined(shown(name) for name in names)
    sink.problem(Place(path=path, sheet=None), NO_SHEET(sheet=sheet, found=found), ADD_SHEET())


def _tell_unread_sheets(package: Package, sink: Sink) -> None:
    known = wanted_sheets() | {
        sheet_key(name) for sheet in (HELP_SHEET, LISTS_SHEET, RESULTS_SHEET) for name in (sheet.zh, sheet.en)
    }
    others = [name for name in package.sheets if sheet_key(name) not in known and name not in package.hidden]
    if others:
        sink.notes.append(SHEETS_NOT_READ(sheets=joined(shown(name) for name in others)))
