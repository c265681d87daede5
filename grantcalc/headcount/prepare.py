"""A scenario made ready: its programme, its prices, and every stint of its staff after all changes.

What the prices take for granted is told by :func:`grantcalc.headcount.assumptions.assumptions_of`.
"""

from __future__ import annotations

from grantcalc.headcount.model import Scenario, Stint
from grantcalc.headcount.pricing import Prices, prices_of
from grantcalc.headcount.team import stints_of
from grantcalc.pay.paytable import PayRow
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme


def prepared(
    scenario: Scenario, library: Library, pay_table: tuple[PayRow, ...] | None = None
) -> tuple[Programme, Prices, tuple[Stint, ...]]:
    """Programme, prices and stints; :class:`~grantcalc.headcount.team.ScenarioError` where a change does not fit."""
    programme = library.programme(scenario.programme)
    prices = prices_of(scenario, programme, library.tables, pay_table)
    return programme, prices, stints_of(scenario, prices)
