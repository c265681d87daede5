"""The workbook of a simulation while it is written: its sheets, formats, language and title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from grantcalc.text import Language, Message, Text
from grantcalc.workbook.cells import Pen
from grantcalc.workbook.simulation_page import Cell, Look, Looks, Page

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


def plainest(look: Look, cells: Iterable[Cell]) -> Look:
    """Without decimals where none of the numbers has any: 780, not 780.0."""
    numbers = [cell for cell in cells if isinstance(cell, int | Fraction)]
    return Look.MONEY if all(number.denominator == 1 for number in numbers) else look
