"""Everything in tables/ that cites a document: tables, rows, rules, and the limits that rules use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from grantcalc.rules.library import Library
from grantcalc.rules.rule import Limit


def cited(library: Library) -> Iterator[tuple[str, str]]:
    """The place of every citation, and the source it names; each pair once."""
    seen = set()
    for pair in _all(library):
        if pair not in seen:
            seen.add(pair)
            yield pair


def _all(library: Library) -> Iterator[tuple[str, str]]:
    tables = library.tables
    for info in tables.infos():
        yield info.id, info.citation.source
        if any(column.name == "source" for column in info.columns):
            for row in tables[info.id].rows:
                yield f"{info.file}, row {row.number}", str(row["source"])
    for programme in library.programmes():
        yield f"{programme.id}/programme.toml", programme.source
        for rule in programme.rules:
            for citation in rule.citations:
                yield rule.id, citation.source
            for limit in limits(rule.values):
                yield rule.id, limit.citation.source


def limits(value: Any) -> Iterator[Limit]:
    """Every limit inside the values of a rule."""
    if isinstance(value, Limit):
        yield value
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from limits(inner)
    elif isinstance(value, dict):
        yield from limits(list(value.values()))
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from limits(getattr(value, field.name))
