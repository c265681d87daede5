"""Persons on posts as they are compared across drafts: by what stands for their numbers, else by their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from enum import Enum

from attrs import frozen

from grantcalc.draft.model import Position
from grantcalc.rules.names import fold, is_plain, persons, same_name

_NUMBER = re.compile(r"[A-Za-z][0-9A-Da-d]\*{4,}")
"""A masked identity number beside a name; no part of the name."""
_HIDDEN = re.compile(r"[○〇◯●□◎*×╳_?ox]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_TRANSCRIBED = re.compile(r"[\u3400-\u9fff]+(?:[·‧・.][\u3400-\u9fff]+)+")
"""A name of an indigenous person or a foreigner in Chinese characters."""


class Likeness(Enum):
    """How two posts are known to have one person."""

    NUMBER = "number"
    """The identity numbers are equal."""
    NAME = "name"
    """The whole names are equal, in one county."""
    NAMESAKE = "namesake"
    """The whole names are equal, but the counties differ, or are not stated."""
    PARTLY = "partly"
    """In one county, names that are masked (王○明) or no plain names fit each other."""

    @property
    def is_certain(self) -> bool:
        """True where it is taken to be one person."""
        return self in {Likeness.NUMBER, Likeness.NAME}


@frozen(kw_only=True)
class Name:
    """A name as it is written, and as it is compared."""

    written: str
    key: str

    @property
    def is_masked(self) -> bool:
        """True where a part is left out: 王○明."""
        return bool(_CHINESE.match(self.key)) and bool(_HIDDEN.search(self.key))

    @property
    def is_whole(self) -> bool:
        """True for a plain name, which stands for a person."""
        return not self.is_masked and (is_plain(self.key) or _TRANSCRIBED.fullmatch(self.key) is not None)

    def may_be(self, other: Name) -> bool:
        """Whether two names, of which one is masked, may be one: as long, and alike where both can be read."""
        if len(self.key) != len(other.key) or self.key[0] != other.key[0]:
            return False
        pairs = zip(self.key, other.key, strict=True)
        return all(mine == theirs or _HIDDEN.match(mine) or _HIDDEN.match(theirs) for mine, theirs in pairs)


Alike = Callable[[Name, Name], bool]


@frozen(kw_only=True)
class Holder:
    """Who holds a post, as far as the draft says; neither names nor numbers where it is vacant."""

    county: str | None
    names: tuple[Name, ...]
    numbers: frozenset[str]
    """What stands for the identity numbers; never a number."""

    @property
    def is_numbered(self) -> bool:
        """True where every person of the post has a number."""
        return bool(self.numbers) and len(self.numbers) >= len(self.names)

    def likeness(self, other: Holder) -> tuple[Likeness, Name | None, Name | None] | None:
        """How this is the same person as another, with the names that say so; ``None`` where nothing says so."""
        if self.numbers & other.numbers:
            mine, theirs = self._alike(other, lambda one, two: one.key == two.key)
            return Likeness.NUMBER, mine or _first(self.names), theirs or _first(other.names)
        if self.is_numbered and other.is_numbered:
            return None
        is_one_county = self.county is not None and self.county == other.county
        mine, theirs = self._alike(other, lambda one, two: one.key == two.key and one.is_whole)
        if mine is not None:
            return (Likeness.NAME if is_one_county else Likeness.NAMESAKE), mine, theirs
        mine, theirs = self._alike(other, _fits) if is_one_county else (None, None)
        return None if mine is None else (Likeness.PARTLY, mine, theirs)

    def _alike(self, other: Holder, alike: Alike) -> tuple[Name, Name] | tuple[None, None]:
        pairs = ((mine, theirs) for mine in self.names for theirs in other.names)
        return next(((mine, theirs) for mine, theirs in pairs if alike(mine, theirs)), (None, None))


def holder_of(post: Position, county: str | None, vacant: Collection[str]) -> Holder:
    """Who holds a post; a cell with one of the ``vacant`` words (待聘) names nobody."""
    cell = _NUMBER.sub("", post.person or "")
    folded = fold(cell)
    is_vacant = any(fold(word) in folded for word in vacant)
    names = () if is_vacant else tuple(Name(written=name, key=same_name(name)) for name in persons(cell))
    return Holder(
        county=county,
        names=tuple(name for name in names if len(name.key) > 1),
        numbers=frozenset((post.identity or "").split()),
    )


def is_paid(position: Position) -> bool:
    """Whether a post asks for any money, of the subsidy or of own funds."""
    amounts = (
        position.monthly_pay,
        position.pay_amount,
        position.own_monthly_pay,
        position.regional_allowance,
        position.allowance_amount,
        position.employer_insurance,
        position.insurance_amount,
        position.own_insurance,
    )
    return any(amount is not None and amount > 0 for amount in amounts)


def _fits(mine: Name, theirs: Name) -> bool:
    if mine.is_masked or theirs.is_masked:
        return mine.may_be(theirs)
    return mine.key == theirs.key


def _first(names: tuple[Name, ...]) -> Name | None:
    return names[0] if len(names) == 1 else None
