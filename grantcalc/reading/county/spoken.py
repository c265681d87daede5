"""Values as counties write them in running text: sums, periods, days, and the year of a plan."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from grantcalc import roc
from grantcalc.draft.model import Period
from grantcalc.money import Number
from grantcalc.reading.numbers import bounded, of_float
from grantcalc.unitwords import NUMERALS, of_numerals

_LONGEST = 200
_YEAR = r"(?:中華民國|民國|西元)?\s*(?P<year{n}>\d{{2,4}})\s*[年./-]\s*"
_DAY = r"(?P<month{n}>\d{{1,2}})\s*[月./-]?\s*(?:(?P<day{n}>\d{{1,2}})\s*日?)?"
_TO = r"\s*起?\s*(?:至|到|~|-|—|–|∼|〜)\s*"
_SPAN = re.compile((_YEAR + _DAY).format(n=1) + _TO + r"(?:" + _YEAR.format(n=2) + r")?" + _DAY.format(n=2), re.ASCII)
_SUM = re.compile(r"([+-]?)\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(千元|仟元|萬元|萬|元)?", re.ASCII)
_MULTIPLES = {"千元": 1000, "仟元": 1000, "萬元": 10000, "萬": 10000}
_YEARS = re.compile(r"(?<!\d)(\d{2,3})\s*年度?(?!\s*\d{1,2}\s*月)|(?<!\d)(20\d{2})\s*年", re.ASCII)
_YEARS_IN_WORDS = re.compile(rf"(?<![{NUMERALS}第])([{NUMERALS}]{{2,8}})\s*年度?(?!\s*[{NUMERALS}]{{1,3}}\s*月)")
_DAYS = re.compile(r"(?<!\d)(\d{2,4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2})\s*日?(?!\d)", re.ASCII)
_COMMON_ERA = 1000
_FEWEST_ROC_YEAR = 90
"""A smaller number before 年 is a span (3年), not a year of the calendar."""


def plain(text: str) -> str:
    """Full-width forms folded, the various dashes kept."""
    return unicodedata.normalize("NFKC", text[:_LONGEST])


def sum_of(raw: object) -> Number | None:
    """The first sum in a text such as 新臺幣970,328元整; ``None`` where there is none, or more than one."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, float):
        return of_float(raw)
    if isinstance(raw, int | Decimal):
        return bounded(Decimal(raw))
    if not isinstance(raw, str):
        return None
    found = list(_SUM.finditer(plain(raw)))
    told = [match for match in found if match[4]] or found
    if len(told) != 1:
        return None
    sign, digits, part, multiple = told[0].groups()
    value = Decimal(f"{sign}{digits.replace(',', '')}{part or ''}") * _MULTIPLES.get(multiple or "", 1)
    return bounded(value)


def period_of(raw: object) -> Period | None:
    """A span such as 113年1月1日至12月31日, 113/1/1~113/12/31, 113年1月至12月; ``None`` where there is none."""
    if not isinstance(raw, str):
        return None
    match = _SPAN.search(plain(raw))
    if match is None:
        return None
    year = int(match["year1"])
    start = _day(year, int(match["month1"]), match["day1"], last=False)
    end = _day(int(match["year2"] or year), int(match["month2"]), match["day2"], last=True)
    return None if start is None or end is None or end < start else Period(start=start, end=end)


def day_of(raw: object) -> dt.date | None:
    """A day inside a text, or a date of the file."""
    if isinstance(raw, dt.datetime):
        raw = raw.date()
    if isinstance(raw, dt.date):
        return raw if roc.in_range(raw) else None
    if not isinstance(raw, str):
        return None
    text = plain(raw)
    match = _DAYS.search(text)
    return roc.parse(match[1]) if match else roc.parse(text.strip())


def years_of(text: str) -> tuple[int, ...]:
    """The ROC years that a text names (113年度, 2024年, 一百一十三年度, 一一三年), each once."""
    found = []
    for roc_year, year in _YEARS.findall(plain(text)):
        number = int(roc_year) if roc_year else int(year) - roc.OFFSET
        if number >= _FEWEST_ROC_YEAR:
            found.append(number)
    worded = (of_numerals(numerals) for numerals in _YEARS_IN_WORDS.findall(plain(text)))
    found += [int(number) for number in worded if number is not None and _FEWEST_ROC_YEAR <= number < _COMMON_ERA]
    return tuple(dict.fromkeys(found))


def _day(year: int, month: int, day: str | None, *, last: bool) -> dt.date | None:
    """A day; the first or the last of its month where it names none."""
    common = year if year >= _COMMON_ERA else year + roc.OFFSET
    try:
        first = dt.date(common, month, 1)
        found = first.replace(day=int(day) if day else roc.days_in_month(first) if last else 1)
    except ValueError:
        return None
    return found if roc.in_range(found) else None
