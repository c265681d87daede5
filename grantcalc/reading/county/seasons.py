"""Tables of the same columns for one part of the year each (第一季 … 第四季): their posts are the same persons.

A post that stands in each of them is one post: its months and its pay add up, its persons do not.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from typing import Any, Final

from attrs import define, evolve, field

from grantcalc.draft.model import Line
from grantcalc.money import number
from grantcalc.reading.county.model import ColumnKind, CountyTable
from grantcalc.reading.county.posts import Post, PostBuilder
from grantcalc.reading.county.remedies import BY_MAP, NOTHING
from grantcalc.reading.county.words import Words, fold
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message, Value

ONE_POST = Message(
    "“{written}” of {period} is the post of row {row} in another part of the year: its months and its pay are added to "
    "that one's, its persons are not."
)
PERHAPS_ONE = Message(
    "“{written}” of {period} may be the post of row {row} in another part of the year, but its persons or its pay are "
    "others: how many persons these posts are together is not judged."
)
LIST_ONCE = Message("Write each post once, with the months of the whole year.")
_DIGITS: Final = re.compile(r"\d")
_LONGEST: Final = 24
_FEWEST: Final = 2
_SIGN: Final = "；"
_ADDED: Final = ("months", "pay_amount", "insurance_amount", "allowance_amount")
_SAME: Final = ("count", "monthly_pay")


def period_in(lines: Sequence[str], words: Words) -> str | None:
    """The part of a year that the nearest line above a table names: 第一季, 113年度上半年經費."""
    for line in reversed(lines):
        key = fold(line)
        named = [word for word, one in words.headers.items() if one.kind is ColumnKind.PERIOD and _is_in(word, key)]
        if named and len(key) <= _LONGEST:
            return max(named, key=len)
    return None


def _is_in(word: str, key: str) -> bool:
    """Whether a text is that word, or holds it; one with digits (1月) may be a part of a date."""
    return word == key or (len(word) > _FEWEST and _DIGITS.search(word) is None and word in key)


def parted(tables: Sequence[CountyTable]) -> tuple[CountyTable, ...]:
    """The tables that are each of another part of the year, with the same columns; none where fewer than two are."""
    found = [table for table in tables if table.period is not None]
    kinds = {tuple((one.kind, one.header) for one in table.columns) for table in found}
    apart = len({table.period for table in found}) == len(found)
    return tuple(found) if len(found) >= _FEWEST and apart and len(kinds) == 1 else ()


@define
class Seasons:
    """Joins each post to that of another part of the year as soon as it is made, and tells lines apart."""

    tables: Sequence[CountyTable]
    builder: PostBuilder
    sink: Sink
    _known: dict[Hashable, Post] = field(factory=dict)
    _times: dict[Hashable, int] = field(factory=dict)

    def holds(self, table: CountyTable) -> bool:
        """Whether a table is of one part of the year."""
        return any(one is table for one in self.tables)

    def join(self) -> None:
        """Look at the post that was made last."""
        post = self.builder.posts[-1] if self.builder.posts else None
        if post is None or not self.holds(post.cells.table):
            return
        table = post.cells.table
        name = (fold(post.cells.name), post.values.get("person"), post.values.get("fund"))
        self._times[name, table.period] = self._times.get((name, table.period), 0) + 1
        key = (name, self._times[name, table.period])
        first = self._known.setdefault(key, post)
        if first is post:
            return
        alike = all(first.values.get(one) == post.values.get(one) for one in _SAME)
        place = post.cells.place(post.where.get("role"))
        said: dict[str, Value] = {
            "written": shown(post.cells.name),
            "period": shown(table.period or ""),
            "row": first.cells.row.number,
        }
        if alike and post.values.keys() & {"months"} == first.values.keys() & {"months"}:
            self._add(first, post)
            self.sink.recognised(place, ONE_POST(**said), NOTHING())
            return
        self.sink.recognised(place, PERHAPS_ONE(**said), LIST_ONCE(), score=50, sure=False, hint=BY_MAP())
        for one in (first, post):
            values = {name: value for name, value in one.values.items() if name != "count"}
            self._put(evolve(one, values=values, is_counted=False))
        self._known[key] = self.builder.posts[first.number]

    def _add(self, first: Post, post: Post) -> None:
        """The months and amounts of a post go to the first one, and with them every cell and remark."""
        values: dict[str, Any] = first.values
        for one in _ADDED:
            if one in post.values:
                values[one] = number(values.get(one, 0) + post.values[one])
        self.builder.posts.pop()
        old, new = f"positions[{post.number}]", f"positions[{first.number}]"
        for paths in post.cells.claims.values():
            if any(path.startswith(old) for path in paths):
                renamed = [path.replace(old, new, 1) for path in paths]
                paths.clear()
                paths.update(dict.fromkeys(renamed))

    def _put(self, post: Post) -> None:
        self.builder.posts[post.number] = post

    def tell_apart(self, table: CountyTable, lines: list[Line], before: int) -> None:
        """Rows of each part of the year are no row twice: the part is said in their description."""
        if self.holds(table):
            for index in range(before, len(lines)):
                said = lines[index].description
                period = table.period or ""
                lines[index] = evolve(lines[index], description=f"{period}{_SIGN}{said}" if said else period)
