"""What two programmes say of the same thing: single facts, and what became of them from one to the other."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from enum import Enum
from functools import cached_property

from attrs import field, frozen

from grantcalc.money import Exact
from grantcalc.rules.concordance import Concordance, Subject
from grantcalc.rules.programme import Programme
from grantcalc.sources import Citation
from grantcalc.tabledata import Tables
from grantcalc.text import Bilingual, Message, Value, dollars
from grantcalc.units import Unit


class Difference(Enum):
    """What became of a fact, or of an item, post or rule with all its facts, from programme A to B."""

    SAME = "same"
    CHANGED = "changed"
    ONLY_A = "only-a"
    ONLY_B = "only-b"


class Aspect(Enum):
    """What a fact is about; the facts of a row stand in this order."""

    PAID = "paid"
    OUTCOME = "outcome"
    CATEGORY = "category"
    PAY = "pay"
    PRICE = "price"
    FLOOR = "floor"
    HALF_RATE = "half-rate"
    QUANTITY = "quantity"
    MONTHS = "months"
    INSURANCE = "insurance"
    ALLOWANCE = "allowance"
    NUMBER = "number"
    WORD = "word"
    SCOPE = "scope"
    ITEMS = "items"
    SETTING = "setting"
    FLAG = "flag"
    CLAUSE = "clause"


@frozen(kw_only=True)
class Fact:
    """One thing that a programme says: what it says in words, and what of it is compared.

    ``key`` pairs it with the other programme's fact of the same aspect. ``detail``: it belongs to an item or a post
    that has a row of its own; without a counterpart it is left to that row.
    """

    aspect: Aspect
    key: str
    said: Value
    compared: Hashable
    label: Value | Message | None = None
    value: Exact | None = None
    unit: Unit | None = None
    citation: Citation | None = None
    detail: bool = False

    @classmethod
    def of_money(cls, aspect: Aspect, key: str, label: Value | Message, amount: int, citation: Citation) -> Fact:
        """An amount of dollars, with the section that prints it."""
        return cls(
            aspect=aspect,
            key=key,
            label=label,
            said=dollars(amount),
            compared=amount,
            value=amount,
            unit=Unit.DOLLAR,
            citation=citation,
        )


@frozen(kw_only=True)
class Change:
    """A fact of one programme and the one that pairs with it in the other."""

    a: Fact | None
    b: Fact | None

    @property
    def difference(self) -> Difference:
        """What became of it."""
        if self.a is None or self.b is None:
            return Difference.ONLY_B if self.a is None else Difference.ONLY_A
        return Difference.SAME if self.a.compared == self.b.compared else Difference.CHANGED

    @property
    def fact(self) -> Fact:
        """The one of A, else the one of B."""
        fact = self.a or self.b
        assert fact is not None  # noqa: S101  # one of the two there is
        return fact

    @property
    def aspect(self) -> Aspect:
        """What it is about."""
        return self.fact.aspect

    @property
    def key(self) -> str:
        """What pairs the two."""
        return self.fact.key


@frozen(kw_only=True)
class Side:
    """An item, post or rule of one programme: its code, its name, where it stands, and what is said of it."""

    code: str
    title: Value
    sections: tuple[Citation, ...]
    facts: tuple[Fact, ...]
    clause: Value | None = None
    kind: str | None = None
    """The kind of a rule."""


@frozen(kw_only=True)
class Row:
    """What the two programmes have under one meaning, side by side."""

    subject: Subject
    meaning: str
    title: Value
    a: Side | None
    b: Side | None
    changes: tuple[Change, ...] = ()

    @property
    def difference(self) -> Difference:
        """Same where every fact is, and rules are of one kind."""
        if self.a is None or self.b is None:
            return Difference.ONLY_B if self.a is None else Difference.ONLY_A
        equal = self.a.kind == self.b.kind and all(change.difference is Difference.SAME for change in self.changes)
        return Difference.SAME if equal else Difference.CHANGED


@frozen(kw_only=True)
class Comparison:
    """Two programmes side by side: items, posts and rules in A's order, then what is only in B."""

    a: Programme
    b: Programme
    rows: tuple[Row, ...]

    def of(self, subject: Subject) -> tuple[Row, ...]:
        """The rows of one subject."""
        return tuple(row for row in self.rows if row.subject is subject)

    def count(self, difference: Difference, subject: Subject | None = None) -> int:
        """How many rows there are of a difference."""
        rows = self.rows if subject is None else self.of(subject)
        return sum(row.difference is difference for row in rows)


@frozen(kw_only=True)
class Shelf:
    """One programme with the tables its rules name and the concordance that tells what its codes mean."""

    programme: Programme
    tables: Tables
    concordance: Concordance
    known: frozenset[str] = field(factory=frozenset)
    """Identifiers of every table."""

    @cached_property
    def categories(self) -> Mapping[str, Bilingual]:
        """The programme's categories by their official names."""
        return {category.name: category.title for category in self.programme.categories}

    def meaning(self, subject: Subject, code: str) -> str:
        """What a code means, as the other programme's codes are compared with it."""
        return self.concordance.meaning(subject, self.programme, code)

    def title(self, subject: Subject, code: str) -> Bilingual | None:
        """What the concordance calls a code, if it does: shorter than most documents."""
        return self.concordance.title(subject, self.meaning(subject, code))

    def meanings(self, subject: Subject, code: str) -> tuple[str, ...]:
        """All that a code means; itself where the concordance lists nothing."""
        found = self.concordance.meanings(subject, self.programme, code)
        return tuple(entry.meaning for entry in found) or (code,)
