"""Drafts as workbooks (.xlsx, .xlsm), read by the words of their headers, wherever the columns stand."""

from __future__ import annotations

from attrs import evolve

from grantcalc.draft.fields import (
    BUDGET_SHEET,
    COVER_SHEET,
    HELP_SHEET,
    LISTS_SHEET,
    RESULTS_SHEET,
    STAFF_SHEET,
    SUMMARY_SHEET,
)
from grantcalc.draft.model import Form, Origin, Reading
from grantcalc.finding import Place
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.cover import Cover, other_funds, read_cover, read_summary, tell_money
from grantcalc.reading.grid import load, wanted_sheets
from grantcalc.reading.limits import DEFAULT_LIMITS, Limits
from grantcalc.reading.package_guard import Package, sheet_key
from grantcalc.reading.problems import FIRST_DAY, FIRST_DAY_1904, Sink, shown
from grantcalc.reading.sheet_rows import read_lines, read_positions
from grantcalc.rules.library import Library
from grantcalc.text import Bilingual, Message, joined

NO_SHEET = Message("The workbook has no sheet “{sheet}”; it has: {found}.")
ADD_SHEET = Message("Give the sheet this name, or fill in the workbook that `grantcalc template` writes.")

SHEETS_NOT_READ = Message("These sheets are not read: {sheets}.")

_REQUIRED = (COVER_SHEET, STAFF_SHEET, BUDGET_SHEET)


def read_workbook(data: bytes, library: Library, file: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a draft from the bytes of a workbook; :class:`Unreadable` where they hold none."""
    package, grids = load(data, file, limits)
    sink = Sink(file)
    sink.notes += package.notes
    sink.first_day = FIRST_DAY_1904 if package.from_1904 else FIRST_DAY
    _tell_unread_sheets(package, sink)
    for sheet in _REQUIRED:
        if sheet not in grids:
            _tell_missing(sheet, tuple(package.sheets), sink)
    if COVER_SHEET not in grids:
        raise sink.unreadable()
    assembler = Assembler(library, sink)
    cover = read_cover(grids[COVER_SHEET], sink)
    first = _origin(cover)
    values = assembler.cover(cover.values, first, frozenset(cover.lost))
    tell_money(cover, values, sink)
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
    if sink.hopeless:
        raise sink.unreadable()
    return evolve(sink.reading(draft), form=Form.WORKBOOK)


def _origin(cover: Cover) -> Origin:
    return Origin(path="", sheet=cover.grid.name, cells=dict(cover.cells))


def _tell_missing(sheet: Bilingual, names: tuple[str, ...], sink: Sink) -> None:
    found = joined(shown(name) for name in names)
    sink.problem(Place(path=""), NO_SHEET(sheet=sheet, found=found), ADD_SHEET())
    sink.hopeless = True


def _tell_unread_sheets(package: Package, sink: Sink) -> None:
    known = wanted_sheets() | {
        sheet_key(name) for sheet in (HELP_SHEET, LISTS_SHEET, RESULTS_SHEET) for name in (sheet.zh, sheet.en)
    }
    others = [name for name in package.sheets if sheet_key(name) not in known and name not in package.hidden]
    if others:
        sink.notes.append(SHEETS_NOT_READ(sheets=joined(shown(name) for name in others)))
