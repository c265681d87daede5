"""Pay of a post against its dates: part-months, year-end bonus (年終獎金), months cap (FSP-113 附件2 一, 備註3(5)).

Three rules of this kind share one judgement (:mod:`grantcalc.rules.earnings`); each reports the excess it owns.
"""

from __future__ import annotations

from attrs import evolve

from grantcalc.draft.model import Position
from grantcalc.finding import Cut, Edit, Explanation, Finding, Operation, Outcome, Place, Verdict
from grantcalc.pay.months import Earned
from grantcalc.rules.context import Context
from grantcalc.rules.earnings import Earnings, Excess, Fault, asked_pay, bonus_asked, earned_by, excess_of
from grantcalc.rules.ledger import EARNING
from grantcalc.rules.posts import named
from grantcalc.rules.remedies import LOOK, lower
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Measure, Message, Text, dollars
from grantcalc.units import Unit

PART_MONTH = Message(
    "Pay of {asked} is above the {allowed} that the dates of the post earn "
    "({start} to {end}: months served {served}, bonus {bonus}): {over} too much."
)
BONUS = Message(
    "Pay of {asked} is above the {allowed} that the dates of the post earn "
    "({start} to {end}: months served {served}, bonus {bonus}): it holds a year-end bonus of {over} that is not earned."
)
JUDGE_BONUS = Message(
    "{post} ({role}) asks for {bonus} above the pay of its months ({served}), a year-end bonus; for this role the "
    "document prints only the monthly amount."
)
MONTHS_CAP = Message("{stated} of pay are stated; at most {allowed} are subsidised, bonus included.")
LET_DATES_DECIDE = Message(
    "Leave {months} empty and set {place} to {allowed} or less; the difference may be paid from own funds."
)
COUNT = Message("posts of this row")
ALLOWED = Message("pay of all posts of this row, at most")
MONTHS_ALLOWED = Message("months of pay allowed")
CAP = Message("most months of pay a year, bonus included")
MONTHS_EARNED = Message("months of pay that the dates earn, bonus included")


def check(context: Context, rule: Rule, values: Earnings) -> Verdict:
    """A finding for every subsidised post whose excess of pay this rule owns."""
    tally = Tally()
    for position in context.subsidised_posts:
        if position.monthly_pay is None:
            if position.pay_amount:
                tally.lacks(position.origin.place("monthly_pay").path)
            continue
        unread = position.unread_of(*EARNING)
        if unread:
            tally.lacks(*unread)
            continue
        earned = earned_by(context, position)
        if earned is None or not asked_pay(position, earned):
            continue
        if context.draft.period is None and (position.start is None or position.end is None):
            tally.lacks(context.draft.place("period").path)
        tally.examine()
        excess = excess_of(context, position)
        if excess is not None and excess.fault is values.fault:
            tally.found(_finding(context, values, position, excess))
        elif excess is None and values.ask is not None and position.role in values.judge:
            _judge_bonus(position, earned, values.ask, tally)
    return tally.verdict()


def _judge_bonus(position: Position, earned: Earned, ask: Bilingual, tally: Tally) -> None:
    """A bonus that the document neither grants nor refuses is for a person."""
    bonus = bonus_asked(position, earned)
    if not bonus:
        return
    by_months = position.months is not None
    tally.found(
        Finding(
            outcome=Outcome.REVIEW,
            place=position.origin.place("months" if by_months else "pay_amount"),
            stated=position.months if by_months else position.pay_amount,
            unit=Unit.MONTH if by_months else Unit.DOLLAR,
            message=JUDGE_BONUS(
                post=named(position),
                role=position.role or "",
                bonus=dollars(bonus),
                served=dollars(earned.served * position.people),
            ),
            remedy=LOOK(ask=ask),
        )
    )


def _finding(context: Context, values: Earnings, position: Position, excess: Excess) -> Finding:
    cut = Cut(categories=(context.programme.posts.pay,), amount=max(0, excess.asked - excess.allowed))
    if excess.months is not None and excess.allowed_months is not None:
        place = position.origin.place("months")
        return Finding(
            place=place,
            stated=excess.months,
            allowed=excess.allowed_months,
            unit=Unit.MONTH,
            message=MONTHS_CAP(
                stated=Measure(excess.months, Unit.MONTH), allowed=Measure(excess.allowed_months, Unit.MONTH)
            ),
            remedy=lower(place, excess.allowed_months, Unit.MONTH),
            explanation=_months_explained(values, excess),
            edits=(Edit(place=place, value=excess.allowed_months), *_amount_edit(position, excess)),
            cut=cut,
        )
    place = position.origin.place("pay_amount")
    return Finding(
        place=place,
        stated=excess.asked,
        allowed=excess.allowed,
        unit=Unit.DOLLAR,
        message=_message(context, position, excess),
        remedy=_remedy(position, place, excess),
        explanation=_explained(position, excess),
        edits=(Edit(place=place, value=excess.allowed), *_months_edit(position)),
        cut=cut,
    )


def _message(context: Context, position: Position, excess: Excess) -> Text:
    count = position.people
    template = BONUS if excess.fault is Fault.BONUS else PART_MONTH
    return template(
        asked=dollars(excess.asked),
        allowed=dollars(excess.allowed),
        over=dollars(excess.asked - excess.allowed),
        start=position.start or context.period.start,
        end=position.end or context.period.end,
        served=dollars(excess.earned.served * count),
        bonus=dollars(excess.earned.bonus * count),
    )


def _remedy(position: Position, place: Place, excess: Excess) -> Text:
    if position.months is None:
        return lower(place, excess.allowed)
    months = position.origin.place("months")
    return LET_DATES_DECIDE(months=months, place=place, allowed=dollars(excess.allowed))


def _months_edit(position: Position) -> tuple[Edit, ...]:
    return () if position.months is None else (Edit(place=position.origin.place("months"), value=None),)


def _amount_edit(position: Position, excess: Excess) -> tuple[Edit, ...]:
    if position.pay_amount is None or excess.allowed_months is None:
        return ()
    lowered = asked_pay(evolve(position, months=excess.allowed_months), excess.earned)
    return (Edit(place=position.origin.place("pay_amount"), value=lowered),)


def _explained(position: Position, excess: Excess) -> Explanation:
    one = excess.earned.explanation()
    if position.count == 1:
        return one
    return Explanation(
        label=ALLOWED,
        value=excess.allowed,
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=(one, Explanation(label=COUNT, value=position.people, unit=Unit.POST)),
    )


def _months_explained(values: Earnings, excess: Excess) -> Explanation | None:
    if excess.allowed_months is None:
        return None
    earned = Explanation(
        label=MONTHS_EARNED,
        value=excess.earned.months,
        unit=Unit.MONTH,
        inputs=(excess.earned.explanation(),),
    )
    cap = () if values.cap is None else (evolve(values.cap.explained(), label=CAP),)
    return Explanation(
        label=MONTHS_ALLOWED,
        value=excess.allowed_months,
        unit=Unit.MONTH,
        operation=Operation.SMALLEST,
        inputs=(*cap, earned),
    )


KIND = Kind(name="earnings", check=check, values=Earnings)
