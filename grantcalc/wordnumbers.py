"""One number of a text with everything written about it: 元, 千元, what a price is for, the unit that it counts."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from attrs import evolve

from grantcalc.money import Number
from grantcalc.units import Unit
from grantcalc.unitwords import MULTIPLES, NUMERALS, multiplied, of_numerals, unit_of_word, unit_word
from grantcalc.wording import Factor

LONGEST: Final = 2000
"""Letters of a text that is looked through."""
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?P<digits>{_ARABIC})(?:\s?(?P<multiple>[萬万千仟百佰])(?!字)(?:(?P<rest>{_ARABIC})\s?(?P<more>[千仟百佰])?)?)?"
    rf"|(?P<numerals>[{NUMERALS}]{{1,15}})(?!字)"
)
_PREFIX = re.compile(r"(?P<money>(?:NT\$|NTD|NT(?=\s?\d)|TWD|新臺幣|新台幣|\$|@)\s*)", re.IGNORECASE)
_EACH = re.compile(r"(?:(?:每|(?P<one>1\s?|一))(?P<word>[^\W\d每]{1,2}?)\s?)(?=每|[$@\d]|NT|[" + NUMERALS + "])")
_BRACKETED = re.compile(r"\s?\(\s?(?P<word>[^\W\d]{1,4})\s?\)")
_MONEY = re.compile(r"\s*(?:元|圓|dollars?)整?|\.[-–](?!\d)", re.IGNORECASE)
_PER = re.compile(r"\s*(?:[/／]\s*每?|每|\bper\b)\s*(?P<word>[^\W\d]{1,7})", re.IGNORECASE)
_RANGE = re.compile(r"\s*[~～至到—–\-]\s*\d")
_GLUED = re.compile(r"[/.]\d")
_FULL_COMMA = re.compile(r"(?<!\d)，|，(?!\d{3}(?!\d))")


def plain_text(text: str) -> str:
    """The text with full-width forms made plain; a full-width comma stays one that separates."""
    return unicodedata.normalize("NFKC", _FULL_COMMA.sub("、", text[:LONGEST])).replace("＝", "=")


def whole_quantity(text: str) -> Factor | None:
    """The one number that a text consists of, with its unit."""
    plain = plain_text(text).strip()
    found = quantity(plain, 0)
    return found[0] if found is not None and found[1] == len(plain) else None


def quantity(text: str, at: int) -> tuple[Factor, int] | None:
    """A number with what is written about it."""
    per: tuple[str, ...] = ()
    while (each := _EACH.match(text, at)) is not None:
        if each["one"] and (unit_word(each["word"]) != each["word"] or unit_of_word(each["word"]) is Unit.LOT):
            break
        per, at = (*per, each["word"]), each.end()
    mark = _PREFIX.match(text, at)
    at = mark.end() if mark else at
    match = _NUMBER.match(text, at)
    value = _number(match) if match else None
    if match is None or value is None or _GLUED.match(text, match.end()):
        return None
    step = MULTIPLES.get(match["more"] or match["multiple"] or "", 1) if not match["rest"] or match["more"] else 1
    factor, end = described(text, Factor(number=value, money=bool(mark), step=step), match.end())
    if _RANGE.match(text, end) or (match["numerals"] and factor.bare):
        return None
    if per:
        factor = evolve(factor, per=(*per, *factor.per), money=factor.money or factor.bare)
    return factor, end


def described(text: str, factor: Factor, at: int) -> tuple[Factor, int]:
    """The factor with 元, %, what a price or a number is for, or its unit."""
    if text[at : at + 1] == "%":
        return evolve(factor, percent=True), at + 1
    at, inside = _unbracketed(text, at)
    money = inside == "元" or _MONEY.match(text, at)
    if isinstance(money, re.Match):
        at = money.end()
    if money:
        factor = evolve(factor, money=True)
    per, at = _per(text, at)
    if money or per:
        return evolve(factor, money=True, per=(*factor.per, *per)), at
    start = after_space(text, at)
    word = inside or unit_word(text[start:]) or ""
    if not word:
        return factor, at
    per, at = _per(text, at if inside else start + len(word), slash=True)
    return evolve(factor, word=word, unit=unit_of_word(word), per=(*factor.per, *per)), at


def _unbracketed(text: str, at: int) -> tuple[int, str]:
    """Past a unit in brackets, with its word: 24(小時), 2,000(元)."""
    match = _BRACKETED.match(text, at)
    word = match["word"] if match else ""
    if match is None or (word != "元" and unit_word(word) != word.casefold()):
        return at, ""
    return match.end(), word


def _per(text: str, at: int, *, slash: bool = False) -> tuple[tuple[str, ...], int]:
    """What a price, or a number of something, is for: 元/人/次, 2小時/次."""
    per: tuple[str, ...] = ()
    while (match := _PER.match(text, at)) is not None and not (slash and match.group().lstrip()[0] == "每"):
        word = unit_word(match["word"])
        if word is None:
            break
        per, at = (*per, word), match.start("word") + len(word)
    return per, at


def after_space(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


def _number(match: re.Match[str]) -> Number | None:
    if match["numerals"]:
        return of_numerals(match["numerals"])
    digits: str = match["digits"]
    if digits.startswith("0") and not digits.startswith("0.") and digits != "0":
        return None
    return multiplied(digits, match["multiple"] or "", match["rest"] or "", match["more"] or "")
