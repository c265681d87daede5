"""Facts of the cover that a sheet labels: 「申請單位：嘉義縣社會局」, or a label with its value beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from grantcalc.draft.fields import COVER_FIELDS
from grantcalc.reading.county.model import CellKey
from grantcalc.reading.county.texts import Outside, TextCell, squeezed
from grantcalc.reading.grid import Grid
from grantcalc.tabledata import Tables

_COLON = re.compile(r"[:：]")
_NOTE = re.compile(r"[(（][^()（）]{0,12}[)）]\s*$")
"""「自籌款(元)：」"""
_NUMBERING = re.compile(r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．])\s*")
_AROUND = " \u3000;；,，、。"
_BEFORE = frozenset(" \u3000\t;；,，、。()（）|/.．0123456789一二三四五六七八九十")
"""What may stand right before a label in running text."""
_LONGEST_LABEL = 24
_LONGEST_LINE = 1000


@frozen(kw_only=True)
class Labelled:
    """A value with a label: ``field`` of the cover, the value as the file holds it, the cell that it stands in."""

    field: str
    raw: object
    grid: Grid
    row: int
    column: int
    label: CellKey

    @property
    def key(self) -> CellKey:
        """The cell of the value."""
        return self.grid.name, self.row, self.column

    @property
    def cell(self) -> str:
        """Its name."""
        return self.grid.cell(self.row, self.column)


@frozen
class Labels:
    """The words for facts of the cover, squeezed, with the field that each stands for."""

    known: Mapping[str, str]

    @classmethod
    def of(cls, tables: Tables) -> Labels:
        """The words of common/cover_words, and the headers of the program's own cover."""
        known = {squeezed(text): spec.name for spec in COVER_FIELDS for text in (spec.header.zh, spec.header.en)}
        known |= {squeezed(str(row["word"])): str(row["field"]) for row in tables["common/cover_words"].rows}
        return cls(known=known)

    def find(self, outside: Outside) -> Iterator[Labelled]:
        """Every labelled value outside the tables, in the order of the sheets."""
        for cell in outside.cells:
            pairs = list(self._inside(cell))
            yield from pairs or self._beside(cell, outside)

    def _inside(self, cell: TextCell) -> Iterator[Labelled]:
        """Label, colon and value in one cell; several of them in a line are told apart by their labels."""
        for line in cell.lines:
            found = list(self._labels(line[:_LONGEST_LINE]))
            for index, (_, end, name) in enumerate(found):
                stop = found[index + 1][0] if index + 1 < len(found) else len(line)
                value = line[end:stop].strip(_AROUND)
                if value:
                    yield self._labelled(name, value, cell)

    def _labels(self, line: str) -> Iterator[tuple[int, int, str]]:
        """Every label of a line that a colon follows: where it begins, where its value begins, its field."""
        last = 0
        for colon in _COLON.finditer(line):
            end = len(_NOTE.sub("", line[: colon.start()]))
            starts = range(max(last, end - _LONGEST_LABEL), end)
            start = next((at for at in starts if self._begins(line, at, end)), None)
            if start is not None:
                yield start, colon.end(), self.known[squeezed(line[start:end])]
                last = colon.end()

    def _begins(self, line: str, at: int, end: int) -> bool:
        return (at == 0 or line[at - 1] in _BEFORE or line[at - 1] in ":：") and squeezed(line[at:end]) in self.known

    def _beside(self, cell: TextCell, outside: Outside) -> Iterator[Labelled]:
        """A cell that holds nothing but a label; the value stands to the right of it, or below."""
        name = self.known.get(squeezed(_bare(cell.text)))
        at = outside.value_beside(cell.grid, cell.row, cell.column) if name else None
        if name is None or at is None:
            return
        raw = cell.grid.value(*at)
        if isinstance(raw, str) and (
            squeezed(_bare(raw)) in self.known or next(self._labels(raw[:_LONGEST_LINE]), None)
        ):
            return
        yield Labelled(field=name, raw=raw, grid=cell.grid, row=at[0], column=at[1], label=cell.key)

    def _labelled(self, name: str, value: str, cell: TextCell) -> Labelled:
        return Labelled(field=name, raw=value, grid=cell.grid, row=cell.row, column=cell.column, label=cell.key)


def _bare(text: str) -> str:
    """A label without its number, its colon, and the unit behind it."""
    return _NUMBERING.sub("", _NOTE.sub("", text.strip().rstrip(":：")))
