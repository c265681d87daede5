"""Monthly pay that the document prints for a role (每月最高補助); only the programme's own roles are judged.

A role that another document pays is judged by the table the user supplies; one that no document prints, by a person.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.pay.postcaps import PostCap, post_caps
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import posts_of, without_role
from grantcalc.rules.ledger import usable
from grantcalc.rules.posts import named, pay_cut
from grantcalc.rules.remedies import LOOK, edit, lower
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.supplied import judge_by_table
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, Value, dollars, joined
from grantcalc.units import Unit

OVER = Message("{post} ({who}) is paid {stated} a month; the document prints {allowed}.")
NO_RATE = Message("{post} ({role}) is paid {stated} a month; the document prints no rate for this role.")
NO_RATE_NO_PAY = Message("{post} ({role}): the document prints no rate for this role.")


@frozen(kw_only=True, eq=False, repr=False)
class PostPay:
    """``table`` of printed amounts; roles ``unprinted`` anywhere (``ask`` a person), roles of a ``supplied`` table."""

    table: str
    unprinted: tuple[Role, ...]
    ask: Bilingual
    supplied: tuple[Role, ...]


def check(context: Context, rule: Rule, values: PostPay) -> Verdict:
    """A finding for each post paid above what is printed for its role, degree or experience."""
    tally = Tally()
    tally.lacks(*without_role(context))
    own = context.programme.roles
    for post in posts_of(context, own):
        caps = post_caps(context.tables, values.table, post.role)
        if post.role in values.unprinted:
            tally.examine()
            if post.monthly_pay != 0:
                tally.found(_review(values, post))
        elif caps:
            tally.examine()
            _judge(context, post, caps, tally)
    judge_by_table(context, posts_of(context, [role for role in values.supplied if role in own]), tally)
    return tally.verdict()


def _judge(context: Context, post: Position, caps: tuple[PostCap, ...], tally: Tally) -> None:
    stated = post.monthly_pay
    if stated is None:
        tally.lacks(post.origin.place("monthly_pay").path)
        return
    bound = [(cap, cap.binds(post.education, post.experience_years)) for cap in caps]
    possible = [cap for cap, binds in bound if binds is not False]
    sure = [cap for cap, binds in bound if binds]
    if not possible or not usable(stated) or stated <= max(sure or possible[:1], key=_amount).amount:
        return
    if len(sure) < len(possible):
        names = {"education": post.education, "experience_years": post.experience_years}
        tally.lacks(*(post.origin.place(name).path for name, value in names.items() if value is None))
        return
    tally.found(_finding(context, post, caps, max(sure, key=_amount)))


def _amount(cap: PostCap) -> int:
    return cap.amount


def _finding(context: Context, post: Position, caps: tuple[PostCap, ...], cap: PostCap) -> Finding:
    place = post.origin.place("monthly_pay")
    who: list[Value] = [cap.role]
    if len(caps) > 1 and post.education is not None:
        who.append(post.education)
    return Finding(
        place=place,
        stated=post.monthly_pay,
        allowed=cap.amount,
        unit=Unit.DOLLAR,
        message=OVER(
            post=named(post), who=joined(who), stated=dollars(post.monthly_pay or 0), allowed=dollars(cap.amount)
        ),
        remedy=lower(place, cap.amount),
        explanation=cap.explained(),
        edits=edit(place, cap.amount),
        cut=pay_cut(context, post, cap.amount),
    )


def _review(values: PostPay, post: Position) -> Finding:
    shown = {"post": named(post), "role": post.role or ""}
    stated = post.monthly_pay
    return Finding(
        outcome=Outcome.REVIEW,
        place=post.origin.place("monthly_pay"),
        stated=stated,
        unit=Unit.DOLLAR,
        message=NO_RATE_NO_PAY(**shown) if stated is None else NO_RATE(**shown, stated=dollars(stated)),
        remedy=LOOK(ask=values.ask),
    )


KIND = Kind(name="post-pay", check=check, values=PostPay)
