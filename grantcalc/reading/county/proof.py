"""Which column is what, by the figures: pay × months = amount, parts add up to a total, price × quantities = amount.

A header alone says little where several columns hold money. What its word is like proposes, the figures decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from attrs import define, evolve, field, frozen

from grantcalc.reading.county.composed import MONTH
from grantcalc.reading.county.match import SURE, Match
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.problems import shown
from grantcalc.text import Message, Text, dollars

SUM_OF = Message("“{header}” is the sum of {parts}: it is not read a second time.")
PART_OF = Message("“{header}” is a part of “{whole}”: it is not read a second time.")
REPEATED = Message("“{header}” is “{whole}” times the months: it is not read a second time.")
OTHERWISE = Message("“{header}” times the months is not “{whole}”: only the latter is read.")
NOT_THE_SUM = Message("Row {row}: “{header}” states {stated}, but {parts} make {sum}.")
BY_FIGURES = Message("No word says what “{header}” is; price × it makes the amount, so it is read as a quantity.")
BY_FIGURES_ALONE = Message("A column has no header; price × it makes the amount, so it is read as a quantity.")

BY_PRODUCT = 80
"""How sure: a column that only its figures say to be a quantity."""
_ROWS = 40
"""Rows that are tried."""
_MOST_PARTS = 8
"""Columns of money of one post's row; of more no sums are tried."""
_FEWEST = 2
_CENT = Decimal(1)
"""A product of a bonus is rounded to dollars."""
_YEAR = 12
_LONGEST_YEAR = 14
"""Months of pay of one year, bonus included: no more are asked for."""


@frozen(kw_only=True)
class Told:
    """What the figures say of a column, or against it in one row (``row``)."""

    column: int
    message: Text
    row: int | None = None
    sure: bool = True


@define(kw_only=True)
class Proof:
    """Tries the columns of one table against the figures of its rows; ``matches`` and ``told`` are what comes of it."""

    view: SheetView
    rows: Sequence[int]
    matches: dict[int, Match]
    headers: Mapping[int, str]
    unclaimed: dict[int, str]
    told: list[Told] = field(factory=list)
    _values: dict[tuple[int, int], Decimal | None] = field(factory=dict)

    def staff(self) -> None:
        """A table of posts: its monthly pay, its amount, and what only repeats or adds up others."""
        self._one_pay()
        totals = list(self._totals())
        self._amount_of_posts(totals)
        first = self._first_amount()
        for column, parts in totals:
            if column != first and self.matches[column].kind is ColumnKind.AMOUNT:
                self._is_sum(column, parts)
            elif column == first:
                for part in parts:
                    if self.matches[part].kind is ColumnKind.AMOUNT:
                        self._leave(part, PART_OF, column)
        self._insurance()

    def items(self) -> None:
        """A table of items: its quantities, and of several amounts the one that they make."""
        amounts = self.of(ColumnKind.AMOUNT)
        if len(amounts) > 1:
            best = max(amounts, key=lambda column: (self.products(column), *self._order(column)))
            if self.products(best) >= _FEWEST and not self.products(min(amounts, key=self._place)):
                self._prefer(best)
        self._quantities()

    def of(self, *kinds: ColumnKind) -> list[int]:
        """The columns of these kinds, from the left."""
        return sorted(column for column, match in self.matches.items() if match.kind in kinds)

    def value(self, row: int, column: int) -> Decimal | None:
        """The number in a cell; ``None`` where there is none."""
        key = (row, column)
        if key not in self._values:
            self._values[key] = amount(self.view.value(row, column))
        return self._values[key]

    def _place(self, column: int) -> tuple[bool, int, int]:
        """Of several columns of amounts the first: a sure word before a like one, the finer word, the left one."""
        match = self.matches[column]
        return (not match.is_sure, match.rank, column)

    def _order(self, column: int) -> tuple[int, int, int]:
        unsure, rank, number = self._place(column)
        return (-int(unsure), -rank, -number)

    def _first_amount(self) -> int | None:
        return min(self.of(ColumnKind.AMOUNT), key=self._place, default=None)

    def _prefer(self, column: int) -> None:
        """Make a column the first of the amounts."""
        first = min(self.matches[one].rank for one in self.of(ColumnKind.AMOUNT))
        match = self.matches[column]
        self.matches[column] = evolve(match, score=max(match.score, SURE), ranked=first - 1)

    def _leave(self, column: int, message: Message, whole: int) -> None:
        self.matches[column] = evolve(self.matches[column], kind=ColumnKind.IGNORED, score=100)
        text = message(header=self.name(column), whole=self.name(whole))
        self.told.append(Told(column=column, message=text))

    def name(self, column: int) -> str:
        """The header of a column as texts may show it."""
        return shown(self.headers.get(column, ""))

    def _one_pay(self) -> None:
        """Of several monthly pays the one that the figures bear out, else the surest; the others are not understood."""
        columns = self.of(ColumnKind.MONTHLY_PAY)
        if len(columns) < _FEWEST:
            return
        amounts = self.of(ColumnKind.AMOUNT, ColumnKind.SUBSIDY)
        borne = {one: max((self._made(one, whole) for whole in amounts), default=0) for one in columns}
        best = max(columns, key=lambda column: (borne[column], *self._order(column)))
        for column in columns:
            if column != best:
                self.unclaimed[column] = self.headers.get(column, "")
                del self.matches[column]

    def _made(self, pay: int, whole: int) -> int:
        """In how many rows the pay, times its months and persons, makes an amount."""
        return sum(self._pays(row, pay, whole) for row in self.rows[:_ROWS])

    def _pays(self, row: int, pay: int, whole: int) -> bool:
        monthly, stated = self.value(row, pay), self.value(row, whole)
        if not monthly or not stated or monthly == stated:
            return False
        bonus = [column for column in self.of(ColumnKind.BONUS) if self.matches[column].unit == MONTH]
        months = self._sum(row, self.of(ColumnKind.MONTHS))
        persons = self._sum(row, self.of(ColumnKind.COUNT)) or Decimal(1)
        if not months:
            times = stated / (monthly * persons)
            return times <= _LONGEST_YEAR and times * _FEWEST == int(times * _FEWEST)
        longer = months + (self._sum(row, bonus) or 0)
        return any(abs(monthly * one * persons - stated) <= _CENT for one in (months, longer))

    def _sum(self, row: int, columns: Iterable[int]) -> Decimal | None:
        found = [value for column in columns if (value := self.value(row, column)) is not None]
        return sum(found, Decimal(0)) if found else None

    def _totals(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Columns of amounts that are the sum of others in most rows, with these."""
        kinds = (ColumnKind.AMOUNT, ColumnKind.BONUS, ColumnKind.INSURANCE, ColumnKind.ALLOWANCE)
        money = [column for column in self.of(*kinds) if self.matches[column].unit != MONTH]
        if len(money) > _MOST_PARTS:
            return
        for whole in self.of(ColumnKind.AMOUNT):
            others = [column for column in money if column != whole]
            ways = [way for size in range(_FEWEST, len(others) + 1) for way in combinations(others, size)]
            best = max(ways, key=lambda way: self._adding(whole, way), default=())
            right, of = self._adding(whole, best), self._beside(whole, best)
            if best and (right == of or (right >= _FEWEST and right * 3 >= of * 2)):
                yield whole, best

    def _beside(self, whole: int, parts: Sequence[int]) -> int:
        """In how many rows the whole stands beside one of its parts at least: a row of sums may state it alone."""
        return sum(bool(self.value(row, whole)) and self._sum(row, parts) is not None for row in self.rows[:_ROWS])

    def _stated(self, column: int) -> int:
        return sum(bool(self.value(row, column)) for row in self.rows[:_ROWS])

    def _adding(self, whole: int, parts: Sequence[int]) -> int:
        """In how many rows the parts, each of which states something somewhere, add up to the whole."""
        if not parts or not all(self._stated(part) for part in parts):
            return 0
        return sum(bool(self.value(row, whole)) and self._adds(row, whole, parts) for row in self.rows[:_ROWS])

    def _adds(self, row: int, whole: int, parts: Sequence[int]) -> bool:
        found = self._sum(row, parts)
        return found is not None and found == self.value(row, whole)

    def _is_sum(self, column: int, parts: Sequence[int]) -> None:
        """A total of parts that are read themselves; rows where it is not their sum are for a person."""
        names = "+".join(f"「{self.name(part)}」" for part in parts)
        self.told.append(Told(column=column, message=SUM_OF(header=self.name(column), parts=names)))
        self.matches[column] = evolve(self.matches[column], kind=ColumnKind.IGNORED, score=100)
        for row in self.rows:
            stated, made = self.value(row, column), self._sum(row, parts)
            if stated and made is not None and stated != made:
                told = NOT_THE_SUM(
                    row=row, header=self.name(column), stated=dollars(int(stated)), parts=names, sum=dollars(int(made))
                )
                self.told.append(Told(column=column, row=row, message=told, sure=False))

    def _amount_of_posts(self, totals: Sequence[tuple[int, tuple[int, ...]]]) -> None:
        """The amount of a post: the total where pay, months and parts explain it in every row, else the pay."""
        amounts, pays = self.of(ColumnKind.AMOUNT), self.of(ColumnKind.MONTHLY_PAY)
        if len(amounts) < _FEWEST or not pays:
            return
        borne = {column: self._made(pays[0], column) for column in amounts}
        paid = max(amounts, key=lambda column: (borne[column], *self._order(column)))
        if not borne[paid]:
            return
        whole = next((one for one, parts in totals if paid in parts and self._is_whole(one, paid, parts)), None)
        self._prefer(paid if whole is None else whole)

    def _is_whole(self, whole: int, paid: int, parts: Sequence[int]) -> bool:
        """Whether every row of a total comes out as pay × months and the parts beside it."""
        months, pay = self.of(ColumnKind.MONTHS), self.of(ColumnKind.MONTHLY_PAY)[0]
        read = {ColumnKind.BONUS, ColumnKind.INSURANCE, ColumnKind.ALLOWANCE}
        rows = [row for row in self.rows[:_ROWS] if self.value(row, pay)]
        known = bool(months) and all(self.matches[part].kind in read for part in parts if part != paid)
        return known and all(self._pays(row, pay, paid) and self._adds(row, whole, parts) for row in rows)

    def _insurance(self) -> None:
        """Of columns of insurance only those are read that no other one repeats or adds up."""
        for whole in self.of(ColumnKind.INSURANCE):
            others = [one for one in self.of(ColumnKind.INSURANCE) if one != whole]
            ways = (way for size in range(len(others), 1, -1) for way in combinations(others, size))
            if len(others) > _MOST_PARTS:
                return
            found = next((way for way in ways if self._everywhere(whole, way, self._adds)), ())
            for part in found:
                self._leave(part, PART_OF, whole)
        yearly = self.of(ColumnKind.INSURANCE)
        for column in yearly:
            monthly = tuple(one for one in self.of(ColumnKind.INSURANCE) if one != column)
            if monthly and self._everywhere(column, monthly, self._repeats):
                self._leave(column, REPEATED, monthly[0])
        self._of_a_month()

    def _of_a_month(self) -> None:
        """Columns of each month beside one of the year that they do not make: the year's is asked for."""
        monthly = [one for one in self.of(ColumnKind.INSURANCE) if self.matches[one].unit == MONTH]
        yearly = [one for one in self.of(ColumnKind.INSURANCE) if one not in monthly]
        for column in monthly if yearly else ():
            self.matches[column] = evolve(self.matches[column], kind=ColumnKind.IGNORED, score=100)
            told = OTHERWISE(header=self.name(column), whole=self.name(yearly[0]))
            self.told.append(Told(column=column, message=told, sure=False))

    def _everywhere(self, whole: int, parts: Sequence[int], test: Callable[[int, int, Sequence[int]], bool]) -> bool:
        rows = [row for row in self.rows[:_ROWS] if self.value(row, whole) and self._sum(row, parts)]
        return bool(rows) and all(test(row, whole, parts) for row in rows)

    def _repeats(self, row: int, whole: int, parts: Sequence[int]) -> bool:
        """The insurance of a year is that of a month times the months and persons."""
        stated, monthly = self.value(row, whole), self._sum(row, parts)
        if not stated or not monthly:
            return False
        if not any(self.value(row, column) for column in self.of(ColumnKind.MONTHLY_PAY)):
            return True  # a row of sums
        months = self._sum(row, self.of(ColumnKind.MONTHS)) or Decimal(_YEAR)
        persons = self._sum(row, self.of(ColumnKind.COUNT)) or Decimal(1)
        return stated == monthly * min(months, Decimal(_YEAR)) * persons

    def products(self, whole: int, further: Sequence[int] = ()) -> int:
        """In how many rows price × quantities makes an amount; 0 where it does not in most of those that state all."""
        prices, quantities = self.of(ColumnKind.UNIT_PRICE), self.of(ColumnKind.QUANTITY)
        if len(prices) != 1 or not (quantities or further):
            return 0
        right = of = 0
        for row in self.rows[:_ROWS]:
            counted = [column for column in quantities if self.view.filled(row, column)]  # 人, 日, 趟: not all of a row
            factors = [self.value(row, column) for column in (*prices, *further, *counted)]
            stated = self.value(row, whole)
            if stated is None or not (counted or further) or any(one is None for one in factors):
                continue
            made = Decimal(1)
            for one in factors:
                made *= one or 0
            right, of = right + (abs(made - stated) <= _CENT), of + 1
        return right if right * 3 >= of * 2 else 0

    def _quantities(self) -> None:
        """Columns that are quantities by what they make: sure where a word says so too."""
        whole = self._first_amount()
        if whole is None or len(self.of(ColumnKind.UNIT_PRICE)) != 1:
            return
        free = [column for column in self.unclaimed if self._stated(column) >= _FEWEST]
        if not self.products(whole) and 0 < len(free) <= _MOST_PARTS:
            ways = (way for size in (1, _FEWEST) for way in combinations(free, size))
            for column in next((way for way in ways if self.products(whole, way) >= _FEWEST), ()):
                header = self.unclaimed.pop(column)
                self.matches[column] = Match(kind=ColumnKind.QUANTITY, score=BY_PRODUCT)
                said = BY_FIGURES(header=shown(header)) if header else BY_FIGURES_ALONE()
                self.told.append(Told(column=column, message=said, sure=False))
        elif self.products(whole) >= _FEWEST:
            for column in self.of(ColumnKind.QUANTITY, ColumnKind.UNIT_PRICE):
                match = self.matches[column]
                self.matches[column] = evolve(match, score=max(match.score, SURE))
