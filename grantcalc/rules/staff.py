"""Who holds a post of the plan (計畫內人員), and the rows that pay somebody who may not draw them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grantcalc.draft.model import Line, Position
from grantcalc.finding import Finding, Outcome
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.names import persons, same_name, spelled
from grantcalc.rules.prices import amount_edits, row_cut
from grantcalc.rules.remedies import LOOK, NONE_ALLOWED
from grantcalc.text import Message, Value, dollars
from grantcalc.units import Unit

LIKELY = Message("“{item}” of {stated} is paid to “{cell}”, which seems to name {person}, who holds the post {post}.")
SAME_PERSON = Message("whether “{cell}” is {person}; if so, the row is taken out of the subsidy.")


def posts_by_person(posts: Sequence[Position]) -> Mapping[str, Position]:
    """The first post of every person, by the name as it is compared."""
    found = {same_name(post.person): post for post in reversed(posts) if post.person}
    several = ((same_name(name), post) for post in posts for name in persons(post.person or ""))
    for key, post in several:
        found.setdefault(key, post)
    return found


def unnamed(posts: Iterable[Position]) -> tuple[str, ...]:
    """Paths of the persons of posts that name none."""
    return tuple(post.origin.place("person").path for post in posts if not post.person)


def not_for(context: Context, line: Line, message: Message, post: Position | None = None) -> Finding:
    """The row's person may not draw it: nothing of it is subsidised. ``message`` may name item, person and post."""
    amount = line.origin.place("amount")
    stated = line_amount(line) or 0
    return Finding(
        place=line.origin.place("details.person"),
        stated=stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=message(
            item=context.programme.items[line.item or ""].name,
            stated=dollars(stated),
            person=line.details.person or "",
            post=At(post.origin.place("person")) if post else "",
        ),
        remedy=NONE_ALLOWED(place=amount),
        edits=amount_edits(line, 0),
        cut=row_cut(context, line),
    )


def likely(line: Line, item: Value, key: str, post: Position) -> Finding:
    """The row's person seems to be the holder of a post, named inside other words (社工張家豪): a person must look."""
    cell = line.details.person or ""
    person = spelled(key, post.person or "")
    stated = line_amount(line) or 0
    return Finding(
        outcome=Outcome.REVIEW,
        place=line.origin.place("details.person"),
        stated=stated,
        unit=Unit.DOLLAR,
        message=LIKELY(
            item=item, stated=dollars(stated), cell=cell, person=person, post=At(post.origin.place("person"))
        ),
        remedy=LOOK(ask=SAME_PERSON(cell=cell, person=person)),
    )


def item_name(context: Context, line: Line) -> Value:
    """The row's item as the programme calls it."""
    return context.programme.items[line.item or ""].name
