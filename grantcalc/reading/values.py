"""One converter for each kind of field: from what a file holds to what the draft holds.

A converter returns the value, or ``None`` after telling the :class:`Sink` what is wrong. The common forms (whole
numbers, printable text, codes of a list) take a short path, for drafts of ten thousand rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import Enum
from typing import Any

from grantcalc.draft.fields import NO_CHOICE, FieldSpec, Kind
from grantcalc.draft.model import Origin
from grantcalc.money import Number
from grantcalc.reading.names import Counties, contained, folded, labels, likely, members
from grantcalc.reading.numbers import LARGEST, bounded, of_date, of_float, of_serial, of_text, plain, serial_of
from grantcalc.reading.problems import Sink, shown, shown_number
from grantcalc.roc import FIRST_YEAR, LAST_YEAR
from grantcalc.text import Message, Value, dollars, joined

Convert = Callable[[Any, Origin, str], Any]
"""Raw value, row, name of the field in its row → value of the draft."""

MONEY = Message("an amount of money in dollars")
NUMBER = Message("a number")
SHARE = Message("a share from 0 to below 1")
AS_SHARE = Message("Write 15% as 0.15 or as 15%.")
DATE = Message("a date such as 2024-03-27, 113/3/27 or 1130327")
FLAG = Message("yes or no")
TEXT = Message("text")
ONE_OF = Message("one of: {choices}")
A_COUNTY = Message("one of the 22 counties and cities")
A_PROGRAMME = Message("the identifier of a programme")
NUMBER_ALONE = Message("Write the number alone, with at most 15 digits, below 1,000,000,000,000.")
DIGITS_ALONE = Message("Write the number alone, with at most 15 digits.")
REAL_DAY = Message(
    "Write a day that exists in the calendar, year before month before day, of the years {first} to {last}."
)
YES_OR_NO = Message("Write yes or no.")
CHOOSE = Message("Choose one of the list.")
ONE_OF_THESE = Message("Write one of these names.")
DID_YOU_MEAN = Message("Did you mean {nearest}?")
WRITE_TEXT = Message("Write text, in quotes where the file needs them.")
TOO_LONG = Message("The text has {length} characters; expected at most {limit}.")
SHORTEN = Message("Shorten it.")
CONTROL = Message("The text “{found}” has a control character at position {position}; expected printable characters.")
RETYPE = Message("Delete the character, or type the text again.")

LONGEST_TEXT = 2000
_YES = {"true", "yes", "是"}
_NO = {"false", "no", "否"}
_BREAKS = re.compile(r"\s*[\r\n\t]\s*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_SEPARATORS = re.compile(r"[、,，;；\r\n]+")


def converter(spec: FieldSpec, sink: Sink, counties: Counties, offered: tuple[Enum, ...] = ()) -> Convert:
    """The converter of one field; ``offered`` is what a message names of a longer list."""
    if spec.kind in {Kind.CHOICE, Kind.CHOICES}:
        if spec.choices is None:
            raise ValueError(spec.name)
        one = choice(spec.choices, sink, offered)
        return one if spec.kind is Kind.CHOICE else several(one, sink)
    if spec.kind is Kind.COUNTY:
        return county(sink, counties)
    simple: dict[Kind, Callable[[Sink], Convert]] = {
        Kind.MONEY: money,
        Kind.NUMBER: plain_number,
        Kind.RATIO: ratio,
        Kind.DATE: date,
        Kind.FLAG: flag,
        Kind.TEXT: text,
        Kind.PROGRAMME: text,
    }
    return simple[spec.kind](sink)


def money(sink: Sink) -> Convert:
    """Dollars (元)."""
    return _numeric(sink, MONEY, money=True)


def plain_number(sink: Sink) -> Convert:
    """A quantity, a count, a ratio."""
    return _numeric(sink, NUMBER, money=False)


def ratio(sink: Sink) -> Convert:
    """A share from 0 to below 1; ``15%`` is read as 0.15, and 15 is told."""
    number = plain_number(sink)

    def convert(raw: object, origin: Origin, name: str) -> Number | None:
        percent = plain(raw).removesuffix("%") if isinstance(raw, str) else ""
        if isinstance(raw, str) and percent != plain(raw):
            stated = of_text(percent.strip(), money=False)
            value = None if stated is None else bounded(Decimal(stated) / 100)
            if value is not None:
                sink.took(origin.place(name), raw, value, unseen=origin.sheet is not None)
        else:
            problems = len(sink.problems)
            value = number(raw, origin, name)
            if len(sink.problems) > problems or _blank(raw):
                return None
        if value is None or not 0 <= value < 1:
            sink.unfit(origin.place(name), shown_number(raw), SHARE(), AS_SHARE())
            return None
        return value

    return convert


def _numeric(sink: Sink, expected: Message, *, money: bool) -> Convert:
    def slowly(raw: object, origin: Origin, name: str) -> Number | None:
        value = _number(raw, money=money)
        if value is None:
            if not _blank(raw):
                remedy = NUMBER_ALONE() if money else DIGITS_ALONE()
                sink.unfit(origin.place(name), shown_number(raw), expected(), remedy)
        elif isinstance(raw, str) or (isinstance(raw, float) and Decimal(repr(raw)) != value):
            unseen = origin.sheet is not None and isinstance(raw, str)
            sink.took(origin.place(name), str(raw), dollars(value) if money else value, unseen=unseen)
        return value

    def convert(raw: object, origin: Origin, name: str) -> Number | None:
        kind = type(raw)
        if kind is float and raw.is_integer() and -LARGEST < raw < LARGEST:  # type: ignore[attr-defined, operator]
            return int(raw)  # type: ignore[call-overload, no-any-return]
        if kind is int and -LARGEST < raw < LARGEST:  # type: ignore[operator]
            return raw  # type: ignore[return-value]
        return slowly(raw, origin, name)

    return convert


def _number(raw: object, *, money: bool) -> Number | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, str):
        return of_text(raw, money=money)
    if isinstance(raw, float):
        return of_float(raw)
    if isinstance(raw, Decimal):
        return bounded(raw)
    if isinstance(raw, int):
        return raw if abs(raw) < LARGEST else None
    return None


def _blank(raw: object) -> bool:
    return isinstance(raw, str) and not raw.strip()


def date(sink: Sink) -> Convert:
    """A day of either calendar; a text or a number in a workbook is told, as its formulas take it for another."""

    def convert(raw: object, origin: Origin, name: str) -> dt.date | None:
        if origin.sheet is None:
            day = of_date(raw)
        else:
            raw = serial_of(raw, sink.first_day)
            day = of_serial(raw, sink.first_day) if isinstance(raw, int | float) else of_date(raw)
            if day is not None and not isinstance(raw, dt.date):
                sink.took(origin.place(name), shown(raw), day, unseen=True)
        if day is None and not _blank(raw):
            years = REAL_DAY(first=str(FIRST_YEAR), last=str(LAST_YEAR))
            sink.unfit(origin.place(name), raw, DATE(), years)
        return day

    return convert


def flag(sink: Sink) -> Convert:
    """Yes or no (是、否)."""

    def convert(raw: object, origin: Origin, name: str) -> bool | None:
        if isinstance(raw, bool):
            return raw
        if isinstance(raw, str):
            word = folded(raw)
            if word in _YES or word in _NO:
                return word in _YES
        if not _blank(raw):
            sink.unfit(origin.place(name), raw, FLAG(), YES_OR_NO())
        return None

    return convert


def text(sink: Sink) -> Convert:
    """Text without control characters; line breaks inside become spaces, as a report needs them."""

    def convert(raw: object, origin: Origin, name: str) -> str | None:
        if not isinstance(raw, str):
            if isinstance(raw, float | int | Decimal) and not isinstance(raw, bool) and origin.sheet is not None:
                return _number_as_text(raw)
            sink.unfit(origin.place(name), raw, TEXT(), WRITE_TEXT())
            return None
        stripped = raw.strip()
        if not stripped.isprintable():
            joined_up = _BREAKS.sub(" ", stripped)
            match = _CONTROL.search(joined_up)
            if match:
                found = CONTROL(found=shown(stripped), position=match.start() + 1)
                sink.problem(origin.place(name), found, RETYPE())
                return None
            if joined_up != stripped:
                sink.took(origin.place(name), stripped, joined_up)
                stripped = joined_up
        if len(stripped) > LONGEST_TEXT:
            length = TOO_LONG(length=len(stripped), limit=LONGEST_TEXT)
            sink.problem(origin.place(name), length, SHORTEN())
            return None
        return stripped or None

    return convert


def _number_as_text(raw: float | int | Decimal) -> str:
    """A workbook stores a reference like 12 as a number."""
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)


def choice(choices: type[Enum], sink: Sink, offered: tuple[Enum, ...] = ()) -> Convert:
    """One of a closed list, by its code or its label in either language; ``offered`` is named to who writes neither."""
    known = labels(choices)
    named = offered or members(choices)
    seen: dict[object, Enum] = {}

    def convert(raw: object, origin: Origin, name: str) -> Enum | None:
        if not isinstance(raw, str):
            sink.unfit(origin.place(name), raw, ONE_OF(choices=joined(named)), ONE_OF_THESE())
            return None
        member = seen.get(raw)
        if member is None:
            member = known.get(folded(raw))
            if member is not None:
                seen[raw] = member
            elif raw.strip():
                unknown(sink, origin, name, raw, named, known)
        return member

    return convert


def one_of(choices: type[Enum]) -> Any:
    """The list, as a message expects it."""
    return ONE_OF(choices=joined(members(choices)))


def unknown(sink: Sink, origin: Origin, name: str, raw: str, named: tuple[Enum, ...], known: dict[str, Enum]) -> None:
    """A word outside a closed list, with the words nearest to it."""
    written = folded(raw)
    words = [word for word, member in known.items() if member in named]
    near: Iterable[Value] = dict.fromkeys(known[word] for word in (*contained(written, words), *likely(written, words)))
    remedy = DID_YOU_MEAN(nearest=joined(near)) if near else ONE_OF_THESE()
    sink.unfit(origin.place(name), raw, ONE_OF(choices=joined(named)), remedy)


def several(one: Convert, sink: Sink) -> Convert:
    """Several of a closed list: a JSON list, or a cell with separators."""

    def convert(raw: object, origin: Origin, name: str) -> tuple[Enum, ...] | None:
        if isinstance(raw, str):
            raw = [part for part in _SEPARATORS.split(raw) if part.strip()]
            if not raw:
                return None
            if [folded(part) for part in raw] in ([folded(NO_CHOICE.zh)], [folded(NO_CHOICE.en)]):
                return ()
        if not isinstance(raw, list | tuple):
            sink.unfit(origin.place(name), raw, TEXT(), WRITE_TEXT())
            return None
        found = [one(part, origin, name) for part in raw]
        # One that could not be read leaves all unknown: what is held decides pay and shares.
        return None if None in found else tuple(dict.fromkeys(found))

    return convert


def county(sink: Sink, counties: Counties) -> Convert:
    """A county by its official name; 臺 may be written 台."""

    def convert(raw: object, origin: Origin, name: str) -> str | None:
        if not isinstance(raw, str):
            sink.unfit(origin.place(name), raw, A_COUNTY(), CHOOSE())
            return None
        found = counties.find(raw)
        if found is None:
            if raw.strip():
                near = counties.nearest(raw)
                remedy = DID_YOU_MEAN(nearest=joined(near)) if near else CHOOSE()
                sink.unfit(origin.place(name), raw, A_COUNTY(), remedy)
        elif "台" in raw:
            sink.took(origin.place(name), raw, found)
        return found

    return convert
