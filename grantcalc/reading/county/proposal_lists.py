"""The closed lists of a map, with the names of what they hold: whoever finishes a map needs no other document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from grantcalc.draft.choices import ApplicantKind, Role
from grantcalc.reading.county.items import IGNORE, POST_PREFIX
from grantcalc.reading.county.telling import KIND_NAMES
from grantcalc.reading.names import Counties
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Item, Programme
from grantcalc.text import Bilingual, Message, Text, Value, joined

ENTRY = Message("    {code}: {name}")
ALL_ITEMS = Message("All items of “{programme}” (`grantcalc tables {table}` prints them with their limits):")
OF_CATEGORY = Message("  {category}:")
ALL_ROLES = Message("Roles of posts of this programme:")
OTHER_ROLES = Message("Roles of other programmes:")
LEFT_OUT = Message("Rows that are no part of the budget:")
LEAVE_OUT = Message("the row is left out")
COUNTIES = Message("    {names}")

CHOICES: Final = frozenset({"programme", "county", "applicant-kind"})
"""Keys of a map whose values are of a closed list."""


def entry(code: str, name: Value | Message) -> Text:
    """A code and its name, below the line it is for."""
    return ENTRY(code=code, name=name() if isinstance(name, Message) else name)


def item(one: Item) -> Text:
    """An item by its code, and by its Chinese name in either language: that is what sheets say."""
    return ENTRY(code=one.code, name=Bilingual(one.name.zh, f"{one.name.zh} ({one.name.en})"))


def of_fact(key: str, library: Library) -> Iterator[Text]:
    """What may be written at a key of the cover."""
    if key == "programme":
        yield from (entry(programme.id, programme.title) for programme in library.programmes())
    elif key == "county":
        yield COUNTIES(names=joined(Counties.of(library.tables).names))
    else:
        yield from (entry(kind.value, kind) for kind in ApplicantKind)


def kinds() -> Iterator[Text]:
    """The kinds of columns."""
    return (entry(kind.value, name) for kind, name in KIND_NAMES.items())


def roles(programme: Programme | None) -> Iterator[Text]:
    """The roles of a programme; all where none is known."""
    return (entry(f"{POST_PREFIX}{role.value}", role) for role in (programme.roles if programme else Role))


def of_programme(programme: Programme) -> Iterator[Text]:
    """Every item by its category, every role, and what leaves a row out."""
    yield ALL_ITEMS(programme=programme.title, table=programme.items_table)
    for category in programme.categories:
        items = [one for one in programme.items.values() if one.category == category.name]
        if items:
            yield OF_CATEGORY(category=category.title)
            yield from map(item, items)
    yield ALL_ROLES()
    yield from roles(programme)
    others = [role for role in Role if role not in programme.roles]
    if others:
        yield OTHER_ROLES()
        yield from (entry(f"{POST_PREFIX}{role.value}", role) for role in others)
    yield LEFT_OUT()
    yield entry(IGNORE, LEAVE_OUT)
