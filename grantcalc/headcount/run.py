"""The reference simulation: every month of the year, added up person by person (逐月試算).

A month's pay is that of pay/months.py, which the checks and ``grantcalc pay`` use, too. The vectorised arithmetic of
sweeps and risk runs is tested equal to this one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from attrs import Factory, evolve, frozen

from grantcalc import roc
from grantcalc.draft.model import Period, Role
from grantcalc.headcount.model import Insured, Pay, Scenario, Stint
from grantcalc.money import Number, whole
from grantcalc.pay.months import BonusRule, months_of
from grantcalc.rules.headcounts import CASE_MANAGERS


@frozen(kw_only=True)
class MonthCost:
    """The dollars of one month, of one stint or of all: pay, bonus in the month it is paid, allowance, insurance.

    ``own`` is what own funds add to subsidised posts (自籌), bonus and insurance in it.
    """

    pay: int = 0
    bonus: int = 0
    allowance: int = 0
    insurance: int = 0
    own: int = 0

    def plus(self, other: MonthCost) -> MonthCost:
        """Both together."""
        return MonthCost(
            pay=self.pay + other.pay,
            bonus=self.bonus + other.bonus,
            allowance=self.allowance + other.allowance,
            insurance=self.insurance + other.insurance,
            own=self.own + other.own,
        )


@frozen(kw_only=True)
class MonthRow:
    """One month of the team. ``heads`` are persons in post on its last day, by role.

    ``subsidised`` is what the subsidy pays (the insurance only where it bears it); ``left`` the budget that remains.
    """

    month: dt.date
    heads: Mapping[Role, int]
    cost: MonthCost
    subsidised: int
    cumulative: int
    left: int | None
    cases: Number | None

    @property
    def case_managers(self) -> int:
        """Case managers in post, senior ones among them."""
        return sum(count for role, count in self.heads.items() if role in CASE_MANAGERS)

    @property
    def supervisors(self) -> int:
        """Supervisors in post."""
        return self.heads.get(Role.SUPERVISOR, 0)

    @property
    def ratio(self) -> Fraction | None:
        """Case managers for each supervisor."""
        return Fraction(self.case_managers, self.supervisors) if self.supervisors else None

    @property
    def cases_each(self) -> Fraction | None:
        """Open cases of each case manager."""
        return None if self.cases is None or not self.case_managers else Fraction(self.cases) / self.case_managers


@frozen(kw_only=True)
class Run:
    """A scenario worked out: stints, months, and the year in all. ``low`` and ``high`` are for ranges of pay."""

    stints: tuple[Stint, ...]
    months: tuple[MonthRow, ...]
    total: MonthCost
    subsidised: int
    low: int
    high: int
    budget: int | None
    by_stint: tuple[MonthCost, ...] = Factory(tuple)

    @property
    def left(self) -> int | None:
        """The budget left at the end of the year; negative where it does not suffice."""
        return None if self.budget is None else self.budget - self.subsidised


def stint_months(stint: Stint, bonus: BonusRule, bonus_month: int) -> dict[dt.date, MonthCost]:
    """The cost of every month of one stint, all its persons together, by the month's first day."""
    monthly, count = stint.pay.middle, stint.count
    found: dict[dt.date, MonthCost] = {}
    added = months_of(stint.own_pay, stint.start, stint.end) if stint.own_pay else ()
    for index, month in enumerate(months_of(monthly, stint.start, stint.end)):
        first = month.start.replace(day=1)
        insured = count if stint.insures(first) else 0
        found[first] = MonthCost(
            pay=month.amount * count,
            allowance=stint.allowance * insured,
            insurance=stint.insurance * insured,
            own=(added[index].amount * count if added else 0) + stint.own_insurance * insured,
        )
    extra = MonthCost(bonus=bonus_of(stint, monthly, bonus) * count, own=bonus_of(stint, stint.own_pay, bonus) * count)
    if extra != MonthCost():
        paid = dt.date(stint.start.year, bonus_month, 1)
        found[paid] = found.get(paid, MonthCost()).plus(extra)
    return found


def bonus_of(stint: Stint, monthly: int, bonus: BonusRule) -> int:
    """The year-end bonus of one person of a stint: it belongs to the pay in force on the day that decides it.

    Whose post is paid from after that day earns it by the first pay, if hired before.
    """
    if not stint.bonus or not decides(stint, bonus):
        return 0
    return whole(Fraction(monthly) * bonus.earned(stint.first, stint.last, stint.start.year))


def decides(stint: Stint, bonus: BonusRule) -> bool:
    """Whether the bonus of an employment goes by this one of its stints; one that ends before the day earns none."""
    day = dt.date(stint.start.year, *bonus.still_on)
    return stint.start <= day <= stint.end or (stint.start > day and not stint.follows) or stint.end == stint.last < day


def run(scenario: Scenario, stints: Iterable[Stint], bonus: BonusRule) -> Run:
    """Work out every month of a scenario's stints."""
    known = tuple(stints)
    costs = _costs(scenario, known, bonus)
    rows: list[MonthRow] = []
    cumulative = 0
    for index, (month, last) in enumerate(_months(scenario.period)):
        cost = _sum(found[month] for found in costs if month in found)
        subsidised = subsidised_part(cost, scenario.insured)
        cumulative += subsidised
        rows.append(
            MonthRow(
                month=month,
                heads=_heads(known, last),
                cost=cost,
                subsidised=subsidised,
                cumulative=cumulative,
                left=None if scenario.budget is None else scenario.budget - cumulative,
                cases=None if scenario.cases is None else scenario.cases[index],
            )
        )
    low, high = (_year(scenario, known, bonus, which) for which in (_low, _high))
    return Run(
        stints=known,
        months=tuple(rows),
        total=_sum(row.cost for row in rows),
        subsidised=cumulative,
        low=cumulative + low,
        high=cumulative + high,
        budget=scenario.budget,
        by_stint=tuple(_sum(found.values()) for found in costs),
    )


def year_cost(scenario: Scenario, stints: Iterable[Stint], bonus: BonusRule) -> int:
    """What :func:`run` says the subsidy pays in the year, without the table of months."""
    costs = _costs(scenario, stints, bonus)
    return sum(subsidised_part(cost, scenario.insured) for found in costs for cost in found.values())


def _costs(scenario: Scenario, stints: Iterable[Stint], bonus: BonusRule) -> list[dict[dt.date, MonthCost]]:
    """The months of every stint inside the period: a bonus that is paid outside it belongs to no amount of a run."""
    months = {month for month, _ in _months(scenario.period)}
    found = (stint_months(stint, bonus, scenario.bonus_month) for stint in stints)
    return [{month: cost for month, cost in known.items() if month in months} for known in found]


def _low(pay: Pay) -> int:
    return pay.low


def _high(pay: Pay) -> int:
    return pay.high


def _year(scenario: Scenario, stints: tuple[Stint, ...], bonus: BonusRule, which: Callable[[Pay], int]) -> int:
    """How much more the year costs where every range of pay is at this end of it."""
    ranges = [stint for stint in stints if stint.pay.low != stint.pay.high]
    at_end = (evolve(stint, pay=evolve(stint.pay, low=which(stint.pay), high=which(stint.pay))) for stint in ranges)
    return year_cost(scenario, at_end, bonus) - year_cost(scenario, ranges, bonus)


def _sum(costs: Iterable[MonthCost]) -> MonthCost:
    known = tuple(costs)
    return MonthCost(
        pay=sum(cost.pay for cost in known),
        bonus=sum(cost.bonus for cost in known),
        allowance=sum(cost.allowance for cost in known),
        insurance=sum(cost.insurance for cost in known),
        own=sum(cost.own for cost in known),
    )


def subsidised_part(cost: MonthCost, insured: Insured) -> int:
    """What the subsidy pays of a cost: the insurance only where it bears it."""
    paid = cost.pay + cost.bonus + cost.allowance
    return paid + cost.insurance if insured is Insured.SUBSIDY else paid


def _months(period: Period) -> list[tuple[dt.date, dt.date]]:
    """First day of each calendar month of a period, and its last day inside it."""
    return [(first.replace(day=1), last) for first, last in roc.month_spans(period.start, period.end)]


def _heads(stints: tuple[Stint, ...], day: dt.date) -> dict[Role, int]:
    heads: dict[Role, int] = {}
    for stint in stints:
        if stint.start <= day <= stint.end:
            heads[stint.role] = heads.get(stint.role, 0) + stint.count
    return heads
