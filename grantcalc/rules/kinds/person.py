"""A clause that needs a document or a judgement the draft does not carry: a person must look (須人工審查).

Also notes (說明): clauses that only inform.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import ApplicantKind, Fund, Origin
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import without_role
from grantcalc.rules.remedies import LOOK, NOTHING_TO_DO
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message

ASK = Message("{clause}")


@frozen(kw_only=True, eq=False, repr=False)
class Person:
    """``ask``: what the person must look at.

    It arises from rows of ``items``, posts of ``roles``, or own funds where ``own_funds`` says so; else always. It
    concerns only ``applicants`` of these kinds, where it names some.
    """

    ask: Bilingual
    items: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    own_funds: bool = False
    applicants: tuple[ApplicantKind, ...] = ()


def check(context: Context, rule: Rule, values: Person) -> Verdict:
    """One finding, on the first row it concerns."""
    tally = Tally()
    kind = context.draft.applicant_kind
    if values.applicants and kind not in values.applicants:
        if kind is None:
            tally.lacks(context.draft.place("applicant_kind").path)
        return tally.verdict()
    origins = _origins(context, values)
    tally.examine(len(origins))
    if values.roles:
        tally.lacks(*without_role(context))
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
    if values.own_funds:
        return _own_funds(context)
    if not values.items and not values.roles:
        return [context.draft.origin]
    posts = [post.origin for post in context.subsidised_posts if post.role and post.role.value in values.roles]
    return posts + [line.origin for line in context.lines(*values.items)]


def _own_funds(context: Context) -> list[Origin]:
    """Posts and rows that own funds pay in full or in part; the cover where only a sum is stated."""
    draft = context.draft
    posts = [
        post.origin for post in draft.positions if post.fund is Fund.OWN or post.own_monthly_pay or post.own_insurance
    ]
    rows = [line.origin for line in draft.lines if line.fund is Fund.OWN]
    return posts + rows or ([draft.origin] if draft.funding.own else [])


KIND = Kind(name="person", check=check, values=Person)
