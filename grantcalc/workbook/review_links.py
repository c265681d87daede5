"""Links of a review's workbook: to a draft's sheet inside it, to a draft's own file and cell."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

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

    def sheet(self, row: DraftRow) -> str | None:
        """The draft's own sheet in this workbook; ``None`` where it has none."""
        name = self.sheets.get(row.number)
        return None if name is None else f"internal:{_quoted(name)}!A1"

    def file(self, row: DraftRow, place: Place | None = None) -> str | None:
        """The draft's file, at the cell where a program can open it there; the marked copy where there is one."""
        near = self._near.get(row.number)
        if near is None:
            near = self._near[row.number] = self._found(row.copy or row.path)
        # The start of a place; an identity number, or bytes that are no letters, in a file's name.
        if "#" in near or Masker().text(near) != near or near != near.encode("utf-8", "replace").decode():
            return None
        target = f"external:{near}" + self._cell(row, place)
        return target if len(target) <= _LONGEST else None

    def _found(self, path: Path) -> str:
        """The file as it is named from the workbook's folder."""
        try:
            return os.path.relpath(path, self.folder)
        except ValueError:  # on another drive
            return str(path)

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


def link(page: Page, row: int, column: int, target: str | None, text: str) -> None:
    """A text that leads somewhere; as text alone where it cannot."""
    if target is None or page.sheet.write_url(row, column, target, page.looks.of_text(text, linked=True), text) < 0:
        page.sheet.write_string(row, column, text, page.looks.of_text(text))


def _quoted(sheet: str) -> str:
    """A sheet's name as an address has it."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"
