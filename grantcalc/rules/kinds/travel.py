"""Lodging and miscellaneous expenses of journeys (國內出差旅費報支要點 附表一): 住宿費, 雜費.

Two kinds. Lodging of a night on a working day and of a holiday's night differ, so its limit needs a date only where
the price lies between the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import evolve, frozen

from grantcalc.draft.model import Line, TravelPart
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.money import Number, whole
from grantcalc.office import OfficeCalendar, is_holiday_night, office_calendar
from grantcalc.rules.context import Context
from grantcalc.rules.fees import Priced, over, price_of, whole_row
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.names import fold, same_name
from grantcalc.rules.prices import asks_nothing, price_edits
from grantcalc.rules.remedies import LOOK, lower
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, Value, dollars
from grantcalc.units import Unit

OVER = Message("Lodging at {stated} a night, above the limit of {allowed} ({title}).")
NEAR = Message("Lodging for a journey of {stated}; it is paid from {least} on.")
EXPERTS_ONLY = Message(
    "Lodging for a journey of {stated}; from {near} to below {least} it is for outside experts only."
)
ASK_EXPERT = Message("whether the traveller is an outside expert who comes from afar.")
RANK_UNSAID = Message(
    "Lodging at {stated} a night, above the limit of {allowed} ({title}); up to {senior} ({senior_title}) is paid to "
    "travellers of that rank only, and the row does not say it."
)
ASK_RANK = Message("the rank (職等) of the traveller, and write it in the row.")
PART_UNSAID = Message(
    "The row of {stated} names “{word}” and does not say which part of the journey it pays (差旅費別); as lodging it "
    "would be at most {allowed} a night ({title})."
)
ASK_PART = Message(
    "whether the row pays lodging, and fill in 差旅費別 (住宿費); a row that pays more than lodging is split."
)
MISC = Message("Miscellaneous travel expenses of {stated} a day, above the limit of {allowed}.")
WEEKDAY = Message("a working day, {date}")
HOLIDAY = Message("a holiday or the day before one, {date}")
ANY_DAY = Message("the highest of any day")
LEAST = Message("least distance for lodging")
FEES = "common/fees"


@frozen(kw_only=True, eq=False, repr=False)
class LodgingCap:
    """Limits a night on ``weekday`` and ``holiday``; lodging is paid from ``least_km`` on.

    ``expert_items``: items of journeys of outside experts, paid from ``expert_km`` on. An item in both lists pays
    experts and others: between the two distances a person must look who travels.

    ``senior``: a higher limit for travellers of a rank, told by ``senior_words`` in the row; a row with a word of
    ``other_ranks`` alone is told to be of another one, and one with words of both, or of neither, is for a person.

    ``unsaid_words`` (住宿) tell a row of ``items`` to pay lodging though its part of travel is not filled in, once
    ``unsaid_except`` (不含住宿) are taken out: for a person.
    """

    items: tuple[str, ...]
    weekday: Limit
    holiday: Limit
    least_km: Limit
    expert_items: tuple[str, ...] = ()
    expert_km: Limit | None = None
    senior: Limit | None = None
    senior_words: tuple[str, ...] = ()
    other_ranks: tuple[str, ...] = ()
    unsaid_words: tuple[str, ...] = ()
    unsaid_except: tuple[str, ...] = ()

    def least_of(self, row: Priced) -> Limit:
        """The distance from which lodging of a row may be paid at all."""
        return self.least_km if self.expert_km is None or row.item.code not in self.expert_items else self.expert_km


@frozen(kw_only=True, eq=False, repr=False)
class TravelMisc:
    """The limit a day on miscellaneous expenses."""

    items: tuple[str, ...]
    cap: Limit


def check_lodging(context: Context, rule: Rule, values: LodgingCap) -> Verdict:
    """A finding for every night above its limit, and for lodging too near to be paid."""
    tally = Tally()
    calendar: OfficeCalendar | None = None
    for line, word in unsaid_rows(context, values):
        tally.examine()
        tally.found(_part_unsaid(line, word, values))
    # Lodging is lodging, whatever item it is written under.
    for row in _rows(context, tuple(context.programme.items), TravelPart.LODGING, tally):
        if _is_near(context, row, values, tally):
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


def unsaid_rows(context: Context, values: LodgingCap) -> list[tuple[Line, str]]:
    """Subsidised rows of travel that name lodging and leave their part of travel blank, with the word."""
    rows = [line for line in context.lines(*values.items) if line.details.travel is None and not asks_nothing(line)]
    found = ((line, _lodging_word(line, values)) for line in rows)
    return [(line, word) for line, word in found if word is not None]


def _lodging_word(line: Line, values: LodgingCap) -> str | None:
    text = fold(f"{line.item or ''}\n{line.description or ''}")
    for word in values.unsaid_except:
        text = text.replace(fold(word), "\n")
    return next((word for word in values.unsaid_words if fold(word) in text), None)


def _part_unsaid(line: Line, word: str, values: LodgingCap) -> Finding:
    limit = max((values.weekday, values.holiday), key=lambda one: one.value)
    stated = line.unit_price if line.unit_price is not None else line_amount(line) or 0
    return Finding(
        outcome=Outcome.REVIEW,
        place=line.origin.place("details.travel"),
        stated=stated,
        unit=Unit.DOLLAR,
        message=PART_UNSAID(stated=dollars(stated), word=word, allowed=dollars(limit.value), title=limit.title),
        remedy=LOOK(ask=ASK_PART()),
        explanation=limit.explained(),
    )


def _differs(values: LodgingCap) -> bool:
    return values.weekday.value != values.holiday.value


def _is_near(context: Context, row: Priced, values: LodgingCap, tally: Tally) -> bool:
    km = row.line.details.km
    if km is None:
        tally.lacks(row.line.origin.place("details.km").path)
        return False
    limit = values.least_km if _is_staff(context, row) else values.least_of(row)
    if not row.price:
        return False
    if km >= limit.value:
        if row.item.code in values.items and km < values.least_km.value:
            tally.found(_experts_only(row, km, limit, values.least_km))
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


def _is_staff(context: Context, row: Priced) -> bool:
    """Whether the row names somebody of the plan's own posts, who is no outside expert."""
    person = same_name(row.line.details.person or "")
    return bool(person) and person in {same_name(post.person or "") for post in context.draft.positions}


def _experts_only(row: Priced, km: Number, near: Limit, least: Limit) -> Finding:
    return Finding(
        outcome=Outcome.REVIEW,
        place=row.line.origin.place("details.km"),
        stated=km,
        unit=Unit.KM,
        message=EXPERTS_ONLY(
            stated=Measure(km, Unit.KM), near=Measure(near.value, Unit.KM), least=Measure(least.value, Unit.KM)
        ),
        remedy=LOOK(ask=ASK_EXPERT()),
        explanation=evolve(least.explained(), label=LEAST),
    )


def _judge_night(
    context: Context, row: Priced, values: LodgingCap, calendar: OfficeCalendar | None, tally: Tally
) -> None:
    day = row.line.details.date
    lower_limit, upper_limit = sorted((values.weekday, values.holiday), key=lambda limit: limit.value)
    if not _in_force(context, row, lower_limit, day):
        tally.lacks(f"{FEES}#{lower_limit.key}")
        return
    if row.price > upper_limit.value or not _differs(values):
        limit, title = upper_limit, ANY_DAY() if _differs(values) else upper_limit.title
    elif row.price <= lower_limit.value:
        return
    else:
        is_holiday = None if day is None or calendar is None else is_holiday_night(day, calendar)
        if day is None or is_holiday is None:
            tally.lacks(row.line.origin.place("details.date").path)
            return
        limit, title = (values.holiday, HOLIDAY(date=day)) if is_holiday else (values.weekday, WEEKDAY(date=day))
    if row.price > limit.value:
        _judge_rank(row, values, limit, title, tally)


def _judge_rank(row: Priced, values: LodgingCap, limit: Limit, title: Value, tally: Tally) -> None:
    """A night above the limit of all ranks: the senior one's may reach further."""
    senior = values.senior
    is_senior = None if senior is None else _is_senior(row, values)
    if senior is None or is_senior is False or row.price > senior.value:
        most, told = (senior, senior.title) if senior is not None and is_senior else (limit, title)
        message = OVER(stated=dollars(row.price), allowed=dollars(most.value), title=told)
        tally.found(over(row, whole(most.value), message, most.explained()))
    elif is_senior is None:
        tally.found(_rank_unsaid(row, limit, senior))


def _is_senior(row: Priced, values: LodgingCap) -> bool | None:
    """Whether the row tells the senior rank; ``None`` where it tells none, or more than one."""
    line = row.line
    text = fold(f"{line.item or ''}\n{line.description or ''}\n{line.details.person or ''}")
    others = any(fold(word) in text for word in values.other_ranks)
    for word in values.other_ranks:
        # 薦任以下 and 非簡任 hold words of their own; they are taken out before the senior rank is looked for.
        text = text.replace(fold(word), "\n")
    is_senior = any(fold(word) in text for word in values.senior_words)
    return is_senior if is_senior is not others else None


def _rank_unsaid(row: Priced, limit: Limit, senior: Limit) -> Finding:
    return Finding(
        outcome=Outcome.REVIEW,
        place=row.place,
        stated=row.price,
        unit=Unit.DOLLAR,
        message=RANK_UNSAID(
            stated=dollars(row.price),
            allowed=dollars(limit.value),
            title=limit.title,
            senior=dollars(senior.value),
            senior_title=senior.title,
        ),
        remedy=LOOK(ask=ASK_RANK()),
        explanation=limit.explained(),
    )


def _in_force(context: Context, row: Priced, limit: Limit, day: dt.date | None) -> bool:
    """Whether the limit holds on the row's day; without one it does as soon as it holds within the period."""
    since = context.tables[FEES].row(key=limit.key)["effective_from"]
    return since is None or since <= (day or context.period.end)


LODGING = Kind(name="lodging-cap", check=check_lodging, values=LodgingCap)
MISCELLANEOUS = Kind(name="travel-misc", check=check_misc, values=TravelMisc)
