"""Duty outside office hours (非上班時間執勤津貼): so much an hour, a day and a month a person, for plan staff only.

A day is judged at the price the hour may cost, a month at what its days may cost, so that each fault is found once.
"""

from __future__ import annotations

from collections.abc import Collection

from attrs import frozen

from grantcalc import roc
from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.money import whole
from grantcalc.rules.context import Context
from grantcalc.rules.excess import Taken, found, judge
from grantcalc.rules.fees import Priced, over, priced_rows
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.loads import DAYS, TIMES, Excess, day_load, month_load
from grantcalc.rules.names import find, is_plain, persons
from grantcalc.rules.prices import asks_nothing, unit_path
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.staff import item_name, not_for, posts_by_person, unnamed
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, dollars
from grantcalc.units import Unit

HOUR = Message("“{item}” is priced at {stated} an hour, above the cap of {allowed}.")
DAY = Message("“{item}” pays {person} {stated} on one day, above the limit of {allowed} a person: {parts}.")
MONTH = Message("“{item}” pays {person} {stated} in one month, above the limit of {allowed} a person: {parts}.")
IN_ALL = Message(
    "“{item}” pays {person} {stated} in all, above {allowed}, the monthly limit for every month of the plan: {parts}."
)
OUTSIDER = Message("“{item}” of {stated} is paid to {person}, who holds no post of this plan; only plan staff draw it.")
UNCLEAR = Message("“{item}” of {stated} is paid to “{cell}”, which names no holder of a post of this plan.")
ASK_WHO = Message("who is meant by “{cell}”: only those who hold a post of this plan draw it; write their names.")


@frozen(kw_only=True, eq=False, repr=False)
class OffHoursDuty:
    """Dollars a person at most: an hour, a day, a month."""

    hourly: Limit
    daily: Limit
    monthly: Limit


def check(context: Context, rule: Rule, values: OffHoursDuty) -> Verdict:
    """A finding for every price, day and month above its limit, and every row paid to somebody without a post."""
    tally = Tally()
    hourly = whole(values.hourly.value)
    rows: list[Priced] = []
    staff = posts_by_person(context.draft.positions)
    for row in priced_rows(context, rule, tally):
        if asks_nothing(row.line) or _is_outsider(context, row.line, staff, tally):
            continue
        if line_amount(row.line) is None:
            tally.lacks(row.line.origin.place("amount").path)
            continue
        if row.own:
            rows.append(row)
        else:
            tally.lacks(unit_path(row.line))
        if row.price > hourly:
            message = HOUR(item=row.item.name, stated=dollars(row.price), allowed=dollars(hourly))
            tally.found(over(row, hourly, message, values.hourly.explained()))
    _judge_days(context, rows, values, tally)
    return tally.verdict()


def _judge_days(context: Context, rows: list[Priced], values: OffHoursDuty, tally: Tally) -> None:
    """The days, and the months of days that are within their limit."""
    hourly, daily, monthly = (whole(limit.value) for limit in (values.hourly, values.daily, values.monthly))
    prices = {row.line.origin.path: min(row.price, hourly) for row in rows}

    def of_day(excess: Excess, taken: Taken) -> Finding:
        return found(context, excess, taken, DAY, values.daily.explained())

    days = (day_load(row.line, prices[row.line.origin.path]) for row in rows)
    mended = judge(days, daily, tally, (Unit.HOUR,), of_day)
    months = roc.months_touched(context.period.start, context.period.end)
    loads = [month_load(load.line, prices[load.line.origin.path], months) for load in mended]

    def of_month(excess: Excess, taken: Taken) -> Finding:
        return found(context, excess, taken, IN_ALL if excess.in_all else MONTH, values.monthly.explained())

    judge(loads, monthly, tally, (*DAYS, *TIMES, Unit.HOUR), of_month, months)


def _is_outsider(context: Context, line: Line, staff: Collection[str], tally: Tally) -> bool:
    """Whether the row surely pays somebody who holds no post; nobody can tell where it names no person."""
    posts, person = context.draft.positions, line.details.person
    if not person:
        tally.lacks(line.origin.place("details.person").path)
        return False
    if find(person, staff) is not None:
        return False
    missing = unnamed(posts)
    if missing:
        tally.lacks(*missing)
        return False
    names = persons(person)
    if not names or not all(map(is_plain, names)):
        tally.found(_unclear(context, line, person))
        return False
    tally.found(not_for(context, line, OUTSIDER))
    return True


def _unclear(context: Context, line: Line, cell: str) -> Finding:
    stated = line_amount(line) or 0
    return Finding(
        outcome=Outcome.REVIEW,
        place=line.origin.place("details.person"),
        stated=stated,
        unit=Unit.DOLLAR,
        message=UNCLEAR(item=item_name(context, line), stated=dollars(stated), cell=cell),
        remedy=LOOK(ask=ASK_WHO(cell=cell)),
    )


KIND = Kind(name="off-hours-duty", check=check, values=OffHoursDuty)
