"""What the rows of a table hold, before anything is made of them: names, sums, numbers, calculations in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum

from attrs import define, field, frozen

from grantcalc.reading.county.composed import FUNDS
from grantcalc.reading.county.headers import SUMS
from grantcalc.reading.county.model import Column, ColumnKind
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.county.words import (
    CURRENCY,
    DOLLARS,
    EACH,
    Words,
    brackets,
    fold,
    number_alone,
    numbering,
    plain,
)

NAMES = (ColumnKind.CATEGORY, ColumnKind.ITEM, ColumnKind.ROLE)
"""Columns that name what a row asks for."""
_DETAIL = frozenset({ColumnKind.UNIT_PRICE, ColumnKind.QUANTITY, ColumnKind.MONTHLY_PAY, ColumnKind.MONTHS})
_CALCULATION = re.compile(
    rf"\d[\d,]*\s*[^\d\s]{{0,6}}?\s*[×*xX╳＊✕]|[=＝]\s*[\d,]+|{EACH}[^\d]{{1,4}}[\d,]+{DOLLARS}", re.ASCII
)
_LONGEST_SUM = 24
_LONGEST_PREFIX = 14
_AFTER_SUM = re.compile(rf"(?:{CURRENCY}|[\d$壹貳參肆伍陸柒捌玖拾(\[~+=]|{DOLLARS})")
_CJK = re.compile(r"[㐀-鿿]")
_SUM_KEYS = ("carried", "total", "sum", "subtotal")
_MARK = r"(?:[A-Za-z]\d{0,2}|\d{1,2}|[甲乙丙丁戊己庚辛壬癸一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]{1,3})"
_FORMULA = re.compile(rf"\s*[=:：]?\s*{_MARK}(?:\s*[+＋]\s*{_MARK})+\s*$")
"""Behind the name of a sum, the marks of what it adds up: 小計 A1+A2, 合計=甲+乙."""


class SumWord(Enum):
    """What the word of a row of sums says by itself."""

    SUBTOTAL = "subtotal"
    SUM = "sum"
    """合計: of all rows or of some."""
    TOTAL = "total"
    CARRIED = "carried"
    """過次頁、承上頁: of everything on the pages so far."""


@frozen(kw_only=True)
class Facts:
    """One row. ``name`` is its text in the columns of names, or the first text where these are blank."""

    number: int
    name: str = ""
    level: int | None = None
    """Of its number: 0 壹、 to 5 ①."""
    category: str = ""
    """The text of its column of categories."""
    item: str = ""
    own_item: bool = True
    """Its item stands in the row itself, not in a cell merged from above."""
    sum_word: SumWord | None = None
    prefix: str = ""
    """What stands before that word: 人事費 in 人事費小計."""
    note: bool = False
    detail: bool = False
    """A price or a quantity."""
    money: bool = False
    """Something in a column of amounts."""
    calculation: bool = False
    wide: bool = False
    """Its name is merged over several columns, as titles are."""
    named: bool = True
    """The name stands in a column of names, or before all others."""
    payer: str = ""
    """The text of its column of funds."""
    mark: str = ""
    """What stands in its column of numbers: A1, 一."""

    @property
    def asks(self) -> bool:
        """Whether it holds anything of a budget."""
        return self.detail or self.money or self.calculation


@define(kw_only=True)
class Reader:
    """Reads the rows of one table."""

    view: SheetView
    columns: Sequence[Column]
    left: int
    right: int
    words: Words
    _by_kind: dict[ColumnKind, list[int]] = field(init=False)
    _names: list[int] = field(init=False)
    _sums: list[int] = field(init=False)
    _detail: list[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._by_kind = {}
        for column in self.columns:
            self._by_kind.setdefault(column.kind, []).append(column.number)
        self._names = sorted(column.number for column in self.columns if column.kind in NAMES)
        self._sums = [number for kind in SUMS for number in self.numbers(kind)]
        self._detail = [column.number for column in self.columns if column.kind in _DETAIL]

    def rows(self, body: range) -> Iterator[Facts]:
        """Every row that is not blank."""
        for row in body:
            if not self.view.is_blank(row, self.left, self.right):
                yield self._row(row)

    def numbers(self, kind: ColumnKind) -> list[int]:
        """The columns of a kind."""
        return self._by_kind.get(kind, [])

    def _row(self, row: int) -> Facts:
        view = self.view
        texts = [(column, raw.strip()) for column, raw in view.cells(row, self.left, self.right) if type(raw) is str]
        category = self._through(row, ColumnKind.CATEGORY)
        item = self._through(row, ColumnKind.ITEM) or self._through(row, ColumnKind.ROLE)
        name_column, name = self._name(texts)
        detail = any(view.counted(row, column) for column in self._detail)
        money = any(view.figured(row, column) for column in self._sums)
        money = money or any(view.counted(row, column) for column in self.numbers(ColumnKind.PERIOD))
        payer = next((text for one in self.numbers(ColumnKind.FUND) if (text := view.text(row, one))), "")
        sum_word, prefix = self._sum_word(texts, (item, category) if payer else ())
        if sum_word is not None and prefix and self._priced(row):
            sum_word = None
        level = self._level(row, name)
        return Facts(
            number=row,
            name=name,
            level=level,
            category=category,
            item=item,
            own_item=any(
                view.text(row, column) for kind in (ColumnKind.ITEM, ColumnKind.ROLE) for column in self.numbers(kind)
            ),
            sum_word=sum_word,
            prefix=prefix,
            note=not (detail and money) and any(map(self._is_note, self._leading(texts, money))),
            detail=detail,
            money=money,
            calculation=any(_CALCULATION.search(plain(text)) for _, text in texts),
            wide=name_column is not None and view.is_wide(row, name_column),
            named=name_column is not None and (not self._names or name_column <= max(self._names)),
            payer=payer,
            mark=next((text for one in self.numbers(ColumnKind.REF) if (text := view.text(row, one))), ""),
        )

    def amount(self, row: int) -> Decimal | None:
        """The first number of a row in the columns that sums add up; what the funds pay where only they are stated."""
        whole = next((value for one in self.numbers(ColumnKind.AMOUNT) if (value := self._number(row, one))), None)
        paid = [value for kind in FUNDS for one in self.numbers(kind) if (value := self._number(row, one)) is not None]
        if whole is not None or paid:
            return whole if whole is not None else sum(paid, Decimal(0))
        return next((value for one in self._sums if (value := self._number(row, one)) is not None), None)

    def _number(self, row: int, column: int) -> Decimal | None:
        return amount(self.view.value(row, column))

    def _priced(self, row: int) -> bool:
        return any(self.view.counted(row, column) for column in self.numbers(ColumnKind.UNIT_PRICE))

    def _through(self, row: int, kind: ColumnKind) -> str:
        """The text of the columns of a kind, merged cells from above too; of several the last one's."""
        found = ""
        for column in self.numbers(kind):
            raw = self.view.through_merge(row, column)
            if isinstance(raw, str) and raw.strip() and (kind is not ColumnKind.CATEGORY or not found):
                found = raw.strip()
        return found

    def _name(self, texts: Sequence[tuple[int, str]]) -> tuple[int | None, str]:
        """The text by which a person knows the row: of an item, a category, else the first that is no number."""
        held = dict(texts)
        for kind in (ColumnKind.ITEM, ColumnKind.ROLE, ColumnKind.CATEGORY):
            for column in self.numbers(kind):
                if held.get(column):
                    return column, held[column]
        return next(((column, text) for column, text in texts if number_alone(text) is None), (None, ""))

    def _level(self, row: int, name: str) -> int | None:
        for column in self.numbers(ColumnKind.REF):
            level = number_alone(self.view.value(row, column))
            if level is not None:
                return level
        level, _ = numbering(name)
        if level is not None:
            return level
        before = range(self.left, min(self._names, default=self.left))
        marks = (number_alone(self.view.value(row, column)) for column in before)
        return next((mark for mark in marks if mark is not None), None)

    def _sum_word(self, texts: Sequence[tuple[int, str]], above: Sequence[str] = ()) -> tuple[SumWord | None, str]:
        """Looked for among the names; elsewhere only where no name stands. ``above`` reach down by a merge."""
        named = [text for column, text in texts if column in self._names or column < min(self._names, default=0)]
        for text in named:
            found, prefix = sum_word(text, self.words)
            if found is not None:
                return found, prefix
        for text in above if not named else ():
            found, prefix = sum_word(text, self.words)
            if found is not None:
                return found, prefix
        if not named and texts:
            found, prefix = sum_word(texts[0][1], self.words)
            return (found, prefix) if not prefix else (None, "")
        return None, ""

    def _leading(self, texts: Sequence[tuple[int, str]], money: bool) -> list[str]:
        """The texts that may make a row a note; beside an amount an explanation (電話、文具) does not."""
        explained = self.numbers(ColumnKind.DESCRIPTION) if money else ()
        return [text for column, text in texts[:2] if column not in explained]

    def _is_note(self, text: str) -> bool:
        written = plain(text)
        for word in self.words.notes if written.startswith(self.words.notes) else ():
            if written.startswith(word):
                rest = written[len(word) :]
                return not rest or _CJK.match(rest) is None
        return False


def without_formula(text: str) -> str:
    """The name of a sum without the marks of what it adds up, where anything is left of it."""
    return _FORMULA.sub("", text) or text


def formula(text: str) -> str:
    """Those marks, as written behind the name: A1+A2; ``""`` without."""
    found = _FORMULA.search(text)
    return found.group().strip(" =:：") if found is not None else ""


def sum_word(text: str, words: Words) -> tuple[SumWord | None, str]:
    """What a text says as the name of a row of sums, and of what: 人事費小計, 合計(A+B), 總計新臺幣…元整."""
    if len(text) > _LONGEST_SUM * 2 or not words.may_be_sum(fold(text)):
        return None, ""
    _, rest = numbering(text)
    base = without_formula(brackets(rest)[0])
    key = fold(base)
    for kind in _SUM_KEYS:
        if key in words.rows[kind]:
            return SumWord(kind), ""
    for kind in _SUM_KEYS:
        for word in sorted(words.rows[kind], key=len, reverse=True):
            if len(word) < 2:  # noqa: PLR2004  # 計 alone says nothing in 設計
                continue
            if key.endswith(word) and 0 < len(key) - len(word) <= _LONGEST_PREFIX:
                return SumWord(kind), base.strip()[: -len(word)] if base.strip().endswith(word) else key[: -len(word)]
            if key.startswith(word) and _AFTER_SUM.match(key[len(word) :]):
                return SumWord(kind), ""
    return None, ""
