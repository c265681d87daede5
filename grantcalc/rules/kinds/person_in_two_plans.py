"""One person paid by two plans at the same time (一人重複支領二計畫人事費): judged across drafts of any programme.

Where all persons of two posts have identity numbers, these decide, by what the reader put in their place. Names alone
are one person within a county; two counties may have persons of one name, so there a person must look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from attrs import Factory, define, frozen

from grantcalc.draft.model import Period, Position
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import DATES, span
from grantcalc.rules.persons import Holder, Likeness, Name, holder_of, is_paid
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.rules.together import first_of, missing_for, named
from grantcalc.text import Message, Text

ALONE = Message("Persons are compared across drafts, not in one.")
HELD = Message(
    "None of the persons named on {number} paid posts is paid at the same time by another of the drafts given."
)
UNSAID = Message("no name stated")
OTHER = Message("{draft} at {place} (“{person}”), from {start} to {end}")
UNNAMED = Message("{draft} at {place}, from {start} to {end}")
BY_NUMBER = Message("The identity number at {place} (“{person}”) stands on a paid post of another plan too: {others}.")
BY_NAME = Message("“{person}” is paid by another plan of {county} at the same time: {others}.")
NAMESAKE = Message(
    "A person of the name “{person}” is paid by another plan at the same time: {others}. It is one person paid twice, "
    "or two persons of one name: the drafts do not give the numbers of both."
)
PARTLY = Message(
    "“{person}” may be paid by another plan of {county} at the same time: {others}. The names as they are written fit "
    "each other, but they are masked or no plain names, so that they may be two persons."
)
SEPARATE = Message(
    "Let one of these plans pay this person: name another person at {place} or in the other draft, or let the two "
    "posts follow each other."
)
ASK = Message("whether the posts at {place} and in the other drafts have one person.")


@frozen(kw_only=True, eq=False, repr=False)
class PersonInTwoPlans:
    """A cell with one of the ``vacant`` words (待聘) names nobody."""

    vacant: tuple[str, ...]


@frozen(kw_only=True, eq=False)
class _Post:
    """A paid post of one of the drafts."""

    context: Context
    post: Position
    holder: Holder

    @property
    def dates(self) -> Period:
        return span(self.post, self.context.period)

    @property
    def unread(self) -> tuple[str, ...]:
        return self.post.unread_of(*DATES)


@frozen(kw_only=True, eq=False)
class _Match:
    """Another draft's post with the same person, as far as it is known."""

    likeness: Likeness
    name: Name | None
    other: _Post
    other_name: Name | None


@define
class _Index:
    """Posts by what may make them one person's, so that not every pair is looked at."""

    posts: defaultdict[tuple[str, ...], list[_Post]] = Factory(lambda: defaultdict(list))

    def add(self, post: _Post) -> None:
        for key in self._keys(post):
            self.posts[key].append(post)

    def alike(self, post: _Post) -> Iterator[_Post]:
        """Posts of other drafts that share a key, each once."""
        seen: dict[int, _Post] = {}
        for key in self._keys(post):
            seen.update((id(other), other) for other in self.posts[key] if other.context is not post.context)
        yield from seen.values()

    @staticmethod
    def _keys(post: _Post) -> Iterator[tuple[str, ...]]:
        yield from (("number", number) for number in post.holder.numbers)
        for name in post.holder.names:
            yield "name", name.key
            if post.holder.county:
                yield "partly", post.holder.county, name.key[0], str(len(name.key))


def check(context: Context, rule: Rule, values: PersonInTwoPlans) -> Verdict:
    """Not applicable to one draft, and says why."""
    return Verdict(reason=ALONE())


def together(contexts: Sequence[Context], rule: Rule, values: PersonInTwoPlans) -> tuple[Verdict, ...]:
    """A finding on every post whose person another draft pays on a common day; both drafts have it."""
    tallies = [Tally() for _ in contexts]
    index = _Index()
    posts = [_named(context, values, tally) for context, tally in zip(contexts, tallies, strict=True)]
    for found in posts:
        for post in found:
            index.add(post)
    for found, tally in zip(posts, tallies, strict=True):
        for post in found:
            tally.examine()
            _judge(post, index, rule, tally)
    return tuple(
        tally.verdict(reason=HELD(number=len(found)) if found and not (tally.findings or tally.missing) else None)
        for found, tally in zip(posts, tallies, strict=True)
    )


def _named(context: Context, values: PersonInTwoPlans, tally: Tally) -> list[_Post]:
    """The paid posts that name somebody; a post that says nothing of who holds it lacks that, a vacant one does not."""
    found = []
    for post in context.draft.positions:
        if not is_paid(post):
            continue
        holder = holder_of(post, context.draft.county, values.vacant)
        if holder.names or holder.numbers:
            found.append(_Post(context=context, post=post, holder=holder))
        elif not (post.person or "").strip():
            tally.lacks(post.origin.place("person").path)
    return found


def _judge(post: _Post, index: _Index, rule: Rule, tally: Tally) -> None:
    matches: defaultdict[Likeness, list[_Match]] = defaultdict(list)
    for other in index.alike(post):
        found = post.holder.likeness(other.holder)
        if found is None:
            continue
        if post.unread or other.unread:
            lacking = [(one.context, one.unread) for one in (post, other)]
            tally.lacks(*missing_for(post.context, lacking))
        elif _common(post, other) is not None:
            likeness, name, other_name = found
            matches[likeness].append(_Match(likeness=likeness, name=name, other=other, other_name=other_name))
    for likeness in Likeness:
        if matches[likeness]:
            tally.found(_finding(post, matches[likeness], rule))


def _common(post: _Post, other: _Post) -> Period | None:
    """The days on which both are in post; ``None`` where there is none, or the dates of one are wrong."""
    mine, theirs = post.dates, other.dates
    if mine.end < mine.start or theirs.end < theirs.start:
        return None
    both = Period(start=max(mine.start, theirs.start), end=min(mine.end, theirs.end))
    return both if both.start <= both.end else None


def _finding(post: _Post, matches: Sequence[_Match], rule: Rule) -> Finding:
    likeness, name = matches[0].likeness, matches[0].name
    place = post.post.origin.place("person")
    ordered = sorted(matches, key=lambda match: (match.other.context.reading.file, match.other.post.origin.path))
    message = {
        Likeness.NUMBER: BY_NUMBER,
        Likeness.NAME: BY_NAME,
        Likeness.NAMESAKE: NAMESAKE,
        Likeness.PARTLY: PARTLY,
    }[likeness]
    written: dict[str, str | Text | At] = {
        "place": At(place),
        "person": name.written if name else UNSAID(),
        "county": post.holder.county or "",
    }
    said = {key: value for key, value in written.items() if f"{{{key}}}" in message.template}
    return Finding(
        outcome=rule.outcome if likeness.is_certain else Outcome.REVIEW,
        place=place,
        message=message(**said, others=first_of([_told(post, match) for match in ordered])),
        remedy=SEPARATE(place=At(place)) if likeness.is_certain else LOOK(ask=ASK(place=At(place))),
    )


def _told(post: _Post, match: _Match) -> Text:
    both = _common(post, match.other) or post.dates
    said = {
        "draft": named(match.other.context),
        "place": At(match.other.post.origin.place("person"), elsewhere=True),
        "start": both.start,
        "end": both.end,
    }
    return OTHER(**said, person=match.other_name.written) if match.other_name else UNNAMED(**said)


KIND = Kind(name="person-in-two-plans", check=check, values=PersonInTwoPlans, together=together)
