"""The hidden sheet 清單: closed lists, what every name stands for, limits and pay scales, workings of posts and rows.

Each block of columns is found by defined names, so that formulas and drop-downs read as words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from attrs import Factory, define, field, frozen

from grantcalc.reading.names import Counties, Vocabulary, folded
from grantcalc.rules.programme import Category, Item
from grantcalc.text import Bilingual, Language, Tongue
from grantcalc.units import Unit
from grantcalc.workbook.layout import letters

Kept = TypeVar("Kept", str, int)

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


def item_rows(vocabulary: Vocabulary, items: Sequence[Item]) -> dict[str, int]:
    """Row of the list of items, 1 first, for every name that stands for one item alone, as written and as compared."""
    codes = [item.code for item in items]
    rows: dict[str, int] = {}
    written = [name for item in items for name in (item.code, item.name.zh, item.name.en, *item.aliases)]
    for name in (*vocabulary.items, *written):
        found = vocabulary.item(name, None)
        if found in codes:
            rows.setdefault(name, codes.index(found) + 1)
    return _without_twins(rows)


def category_names(vocabulary: Vocabulary, categories: Sequence[Category]) -> dict[str, str]:
    """The official name of a category for every name it has, as written and as compared."""
    written = [name for category in categories for name in (category.name, category.en, *category.aliases)]
    return _without_twins({name: vocabulary.category(name) for name in (*vocabulary.categories, *written)})


def _without_twins(names: Mapping[str, Kept]) -> dict[str, Kept]:
    """Names that differ in case alone are one to a lookup."""
    found: dict[str, Kept] = {}
    for name, value in names.items():
        if name.casefold() not in {known.casefold() for known in found}:
            found[name] = value
    return found


def units_text(units: Iterable[Unit]) -> str:
    """Units as a formula can search them: ``;hour;period;``."""
    return f";{';'.join(unit.value for unit in units)};"
