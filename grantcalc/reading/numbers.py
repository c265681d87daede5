"""Numbers and dates as people write them: full-width digits, NT$, 元, 千元, thousands separators, ROC dates."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from grantcalc import roc
from grantcalc.money import Number, number

LARGEST = 10**12
"""Amounts and counts lie below this; nothing in a grant comes near it."""
DIGITS = 15
"""A workbook holds no more significant digits."""

_LONGEST = 64
_SMALLEST_EXPONENT = -DIGITS
_DIGIT_GROUPS = r"(?:\d{1,3}(?:[, ]\d{3})+|\d+)"
_PLAIN = re.compile(rf"([+-]?)\s*({_DIGIT_GROUPS}(?:\.\d+)?|\.\d+)", re.ASCII)
_MONEY = re.compile(
    rf"([+-]?)\s*(?:NT\$|NTD|NT|TWD|新臺幣|新台幣|\$)?\s*([+-]?)\s*({_DIGIT_GROUPS}(?:\.\d+)?)\s*(千元|仟元|萬元|元)?\s*整?(?:\.-|/-)?",
    re.IGNORECASE | re.ASCII,
)
_MULTIPLES = {"千元": 1000, "仟元": 1000, "萬元": 10000}
_DATE_DIGITS = 7
_FEWEST_DATE_DIGITS = 6
_SMALLEST_DIGITS = 10 ** (_FEWEST_DATE_DIGITS - 1)
_MINUS_SIGNS = str.maketrans({"−": "-", "–": "-", "﹣": "-"})


def plain(text: str) -> str:
    """Full-width characters, NBSP and the various minus signs brought to their common form."""
    return unicodedata.normalize("NFKC", text).translate(_MINUS_SIGNS).strip()


def bounded(value: Decimal) -> Number | None:
    """The canonical number; ``None`` where it is not finite, too large, or has too many digits."""
    if not value.is_finite():
        return None
    _, digits, exponent = value.as_tuple()
    significant = "".join(map(str, digits)).strip("0")
    if not significant:
        return 0
    if len(significant) > DIGITS or value.adjusted() >= len(str(LARGEST)) - 1:
        return None
    trailing = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    if not isinstance(exponent, int) or exponent + trailing < _SMALLEST_EXPONENT:
        return None
    return number(value)


def of_float(value: float) -> Number | None:
    """A workbook's number as an exact decimal: what it prints, at the 15 digits a workbook shows."""
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return None
    return bounded(Decimal(f"{exact:.{DIGITS - 1}e}"))


def of_text(text: str, *, money: bool) -> Number | None:
    """A number somebody wrote as text; ``None`` where it is none."""
    if len(text) > _LONGEST:
        return None
    written = plain(text)
    if not written.isascii() and not money:
        return None
    match = (_MONEY if money else _PLAIN).fullmatch(written)
    if match is None:
        return _in_words(written) if money else None
    if not money:
        sign, digits, multiple = match[1], match[2], 1
    else:
        if match[1] and match[2]:
            return None
        sign, digits, multiple = match[1] or match[2], match[3], _MULTIPLES.get(match[4] or "", 1)
    value = bounded(Decimal(sign + digits.replace(",", "").replace(" ", "")))
    return None if value is None else bounded(Decimal(value * multiple))


def _in_words(written: str) -> Number | None:
    """An amount with Chinese numerals or 萬 and 千 among its digits: 肆萬捌仟元整, 1萬5千元."""
    from grantcalc.wordnumbers import whole_quantity

    found = whole_quantity(written)
    if found is None or not found.money or found.per or found.percent:
        return None
    return bounded(Decimal(found.number))


def of_date(raw: object) -> dt.date | None:
    """A day as text, as seven digits, or as a date of the file; ``None`` where it is none of a sensible year."""
    if isinstance(raw, dt.date):
        day = raw.date() if isinstance(raw, dt.datetime) else raw
        return day if roc.in_range(day) else None
    if isinstance(raw, bool):
        return None
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < LARGEST:
        raw = int(raw)
    if isinstance(raw, int):
        return _of_digits(str(raw)) if raw > 0 else None
    if isinstance(raw, str) and len(raw) <= _LONGEST:
        written = plain(raw)
        return _of_digits(written) if written.isascii() and written.isdigit() else roc.parse(written)
    return None


def serial_of(raw: object, first_day: dt.date) -> object:
    """A workbook's date as the number it is stored as, where it lies outside the years of any draft.

    Who types 1120920 into a cell with a date format gets a day of the year 4968.
    """
    if not isinstance(raw, dt.date) or roc.FIRST_YEAR <= raw.year <= roc.LAST_YEAR:
        return raw
    return (dt.date(raw.year, raw.month, raw.day) - first_day).days


def of_serial(raw: object, first_day: dt.date) -> dt.date | None:
    """A number in a date cell of a workbook: a ROC date without separators, else the serial number of a day."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 < raw < 10**_DATE_DIGITS or raw != int(raw):
        return None
    day = _of_digits(str(int(raw)))
    if day is not None:
        return day if day.year <= roc.LAST_YEAR else None
    if raw >= _SMALLEST_DIGITS:
        return None
    day = first_day + dt.timedelta(days=int(raw))
    return day if roc.FIRST_YEAR <= day.year <= roc.LAST_YEAR else None


def _of_digits(written: str) -> dt.date | None:
    """1130327, or 990327 of a year below 100."""
    if not _FEWEST_DATE_DIGITS <= len(written) <= _DATE_DIGITS:
        return None
    return roc.parse(written.zfill(_DATE_DIGITS))
