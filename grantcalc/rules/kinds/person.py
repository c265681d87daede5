"""A clause that needs a document or a judgement the draft does not carry: a person must look (須人工審查).

Also notes (說明): clauses that only inform.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Origin
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message

ASK = Message("{clause}")
NOTHING_TO_DO = Message("Nothing to change; for information.")


@frozen(kw_only=True)
class Person:
    """``ask``: what the person must look at. It arises from rows of ``items``, posts of ``roles``, else always."""

    ask: Bilingual
    items: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


def check(context: Context, rule: Rule, values: Person) -> Verdict:
    """One finding, on the first row it concerns."""
    tally = Tally()
    origins = _origins(context, values)
    tally.examine(len(origins))
    if not origins:
        return tally.verdict()
    is_note = rule.outcome is Outcome.NOTE
    tally.found(
        Finding(
            outcome=rule.outcome,
            place=origins[0].place(),
            message=ASK(clause=rule.clause),
            remedy=NOTHING_TO_DO() if is_note else LOOK(ask=values.ask),
        )
    )
    return tally.verdict()


def _origins(context: Context, values: Person) -> list[Origin]:
    if not values.items and not values.roles:
        return [context.draft.origin]
    posts = [post.origin for post in context.subsidised_posts if post.role and post.role.value in values.roles]
    return posts + [line.origin for line in context.lines(*values.items)]


KIND = Kind(name="person", check=check, values=Person)
