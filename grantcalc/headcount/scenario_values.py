"""How the values of a scenario file are read: each reader gives the value, or says what is expected instead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from attrs import Factory, define

from grantcalc import roc
from grantcalc.draft.model import Period, Role
from grantcalc.money import Number, is_whole, number
from grantcalc.reading.names import LIKELY, folded, labels, likely
from grantcalc.reading.problems import shown
from grantcalc.text import Message, Text, Value, joined

UNFIT = Message("{place}: found “{found}”; expected {expected}.")
UNFIT_NEAR = Message("{place}: found “{found}”; expected {expected}. Did you mean {nearest}?")
MISSING = Message("{place}: the required key “{key}” is missing: {expected}.")
UNKNOWN_KEY = Message("{place}: the key “{key}” is unknown; known here: {known}.")
UNKNOWN_NEAR = Message("{place}: the key “{key}” is unknown. Did you mean {nearest}?")

WHOLE = Message("a whole number from {least} to {most}")
DELETE = Message("a whole number from {least} to {most}; where there is nobody, delete the whole entry")
NUMBER = Message("a number of 0 or more")
SOME_TEXT = Message("some text of at most {most} characters between quotes")
A_DATE = Message("a day between {start} and {end}, written 2024-07-01 or “113/7/1”")
ANY_DATE = Message("a day, written 2024-07-01 or “113/7/1”")
PERCENT = Message("a percentage between quotes, above -100%, for example “3%” or “-1.5%”")
MONTHS = Message("months of 0 or more, for example 2 or 1.5")
ONE_OF = Message("one of {values}")
LIST_OF = Message("a list between square brackets, of {values}")
FLAG = Message("true or false, without quotes")
PAY = Message("dollars a month, or a range of two like [38000, 46000], the lower one first")
A_TABLE = Message("keys and values between curly brackets, or a section of its own")
TABLES = Message("sections that begin with [[{key}]]")

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

LONGEST = 100
SHORT_LIST = 4
MOST_MONTHS = 24
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


class Unfit(Exception):  # noqa: N818  # says what the value is
    """A value that is not what its key holds."""

    def __init__(self, expected: Text, nearest: Iterable[str] = ()) -> None:
        """Keep what is expected, and names that may be meant."""
        super().__init__(expected.template)
        self.expected = expected
        self.nearest = tuple(nearest)


@define
class Problems:
    """Gathers everything that is wrong with a file, during one reading only."""

    file: str
    texts: list[Text] = Factory(list)

    def place(self, *parts: str) -> str:
        """The file and a place inside it."""
        return ", ".join((self.file, *filter(None, parts)))

    def inside(self, place: str) -> str:
        """The same place without the file."""
        return place.removeprefix(f"{self.file}, ")


@define
class Section:
    """The keys of one section of the file: of the root, of ``[pay]``, of one ``[[staff]]`` or ``[[change]]``."""

    name: str
    raw: Mapping[str, object]
    problems: Problems
    known: list[str] = Factory(list)

    @property
    def place(self) -> str:
        """File and section."""
        return self.problems.place(self.name)

    def say(self, text: Text) -> None:
        """One thing more that is wrong."""
        self.problems.texts.append(text)

    def get(self, key: str, read: Callable[[object], T]) -> T | None:
        """A value; ``None`` where the key is absent, or wrong and told."""
        self.known.append(key)
        if key not in self.raw:
            return None
        return self.read(key, self.raw[key], read)

    def read(self, key: str, found: object, read: Callable[[object], T]) -> T | None:
        """A value that was taken out of the section already."""
        try:
            return read(found)
        except Unfit as error:
            place = self.problems.place(self.name, key)
            said: dict[str, Value] = {"place": place, "found": _shown(found), "expected": error.expected}
            self.say(UNFIT_NEAR(nearest=joined(error.nearest), **said) if error.nearest else UNFIT(**said))
            return None

    def need(self, key: str, read: Callable[[object], T], expected: Value) -> T | None:
        """As :meth:`get`, of a key that must be there."""
        if key not in self.raw:
            self.say(MISSING(place=self.place, key=key, expected=expected))
        return self.get(key, read)

    def close(self) -> None:
        """Tell the keys that nothing asked for: misspelt, they would change nothing without a word."""
        for key in self.raw:
            if key in self.known:
                continue
            nearest = likely(str(key), self.known)
            said: dict[str, Value] = {"place": self.place, "key": shown(key)}
            known = joined(self.known)
            self.say(UNKNOWN_NEAR(nearest=joined(nearest), **said) if nearest else UNKNOWN_KEY(known=known, **said))


def _shown(found: object) -> str:
    """As a message shows it; of a short list its values, too."""
    if isinstance(found, list) and len(found) <= SHORT_LIST:
        return f"[{', '.join(shown(each) for each in found)}]"
    return shown(found)


def section(name: str, found: object, problems: Problems) -> Section:
    """A section of keys; what is none is told and read as empty."""
    if isinstance(found, Mapping):
        return Section(name, found, problems)
    problems.texts.append(UNFIT(place=problems.place(name), found=shown(found), expected=A_TABLE()))
    return Section(name, {}, problems)


def sections(name: str, found: object, problems: Problems) -> list[tuple[str, object]]:
    """The sections of ``[[name]]`` with their numbers, counted from 1 as a person does."""
    if found is None:
        return []
    if not isinstance(found, list):
        problems.texts.append(UNFIT(place=problems.place(name), found=shown(found), expected=TABLES(key=name)))
        return []
    return [(f"{name}[{index}]", raw) for index, raw in enumerate(found, start=1)]


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
    if stated is None or stated < 0:
        raise Unfit(NUMBER())
    return number(stated)


def _number(found: object) -> int | Decimal | None:
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        return None
    return found if isinstance(found, int) or found.is_finite() else None


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
    if isinstance(found, str) and _FRACTION.fullmatch(found.strip()):
        return Fraction(found.strip())
    stated = _number(found)
    if stated is None or not 0 <= stated <= MOST_MONTHS:
        raise Unfit(MONTHS())
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
