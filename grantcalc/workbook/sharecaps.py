"""Caps that are a share of other sums, on 總表: their base, the cap itself, and how they are called."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Fund
from grantcalc.money import Rounding, number, whole
from grantcalc.rules.kinds.share_cap import ShareCap
from grantcalc.rules.kinds.share_cap import cap as share_cap
from grantcalc.text import Message, Text, Value
from grantcalc.workbook.book import Book, Formula
from grantcalc.workbook.totals import Totals, add, as_number

BASE_OF = Message("Base of the cap: {categories}")
BASE_OF_ONE = Message("Base of the cap of {capped}: {categories}")
WITHOUT_ROLES = Message("{categories}, without posts of {roles}")

_FUNCTIONS = {Rounding.DOWN: "ROUNDDOWN", Rounding.UP: "ROUNDUP", Rounding.HALF_UP: "ROUND"}


@frozen(kw_only=True)
class Shares:
    """The caps of one workbook."""

    book: Book
    totals: Totals

    def of_category(self, category: str) -> Formula | None:
        """The cap of a whole category, if it has one."""
        found = (values for values in self.book.caps.shares if values.of == category and not values.items)
        values = next(found, None)
        return None if values is None else self.cap(values)

    def cap(self, values: ShareCap) -> Formula:
        """The share of the base, and a ceiling above it where there is one."""
        base = self.base(values)
        rate = Fraction(values.rate.value)
        text = f"{_FUNCTIONS[values.rounding]}(({base.text})*{rate.numerator}/{rate.denominator},0)"
        if values.ceiling is not None:
            text = f"MIN({text},{whole(values.ceiling.value, Rounding.DOWN)})"
        return Formula(text, share_cap(int(as_number(base)), values))

    def base(self, values: ShareCap) -> Formula:
        """What the subsidy pays in the categories of the base, without the posts that leave it."""
        sums = [self.totals.of_fund(name, Fund.SUBSIDY) for name in values.base]
        text, total = "+".join(found.text for found in sums), add(*sums)
        if not values.less_roles:
            return Formula(text, total)
        less = self.totals.of_roles(values.less_roles, Fund.SUBSIDY, values.base)
        return Formula(f"{text}-({less.text})", number(Fraction(total) - as_number(less)))

    def capped(self, values: ShareCap) -> Value:
        """What the cap is on: items, or a whole category."""
        items = self.book.programme.items
        speak, category = self.book.language, self.book.programme.category(values.of)
        if values.items:
            return speak.listed(speak(items[code].name) for code in values.items if code in items)
        return values.of if category is None else category.title

    def label(self, values: ShareCap) -> Text:
        """The base in words; what it is the base of, where there are several caps."""
        speak = self.book.language
        titles = (self.book.programme.category(name) for name in values.base)
        categories: Value = speak.listed(speak(category.title) for category in titles if category is not None)
        if values.less_roles:
            roles = speak.listed(map(speak, values.less_roles))
            categories = WITHOUT_ROLES(categories=categories, roles=roles)
        if len(self.book.caps.shares) == 1:
            return BASE_OF(categories=categories)
        return BASE_OF_ONE(capped=self.capped(values), categories=categories)
