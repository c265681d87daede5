"""Dates moved by whole years, so that the period of one programme lies on the period of the other (期程對應)."""

from __future__ import annotations

import datetime as dt
from calendar import isleap
from collections.abc import Iterator
from typing import Any

from attrs import evolve

from grantcalc.draft.model import Draft, Line, Position
from grantcalc.finding import Place
from grantcalc.text import Message
from grantcalc.translation.model import Remark

OTHER_DAY = Message("{before} has no day of the same date there; {after} is taken.")


_FEBRUARY = 2
_COVER = ("filed_on", "approved_on")
_POST = ("hired_on", "start", "end")


def moved(day: dt.date, years: int, *, is_end: bool = False) -> dt.date:
    """The same day of another year; 29 February is the 28th of a common year.

    Where something ends on the last day of February, it does so in the other year as well: a whole month stays one.
    """
    year = day.year + years
    last = 29 if isleap(year) else 28
    is_last = day.month == _FEBRUARY and day.day == (29 if isleap(day.year) else 28)
    if day.month == _FEBRUARY and (day.day > last or (is_end and is_last)):
        return dt.date(year, _FEBRUARY, last)
    return day.replace(year=year)


def move_draft(draft: Draft, years: int) -> tuple[Draft, tuple[Remark, ...]]:
    """Every date of a draft moved, and those of which the day is another."""
    if not years:
        return draft, ()
    changes: dict[str, Any] = {name: _maybe(getattr(draft, name), years) for name in _COVER}
    period = draft.period
    if period is not None:
        period = evolve(
            period,
            start=moved(period.start, years),
            end=moved(period.end, years, is_end=True),
        )
    after = evolve(
        draft,
        period=period,
        positions=tuple(_post(post, years) for post in draft.positions),
        lines=tuple(_line(line, years) for line in draft.lines),
        **changes,
    )
    return after, tuple(_remarks(draft, after))


def _maybe(day: dt.date | None, years: int, *, is_end: bool = False) -> dt.date | None:
    return None if day is None else moved(day, years, is_end=is_end)


def _post(post: Position, years: int) -> Position:
    changes: dict[str, Any] = {name: _maybe(getattr(post, name), years, is_end=name == "end") for name in _POST}
    return evolve(post, **changes)


def _line(line: Line, years: int) -> Line:
    if line.details.date is None:
        return line
    return evolve(line, details=evolve(line.details, date=moved(line.details.date, years)))


def _remarks(before: Draft, after: Draft) -> Iterator[Remark]:
    for (place, day), (_, other) in zip(_days(before), _days(after), strict=True):
        if (day.month, day.day) != (other.month, other.day):
            yield Remark(place=place, message=OTHER_DAY(before=day, after=other))


def _days(draft: Draft) -> Iterator[tuple[Place, dt.date]]:
    """Every date with its place, in one order."""
    for name in _COVER:
        if (day := getattr(draft, name)) is not None:
            yield draft.place(name), day
    if draft.period is not None:
        yield draft.place("period.start"), draft.period.start
        yield draft.place("period.end"), draft.period.end
    for post in draft.positions:
        for name in _POST:
            if (day := getattr(post, name)) is not None:
                yield post.origin.place(name), day
    for line in draft.lines:
        if line.details.date is not None:
            yield line.origin.place("details.date"), line.details.date
