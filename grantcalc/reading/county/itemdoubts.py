"""Words that take an item's name back: 團體帶領費（協同） is no 團體帶領費, 講師費（交通費） no fee of a lecture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from grantcalc.reading.county.texts import squeezed

DOUBTED: Final = 85
"""Of 100: what is left of a name's likeness when words beside it name another cost."""
_SAME_REST: Final = 60
"""Of 100: how like a name without a word is to another name, where the word is all that tells them apart."""
_MOST_LETTERS: Final = 2
"""How many letters a misspelt name has that the right one has not, and the other way round, together."""


@frozen(kw_only=True)
class Doubt:
    """Other items that words speak for, and whether they name a cost that is no item's."""

    others: tuple[str, ...] = ()
    other_cost: bool = False


@frozen(kw_only=True)
class Doubts:
    """The names of a programme's items, as words beside one of them are compared with the others.

    ``lots`` are items that are paid as a lot: what stands in brackets behind 雜支 says what it is for.
    ``included`` and ``costs`` are words of common/item_words: 含, 費.
    """

    names: Mapping[str, tuple[str, ...]]
    lots: frozenset[str]
    included: tuple[str, ...]
    costs: tuple[str, ...]

    def of_words(self, code: str, words: Iterable[str], core: str) -> Doubt:
        """What words beside an item's name say against it; ``core`` is the name without them."""
        own = self.own(code)
        others: dict[str, None] = {}
        other_cost = False
        for word in map(squeezed, words):
            if len(word) < 2 or any(word in name or name == word for name in own):  # noqa: PLR2004  # a letter is no word
                continue
            others.update(dict.fromkeys(self.names.get(word, ())))
            others.update(dict.fromkeys(self._told_apart(code, word, squeezed(core))))
            included = word.startswith(self.included) or code in self.lots
            other_cost = other_cost or (word.endswith(self.costs) and not included)
        others.pop(code, None)
        return Doubt(others=tuple(others), other_cost=other_cost)

    def of_likeness(self, written: str, name: str) -> bool:
        """Whether a near name differs by more than a slip: by more letters, or by two in a row, which are a word."""
        from rapidfuzz.distance import Indel

        if Indel.distance(written, name) > _MOST_LETTERS:
            return True
        steps = Indel.opcodes(name, written)
        return any(
            step.tag != "equal" and max(step.src_end - step.src_start, step.dest_end - step.dest_start) > 1
            for step in steps
        )

    def of_ending(self, code: str, written: str) -> tuple[str, ...]:
        """Other items whose name a text ends with, which none of the item's own does: 個案研討餐費."""
        own = self.own(code)
        endings = [
            name
            for name in self.names
            if len(name) > 1 and written.endswith(name) and not any(other.endswith(name) for other in own)
        ]
        return tuple(dict.fromkeys(found for name in endings for found in self.names[name]))

    def own(self, code: str) -> list[str]:
        """Every name of an item."""
        return [name for name, codes in self.names.items() if code in codes]

    def _told_apart(self, code: str, word: str, core: str) -> Iterator[str]:
        from rapidfuzz import fuzz

        for name, codes in self.names.items():
            if word in name and code not in codes and fuzz.ratio(name.replace(word, "", 1), core) >= _SAME_REST:
                yield from codes
