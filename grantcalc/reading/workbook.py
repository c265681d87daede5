"""The program's own form as a spreadsheet, read by the words of its headers, wherever the columns stand."""

from __future__ import annotations

from collections import defaultdict

from attrs import evolve

from grantcalc.draft.fields import BUDGET_SHEET, COVER_SHEET, STAFF_SHEET, SUMMARY_SHEET
from grantcalc.draft.model import Origin, Reading
from grantcalc.finding import Place
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.book import Book
from grantcalc.reading.cover import Cover, other_funds, read_cover, read_summary, tell_money
from grantcalc.reading.formsheets import OTHER_SHEETS, READ_SHEETS, REQUIRED_SHEETS, keys_of, sheet_key, sheet_of
from grantcalc.reading.limits import DEFAULT_LIMITS, Limits
from grantcalc.reading.problems import Sink, shown
from grantcalc.reading.sheet_rows import read_lines, read_positions
from grantcalc.rules.library import Library
from grantcalc.text import Bilingual, Message, joined

NO_SHEET = Message("The workbook has no sheet “{sheet}”; it has: {found}.")
ADD_SHEET = Message("Give the sheet this name, or fill in the workbook that `grantcalc template` writes.")

SHEETS_NOT_READ = Message("These sheets are not read: {sheets}.")


def read_form(book: Book, library: Library, file: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a draft from the sheets of the form; :class:`Unreadable` where they hold none."""
    sink = Sink(file)
    sink.notes += book.notes
    sink.first_day = book.first_day
    _tell_unread_sheets(book, sink)
    grids = {sheet: book.grids[name] for sheet in READ_SHEETS if (name := sheet_of(book.grids, sheet)) is not None}
    for sheet in REQUIRED_SHEETS:
        if sheet not in grids:
            _tell_missing(sheet, book.names, sink)
    if COVER_SHEET not in grids:
        raise sink.unreadable()
    assembler = Assembler(library, sink)
    cover = read_cover(grids[COVER_SHEET], sink)
    first = _origin(cover)
    values = assembler.cover(cover.values, first, frozenset(cover.lost))
    tell_money(cover, values, sink)
    staff, budget, summary = (grids.get(sheet) for sheet in (STAFF_SHEET, BUDGET_SHEET, SUMMARY_SHEET))
    positions = read_positions(staff, assembler, limits, _people(book, staff.name)) if staff else ()
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
    return evolve(sink.reading(draft), form=book.form)


def _people(book: Book, sheet: str) -> dict[int, str]:
    """What stands for the identity numbers in each row of a sheet."""
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for (name, row, _), identities in book.identities.items():
        if name == sheet:
            found[row] |= dict.fromkeys(identities.split())
    return {row: " ".join(identities) for row, identities in found.items()}


def _origin(cover: Cover) -> Origin:
    return Origin(path="", sheet=cover.grid.name, cells=dict(cover.cells))


def _tell_missing(sheet: Bilingual, names: tuple[str, ...], sink: Sink) -> None:
    found = joined(shown(name) for name in names)
    sink.problem(Place(path=""), NO_SHEET(sheet=sheet, found=found), ADD_SHEET())
    sink.hopeless = True


def _tell_unread_sheets(book: Book, sink: Sink) -> None:
    known = keys_of((*READ_SHEETS, *OTHER_SHEETS))
    others = [name for name in book.names if sheet_key(name) not in known and name not in book.hidden]
    if others:
        sink.notes.append(SHEETS_NOT_READ(sheets=joined(shown(name) for name in others)))
