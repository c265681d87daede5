"""What each row of a table is: an entry, the heading of a category, a sum, or a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from attrs import define, evolve, field

from grantcalc.reading.county.added import Added, Below
from grantcalc.reading.county.facts import Facts, SumWord, sum_word
from grantcalc.reading.county.judged import UNNUMBERED, Judged, beside, levelled, settled
from grantcalc.reading.county.model import ColumnKind, RowKind
from grantcalc.reading.county.payers import clean, fund_of, payer_of
from grantcalc.reading.county.words import Words, fold, numbering
from grantcalc.reading.deadline import NEVER, Deadline

_LETTER = 2
"""Level of (一): a heading of a category is numbered 壹、 一、 or (一)."""


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
    below: Below
    made: list[Judged] = field(factory=list)

    def run(self, deadline: Deadline) -> list[Judged]:
        """Row by row, each with a look at those below."""
        for index, facts in enumerate(deadline.over(self.facts)):
            self.below.leave(facts.sum_word is not None, self.amount_of(facts.number))
            self.made.append(self._one(index, facts))
            self.above.count(self.made[-1].kind, self.amount_of(facts.number))
        return self.made

    def _one(self, index: int, facts: Facts) -> Judged:
        if facts.sum_word is not None:
            return self._sum(facts)
        if facts.note:
            return Judged(facts=facts, kind=RowKind.NOTE, label=facts.name)
        if self._is_fund(index, facts):
            return self._fund(index, facts)
        if self._is_part(facts):
            return Judged(facts=facts, kind=RowKind.TOTAL, label=facts.name, fund=True)
        if not facts.detail and self._is_heading(index, facts):
            return self._heading(facts)
        if not facts.asks or not (facts.money or facts.detail or facts.named or facts.item):
            return Judged(facts=facts, kind=RowKind.NOTE, label=facts.name)
        if self._is_added(facts):
            return evolve(self._sum(facts), added=True)
        alone = self._stands_alone(index, facts)
        return evolve(self._entry(facts), added=self._equals_above(facts), alone=alone)

    def _sum(self, facts: Facts) -> Judged:
        if facts.sum_word is SumWord.CARRIED:
            return Judged(facts=facts, kind=RowKind.SUBTOTAL, label=facts.name)
        kind = RowKind.TOTAL if facts.sum_word is SumWord.TOTAL else RowKind.SUBTOTAL
        paid_by = payer_of(facts.payer, self.words)
        fund = payer_of(facts.prefix, self.words) or (paid_by if kind is RowKind.TOTAL else None)
        stated = clean(facts.prefix) or (clean(facts.category) if self._names_category(facts) else "") or self.category
        self.summed = True
        if self.headings and fund is None:
            self.headings.pop()
        self.category, self.item = None, ""
        if fund is not None:
            return Judged(facts=facts, kind=RowKind.TOTAL, label=facts.name, fund=True, paid_by=fund)
        return Judged(facts=facts, kind=kind, label=facts.name, category=stated or None, paid_by=paid_by)

    def _names_category(self, facts: Facts) -> bool:
        """Whether a row of a sum stands in a column of categories under one, and not itself for one."""
        return bool(facts.category) and sum_word(facts.category, self.words)[0] is None

    def _is_fund(self, index: int, facts: Facts) -> bool:
        """補助款 900,000 before or after the total: how much of it somebody pays, and no heading of rows below."""
        if not facts.money or facts.detail or payer_of(facts.name, self.words) is None:
            return False
        if facts.payer and facts.item:
            return False  # what a fund pays of an item that is merged over rows of several
        below = self._next(index)
        return below is None or not (_is_deeper(facts, below) or self._adds_up(index, facts))

    def _fund(self, index: int, facts: Facts) -> Judged:
        """Such a row; where only with it the rows make the total below, it asks for money that no other row does."""
        fund, own = payer_of(facts.name, self.words), self.amount_of(facts.number) or Decimal(0)
        rows, makes = self.above.total, self.below.makes
        if rows and makes(rows + own) and not makes(rows) and fund is not ColumnKind.SUBSIDY:
            return Judged(facts=facts, kind=RowKind.ENTRY, label=facts.name, paid_by=fund)
        return Judged(facts=facts, kind=RowKind.TOTAL, label=facts.name, fund=True, paid_by=fund)

    def _is_part(self, facts: Facts) -> bool:
        """其中申請補助 below a sum: a part of it, no money of its own."""
        key = fold(numbering(facts.name)[1])
        return facts.money and not facts.detail and key.startswith(self.words.parts)

    def _equals_above(self, facts: Facts) -> bool:
        """Whether its amount is the sum of entries above, and it has no figures of its own."""
        alone = facts.money and not facts.detail and not facts.calculation
        return alone and self.above.equals(self.amount_of(facts.number))

    def _is_added(self, facts: Facts) -> bool:
        """Whether such a row is a sum, by the totals below."""
        if not self._equals_above(facts):
            return False
        return self.above.is_sum(self.amount_of(facts.number) or Decimal(0), self.below)

    def _heading(self, facts: Facts) -> Judged:
        level = facts.level if facts.level is not None else UNNUMBERED
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
            paid_by=payer_of(facts.name, self.words),
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
        if self._stands_alone(index, facts):
            return False
        if self._opens_category(facts, below):
            return True
        if _is_deeper(facts, below):
            return below.asks or not facts.asks
        if payer_of(facts.name, self.words) is not None and facts.money:
            return self._adds_up(index, facts)
        if facts.asks:
            another = self.words.is_category(clean(below.name)) or below.level is not None
            return known and not another and (below.detail or below.calculation or self._adds_up(index, facts))
        return (known or (facts.wide and facts.level is None)) and not self._same_kind(facts, below)

    def _stands_alone(self, index: int, facts: Facts) -> bool:
        """Whether it is like a heading, but asks for money of its own: the totals count it beside the rows below."""
        below = self._next(index)
        if facts.detail or not (facts.name and facts.named and facts.money) or below is None:
            return False
        known = self.words.is_category(clean(facts.name))
        other = known and not self.words.is_category(clean(below.name))
        like = other or self._opens_category(facts, below) or _is_deeper(facts, below)
        if not like or below.sum_word is not None:
            return False
        rows, makes = self.above.total, self.below.makes
        if self.below.sums:
            return not makes(rows) and makes(rows + (self.amount_of(facts.number) or 0))
        return not known and below.level is None and not self._adds_up(index, facts)

    def _adds_up(self, index: int, facts: Facts) -> bool:
        """Whether its amount is the sum of those below, up to the next category or sum."""
        whole = Decimal(0)
        for other in self.facts[index + 1 :]:
            deep = facts.level is None or other.level is None or other.level > facts.level
            ends = not deep or other.sum_word is not None or self.words.is_category(clean(other.name))
            if ends or payer_of(other.name, self.words) is not None:
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


def judge(
    facts: Sequence[Facts],
    words: Words,
    *,
    title: Sequence[str],
    with_categories: bool,
    amount_of: Callable[[int], Decimal | None],
    deadline: Deadline = NEVER,
    ignored: frozenset[int] = frozenset(),
) -> list[Judged]:
    """What every row is; ``title`` are the lines above the header, the last of which may name the category."""
    title_category = next((clean(line) for line in reversed(title) if words.is_category(clean(line))), None)
    read = levelled([facts for facts in facts if facts.number not in ignored])
    judged = _Judge(
        facts=read,
        words=words,
        title_category=title_category,
        title_fund=next((fund for line in reversed(title) if (fund := fund_of(line, words)) is not None), None),
        with_categories=with_categories,
        amount_of=amount_of,
        below=Below.of((one.sum_word is not None, amount_of(one.number)) for one in read),
    ).run(deadline)
    judged += [Judged(facts=row, kind=RowKind.NOTE, label=row.name) for row in facts if row.number in ignored]
    judged.sort(key=lambda one: one.number)
    return settled(judged)
