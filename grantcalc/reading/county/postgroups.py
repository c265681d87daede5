"""The posts of a file by table, role and fund, so that a row that belongs to one of them finds it at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

from attrs import Factory, define

from grantcalc.draft.model import Fund, Role
from grantcalc.money import Number
from grantcalc.reading.county.model import CountyTable
from grantcalc.reading.county.posts import Post

_NONE: Final[tuple[Post, ...]] = ()


@define(slots=False)
class PostGroup:
    """Posts that a row may be of: their persons, and themselves by their number of persons and by their pay."""

    posts: list[Post] = Factory(list)

    @cached_property
    def persons(self) -> Fraction:
        """Of all of them."""
        return sum((Fraction(post.count) for post in self.posts), Fraction(0))

    @cached_property
    def monthly(self) -> Fraction | None:
        """What all their persons are paid a month; ``None`` where one post does not say, or has no amount of pay."""
        pays = [(post.values.get("monthly_pay"), post.count) for post in self.posts]
        if any(pay is None for pay, _ in pays) or any("pay_amount" not in post.values for post in self.posts):
            return None
        return sum((Fraction(pay or 0) * Fraction(count) for pay, count in pays), Fraction(0))

    @cached_property
    def by_count(self) -> dict[Number, PostGroup]:
        """Those of each number of persons."""
        found: dict[Number, PostGroup] = {}
        for post in self.posts:
            found.setdefault(post.count, PostGroup()).posts.append(post)
        return found

    @cached_property
    def by_pay(self) -> dict[Number | None, list[Post]]:
        """Those of each monthly pay."""
        found: dict[Number | None, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.values.get("monthly_pay"), []).append(post)
        return found

    def fitting(self, persons: Number | None, pay: Number | None) -> Sequence[Post]:
        """Those with so many persons, and of several of them those of this pay; all that a ``None`` allows."""
        group = self if persons is None else self.by_count.get(persons)
        if group is None:
            return _NONE
        return group.posts if pay is None or len(group.posts) < 2 else group.by_pay.get(pay, _NONE)  # noqa: PLR2004


@define
class PostGroups:
    """All posts once their own rows are read: what they are grouped by changes no more."""

    posts: Sequence[Post]
    _numbers: dict[int, int] = Factory(dict)
    _groups: dict[tuple[int | None, Role | None, bool, Fund], PostGroup] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        for post in self.posts:
            table, fund = id(post.cells.table), post.values.get("fund", Fund.SUBSIDY)
            self._numbers[table] = self._numbers.get(table, 0) + 1
            for key in _keys(table, post.role, fund):
                self._groups.setdefault(key, PostGroup()).posts.append(post)

    def number(self, table: CountyTable) -> int:
        """How many posts the table has; of one without any, how many there are in all."""
        return self._numbers.get(id(table), len(self.posts))

    def of(self, table: CountyTable, role: Role | None, fund: Fund) -> PostGroup:
        """Those of the table (of one without posts, of all), of the role where one is named, and of the fund."""
        at = id(table) if id(table) in self._numbers else None
        return self._groups.get((at, role, role is not None, fund)) or PostGroup()


def _keys(table: int, role: Role | None, fund: Fund) -> Iterable[tuple[int | None, Role | None, bool, Fund]]:
    for at in (table, None):
        yield at, None, False, fund
        if role is not None:
            yield at, role, True, fund
