"""How like a written name is to the names that a programme's tables give, of 100."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

SURE: Final = 90
"""Of 100: names this much alike differ in a letter of ten, which is how a name is misspelt or shortened."""
LEAST: Final = 76
"""Below this a likeness is chance: 講師交通費 and 講師費 have 75."""
_INSIDE: Final = 70
_INSIDE_RANGE: Final = 15
"""An item's name inside a longer one never makes it sure: 協同團體帶領費 is another item than 團體帶領費."""
_SHORTEST_INSIDE: Final = 3
_SCATTERED: Final = 80
"""The letters of a name stand in their order in an item's longer one: 心理輔導費（個人）."""
_SHORTENED: Final = 78
"""A word is left out in the middle: 督導費 of 督導輔導費."""
_LEFT_OUT: Final = 2
_PUT_IN: Final = 3
_TURNED: Final = 4
"""Taken off where the letters are alike in another order: 租用遊覽車 and 遊覽車租金."""
_SHORTEST_LOOSE: Final = 5

Letters = tuple[str, frozenset[str], str]
"""A name, its letters, and its letters put in order."""


def letters_of(names: Iterable[str]) -> tuple[Letters, ...]:
    """What likenesses are worked out from, once for all names."""
    return tuple((name, frozenset(name), "".join(sorted(name))) for name in names)


def likenesses(written: str, names: Sequence[Letters], costs: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Every name that is near, each with how near; a name may come twice. ``costs`` end the name of a cost: 費."""
    from rapidfuzz import fuzz, process

    for name, score, _ in process.extract(
        written, [name for name, _, _ in names], scorer=fuzz.ratio, limit=8, score_cutoff=LEAST
    ):
        yield name, score
    loose = len(written) >= _SHORTEST_LOOSE
    turned, letters, beginning = "".join(sorted(written)), frozenset(written), written[:2]
    least = LEAST + _TURNED
    for name, own, ordered in names:
        if len(name) >= _SHORTEST_INSIDE and name in written:
            yield name, _INSIDE + _INSIDE_RANGE * len(name) / len(written)
        elif name[:2] == beginning and (_shortened(written, name) or _lengthened(written, name, costs)):
            yield name, _SHORTENED
        elif loose and len(name) > len(written) and letters <= own and _scattered(written, name):
            yield name, _SCATTERED
        elif loose and len(name) >= _SHORTEST_LOOSE:
            alike = fuzz.ratio(turned, ordered, score_cutoff=least)
            if alike:
                yield name, min(alike, SURE) - _TURNED


def _shortened(written: str, name: str) -> bool:
    """Whether a text leaves a word out of the middle of a name."""
    if len(written) < _SHORTEST_INSIDE or not 0 < len(name) - len(written) <= _LEFT_OUT:
        return False
    return name[:2] == written[:2] and name[-1] == written[-1] and _scattered(written, name)


def _lengthened(written: str, name: str, costs: Sequence[str]) -> bool:
    """Whether a text puts a word into the middle of a name: 訪視社工員交通費."""
    if len(name) < _SHORTEST_LOOSE or not 0 < len(written) - len(name) <= _PUT_IN:
        return False
    if name[:2] != written[:2]:
        return False
    return any(_scattered(name, written.removesuffix(cost) + cost) for cost in costs)


def _scattered(written: str, name: str) -> bool:
    """Whether the letters of one text stand in another in their order."""
    letters = iter(name)
    return all(letter in letters for letter in written)
