"""OpenDocument spreadsheets (.ods): one walk through content.xml gives values, merges, hidden rows, lost values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grantcalc.draft.choices import Form
from grantcalc.reading.book import Book
from grantcalc.reading.formsheets import choose, is_of_form
from grantcalc.reading.grid import Grid
from grantcalc.reading.ods_content import CONTENT, walk
from grantcalc.reading.openers import EXTERNAL_LINKS, MACROS, Opening
from grantcalc.reading.package_guard import (
    BAD_XML,
    ENCRYPTED,
    FORMAT_PROPERTY,
    TAKE_PASSWORD_OFF,
    Guard,
    has_declarations,
)
from grantcalc.reading.problems import refuse
from grantcalc.text import Text

_META = "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED_PACKAGE = "encrypted-package"
_NAME = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}name"
_MACRO_MODULES = re.compile(r"Basic/[^/]+/(?!script-lb\.xml$|dialog-lb\.xml$)[^/]+\.xml|Scripts/.*[^/]")
_LINKS = (b"table:table-source", b"table:cell-range-source", b"table:dde-link", b"&apos;file:", b"'file:")


def open_ods(guard: Guard) -> Book:
    """The sheets of a spreadsheet as grids."""
    if _encrypted(guard):
        raise refuse(guard.file, ENCRYPTED(), TAKE_PASSWORD_OFF())
    stamped = _stamped(guard)
    xml = guard.part(CONTENT)
    if has_declarations(xml):
        raise guard.damaged(BAD_XML(part=CONTENT))
    opening = Opening(guard.file, guard.limits)
    found = walk(xml, opening, is_of_form if stamped else _any)
    if stamped and not any(is_of_form(sheet.name) for sheet in found):
        found = walk(xml, opening, _any)
    opening.check_sheets([sheet.name for sheet in found])
    sheets = {sheet.name: sheet for sheet in reversed(found)}
    names = tuple(reversed(sheets))
    unseen = frozenset(name for name, sheet in sheets.items() if sheet.hidden)

    def parse(wanted: list[str]) -> dict[str, Grid]:
        return {name: opening.grid_of_cells(name, sheets[name].cells, sheets[name].seen) for name in wanted}

    chosen = choose(names, unseen, parse, guard.limits, stamped=stamped)
    return Book(
        form=Form.OPEN_DOCUMENT,
        grids=chosen.grids,
        names=names,
        hidden=unseen,
        notes=tuple(_notes(guard, xml)),
        stamped=chosen.form,
    )


def _any(_: str) -> bool:
    """Every sheet."""
    return True


def _encrypted(guard: Guard) -> bool:
    """Whether the package is encrypted, part by part or as a whole."""
    if _ENCRYPTED_PACKAGE in guard.names:
        return True
    return _MANIFEST in guard.names and b"encryption-data" in guard.part(_MANIFEST)


def _stamped(guard: Guard) -> bool:
    """Whether the template's stamp was kept when the form was saved as .ods; it must be of this version."""
    if _META not in guard.names:
        return False
    for entry in guard.tree(_META).iter():
        if entry.get(_NAME) == FORMAT_PROPERTY:
            guard.check_version("".join(entry.itertext()).strip())
            return True
    return False


def _notes(guard: Guard, xml: bytes) -> Iterator[Text]:
    if any(_MACRO_MODULES.fullmatch(name) for name in guard.names):
        yield MACROS()
    if any(link in xml for link in _LINKS):
        yield EXTERNAL_LINKS()
