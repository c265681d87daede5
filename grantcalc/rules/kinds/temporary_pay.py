"""Temporary pay (臨時酬勞費、臨時工資): by the hour at exactly the basic wage (基本工資), never to paid staff.

Where the document says so, a person's month is at most the monthly basic wage. The hours are valued at the basic wage,
so that a wrong price, which is a fault of its own, moves no limit.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from grantcalc import roc
from grantcalc.draft.model import Position
from grantcalc.finding import Explanation, Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.excess import Taken, found, judge
from grantcalc.rules.fees import Priced, priced_rows
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.loads import DAYS, TIMES, Excess, Load, month_load
from grantcalc.rules.names import find
from grantcalc.rules.prices import asks_nothing, unit_path
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.staff import likely, not_for, posts_by_person, unnamed
from grantcalc.rules.tally import Tally
from grantcalc.rules.wages import MONTHLY, TABLE, judge_hour
from grantcalc.text import Message
from grantcalc.units import Unit

STAFF = Message("“{item}” of {stated} is paid to {person}, who is paid for the post {post}; paid staff draw none.")
MONTH = Message("“{item}” pays {person} {stated} in one month, above the monthly basic wage of {allowed}: {parts}.")
IN_ALL = Message(
    "“{item}” pays {person} {stated} in all, above {allowed}, the monthly basic wage for every month of the plan: "
    "{parts}."
)


@frozen(kw_only=True, eq=False, repr=False)
class TemporaryPay:
    """``monthly``: a person's month is at most the monthly basic wage."""

    monthly: bool = False


def check(context: Context, rule: Rule, values: TemporaryPay) -> Verdict:
    """A finding for every hour not at the basic wage, every month above it, and every row that pays staff."""
    tally = Tally()
    table = context.tables[TABLE]
    wage = table.find(roc_year=context.programme.year)
    months = roc.months_touched(context.period.start, context.period.end)
    loads: list[Load] = []
    staff = posts_by_person(context.draft.positions)
    for row in priced_rows(context, rule, tally):
        if asks_nothing(row.line) or _is_staff(context, row, staff, tally):
            continue
        if line_amount(row.line) is None:
            tally.lacks(row.line.origin.place("amount").path)
            continue
        if wage is None or wage["hourly"] is None:
            tally.lacks(f"{TABLE} {context.programme.year}")
            continue
        judge_hour(row, wage, table.info.citation, tally, is_cap=True)
        if row.own:
            loads.append(month_load(row.line, wage["hourly"], months))
        else:
            tally.lacks(unit_path(row.line))
    if values.monthly and wage is not None and loads:
        limit = int(wage["monthly"])
        explained = Explanation(label=MONTHLY, value=limit, unit=Unit.DOLLAR, origin=table.info.citation)

        def finding(excess: Excess, taken: Taken) -> Finding:
            return found(context, excess, taken, IN_ALL if excess.in_all else MONTH, explained)

        judge(loads, limit, tally, (*DAYS, *TIMES, Unit.HOUR), finding, months)
    return tally.verdict()


def _is_staff(context: Context, row: Priced, staff: Mapping[str, Position], tally: Tally) -> bool:
    """Whether the row surely pays the person of a post, whoever pays the post."""
    posts, person = context.draft.positions, row.line.details.person
    if not posts:
        return False
    if not person:
        tally.lacks(row.line.origin.place("details.person").path)
        return False
    held = find(person, staff)
    if held is None:
        tally.lacks(*unnamed(posts))
        return False
    post = staff[held.key]
    tally.found(
        not_for(context, row.line, STAFF, post) if held.exact else likely(row.line, row.item.name, held.key, post)
    )
    return held.exact


KIND = Kind(name="temporary-pay", check=check, values=TemporaryPay)
