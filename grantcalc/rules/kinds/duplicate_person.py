"""One person on two posts at the same time (一人不得同時占二職), both paid; owner over a second pay between posts."""

from __future__ import annotations

from collections import defaultdict

from grantcalc.draft.model import Position
from grantcalc.finding import Finding, Verdict
from grantcalc.rules import ledger
from grantcalc.rules.context import Context
from grantcalc.rules.names import same_name
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message

TWICE = Message("“{person}” holds the post at {first} too, from {start} to {end}.")
SEPARATE = Message("Name another person at {place}, or let the two posts follow each other.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding on the later post of every pair that overlaps."""
    tally = Tally()
    by_person: defaultdict[str, list[Position]] = defaultdict(list)
    for position in context.draft.positions:
        name = (position.person or "").strip()
        if not name or not _paid(position):
            continue
        tally.examine()
        known = by_person[same_name(name)]
        earlier = next((other for other in known if _overlap(context, other, position)), None)
        if earlier is not None:
            tally.found(_finding(context, rule, name, earlier, position))
        known.append(position)
    return tally.verdict()


def _paid(position: Position) -> bool:
    amounts = (
        position.monthly_pay,
        position.pay_amount,
        position.own_monthly_pay,
        position.regional_allowance,
        position.allowance_amount,
        position.employer_insurance,
        position.insurance_amount,
        position.own_insurance,
    )
    return any(amount is not None and amount > 0 for amount in amounts)


def _overlap(context: Context, one: Position, other: Position) -> bool:
    first, second = ledger.span(one, context.period), ledger.span(other, context.period)
    return max(first.start, second.start) <= min(first.end, second.end)


def _finding(context: Context, rule: Rule, name: str, earlier: Position, later: Position) -> Finding:
    first, second = ledger.span(earlier, context.period), ledger.span(later, context.period)
    place = later.origin.place("person")
    return Finding(
        outcome=rule.outcome,
        place=place,
        message=TWICE(
            person=name,
            first=earlier.origin.place("person").shown,
            start=max(first.start, second.start),
            end=min(first.end, second.end),
        ),
        remedy=SEPARATE(place=place.shown),
    )


KIND = Kind(name="duplicate-person", check=check)
