"""A scenario simulated: the run, every rule in every month, retention, turnover, and what is assumed."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from grantcalc.headcount.assumptions import assumptions_of
from grantcalc.headcount.limits import Limits, State, limits_of
from grantcalc.headcount.model import Assumption, Scenario
from grantcalc.headcount.prepare import prepared
from grantcalc.headcount.results import Fit, National, Risk, Sweep
from grantcalc.headcount.retention import Indicator, retention
from grantcalc.headcount.run import MonthRow, Run, run
from grantcalc.headcount.supplementary import supplementary
from grantcalc.headcount.turnover import Turnover, turnover
from grantcalc.headcount.verdicts import RuleMonths, verdicts
from grantcalc.pay.paytable import PayRow
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme


@frozen(kw_only=True)
class Simulation:
    """All that ``simulate run`` says of one scenario."""

    scenario: Scenario
    programme: Programme
    limits: Limits
    run: Run
    rules: tuple[RuleMonths, ...]
    retention: tuple[Indicator, ...]
    turnover: Turnover
    assumptions: tuple[Assumption, ...]

    @property
    def broken(self) -> bool:
        """Whether any rule is broken in any month."""
        return any(rule.state is State.BROKEN for rule in self.rules)


@frozen(kw_only=True)
class MonthPair:
    """One month of two scenarios; ``None`` where a scenario's period does not reach."""

    month: dt.date
    a: MonthRow | None
    b: MonthRow | None

    @property
    def difference(self) -> int:
        """What the second costs the subsidy more in this month."""
        return (self.b.subsidised if self.b else 0) - (self.a.subsidised if self.a else 0)


@frozen(kw_only=True)
class Compared:
    """Two scenarios side by side; differences are the second's less the first's."""

    a: Simulation
    b: Simulation

    @property
    def months(self) -> tuple[MonthPair, ...]:
        """Every month of either."""
        rows = [{row.month: row for row in side.run.months} for side in (self.a, self.b)]
        return tuple(
            MonthPair(month=month, a=rows[0].get(month), b=rows[1].get(month)) for month in sorted({*rows[0], *rows[1]})
        )

    @property
    def difference(self) -> int:
        """What the second costs the subsidy more in the year."""
        return self.b.run.subsidised - self.a.run.subsidised

    @property
    def broken(self) -> bool:
        """Whether either breaks a rule."""
        return self.a.broken or self.b.broken


Result = Simulation | Compared | Sweep | Fit | Risk | National
"""Everything that the commands of ``simulate`` print."""


def simulate(scenario: Scenario, library: Library, pay_table: tuple[PayRow, ...] | None = None) -> Simulation:
    """Work a scenario out; :class:`~grantcalc.headcount.team.ScenarioError` where it contradicts itself."""
    programme, prices, stints = prepared(scenario, library, pay_table)
    limits = limits_of(programme, scenario.county, library.tables, scenario.budget)
    found = run(scenario, stints, programme.bonus)
    return Simulation(
        scenario=scenario,
        programme=programme,
        limits=limits,
        run=found,
        rules=verdicts(found, scenario.period, programme, limits, library.tables),
        retention=retention(scenario, stints, programme, library.tables),
        turnover=turnover(found, scenario.period, programme.bonus),
        assumptions=(
            *assumptions_of(scenario, prices, stints),
            *supplementary(scenario, stints, prices),
        ),
    )
