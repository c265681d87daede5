"""The amounts of a draft as sums ask for them: all, those of a category, those that a fund pays; gathered once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from attrs import frozen

from grantcalc.draft.choices import Fund
from grantcalc.draft.model import Line, Position
from grantcalc.reading.county.amounts import OWN_PARTS, POST_AMOUNTS, amounts_of
from grantcalc.reading.county.model import Entries
from grantcalc.rules.programme import Programme


@frozen(kw_only=True)
class Drafted:
    """The paths of amounts, in the order of posts and rows."""

    rows: Mapping[str, Position | Line]
    """Posts and rows by their own path."""
    every: Sequence[str]
    categories: Mapping[str, Sequence[str]]
    funds: Mapping[Fund, Sequence[str]]

    @classmethod
    def of(cls, entries: Entries, programme: Programme) -> Drafted:
        """Of all posts and rows that were read."""
        rows: tuple[Position | Line, ...] = (*entries.positions, *entries.lines)
        posts = programme.posts
        of_posts = dict(zip(POST_AMOUNTS, (posts.pay, posts.allowance, posts.insurance), strict=True))
        of_posts |= dict(zip(OWN_PARTS, (posts.pay, posts.insurance), strict=True))
        categories: dict[str, list[str]] = {}
        funds: dict[Fund, list[str]] = {}
        for row in rows:
            for path in amounts_of(row):
                field = path.rpartition(".")[2]
                category = programme.category_of(row) if isinstance(row, Line) else of_posts[field]
                categories.setdefault(category, []).append(path)
                funds.setdefault(Fund.OWN if field in OWN_PARTS else row.fund, []).append(path)
        return cls(
            rows={row.origin.path: row for row in rows},
            every=tuple(path for row in rows for path in amounts_of(row)),
            categories=categories,
            funds=funds,
        )

    def category(self, name: str) -> Sequence[str]:
        """The amounts that are counted in a category."""
        return self.categories.get(name, ())

    def fund(self, fund: Fund) -> Sequence[str]:
        """The amounts that a fund pays."""
        return self.funds.get(fund, ())


def alike(some: Collection[str], others: Collection[str]) -> bool:
    """Whether these are the same amounts, each of which stands there once; own parts of posts may be left out."""
    first, second = ([path for path in paths if path.rpartition(".")[2] not in OWN_PARTS] for paths in (some, others))
    return len(first) == len(second) and set(first) == set(second)
