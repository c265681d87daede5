"""Links of a review's workbook: to a draft's sheet inside it, to a draft's own file and cell."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from attrs import Factory, frozen

from grantcalc.draft.choices import Form
from grantcalc.finding import Place
from grantcalc.reading.identity import Masker
from grantcalc.review.model import DraftRow
from grantcalc.workbook.rebuilt import REBUILT, plain_name
from grantcalc.workbook.review_words import Words
from grantcalc.workbook.simulation_page import Page

_LONGEST = 2000
"""Characters of a link that a workbook takes."""
_SIGNS = frozenset('%#?;:\\"<>[]^`{|} ')
"""Letters of a file's name that stand for something else in a link; those of other scripts are taken as they are."""
_NARROWEST, _WIDEST = 17, 24
_FILE = "external:"
_SHEETS = frozenset({Form.WORKBOOK, Form.OPEN_DOCUMENT, Form.OLD_WORKBOOK, Form.BINARY_WORKBOOK})


@frozen(kw_only=True)
class Links:
    """``folder`` is that of the workbook, from which files are named; ``sheets`` the sheets of drafts by number.

    ``words`` are the findings that the links stand beside, in words.
    """

    folder: Path
    sheets: Mapping[int, str]
    words: Words
    _near: dict[int, str] = Factory(dict)

    @property
    def width(self) -> int:
        """Of a column of links to sheets: as wide as their names need, and not too wide for paper."""
        from wcwidth import wcswidth

        longest = max((wcswidth(name) for name in self.sheets.values()), default=0)
        return min(_WIDEST, max(_NARROWEST, longest + 1))

    def sheet(self, row: DraftRow) -> str | None:
        """The draft's own sheet in this workbook; ``None`` where it has none."""
        name = self.sheets.get(row.number)
        return None if name is None else f"internal:{_quoted(name)}!A1"

    def file(self, row: DraftRow, place: Place | None = None) -> str | None:
        """The draft's file, at the cell where a program can open it there; the marked copy where there is one."""
        near = self._near.get(row.number)
        if near is None:
            near = self._near[row.number] = self._found(row.copy or row.path)
        if not near:
            return None
        target = f"{_FILE}{near}" + self._cell(row, place)
        return target if len(target.encode("utf-16-le")) <= 2 * _LONGEST else None

    def _found(self, path: Path) -> str:
        """The file as a link names it from the workbook's folder; empty where none can."""
        try:
            near = os.path.relpath(path, self.folder)
        except ValueError:  # on another drive
            near = str(path)
        # An identity number, or bytes that are no letters, in a name.
        if Masker().text(near) != near or near != near.encode("utf-8", "replace").decode():
            return ""
        return escaped(near)

    @staticmethod
    def _cell(row: DraftRow, place: Place | None) -> str:
        """The cell as an address has it; nothing where a program would not find it in that file."""
        if row.report is None or place is None or not (place.sheet and place.cell):
            return ""
        form = row.report.reading.form
        is_sheet = form is Form.WORKBOOK or form in (REBUILT if row.copy is not None else _SHEETS)
        name = plain_name(place.sheet) if row.copy is not None and form in REBUILT else place.sheet
        # A masked name is none of the file's: no sheet's name has a star.
        return f"#{_quoted(name)}!{place.cell}" if is_sheet and not set("#*") & set(name) else ""


def escaped(path: str) -> str:
    """A path as a link has it: slashes, and every sign that would be read as something else by its number."""
    drive, rest = (part.replace(os.sep, "/") for part in os.path.splitdrive(path))
    shown = "".join(quote(sign) if sign in _SIGNS or not sign.isprintable() else sign for sign in rest)
    # A name of one letter looks like a drive to the library.
    return f"./{shown}" if len(path) == 1 else drive + shown


def link(page: Page, row: int, column: int, target: str | None, text: str) -> None:
    """A text that leads somewhere; as text alone where it cannot."""
    linked = page.looks.of_text(text, linked=True)
    if target is None or page.sheet.write_url(row, column, _url(target, text), linked) < 0:
        page.sheet.write_string(row, column, text, page.looks.of_text(text))


def _url(target: str, text: str) -> Any:
    """The link as the library takes it. It writes paths with backslashes, which only some programs read."""
    from xlsxwriter.url import Url

    url = Url(target)
    url.text = text
    if target.startswith(_FILE):
        url._relationship_link = url._relationship_link.replace("\\", "/")
    return url


def _quoted(sheet: str) -> str:
    """A sheet's name as an address has it."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"
