"""Words for units and numbers as people write them in explanations: 小時, 人次, 個月; 三萬五千, 兩人."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from grantcalc.money import Number, number
from grantcalc.units import Unit

WORDS: Final[Mapping[Unit, tuple[str, ...]]] = {
    Unit.HOUR: ("小時", "個小時", "鐘頭", "個鐘頭", "時", "鐘點", "hours", "hour", "hrs", "hr", "h"),
    Unit.PERIOD: ("節", "節課", "堂", "堂課"),
    Unit.TIME: ("次", "回", "趟次", "次會議", "times", "time"),
    Unit.PERSON: ("人", "個人", "位", "名", "員", "persons", "person", "people", "pax"),
    Unit.MONTH: ("月", "個月", "月份", "months", "month"),
    Unit.DAY: ("日", "天", "工作天", "工作日", "days", "day"),
    Unit.CASE: ("案", "件", "個案", "案件", "案次", "件次", "cases", "case"),
    Unit.TRIP: ("趟", "車次", "航次", "trips", "trip"),
    Unit.SESSION: ("場", "場次", "梯", "梯次", "期", "sessions", "session"),
    Unit.PERSON_DAY: ("人日", "人天"),
    Unit.PERSON_TIME: ("人次",),
    Unit.PERSON_MONTH: ("人月",),
    Unit.KM: ("公里", "km"),
    Unit.THOUSAND_CHARACTERS: ("千字",),
    Unit.THOUSAND_WORDS: ("千字(外文)",),
    Unit.SCHEME: ("方案", "個方案"),
    Unit.LOT: ("式", "批", "宗"),
    Unit.PLAN: ("計畫", "個計畫"),
}
"""The first word of each is the one that the form prints."""

MONEY_WORD: Final = r"(?:元|圓)整?"
"""Pattern of the word behind an amount of money."""

PIECES: Final = frozenset(
    (
        "份",
        "個",
        "張",
        "本",
        "冊",
        "盒",
        "支",
        "枝",
        "瓶",
        "包",
        "組",
        "套",
        "片",
        "件數",
        "面",
        "條",
        "幅",
        "台",
        "臺",
        "輛",
    )
)
"""Pieces of what is bought: the form has no unit of them."""

GROUPS: Final = frozenset(("團", "班", "戶", "校", "週", "周", "星期", "學期", "季", "餐", "夜", "晚"))
"""Groups and spans of time that numbers count, for which the form has no unit either: a person looks at them."""

PORTIONS: Final = frozenset(("份", "盒", "個", "客", "餐"))
"""What one person is given at once: no more than that person's (人次), for which the form has no unit."""

SIZES: Final = frozenset(("公分", "cm", "mm", "公釐", "吋", "英吋", "尺", "公尺", "m", "坪", "g", "kg", "公克", "公斤"))
"""Measures of a thing: numbers before them multiply nothing that is paid."""

_OF_WORD: Final = {word: unit for unit, words in WORDS.items() for word in words}
_LONGEST_FIRST: Final = sorted((*_OF_WORD, *PIECES, *GROUPS, *SIZES), key=len, reverse=True)
_DIGITS: Final = {
    letter: value
    for value, letters in enumerate(
        ("〇零", "一壹", "二貳兩", "三參", "四肆", "五伍", "六陸", "七柒", "八捌", "九玖"),
    )
    for letter in letters
}
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS: Final = "萬万"
MULTIPLES: Final = {"萬": 10_000, "万": 10_000, "千": 1000, "仟": 1000, "百": 100, "佰": 100}
NUMERALS: Final = "".join((*_DIGITS, *_TENS, MYRIADS))
_SIGN = re.compile(r"[xX]\s?\d")
"""A sign of multiplication right behind a word: 2HX12."""


def unit_word(text: str) -> str | None:
    """The known word of a unit, of a piece or of a size that a text begins with, the longest one."""
    lowered = text[: len(_LONGEST_FIRST[0])].casefold()
    for word in _LONGEST_FIRST:
        if lowered.startswith(word):
            following = text[len(word) : len(word) + 1]
            if not (word.isascii() and following.isascii() and following.isalpha()) or _SIGN.match(text, len(word)):
                return word
    return None


def unit_of_word(word: str) -> Unit | None:
    """The unit that a word names; ``None`` where it names none of the form's."""
    return _OF_WORD.get("".join(word.casefold().split()))


def of_numerals(text: str) -> Number | None:
    """A number in Chinese numerals below a hundred million: 三萬五千, 十二, 一〇五; ``None`` where it is none."""
    high, found, low = text.partition("萬") if "萬" in text else text.partition("万")
    if not found:
        return _below_myriad(text)
    above, below = _below_myriad(high), _below_myriad(low) if low else 0
    return None if above is None or below is None else above * MULTIPLES["萬"] + below


def _below_myriad(text: str) -> int | None:
    if not text or any(letter not in _DIGITS and letter not in _TENS for letter in text):
        return None
    if all(letter in _DIGITS for letter in text):
        return int("".join(str(_DIGITS[letter]) for letter in text))
    total, digit = 0, None
    for letter in text:
        if letter in _DIGITS:
            digit = _DIGITS[letter] or None
        else:
            total += (1 if digit is None else digit) * _TENS[letter]
            digit = None
    return total + (digit or 0)


def multiplied(digits: str, multiple: str, rest: str, rest_multiple: str) -> Number | None:
    """Digits with 萬, 千 or 百 among them: 2萬, 3萬5千, 20千; ``None`` for a short form such as 3萬5."""
    value = Decimal(digits.replace(",", "")) * MULTIPLES.get(multiple, 1)
    if rest:
        added = Decimal(rest.replace(",", "")) * MULTIPLES.get(rest_multiple, 1)
        if added * 10 < MULTIPLES[multiple] or added >= MULTIPLES[multiple]:
            return None
        value += added
    return number(value)
