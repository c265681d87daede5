"""Words around the names of items (common/item_words): put before them, left off them, used instead of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from attrs import frozen

from grantcalc.tabledata import Tables

TABLE = "common/item_words"


@frozen(kw_only=True)
class ItemWords:
    """The words by what they do, in the order of the table."""

    leading: tuple[str, ...]
    """Verbs before a name: 辦理."""
    qualifiers: tuple[str, ...]
    """Kinds of groups: no item of any programme is told from another by them."""
    rewordings: tuple[tuple[str, str, int], ...]
    """A county's word, the documents' word, and how sure the name is then, of 100."""
    endings: tuple[tuple[str, int], ...]
    """What a clerk leaves off the end of a name, and how sure it is then: 團體帶領 is 團體帶領費."""
    joining: tuple[str, ...]
    """Words between the names of several items: 及."""
    included: tuple[str, ...]
    """Words that say that a cost in brackets is no further one: 含."""
    costs: tuple[str, ...]
    """The last letter of the name of a cost: 費."""

    @classmethod
    def of(cls, tables: Tables) -> ItemWords:
        """Read common/item_words."""
        rows = [(str(row["kind"]), str(row["word"]), row["instead"], row["score"]) for row in tables[TABLE].rows]

        def of_kind(wanted: str) -> tuple[str, ...]:
            return tuple(word for kind, word, _, _ in rows if kind == wanted)

        return cls(
            leading=of_kind("leading"),
            qualifiers=of_kind("qualifier"),
            rewordings=tuple((word, new, score) for kind, word, new, score in rows if kind == "rewording"),
            endings=tuple((word, score) for kind, word, _, score in rows if kind == "ending"),
            joining=of_kind("and"),
            included=of_kind("included"),
            costs=of_kind("cost"),
        )

    @cached_property
    def between(self) -> re.Pattern[str]:
        """What stands between the names of several items: a comma, a stroke, or a word."""
        return re.compile("|".join((r"[、,，/／]", *map(re.escape, self.joining))))

    def without_leading(self, name: str) -> str:
        """A name without the verbs before it."""
        for word in self.leading:
            name = name.removeprefix(word)
        return name

    def unqualified(self, name: str) -> str:
        """A name without the kind of group before it."""
        for word in self.qualifiers:
            name = name.removeprefix(word)
        return name

    def reworded(self, name: str) -> Iterator[tuple[str, int]]:
        """The name with a word of the documents instead of the county's, and how sure it is then."""
        for old, new, score in self.rewordings:
            if old in name:
                yield name.replace(old, new), score
