"""What the simulations give: sweeps, risk runs and the national view. Runs are in run.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Role
from grantcalc.finding import Explanation
from grantcalc.headcount.limits import Binding, Judgement
from grantcalc.headcount.model import Assumption
from grantcalc.text import Bilingual, Text


@frozen(kw_only=True)
class Axis:
    """One thing that a sweep varies: a role's headcount, or the first day of an entry of staff or of a role."""

    name: str
    role: Role | None = None
    staff: str | None = None
    counts: tuple[int, ...] = ()
    days: tuple[dt.date, ...] = ()

    @property
    def values(self) -> tuple[int, ...] | tuple[dt.date, ...]:
        """Every value, in order."""
        return self.counts or self.days


@frozen(kw_only=True)
class Combination:
    """One combination of a sweep: a value for every axis, its cost of the year, and every rule's judgement."""

    values: tuple[int | dt.date, ...]
    case_managers: int
    supervisors: int
    cost: int
    judged: tuple[Judgement, ...]
    binding: Binding | None
    cases_each: Fraction | None = None
    """Cases of each case manager at the end of the month that leaves the least room; ``None`` with nobody in post."""

    @property
    def feasible(self) -> bool:
        """Whether no rule binds."""
        return self.binding is None


@frozen(kw_only=True)
class Uncomputable:
    """A varied first day at which a change of the scenario does not fit, and why; added beside ``Sweep.axes``."""

    axis: Axis
    day: dt.date
    reason: Text


@frozen(kw_only=True)
class Sweep:
    """A sweep: how many combinations each rule binds, the best ones, the frontier, and a page of combinations.

    ``frontier`` holds, for each number of case managers, the cheapest feasible team. ``combinations`` is the whole
    sweep where it is small enough to show, else empty; ``map`` tells for the first two axes which rule binds a pair.
    ``unwarned`` is the cheapest feasible team of which no rule warns, the caseload among them. ``axes`` hold only the
    values that were judged: ``uncomputable`` are the other first days, ``untried`` the combinations with any of them,
    which ``total`` does not count.
    """

    axes: tuple[Axis, ...]
    total: int
    feasible: int
    bound: Mapping[Binding, int]
    largest: Combination | None
    cheapest: Combination | None
    frontier: tuple[Combination, ...]
    combinations: tuple[Combination, ...]
    map: tuple[tuple[Binding | None, ...], ...]
    unwarned: Combination | None = None
    uncomputable: tuple[Uncomputable, ...] = ()
    untried: int = 0
    assumptions: tuple[Assumption, ...] = ()


@frozen(kw_only=True)
class Allowed:
    """The most persons of a role whom no rule stops, the others as planned; ``binding`` is what stops one more.

    ``persons`` is ``None`` where a rule stops the team whatever the number. Both numbers are those of the entries of
    staff, hires not among them; ``peak`` is what the ratio is judged by then: the most case managers and supervisors in
    post on any day.
    """

    role: Role
    planned: int
    persons: int | None
    binding: Binding | None
    peak: tuple[int, int] | None = None


@frozen(kw_only=True)
class Fit:
    """What fits the money: the most staff of a role, the start, the highest steps; and the least money needed.

    ``least_money`` is what the team as planned takes. ``start`` is the earliest first day of a month from which all
    newly employed staff fit the money together (the first day of the period where the team fits as planned); ``None``
    where no month of the period is late enough. Without a budget there is only the least money, and ``allowed``.
    """

    budget: int | None
    least_money: int
    most: tuple[tuple[Role, int, int], ...]
    """Role, the most persons that the money pays, and what the year then costs; not where the others cost too much."""
    start: dt.date | None
    start_cost: int | None
    steps: tuple[tuple[str, int, int], ...]
    """Entry of staff, the highest step (or points) that fits, and what the year then costs."""
    allowed: tuple[Allowed, ...] = ()
    """Added beside ``most``: what the money pays may still be more than posts and ratio allow."""
    hires: bool = False
    """Whether anybody is hired among the changes: the numbers of persons are then those without them."""
    assumptions: tuple[Assumption, ...] = ()


@frozen(kw_only=True)
class Percentiles:
    """Values at the percentiles of a distribution, by percentile."""

    values: Mapping[int, int]


@frozen(kw_only=True)
class Risk:
    """A risk run: percentiles of the year's cost, of unspent money, of months with a broken rule, and by month."""

    draws: int
    seed: int
    budget: int | None
    cost: Percentiles
    unspent: Percentiles | None
    broken_months: Mapping[Binding, Percentiles]
    """Months in which a rule is not kept: broken, or only warned of."""
    by_month: tuple[Percentiles, ...]
    """Cumulative cost after each month."""
    unspent_by_month: tuple[Percentiles, ...]
    """What is unspent of an even plan of the budget until the end of each month; empty without a budget."""
    over_budget: Fraction | None
    """Share of the draws that cost more than the budget."""
    retention: Mapping[int, Percentiles]
    """By months of service (12, 18): percent of the case managers and supervisors in post at the end."""
    assumptions: tuple[Assumption, ...] = ()


@frozen(kw_only=True)
class Posts:
    """The posts of a county by role; senior case managers are among the case managers."""

    case_managers: int
    senior: int
    supervisors: int
    project_managers: int

    @property
    def total(self) -> int:
        """All posts that the personnel money pays, project managers among them."""
        return self.case_managers + self.supervisors + self.project_managers


@frozen(kw_only=True)
class CountyChange:
    """One county, or the sum of several: approved, by the formula as it stands, and by the changed one.

    ``formula_money`` is what the posts of the formula as it stands take, ``needed_money`` what those of the changed
    formula take. ``explanation`` is the arithmetic of ``needed_money``; a sum has none.
    """

    county: Bilingual
    cases: Fraction
    changed_cases: Fraction
    approved: Posts
    formula: Posts
    changed: Posts
    approved_money: int
    formula_money: int
    needed_money: int
    explanation: Explanation | None = None

    @property
    def approved_posts(self) -> int:
        """Approved posts, project managers among them."""
        return self.approved.total

    @property
    def formula_posts(self) -> int:
        """Posts by the formula as it stands."""
        return self.formula.total

    @property
    def changed_posts(self) -> int:
        """Posts by the changed formula."""
        return self.changed.total

    @property
    def gained(self) -> int:
        """Posts more (or fewer) than the formula gives without the change."""
        return self.changed_posts - self.formula_posts

    @property
    def money_gained(self) -> int:
        """Money more (or less) than the formula's posts take without the change."""
        return self.needed_money - self.formula_money

    @property
    def balance(self) -> int:
        """Approved money less what the changed posts take; negative where it does not suffice."""
        return self.approved_money - self.needed_money


@frozen(kw_only=True)
class National:
    """The counties under a change: who gains most posts first, then most money; and the sums of those listed."""

    changes: tuple[Text, ...]
    """What is changed, in words; nothing where nothing is."""
    counties: tuple[CountyChange, ...]
    total: CountyChange
    assumptions: tuple[Assumption, ...] = ()
