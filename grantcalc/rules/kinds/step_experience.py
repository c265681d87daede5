"""The step claimed fits the years of casework (年資認定): full years + the lowest step, at most the highest step.

A supervisor starts on a step of its own; whether the years are enough for a supervisor at all is another rule's. A
lower step than the years allow is no fault.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Cut, Edit, Explanation, Finding, Operation, Verdict
from grantcalc.money import Number, is_whole
from grantcalc.pay.stepscale import steps_of
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import posts_of, without_role
from grantcalc.rules.ledger import usable
from grantcalc.rules.posts import named, pay_cut
from grantcalc.rules.remedies import edit, set_to
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.steps import StepPosts, allowed_pay, points_of, within_step
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Text, joined
from grantcalc.units import Unit

OUTSIDE = Message("{post} ({role}) is on step {stated}; the scale has the whole steps {low} to {high} for this role.")
ABOVE = Message(
    "{post} ({role}) is on step {stated}; the full years of casework, {years}, allow step {allowed} at most "
    "(step {first} + {years})."
)
ABOVE_LOWEST = Message(
    "{post} ({role}) is on step {stated}; the full years of casework, {years}, allow no step above {allowed}, the "
    "lowest of this role."
)
SET_AND_LOWER = Message("Set {place} to {allowed}, and lower {others}.")
TO = Message("{place} to {allowed} or less")
YEARS = Message("full years of casework")
FIRST = Message("lowest step of the scale")
MOST = Message("highest step that may be claimed")


@frozen(kw_only=True, eq=False, repr=False)
class StepExperience(StepPosts):
    """``highest`` step of the scale."""

    highest: Limit


def check(context: Context, rule: Rule, values: StepExperience) -> Verdict:
    """One finding at most for every subsidised post on the scale."""
    tally = Tally()
    tally.lacks(*without_role(context))
    for post in posts_of(context, values.roles):
        tally.examine()
        if post.experience_years is None or post.experience_years < 0:
            tally.lacks(post.origin.place("experience_years").path)
        if post.step is None:
            tally.lacks(post.origin.place("step").path)
        elif post.role is not None:
            _judge(context, values, post, post.role, post.step, tally)
    return tally.verdict()


def _judge(context: Context, values: StepExperience, post: Position, role: Role, step: Number, tally: Tally) -> None:
    lowest, highest = values.lowest_step(context.tables, role), int(values.highest.value)
    limit = _limit(context, values, post, role)
    most = int(limit.value)
    shown = {"post": named(post), "role": role, "stated": step}
    if not is_whole(step) or not lowest <= step <= highest:
        message = OUTSIDE(**shown, low=lowest, high=highest)
        tally.found(_finding(context, values, post, max(lowest, min(int(step), most)), limit, message))
    elif step > most:
        first, years = steps_of(context.tables, values)[0], int(post.experience_years or 0)
        by_years = most == first + years
        template = ABOVE if by_years else ABOVE_LOWEST
        more = {"first": first} if by_years else {}
        message = template(**shown, years=years, allowed=most, **more)
        tally.found(_finding(context, values, post, most, limit, message))


def _limit(context: Context, values: StepExperience, post: Position, role: Role) -> Explanation:
    """min(lowest step + full years, highest step), but never below a leader's own lowest."""
    highest, years = values.highest.explained(), post.experience_years
    if years is None or years < 0:
        return highest
    first = Explanation(
        label=FIRST,
        value=steps_of(context.tables, values)[0],
        unit=Unit.STEP,
        origin=context.tables[values.points].info.citation,
    )
    served = Explanation(label=YEARS, value=int(years), origin=post.origin.place("experience_years"))
    inputs = (first, served)
    risen = Explanation(
        label=MOST, value=int(years) + int(first.value), unit=Unit.STEP, operation=Operation.SUM, inputs=inputs
    )
    most = _of(Operation.SMALLEST, risen, highest) if risen.value > highest.value else risen
    lowest = values.leader_from.explained()
    return _of(Operation.LARGEST, most, lowest) if role in values.leaders and lowest.value > most.value else most


def _of(operation: Operation, *inputs: Explanation) -> Explanation:
    choose = min if operation is Operation.SMALLEST else max
    value = choose(one.value for one in inputs)
    return Explanation(label=MOST, value=value, unit=Unit.STEP, operation=operation, inputs=inputs)


def _finding(
    context: Context, values: StepExperience, post: Position, allowed: int, limit: Explanation, message: Text
) -> Finding:
    place = post.origin.place("step")
    others, cut = _followers(context, values, post, allowed)
    remedy = set_to(place, allowed, None)
    if others:
        remedy = SET_AND_LOWER(place=place, allowed=allowed, others=joined(text for _, text in others))
    return Finding(
        place=place,
        stated=post.step,
        allowed=allowed,
        unit=Unit.STEP,
        message=message,
        remedy=remedy,
        explanation=limit,
        edits=(*edit(place, allowed), *(one for one, _ in others)),
        cut=cut,
    )


def _followers(
    context: Context, values: StepExperience, post: Position, allowed: int
) -> tuple[list[tuple[Edit, Text]], Cut | None]:
    """Points and pay that follow the step: without them the mended draft would break the rule of the pay."""
    pay = None if post.licences is None else allowed_pay(context, values, post, allowed)
    if pay is None:
        return [], None
    found, cut = [], None
    limits = {"points": points_of(pay).measure, "monthly_pay": pay.measure}
    for name, limit in limits.items():
        stated: Number | None = getattr(post, name)
        if stated is not None and usable(stated) and stated > limit.value:
            place = post.origin.place(name)
            found.append((Edit(place=place, value=int(limit.value)), TO(place=place, allowed=limit)))
            if name == "monthly_pay":
                cut = pay_cut(context, within_step(context, values, post), int(limit.value))
    return found, cut


KIND = Kind(name="step-experience", check=check, values=StepExperience)
