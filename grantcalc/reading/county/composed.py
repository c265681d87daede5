"""Headers put together of a known word and words around it: 全年保費, 本期預算, 每單位金額, 上年度決算數, 人(次)數."""

from __future__ import annotations

import re
from typing import Final

from attrs import evolve

from grantcalc.reading.county.match import Match
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.words import Word, Words, fold, plain

COMPOSED: Final = 95
"""A known word with one around it that says no more than of what time, for whom, or that it is a sum."""
MONTH: Final = "month"
"""The unit of money that is each month's."""
FUNDS: Final = frozenset({ColumnKind.SUBSIDY, ColumnKind.OWN, ColumnKind.OTHER})
OF_POSTS: Final = frozenset({ColumnKind.MONTHLY_PAY, ColumnKind.BONUS, ColumnKind.INSURANCE, ColumnKind.ALLOWANCE})
"""Kinds of money that one post has beside each other; a header that names two of them is their sum."""

_PRICED = frozenset({ColumnKind.AMOUNT, ColumnKind.UNIT_PRICE})
_FILLED = _PRICED | {ColumnKind.ITEM, ColumnKind.QUANTITY, ColumnKind.DESCRIPTION, ColumnKind.CATEGORY}
_ASIDE = _PRICED | FUNDS | {ColumnKind.QUANTITY}
_MOST = 4
"""Words around the one that says what a column is."""
_EITHER = re.compile(r"([^()]+)\(([^()]+)\)([^()]*)")


def composed(key: str, words: Words) -> Match | None:
    """What a folded header says that is made of a known word and of others."""
    ways = (_summed, _of_each, _of_a_month, _aside, _filled)
    return next((found for way in ways if (found := way(key, words)) is not None), None)


def either(text: str, words: Words) -> Match | None:
    """人(次)數, 時(節)數, 場(次): persons or persons' times; the rows say which, but where both are one unit."""
    found = _EITHER.fullmatch(fold(plain(text)))
    if found is None:
        return None
    first, second, ending = found.groups()
    word = words.headers.get(first + ending)
    one, other = words.unit(first), words.unit(first + second) or words.unit(second)
    if one is None or other is None or (ending and (word is None or word.kind is not ColumnKind.QUANTITY)):
        return None
    unit = one if one == other else f"{first}({second})"
    return Match(kind=ColumnKind.QUANTITY, word=word, unit=unit)


def per_unit(money: Word, unit: str) -> Match | None:
    """費用/次 is a price, 加給/月 of each month."""
    if money.kind in OF_POSTS:
        return Match(kind=money.kind, word=money, unit=MONTH) if unit == MONTH else None
    if money.kind not in _PRICED:
        return None
    if unit == MONTH and money.kind is ColumnKind.AMOUNT:
        return Match(kind=ColumnKind.MONTHLY_PAY)
    return Match(kind=ColumnKind.UNIT_PRICE, unit=unit, score=COMPOSED)


def _summed(key: str, words: Words) -> Match | None:
    """全年保費, 勞健保小計, 自籌款合計: a known word of money, of a year or a month, summed or not."""
    before = max((word for word in words.around if key.startswith(word)), key=len, default="")
    behind = max((word for word in words.around if key.endswith(word)), key=len, default="")
    for rest in (key.removeprefix(before), key.removesuffix(behind), key.removeprefix(before).removesuffix(behind)):
        word = words.headers.get(rest) if rest != key else None
        if word is None or word.kind not in {*OF_POSTS, *FUNDS, ColumnKind.PERIOD}:
            continue
        of_pay = word.kind is ColumnKind.MONTHLY_PAY
        monthly = words.around.get(before) == MONTH or (of_pay and _is_monthly(rest, words))
        if of_pay and not monthly:
            return Match(kind=ColumnKind.AMOUNT, score=COMPOSED)  # 薪資合計 of all months
        unit = MONTH if monthly and word.kind in OF_POSTS else word.unit
        return Match(kind=word.kind, word=word, unit=unit, score=COMPOSED)
    return None


def _is_monthly(key: str, words: Words) -> bool:
    """Whether a name holds the word of a month: 月薪, 每月薪資."""
    return any(word in key for word, unit in words.units.items() if unit == MONTH)


def _of_each(key: str, words: Words) -> Match | None:
    """每單位金額, 每節費用, 每人次標準: a price; of each month it is pay."""
    each = max((word for word in words.each if key.startswith(word)), key=len, default="")
    rest, units = key.removeprefix(each), list[str]()
    while each and rest and len(units) < _MOST:
        if units and (_is_priced(rest, words) or rest in words.figured):
            named = {words.units.get(unit) for unit in units}
            if MONTH in named:
                return Match(kind=ColumnKind.MONTHLY_PAY, score=COMPOSED)
            unit = named.pop() if len(named) == 1 else None
            return Match(kind=ColumnKind.UNIT_PRICE, unit=unit, score=COMPOSED)
        unit_word = max((one for one in words.each_units if rest.startswith(one)), key=len, default="")
        if not unit_word:
            return None
        units.append(unit_word)
        rest = rest.removeprefix(unit_word).removeprefix(each)
    return None


def _of_a_month(key: str, words: Words) -> Match | None:
    """月支費用, 每月經費: monthly pay; but not 每月小計."""
    monthly = (word for word, unit in words.around.items() if unit == MONTH and key.startswith(word))
    before = max(monthly, key=len, default="")
    known = bool(before) and _is_priced(key.removeprefix(before), words)
    return Match(kind=ColumnKind.MONTHLY_PAY, score=COMPOSED) if known else None


def _is_priced(key: str, words: Words) -> bool:
    """Whether a word names money, and is no sum of it."""
    word = words.headers.get(key)
    return word is not None and word.kind in _PRICED and not words.may_be_sum(key)


def _aside(key: str, words: Words) -> Match | None:
    """上年度決算數, 去年單價, 審查數量: no part of what is applied for."""
    before = max((word for word in words.aside if key.startswith(word)), key=len, default="")
    rest = key.removeprefix(before)
    word = words.headers.get(rest) or _within(rest, words) if before and rest else None
    known = word is not None and word.kind in {*_ASIDE, ColumnKind.IGNORED}
    return Match(kind=ColumnKind.IGNORED, score=COMPOSED) if known else None


def _filled(key: str, words: Words) -> Match | None:
    """本期預算, 預估數量, 會計項目, 需求量: a known word with others around it that do not change what it means."""
    word = _within(key, words)
    return None if word is None else Match(kind=word.kind, word=word, unit=word.unit, score=COMPOSED)


def _within(key: str, words: Words) -> Word | None:
    rests = [key]
    for _ in range(_MOST):
        rests = [rest for one in rests for rest in _without_one(one, words)]
        for rest in rests:
            word = words.headers.get(rest) or words.heads.get(rest)
            if word is not None and word.kind in _FILLED:
                return word
    return None


def _without_one(key: str, words: Words) -> list[str]:
    """A header without one word before or behind it, longer ones first."""
    cut = [key[len(word) :] for word in words.fillers if key.startswith(word)]
    cut += [key[: -len(word)] for word in words.fillers if key.endswith(word)]
    return [rest for rest in cut if rest]


def ended(key: str, words: Words) -> str:
    """A header without an ending that says nothing: 金額欄."""
    return next((key.removesuffix(word) for word in words.empty_endings if key.endswith(word) and key != word), key)


def of_unit_word(text: str, words: Words) -> Match | None:
    """A header that is nothing but a unit (人, 日, 趟), as a quantity; persons and months are also those of posts."""
    unit = words.unit(text)
    if unit is None:
        return None
    word = next((one for one in words.headers.values() if one.kind is ColumnKind.QUANTITY and one.unit == unit), None)
    return evolve(Match(kind=ColumnKind.QUANTITY, unit=unit), word=word)
