"""The case of the risk allowance fits the post (風險加給): what is kept from 112 is for staff kept on by the same unit.

A new hire, or anyone hired in the programme's own year, may at most draw the allowance for meeting the assessment.
"""

from __future__ import annotations

from attrs import evolve

from grantcalc.draft.model import Position, RiskAllowance
from grantcalc.finding import Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.kinds.social_worker_pay import allowed_pay, within_scale
from grantcalc.rules.posts import pay_cut
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, dollars
from grantcalc.units import Unit

NEW_HIRE = Message(
    "The high-risk allowance kept from 112 is claimed for a new hire; only staff kept on by the same unit and plan "
    "have it."
)
CHANGE = Message("Set {place} to “{assessed}” where that is so, else to “{none}”; the pay is then at most {allowed}.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every subsidised post that claims the kept allowance and is no continuing one."""
    tally = Tally()
    for position in context.subsidised_posts:
        if position.risk_allowance is None:
            continue
        tally.examine()
        if position.risk_allowance is RiskAllowance.KEPT_FROM_112:
            _judge(context, position, tally)
    return tally.verdict()


def _judge(context: Context, position: Position, tally: Tally) -> None:
    hired_this_year = position.hired_on is not None and position.hired_on >= context.programme.first_day
    if position.continuing is None and not hired_this_year:
        tally.lacks(position.origin.place("continuing").path)
        return
    if position.continuing and not hired_this_year:
        return
    if position.role is None:
        tally.lacks(position.origin.place("role").path)
    kept, assessed = (
        allowed_pay(context, evolve(position, risk_allowance=risk))
        for risk in (RiskAllowance.KEPT_FROM_112, RiskAllowance.ASSESSED)
    )
    if kept is None or assessed is None:
        return
    place = position.origin.place("risk_allowance")
    stated, limit = position.monthly_pay, int(assessed.value)
    over = stated is not None and stated > limit
    tally.found(
        Finding(
            place=place,
            stated=int(kept.value),
            allowed=limit,
            unit=Unit.DOLLAR,
            message=NEW_HIRE(),
            remedy=CHANGE(
                place=place,
                assessed=RiskAllowance.ASSESSED,
                none=RiskAllowance.NONE,
                allowed=dollars(limit),
            ),
            explanation=assessed,
            cut=pay_cut(context, within_scale(context, position), limit) if over else None,
        )
    )


KIND = Kind(name="risk-allowance", check=check)
