"""The hidden sheet 清單: closed lists, what every name stands for, limits and pay scales, workings of posts and rows.

Each block of columns is found by defined names, so that formulas and drop-downs read as words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum

from attrs import Factory, define, field, frozen

from grantcalc.reading.names import Counties, Vocabulary, folded
from grantcalc.text import Bilingual, Language, Tongue, Value
from grantcalc.units import QUANTITY_UNITS, Unit
from grantcalc.workbook.layout import letters

Stored = str | int | float | Decimal | dt.date | None
"""What a cell of the hidden sheet holds."""

PREFIX = "gc_"
"""Starts every defined name, so that none is taken for a cell or clashes with a user's."""


@frozen(kw_only=True)
class ListColumn:
    """One column of the hidden sheet: its defined name and its cells from row 2 down."""

    name: str
    cells: tuple[Stored, ...]


@define
class Lists:
    """Gathers the columns of the hidden sheet while a workbook is laid out."""

    sheet: str
    columns: list[ListColumn] = field(default=Factory(list))

    def add(self, name: str, cells: Iterable[Stored]) -> str:
        """A new column; returns its defined name. Nothing happens where it stands already."""
        if not any(column.name == name for column in self.columns):
            self.columns.append(ListColumn(name=name, cells=tuple(cells)))
        return PREFIX + name

    def has(self, name: str) -> bool:
        """Whether the column exists."""
        return any(column.name == name and column.cells for column in self.columns)

    def range(self, name: str) -> str:
        """The cells of a column, as a defined name refers to them."""
        index = next(index for index, column in enumerate(self.columns) if column.name == name)
        last = max(2, len(self.columns[index].cells) + 1)
        return f"'{self.sheet}'!${letters(index)}$2:${letters(index)}${last}"

    def names(self, name: str, stands_for: Mapping[str, str]) -> None:
        """A pair of columns: every name a user may write, and what it stands for."""
        self.add(f"{name}_keys", stands_for)
        self.add(f"{name}_codes", stands_for.values())


def both_tongues(member: Enum) -> tuple[str, ...]:
    """The code and both labels of a member."""
    return (member.value, *(Language(tongue).label(member) for tongue in Tongue))


def choice_names(members: Sequence[Enum]) -> dict[str, str]:
    """Code of every name of a closed list, as the reader of drafts takes them."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    for index in range(3):
        for member in members:
            name = both_tongues(member)[index]
            if folded(name) not in seen:
                seen.add(folded(name))
                found[name] = member.value
    return found


def add_choices(lists: Lists, name: str, members: Sequence[Enum], language: Language) -> None:
    """A closed list: the labels of the drop-down, and every name with its code."""
    lists.add(name, (language.label(member) for member in members))
    lists.names(name, choice_names(members))


def add_counties(lists: Lists, counties: Iterable[Bilingual], known: Counties, language: Language) -> None:
    """The counties in the language of the workbook, and the official name of each."""
    listed = tuple(counties)
    lists.add("county", (language(county) for county in listed))
    pairs = {name: county.zh for county in listed for name in (county.zh, county.en)}
    lists.names("county", {name: zh for name, zh in pairs.items() if known.find(name)})


def item_rows(vocabulary: Vocabulary, codes: Sequence[str]) -> dict[str, int]:
    """Row of the list of items, 1 first, for every name that stands for one item alone."""
    rows: dict[str, int] = {}
    seen: set[str] = set()
    for name, found in vocabulary.items.items():
        if len(found) == 1 and folded(name) not in seen and found[0][0] in codes:
            seen.add(folded(name))
            rows[name] = codes.index(found[0][0]) + 1
    return rows


def units_text(units: Iterable[Unit]) -> str:
    """Units as a formula can search them: ``;hour;period;``."""
    return f";{';'.join(unit.value for unit in units)};"


def unit_members() -> tuple[Unit, ...]:
    """The units of quantities."""
    return QUANTITY_UNITS


def shown(language: Language, value: Value) -> str:
    """A name in the language of the workbook."""
    return language(value)
