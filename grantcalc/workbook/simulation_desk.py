"""The workbook of a simulation while it is written: its sheets, formats, language and title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from grantcalc.text import Language, Message, Text
from grantcalc.workbook.cells import Pen
from grantcalc.workbook.simulation_page import Looks, Page

if TYPE_CHECKING:
    from xlsxwriter import Workbook

LONGEST = 31
"""Characters of a sheet's name."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@frozen
class Desk:
    """What every sheet needs."""

    book: Workbook
    language: Language
    title: str
    looks: Looks

    @classmethod
    def of(cls, book: Workbook, language: Language, title: str) -> Desk:
        """A new workbook's."""
        return cls(book, language, title, Looks.of(book, language))

    def page(self, name: Message | Text | str) -> Page:
        """A new sheet."""
        shown = sheet_name(self.language(name))
        sheet = self.book.add_worksheet(shown)
        pen = Pen(sheet=sheet, formats=self.looks.formats, language=self.language)
        return Page(pen, self.looks, shown)


def sheet_name(text: str) -> str:
    """A text as a sheet may be named."""
    return _FORBIDDEN.sub(" ", text)[:LONGEST]
