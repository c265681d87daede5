"""The rows of 總表: totals by category and fund, caps, approved amounts and posts, headroom, verdicts.

Every total is made of recomputed amounts, as the bases of the checks are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import Factory, define, frozen

from grantcalc.draft.fields import GRAND_TOTAL, HEADCOUNTS
from grantcalc.draft.model import Fund, Role
from grantcalc.money import Number, number
from grantcalc.rules.kinds.allocation import Allocation
from grantcalc.rules.kinds.allocation_total import AllocationTotal
from grantcalc.rules.kinds.principle_amount import PrincipleAmount
from grantcalc.staffing import parameter
from grantcalc.text import Message, Text, Value
from grantcalc.workbook.book import Book, Formula, code_of
from grantcalc.workbook.layout import SUMMARY_COLUMNS, Refs, letters
from grantcalc.workbook.sharecaps import Shares
from grantcalc.workbook.totals import Totals, add, as_number

ALL_FUNDS = Message("All funds, by category")
SUBSIDY = Message("Subsidy applied for, by category")
OWN = Message("Own funds, by category")
OTHER = Message("Other sources, by category")
POSTS = Message("Subsidised posts (persons on the day with the most)")
OF_FUND = Message("{fund}: {category}")
TOTAL_OF = Message("{fund}: total")
ROLE = Message("Posts: {role}")
OVER_CAP = Message("above the cap")
OVER_APPROVED = Message("above the approved number")
NOT_THE_SUM = Message("stated total is not the sum of its rows")
IN_PRINCIPLE = Message("above the principle amount; justify")
JUSTIFY = Message("above the approved number; justify")
IN_ORDER = Message("in order")

LETTERS = {name: letters(index) for index, (name, _) in enumerate(SUMMARY_COLUMNS)}


@frozen(kw_only=True)
class SummaryRow:
    """One row: a heading where it has no computed value."""

    label: Value
    computed: Formula | Number | None = None
    stated: Number | None = None
    takes_stated: bool = False
    cap: Formula | None = None
    approved: Formula | None = None
    headroom: Formula | None = None
    check: Formula | None = None
    is_total: bool = False
    in_principle: bool = False
    """Whether more than the cap is to be justified, and no error."""


@define
class Summary:
    """Builds the rows one below the other."""

    book: Book
    totals: Totals
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
        given = self.book.draft.totals if self.book.draft else None
        stated = dict(given.categories) if given else {}
        for category in self.book.programme.categories:
            self._stated(category.title, category.name, stated.pop(category.name, None))
        for name, amount in stated.items():
            self._stated(name, name, amount)
        self._stated(GRAND_TOTAL, None, given.grand if given else None)

    def _stated(self, label: Value, category: str | None, stated: Number | None) -> None:
        cells = self._next
        own_parts = self.totals.own_parts(category)
        taken = self.totals.of(category, None, "taken")
        known = self.totals.of(category, None, "known")
        total = add(taken, own_parts)
        is_known = category is None or self.book.programme.category(category) is not None
        computed = Formula(f"{taken.text}+{own_parts.text}", total) if is_known else total
        accepted = {total, taken.value, known.value, add(known, own_parts)}
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
            computed = self.totals.of_fund(category.name, fund)
            label = OF_FUND(fund=fund, category=category.title)
            if fund is Fund.SUBSIDY:
                self._bounded(
                    label, computed, self._shares.of_category(category.name), self._approved_amount(category.name)
                )
            else:
                self.rows.append(SummaryRow(label=label, computed=computed))
        computed = self.totals.of_fund(None, fund)
        label = TOTAL_OF(fund=fund)
        if fund is not Fund.SUBSIDY:
            self._bounded(label, computed, None, None, is_total=True)
            return
        self._bounded(label, computed, self._principle(), self._approved_amount(None), over=IN_PRINCIPLE, is_total=True)
        self._limited_sums()

    def _limited_sums(self) -> None:
        """Bases of the shares, and what is limited together without being a whole category with its own row."""
        for values in self.book.caps.shares:
            self.rows.append(SummaryRow(label=self._shares.label(values), computed=self._shares.base(values)))
            if values.items:
                self._of_items(values.items, self._shares.capped(values), self._shares.cap(values))
        for code, most in self.book.caps.totals.items():
            self._of_items((code,), self.book.programme.items[code].name, Formula.constant(most))

    def _of_items(self, codes: Sequence[str], name: Value, cap: Formula) -> None:
        label = OF_FUND(fund=Fund.SUBSIDY, category=name)
        self._bounded(label, self.totals.of_items(codes, Fund.SUBSIDY), cap, None)

    @property
    def _shares(self) -> Shares:
        return Shares(book=self.book, totals=self.totals)

    def _principle(self) -> Formula | None:
        """The amount that is granted in principle, for all that the subsidy pays."""
        tables, programme = self.book.tables, self.book.programme
        for rule in programme.rules:
            values = rule.values
            if isinstance(values, PrincipleAmount):
                return Formula.constant(tables[values.table].row(programme=programme.id)[values.column])
        return None

    def _bounded(
        self,
        label: Value,
        computed: Formula,
        cap: Formula | None,
        approved: Formula | None,
        *,
        over: Message = OVER_CAP,
        is_total: bool = False,
        excuse: Formula | None = None,
    ) -> None:
        """A row with its cap or its approved amount, what is left of it, and whether it is passed.

        ``over`` says that the cap is passed. Where ``excuse`` holds, more than approved is to be justified; it is no
        error.
        """
        cells = self._next
        headroom = check = None
        limit, name, message = (cap, "cap", over) if cap is not None else (approved, "approved", OVER_APPROVED)
        if limit is not None:
            left = f'IF(ISNUMBER({cells[name]}),{cells[name]}-{cells["computed"]},"")'
            difference = _less(limit, computed)
            headroom = Formula(left, "" if difference is None else difference)
            speak = self.book.language
            passed = f'"{speak(message)}"'
            if excuse is not None:
                passed = f'IF({excuse.text},"{speak(JUSTIFY)}",{passed})'
                message = JUSTIFY if excuse.value else message
            text = f'IF(ISNUMBER({cells[name]}),IF({cells["computed"]}>{cells[name]},{passed},"{speak(IN_ORDER)}"),"")'
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
                in_principle=cap is not None and over is IN_PRINCIPLE,
            )
        )

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
            heads = self.totals.heads(f"at_{role.value}")
            excuse = self._excuse(role, heads, approved) if approved is not None else None
            self._bounded(ROLE(role=role), heads, None, approved, excuse=excuse)
        approved = self._approved_posts("posts") if has_table else None
        label = HEADCOUNTS[0 if len(self.book.team) < len(self.book.programme.roles) else 1]
        self._bounded(label, self.totals.heads("team"), None, approved, is_total=True)

    def _excuse(self, role: Role, heads: Formula, approved: Formula) -> Formula:
        """When more than the approved number of a role is no error in itself (附件七 註一, 註二)."""
        tables, folder = self.book.tables, self.book.programme.document
        if role is Role.SENIOR_CASE_MANAGER:
            each = int(parameter(tables, "case-managers-per-senior", folder).value)
            managers = [self.totals.heads(f"at_{name.value}") for name in (Role.CASE_MANAGER, Role.SENIOR_CASE_MANAGER)]
            formula = int(sum(map(as_number, managers)) // each)
            text = f"{heads.text}<=INT(({'+'.join(found.text for found in managers)})/{each})"
            return Formula(text, int(as_number(heads) <= formula))
        if role is Role.PROJECT_MANAGER:
            share = parameter(tables, "project-manager-share", folder).value
            open_posts = int(parameter(tables, "project-managers-below-one", folder).value)
            team = self.totals.heads("team")
            below = f"({team.text})*{share.numerator}/{share.denominator}<1"
            holds = as_number(approved) == 0 and as_number(team) * share < 1 and as_number(heads) <= open_posts
            return Formula(f"AND({approved.text}=0,{below},{heads.text}<={open_posts})", int(holds))
        return Formula("TRUE", 1)

    def _approved_posts(self, column: str) -> Formula:
        return self._of_county(f"{self.book.programme.document}/approved_posts", column)


_APPROVED: Mapping[Role, str] = {
    Role.CASE_MANAGER: "general",
    Role.SENIOR_CASE_MANAGER: "senior",
    Role.SUPERVISOR: "supervisors",
    Role.PROJECT_MANAGER: "project_managers",
}


def _less(limit: Formula, computed: Formula) -> Number | None:
    return None if limit.value == "" else number(as_number(limit) - as_number(computed))
