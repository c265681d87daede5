"""The office calendar (政府行政機關辦公日曆表): which days are off; from the package taiwan-holidays.

It has no data for some years (民國110年 among them): there the answer is ``None``, never a guess.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class OfficeCalendar(Protocol):
    """Tells days off."""

    def is_holiday(self, date: dt.date) -> bool:
        """True for a day off; :class:`ValueError` where there is no data."""


def office_calendar() -> OfficeCalendar:
    """Read the calendar; takes a moment, so only where a date must be judged."""
    from taiwan_holidays.taiwan_calendar import TaiwanCalendar

    calendar: OfficeCalendar = TaiwanCalendar()
    return calendar


def is_day_off(day: dt.date, calendar: OfficeCalendar) -> bool | None:
    """Whether offices are closed on a day (放假日); ``None`` where the calendar has no data for it."""
    try:
        return bool(calendar.is_holiday(day))
    except ValueError:
        return None


def is_holiday_night(night: dt.date, calendar: OfficeCalendar) -> bool | None:
    """Whether a night is a holiday's: a day off or the day before one, but not the last day off.

    That is: the next day is off.
    """
    return is_day_off(night + dt.timedelta(days=1), calendar)
