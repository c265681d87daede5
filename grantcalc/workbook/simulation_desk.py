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

    def page(self, name: Message | Text) -> Page:
        """A new sheet."""
        shown = _FORBIDDEN.sub(" ", self.language(name))[:LONGEST]
        sheet = self.book.add_worksheet(shown)
        pen = Pen(sheet=sheet, formats=self.looks.formats, language=self.language)
        return Page(pen, self.looks, shown)
