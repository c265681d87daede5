"""Places of a sheet that was laid out anew for reading, told as they are in the sheet itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

from grantcalc.draft.origin import Origin
from grantcalc.place import Place
from grantcalc.reading.formulas import column_number, letters

Cells = Mapping[str, Mapping[tuple[int, int], tuple[int, int]]]
"""Where a cell really stands, by the sheet and by row and column."""

_CELL = re.compile(r"([A-Z]{1,3})(\d+)")

T = TypeVar("T")


def relocated(value: T, moved: Cells) -> T:
    """The same value with every place in it, however deep, as the sheet has it."""
    made: T = _walk(value, moved)
    return made


def _walk(value: Any, moved: Cells) -> Any:
    if isinstance(value, Place):
        return attrs.evolve(value, cell=_named(value.sheet, value.cell, moved) if value.cell else value.cell)
    if isinstance(value, Origin):
        return _origin(value, moved)
    if isinstance(value, tuple | list) and not hasattr(value, "_fields"):
        return type(value)(_walk(one, moved) for one in value)
    if isinstance(value, dict):
        return {key: _walk(one, moved) for key, one in value.items()}
    if not isinstance(value, type) and attrs.has(type(value)):
        fields = [one for one in attrs.fields(type(value)) if one.init]
        changed = {one.alias or one.name: _walk(getattr(value, one.name), moved) for one in fields}
        return attrs.evolve(value, **changed)
    return value


def _origin(origin: Origin, moved: Cells) -> Origin:
    cells: dict[str, str | tuple[str, str]] = {}
    for name, column in origin.columns.items():
        if origin.row is not None:
            cells[name] = _named(origin.sheet, f"{column}{origin.row}", moved)
    for name, cell in origin.cells.items():
        if isinstance(cell, tuple):
            cells[name] = (cell[0], _named(cell[0], cell[1], moved))
        else:
            cells[name] = _named(origin.sheet, cell, moved)
    first = next((cell for cell in cells.values() if isinstance(cell, str)), None)
    found = _CELL.fullmatch(first) if first is not None and origin.row is not None else None
    if found is None:
        return attrs.evolve(origin, cells=cells)
    columns = dict.fromkeys(origin.columns, found[1]) or {"": found[1]}
    return attrs.evolve(origin, row=int(found[2]), columns=columns, cells=cells)


def _named(sheet: str | None, name: str, moved: Cells) -> str:
    """The name of a cell, or of several, where they really stand."""
    here = moved.get(sheet or "", {})

    def real(match: re.Match[str]) -> str:
        at = (int(match[2]), column_number(match[1]))
        row, column = here.get(at, at)
        return f"{letters(column)}{row}"

    return _CELL.sub(real, name)
