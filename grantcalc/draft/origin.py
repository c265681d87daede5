"""Where the fields of a draft were read: the JSON path always, the cells where there are some."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from attrs import frozen

from grantcalc.finding import Place


@frozen(kw_only=True)
class Origin:
    """Where a row or a group of fields was read: its JSON path and, in a workbook, its cells by field name.

    ``columns`` holds the column letters of a row's fields; ``cells`` whole cells, those of other sheets with the name
    of their sheet.
    """

    path: str
    label: str = ""
    sheet: str | None = None
    row: int | None = None
    columns: Mapping[str, str] = attrs.field(factory=dict)
    cells: Mapping[str, str | tuple[str, str]] = attrs.field(factory=dict)

    def place(self, name: str = "") -> Place:
        """The place of one field of this row; of the row itself without a name."""
        path = f"{self.path}.{name}" if self.path and name else self.path or name
        sheet = self.sheet
        cell = self.cells.get(name)
        if isinstance(cell, tuple):
            sheet, cell = cell
        elif cell is None and self.row is not None and self.columns:
            column = self.columns.get(name) or next(iter(self.columns.values()))
            cell = f"{column}{self.row}"
        return Place(path=path, sheet=sheet, cell=cell, label=self.label)


NOWHERE = Origin(path="")
