"""Pay of social workers (社工人員專業服務費): starting pay, the step stated and the additions held.

Whether the step may be claimed, and whether the case of the risk allowance fits, other rules say: here both count as
stated, so that one fault gives one finding. Of what a post does not state the most favourable counts: only what is
above that as well is a fault for certain.
"""

from __future__ import annotations

from attrs import evolve

from grantcalc.draft.model import Education, Licence, Position, RiskAllowance
from grantcalc.finding import Explanation, Finding, Verdict
from grantcalc.money import Number
from grantcalc.pay.scale import Held, has_starting_pay, social_worker_pay
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import usable
from grantcalc.rules.posts import pay_cut
from grantcalc.rules.remedies import edit, lower
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Value, dollars, plus
from grantcalc.units import Unit

OVER = Message("The monthly pay asked for is {stated}; the scale allows {allowed} ({parts}).")
OVER_AT_BEST = Message(
    "The monthly pay asked for is {stated}; even with every addition that the row says nothing of, the scale allows "
    "{allowed} ({parts})."
)
NEEDED = ("step", "education", "licences", "risk_allowance")


def held_by(position: Position) -> Held | None:
    """What a post states, nothing where it says nothing; ``None`` without a role."""
    if position.role is None:
        return None
    return Held(
        role=position.role,
        step=position.step or 0,
        education=position.education,
        licences=position.licences or (),
        risk=position.risk_allowance or RiskAllowance.NONE,
    )


def allowed_pay(context: Context, position: Position, step: Number | None = None) -> Explanation | None:
    """The highest monthly pay of a post by what it states, or with another step; ``None`` where no scale knows it."""
    held = held_by(position)
    folder = context.programme.id
    if held is None or not has_starting_pay(context.tables, folder, held.role):
        return None
    return social_worker_pay(context.tables, folder, held if step is None else evolve(held, step=step))


def within_scale(context: Context, position: Position) -> Position:
    """The post as this rule leaves it, so that another rule's cut does not count again what is above the scale."""
    stated = position.monthly_pay
    allowed = None if stated is None else _at_best(context, position)
    if allowed is None or stated is None:
        return position
    return evolve(position, monthly_pay=min(stated, int(allowed.value)))


def _at_best(context: Context, position: Position) -> Explanation | None:
    """The highest pay with the most favourable of what a post does not state; ``None`` without a step, or no scale."""
    if not _unstated(position):
        return allowed_pay(context, position)
    if position.step is None:
        return None
    additions = context.tables[f"{context.programme.id}/social_worker_additions"]
    if position.education is None:
        position = evolve(position, education=Education.MASTER)
    if position.licences is None or position.licences:  # who names one licence need not name all
        counted = tuple(one for one in Licence if additions.find(key=one.value) is not None)
        position = evolve(position, licences=counted)
    cases = RiskAllowance if position.risk_allowance is None else (position.risk_allowance,)
    found = (allowed_pay(context, evolve(position, risk_allowance=case)) for case in cases)
    return max((one for one in found if one is not None), key=lambda one: one.value, default=None)


def _unstated(position: Position) -> list[str]:
    """What the scale asks for and the post does not say."""
    return [name for name in NEEDED if getattr(position, name) is None]


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every subsidised social worker whose monthly pay is above the scale."""
    tally = Tally()
    for position in context.subsidised_posts:
        if position.role is None:
            tally.lacks(position.origin.place("role").path)
            continue
        allowed = allowed_pay(context, position)
        if allowed is not None:
            tally.examine()
            _judge(context, position, allowed, tally)
    return tally.verdict()


def _judge(context: Context, position: Position, allowed: Explanation, tally: Tally) -> None:
    place = position.origin.place("monthly_pay")
    stated = position.monthly_pay
    if stated is None:
        tally.lacks(place.path)
        return
    limit = int(allowed.value)
    if not usable(stated) or stated <= limit:
        return
    missing, best = _unstated(position), _at_best(context, position)
    if best is None or stated <= int(best.value):
        tally.lacks(*(position.origin.place(name).path for name in missing))
        return
    tally.found(_finding(context, position, stated, best, OVER_AT_BEST if missing else OVER))


def _finding(context: Context, position: Position, stated: Number, allowed: Explanation, over: Message) -> Finding:
    place = position.origin.place("monthly_pay")
    limit = int(allowed.value)
    parts: list[Value] = [dollars(part.value) for part in allowed.inputs if part.value]
    return Finding(
        place=place,
        stated=stated,
        allowed=limit,
        unit=Unit.DOLLAR,
        message=over(stated=dollars(stated), allowed=dollars(limit), parts=plus(parts)),
        remedy=lower(place, limit),
        explanation=allowed,
        edits=edit(place, limit),
        cut=pay_cut(context, position, limit),
    )


KIND = Kind(name="social-worker-pay", check=check)
