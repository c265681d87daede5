"""The rows of 總表: totals by category and fund, caps, approved amounts and posts, headroom, verdicts.

Every total is made of recomputed amounts, as the bases of the checks are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import Factory, define, frozen

from grantcalc.draft.fields import GRAND_TOTAL
from grantcalc.draft.model import Fund, Role
from grantcalc.money import Number, Rounding, number
from grantcalc.rules.kinds.allocation import Allocation
from grantcalc.rules.kinds.allocation_total import AllocationTotal
from grantcalc.rules.kinds.share_cap import ShareCap
from grantcalc.rules.kinds.share_cap import cap as share_cap
from grantcalc.staffing import parameter
from grantcalc.text import Message, Text, Value
from grantcalc.workbook.book import Book, Formula, code_of
from grantcalc.workbook.layout import SUMMARY_COLUMNS, Refs, Sheet, letters

ALL_FUNDS = Message("All funds, by category")
SUBSIDY = Message("Subsidy applied for, by category")
OWN = Message("Own funds, by category")
OTHER = Message("Other sources, by category")
POSTS = Message("Subsidised posts (persons on the day with the most)")
OF_FUND = Message("{fund}: {category}")
TOTAL_OF = Message("{fund}: total")
BASE_OF = Message("Base of the cap: {categories}")
ROLE = Message("Posts: {role}")
TEAM = Message("Posts: case managers and supervisors together")
ALL_POSTS = Message("Posts: all together")
OVER_CAP = Message("above the cap")
OVER_APPROVED = Message("above the approved number")
NOT_THE_SUM = Message("stated total is not the sum of its rows")
JUSTIFY = Message("above the approved number; justify")
IN_ORDER = Message("in order")

LETTERS = {name: letters(index) for index, (name, _) in enumerate(SUMMARY_COLUMNS)}
Workings = Sequence[Mapping[str, Formula]]


@frozen(kw_only=True)
class SummaryRow:
    """One row: a heading where it has no computed value."""

    label: Value
    computed: Formula | None = None
    stated: Number | None = None
    takes_stated: bool = False
    cap: Formula | None = None
    approved: Formula | None = None
    headroom: Formula | None = None
    check: Formula | None = None
    is_total: bool = False


@define
class Summary:
    """Builds the rows one below the other; ``lines`` and ``posts`` are the workings with their values."""

    book: Book
    lines: Workings
    posts: Workings
    rows: list[SummaryRow] = Factory(list)

    def build(self) -> tuple[SummaryRow, ...]:
        """All rows, from row 2 of the sheet on."""
        self._all_funds()
        for heading, fund in ((SUBSIDY, Fund.SUBSIDY), (OWN, Fund.OWN), (OTHER, Fund.OTHER)):
            self._of_fund(heading(), fund)
        self._posts()
        return tuple(self.rows)

    @property
    def _next(self) -> Refs:
        return Refs("", LETTERS, len(self.rows) + 2).at_home()

    def _all_funds(self) -> None:
        self.rows.append(SummaryRow(label=ALL_FUNDS()))
        totals = self.book.draft.totals if self.book.draft else None
        stated = dict(totals.categories) if totals else {}
        for category in self.book.programme.categories:
            self._stated(category.title, category.name, stated.pop(category.name, None))
        for name, amount in stated.items():
            self._stated(name, name, amount)
        self._stated(GRAND_TOTAL, None, totals.grand if totals else None)

    def _stated(self, label: Value, category: str | None, stated: Number | None) -> None:
        cells = self._next
        own_parts = self._own_parts(category)
        taken = self._sum(category, None, "taken")
        known = self._sum(category, None, "known")
        computed = Formula(f"{taken.text}+{own_parts.text}", _add(taken, own_parts))
        accepted = {_add(taken, own_parts), taken.value, known.value, _add(known, own_parts)}
        named = f"{cells['stated']}"
        tests = ",".join(
            f"{named}={text}"
            for text in (
                cells["computed"],
                f"{cells['computed']}-({own_parts.text})",
                f"{known.text}",
                f"{known.text}+{own_parts.text}",
            )
        )
        speak = self.book.language
        text = f'IF({named}="","",IF(OR({tests}),"{speak(IN_ORDER)}","{speak(NOT_THE_SUM)}"))'
        shown = "" if stated is None else speak(IN_ORDER if stated in accepted else NOT_THE_SUM)
        self.rows.append(
            SummaryRow(
                label=label,
                computed=computed,
                stated=stated,
                takes_stated=True,
                check=Formula(text, shown),
                is_total=category is None,
            )
        )

    def _of_fund(self, heading: Text, fund: Fund) -> None:
        self.rows.append(SummaryRow(label=heading))
        for category in self.book.programme.categories:
            computed = self._fund_sum(category.name, fund)
            label = OF_FUND(fund=fund, category=category.title)
            if fund is Fund.SUBSIDY:
                self._bounded(label, computed, self._cap(category.name), self._approved_amount(category.name))
            else:
                self.rows.append(SummaryRow(label=label, computed=computed))
        computed = self._fund_sum(None, fund)
        label = TOTAL_OF(fund=fund)
        approved = self._approved_amount(None) if fund is Fund.SUBSIDY else None
        self._bounded(label, computed, None, approved, is_total=True)
        if fund is Fund.SUBSIDY:
            for values in self.book.caps.shares:
                self.rows.append(SummaryRow(label=self._base_label(values), computed=self._base(values)))

    def _bounded(
        self,
        label: Value,
        computed: Formula,
        cap: Formula | None,
        approved: Formula | None,
        *,
        is_total: bool = False,
        excuse: Formula | None = None,
    ) -> None:
        """A row with its cap or its approved amount, what is left of it, and whether it is passed.

        Where ``excuse`` holds, more than approved is to be justified; it is no error.
        """
        cells = self._next
        headroom = check = None
        limit, name, message = (cap, "cap", OVER_CAP) if cap is not None else (approved, "approved", OVER_APPROVED)
        if limit is not None:
            left = f'IF(ISNUMBER({cells[name]}),{cells[name]}-{cells["computed"]},"")'
            difference = _less(limit, computed)
            headroom = Formula(left, "" if difference is None else difference)
            speak = self.book.language
            over = f'"{speak(message)}"'
            if excuse is not None:
                over = f'IF({excuse.text},"{speak(JUSTIFY)}",{over})'
                message = JUSTIFY if excuse.value else message
            text = f'IF(ISNUMBER({cells[name]}),IF({cells["computed"]}>{cells[name]},{over},"{speak(IN_ORDER)}"),"")'
            shown = "" if difference is None else speak(message if difference < 0 else IN_ORDER)
            check = Formula(text, shown)
        self.rows.append(
            SummaryRow(
                label=label,
                computed=computed,
                cap=cap,
                approved=approved,
                headroom=headroom,
                check=check,
                is_total=is_total,
            )
        )

    def _cap(self, category: str) -> Formula | None:
        values = next((found for found in self.book.caps.shares if found.of == category), None)
        if values is None:
            return None
        base = self._base(values)
        rate = Fraction(values.rate.value)
        function = {Rounding.DOWN: "ROUNDDOWN", Rounding.UP: "ROUNDUP", Rounding.HALF_UP: "ROUND"}[values.rounding]
        return Formula(
            f"{function}(({base.text})*{rate.numerator}/{rate.denominator},0)",
            share_cap(int(_number(base)), values),
        )

    def _base(self, values: ShareCap) -> Formula:
        sums = [self._fund_sum(name, Fund.SUBSIDY) for name in values.base]
        return Formula("+".join(found.text for found in sums), _add(*sums))

    def _base_label(self, values: ShareCap) -> Text:
        speak = self.book.language
        titles = (self.book.programme.category(name) for name in values.base)
        return BASE_OF(categories=speak.listed(speak(category.title) for category in titles if category is not None))

    def _approved_amount(self, category: str | None) -> Formula | None:
        for rule in self.book.programme.rules:
            values = rule.values
            is_part = isinstance(values, Allocation) and values.category == category
            if is_part or (category is None and isinstance(values, AllocationTotal)):
                return self._of_county(values.table, values.column)
        return None

    def _of_county(self, table: str, column: str) -> Formula:
        """A value of the row of the county on the cover."""
        county = self.book.draft.county if self.book.draft else None
        row = self.book.tables[table].find(county=county)
        prefix = table.partition("/")[2]
        named = code_of("county", self.book.layout.cover("county"))
        text = f'IFERROR(INDEX(gc_{prefix}_{column},MATCH({named},gc_{prefix}_county,0)),"")'
        return Formula(text, "" if row is None else int(row[column]))

    def _posts(self) -> None:
        self.rows.append(SummaryRow(label=POSTS()))
        has_table = self.book.lists.has("approved_posts_county")
        columns: Mapping[Role, str] = _APPROVED if has_table else {}
        for role in self.book.programme.roles:
            approved = self._approved_posts(columns[role]) if role in columns else None
            heads = self._heads(f"at_{role.value}")
            excuse = self._excuse(role, heads, approved) if approved is not None else None
            self._bounded(ROLE(role=role), heads, None, approved, excuse=excuse)
        approved = self._approved_posts("posts") if has_table else None
        label = TEAM() if len(self.book.team) < len(self.book.programme.roles) else ALL_POSTS()
        self._bounded(label, self._heads("team"), None, approved, is_total=True)

    def _excuse(self, role: Role, heads: Formula, approved: Formula) -> Formula:
        """When more than the approved number of a role is no error in itself (附件七 註一, 註二)."""
        tables, folder = self.book.tables, self.book.programme.id
        if role is Role.SENIOR_CASE_MANAGER:
            each = int(parameter(tables, "case-managers-per-senior", folder).value)
            managers = [self._heads(f"at_{name.value}") for name in (Role.CASE_MANAGER, Role.SENIOR_CASE_MANAGER)]
            formula = int(sum(map(_number, managers)) // each)
            text = f"{heads.text}<=INT(({'+'.join(found.text for found in managers)})/{each})"
            return Formula(text, int(_number(heads) <= formula))
        if role is Role.PROJECT_MANAGER:
            share = parameter(tables, "project-manager-share", folder).value
            open_posts = int(parameter(tables, "project-managers-below-one", folder).value)
            team = self._heads("team")
            below = f"({team.text})*{share.numerator}/{share.denominator}<1"
            holds = _number(approved) == 0 and _number(team) * share < 1 and _number(heads) <= open_posts
            return Formula(f"AND({approved.text}=0,{below},{heads.text}<={open_posts})", int(holds))
        return Formula("TRUE", 1)

    def _approved_posts(self, column: str) -> Formula:
        return self._of_county(f"{self.book.programme.id}/approved_posts", column)

    def _heads(self, name: str) -> Formula:
        values = [_number(work[name]) for work in self.posts]
        return Formula(f"MAX({self.book.column(Sheet.STAFF, name)})", number(max(values, default=0)))

    def _fund_sum(self, category: str | None, fund: Fund) -> Formula:
        found = self._sum(category, fund, "taken")
        if fund is not Fund.OWN:
            return found
        own_parts = self._own_parts(category)
        return Formula(f"{found.text}+{own_parts.text}", _add(found, own_parts))

    def _sum(self, category: str | None, fund: Fund | None, kind: str) -> Formula:
        """Rows and posts of a category and a fund; of all without either."""
        texts = [self._sum_text(Sheet.BUDGET, kind, category, fund)]
        chosen = [work for work in self.lines if _matches(work, fund, category)]
        total = sum(_number(work[kind]) for work in chosen)
        where = self.book.programme.posts
        for name, of in (("pay", where.pay), ("allowance", where.allowance), ("insurance", where.insurance)):
            if category in {None, of}:
                texts.append(self._sum_text(Sheet.STAFF, f"{kind}_{name}", None, fund))
                total += sum(_number(work[f"{kind}_{name}"]) for work in self.posts if _matches(work, fund, None))
        return Formula("+".join(texts), number(total))

    def _sum_text(self, sheet: Sheet, name: str, category: str | None, fund: Fund | None) -> str:
        column = self.book.column
        tests = "" if category is None else f',{column(sheet, "category")},"{category.replace(chr(34), "?")}"'
        tests += "" if fund is None else f',{column(sheet, "fund")},"{fund.value}"'
        return f"SUMIFS({column(sheet, name)}{tests})" if tests else f"SUM({column(sheet, name)})"

    def _own_parts(self, category: str | None) -> Formula:
        """What the applicant adds to posts from own funds a month, for all months."""
        where = self.book.programme.posts
        names = [
            name for name, of in (("own_pay", where.pay), ("own_insurance", where.insurance)) if category in {None, of}
        ]
        texts = [f"SUM({self.book.column(Sheet.STAFF, name)})" for name in names]
        total = sum(_number(work[name]) for name in names for work in self.posts)
        return Formula("+".join(texts) or "0", number(total))


_APPROVED: Mapping[Role, str] = {
    Role.CASE_MANAGER: "general",
    Role.SENIOR_CASE_MANAGER: "senior",
    Role.SUPERVISOR: "supervisors",
    Role.PROJECT_MANAGER: "project_managers",
}


def _matches(work: Mapping[str, Formula], fund: Fund | None, category: str | None) -> bool:
    right_fund = fund is None or work["fund"].value == fund.value
    return right_fund and (category is None or work["category"].value == category)


def _number(formula: Formula) -> Fraction:
    value = formula.value
    return Fraction(0) if isinstance(value, str) else Fraction(value)  # type: ignore[arg-type]  # dates are never summed


def _add(*formulas: Formula) -> Number:
    return number(sum((_number(formula) for formula in formulas), Fraction(0)))


def _less(limit: Formula, computed: Formula) -> Number | None:
    return None if limit.value == "" else number(_number(limit) - _number(computed))
