"""What a rule says in numbers: its limits, the tables it names, and whom or what it binds; all from tables/.

A value without words of its own (a flag, a list of search words) becomes a fact that is compared and not shown: where
it differs, the clauses of both rules are.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from grantcalc.comparison.model import Aspect, Fact, Shelf
from grantcalc.draft.model import ApplicantKind, Education, Licence, Role
from grantcalc.labels import LABELS
from grantcalc.money import Exact
from grantcalc.rules.citations import limits
from grantcalc.rules.concordance import Subject
from grantcalc.rules.load import unit_of
from grantcalc.rules.rule import Limit
from grantcalc.sources import Citation
from grantcalc.tablecells import ColumnType
from grantcalc.tabledata import Row, Table
from grantcalc.text import Bilingual, Measure, Message, Percent, Value, joined
from grantcalc.units import Unit

ITEMS = Message("items")
CATEGORIES = Message("categories")
POSTS = Message("posts")
APPLICANTS = Message("applicants")
LICENCES = Message("licences")
DEGREES = Message("degrees")

_LISTS: Mapping[type[Enum], Message] = {
    Role: POSTS,
    ApplicantKind: APPLICANTS,
    Licence: LICENCES,
    Education: DEGREES,
}
PROGRAMME, NUMERIC = "programme", frozenset({ColumnType.INT, ColumnType.DOLLARS, ColumnType.DECIMAL})


def measured(value: Exact, unit: Unit | None) -> Value:
    """A number of a document in words; a share as a percentage."""
    if unit is not None:
        return Measure(value, unit)
    return Percent(value) if 0 < value < 1 else Measure(value)


def limit_fact(limit: Limit, key: str) -> Fact:
    """A limit with its section."""
    return Fact(
        aspect=Aspect.NUMBER,
        key=key,
        label=limit.title,
        said=measured(limit.value, limit.unit),
        compared=(limit.value, limit.unit),
        value=limit.value,
        unit=limit.unit,
        citation=limit.citation,
    )


def values_facts(shelf: Shelf, values: Any, skipped: frozenset[str] = frozenset()) -> Iterator[Fact]:
    """The facts of a rule's values, field by field; ``skipped`` fields are told otherwise."""
    if values is None:
        return
    held = {field.name: getattr(values, field.name) for field in attrs.fields(type(values))}
    columns = frozenset(value for value in held.values() if isinstance(value, str))
    for name, value in held.items():
        if name not in skipped:
            yield from _of_field(shelf, name, value, columns)


def _of_field(shelf: Shelf, name: str, value: Any, columns: frozenset[str]) -> Iterator[Fact]:
    if isinstance(value, Limit):
        yield limit_fact(value, name)
    elif isinstance(value, str):
        yield from _of_words(shelf, name, (value,), columns)
    elif isinstance(value, Enum):
        yield from _of_members(shelf, name, (value,))
    elif isinstance(value, bool):
        if value:
            yield Fact(aspect=Aspect.FLAG, key=name, said="", compared=True)
    elif isinstance(value, Mapping):
        yield from _of_several(shelf, name, tuple(value), columns)
        yield from _of_several(shelf, name, tuple(value.values()), columns)
    elif isinstance(value, tuple | list):
        yield from _of_several(shelf, name, tuple(value), columns)
    elif value is not None and not isinstance(value, Bilingual):
        yield Fact(aspect=Aspect.SETTING, key=name, said="", compared=content(shelf, value))


def _of_several(shelf: Shelf, name: str, values: tuple[Any, ...], columns: frozenset[str]) -> Iterator[Fact]:
    if not values:
        return
    if all(isinstance(value, str) for value in values):
        yield from _of_words(shelf, name, values, columns)
    elif all(isinstance(value, Enum) for value in values):
        yield from _of_members(shelf, name, values)
    elif not all(isinstance(value, Bilingual) for value in values):
        for limit in limits(values):
            yield limit_fact(limit, f"{name}.{limit.key}")
        yield Fact(aspect=Aspect.SETTING, key=name, said="", compared=content(shelf, values))


def content(shelf: Shelf, value: Any) -> Hashable:
    """What a value without words of its own holds, so that two of them can be compared; wordings are left out."""
    if isinstance(value, Bilingual):
        return None
    if isinstance(value, Limit):
        return value.value, value.unit
    if isinstance(value, Role):
        return shelf.meaning(Subject.POST, value.value)
    if isinstance(value, str) and value in shelf.programme.items:
        return shelf.meaning(Subject.ITEM, value)
    if isinstance(value, Mapping):
        return frozenset((content(shelf, key), content(shelf, inner)) for key, inner in value.items())
    if isinstance(value, tuple | list | frozenset | set):
        return frozenset(content(shelf, inner) for inner in value)
    if attrs.has(type(value)):
        return tuple(content(shelf, getattr(value, field.name)) for field in attrs.fields(type(value)))
    hashable: Hashable = value
    return hashable


def _of_words(shelf: Shelf, name: str, words: tuple[str, ...], columns: frozenset[str]) -> Iterator[Fact]:
    """Codes of items and names of categories by their meaning, tables by what they hold, other words as they are."""
    programme = shelf.programme
    items = [word for word in words if word in programme.items]
    categories = [word for word in words if word in shelf.categories]
    others = [word for word in words if word not in {*items, *categories} and "/" not in word]
    others = [word for word in others if (Subject.ITEM, word) not in shelf.concordance.entries]  # another list's item
    if items:
        meanings = frozenset(shelf.meaning(Subject.ITEM, code) for code in items)
        said = joined(shelf.title(Subject.ITEM, code) or programme.items[code].name for code in items)
        yield Fact(aspect=Aspect.ITEMS, key=name, label=ITEMS, said=said, compared=meanings)
    if categories:
        meanings = frozenset(shelf.meaning(Subject.CATEGORY, category) for category in categories)
        said = joined(shelf.categories[category] for category in categories)
        yield Fact(aspect=Aspect.SCOPE, key=name, label=CATEGORIES, said=said, compared=meanings)
    if others and not items and not categories:
        yield Fact(aspect=Aspect.SETTING, key=name, said="", compared=frozenset(others))
    for word in words:
        if word in shelf.known:
            yield from _of_table(shelf, name, shelf.tables[word], columns)


def _of_members(shelf: Shelf, name: str, members: tuple[Any, ...]) -> Iterator[Fact]:
    label = _LISTS.get(type(members[0]))
    if label is None or any(member not in LABELS for member in members):
        yield Fact(aspect=Aspect.SETTING, key=name, said="", compared=frozenset(members))
        return
    if label is POSTS:
        members = tuple(role for role in members if role in shelf.programme.roles)
    compared = {shelf.meaning(Subject.POST, role.value) if label is POSTS else role for role in members}
    if compared:
        yield Fact(aspect=Aspect.SCOPE, key=name, label=label, said=joined(members), compared=frozenset(compared))


def _of_table(shelf: Shelf, name: str, table: Table, columns: frozenset[str]) -> Iterator[Fact]:
    """The programme's own rows of a table of several, number by number where they have words; else all it holds.

    Of several numbers those of the columns that the rule names, where it names any.
    """
    names = [column.name for column in table.info.columns]
    rows = [row for row in table.rows if row.cells.get(PROGRAMME, shelf.programme.id) == shelf.programme.id]
    if PROGRAMME in names and ("name_zh" in names or table.info.key == (PROGRAMME,)):
        wanted = columns & frozenset(names) or frozenset(names)
        for row in rows:
            yield from _of_row(name, table, row, wanted)
        return
    shown = [column for column in names if column != PROGRAMME and not column.endswith(("_zh", "_en", "aliases"))]
    held = frozenset(tuple(row[column] for column in shown) for row in rows)
    yield Fact(aspect=Aspect.SETTING, key=name, said="", compared=held)


def _of_row(name: str, table: Table, row: Row, wanted: frozenset[str]) -> Iterator[Fact]:
    info, cells = table.info, row.cells
    place = ".".join(str(row[column]) for column in info.key if column != PROGRAMME)
    for column in info.columns:
        value = cells[column.name]
        if column.type not in NUMERIC or column.name in info.key or not isinstance(value, int | Decimal):
            continue
        if column.name not in wanted:
            continue
        unit = unit_of(str(cells.get("unit") or "") or column.unit)
        named = cells.get("name_zh")
        yield Fact(
            aspect=Aspect.NUMBER,
            key=f"{name}.{place}.{column.name}",
            label=Bilingual(str(named), str(cells.get("name_en"))) if named else column.title,
            said=measured(value, unit),
            compared=(value, unit),
            value=value,
            unit=unit,
            citation=Citation(source=info.citation.source, section=str(cells.get("section") or info.citation.section)),
        )
