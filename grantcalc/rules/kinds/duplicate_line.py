"""The same row twice (重複編列): item, price, quantities, description and everything that tells rows apart."""

from __future__ import annotations

from collections.abc import Hashable

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message

TWICE = Message("This row repeats the one at {first}: same item, price, quantities and description.")
TELL_APART = Message("Take one of the two out, or say in the description how they differ.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding on every row that repeats an earlier one."""
    tally = Tally()
    seen: dict[Hashable, Line] = {}
    for line in context.draft.lines:
        tally.examine()
        first = seen.setdefault(_key(line), line)
        if first is not line:
            place = line.origin.place()
            other = first.origin.place()
            tally.found(Finding(outcome=rule.outcome, place=place, message=TWICE(first=other), remedy=TELL_APART()))
    return tally.verdict()


def _key(line: Line) -> Hashable:
    amount = line.amount if line.unit_price is None else None
    return (
        line.item,
        line.category,
        line.description,
        line.unit_price,
        line.quantities,
        amount,
        line.fund,
        line.details,
    )


KIND = Kind(name="duplicate-line", check=check)
