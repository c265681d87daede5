"""Lodging and miscellaneous expenses of journeys (國內出差旅費報支要點 附表一): 住宿費, 雜費.

Two kinds. Lodging of a night on a working day and of a holiday's night differ, so its limit needs a date only where
the price lies between the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import evolve, frozen

from grantcalc.draft.model import TravelPart
from grantcalc.finding import Finding, Verdict
from grantcalc.money import whole
from grantcalc.office import OfficeCalendar, is_holiday_night, office_calendar
from grantcalc.rules.context import Context
from grantcalc.rules.fees import Priced, over, price_of, whole_row
from grantcalc.rules.prices import price_edits
from grantcalc.rules.remedies import lower
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, dollars
from grantcalc.units import Unit

OVER = Message("Lodging at {stated} a night, above the limit of {allowed} ({title}).")
NEAR = Message("Lodging for a journey of {stated}; it is paid from {least} on.")
MISC = Message("Miscellaneous travel expenses of {stated} a day, above the limit of {allowed}.")
WEEKDAY = Message("a working day, {date}")
HOLIDAY = Message("a holiday or the day before one, {date}")
ANY_DAY = Message("the highest of any day")
LEAST = Message("least distance for lodging")
FEES = "common/fees"


@frozen(kw_only=True, eq=False, repr=False)
class LodgingCap:
    """Limits a night on ``weekday`` and ``holiday``; lodging is paid from ``least_km`` on.

    ``expert_items``: items of journeys of outside experts, paid from ``expert_km`` on.
    """

    items: tuple[str, ...]
    weekday: Limit
    holiday: Limit
    least_km: Limit
    expert_items: tuple[str, ...] = ()
    expert_km: Limit | None = None


@frozen(kw_only=True, eq=False, repr=False)
class TravelMisc:
    """The limit a day on miscellaneous expenses."""

    items: tuple[str, ...]
    cap: Limit


def check_lodging(context: Context, rule: Rule, values: LodgingCap) -> Verdict:
    """A finding for every night above its limit, and for lodging too near to be paid."""
    tally = Tally()
    calendar: OfficeCalendar | None = None
    for row in _rows(context, (*values.items, *values.expert_items), TravelPart.LODGING, tally):
        if _is_near(row, values, tally):
            continue
        if calendar is None and row.line.details.date is not None and _differs(values):
            calendar = office_calendar()
        _judge_night(context, row, values, calendar, tally)
    return tally.verdict()


def check_misc(context: Context, rule: Rule, values: TravelMisc) -> Verdict:
    """A finding for every day above the limit."""
    tally = Tally()
    allowed = whole(values.cap.value)
    for row in _rows(context, values.items, TravelPart.MISCELLANEOUS, tally):
        if row.price > allowed:
            message = MISC(stated=dollars(row.price), allowed=dollars(allowed))
            tally.found(over(row, allowed, message, values.cap.explained()))
    return tally.verdict()


def _rows(context: Context, codes: tuple[str, ...], part: TravelPart, tally: Tally) -> Iterator[Priced]:
    for code in codes:
        item = context.programme.items.get(code)
        for line in context.lines(code) if item else ():
            if item is not None and line.details.travel is part:
                found = price_of(item, line, tally)
                if found is not None:
                    yield found


def _differs(values: LodgingCap) -> bool:
    return values.weekday.value != values.holiday.value


def _is_near(row: Priced, values: LodgingCap, tally: Tally) -> bool:
    limit = values.least_km
    if row.item.code in values.expert_items and values.expert_km is not None:
        limit = values.expert_km
    km = row.line.details.km
    if km is None:
        tally.lacks(row.line.origin.place("details.km").path)
        return False
    if km >= limit.value or not row.price:
        return False
    tally.found(
        Finding(
            place=row.place,
            stated=row.price,
            allowed=0,
            unit=Unit.DOLLAR,
            message=NEAR(stated=Measure(km, Unit.KM), least=Measure(limit.value, Unit.KM)),
            remedy=lower(row.place, 0),
            explanation=evolve(limit.explained(), label=LEAST),
            edits=price_edits(row.line, 0),
            cut=whole_row(row),
        )
    )
    return True


def _judge_night(
    context: Context, row: Priced, values: LodgingCap, calendar: OfficeCalendar | None, tally: Tally
) -> None:
    day = row.line.details.date
    lower_limit, upper_limit = sorted((values.weekday, values.holiday), key=lambda limit: limit.value)
    if not _in_force(context, row, lower_limit, day):
        tally.lacks(f"{FEES}#{lower_limit.key}")
        return
    if row.price > upper_limit.value or not _differs(values):
        limit, title = upper_limit, ANY_DAY()
    elif row.price <= lower_limit.value:
        return
    else:
        is_holiday = None if day is None or calendar is None else is_holiday_night(day, calendar)
        if day is None or is_holiday is None:
            tally.lacks(row.line.origin.place("details.date").path)
            return
        limit, title = (values.holiday, HOLIDAY(date=day)) if is_holiday else (values.weekday, WEEKDAY(date=day))
    if row.price > limit.value:
        message = OVER(stated=dollars(row.price), allowed=dollars(limit.value), title=title)
        tally.found(over(row, whole(limit.value), message, limit.explained()))


def _in_force(context: Context, row: Priced, limit: Limit, day: dt.date | None) -> bool:
    """Whether the limit holds on the row's day; without one it does as soon as it holds within the period."""
    since = context.tables[FEES].row(key=limit.key)["effective_from"]
    return since is None or since <= (day or context.period.end)


LODGING = Kind(name="lodging-cap", check=check_lodging, values=LodgingCap)
MISCELLANEOUS = Kind(name="travel-misc", check=check_misc, values=TravelMisc)
