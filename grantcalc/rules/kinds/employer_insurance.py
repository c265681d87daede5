"""The employer's insurance of subsidised posts (勞、健保及提撥勞退準備金費).

At most the printed cap a person and month, at most what the employer really pays, and only where the pay is subsidised.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Position
from grantcalc.finding import Explanation, Finding, Operation, Verdict
from grantcalc.money import Number
from grantcalc.pay.insurance import OCCUPATIONAL_RATES, InsuranceError, insurance
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import usable
from grantcalc.rules.posts import insurance_cut
from grantcalc.rules.remedies import edit, lower
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Text, dollars
from grantcalc.units import Unit

OVER_CAP = Message("The employer's insurance asks for {stated} a month, above the cap of {allowed}.")
OVER_COST = Message(
    "The employer's insurance asks for {stated} a month; at a pay of {pay} the employer really pays {allowed}."
)
NO_PAY = Message("The employer's insurance asks for {stated} a month, but the subsidy pays no salary for this post.")
LIMIT = Message("the smaller of the cap and the employer's real cost")
SUBSIDISED_PAY = Message("subsidised monthly pay")


@frozen(kw_only=True, eq=False, repr=False)
class EmployerInsurance:
    """``monthly``: the cap a person and month."""

    monthly: Limit


def check(context: Context, rule: Rule, values: EmployerInsurance) -> Verdict:
    """A finding for every subsidised post whose insurance is above its limit."""
    tally = Tally()
    for position in context.subsidised_posts:
        stated = position.employer_insurance
        if stated is None and (position.insurance_amount or position.unread_of("employer_insurance")):
            tally.examine()
            tally.lacks(position.origin.place("employer_insurance").path)
        elif stated is not None and stated > 0 and usable(stated):
            tally.examine()
            _judge(context, values, position, stated, tally)
    return tally.verdict()


def _judge(context: Context, values: EmployerInsurance, position: Position, stated: Number, tally: Tally) -> None:
    cap = values.monthly
    if position.monthly_pay is None:
        tally.lacks(position.origin.place("monthly_pay").path)
        _judge_cap(context, cap, position, stated, tally)
        return
    if not usable(position.monthly_pay):
        return
    if position.monthly_pay == 0:
        leaf = Explanation(label=SUBSIDISED_PAY, value=0, unit=Unit.DOLLAR, origin=position.origin.place("monthly_pay"))
        tally.found(_finding(context, position, stated, 0, NO_PAY(stated=dollars(stated)), leaf))
        return
    _judge_cost(context, cap, position, stated, tally)


def _judge_cap(context: Context, cap: Limit, position: Position, stated: Number, tally: Tally) -> None:
    """The printed cap alone, where the real cost is not known."""
    if stated > cap.value:
        allowed = int(cap.value)
        message = OVER_CAP(stated=dollars(stated), allowed=dollars(allowed))
        tally.found(_finding(context, position, stated, allowed, message, cap.explained()))


def _judge_cost(context: Context, cap: Limit, position: Position, stated: Number, tally: Tally) -> None:
    pay = _counted_pay(position)
    industry = context.programme.parameters.insurance_industry
    year = context.programme.year
    try:
        cost = insurance(pay, year, industry, context.tables)
    except InsuranceError as error:
        tally.lacks(error.lacking)
        _judge_cap(context, cap, position, stated, tally)
        return
    allowed = min(int(cap.value), cost.employer.total)
    if stated <= allowed:
        return
    if cost.missing and allowed < cap.value:
        # A part of the real cost is not known, so it may be more than what was worked out.
        tally.lacks(f"{OCCUPATIONAL_RATES} {year}")
        _judge_cap(context, cap, position, stated, tally)
        return
    if allowed == cap.value:
        message = OVER_CAP(stated=dollars(stated), allowed=dollars(allowed))
    else:
        message = OVER_COST(stated=dollars(stated), pay=dollars(pay), allowed=dollars(allowed))
    explanation = Explanation(
        label=LIMIT,
        value=allowed,
        unit=Unit.DOLLAR,
        operation=Operation.SMALLEST,
        inputs=(cap.explained(), cost.explanation()),
    )
    tally.found(_finding(context, position, stated, allowed, message, explanation))


def _counted_pay(position: Position) -> int:
    """The whole monthly pay, own funds and regional allowance included, for that is what is insured."""
    parts = (position.monthly_pay, position.own_monthly_pay, position.regional_allowance)
    return sum(int(part) for part in parts if part is not None and usable(part))


def _finding(
    context: Context, position: Position, stated: Number, allowed: int, message: Text, explanation: Explanation
) -> Finding:
    place = position.origin.place("employer_insurance")
    return Finding(
        place=place,
        stated=stated,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=message,
        remedy=lower(place, allowed),
        explanation=explanation,
        edits=edit(place, allowed),
        cut=insurance_cut(context, position, allowed),
    )


KIND = Kind(name="employer-insurance", check=check, values=EmployerInsurance, parameters=("insurance_industry",))
