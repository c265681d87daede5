"""Staff of the plan draw none of its fees (不得重複支領): the person of a row is not the person of a post."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line, Position
from grantcalc.finding import Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.names import same_name
from grantcalc.rules.prices import amount_edits, asks_nothing, row_cut
from grantcalc.rules.remedies import NONE_ALLOWED
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, dollars
from grantcalc.units import Unit

TWICE = Message("“{item}” of {stated} is paid to {person}, whose post {post} the subsidy pays already.")


@frozen(kw_only=True, eq=False, repr=False)
class SecondPay:
    """Items whose fee no plan staff may draw."""

    items: tuple[str, ...]


def check(context: Context, rule: Rule, values: SecondPay) -> Verdict:
    """A finding for every subsidised row that pays the person of a subsidised post."""
    tally = Tally()
    posts = context.subsidised_posts
    staff = {same_name(post.person): post for post in reversed(posts) if post.person}
    lines = [line for line in context.lines(*values.items) if not asks_nothing(line)] if posts else []
    tally.examine(len(lines))
    if lines:
        tally.lacks(*(post.origin.place("person").path for post in posts if not post.person))
    for line in lines:
        if not line.details.person:
            tally.lacks(line.origin.place("details.person").path)
        elif (post := staff.get(same_name(line.details.person))) is not None:
            tally.found(_finding(context, line, line.details.person, post))
    return tally.verdict()


def _finding(context: Context, line: Line, person: str, post: Position) -> Finding:
    amount = line.origin.place("amount")
    stated = line_amount(line) or 0
    item = context.programme.items[line.item or ""]
    return Finding(
        place=line.origin.place("details.person"),
        stated=stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=TWICE(item=item.name, stated=dollars(stated), person=person, post=post.origin.place("person").shown),
        remedy=NONE_ALLOWED(place=amount.shown),
        edits=amount_edits(line, 0),
        cut=row_cut(context, line),
    )


KIND = Kind(name="second-pay", check=check, values=SecondPay)
