"""A person paid by one item draws no other pay of the plan (不得再支領其他工作報酬): no post, no fee of another row."""

from __future__ import annotations

from attrs import evolve, frozen

from grantcalc.draft.model import Line, Position
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.names import Found, find, persons, same_name, spelled
from grantcalc.rules.posts import post_cut, post_total
from grantcalc.rules.prices import amount_edits, asks_nothing, row_cut
from grantcalc.rules.remedies import LOOK, NONE_ALLOWED
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, dollars
from grantcalc.units import Unit

ALSO_PAID = Message("“{item}” of {stated} is paid to {person}, whom “{alone}” pays already: no other pay beside it.")
ALSO_POST = Message("{person} holds a post of {stated} and is paid by “{alone}”: no other pay beside it.")
LIKELY_ALONE = Message("“{cell}” seems to name {person}, whom “{alone}” pays already: no other pay beside it.")
SAME = Message("whether “{cell}” is {person}; if so, nothing else of the subsidy is paid to that person.")
OWN_POST = Message("Pay the post at {place} from own funds, or name another person for “{alone}”.")


@frozen(kw_only=True, eq=False, repr=False)
class PaidAlone:
    """Who is paid by ``items`` holds no subsidised post and is paid by no row of ``others``."""

    items: tuple[str, ...]
    others: tuple[str, ...]


def check(context: Context, rule: Rule, values: PaidAlone) -> Verdict:
    """A finding for every other row and every post that pays the same person."""
    tally = Tally()
    alone = [line for line in context.lines(*values.items) if not asks_nothing(line)]
    others = [line for line in context.lines(*values.others) if not asks_nothing(line)]
    posts = context.subsidised_posts
    tally.examine(len(alone))
    if not alone or not (others or posts):
        return tally.verdict()
    tally.lacks(*(line.origin.place("details.person").path for line in alone + others if not _named(line)))
    tally.lacks(*(post.origin.place("person").path for post in posts if not post.person))
    paid = {
        same_name(name): line for line in reversed(alone) for name in (_named(line), *persons(_named(line))) if name
    }
    for line in others:
        held = find(_named(line), paid)
        if held is not None:
            first = paid[held.key]
            tally.found(_sure(context, _row(context, line, first), _named(line), first, held))
    for post in posts:
        held = find(post.person or "", paid)
        if held is not None:
            first = paid[held.key]
            tally.found(_sure(context, _post(context, post, first), post.person or "", first, held))
    return tally.verdict()


def _sure(context: Context, finding: Finding, cell: str, first: Line, held: Found) -> Finding:
    """The finding; left to a person where the name stands only inside other words of the cell."""
    if held.exact:
        return finding
    person = spelled(held.key, _named(first))
    alone = context.programme.items[first.item or ""].name
    message = LIKELY_ALONE(cell=cell, person=person, alone=alone)
    remedy = LOOK(ask=SAME(cell=cell, person=person))
    return evolve(finding, outcome=Outcome.REVIEW, allowed=None, message=message, remedy=remedy, edits=(), cut=None)


def _named(line: Line) -> str:
    return (line.details.person or "").strip()


def _row(context: Context, line: Line, first: Line) -> Finding:
    amount = line.origin.place("amount")
    stated = line_amount(line) or 0
    items = context.programme.items
    return Finding(
        place=line.origin.place("details.person"),
        stated=stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=ALSO_PAID(
            item=items[line.item or ""].name,
            stated=dollars(stated),
            person=_named(line),
            alone=items[first.item or ""].name,
        ),
        remedy=NONE_ALLOWED(place=amount),
        edits=amount_edits(line, 0),
        cut=row_cut(context, line),
    )


def _post(context: Context, post: Position, first: Line) -> Finding:
    place = post.origin.place("person")
    stated = post_total(context, post)
    alone = context.programme.items[first.item or ""].name
    return Finding(
        place=place,
        stated=stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=ALSO_POST(person=post.person or "", stated=dollars(stated), alone=alone),
        remedy=OWN_POST(place=At(place), alone=alone),
        cut=post_cut(context, post),
    )


KIND = Kind(name="paid-alone", check=check, values=PaidAlone)
