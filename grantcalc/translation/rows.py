"""Rows and posts of one programme as rows and posts of another: codes and categories change, money does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from attrs import Factory, define, evolve

from grantcalc.draft.model import Draft, Fund, Line, Position, Role
from grantcalc.mending import row_of
from grantcalc.rules.ledger import Amount
from grantcalc.rules.programme import Category, Item
from grantcalc.text import Message, Text, Value
from grantcalc.translation.dictionary import Dictionary
from grantcalc.translation.model import NotCarried, Pair, Part, Remark

MISPLACED = Message("The row stands under “{category}”, which is not the category of its item; left under “{after}”.")


@define(kw_only=True)
class Rows:
    """Gathers, during one translation only, what became of the rows and posts."""

    words: Dictionary
    amounts: dict[str, list[Amount]]
    pairs: dict[str, Pair] = Factory(dict)
    not_carried: list[NotCarried] = Factory(list)
    remarks: list[Remark] = Factory(list)

    @classmethod
    def of(cls, words: Dictionary, amounts: Iterable[Amount]) -> Rows:
        """Nothing translated yet; the amounts are those of the draft as it is."""
        by_row: defaultdict[str, list[Amount]] = defaultdict(list)
        for amount in amounts:
            by_row[row_of(amount.path) or ""].append(amount)
        return cls(words=words, amounts=dict(by_row))

    def carry(self, draft: Draft) -> Draft:
        """The draft with what can be carried of its rows and posts, in their order."""
        posts = tuple(post for post in map(self._post, draft.positions) if post is not None)
        lines = tuple(line for line in map(self._line, draft.lines) if line is not None)
        return evolve(draft, programme=self.words.b.id, positions=posts, lines=lines)

    def _post(self, post: Position) -> Position | None:
        if post.role is None:
            self.pairs[post.origin.path] = Pair(before=None, after=None)
            return post
        choice = self.words.role(post.role)
        if choice.code is None:
            self._leave(Part.POST, post, post.role, choice.told)
            return None
        self._told(post, "role", choice.told)
        self.pairs[post.origin.path] = Pair(before=post.role.value, after=choice.code)
        return evolve(post, role=Role(choice.code))

    def _line(self, line: Line) -> Line | None:
        choice = self.words.item(line)
        if choice.code is None:
            known = self.words.a.items.get(line.item or "")
            self._leave(Part.LINE, line, known.name if known else line.item or line.description or "", choice.told)
            return None
        self._told(line, "item", choice.told)
        self.pairs[line.origin.path] = Pair(before=line.item, after=choice.code)
        before, after = self.words.a.items[line.item or ""], self.words.b.items[choice.code]
        return evolve(line, item=after.code, category=self._category(line, before, after))

    def _category(self, line: Line, before: Item, after: Item) -> str | None:
        """The counterpart's own category; a row under a wrong one keeps its fault."""
        if line.category is None or line.category == before.category:
            return after.category if line.category else None
        category = self.words.category(line.category) or line.category
        stated = self._titled(self.words.a.category(line.category), line.category)
        told = MISPLACED(category=stated, after=self._titled(self.words.b.category(category), category))
        self._told(line, "category", told)
        return category

    @staticmethod
    def _titled(category: Category | None, name: str) -> Value:
        return category.title if category else name

    def _told(self, row: Position | Line, field: str, told: Text | None) -> None:
        if told is not None:
            self.remarks.append(Remark(place=row.origin.place(field), message=told))

    def _leave(self, part: Part, row: Position | Line, title: Value, reason: Text | None) -> None:
        sums: defaultdict[Fund, int] = defaultdict(int)
        amounts = self.amounts.get(row.origin.path, [])
        for amount in amounts:
            sums[amount.fund] += amount.value or 0
        field = "role" if part is Part.POST else "item"
        assert reason is not None  # noqa: S101  # no code without a reason
        self.not_carried.append(
            NotCarried(
                part=part,
                place=row.origin.place(field),
                title=title,
                reason=reason,
                amounts={fund: value for fund, value in sums.items() if value},
                uncounted=tuple(amount.path for amount in amounts if amount.value is None),
            )
        )
