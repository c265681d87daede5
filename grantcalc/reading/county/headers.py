"""What a header says: which kind of column, of which unit, in thousands or not; surely, or by likeness to a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve

from grantcalc.reading.county.composed import COMPOSED, FUNDS, MONTH, OF_POSTS, composed, either, ended, per_unit
from grantcalc.reading.county.match import Match
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.words import Version, Word, Words, brackets, fold, plain

LIKE = 65
"""Below this a header is not understood at all."""
BY_ITS_END = 85
"""A longer word that ends in a known one: 場地單價 is a unit price, but 去年單價 is not asked for."""
IN_PART = 85
"""Some parts of a header like 項目／說明 say different things, or nothing that is known."""
OTHER_FUND = 75
"""A name below 經費來源 that no word knows: the fund of somebody else."""
UNIT_BY_NAME = 80
"""A word below 數量 that is no known unit."""
LONGEST = 30
"""Letters of a header; more is a text."""
_ENDING = 2
_SHORT = 2
"""Letters of a header up to which nothing but the word itself is taken: 款 is like 自籌款, and like every fund."""
_LONGEST_UNIT = 4

MONEY = frozenset(
    {
        ColumnKind.UNIT_PRICE,
        ColumnKind.AMOUNT,
        ColumnKind.GROUP_SUM,
        ColumnKind.SUBSIDY,
        ColumnKind.OWN,
        ColumnKind.OTHER,
        ColumnKind.MONTHLY_PAY,
        ColumnKind.PAY_PART,
        ColumnKind.BONUS,
        ColumnKind.INSURANCE,
        ColumnKind.ALLOWANCE,
    }
)
"""Kinds of columns that hold money."""
SUMS = (
    ColumnKind.AMOUNT,
    ColumnKind.SUBSIDY,
    ColumnKind.OWN,
    ColumnKind.OTHER,
    ColumnKind.BONUS,
    ColumnKind.INSURANCE,
    ColumnKind.ALLOWANCE,
)
"""Those of them that rows of sums add up."""

_YEAR = re.compile(r"(?:民國)?(\d{2,3})年度?")
_PARTS = re.compile(r"[\n/|、,;及與和或暨]+")
_TIMES = re.compile(r"[×✕╳*＊xX]")
_SLASH = re.compile(r"[/、|]")
_SCRIPTS = re.compile(r"(?<=[㐀-鿿)])\s*(?=[A-Za-z(])")
_MARKED = re.compile(r"(?<=[㐀-鿿)])\s*[A-Za-z](?:\s*[=＝+×*/-].*)?$", re.ASCII)
"""The letter that a header gives its column: 保費小計 E, 合計 D=A*(B+C)."""
_FORMULA = re.compile(r"[=＝].*$|[a-z][×x*+][a-z].*$", re.ASCII)
_COLUMN_MARK = re.compile(r"\(?[A-Za-z0-9一二三四五六七八九十甲乙丙丁]{1,2}\)?(?:[=＝]\S+)?")


def sure(text: str, words: Words) -> Match | None:
    """What a header surely says by itself; looked up once for each text."""
    if text in words.matches:
        found = words.matches[text]
        return found if isinstance(found, Match) else None
    match = _sure(text, words) if text and len(text) <= LONGEST else None
    if match is not None and not match.is_sure:
        match = None
    words.matches[text] = match
    return match


def likely(text: str, words: Words) -> Match | None:
    """What a header is most like."""
    if not text or len(text) > LONGEST:
        return None
    found = _sure(text, words)
    if found is not None:
        return found
    from rapidfuzz import fuzz, process

    base, inner = brackets(text)
    key, year = _without_year(_FORMULA.sub("", fold(_MARKED.sub("", base))))
    if len(key) <= _SHORT:
        return None
    ends = [
        word
        for word, one in words.headers.items()
        if len(word) >= _ENDING and key.endswith(word) and one.kind is not ColumnKind.PERIOD
    ]
    if ends:
        best, score = max(ends, key=len), BY_ITS_END
    else:
        near = process.extractOne(key, words.headers.keys(), scorer=fuzz.ratio, score_cutoff=LIKE)
        if near is None or words.headers[near[0]].kind is ColumnKind.PERIOD:
            return None
        best, score = near[0], int(near[1])
    return _refined(_of(words.headers[best], score=score, year=year), inner, words)


def is_unit(text: str, words: Words) -> bool:
    """Whether a text names nothing but a unit: (元), 人次."""
    inner = plain(text).strip("()[] ")
    return words.factor(inner) is not None or words.unit(inner) is not None


def is_column_mark(text: str) -> bool:
    """Whether a text only counts columns: (1), A, (3)=(1)×(2)."""
    return _COLUMN_MARK.fullmatch("".join(plain(text).split())) is not None


def leaf(texts: Sequence[str], words: Words, *, guess: bool = False) -> Match | None:
    """What a column is whose headers stand above one another, the topmost first; ``guess`` takes likeness too."""
    *above, last = texts
    found = sure(last, words) or (likely(last, words) if guess and not is_unit(last, words) else None)
    for upper, lower in reversed(list(pairwise((*above, last)))):
        found = _below(upper, lower, found, words, guess=guess)
    return found


def _sure(text: str, words: Words) -> Match | None:
    """By its word, and by the version of the budget before it or in brackets: 原編列單價, 修正後, 金額(原編列)."""
    found = _by_word(text, words)
    base, inner = brackets(text)
    version, rest = words.version(base)
    if version is None:
        noted = next((one for part in inner for one, more in [words.version(part)] if one and not more), None)
        return found if found is None or noted is None else evolve(found, version=noted)
    if version is Version.DIFFERENCE:
        return evolve(found or Match(kind=ColumnKind.IGNORED), version=version)
    if found is None:
        alone = Match(kind=ColumnKind.AMOUNT) if len(fold(base)) > 1 else None
        found = _by_word(rest, words) if rest else alone
    return None if found is None else evolve(found, version=version)


def _by_word(text: str, words: Words) -> Match | None:
    alike = either(text, words)
    if alike is not None:
        return alike
    base, inner = brackets(text)
    base = _MARKED.sub("", base)
    whole = fold("".join((base, *inner))) if inner else ""
    key, year = _without_year(_FORMULA.sub("", fold(base)))
    for wanted in (key, whole, fold(text), ended(key, words)):
        if wanted in words.headers:
            return _refined(_of(words.headers[wanted], year=year), inner, words)
    counted = words.headers.get(key.rstrip("0123456789")) if key[-1:].isdecimal() else None
    if counted is not None and counted.kind in {ColumnKind.QUANTITY, ColumnKind.UNIT}:  # 數量1, 單位2
        return _refined(_of(counted, year=year), inner, words)
    for money in words.money:
        word = words.headers.get(key.removesuffix(money)) if key.endswith(money) else None
        if word is not None and word.kind in MONEY:
            return _refined(evolve(_of(word, year=year), factor=words.money[money]), inner, words)
    parts = composed(key, words) or _in_parts(base, words)
    return None if parts is None else _refined(evolve(parts, year=year), inner, words)


def _units_of(base: str, words: Words) -> Match | None:
    """人/次/節, 月／場: a column of quantities; the first unit stands for all, for a person to look at."""
    pieces = [piece for piece in _SLASH.split(plain(base)) if piece.strip()]
    if len(pieces) < _ENDING or any(words.unit(piece) is None for piece in pieces):
        return None
    return Match(kind=ColumnKind.QUANTITY, score=IN_PART, unit=words.unit(pieces[0]))


def _calculated(base: str, words: Words) -> Match | None:
    """單價×數量: the column holds calculations in words."""
    pieces = [words.headers.get(fold(piece)) for piece in _TIMES.split(plain(base))]
    kinds = {piece.kind for piece in pieces if piece is not None}
    whole = len(pieces) >= _ENDING and None not in pieces
    if not whole or not kinds <= {ColumnKind.UNIT_PRICE, ColumnKind.MONTHLY_PAY, ColumnKind.QUANTITY, ColumnKind.UNIT}:
        return None
    return Match(kind=ColumnKind.DESCRIPTION, score=COMPOSED)


def _in_parts(base: str, words: Words) -> Match | None:
    """A header of several words: 項目/說明, 用途說明及計算方式, 單價 Unit price, 單價×數量, 人/次/節."""
    found = _calculated(base, words) or _units_of(base, words)
    if found is not None:
        return found
    pieces = [fold(piece) for part in _PARTS.split(base) for piece in _SCRIPTS.split(part)]
    pieces = [piece for piece in pieces if piece]
    known = [words.headers[piece] for piece in pieces if piece in words.headers]
    unit = words.unit(pieces[1]) if len(pieces) == _ENDING and _SLASH.search(plain(base)) else None
    if len(known) == 1 and unit is not None and pieces[0] in words.headers:  # 加給/月, 費用/次
        return per_unit(known[0], unit)
    if len(pieces) == _ENDING and pieces[0] in words.headers and words.factor(pieces[1]) is not None:  # 單價/元
        return evolve(_of(known[0]), factor=words.factor(pieces[1])) if known[0].kind in MONEY else None
    if not known or len(pieces) < 2:  # noqa: PLR2004  # one part is the whole
        return None
    kinds = {word.kind for word in known}
    alike = len(known) == len(pieces) and len(kinds) == 1
    if len(known) == len(pieces) and not alike and kinds <= {*OF_POSTS}:
        return Match(kind=ColumnKind.AMOUNT, score=IN_PART)  # 薪資及年終: together
    return _of(known[0], score=100 if alike else IN_PART)


def _of(word: Word, *, score: int = 100, year: int | None = None) -> Match:
    return Match(kind=word.kind, word=word, unit=word.unit, score=score, year=year)


def _without_year(key: str) -> tuple[str, int | None]:
    match = _YEAR.match(key)
    if match is None or match.end() == len(key):
        return key, None
    return key[match.end() :], int(match[1])


def _refined(match: Match, inner: Sequence[str], words: Words) -> Match:
    """With what stands in brackets: (千元), (人次), (補助款)."""
    for text in inner:
        for part in re.split(r"[/,、:]", text.replace("單位", "")):
            factor, unit, word = words.factor(part), words.unit(part), words.headers.get(fold(part))
            if factor is not None and match.kind in MONEY:
                match = evolve(match, factor=factor)
            elif unit is not None and (
                match.kind in {ColumnKind.QUANTITY, ColumnKind.UNIT_PRICE} or (unit == MONTH and match.kind in OF_POSTS)
            ):
                match = evolve(match, unit=unit)
            elif word is not None and word.kind in {*FUNDS, ColumnKind.IGNORED} and match.kind is ColumnKind.AMOUNT:
                match = evolve(match, kind=word.kind, word=word)
    return match


def _below(upper: str, lower: str, found: Match | None, words: Words, *, guess: bool) -> Match | None:
    """What ``lower`` (taken for ``found``) is below ``upper``."""
    over = sure(upper, words) or (likely(upper, words) if guess else None)
    if over is None:
        return found
    if is_unit(lower, words) and (found is None or not found.is_sure or over.kind is ColumnKind.QUANTITY):
        return _refined(over, (plain(lower).strip("()[] "),), words)
    known = words.below.get((over.kind, fold(lower)))
    if known is not None:
        return _of(known, year=over.year)
    if found is None or not found.is_sure:
        together = words.headers.get(fold(upper + lower))
        if together is not None:
            return _of(together, year=over.year)
        return _unknown_below(over, lower, found, guess=guess)
    if over.kind is ColumnKind.IGNORED:
        return over
    if over.kind in FUNDS and found.kind is ColumnKind.AMOUNT:
        return evolve(over, factor=found.factor or over.factor, version=found.version)
    version = found.version or over.version
    return evolve(found, factor=found.factor or over.factor, year=found.year or over.year, version=version)


def _unknown_below(over: Match, lower: str, found: Match | None, *, guess: bool) -> Match | None:
    if over.kind is ColumnKind.IGNORED:
        return over
    if guess and over.kind is ColumnKind.QUANTITY and len(lower) <= _LONGEST_UNIT:
        return evolve(over, unit=plain(lower), score=UNIT_BY_NAME)
    if guess and over.kind is ColumnKind.FUND:
        return Match(kind=ColumnKind.OTHER, score=OTHER_FUND)
    return found
