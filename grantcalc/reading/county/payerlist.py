"""Names of payers below each other, as a table of sources of money lists them (經費來源：補助款、自籌款、合計)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations

from attrs import frozen

from grantcalc.reading.county.composed import FUNDS
from grantcalc.reading.county.headers import LONGEST
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.payers import clean, payer_of
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.county.words import Words, fold

_SHORTEST = 2
_MOST_AROUND = 8
"""Letters around 經費來源 in a line above such a list."""
_MOST_NUMBERS = 12
_TRIED = 3
"""Lines of a table, from its end, that may begin such a list."""


@frozen(kw_only=True)
class Payer:
    """Who pays by a row's name; ``exact`` where a word of the table of words says just that."""

    kind: ColumnKind
    exact: bool


def payer(name: str, words: Words) -> Payer | None:
    """補助款, 公所自籌, and 申請毒品防制基金補助, which ends in such a word; ``None`` where a name is another."""
    known = payer_of(name, words)
    if known is not None:
        return Payer(kind=known, exact=True)
    key = fold(clean(name))
    for at in range(1, len(key) - _SHORTEST + 1):
        word = words.headers.get(key[at:])
        if word is not None and word.kind in FUNDS:
            return Payer(kind=word.kind, exact=False)
    return None


def lists_payers(view: SheetView, column: int, body: range, words: Words, right: int) -> bool:
    """Whether every row, to the first blank one, names in this column who pays or is a sum, each payer once."""
    seen: set[str] = set()
    for row in body:
        if view.is_blank(row, column, right):
            break
        name = view.text(row, column).strip()
        if not name or name in seen:
            return False
        if payer(name, words) is None and not words.may_be_sum(fold(name)):
            break
        seen.add(name)
    return any(payer(name, words) is not None for name in seen)


def names_sources(lines: Iterable[str], words: Words) -> bool:
    """Whether one of these lines says that it is about sources of money: 表三 經費來源."""
    asked = _of_sources(words)
    return any(_is_about(line, asked) for line in lines)


def _of_sources(words: Words) -> list[str]:
    return [word for word, one in words.headers.items() if one.kind is ColumnKind.FUND]


def _is_about(line: str, asked: Sequence[str]) -> bool:
    key = fold(line) if len(line) <= LONGEST else ""
    return any(word in key and len(key) - len(word) <= _MOST_AROUND for word in asked)


def is_of_amounts(name: str, words: Words) -> bool:
    """Whether a row is called 金額: the funds stand beside each other above it."""
    word = words.headers.get(fold(clean(name)))
    return word is not None and word.kind is ColumnKind.AMOUNT


def without_list(view: SheetView, body: range, words: Words, right: int) -> range:
    """The rows of a table without those at its end that say who pays how much, below a line of their own."""
    tried, asked = 0, _of_sources(words)
    for row in reversed(body):
        line = _line(view, row, right)
        if line and (_is_about(line, asked) or _is_about(line.split("：")[0], asked)):
            tried += 1
            if _is_list(view, range(row, body.stop), words, right):
                return range(body.start, row)
            if tried == _TRIED:
                break
    return body


def _line(view: SheetView, row: int, right: int) -> str:
    first = next(view.cells(row, view.grid.first_column, right), None)
    return first[1].strip() if first is not None and isinstance(first[1], str) else ""


def _is_list(view: SheetView, rows: range, words: Words, right: int) -> bool:
    """Whether every row with a number names a payer, is a sum or one of amounts, or is the line itself."""
    counted = 0
    for row in rows:
        values = [amount(raw) for _, raw in view.cells(row, view.grid.first_column, right)]
        numbers = [value for value in values if value is not None]
        if _is_priced(numbers):
            return False
        name = _line(view, row, right)
        known = payer(name, words) is not None or words.may_be_sum(fold(name)) or is_of_amounts(name, words)
        if numbers and row != rows.start and not known and not name.startswith(words.notes):
            return False
        counted += bool(numbers)
    return counted > 0


def _is_priced(numbers: Sequence[Decimal]) -> bool:
    """Whether one number is the product of two others, as a price and a quantity are beside their amount."""
    several = [value for value in numbers[:_MOST_NUMBERS] if value > 1]
    return any(a * b in several for a, b in combinations(several, 2))
