"""Basic wage (基本工資, a statute): pay by the hour and by the month is at least this.

Where a document computes with it (``cap``), pay by the hour is subsidised up to exactly this.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Explanation, Finding, Outcome, Verdict
from grantcalc.money import number
from grantcalc.rules.context import Context
from grantcalc.rules.fees import priced_rows
from grantcalc.rules.ledger import usable
from grantcalc.rules.remedies import LOOK, edit, raise_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.rules.wages import MONTHLY, TABLE, judge_hour
from grantcalc.sources import Citation
from grantcalc.tabledata import Row
from grantcalc.text import Message, dollars
from grantcalc.units import Unit

MONTHLY_UNDER = Message("Monthly pay of {stated} in all, below the basic wage of {allowed}.")
MONTHLY_REVIEW = Message(
    "Monthly pay of {stated} from the subsidy, below the basic wage of {allowed}; own funds for it are not stated."
)
ASK = Message("whether the person is paid at least {allowed} a month from all sources")


@frozen(kw_only=True, eq=False, repr=False)
class BasicWage:
    """``cap``: pay by the hour is also at most the basic wage. ``part_time``: roles without a full month's work."""

    cap: bool = False
    part_time: tuple[Role, ...] = ()


def check(context: Context, rule: Rule, values: BasicWage) -> Verdict:
    """A finding for every hour and every month paid below the basic wage, or above it where it is the rate."""
    tally = Tally()
    table = context.tables[TABLE]
    wage = table.find(roc_year=context.programme.year)
    citation = table.info.citation
    for row in priced_rows(context, rule, tally):
        if wage is None or wage["hourly"] is None:
            tally.lacks(f"{TABLE} {context.programme.year}")
        else:
            judge_hour(row, wage, citation, tally, is_cap=values.cap)
    for position in context.subsidised_posts:
        if position.role not in values.part_time and position.monthly_pay and usable(position.monthly_pay):
            tally.examine()
            if wage is None:
                tally.lacks(f"{TABLE} {context.programme.year}")
            else:
                _judge_month(position, wage, citation, tally)
    return tally.verdict()


def _judge_month(position: Position, wage: Row, citation: Citation, tally: Tally) -> None:
    floor: int = wage["monthly"]
    own = position.own_monthly_pay
    if position.monthly_pay is None or (own is not None and not usable(own)):
        return
    paid = number(position.monthly_pay + (own or 0))
    if paid >= floor:
        return
    is_known = own is not None
    place = position.origin.place("own_monthly_pay" if is_known else "monthly_pay")
    needed = number(floor - position.monthly_pay)
    message = MONTHLY_UNDER if is_known else MONTHLY_REVIEW
    tally.found(
        Finding(
            outcome=Outcome.ERROR if is_known else Outcome.REVIEW,
            place=position.origin.place("monthly_pay"),
            stated=paid,
            allowed=floor,
            unit=Unit.DOLLAR,
            message=message(stated=dollars(paid), allowed=dollars(floor)),
            remedy=raise_to(place, needed) if is_known else LOOK(ask=ASK(allowed=dollars(floor))),
            explanation=Explanation(label=MONTHLY, value=floor, unit=Unit.DOLLAR, origin=citation),
            edits=edit(place, needed) if is_known else (),
        )
    )


KIND = Kind(name="basic-wage", check=check, values=BasicWage)
