"""Who holds a post of the plan (計畫內人員), and the rows that pay somebody who may not draw them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grantcalc.draft.model import Line, Position
from grantcalc.finding import Finding
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.names import same_name
from grantcalc.rules.prices import amount_edits, row_cut
from grantcalc.rules.remedies import NONE_ALLOWED
from grantcalc.text import Message, dollars
from grantcalc.units import Unit


def posts_by_person(posts: Sequence[Position]) -> Mapping[str, Position]:
    """The first post of every person, by the name as it is compared."""
    return {same_name(post.person): post for post in reversed(posts) if post.person}


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
            post=post.origin.place("person").shown if post else "",
        ),
        remedy=NONE_ALLOWED(place=amount.shown),
        edits=amount_edits(line, 0),
        cut=row_cut(context, line),
    )
