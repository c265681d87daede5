"""The seniority step (年資階數): within the scale, and at most so many above last year's.

A new hire on a step above the lowest needs recognised experience: a person looks.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Position
from grantcalc.finding import Edit, Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Number, is_whole
from grantcalc.pay.scale import has_starting_pay
from grantcalc.rules.context import Context
from grantcalc.rules.kinds.social_worker_pay import allowed_pay, within_scale
from grantcalc.rules.ledger import usable
from grantcalc.rules.posts import pay_cut
from grantcalc.rules.remedies import LOOK, edit, set_to
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, Text
from grantcalc.units import Unit

OUTSIDE = Message("Step {stated} is not on the scale, which has the whole steps 0 to {highest}.")
TOO_FAST = Message("Step {stated} is more than {rise} above last year's step {previous}; {allowed} is the most.")
NEW_HIRE = Message("A new hire starts at step {stated}; only recognised experience allows more than step 0.")
LAST_YEAR = Message("last year's step")
MOST = Message("highest step that may be claimed")


@frozen(kw_only=True, eq=False, repr=False)
class StepRange:
    """``highest`` step, ``rise`` a year; ``ask``: what proves the experience of a new hire."""

    highest: Limit
    rise: Limit
    ask: Bilingual


def check(context: Context, rule: Rule, values: StepRange) -> Verdict:
    """One finding at most for every subsidised social worker."""
    tally = Tally()
    for position in context.subsidised_posts:
        if position.role is None:
            tally.lacks(position.origin.place("role").path)
        if not has_starting_pay(context.tables, context.programme.id, position.role):
            continue
        tally.examine()
        if position.step is None:
            tally.lacks(position.origin.place("step").path)
        else:
            _judge(context, values, position, position.step, tally)
    return tally.verdict()


def _judge(context: Context, values: StepRange, position: Position, step: Number, tally: Tally) -> None:
    limit = _limit(values, position)
    allowed = int(limit.value)
    if not is_whole(step) or not 0 <= step <= values.highest.value:
        allowed = max(0, min(int(step), allowed))
        message = OUTSIDE(stated=step, highest=int(values.highest.value))
        tally.found(_error(context, position, step, allowed, limit, message))
        return
    if step == 0:
        return
    if position.continuing is None:
        tally.lacks(position.origin.place("continuing").path)
    elif not position.continuing:
        tally.found(_new_hire(values, position, step))
    elif position.previous_step is None:
        tally.lacks(position.origin.place("previous_step").path)
    elif step > allowed:
        rise, previous = int(values.rise.value), position.previous_step
        message = TOO_FAST(stated=step, rise=rise, previous=previous, allowed=allowed)
        tally.found(_error(context, position, step, allowed, limit, message))


def _limit(values: StepRange, position: Position) -> Explanation:
    highest = values.highest.explained()
    previous = position.previous_step
    if not position.continuing or previous is None or not usable(previous):
        return highest
    rise = values.rise.explained()
    last = Explanation(label=LAST_YEAR, value=previous, origin=position.origin.place("previous_step"))
    top = int(previous) + int(values.rise.value)
    risen = Explanation(label=MOST, value=top, operation=Operation.SUM, inputs=(last, rise))
    return Explanation(
        label=MOST, value=min(top, int(highest.value)), operation=Operation.SMALLEST, inputs=(risen, highest)
    )


def _error(
    context: Context, position: Position, step: Number, allowed: int, limit: Explanation, message: Text
) -> Finding:
    place = position.origin.place("step")
    edits, cut = edit(place, allowed), None
    pay, paid = allowed_pay(context, position, step=allowed), position.monthly_pay
    if pay is not None and paid is not None and usable(paid) and paid > pay.value:
        # The pay follows the step: without its own edit the mended draft would break the rule of the pay.
        edits = (*edits, Edit(place=position.origin.place("monthly_pay"), value=int(pay.value)))
        cut = pay_cut(context, within_scale(context, position), int(pay.value))
    return Finding(
        place=place,
        stated=step,
        allowed=allowed,
        unit=Unit.STEP,
        message=message,
        remedy=set_to(place, allowed, None),
        explanation=limit,
        edits=edits,
        cut=cut,
    )


def _new_hire(values: StepRange, position: Position, step: Number) -> Finding:
    return Finding(
        outcome=Outcome.REVIEW,
        place=position.origin.place("step"),
        stated=step,
        unit=Unit.STEP,
        message=NEW_HIRE(stated=step),
        remedy=LOOK(ask=values.ask),
    )


KIND = Kind(name="step-range", check=check, values=StepRange)
