"""Names of persons and words of rows as rules compare them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from attrs import frozen

_REMARK = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"[、,/;\n]")
_AND = re.compile(r"[及與和]")
_AND_OTHERS = re.compile(r"等(?:\d+|[一二兩三四五六七八九十]+)?[人名位]")
_PLAIN = re.compile(r"[\u3400-\u9fff]{2,4}|[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ .'’-]*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_SHORTEST, _SHORTEST_LATIN = 2, 5
"""Letters of a name that is looked for inside other words: a shorter one would be found in words by chance."""


def fold(text: str) -> str:
    """Text as it is searched for words: full-width forms made plain, capitals small."""
    return unicodedata.normalize("NFKC", text).casefold()


def same_name(name: str) -> str:
    """A name as it is compared: without spaces, full-width forms made plain."""
    return "".join(fold(name).split())


def persons(cell: str) -> tuple[str, ...]:
    """The names in a cell of persons, without remarks in brackets and 「等3人」."""
    plain = _AND_OTHERS.sub("", _REMARK.sub("", unicodedata.normalize("NFKC", cell)))
    names: list[str] = []
    for part in _BETWEEN.split(plain):
        pieces = [piece.strip() for piece in _AND.split(part)]
        # A surname or given name may hold the conjunction: 陳和平 is one person.
        names += [part.strip()] if any(len(piece) < _SHORTEST for piece in pieces) else pieces
    return tuple(name for name in names if name)


def is_plain(name: str) -> bool:
    """Whether a text is a bare name: 2 to 4 Chinese characters, or a name in Latin letters."""
    return _PLAIN.fullmatch(name) is not None


@frozen(kw_only=True)
class Found:
    """A person found in a cell, by the name as it is compared; not ``exact`` where only inside other words."""

    key: str
    exact: bool


def find(cell: str, keys: Iterable[str]) -> Found | None:
    """The first of these names (see :func:`same_name`) in a cell of persons: a name of it, else inside other words."""
    known = dict.fromkeys(keys)
    exact = next((key for key in map(same_name, (cell, *persons(cell))) if key and key in known), None)
    if exact is not None:
        return Found(key=exact, exact=True)
    text = same_name(cell)
    inside = next((key for key in known if _is_long(key) and key in text), None)
    return None if inside is None else Found(key=inside, exact=False)


def spelled(key: str, cell: str) -> str:
    """A name of the cell as it is written there."""
    return next((name for name in persons(cell) if same_name(name) == key), cell)


def _is_long(key: str) -> bool:
    return len(key) >= (_SHORTEST_LATIN if _LATIN.match(key) else _SHORTEST)
