"""What kinds of rule about posts share: the dollars that a change of one post takes off."""

from __future__ import annotations

from attrs import evolve

from grantcalc.draft.model import Position
from grantcalc.finding import Cut
from grantcalc.money import Number
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import monthly_amount, pay_amount


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


def posts_cut(context: Context, amount: int) -> Cut:
    """Dollars off the categories that posts are counted in."""
    where = context.programme.posts
    return Cut(categories=tuple(dict.fromkeys((where.pay, where.allowance, where.insurance))), amount=amount)
