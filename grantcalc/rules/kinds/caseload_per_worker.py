"""Families that each subsidised social worker serves (開案服務案量): a month on average, and new ones in the year.

A worker in post for part of the months counts in proportion, exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from grantcalc import roc
from grantcalc.draft.model import Position, Role
from grantcalc.finding import Explanation, Finding, Operation, Verdict
from grantcalc.money import Number, Rounding, number, whole
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import DATES, span, usable
from grantcalc.rules.remedies import edit, raise_to
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message
from grantcalc.units import Unit

MONTHLY = Message(
    "{stated} a month are planned; {workers} subsidised social workers serve at least {allowed} a month on average "
    "({workers} × {each})."
)
NEW = Message(
    "{stated} are planned as new in the year; {workers} subsidised social workers take in at least {allowed} "
    "({workers} × {each}). The target moves with the referrals."
)
MONTHLY_TARGET = Message("families a month, at least")
NEW_TARGET = Message("new families in the year, at least")
WORKERS = Message("social workers over the months of the plan")
WORKERS_IN_YEAR = Message("social workers over the months of the year")
WORKER_MONTHS = Message("months in post of the social workers")
PLAN_MONTHS = Message("months of the plan's period")
YEAR_MONTHS = Message("months of the year")
MONTHS_A_YEAR = 12


@frozen(kw_only=True, eq=False, repr=False)
class CaseloadPerWorker:
    """Families a worker, on the main island and on the islands (離島地區)."""

    role: Role
    monthly: Limit
    new: Limit
    monthly_islands: Limit
    new_islands: Limit


def check(context: Context, rule: Rule, values: CaseloadPerWorker) -> Verdict:
    """Two findings at most: families a month, and new families."""
    tally = Tally()
    for position in context.subsidised_posts:
        if position.role is None:
            tally.lacks(position.origin.place("role").path)
        elif not usable(position.count):
            tally.lacks(position.origin.place("count").path)
        elif position.role is values.role:
            tally.lacks(*position.unread_of(*DATES))
    workers = [post for post in context.subsidised_posts if post.role is values.role and usable(post.count)]
    months = _months(context, workers)
    tally.examine(len(workers))
    if not months:
        return tally.verdict()
    islands = context.is_island
    if islands is None:
        tally.lacks(context.county_lacking())
        return tally.verdict()
    plan = roc.months_touched(context.period.start, context.period.end)
    caseload = context.draft.caseload
    monthly = values.monthly_islands if islands else values.monthly
    new = values.new_islands if islands else values.new
    workers_in_plan = _share(WORKERS, months, PLAN_MONTHS, plan)
    workers_in_year = _share(WORKERS_IN_YEAR, months, YEAR_MONTHS, MONTHS_A_YEAR)
    target = _target(MONTHLY_TARGET, workers_in_plan, monthly)
    _judge(context, rule, "families_per_month", caseload.families_per_month, MONTHLY, target, tally)
    target = _target(NEW_TARGET, workers_in_year, new)
    _judge(context, rule, "new_families", caseload.new_families, NEW, target, tally)
    return tally.verdict()


def _months(context: Context, workers: Sequence[Position]) -> int:
    """Worker-months: in each calendar month the most in post on any day, so two in turn on one post count once."""
    spans = [(span(post, context.period), post.people) for post in workers]
    return sum(
        max(sum(people for held, people in spans if held.start <= day <= held.end) for day in days)
        for first, last in roc.month_spans(context.period.start, context.period.end)
        for days in [{first} | {held.start for held, _ in spans if first <= held.start <= last}]
    )


def _share(label: Message, months: int, of_label: Message, of: int) -> Explanation:
    return Explanation(
        label=label,
        value=Fraction(months, of),
        unit=Unit.PERSON,
        operation=Operation.QUOTIENT,
        inputs=(
            Explanation(label=WORKER_MONTHS, value=months, unit=Unit.MONTH),
            Explanation(label=of_label, value=of, unit=Unit.MONTH),
        ),
    )


def _target(label: Message, workers: Explanation, each: Limit) -> Explanation:
    return Explanation(
        label=label,
        value=Fraction(workers.value) * Fraction(each.value),
        unit=Unit.FAMILY,
        operation=Operation.PRODUCT,
        inputs=(workers, each.explained()),
    )


def _judge(
    context: Context,
    rule: Rule,
    name: str,
    stated: Number | None,
    message: Message,
    target: Explanation,
    tally: Tally,
) -> None:
    place = context.draft.place(f"caseload.{name}")
    if stated is None:
        tally.lacks(place.path)
        return
    if stated >= target.value:
        return
    workers, each = target.inputs
    least = whole(target.value, Rounding.UP)
    tally.found(
        Finding(
            outcome=rule.outcome,
            place=place,
            stated=stated,
            allowed=number(target.value),
            unit=Unit.FAMILY,
            message=message(
                stated=Measure(stated, Unit.FAMILY),
                workers=workers.value,
                allowed=Measure(target.value, Unit.FAMILY),
                each=Measure(each.value, Unit.FAMILY),
            ),
            remedy=raise_to(place, least, Unit.FAMILY),
            explanation=target,
            edits=edit(place, least),
        )
    )


KIND = Kind(name="caseload-per-worker", check=check, values=CaseloadPerWorker)
