"""What kinds of rule about posts share: the dollars that a change of one post takes off."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from grantcalc.draft.model import Period, Position
from grantcalc.finding import Cut
from grantcalc.money import Number
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import Headcount
from grantcalc.rules.ledger import DATES, monthly_amount, pay_amount, span, touched_months
from grantcalc.rules.soundness import sound_post
from grantcalc.text import Value


def pay_cut(context: Context, position: Position, allowed: Number) -> Cut:
    """Lowering the subsidised monthly pay to ``allowed``."""
    period, bonus = context.period, context.programme.bonus
    before = pay_amount(position, period, bonus) or 0
    after = pay_amount(evolve(position, monthly_pay=allowed), period, bonus) or 0
    return Cut(categories=(context.programme.posts.pay,), amount=max(0, before - after))


def insurance_cut(context: Context, position: Position, allowed: int) -> Cut:
    """Lowering the subsidised employer's insurance a month to ``allowed``."""
    before = monthly_amount(position.employer_insurance, position.insurance_amount, position, context.period) or 0
    after = monthly_amount(allowed, None, position, context.period) or 0
    return Cut(categories=(context.programme.posts.insurance,), amount=max(0, before - after))


def post_total(context: Context, position: Position) -> int:
    """All subsidised amounts of a post: pay, regional allowance, employer's insurance."""
    period = context.period
    pay = pay_amount(position, period, context.programme.bonus)
    allowance = monthly_amount(position.regional_allowance, position.allowance_amount, position, period)
    insurance = monthly_amount(position.employer_insurance, position.insurance_amount, position, period)
    return sum(amount or 0 for amount in (pay, allowance, insurance))


def post_cut(context: Context, position: Position) -> Cut:
    """Taking a whole post out of the subsidy."""
    return posts_cut(context, post_total(context, position))


def surplus_cut(context: Context, counted: Headcount, excess: int) -> Cut:
    """Paying so many of the posts counted from other money."""
    leaves, amount = counted.leaves(excess), 0
    for row in counted.rows:
        left = next((edit.value for edit in leaves if edit.place == row.origin.place("count")), row.people)
        amount += post_total(context, row) - (post_total(context, evolve(row, count=left)) if left else 0)
    return evolve(posts_cut(context, amount), leaves=leaves)


def paid_from(post: Position, period: Period, day: dt.date) -> Position | None:
    """The same post from ``day`` on: stated months no longer fit, so the dates decide; ``None`` where it has ended."""
    dates = span(post, period)
    if dates.start >= day:
        return post
    if dates.end < day:
        return None
    hired = min(post.hired_on or dates.start, dates.start)
    return evolve(post, start=day, hired_on=hired, months=None)


def posts_cut(context: Context, amount: int) -> Cut:
    """Dollars off the categories that posts are counted in."""
    where = context.programme.posts
    return Cut(categories=tuple(dict.fromkeys((where.pay, where.allowance, where.insurance))), amount=amount)


def named(post: Position) -> Value:
    """How a message calls a post: its reference or person, else its place."""
    return post.ref or post.person or At(post.origin.place())


def too_many_months(context: Context, position: Position) -> int | None:
    """Months of regional allowance a subsidised post asks for, where they are whole and more than it touches."""
    monthly, stated = position.regional_allowance, position.allowance_amount
    if not position.subsidised or not monthly or not stated or not sound_post(position):
        return None
    if position.unread_of(*DATES):
        return None
    months, rest = divmod(int(stated), int(monthly) * position.people)
    return months if rest == 0 and months > touched_months(position, context.period) else None
