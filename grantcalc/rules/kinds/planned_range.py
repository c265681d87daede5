"""A number of the plan's cover that must lie between two limits where it is stated (每年應提供…至…人)."""

from __future__ import annotations

from attrs import frozen

from grantcalc.finding import Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.cover import header, is_unread, planned
from grantcalc.rules.remedies import edit
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message

BELOW = Message("“{field}” is {stated}; the document wants {least} to {most} a year, so at least {least}.")
ABOVE = Message("“{field}” is {stated}; the document wants {least} to {most} a year, so at most {most}.")
SET_OR_SAY = Message("Set {place} to {allowed}, or say in the plan why another number is planned.")


@frozen(kw_only=True, eq=False, repr=False)
class PlannedRange:
    """``field`` of the cover is at least ``least`` and at most ``most``; 0 or nothing means that none is planned."""

    field: str
    least: Limit
    most: Limit


def check(context: Context, rule: Rule, values: PlannedRange) -> Verdict:
    """One finding when the planned number lies outside."""
    tally = Tally()
    place = context.draft.place(values.field)
    stated = planned(context, values.field)
    if is_unread(context, values.field):
        tally.lacks(place.path)
    if not stated:
        return tally.verdict()
    tally.examine()
    limit = values.least if stated < values.least.value else values.most
    if stated < values.least.value or stated > values.most.value:
        message = BELOW if limit is values.least else ABOVE
        allowed = int(limit.value)
        tally.found(
            Finding(
                outcome=rule.outcome,
                place=place,
                stated=stated,
                allowed=allowed,
                unit=limit.unit,
                message=message(
                    field=header(values.field),
                    stated=Measure(stated, limit.unit),
                    least=int(values.least.value),
                    most=Measure(values.most.value, limit.unit),
                ),
                remedy=SET_OR_SAY(place=place, allowed=Measure(allowed, limit.unit)),
                explanation=limit.explained(),
                edits=edit(place, allowed),
            )
        )
    return tally.verdict()


KIND = Kind(name="planned-range", check=check, values=PlannedRange)
