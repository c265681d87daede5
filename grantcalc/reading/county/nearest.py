"""The items that a name or a code may mean, nearest first: to be chosen from by a person, never taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from grantcalc.reading.county.items import unnumbered, unremarked
from grantcalc.reading.county.texts import squeezed
from grantcalc.rules.programme import Item, Programme

MOST: Final = 5
_PARTLY: Final = 0.8
"""A name inside a longer one is less near than one that is as long."""


_LETTERS: Final = 70
"""What it counts that all letters of a text stand somewhere in a name."""


def _core(text: str) -> str:
    """A name as it is compared: its last letters 費 and 費用, which most names have, left out."""
    return squeezed(text).removesuffix("用").removesuffix("費")


def nearest_items(name: str, programme: Programme, first: Iterable[str] = ()) -> tuple[Item, ...]:
    """A few items of the programme by how near their names and codes are; those of the codes of ``first`` before."""
    from rapidfuzz import fuzz

    written = _core(unremarked(unnumbered(name))) or _core(name)

    def near(item: Item) -> float:
        names = [_core(one) for one in (item.code, item.name.zh, unremarked(item.name.zh), *item.aliases)]
        return max(
            max(
                fuzz.ratio(written, one),
                _PARTLY * fuzz.partial_ratio(written, one),
                _LETTERS * len({*written} & {*one}) / max(len({*written}), 1),
            )
            for one in names
            if one
        )

    known = [programme.items[code] for code in dict.fromkeys(first) if code in programme.items]
    others = [item for item in programme.items.values() if item not in known]
    return (*known, *sorted(others, key=near, reverse=True))[: max(MOST, len(known))]
