"""What each row of a table is: an entry, the heading of a category, a sum, or a note."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from attrs import define, evolve, field, frozen

from grantcalc.reading.county.added import Added
from grantcalc.reading.county.facts import Facts, SumWord, sum_word
from grantcalc.reading.county.headers import FUNDS
from grantcalc.reading.county.model import ColumnKind, RowKind
from grantcalc.reading.county.words import Words, brackets, fold, numbering

_LETTER = 2
"""Level of (一): a heading of a category is numbered 壹、 一、 or (一)."""
_UNNUMBERED = 6
_PART = re.compile(r"(?:部分|部份|項目|項下|經費明細|明細)$")
_TRAILING = re.compile(r"[\s:：、,，。;；]+$")


@frozen(kw_only=True)
class Judged:
    """A row and what it is; ``level`` of a heading, ``carried`` where its name stands in a row above, unmerged."""

    facts: Facts
    kind: RowKind
    label: str = ""
    category: str | None = None
    level: int = _UNNUMBERED
    carried: bool = False
    fund: bool = False
    """Says how much of the whole a fund pays: the sum of no rows."""
    added: bool = False
    """Its amount is the sum of rows above it, and nothing else says whether it is a sum or an item."""
    paid_by: ColumnKind | None = None
    """The fund that pays it, by a heading above it or the table's title: 貳、自籌款."""

    @property
    def number(self) -> int:
        """Its row."""
        return self.facts.number


def clean(text: str) -> str:
    """A name of a category as the programme may have it: without number, colon, and remark in brackets."""
    _, name = numbering(text)
    base, _ = brackets(name)
    return _TRAILING.sub("", base).strip() or _TRAILING.sub("", name)


def beside(facts: Facts, heading: Judged) -> bool:
    """Whether a row is numbered like a heading above it, or above it: it stands beside it, not under it."""
    numbered = facts.level is not None and heading.facts.level is not None
    return numbered and facts.level is not None and facts.level <= heading.level


@define(kw_only=True)
class _Judge:
    facts: Sequence[Facts]
    words: Words
    title_category: str | None
    title_fund: ColumnKind | None
    with_categories: bool
    """The table has a column of categories."""
    amount_of: Callable[[int], Decimal | None]
    headings: list[Judged] = field(factory=list)
    category: str | None = None
    item: str = ""
    summed: bool = False
    above: Added = field(factory=Added)
    made: list[Judged] = field(factory=list)

    def run(self) -> list[Judged]:
        """Row by row, each with a look at those below."""
        for index, facts in enumerate(self.facts):
            self.made.append(self._one(index, facts))
            self.above.count(self.made[-1].kind, self.amount_of(facts.number))
        return self.made

    def _one(self, index: int, facts: Facts) -> Judged:
        if facts.sum_word is not None:
            return self._sum(facts)
        if facts.note:
            return Judged(facts=facts, kind=RowKind.NOTE, label=facts.name)
        if self._is_fund(facts) or self._is_part(facts):
            return Judged(facts=facts, kind=RowKind.TOTAL, label=facts.name, fund=True)
        if not facts.detail and self._is_heading(index, facts):
            return self._heading(facts)
        if not facts.asks or not (facts.money or facts.detail or facts.named or facts.item):
            return Judged(facts=facts, kind=RowKind.NOTE, label=facts.name)
        if self._is_added(index, facts):
            return evolve(self._sum(facts), added=True)
        entry = self._entry(facts)
        return evolve(entry, added=self._equals_above(facts))

    def _sum(self, facts: Facts) -> Judged:
        kind = RowKind.TOTAL if facts.sum_word is SumWord.TOTAL else RowKind.SUBTOTAL
        fund = fund_of(facts.prefix, self.words) is not None
        stated = clean(facts.prefix) or (clean(facts.category) if self._names_category(facts) else "") or self.category
        self.summed = True
        if self.headings and not fund:
            self.headings.pop()
        self.category, self.item = None, ""
        if fund:
            return Judged(facts=facts, kind=RowKind.TOTAL, label=facts.name, fund=True)
        return Judged(facts=facts, kind=kind, label=facts.name, category=stated or None)

    def _names_category(self, facts: Facts) -> bool:
        """Whether a row of a sum stands in a column of categories under one, and not itself for one."""
        return bool(facts.category) and sum_word(facts.category, self.words)[0] is None

    def _is_fund(self, facts: Facts) -> bool:
        """補助款 900,000 below the sums: how much of them somebody pays."""
        return self.summed and facts.money and not facts.detail and fund_of(facts.name, self.words) is not None

    def _is_part(self, facts: Facts) -> bool:
        """其中申請補助 below a sum: a part of it, no money of its own."""
        key = fold(numbering(facts.name)[1])
        return facts.money and not facts.detail and key.startswith(self.words.parts)

    def _equals_above(self, facts: Facts) -> bool:
        """Whether its amount is the sum of entries above, and it has no figures of its own."""
        alone = facts.money and not facts.detail and not facts.calculation
        return alone and self.above.equals(self.amount_of(facts.number))

    def _is_added(self, index: int, facts: Facts) -> bool:
        """Whether such a row is a sum, by the totals below."""
        if not self._equals_above(facts):
            return False
        below = self.facts[index + 1 :]
        sums = [self.amount_of(one.number) for one in below if one.sum_word is not None]
        rest = sum((self.amount_of(one.number) or Decimal(0) for one in below if one.sum_word is None), Decimal(0))
        return self.above.is_sum(self.amount_of(facts.number) or Decimal(0), sums, rest)

    def _heading(self, facts: Facts) -> Judged:
        level = facts.level if facts.level is not None else _UNNUMBERED
        if facts.level is None and self.words.is_category(clean(facts.name)):
            level = 0
        while self.headings and self.headings[-1].level >= level:
            self.headings.pop()
        name = clean(facts.name)
        heading = Judged(
            facts=facts,
            kind=RowKind.HEADING,
            label=facts.name,
            category=name,
            level=level,
            paid_by=fund_of(facts.name, self.words),
        )
        self.headings.append(heading)
        self.item, self.category = "", None
        return heading

    def _above(self) -> str | None:
        """The category of the headings above: the innermost that is known as one, else the outermost."""
        names = [heading.category for heading in self.headings if heading.category and heading.paid_by is None]
        known = next((name for name in reversed(names) if self.words.is_category(name)), None)
        return known or (names[0] if names else self.title_category)

    def _entry(self, facts: Facts) -> Judged:
        if self.with_categories and facts.category:
            self.category = clean(facts.category)
        while self.headings and beside(facts, self.headings[-1]):
            self.headings.pop()
        if facts.level is None and self._is_beside_headings(facts):
            self.headings.clear()
        carried = False
        label = facts.item or (facts.name if facts.named else "")
        if facts.item:
            self.item = facts.item
        elif self.item and (not facts.name or not facts.named or facts.name == facts.category):
            label, carried = self.item, True
        return Judged(
            facts=facts,
            kind=RowKind.ENTRY,
            label=label or facts.name,
            category=self.category or self._own_category(facts),
            carried=carried,
            paid_by=next((one.paid_by for one in reversed(self.headings) if one.paid_by), self.title_fund),
        )

    def _is_beside_headings(self, facts: Facts) -> bool:
        """管理費 below the rows of 業務費, both categories of the programme: a category of its own."""
        name = clean(facts.name)
        above = [heading.category or "" for heading in self.headings]
        return self.words.is_own_category(name) and any(map(self.words.is_own_category, above)) and name not in above

    def _own_category(self, facts: Facts) -> str | None:
        """三、管理費 beside 二、業務費, or 業務費 with all of it in one explanation: a category of one row."""
        if not self.headings and self.words.is_category(clean(facts.name)):
            return clean(facts.name)
        return self._above()

    def _next(self, index: int) -> Facts | None:
        return next((facts for facts in self.facts[index + 1 : index + 8] if not facts.note), None)

    def _is_heading(self, index: int, facts: Facts) -> bool:
        """Whether the rows below belong to this one: it names a category, or is numbered above them."""
        if not facts.name or not facts.named:
            return False
        below = self._next(index)
        known = self.words.is_category(clean(facts.name))
        if below is None or below.sum_word is not None:
            return known and not facts.asks and below is not None
        if self._opens_category(facts, below):
            return True
        if _is_deeper(facts, below):
            return below.asks or not facts.asks
        if facts.asks:
            another = self.words.is_category(clean(below.name)) or below.level is not None
            return known and not another and (below.detail or below.calculation or self._adds_up(index, facts))
        return (known or (facts.wide and facts.level is None)) and not self._same_kind(facts, below)

    def _adds_up(self, index: int, facts: Facts) -> bool:
        """Whether its amount is the sum of those below, up to the next category or sum."""
        whole = Decimal(0)
        for other in self.facts[index + 1 :]:
            if other.sum_word is not None or self.words.is_category(clean(other.name)):
                break
            whole += self.amount_of(other.number) or 0
        return whole > 0 and self.amount_of(facts.number) == whole

    def _opens_category(self, facts: Facts, below: Facts) -> bool:
        """Its own category without an item, above items without a category."""
        opens = self.with_categories and bool(facts.category) and not facts.item and not facts.calculation
        return opens and bool(below.item) and (not below.category or below.category == facts.category)

    def _same_kind(self, facts: Facts, below: Facts) -> bool:
        """Both unused rows of a list of categories."""
        return not below.asks and self.words.is_category(clean(below.name)) and facts.level == below.level


def _is_deeper(facts: Facts, below: Facts) -> bool:
    if facts.level is None:
        return False
    if below.level is None:
        return facts.level <= _LETTER and (below.detail or below.calculation) and not facts.calculation
    return below.level > facts.level


def fund_of(text: str, words: Words) -> ColumnKind | None:
    """The fund that a heading names and nothing else: 補助款, 自籌款部分."""
    word = words.headers.get(_PART.sub("", fold(clean(text)))) if text else None
    return word.kind if word is not None and word.kind in FUNDS else None


def judge(
    facts: Sequence[Facts],
    words: Words,
    *,
    title: Sequence[str],
    with_categories: bool,
    amount_of: Callable[[int], Decimal | None],
    ignored: frozenset[int] = frozenset(),
) -> list[Judged]:
    """What every row is; ``title`` are the lines above the header, the last of which may name the category."""
    title_category = next((clean(line) for line in reversed(title) if words.is_category(clean(line))), None)
    read = [facts for facts in facts if facts.number not in ignored]
    judged = _Judge(
        facts=read,
        words=words,
        title_category=title_category,
        title_fund=next((fund for line in reversed(title) if (fund := fund_of(line, words)) is not None), None),
        with_categories=with_categories,
        amount_of=amount_of,
    ).run()
    judged += [Judged(facts=row, kind=RowKind.NOTE, label=row.name) for row in facts if row.number in ignored]
    judged.sort(key=lambda one: one.number)
    return _settled(judged)


def _settled(judged: list[Judged]) -> list[Judged]:
    """合計 at the very end is the total, unless rows of that word were sums of some rows before and 總計 follows."""
    sums = [index for index, one in enumerate(judged) if one.kind in {RowKind.SUBTOTAL, RowKind.TOTAL} and not one.fund]
    if not sums or any(judged[index].kind is RowKind.TOTAL for index in sums):
        return judged
    last = sums[-1]
    after = any(one.kind in {RowKind.ENTRY, RowKind.HEADING} for one in judged[last + 1 :])
    if judged[last].facts.sum_word is SumWord.SUM and not after and not judged[last].facts.prefix:
        judged[last] = evolve(judged[last], kind=RowKind.TOTAL)
    return judged
