"""Closed lists: which names, codes and labels stand for what, and the nearest ones to a misspelt name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from enum import Enum

from attrs import frozen

from grantcalc.letters import official
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables
from grantcalc.text import Language, Tongue
from grantcalc.units import QUANTITY_UNITS, Unit

NEAREST = 3
LIKELY = 60.0
_SHORTEST = 2
"""Letters of a name that is found inside a longer text."""


def key(text: str) -> str:
    """A name as it is compared: full-width forms folded, ends stripped."""
    return unicodedata.normalize("NFKC", text).strip()


def folded(text: str) -> str:
    """A label as it is compared: as :func:`key`, and without regard to case."""
    return key(text).casefold()


def likely(text: str, names: Iterable[str], least: float = LIKELY) -> tuple[str, ...]:
    """The names that ``text`` may be a misspelling of; often none."""
    from rapidfuzz import fuzz, process

    found = process.extract(text, list(names), scorer=fuzz.ratio, limit=NEAREST, score_cutoff=least)
    return tuple(match[0] for match in found)


def contained(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that ``text`` begins with: 自籌款由… says 自籌; the longest first."""
    found = (name for name in names if len(name) >= _SHORTEST and text.startswith(name))
    return tuple(sorted(found, key=len, reverse=True)[:1])


def members(choices: type[Enum]) -> tuple[Enum, ...]:
    """What a row may choose from; of the units only those that quantities have."""
    return tuple(QUANTITY_UNITS) if choices is Unit else tuple(choices)


def labels(choices: type[Enum]) -> dict[str, Enum]:
    """Every code and label, in both languages, by its folded form."""
    known: dict[str, Enum] = {}
    for language in (None, Language(Tongue.EN), Language(Tongue.ZH_TW)):
        for member in members(choices):
            name = member.value if language is None else _label(language, member)
            if name:
                known.setdefault(folded(name), member)
    return known


def _label(language: Language, member: Enum) -> str | None:
    try:
        return language.label(member)
    except (OSError, KeyError):  # a checkout whose catalogue is not compiled yet still reads codes and English
        return None


@frozen(kw_only=True)
class Vocabulary:
    """Names of one programme: items and categories by every name a draft may use."""

    items: Mapping[str, tuple[tuple[str, str], ...]]
    categories: Mapping[str, str]

    @classmethod
    def of(cls, programme: Programme | None) -> Vocabulary:
        """Gather the names; nothing is known of an unknown programme."""
        if programme is None:
            return cls(items={}, categories={})
        items: dict[str, dict[str, str]] = {}
        for item in programme.items.values():
            for name in (item.code, item.name.zh, item.name.en, *item.aliases):
                items.setdefault(key(name), {})[item.code] = item.category
        for code in programme.items:
            items[key(code)] = {code: programme.items[code].category}
        categories: dict[str, str] = {}
        for category in programme.categories:
            categories[key(category.name)] = category.name
        for category in programme.categories:
            for name in (category.en, *category.aliases):
                categories.setdefault(key(name), category.name)
        return cls(items={name: tuple(found.items()) for name, found in items.items()}, categories=categories)

    def category(self, text: str) -> str:
        """The official name of a category; the text itself where the programme has none of that name."""
        return self.categories.get(text) or self.categories.get(key(text)) or text

    def item(self, text: str, category: str | None) -> str:
        """The code of an item; where a name stands for several, the one of the row's category."""
        found = self.items.get(text) or self.items.get(key(text))
        if not found:
            return text
        for code, belongs in found:
            if belongs == category:
                return code
        return found[0][0]


@frozen(kw_only=True)
class Counties:
    """The 22 counties by their names in both languages."""

    known: Mapping[str, str]
    names: tuple[str, ...]

    @classmethod
    def of(cls, tables: Tables) -> Counties:
        """Read common/counties."""
        rows = tables["common/counties"].rows
        known = {folded(row[column]): str(row["name_zh"]) for row in rows for column in ("name_en", "name_zh")}
        return cls(known=known, names=tuple(str(row["name_zh"]) for row in rows))

    def find(self, text: str) -> str | None:
        """The official name; 台 is read as 臺."""
        return self.known.get(folded(text)) or self.known.get(official(folded(text)))

    def nearest(self, text: str) -> tuple[str, ...]:
        """The names that a misspelt one may stand for; often none."""
        found = likely(official(folded(text)), self.known)
        return tuple(dict.fromkeys(self.known[name] for name in found))
