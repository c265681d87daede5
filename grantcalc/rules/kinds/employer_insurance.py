"""The employer's insurance of subsidised posts (勞、健保及提撥勞退準備金費).

At most the printed cap a person and month, where the document prints one; at most what the employer really pays for the
insurances that the document counts; and only where the pay is subsidised. Where a part of the real cost is not known,
more than the known parts is for a person to judge, and what was left out is named in any case.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Number
from grantcalc.pay.coverage import EVERYTHING, Coverage, Covered, covered
from grantcalc.pay.insurance import InsuranceError, insurance
from grantcalc.rules.context import Context
from grantcalc.rules.insured import MONTHLY, SUM, asked_premium, none_allowed
from grantcalc.rules.ledger import usable
from grantcalc.rules.posts import insurance_cut
from grantcalc.rules.remedies import LOOK, NOTHING_TO_DO, edit, lower
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Text, dollars, joined
from grantcalc.units import Unit

OVER_CAP = Message("The employer's insurance asks for {stated} a month, above the cap of {allowed}.")
OVER_COST = Message(
    "The employer's insurance asks for {stated} a month; at a pay of {pay} the employer really pays {allowed}."
)
OVER_KNOWN = Message(
    "The employer's insurance asks for {stated} a month; at a pay of {pay} the parts that are known come to {known}, "
    "{over} less. {unknown}"
)
LEFT_OUT = Message(
    "The employer's insurance asks for {stated} a month, within the known parts of {known} at a pay of {pay}. {unknown}"
)
ASK_BILL = Message("the premium bill: whether what is not known comes to the {over} above the known parts.")
NO_PAY = Message("The employer's insurance asks for {stated} a month, but the subsidy pays no salary for this post.")
OTHER_ROLE = Message("Employer's insurance of {stated} for a {role}; it is subsidised for {roles} only.")
LIMIT = Message("the smaller of the cap and the employer's real cost")
SUBSIDISED_PAY = Message("subsidised monthly pay")


@frozen(kw_only=True, eq=False, repr=False)
class EmployerInsurance:
    """``monthly``: the cap a person and month, where one is printed. ``parts``: the insurances that count.

    ``roles``: the posts whose insurance is subsidised; all where it names none.
    """

    monthly: Limit | None = None
    parts: tuple[Coverage, ...] = EVERYTHING
    roles: tuple[Role, ...] = ()


def check(context: Context, rule: Rule, values: EmployerInsurance) -> Verdict:
    """A finding for every subsidised post whose insurance is above its limit, or may be."""
    tally = Tally()
    for position in context.subsidised_posts:
        asked = asked_premium(position)
        if asked is not None and values.roles and position.role is None:
            tally.lacks(position.origin.place("role").path)
        elif asked is not None and values.roles and position.role not in values.roles:
            tally.examine()
            role = position.role or ""
            message = OTHER_ROLE(stated=dollars(asked.stated), role=role, roles=joined(values.roles))
            tally.found(none_allowed(context, position, asked, message))
            continue
        _of_post(context, values, position, tally)
    return tally.verdict()


def _of_post(context: Context, values: EmployerInsurance, position: Position, tally: Tally) -> None:
    stated = position.employer_insurance
    if stated is None and (position.insurance_amount or position.unread_of(MONTHLY, SUM)):
        tally.examine()
        tally.lacks(position.origin.place(MONTHLY).path)
    elif stated is not None and stated > 0 and usable(stated):
        tally.examine()
        _judge(context, values, position, stated, tally)


def _judge(context: Context, values: EmployerInsurance, position: Position, stated: Number, tally: Tally) -> None:
    if position.monthly_pay is None:
        tally.lacks(position.origin.place("monthly_pay").path)
        _judge_cap(context, values.monthly, position, stated, tally)
        return
    if not usable(position.monthly_pay):
        return
    if position.monthly_pay == 0:
        leaf = Explanation(label=SUBSIDISED_PAY, value=0, unit=Unit.DOLLAR, origin=position.origin.place("monthly_pay"))
        tally.found(_finding(context, position, stated, 0, NO_PAY(stated=dollars(stated)), leaf))
        return
    pay = _counted_pay(position)
    industry = context.programme.parameters.insurance_industry
    try:
        cost = covered(insurance(pay, context.programme.year, industry, context.tables), values.parts)
    except InsuranceError as error:
        tally.lacks(error.lacking)
        _judge_cap(context, values.monthly, position, stated, tally)
        return
    if cost.missing:
        _judge_known(context, values.monthly, position, stated, cost, tally)
    else:
        _judge_cost(context, values.monthly, position, stated, cost, tally)


def _judge_cap(context: Context, cap: Limit | None, position: Position, stated: Number, tally: Tally) -> bool:
    """The printed cap alone, where the real cost is not known; whether it is passed."""
    if cap is None or stated <= cap.value:
        return False
    allowed = int(cap.value)
    message = OVER_CAP(stated=dollars(stated), allowed=dollars(allowed))
    tally.found(_finding(context, position, stated, allowed, message, cap.explained()))
    return True


def _judge_known(
    context: Context, cap: Limit | None, position: Position, stated: Number, cost: Covered, tally: Tally
) -> None:
    """A part of the real cost is not known, so it may be more than the known parts: a person judges what is above."""
    if _judge_cap(context, cap, position, stated, tally):
        return
    if stated > cost.known:
        tally.lacks(*cost.missing)
        tally.found(_above_known(position, stated, cost))
    elif not any(finding.outcome is Outcome.NOTE for finding in tally.findings):
        # What was left out is the same for every post.
        tally.found(_within_known(position, stated, cost))


def _above_known(position: Position, stated: Number, cost: Covered) -> Finding:
    over = dollars(stated - cost.known)
    return Finding(
        outcome=Outcome.REVIEW,
        place=position.origin.place(MONTHLY),
        stated=stated,
        allowed=cost.known,
        unit=Unit.DOLLAR,
        message=OVER_KNOWN(
            stated=dollars(stated),
            pay=dollars(_counted_pay(position)),
            known=dollars(cost.known),
            over=over,
            unknown=joined(cost.notes),
        ),
        remedy=LOOK(ask=ASK_BILL(over=over)),
        explanation=cost.cost,
    )


def _within_known(position: Position, stated: Number, cost: Covered) -> Finding:
    return Finding(
        outcome=Outcome.NOTE,
        place=position.origin.place(MONTHLY),
        stated=stated,
        unit=Unit.DOLLAR,
        message=LEFT_OUT(
            stated=dollars(stated),
            pay=dollars(_counted_pay(position)),
            known=dollars(cost.known),
            unknown=joined(cost.notes),
        ),
        remedy=NOTHING_TO_DO(),
        explanation=cost.cost,
    )


def _judge_cost(
    context: Context, cap: Limit | None, position: Position, stated: Number, cost: Covered, tally: Tally
) -> None:
    allowed = cost.known if cap is None else min(int(cap.value), cost.known)
    if stated <= allowed:
        return
    if cap is not None and allowed == cap.value:
        message = OVER_CAP(stated=dollars(stated), allowed=dollars(allowed))
    else:
        pay = dollars(_counted_pay(position))
        message = OVER_COST(stated=dollars(stated), pay=pay, allowed=dollars(allowed))
    explanation = cost.cost
    if cap is not None:
        explanation = Explanation(
            label=LIMIT,
            value=allowed,
            unit=Unit.DOLLAR,
            operation=Operation.SMALLEST,
            inputs=(cap.explained(), cost.cost),
        )
    tally.found(_finding(context, position, stated, allowed, message, explanation))


def _counted_pay(position: Position) -> int:
    """The whole monthly pay, own funds and regional allowance included, for that is what is insured."""
    parts = (position.monthly_pay, position.own_monthly_pay, position.regional_allowance)
    return sum(int(part) for part in parts if part is not None and usable(part))


def _finding(
    context: Context, position: Position, stated: Number, allowed: int, message: Text, explanation: Explanation
) -> Finding:
    place = position.origin.place(MONTHLY)
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
