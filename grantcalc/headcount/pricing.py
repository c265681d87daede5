"""The monthly pay of an entry of staff: stated, by a scale, by a supplied table, or implied (試算薪資)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from attrs import Factory, evolve, field, frozen

from grantcalc.draft.model import Role
from grantcalc.finding import Explanation, Operation
from grantcalc.headcount.ladder import Ladder, Rung, ladder_in, ladder_of, lowest_degree
from grantcalc.headcount.model import Basis, Pay, PaySource, Scenario
from grantcalc.money import whole
from grantcalc.pay.insurance import InsuranceCost
from grantcalc.pay.paytable import PayRow
from grantcalc.pay.quote import Asked, Scales, has_points, prints_pay, quote
from grantcalc.rules.kinds.allocation import Allocation
from grantcalc.rules.payscales import scales_of
from grantcalc.rules.programme import Programme
from grantcalc.staffing import Approved, approved_posts
from grantcalc.tabledata import Tables
from grantcalc.text import Message
from grantcalc.units import Unit

IMPLIED = Message("implied average pay: approved personnel money ÷ approved posts ÷ months of pay")
PERSONNEL = Message("approved personnel money of {county}")
POSTS = Message("approved posts, project managers among them")
MONTHS_OF_PAY = Message("months of pay a year, bonus included")
MONTHS_CAP = "common/fee_parameters"


@frozen(kw_only=True)
class Prices:
    """What prices of one scenario are worked out from; ``table`` is a supplied pay table."""

    programme: Programme
    tables: Tables
    table: tuple[PayRow, ...] | None = None
    implied: Explanation | None = None
    stated: Mapping[Role, Basis] = Factory(dict)
    premiums: dict[tuple[object, ...], int] = field(init=False, repr=False, eq=False, factory=dict)
    """Insurance that was worked out already; for :mod:`grantcalc.headcount.team` alone."""
    costs: dict[int, InsuranceCost | None] = field(init=False, repr=False, eq=False, factory=dict)
    """All premiums of a pay that were worked out already; for :mod:`grantcalc.headcount.insured` alone."""
    _known: dict[Role, Scales] = field(init=False, repr=False, eq=False, factory=dict)

    def of(self, role: Role, basis: Basis, day: dt.date) -> Pay:
        """The monthly pay of a person; :class:`QuoteError` says what is missing.

        What the entry states goes before what is stated for the whole role; a pay stated for the role goes before a
        scale only for those whose entry says nothing that a scale asks for.
        """
        own = self.amount(role, basis)
        if isinstance(own, tuple):
            return Pay(low=own[0], high=own[1], source=PaySource.RANGE)
        if own is not None:
            return Pay(low=own, high=own, source=PaySource.STATED)
        return self._quoted(role, basis.over(self.stated.get(role)), day)

    def amount(self, role: Role, basis: Basis) -> int | tuple[int, int] | None:
        """The pay or range that is stated for a person or the role; ``None`` where a scale decides."""
        by_role = self.stated.get(role)
        if basis.monthly is not None or by_role is None:
            return basis.monthly
        return by_role.monthly if basis.is_empty or not self.is_on_scale(role) else None

    def is_on_scale(self, role: Role) -> bool:
        """Whether the programme's document or the supplied pay table says what the role is paid."""
        return self.is_printed(role) or self._is_supplied(role)

    def is_printed(self, role: Role) -> bool:
        """Whether the programme's own document says what the role is paid."""
        return prints_pay(self._scales(role), role, self.tables)

    def ladder(self, role: Role, basis: Basis) -> Ladder | None:
        """The steps or points on which this person rises; ``None`` for a stated pay and where there are none."""
        if self.amount(role, basis) is not None:
            return None
        education = basis.over(self.stated.get(role)).education
        if self.is_printed(role):
            return ladder_of(self._scales(role), role, education, self.tables)
        return ladder_in(self.table or (), role, education)

    def lowest(self, role: Role, basis: Basis) -> Basis:
        """Where a replacement starts: at the lowest step or points of its own; a stated pay is taken over."""
        ladder = self.ladder(role, basis)
        return basis if ladder is None else at(basis, ladder, ladder.values[0])

    def risen(self, role: Role, basis: Basis) -> Basis | None:
        """One step higher; at the top unchanged, ``None`` where there are no steps."""
        ladder = self.ladder(role, basis)
        if ladder is None:
            return None
        now = ladder.of(basis.over(self.stated.get(role)))
        return at(basis, ladder, ladder.after(ladder.values[0] if now is None else now))

    def _scales(self, role: Role) -> Scales:
        if role not in self._known:
            self._known[role] = scales_of(self.programme, role, self.tables)
        return self._known[role]

    def _is_supplied(self, role: Role) -> bool:
        return any(row["role"] == role.value for row in self.table or ())

    def _quoted(self, role: Role, basis: Basis, day: dt.date) -> Pay:
        is_printed = self.is_printed(role)
        if not is_printed and not self._is_supplied(role) and self.implied is not None:
            amount = int(self.implied.value)
            return Pay(low=amount, high=amount, source=PaySource.IMPLIED, explanation=self.implied)
        asked = Asked(
            role=role,
            day=day,
            education=basis.education,
            licences=basis.licences,
            risk=basis.risk,
            step=basis.step,
            points=basis.points,
            pay_table=self.table,
        )
        if is_printed:
            asked = self._lowest_points(asked)
        elif basis.step is None:
            ladder = ladder_in(self.table or (), role, basis.education)
            asked = asked if ladder is None else evolve(asked, step=ladder.values[0])
        found = quote(self._scales(role), asked, self.tables)
        source = PaySource.SCALE if is_printed else PaySource.TABLE
        return Pay(low=found.monthly, high=found.monthly, source=source, explanation=found.explanation)

    def _lowest_points(self, asked: Asked) -> Asked:
        """Somebody paid by points of whom nothing is known stands at the lowest of the lowest degree."""
        scales = self._scales(asked.role)
        if asked.points is not None or asked.education is not None or not has_points(scales, asked.role, self.tables):
            return asked
        return evolve(asked, education=lowest_degree(scales, self.tables))


def at(basis: Basis, ladder: Ladder, value: int) -> Basis:
    """The basis at that step, or with these points."""
    return evolve(basis, step=value) if ladder.rung is Rung.STEP else evolve(basis, points=value)


def prices_of(
    scenario: Scenario, programme: Programme, tables: Tables, table: tuple[PayRow, ...] | None = None
) -> Prices:
    """The prices of a scenario."""
    return Prices(
        programme=programme,
        tables=tables,
        table=table,
        implied=implied_pay(programme, scenario.county, tables),
        stated=dict(scenario.pay),
    )


def personnel_money(programme: Programme, county: str | None, tables: Tables) -> int | None:
    """The approved money for posts of a county (核定人事費); ``None`` where the programme approves none."""
    for rule in programme.rules:
        values = rule.values
        if isinstance(values, Allocation) and values.category == programme.posts.pay:
            row = tables[values.table].find(county=county)
            return None if row is None else int(row[values.column])
    return None


def approved_of(programme: Programme, county: str | None, tables: Tables) -> Approved | None:
    """The approved posts of a county, where the programme has such a table."""
    known = any(info.id == f"{programme.document}/approved_posts" for info in tables.infos())
    return approved_posts(county, tables, programme.document) if known else None


def implied_pay(programme: Programme, county: str | None, tables: Tables) -> Explanation | None:
    """What a post may cost a month on average if the approved money pays the approved posts for a whole year."""
    money, posts = personnel_money(programme, county, tables), approved_of(programme, county, tables)
    if money is None or posts is None:
        return None
    people = posts.posts + posts.project_managers
    months = tables[MONTHS_CAP].row(key="pay-months-cap")["value"]
    return Explanation(
        label=IMPLIED,
        value=whole(Fraction(money) / people / Fraction(months)),
        unit=Unit.DOLLAR,
        operation=Operation.QUOTIENT,
        inputs=(
            Explanation(label=PERSONNEL(county=county or ""), value=money, unit=Unit.DOLLAR),
            Explanation(label=POSTS, value=people, unit=Unit.POST, origin=posts.citation),
            Explanation(label=MONTHS_OF_PAY, value=months, unit=Unit.MONTH),
        ),
        rounding="half-up",
    )
