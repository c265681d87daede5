"""Staff of the plan draw none of its fees (不得重複支領): the person of a row is not the person of a post."""

from __future__ import annotations

from attrs import evolve, frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.names import find
from grantcalc.rules.prices import asks_nothing
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.staff import item_name, likely, not_for, posts_by_person, unnamed
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message

TWICE = Message("“{item}” of {stated} is paid to {person}, whose post {post} the subsidy pays already.")
MAY_DRAW = Message("whether the holder of this post may draw the fee as well.")
OTHER_PLANS = Message("One draft does not show whether the staff it pays are paid by another plan too.")


@frozen(kw_only=True, eq=False, repr=False)
class RoleFees:
    """Items whose fee no holder of a post of these roles may draw; ``outcome`` review where a person must judge it."""

    items: tuple[str, ...]
    roles: tuple[Role, ...]
    outcome: Outcome = Outcome.ERROR


@frozen(kw_only=True, eq=False, repr=False)
class SecondPay:
    """``items``: fees that no plan staff may draw; ``by_role``: fees that only those of some roles may not draw.

    ``ask``: where the document forbids the pay of other plans too (不得重複支領其他計畫人事費用), what a person must
    look at: no draft shows it.
    """

    items: tuple[str, ...]
    by_role: tuple[RoleFees, ...] = ()
    ask: Bilingual | None = None


def check(context: Context, rule: Rule, values: SecondPay) -> Verdict:
    """A finding for every subsidised row that pays the person of a subsidised post; a review of other plans' pay."""
    tally = Tally()
    posts = context.subsidised_posts
    if values.ask is not None and posts:
        tally.examine()
        tally.found(_other_plans(posts[0], values.ask))
    refused: set[str] = set()
    _judge(context, RoleFees(items=values.items, roles=()), posts, refused, tally)
    for fees in sorted(values.by_role, key=lambda fees: fees.outcome is Outcome.REVIEW):
        chosen = tuple(post for post in posts if post.role in fees.roles)
        _judge(context, fees, chosen, refused, tally)
        _of_any_role(context, fees.items, posts, tally)
    return tally.verdict()


def _judge(context: Context, fees: RoleFees, posts: tuple[Position, ...], refused: set[str], tally: Tally) -> None:
    """Rows that pay the holder of one of these posts; of somebody with two posts the graver finding alone."""
    staff = posts_by_person(posts)
    lines = [line for line in context.lines(*fees.items) if not asks_nothing(line)] if posts else []
    tally.examine(len(lines))
    if lines:
        tally.lacks(*unnamed(posts))
    for line in lines:
        if not line.details.person:
            tally.lacks(line.origin.place("details.person").path)
        elif line.origin.path not in refused and (held := find(line.details.person, staff)) is not None:
            refused.add(line.origin.path)
            post = staff[held.key]
            if not held.exact:
                tally.found(likely(line, item_name(context, line), held.key, post))
                continue
            finding = not_for(context, line, TWICE, post)
            tally.found(_review(finding) if fees.outcome is Outcome.REVIEW else finding)


def _review(finding: Finding) -> Finding:
    """The same, left to a person: nothing is taken out before."""
    remedy = LOOK(ask=MAY_DRAW())
    return evolve(finding, outcome=Outcome.REVIEW, allowed=None, remedy=remedy, edits=(), cut=None)


def _other_plans(post: Position, ask: Bilingual) -> Finding:
    place = post.origin.place("person")
    return Finding(outcome=Outcome.REVIEW, place=place, message=OTHER_PLANS(), remedy=LOOK(ask=ask))


def _of_any_role(context: Context, items: tuple[str, ...], posts: tuple[Position, ...], tally: Tally) -> None:
    """A post that says no role may be of any: where its person, or nobody, is named on a row, the role is missing."""
    cells = {line.details.person or "" for line in context.lines(*items) if not asks_nothing(line)}
    open_posts = [post for post in posts if post.role is None and cells]
    tally.examine(len(open_posts))
    staff = posts_by_person(open_posts)
    found = {held.key for cell in cells if (held := find(cell, staff)) is not None}
    named = [post for post in open_posts if not post.person or "" in cells or found & set(posts_by_person([post]))]
    tally.lacks(*(post.origin.place("role").path for post in named))


KIND = Kind(name="second-pay", check=check, values=SecondPay)
