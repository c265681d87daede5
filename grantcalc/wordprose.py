"""Arithmetic that a text tells without signs: 每節2,000元，每場2節，計6場. Read by its grammar, not by its result.

Every 每 (or /) asks for a number of that unit, and every number is asked for by another: where that chain is closed,
the numbers are one product, whatever is written as its result.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from grantcalc.money import Number, whole
from grantcalc.units import COMPOUNDS, Unit
from grantcalc.unitwords import NUMERALS, SIZES, unit_of_word
from grantcalc.wording import Calculation, Equation, Factor, Term, read_wording
from grantcalc.wordnumbers import plain_text, quantity

_LONGEST: Final = 200
_MOST: Final = 6
"""Numbers of one text: more of them are a story."""
_EACH = rf"(?:每[^\W\d每]{{1,2}}\s?|(?<![\d.,{NUMERALS}])(?:1\s?|一)[^\W\d每萬千百式批]{{1,2}}(?=[@$\d]))"
_NUMBER = re.compile(
    rf"{_EACH}{{0,4}}(?:NT\$|NTD|NT(?=\s?\d)|TWD|\$|@)?\s?(?:\d|[{NUMERALS}]+(?=\s?[^\W\d{NUMERALS}]))"
)
_NOISE = re.compile(
    r"\d{2,4}年度?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|\d{1,2}:\d{2}|第[\d一二三四五六七八九十]+[^\W\d]"
    r"|[一-九]{0,1}次性|一般|一律|統一|單一|(?<![\d每])一(?=[、.])"
)
"""Years, days, hours of the clock and ordinals are numbers of nothing that is paid."""
_SPAN = re.compile(r"(?<!\d)(?P<first>\d{1,2})月份?(?:至|到|[-~～—–])(?P<last>\d{1,2})月份?(?!\d{1,2}日)")
_LIMIT = re.compile(r"上限|不超過|最高|為限|以下|以內|以上")
_OF_SOMETHING = re.compile(r"\s*(?![計共合約乘每含及])[\u3400-\u9fff]")
"""A word after a bare number says what it is a number of (1夜, 75分鐘): no price; a few words only go on."""
_RESULT = re.compile(r"(?:共計|合計|總計|小計|總共|共需|共|計|=)\s*(?:約|大約)?\s*(?:新臺幣|新台幣)?\s*$")
_JOINER = re.compile(
    r"[\s,、;。.:·‧・•()@]|單價|數量|預計|估計|合計|共計|總計|小計|每|共|計|約|為|以|整|辦理|外聘|內聘|=|\$|NT"
)
_MONTHS_OF_YEAR: Final = 12


@frozen(kw_only=True)
class Prose:
    """One price and its quantities, and the result that the text states.

    ``closed``: the grammar says that they are one product; else only the numbers are known, not how they belong.
    """

    term: Term
    linked: Term
    """The same without numbers that nothing asks for: two persons are there, but the hours are paid."""
    stated: Number | None = None
    closed: bool = True

    @property
    def price(self) -> Factor:
        """The one price of the text."""
        return next(one for one in self.term.factors if one.money)

    @property
    def calculation(self) -> Calculation:
        """The same as a calculation."""
        equations: tuple[Equation, ...] = ()
        if self.stated is not None:
            equations = (Equation(computed=self.term.product, stated=self.stated),)
        return Calculation(text=self.term.text, label="", terms=(self.term,), stated=self.stated, equations=equations)

    def making(self, amount: Number | None) -> Term | None:
        """The product that is meant: the closed one, else one that makes the amount."""
        if self.closed:
            return self.term
        made = (one for one in (self.term, self.linked) if len(one.factors) > 1 and whole(one.product) == amount)
        return next(made, None)


def read_prose(text: str) -> Prose | None:
    """What a text tells of one price; ``None`` where it names no price, several, or no more than a limit of prices."""
    plain = plain_text(text[:_LONGEST])
    if _LIMIT.search(plain):
        return None
    plain, months = _without_noise(plain)
    found = _numbers(plain)
    if found is None:
        return None
    factors, stated, rest = found
    factors = tuple(one for one in factors if one.unit is not Unit.KM)
    prices = [one for one in factors if one.money]
    others = [one for one in factors if not one.money]
    if len(prices) != 1 or any(one.percent or not one.word or one.word in SIZES for one in others):
        return None
    if months and Unit.MONTH in _asked(factors) and not any(one.unit is Unit.MONTH for one in others):
        others.append(Factor(number=months, unit=Unit.MONTH, word="月"))
        factors = (*factors, others[-1])
    if not others and not (prices[0].per or "單價" in rest):
        return None
    closed = bool(others) and _is_closed(prices[0], others, rest)
    asked = _asked(factors)
    linked = tuple(one for one in factors if one.money or any(unit in _parts(one) for unit in asked))
    return Prose(
        term=Term(text=text.strip(), factors=factors),
        linked=Term(text=text.strip(), factors=linked),
        stated=stated,
        closed=closed,
    )


def _without_noise(text: str) -> tuple[str, int]:
    """The text without its dates, and the months that a span of them has: 3月至11月 is nine."""
    months = 0
    for match in _SPAN.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        if 1 <= first <= last <= _MONTHS_OF_YEAR:
            months = last - first + 1
    return _NOISE.sub(" ", _SPAN.sub(" ", re.sub(r"\d{2,4}年度?(?=\d{1,2}月)", " ", text))), months


def _numbers(text: str) -> tuple[tuple[Factor, ...], Number | None, str] | None:
    """All numbers of a text but its result, the result, and the words between them."""
    factors: list[Factor] = []
    stated: Number | None = None
    rest, at = "", 0
    while (match := _NUMBER.search(text, at)) is not None:
        found = quantity(text, match.start())
        if found is None and text[match.end() - 1] in NUMERALS:
            rest, at = rest + text[at : match.end()], match.end()
            continue
        if found is None or len(factors) == _MOST or stated is not None:
            return None
        between = text[at : match.start()]
        rest += between
        factor, at = found
        if factor.money and text[at - 1].isdigit() and _OF_SOMETHING.match(text, at):
            return None
        if factor.money and not factor.per and factors and _RESULT.search(between):
            stated = factor.number
        else:
            factors.append(factor)
    return tuple(factors), stated, rest + text[at:]


def _asked(factors: tuple[Factor, ...]) -> list[Unit | str]:
    """The units that 每 and / name."""
    return [unit_of_word(word) or word for factor in factors for word in factor.per]


def _parts(factor: Factor) -> frozenset[Unit | str]:
    """What a number is a number of: 人次 of persons and of times as well."""
    if factor.unit is None:
        return frozenset({factor.word})
    return frozenset({factor.unit, *COMPOUNDS.get(factor.unit, ())})


def _is_closed(price: Factor, others: list[Factor], rest: str) -> bool:
    """Whether every number is asked for by another, and everything asked for is there, once."""
    asked = _asked((price, *others))
    free = [one for one in others if not any(unit in _parts(one) for unit in asked)]
    answers = [sum(unit in _parts(one) for one in others) for unit in dict.fromkeys(asked)]
    if any(count != 1 for count in answers):
        return False
    if not free:
        return bool(price.per)
    return len(free) == 1 and not price.per and not _JOINER.sub("", rest)


def this_year(text: str, year: int) -> str:
    """A text without the clauses that tell figures of an earlier year (112年為1,600元×20小時), where others remain."""
    clauses = _CLAUSES.findall(text)
    kept = [clause for clause in clauses if not _is_earlier(clause, year)]
    left = "".join(kept)
    if len(kept) == len(clauses) or not (read_wording(left).calculations or read_prose(left)):
        return text
    return left


_CLAUSES = re.compile(
    r"(?:[^,，、;；。\n()（）]|(?<=\d)[,，](?=\d{3}(?!\d)))+[,，、;；。\n()（）]?|[,，、;；。\n()（）]"
)
_YEAR = re.compile(r"(?<!\d)(?P<year>\d{2,3})年度?(?=\D{0,6}\d)")
_LAST = re.compile(r"(?:去年|上年|前年|上年度|前一年度?|以前年度)度?(?=\D{0,6}\d)")


def _is_earlier(clause: str, year: int) -> bool:
    years = [int(match["year"]) for match in _YEAR.finditer(clause)]
    return (bool(years) and max(years) < year) or _LAST.search(clause) is not None
