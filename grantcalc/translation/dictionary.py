"""Which code of the other programme a row or a post gets: by the concordance, never by spelling.

Where one item became several, the row's own words decide (common/concordance_words), then the unit it is counted in,
else the first of them that the item means by itself; what was chosen, and why, is always told.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from attrs import frozen

from grantcalc.draft.model import Line, Role
from grantcalc.rules.concordance import Concordance, Subject
from grantcalc.rules.names import fold
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables
from grantcalc.text import Bilingual, Message, Text, Value, joined

WORDS = "common/concordance_words"

NO_ITEM = Message("The row names no item.")
NOT_OF_A = Message("“{item}” is no item of {programme}, so nothing says what it is in the other programme.")
NOTHING_THERE = Message("{programme} has no item for “{item}”.")
UNDECIDED = Message(
    "“{item}” has no item of its own in {programme}; parts of it belong to {others}, and the row does not say to which."
)
BY_WORDS = Message("“{item}” is one of several items in {programme}; “{word}” in the row says that it is “{chosen}”.")
BY_UNIT = Message("“{item}” is one of several items in {programme}; by the unit of the row it is “{chosen}”.")
FIRST = Message("“{item}” may be {others} in {programme}, and the row does not say which; taken as “{chosen}”.")
NOT_A_POST = Message("“{role}” is no post of {programme}, so nothing says what it is in the other programme.")
NO_POST = Message("{programme} has no post for “{role}”.")
FIRST_POST = Message("“{role}” may be {others} in {programme}; taken as “{chosen}”.")


@frozen(kw_only=True)
class Choice:
    """The code there, ``None`` where there is none; ``told`` says why not, or how it was chosen among several."""

    code: str | None
    told: Text | None = None


@frozen(kw_only=True)
class Way:
    """One counterpart of an item: its code and what both mean; ``main`` where the item means just that by itself."""

    code: str
    meaning: str
    main: bool


@frozen(kw_only=True)
class Dictionary:
    """From the codes of programme ``a`` to those of ``b``."""

    a: Programme
    b: Programme
    tables: Tables

    @cached_property
    def concordance(self) -> Concordance:
        """What every code means."""
        return Concordance.of(self.tables)

    @cached_property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """Words by which a row says that it is of a meaning."""
        if not any(info.id == WORDS for info in self.tables.infos()):
            return {}
        return {row["meaning"]: tuple(row["words"]) for row in self.tables[WORDS].rows}

    def item(self, line: Line) -> Choice:
        """The item of a row in the other programme."""
        if line.item is None:
            return Choice(code=None, told=NO_ITEM())
        if line.item not in self.a.items:
            return Choice(code=None, told=NOT_OF_A(item=line.item, programme=self.a.id))
        ways = self._ways(line.item)
        name = self.a.items[line.item].name
        if not ways:
            return Choice(code=None, told=NOTHING_THERE(item=name, programme=self.b.id))
        if len(ways) == 1 and ways[0].main:
            return Choice(code=ways[0].code)
        return self._one_of(line, name, ways)

    def role(self, role: Role) -> Choice:
        """The post of the other programme for a role."""
        if role not in self.a.roles:
            return Choice(code=None, told=NOT_A_POST(role=role, programme=self.a.id))
        others = self.concordance.counterparts(Subject.POST, self.a, role.value, self.b)
        if not others:
            return Choice(code=None, told=NO_POST(role=role, programme=self.b.id))
        roles = [Role(other) for other in others]
        told = FIRST_POST(role=role, others=joined(roles), programme=self.b.id, chosen=roles[0])
        return Choice(code=others[0], told=told if len(others) > 1 else None)

    def category(self, name: str) -> str | None:
        """The one category of the other programme that means the same; ``None`` where there is not just one."""
        others = self.concordance.counterparts(Subject.CATEGORY, self.a, name, self.b)
        return others[0] if len(others) == 1 else None

    def _ways(self, code: str) -> list[Way]:
        ways = []
        for other in self.concordance.counterparts(Subject.ITEM, self.a, code, self.b):
            meaning = self.concordance.shared(Subject.ITEM, self.a, code, self.b, other) or code
            ways.append(Way(code=other, meaning=meaning, main=self._means(code, meaning)))
        return ways

    def _means(self, code: str, meaning: str) -> bool:
        """Whether that is what the code means by itself, rather than one of the things it includes."""
        known = self.concordance.meanings(Subject.ITEM, self.a, code)
        return not known or any(entry.main and entry.meaning == meaning for entry in known)

    def _one_of(self, line: Line, name: Bilingual, ways: list[Way]) -> Choice:
        said = self._said(line, ways)
        if len(said) == 1:
            ((meaning, word),) = said.items()
            for way in ways:
                if way.meaning == meaning:
                    chosen = self._title(way)
                    return Choice(
                        code=way.code, told=BY_WORDS(item=name, programme=self.b.id, word=word, chosen=chosen)
                    )
        units = frozenset(quantity.unit for quantity in line.quantities)
        fitting = [way for way in ways if self.b.items[way.code].priced_unit(units) is not None]
        if not said and len(fitting) == 1 and len(ways) > 1:
            chosen = self._title(fitting[0])
            return Choice(code=fitting[0].code, told=BY_UNIT(item=name, programme=self.b.id, chosen=chosen))
        others = joined(self._title(way) for way in ways)
        first = next((way for way in ways if way.main), None)
        if first is None:
            return Choice(code=None, told=UNDECIDED(item=name, programme=self.b.id, others=others))
        told = FIRST(item=name, programme=self.b.id, others=others, chosen=self._title(first))
        return Choice(code=first.code, told=told)

    def _said(self, line: Line, ways: list[Way]) -> dict[str, str]:
        """What the row's words say it is, of all that its item means; each with the word that says so."""
        own = (entry.meaning for entry in self.concordance.meanings(Subject.ITEM, self.a, line.item or ""))
        text = fold(line.description or "")
        said = {}
        for meaning in dict.fromkeys((*(way.meaning for way in ways), *own)):
            word = next((word for word in self.words.get(meaning, ()) if fold(word) in text), None)
            if word is not None:
                said[meaning] = word
        return said

    def _title(self, way: Way) -> Value:
        return self.concordance.title(Subject.ITEM, way.meaning) or self.b.items[way.code].name
