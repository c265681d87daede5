"""The ROC calendar (民國紀年): year = common-era year − 1911."""

from __future__ import annotations

import datetime as dt
import re
from calendar import isleap
from collections.abc import Iterator

OFFSET = 1911
_DAYS = ((0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31))
FIRST_YEAR, LAST_YEAR = 1912, 2199
"""A day outside these years (民國元年 on) is a slip of the pen."""

_SEPARATED = re.compile(r"(?:民國|中華民國)?\s*(\d{2,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_SEVEN_DIGITS = re.compile(r"(\d{3})(\d{2})(\d{2})")
_COMMON_ERA_DIGITS = 4


def parse(text: str) -> dt.date | None:
    """Read 2024-03-27, 113/3/27, 113.3.27, 民國113年3月27日 or 1130327; ``None`` where it is no date."""
    stripped = text.strip()
    match = _SEVEN_DIGITS.fullmatch(stripped) or _SEPARATED.fullmatch(stripped)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    if len(match.group(1)) < _COMMON_ERA_DIGITS:
        year += OFFSET
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if in_range(found) else None


def in_range(day: dt.date) -> bool:
    """Whether a day lies in the years that a draft can speak of."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def year_of(day: dt.date) -> int:
    """The ROC year of a day."""
    return day.year - OFFSET


def days_in_month(day: dt.date) -> int:
    """How many days the month of ``day`` has."""
    return _DAYS[isleap(day.year)][day.month]


def months_touched(start: dt.date, end: dt.date) -> int:
    """Calendar months that the span from ``start`` to ``end`` (both included) touches; 0 for an empty span."""
    return max(0, (end.year - start.year) * 12 + end.month - start.month + 1) if end >= start else 0


def month_spans(start: dt.date, end: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """First and last day in post of every calendar month between ``start`` and ``end``."""
    first = start
    while first <= end:
        last = min(first.replace(day=days_in_month(first)), end)
        yield first, last
        if last == end:
            return
        first = last + dt.timedelta(days=1)
