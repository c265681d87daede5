"""Binary workbooks: .xls (in a compound file) and .xlsb (in a package)."""

from __future__ import annotations

from grantcalc.draft.choices import Form
from grantcalc.reading.book import Book
from grantcalc.reading.compound import BrokenCompoundError, Compound
from grantcalc.reading.formsheets import choose
from grantcalc.reading.grid import Grid
from grantcalc.reading.limits import Limits
from grantcalc.reading.open_xlsx import relations, stamped
from grantcalc.reading.openers import EXTERNAL_LINKS, MACROS, Library, Opening, Seen
from grantcalc.reading.package_guard import ENCRYPTED, TAKE_PASSWORD_OFF, Guard, handed_over, without_case
from grantcalc.reading.problems import FIRST_DAY, FIRST_DAY_1904, refuse
from grantcalc.reading.records import SheetRecords, bundled, new_sheet, old_globals, old_sheet
from grantcalc.text import Message

OLD_DOCUMENT = Message("The file is an old Office document, but no workbook.")
SAVE_XLSX = Message("Open it in Excel or LibreOffice and save it as .xlsx.")

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
BINARY = "xl/workbook.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
_SHARED = ("[Content_Types].xml", "_rels/.rels", "xl/styles.bin", "xl/sharedStrings.bin")


def open_xls(data: bytes, file: str, limits: Limits) -> Book:
    """The sheets of an .xls workbook as grids."""
    opening = Opening(file, limits)
    try:
        container = Compound.of(data)
        stream = container.stream("Workbook", "Book")
    except BrokenCompoundError:
        if _ENCRYPTED_PACKAGE in data:
            raise refuse(file, ENCRYPTED(), TAKE_PASSWORD_OFF()) from None
        raise opening.damaged("Workbook") from None
    if container.has("EncryptedPackage"):
        raise refuse(file, ENCRYPTED(), TAKE_PASSWORD_OFF())
    if stream is None:
        raise refuse(file, OLD_DOCUMENT(), SAVE_XLSX())
    found = old_globals(stream)
    if found.encrypted:
        raise refuse(file, ENCRYPTED(), TAKE_PASSWORD_OFF())
    names, unseen, worksheets = _metadata(opening, data)
    opening.check_sheets(names)
    starts = dict(zip(names, found.sheets, strict=False))

    def parse(wanted: list[str]) -> dict[str, Grid]:
        records = {name: old_sheet(stream, starts[name]) for name in wanted if name in starts}
        return _parsed(opening, data, [name for name in wanted if name in worksheets], records)

    chosen = choose(names, unseen, parse, limits, stamped=False)
    macros, links = container.has("_VBA_PROJECT_CUR"), found.links
    return Book(
        form=Form.OLD_WORKBOOK,
        grids=chosen.grids,
        names=names,
        hidden=unseen,
        notes=(*((MACROS(),) if macros else ()), *((EXTERNAL_LINKS(),) if links else ())),
        first_day=FIRST_DAY_1904 if found.from_1904 else FIRST_DAY,
        stamped=chosen.form,
    )


def _metadata(opening: Opening, data: bytes) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """The names of all sheets, of the hidden ones, and of those with cells."""
    with Library(opening, data, "Workbook") as library:
        found = library.sheets()
    names = tuple(dict.fromkeys(sheet.name for sheet in found))
    hidden = frozenset(sheet.name for sheet in found if sheet.hidden)
    return names, hidden, frozenset(sheet.name for sheet in found if sheet.has_cells)


def _parsed(
    opening: Opening, data: bytes, names: list[str], records: dict[str, SheetRecords], part: str = "Workbook"
) -> dict[str, Grid]:
    if not names:
        return {}
    for name, found in records.items():
        opening.check_extent(name, found.rows, found.columns)
    seen: dict[str, Seen] = {name: found.seen for name, found in records.items()}
    with Library(opening, data, part) as library:
        return library.grids(names, seen)


def open_xlsb(guard: Guard) -> Book:
    """The sheets of an .xlsb workbook as grids."""
    opening = Opening(guard.file, guard.limits)
    stamp = stamped(guard)
    workbook = guard.part(BINARY)
    sheets, from_1904 = bundled(workbook)
    known = relations(guard, _RELATIONS)
    names = tuple(dict.fromkeys(sheet.name for sheet in sheets))
    opening.check_sheets(names)
    parts = {
        sheet.name: known[sheet.relation][0] for sheet in reversed(sheets) if known.get(sheet.relation, ("", False))[1]
    }
    unseen = frozenset(sheet.name for sheet in sheets if sheet.hidden)

    def parse(wanted: list[str]) -> dict[str, Grid]:
        with_cells = [name for name in wanted if name in parts]
        package = {parts[name]: guard.part(parts[name]) for name in with_cells}
        records = {name: new_sheet(package[parts[name]]) for name in with_cells}
        for part in (BINARY, _RELATIONS, *without_case(guard.names, _SHARED)):
            package[part] = guard.part(part)
        return _parsed(opening, handed_over(package), with_cells, records, BINARY)

    chosen = choose(names, unseen, parse, guard.limits, stamped=stamp)
    macros = any(name.endswith("vbaProject.bin") for name in guard.names)
    links = any(name.startswith("xl/externalLinks/") for name in guard.names)
    return Book(
        form=Form.BINARY_WORKBOOK,
        grids=chosen.grids,
        names=names,
        hidden=unseen,
        notes=(*((MACROS(),) if macros else ()), *((EXTERNAL_LINKS(),) if links else ())),
        first_day=FIRST_DAY_1904 if from_1904 else FIRST_DAY,
        stamped=chosen.form,
    )
