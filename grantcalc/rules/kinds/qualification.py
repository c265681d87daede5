"""Who may be hired on a subsidised post (資格條件): several ways to qualify, of which one is enough.

A way that holds beats one that a person must judge, that one beats a way of which an input is missing, and that one
beats a way that fails: only where every way fails is the post refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import IntEnum

from attrs import field, frozen

from grantcalc.draft.model import Education, Licence, Position, Role
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.money import Number
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import posts_of, without_role
from grantcalc.rules.posts import named, post_cut
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.studies import studies_of
from grantcalc.rules.tally import Tally
from grantcalc.tabledata import Tables
from grantcalc.text import Bilingual, Message, Text, Value, joined

FAILS = Message("{post} ({role}) qualifies in none of the ways that the document names: {ways}.")
JUDGE = Message("{post} ({role}) may qualify as: {ways}. Stated: {held}; a person must look.")
REMEDY = Message("Have a person on this post who qualifies in one of these ways, or pay the post from own funds.")
LACKS = Message("{way} (lacking: {lacking})")
NUMBERED = Message("({number}) {way}")
BELOW = Message("“{stated}” is below “{least}”")
OTHER_FIELD = Message("“{studied}” is none of the fields")
NONE_HELD = Message("none of: {licences}")
TOO_SHORT = Message("{stated} of {needed} years of experience")
TOO_LATE = Message("hired on {day}, after {last}")
ASKS = Message("{asks}.")
RELATED = Message("whether “{studied}” is related to the fields that the document lists ({way})")
STUDIED = Message("field of study “{studied}”")
EXPERIENCE = Message("{years} years of experience")
HIRED = Message("hired on {day}")
NO_LICENCE = Message("no licence")
NOTHING = Message("nothing that a way asks for")


class Standing(IntEnum):
    """How far a post meets a condition or a way; the larger, the better."""

    FAILS = 0
    UNKNOWN = 1
    JUDGED = 2
    HOLDS = 3


@frozen(kw_only=True, eq=False, repr=False)
class Way:
    """One way to qualify: everything it names must hold; with ``ask`` a person has the last word.

    ``minimum``: lowest degree. ``groups`` and ``fields``: groups and codes of the table of fields of study; where
    ``related`` a field that is not among them is judged by a person. ``licences``: any of these. ``years`` of
    experience at least. ``in_post_by``: hired on that day at the latest.
    """

    name: Bilingual
    minimum: Education | None = None
    groups: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    related: bool = False
    licences: tuple[Licence, ...] = ()
    years: Limit | None = None
    in_post_by: dt.date | None = None
    ask: Bilingual | None = None

    def __attrs_post_init__(self) -> None:
        """A way without any condition would let everybody pass."""
        if not any((self.minimum, self.groups, self.fields, self.licences, self.years, self.in_post_by, self.ask)):
            raise ValueError(f"the way “{self.name.en}” states no condition")


@frozen(kw_only=True, eq=False, repr=False)
class Qualification:
    """Posts of ``roles`` qualify in one of the ``ways``; ``table`` lists the fields of study."""

    roles: tuple[Role, ...]
    ways: tuple[Way, ...] = field()
    table: str | None = None

    @ways.validator
    def _some(self, _: object, ways: tuple[Way, ...]) -> None:
        if not ways:
            raise ValueError("ways is empty")
        if self.table is None and any(way.groups or way.fields for way in ways):
            raise ValueError("a way names fields of study, but there is no table of them")


@frozen(kw_only=True)
class Condition:
    """How a post meets one condition of a way.

    ``name`` is the field of the post that it looks at, ``says`` what is lacking or what a person must look at.
    """

    name: str
    standing: Standing
    says: Value = ""


@frozen(kw_only=True)
class Judged:
    """A way with the conditions it has, as one post meets them."""

    way: Way
    conditions: tuple[Condition, ...]

    @property
    def standing(self) -> Standing:
        """One condition that fails, or is not known, decides; an empty way cannot be declared."""
        return min(condition.standing for condition in self.conditions)

    def of(self, standing: Standing) -> tuple[Condition, ...]:
        """The conditions that stand so."""
        return tuple(condition for condition in self.conditions if condition.standing is standing)


def check(context: Context, rule: Rule, values: Qualification) -> Verdict:
    """A finding for each post that qualifies in no way, or only by a person's judgement."""
    tally = Tally()
    tally.lacks(*without_role(context))
    for post in posts_of(context, values.roles):
        tally.examine()
        ways = [_judged(post, way, values.table, context.tables) for way in values.ways]
        best = max(way.standing for way in ways)
        chosen = [way for way in ways if way.standing is best]
        if best is Standing.FAILS:
            tally.found(_refused(context, post, chosen))
        elif best is Standing.JUDGED:
            tally.found(_for_a_person(post, chosen))
            # An input that could let the post pass without a person is named, too.
            chosen = [way for way in ways if way.standing is Standing.UNKNOWN and not way.of(Standing.JUDGED)]
        names = (condition.name for way in chosen for condition in way.of(Standing.UNKNOWN))
        tally.lacks(*(post.origin.place(name).path for name in names))
    return tally.verdict()


def _judged(post: Position, way: Way, table: str | None, tables: Tables) -> Judged:
    found = list(_stated(post, way))
    if (way.groups or way.fields) and table is not None:
        found.insert(1 if way.minimum else 0, _field(post, way, table, tables))
    if way.ask is not None:
        found.append(Condition(name="education", standing=Standing.JUDGED, says=way.ask))
    return Judged(way=way, conditions=tuple(found))


def _stated(post: Position, way: Way) -> Iterator[Condition]:
    """The conditions that a field of the post decides by itself."""
    degree, held, years, hired = post.education, post.licences, post.experience_years, post.hired_on
    if way.minimum is not None:
        holds = None if degree is None else degree.rank >= way.minimum.rank
        yield _condition("education", holds, BELOW(stated=degree or "", least=way.minimum))
    if way.licences:
        holds = None if held is None else not set(way.licences).isdisjoint(held)
        yield _condition("licences", holds, NONE_HELD(licences=joined(way.licences)))
    if way.years is not None:
        holds = None if years is None else years >= way.years.value
        yield _condition("experience_years", holds, TOO_SHORT(stated=years or 0, needed=way.years.value))
    if way.in_post_by is not None:
        holds = None if hired is None else hired <= way.in_post_by
        yield _condition("hired_on", holds, TOO_LATE(day=hired or "", last=way.in_post_by))


def _condition(name: str, holds: bool | None, lacking: Text) -> Condition:
    standing = Standing.UNKNOWN if holds is None else Standing.HOLDS if holds else Standing.FAILS
    return Condition(name=name, standing=standing, says=lacking)


def _field(post: Position, way: Way, table: str, tables: Tables) -> Condition:
    """A listed field holds; another one is judged by a person where the way takes related fields."""
    studied = post.field or ""
    studies = studies_of(studied, table, tables)
    listed = any(study.group in way.groups or study.code in way.fields for study in studies)
    if studied and not listed and way.related:
        return Condition(name="field", standing=Standing.JUDGED, says=RELATED(studied=studied, way=way.name))
    return _condition("field", listed if studied else None, OTHER_FIELD(studied=studied))


def _refused(context: Context, post: Position, ways: list[Judged]) -> Finding:
    """The error, at the field that keeps the post from the way it comes nearest to."""
    nearest = min(ways, key=_distance)
    lacking = nearest.of(Standing.FAILS)
    name, limit = lacking[0].name, nearest.way.years
    by_years = [condition.name for condition in lacking] == ["experience_years"]
    stated = allowed = None
    if by_years and limit is not None:
        stated, allowed = post.experience_years, _number(limit)
    return Finding(
        place=post.origin.place(name),
        stated=stated,
        allowed=allowed,
        message=FAILS(post=named(post), role=post.role or "", ways=_listed([_lacks(way) for way in ways])),
        remedy=REMEDY(),
        explanation=limit.explained() if by_years and limit is not None else None,
        cut=post_cut(context, post),
    )


def _distance(way: Judged) -> tuple[int, bool]:
    """How much keeps a post from a way; of equals, the one for the degree that the post has is the nearest."""
    names = [condition.name for condition in way.of(Standing.FAILS)]
    return len(names), way.way.minimum is None or "education" in names


def _number(limit: Limit) -> Number:
    return int(limit.value)


def _for_a_person(post: Position, ways: list[Judged]) -> Finding:
    judged = [condition for way in ways for condition in way.of(Standing.JUDGED)]
    asks: list[Value] = []
    for condition in judged:  # two ways may ask the same
        if condition.says not in asks:
            asks.append(condition.says)
    names = _listed([way.way.name for way in ways])
    return Finding(
        outcome=Outcome.REVIEW,
        place=post.origin.place(judged[0].name),
        message=JUDGE(post=named(post), role=post.role or "", ways=names, held=_held(post, ways)),
        remedy=LOOK(ask=ASKS(asks=joined(asks))),
    )


def _lacks(way: Judged) -> Text:
    return LACKS(way=way.way.name, lacking=joined(condition.says for condition in way.of(Standing.FAILS)))


def _listed(ways: Sequence[Value]) -> Value:
    """The ways, numbered where there are several."""
    if len(ways) == 1:
        return ways[0]
    return joined(NUMBERED(number=number, way=way) for number, way in enumerate(ways, start=1))


def _held(post: Position, ways: list[Judged]) -> Value:
    """What the post states of everything that these ways look at."""
    asked = {condition.name for way in ways for condition in way.conditions}
    found = [fact for name, fact in _facts(post) if name in asked and fact is not None]
    return joined(found) if found else NOTHING()


def _facts(post: Position) -> list[tuple[str, Value | None]]:
    licences: Value | None = None if post.licences is None else joined(post.licences) if post.licences else NO_LICENCE()
    years: Text | None = None if post.experience_years is None else EXPERIENCE(years=post.experience_years)
    return [
        ("education", post.education),
        ("field", STUDIED(studied=post.field) if post.field else None),
        ("licences", licences),
        ("experience_years", years),
        ("hired_on", None if post.hired_on is None else HIRED(day=post.hired_on)),
    ]


KIND = Kind(name="qualification", check=check, values=Qualification)
