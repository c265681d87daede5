"""A row of a table and what it was judged to be; and what of that the table as a whole decides."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from grantcalc.reading.county.facts import Facts, SumWord
from grantcalc.reading.county.model import ColumnKind, RowKind

_FREE = 5
"""Level of letters and of 甲、: the outermost marks of a table that begins with them."""
UNNUMBERED = 7
"""Level of a heading without a number, below all that have one."""


@frozen(kw_only=True)
class Judged:
    """A row and what it is; ``level`` of a heading, ``carried`` where its name stands in a row above, unmerged."""

    facts: Facts
    kind: RowKind
    label: str = ""
    category: str | None = None
    level: int = UNNUMBERED
    carried: bool = False
    fund: bool = False
    """Says how much of the whole a fund pays: the sum of no rows."""
    added: bool = False
    """Its amount is the sum of rows above it, and nothing else says whether it is a sum or an item."""
    alone: bool = False
    """It stands like a heading above other rows, but its amount counts beside theirs: an entry of its own."""
    paid_by: ColumnKind | None = None
    """The fund that pays it, by a heading above it or the table's title: 貳、自籌款."""

    @property
    def number(self) -> int:
        """Its row."""
        return self.facts.number


def beside(facts: Facts, heading: Judged) -> bool:
    """Whether a row is numbered like a heading above it, or above it: it stands beside it, not under it."""
    numbered = facts.level is not None and heading.facts.level is not None
    return numbered and facts.level is not None and facts.level <= heading.level


def levelled(facts: list[Facts]) -> list[Facts]:
    """With A、B、 or 甲、乙、 above all other marks where a table begins with them."""
    first = next((one.level for one in facts if one.level is not None), None)
    if first != _FREE:
        return facts
    return [evolve(one, level=0) if one.level == _FREE else one for one in facts]


def settled(judged: list[Judged]) -> list[Judged]:
    """合計 at the very end is the total, unless rows of that word were sums of some rows before and 總計 follows."""
    sums = [index for index, one in enumerate(judged) if one.kind in {RowKind.SUBTOTAL, RowKind.TOTAL} and not one.fund]
    if not sums or any(judged[index].kind is RowKind.TOTAL for index in sums):
        return judged
    last = sums[-1]
    after = any(one.kind in {RowKind.ENTRY, RowKind.HEADING} for one in judged[last + 1 :])
    if judged[last].facts.sum_word is SumWord.SUM and not after and not judged[last].facts.prefix:
        judged[last] = evolve(judged[last], kind=RowKind.TOTAL)
    return judged


def category_of(one: Judged, categories: Sequence[str | None]) -> str | None:
    """That of a row; of a sum the one it names, else that of all its rows."""
    if one.kind not in {RowKind.SUBTOTAL, RowKind.TOTAL} or one.facts.prefix:
        return one.category
    return categories[0] if one.kind is RowKind.SUBTOTAL and len({*categories}) == 1 else None
