"""Every post and row lies inside the programme's period (計畫期程); an earlier start of employment is ``hired_on``."""

from __future__ import annotations

import datetime as dt

from grantcalc.draft.model import Period, Position
from grantcalc.finding import Finding, Place, Verdict
from grantcalc.rules import ledger
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Text

PERIOD_OUTSIDE = Message("{stated} is outside the programme's period, {start} to {end}.")
POST_OUTSIDE = Message("{stated} is outside the period of the draft, {start} to {end}.")
BACKWARDS = Message("The end, {stated}, is before the start, {start}.")
HIRED_LATE = Message("Hired on {stated}, after the subsidised start, {start}.")
INSIDE = Message("Set {place} to a day from {start} to {end}.")
START_INSIDE = Message(
    "Set {place} to a day from {start} to {end}; an earlier start of the employment is given as hired_on."
)
NOT_BEFORE = Message("Set {place} to {start} or later.")
NOT_AFTER = Message("Set {place} to {start} or earlier, or let the subsidy start on {stated}.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every date outside, every span that ends before it starts, every start before the hiring."""
    tally = Tally()
    period = context.draft.period
    if period is None:
        tally.lacks(context.draft.place("period").path)
    else:
        tally.examine()
        _judge_period(context, period, tally)
    inside = context.period
    if inside.end < inside.start:
        return tally.verdict()
    for position in context.draft.positions:
        tally.examine()
        unread = position.unread_of(*ledger.DATES, "hired_on")
        tally.lacks(*unread)
        _judge_post(position, inside, tally)
    for line in context.draft.lines:
        tally.examine()
        day = line.details.date
        if "details.date" in line.unread:
            tally.lacks(line.origin.place("details.date").path)
        if day is not None and not _within(day, inside):
            tally.found(_outside(line.origin.place("details.date"), day, inside, POST_OUTSIDE, INSIDE))
    return tally.verdict()


def _within(day: dt.date, period: Period) -> bool:
    return period.start <= day <= period.end


def _judge_period(context: Context, period: Period, tally: Tally) -> None:
    whole = context.programme.period
    if period.end < period.start:
        tally.found(_backwards(context.draft.place("period.end"), period))
        return
    for name, day in (("period.start", period.start), ("period.end", period.end)):
        if not _within(day, whole):
            tally.found(_outside(context.draft.place(name), day, whole, PERIOD_OUTSIDE, INSIDE))


def _judge_post(position: Position, inside: Period, tally: Tally) -> None:
    wrong = False
    for name, day, remedy in (("start", position.start, START_INSIDE), ("end", position.end, INSIDE)):
        if day is not None and not _within(day, inside):
            wrong = True
            tally.found(_outside(position.origin.place(name), day, inside, POST_OUTSIDE, remedy))
    dates = ledger.span(position, inside)
    if dates.end < dates.start and not wrong and not position.unread_of(*ledger.DATES):
        tally.found(_backwards(position.origin.place("end"), dates))
    hired = position.hired_on
    if hired is not None and hired > dates.start and not position.unread_of("start"):
        place = position.origin.place("hired_on")
        tally.found(
            Finding(
                place=place,
                message=HIRED_LATE(stated=hired, start=dates.start),
                remedy=NOT_AFTER(place=place, start=dates.start, stated=hired),
            )
        )


def _outside(place: Place, day: dt.date, period: Period, message: Message, remedy: Message) -> Finding:
    said: Text = message(stated=day, start=period.start, end=period.end)
    return Finding(place=place, message=said, remedy=remedy(place=place, start=period.start, end=period.end))


def _backwards(place: Place, span: Period) -> Finding:
    return Finding(
        place=place,
        message=BACKWARDS(stated=span.end, start=span.start),
        remedy=NOT_BEFORE(place=place, start=span.start),
    )


KIND = Kind(name="period", check=check)
