"""Text in two languages: messages declared once and rendered at the very end.

A :class:`Message` is an English template whose Chinese stands in the gettext catalogue; filled with values it becomes
a :class:`Text`, which stays free of any language until :class:`Language` renders it. Names that come from tables/ are
:class:`Bilingual`. Strings read from a file are only ever *values*, never templates.
"""

from __future__ import annotations

import datetime as dt
import gettext
import os
import re
import string
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from attrs import field, frozen

from grantcalc import roc
from grantcalc.money import Exact, number
from grantcalc.place import At, Place
from grantcalc.units import Unit

LOCALE_DIRECTORY = Path(__file__).parent / "locale"


@frozen
class Bilingual:
    """A name in the two languages, as tables/ gives it."""

    zh: str
    en: str


@frozen
class Measure:
    """A number with its unit, e.g. 48,000 dollars or 13.5 months."""

    value: Exact
    unit: Unit | str | None = None
    """A unit that the form does not have is in the file's own word."""


@frozen
class Percent:
    """A rate shown as a percentage."""

    value: Exact


@frozen
class Joined:
    """Several values, listed, or added up."""

    values: tuple[Value, ...]
    is_sum: bool = False


@frozen
class Text:
    """A message with its values, not yet in any language."""

    template: str
    values: Mapping[str, Value] = field(factory=dict)


Value = str | int | Decimal | Fraction | dt.date | Enum | Bilingual | Measure | Percent | Joined | Text | Place | At


@frozen
class Message:
    """A template (English; the msgid of the catalogue). Calling it fills it in."""

    template: str

    def __call__(self, **values: Value) -> Text:
        """Give the message its values."""
        return Text(self.template, values)


def dollars(value: Exact) -> Measure:
    """An amount of money."""
    return Measure(value, Unit.DOLLAR)


def joined(values: Iterable[Value]) -> Joined:
    """A list of values inside a message."""
    return Joined(tuple(values))


def plus(values: Iterable[Value]) -> Joined:
    """A sum inside a message."""
    return Joined(tuple(values), is_sum=True)


class Tongue(Enum):
    """The languages a user can choose."""

    ZH_TW = "zh-TW"
    EN = "en"

    @classmethod
    def choose(cls, option: str | None, environment: Mapping[str, str] = os.environ) -> Tongue:
        """The option, else GRANTCALC_LANG, else LC_ALL, else LANG, else Chinese."""
        for wanted in (option, *(environment.get(name) for name in ("GRANTCALC_LANG", "LC_ALL", "LANG"))):
            if not wanted:
                continue
            name = wanted.replace("_", "-").lower()
            if name.startswith("zh"):
                return cls.ZH_TW
            if name.startswith("en"):
                return cls.EN
        return cls.ZH_TW


_CLAUSE_END = re.compile(r"[。；]|[.;](?:\s|$)")


def first_clause(note: str) -> str:
    """The first clause of a note of tables/, as it names a number inside arithmetic."""
    return _CLAUSE_END.split(note, maxsplit=1)[0]


_PLURALS = {"family": "families"}
_UNCOUNTED = frozenset({"km", "thousand characters", "thousand words", "fraction"})


def _counted(label: str, value: Exact) -> str:
    """An English unit as it stands after a number: plural unless that is 1."""
    if value == 1 or label in _UNCOUNTED:
        return label
    return _PLURALS.get(label, f"{label}s")


class Language:
    """Renders values and messages in one language."""

    def __init__(self, tongue: Tongue) -> None:
        """Load nothing yet; the catalogue is read at the first message."""
        self.tongue = tongue

    @cached_property
    def _catalogue(self) -> gettext.NullTranslations:
        return gettext.translation(
            "messages",
            LOCALE_DIRECTORY,
            languages=[self.tongue.value.replace("-", "_")],
            fallback=self.tongue is Tongue.EN,
        )

    @property
    def is_chinese(self) -> bool:
        """True for Traditional Chinese."""
        return self.tongue is Tongue.ZH_TW

    def gettext(self, template: str) -> str:
        """The template in this language."""
        return self._catalogue.gettext(template)

    def __call__(self, value: Value | Message | None) -> str:
        """Render anything a message may hold."""
        if value is None:
            return ""
        if isinstance(value, Message):
            return self.gettext(value.template)
        if isinstance(value, Text):
            rendered = {name: self(inner) for name, inner in value.values.items()}
            return string.Formatter().vformat(self.gettext(value.template), (), rendered)
        return self._plain(value)

    def _plain(self, value: Value) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, Bilingual):
            return value.zh if self.is_chinese else value.en
        if isinstance(value, Joined):
            shown = [self(inner) for inner in value.values]
            return ("＋" if self.is_chinese else " + ").join(shown) if value.is_sum else self.listed(shown)
        if isinstance(value, Enum):
            return self.label(value)
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, Percent):
            return f"{self.number(Fraction(value.value) * 100)}%"
        if isinstance(value, Measure):
            return self.measure(value)
        if isinstance(value, Place | At):
            return value.shown
        assert not isinstance(value, Text)  # noqa: S101  # rendered above; tells the type checker so
        return self.number(value)

    def listed(self, shown: Iterable[str]) -> str:
        """Several texts in a row, as each language separates them."""
        return ("、" if self.is_chinese else ", ").join(shown)

    def label(self, member: Enum) -> str:
        """The name of an enum's member."""
        from grantcalc.labels import LABELS  # names enums of modules that import this one

        return self.gettext(LABELS[member])

    def number(self, value: Exact) -> str:
        """A number with thousands separators, exact."""
        shown = number(value)
        # Both languages group by thousands with commas; format() is exact for whole numbers and decimals.
        return f"{shown:,}" if isinstance(shown, int) else f"{shown:,f}"

    def measure(self, measure: Measure) -> str:
        """A number with its unit, as each language writes it."""
        if measure.unit is Unit.FRACTION:
            return self(Percent(measure.value))
        return self.with_unit(self.number(measure.value), measure.value, measure.unit)

    def with_unit(self, shown: str, value: Exact, unit: Unit | str | None) -> str:
        """A number as it is shown, with its unit."""
        if unit is None:
            return shown
        if isinstance(unit, str):
            return f"{shown}{unit}" if self.is_chinese else f"{shown} {unit}"
        if unit is Unit.DOLLAR and not self.is_chinese:
            return f"NT${shown}" if not shown.startswith("-") else f"-NT${shown[1:]}"
        if self.is_chinese:
            # 「12月」 would read as December.
            return f"{shown}{'個' if unit is Unit.MONTH else ''}{self.label(unit)}"
        return f"{shown} {_counted(self.label(unit), value)}"

    def date(self, day: dt.date) -> str:
        """113年3月27日 in Chinese, 2024-03-27 in English."""
        if self.is_chinese:
            return f"{roc.year_of(day)}年{day.month}月{day.day}日"
        return day.isoformat()
