"""Words for posts, parts of pay, funds, degrees and licences (common/role_words), found in the cells of a sheet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from typing import Final

from attrs import frozen

from grantcalc.draft.model import Education, Fund, Lecturer, Licence, Role
from grantcalc.reading.county.items import unnumbered, unremarked
from grantcalc.reading.county.texts import squeezed
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables

EXACT: Final = 100
INSIDE: Final = 90
"""Of 100: the word stands inside a longer text, and no other does."""
DOUBTFUL: Final = 80
_NUMBER = r"[\d一二三四五六七八九十兩]+"


class Part(Enum):
    """A part of what a post costs, in a row or a column of its own."""

    PAY = "pay"
    BONUS = "bonus"
    INSURANCE = "insurance"
    ALLOWANCE = "allowance"


@frozen(kw_only=True)
class Found:
    """A role found in a text, and how sure that is."""

    role: Role
    score: int
    word: str


@frozen(kw_only=True)
class RoleWords:
    """The words, by kind; longer ones are looked for first."""

    words: Mapping[str, tuple[tuple[str, str], ...]]
    roles: tuple[Role, ...]

    @classmethod
    def of(cls, tables: Tables, programme: Programme) -> RoleWords:
        """Read common/role_words; of a word for several roles the programme's own comes first."""
        words: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in tables["common/role_words"].rows:
            words[str(row["kind"])].append((squeezed(str(row["word"])), str(row["value"])))
        own = {role.value for role in programme.roles}
        ordered = {
            kind: tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[1] not in own)))
            for kind, pairs in words.items()
        }
        return cls(words=ordered, roles=programme.roles)

    def role(self, text: str) -> Found | None:
        """The role that a text names: by nothing else in it, or by the longest word inside it."""
        written = squeezed(unremarked(unnumbered(text)))
        for variant in self._variants(written):
            value = self._exact("role", variant)
            if value is not None:
                return Found(role=Role(value), score=EXACT, word=variant)
        word, value = self._inside("role", written)
        if value is None:
            return None
        rest = written.replace(word, "", 1)
        doubtful = self._inside("role", rest)[1] is not None
        return Found(role=Role(value), score=DOUBTFUL if doubtful else INSIDE, word=word)

    def part(self, text: str, *, of_staff: bool = False) -> Part | None:
        """The part of pay that a text names; pay itself only where it names no other.

        ``of_staff``: the row stands among posts, where 保險費 is the employer's, not that of an activity.
        """
        written = squeezed(unnumbered(text))
        value = self._inside("part", written)[1]
        if value is None and of_staff:
            value = self._inside("staff-part", written)[1]
        return None if value is None else Part(value)

    def fund(self, text: str) -> Fund | None:
        """Who pays, in words; ``None`` where the text names none or two of them."""
        found = {value for word, value in self.words["fund"] if word in squeezed(text)}
        if len(found) > 1:
            found.discard(Fund.OTHER.value)
        return Fund(found.pop()) if len(found) == 1 else None

    def education(self, text: str, *, alone: bool = False) -> Education | None:
        """The highest degree that a text names; none of several where it is to stand ``alone``."""
        found = {Education(value) for word, value in self.words.get("degree", ()) if word in squeezed(text)}
        if not alone or len(found) != 1:  # a school beside the one degree says nothing else: 大學社工研究所碩士
            found |= {Education(value) for word, value in self.words["education"] if word in squeezed(text)}
        if alone and len(found) > 1:
            return None
        return max(found, key=lambda degree: degree.rank, default=None)

    def licences(self, text: str) -> tuple[Licence, ...]:
        """Every licence that a text names."""
        left, found = squeezed(text), []
        for word, value in self.words["licence"]:
            if word in left:
                left = left.replace(word, " ")
                found.append(Licence(value))
        return tuple(dict.fromkeys(found))

    def lecturer(self, text: str) -> Lecturer | None:
        """Who lectures; ``None`` where the text does not say, or says two things."""
        found = {value for word, value in self.words["lecturer"] if word in squeezed(text)}
        return Lecturer(found.pop()) if len(found) == 1 else None

    def _exact(self, kind: str, written: str) -> str | None:
        return next((value for word, value in self.words[kind] if word == written), None)

    def _inside(self, kind: str, written: str) -> tuple[str, str | None]:
        return next(((word, value) for word, value in self.words[kind] if word in written), ("", None))

    def _variants(self, written: str) -> list[str]:
        """The text, without a number of persons, without words about pay, without the kind of contract."""
        counted = self._counted.sub("", written)
        paid = self._about_pay.sub("", counted)
        return [written, counted, paid, self._counted.sub("", paid), self._contract.sub("", paid)]

    @cached_property
    def _counted(self) -> re.Pattern[str]:
        before, behind = self._any("persons", "before"), self._any("persons", "behind")
        return re.compile(f"{_NUMBER}{behind}$|^{_NUMBER}{before}")

    @cached_property
    def _about_pay(self) -> re.Pattern[str]:
        joint, each, name = (self._any("pay-name", value) for value in ("joint", "each", "name"))
        return re.compile(f"{joint}?{each}?{name}$")

    @cached_property
    def _contract(self) -> re.Pattern[str]:
        return re.compile(f"^{self._any('contract', 'mode')}")

    def _any(self, kind: str, wanted: str) -> str:
        words = (re.escape(word) for word, value in self.words[kind] if value == wanted)
        return f"(?:{'|'.join(words)})"


def words_of_posts(tables: Tables) -> RoleWords:
    """The titles of posts of every programme."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in tables["common/role_words"].rows:
        found[str(row["kind"])].append((squeezed(str(row["word"])), str(row["value"])))
    ordered = {kind: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for kind, pairs in found.items()}
    return RoleWords(words=ordered, roles=())
