"""How the values of a scenario file are read: each reader gives the value, or says what is expected instead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from grantcalc import roc
from grantcalc.draft.model import Period, Role
from grantcalc.headcount.scenario_sections import Unfit
from grantcalc.money import Number, is_whole, number
from grantcalc.reading.names import LIKELY, folded, labels, likely
from grantcalc.reading.problems import shown
from grantcalc.text import Message, joined

WHOLE = Message("a whole number from {least} to {most}")
DELETE = Message("a whole number from {least} to {most}; where there is nobody, delete the whole entry")
NUMBER = Message("a number from 0 to {most}")
SOME_TEXT = Message("some text of at most {most} characters between quotes")
A_DATE = Message("a day between {start} and {end}, written 2024-07-01 or “113/7/1”")
ANY_DATE = Message("a day, written 2024-07-01 or “113/7/1”")
PERCENT = Message("a percentage between quotes, above -100%, for example “3%” or “-1.5%”")
MONTHS = Message("months from 0 to {most}, for example 2 or 1.5")
ONE_OF = Message("one of {values}")
LIST_OF = Message("a list between square brackets, of {values}")
FLAG = Message("true or false, without quotes")
PAY = Message("dollars a month, or a range of two like [38000, 46000], the lower one first")
T = TypeVar("T")
E = TypeVar("E", bound=Enum)

LONGEST = 100
MOST_MONTHS = 24
MOST_PERSONS = 9_999
MOST_STEP = 99
MOST_POINTS = 9_999
MOST_CASES = 9_999_999
DIGITS, PLACES = 15, 6
"""Of a number before and after the point: what an exponent makes longer would only cost time."""
MOST_DOLLARS = 10_000_000
"""Dollars a month beyond which an amount is a slip of the pen."""

_PERCENT = re.compile(r"(-?\d{1,4}(?:\.\d{1,6})?|-?\d{1,9}/\d{1,9})\s*[%％]")
_FRACTION = re.compile(r"\d{1,9}/[1-9]\d{0,8}")
ALIASES = {
    "個管": Role.CASE_MANAGER,
    "資深個管": Role.SENIOR_CASE_MANAGER,
    "督導": Role.SUPERVISOR,
    "個管督導": Role.SUPERVISOR,
    "專管": Role.PROJECT_MANAGER,
    "社工": Role.SOCIAL_WORKER,
    "社工督導": Role.SOCIAL_WORK_SUPERVISOR,
}


def whole(least: int, most: int) -> Callable[[object], int]:
    """A whole number between two."""

    def read(found: object) -> int:
        stated = _number(found)
        if stated is None or not is_whole(stated) or not least <= stated <= most:
            raise Unfit(WHOLE(least=least, most=most))
        return int(stated)

    return read


def count(most: int) -> Callable[[object], int]:
    """Persons, at least one."""
    persons = whole(1, most)

    def read(found: object) -> int:
        if _number(found) == 0:
            raise Unfit(DELETE(least=1, most=most))
        return persons(found)

    return read


def cases(found: object) -> Number:
    """Open cases: 0 or more."""
    stated = _number(found)
    if stated is None or not 0 <= stated <= MOST_CASES:
        raise Unfit(NUMBER(most=MOST_CASES))
    return number(stated)


def _number(found: object) -> int | Decimal | None:
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        return None
    return found if isinstance(found, int) or _is_plain(found) else None


def _is_plain(found: Decimal) -> bool:
    """Neither endless nor out of all proportion."""
    return found.is_finite() and found.adjusted() <= DIGITS and found == round(found, PLACES)


def flag(found: object) -> bool:
    """Yes or no."""
    if not isinstance(found, bool):
        raise Unfit(FLAG())
    return found


def text(found: object) -> str:
    """A name or a title."""
    if not isinstance(found, str) or not found.strip() or len(found) > LONGEST or not found.isprintable():
        raise Unfit(SOME_TEXT(most=LONGEST))
    return found.strip()


def day(period: Period | None) -> Callable[[object], dt.date]:
    """A day inside the period, or any."""

    def read(found: object) -> dt.date:
        stated = roc.parse(found) if isinstance(found, str) else found
        is_day = isinstance(stated, dt.date) and not isinstance(stated, dt.datetime) and roc.in_range(stated)
        if not is_day or (period is not None and not period.start <= stated <= period.end):  # type: ignore[operator]  # a date
            raise Unfit(ANY_DATE() if period is None else A_DATE(start=period.start, end=period.end))
        return stated  # type: ignore[return-value]  # a date

    return read


def percent(found: object) -> Fraction:
    """A percentage as a fraction: “3%” is 3/100."""
    match = _PERCENT.fullmatch(found.strip()) if isinstance(found, str) else None
    share = None if match is None or match[1].endswith("/0") else Fraction(match[1]) / 100
    if share is None or share <= -1:
        raise Unfit(PERCENT())
    return share


def months(found: object) -> Fraction:
    """Months without anybody, parts of one as a decimal or a fraction between quotes."""
    is_fraction = isinstance(found, str) and _FRACTION.fullmatch(found.strip())
    stated = Fraction(str(found).strip()) if is_fraction else _number(found)
    if stated is None or not 0 <= stated <= MOST_MONTHS:
        raise Unfit(MONTHS(most=MOST_MONTHS))
    return Fraction(stated)


def amount(found: object) -> int | tuple[int, int]:
    """A monthly pay, or a range of two."""
    dollars = whole(0, MOST_DOLLARS)
    try:
        if not isinstance(found, list):
            return dollars(found)
        low, high = (dollars(each) for each in found)
    except (Unfit, ValueError):
        raise Unfit(PAY()) from None
    if low > high:
        raise Unfit(PAY())
    return low if low == high else (low, high)


def member(
    choices: Iterable[E], aliases: Mapping[str, E] | None = None, least: float = LIKELY
) -> Callable[[object], E]:
    """One of a closed list, by its code or its name in either language."""
    allowed = tuple(choices)

    def read(found: object) -> E:
        codes = [str(choice.value) for choice in allowed]
        if not isinstance(found, str):
            raise Unfit(ONE_OF(values=joined(codes)))
        names = {name: choice for name, choice in labels(type(allowed[0])).items() if choice in allowed}
        names |= {folded(name): choice for name, choice in (aliases or {}).items() if choice in allowed}
        if folded(found) in names:
            return names[folded(found)]
        near = dict.fromkeys(str(names[name].value) for name in likely(folded(found), names, least))
        raise Unfit(ONE_OF(values=joined(codes)), near)

    return read


def listed(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """A list of such values."""

    def read_all(found: object) -> tuple[T, ...]:
        if not isinstance(found, list):
            try:
                read(found)
            except Unfit as error:
                raise Unfit(LIST_OF(values=error.expected), error.nearest) from None
            raise Unfit(LIST_OF(values=shown(found)))
        return tuple(dict.fromkeys(read(each) for each in found))

    return read_all
