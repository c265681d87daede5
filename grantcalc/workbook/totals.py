"""Sums over the workings of rows and posts, each as a formula with its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Fund, Role
from grantcalc.money import Number, number
from grantcalc.workbook.book import Book, Formula
from grantcalc.workbook.layout import Sheet

Workings = Sequence[Mapping[str, Formula]]
"""The workings of every prepared row."""


@frozen
class Totals:
    """Adds up the workings of one workbook."""

    book: Book
    lines: Workings
    posts: Workings

    def heads(self, name: str) -> Formula:
        """The most heads on any day, of the workings' column of that name."""
        values = [as_number(work[name]) for work in self.posts]
        return Formula(f"MAX({self.book.column(Sheet.STAFF, name)})", number(max(values, default=0)))

    def of_fund(self, category: str | None, fund: Fund) -> Formula:
        """What a fund pays in a category, own parts of posts included."""
        found = self.of(category, fund, "taken")
        if fund is not Fund.OWN:
            return found
        own_parts = self.own_parts(category)
        return Formula(f"{found.text}+{own_parts.text}", add(found, own_parts))

    def of_items(self, codes: Sequence[str], fund: Fund) -> Formula:
        """What a fund pays for these items."""
        numbers = [index for index, code in enumerate(self.book.programme.items, 1) if code in codes]
        taken, row, of_fund = (self.book.column(Sheet.BUDGET, name) for name in ("taken", "row", "fund"))
        texts = [f'SUMIFS({taken},{row},{number},{of_fund},"{fund.value}")' for number in numbers]
        chosen = (work for work in self.lines if _matches(work, fund, None) and as_number(work["row"]) in numbers)
        return Formula("+".join(texts) or "0", add(*(work["taken"] for work in chosen)))

    def of_roles(self, roles: Sequence[Role], fund: Fund, categories: Sequence[str]) -> Formula:
        """What a fund pays for posts of these roles, in these categories."""
        where = self.book.programme.posts
        kinds = (("pay", where.pay), ("allowance", where.allowance), ("insurance", where.insurance))
        names = [f"taken_{name}" for name, of in kinds if of in categories]
        column = self.book.column
        tests = f'{column(Sheet.STAFF, "fund")},"{fund.value}",{column(Sheet.STAFF, "role")}'
        texts = [f'SUMIFS({column(Sheet.STAFF, name)},{tests},"{role.value}")' for name in names for role in roles]
        wanted = {role.value for role in roles}
        chosen = [work for work in self.posts if _matches(work, fund, None) and work["role"].value in wanted]
        return Formula("+".join(texts) or "0", add(*(work[name] for work in chosen for name in names)))

    def of(self, category: str | None, fund: Fund | None, kind: str) -> Formula:
        """Rows and posts of a category and a fund; of all without either."""
        if category is not None and self.book.programme.category(category) is None:
            return self._of_unknown(category, fund, kind)
        texts = [self._sum_text(Sheet.BUDGET, kind, category, fund)]
        chosen = [work for work in self.lines if _matches(work, fund, category)]
        total = sum((as_number(work[kind]) for work in chosen), Fraction(0))
        where = self.book.programme.posts
        for name, of in (("pay", where.pay), ("allowance", where.allowance), ("insurance", where.insurance)):
            if category in {None, of}:
                texts.append(self._sum_text(Sheet.STAFF, f"{kind}_{name}", None, fund))
                total += sum(as_number(work[f"{kind}_{name}"]) for work in self.posts if _matches(work, fund, None))
        return Formula("+".join(texts), number(total))

    def _of_unknown(self, category: str, fund: Fund | None, kind: str) -> Formula:
        """The sum of rows under a name that is no category, as a number: text of a file never stands in a formula."""
        chosen = (work for work in self.lines if _matches(work, fund, category))
        return Formula.constant(add(*(work[kind] for work in chosen)))

    def _sum_text(self, sheet: Sheet, name: str, category: str | None, fund: Fund | None) -> str:
        column = self.book.column
        tests = "" if category is None else f',{column(sheet, "category")},"{category.replace(chr(34), "?")}"'
        tests += "" if fund is None else f',{column(sheet, "fund")},"{fund.value}"'
        return f"SUMIFS({column(sheet, name)}{tests})" if tests else f"SUM({column(sheet, name)})"

    def own_parts(self, category: str | None) -> Formula:
        """What the applicant adds to posts from own funds a month, for all months."""
        where = self.book.programme.posts
        names = [
            name for name, of in (("own_pay", where.pay), ("own_insurance", where.insurance)) if category in {None, of}
        ]
        texts = [f"SUM({self.book.column(Sheet.STAFF, name)})" for name in names]
        total = sum(as_number(work[name]) for name in names for work in self.posts)
        return Formula("+".join(texts) or "0", number(total))


def _matches(work: Mapping[str, Formula], fund: Fund | None, category: str | None) -> bool:
    right_fund = fund is None or work["fund"].value == fund.value
    return right_fund and (category is None or work["category"].value == category)


def as_number(formula: Formula) -> Fraction:
    """The value of a formula; an empty text counts as nothing."""
    value = formula.value
    return Fraction(0) if isinstance(value, str) else Fraction(value)  # type: ignore[arg-type]  # dates are never summed


def add(*formulas: Formula) -> Number:
    """The sum of the values."""
    return number(sum((as_number(formula) for formula in formulas), Fraction(0)))
