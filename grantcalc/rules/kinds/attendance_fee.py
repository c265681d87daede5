"""出席費 (各機關學校出席費及稿費支給要點): at most the standard a person a meeting; plan staff draw none."""

from __future__ import annotations

from attrs import frozen

from grantcalc.finding import Finding, Verdict
from grantcalc.money import whole
from grantcalc.rules.context import Context
from grantcalc.rules.fees import Priced, over, priced_rows, whole_row
from grantcalc.rules.names import same_name
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, dollars

OVER = Message("“{item}” is priced at {stated} a person and a meeting, above the central standard of {allowed}.")
STAFF = Message("“{person}” holds a post of this plan; staff of the plan draw no attendance fee.")
OTHER_PERSON = Message("Name an outside expert at {place}, or take the row out.")


@frozen(kw_only=True, eq=False, repr=False)
class AttendanceFee:
    """``cap``: the standard a person and a meeting."""

    cap: Limit


def check(context: Context, rule: Rule, values: AttendanceFee) -> Verdict:
    """A finding for every row paid to plan staff, and for every price above the standard."""
    tally = Tally()
    cap = whole(values.cap.value)
    staff = {same_name(position.person or "") for position in context.draft.positions} - {""}
    for row in priced_rows(context, rule, tally):
        person = (row.line.details.person or "").strip()
        if same_name(person) in staff:
            tally.found(_staff(row, person))
        elif row.price > cap:
            message = OVER(item=row.item.name, stated=dollars(row.price), allowed=dollars(cap))
            tally.found(over(row, cap, message, values.cap.explained()))
    return tally.verdict()


def _staff(row: Priced, person: str) -> Finding:
    place = row.line.origin.place("details.person")
    return Finding(
        place=place,
        message=STAFF(person=person),
        remedy=OTHER_PERSON(place=place.shown),
        cut=whole_row(row),
    )


KIND = Kind(name="attendance-fee", check=check, values=AttendanceFee)
