"""Risk runs as plain text: percentiles of the year, of broken rules and of the months."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Risk
from grantcalc.report.columns import fact_texts, text_table
from grantcalc.report.simulation_risk_rows import (
    BROKEN,
    CUMULATIVE,
    DRAWN,
    PERCENTILES,
    RETENTION,
    UNSPENT_MONTHS,
    broken,
    by_month,
    drawn,
    month_names,
    served,
    year,
)
from grantcalc.report.simulation_words import ASSUMPTIONS, told_assumptions
from grantcalc.report.tabular import pairs, section
from grantcalc.text import Language


def risk_lines(found: Risk, scenario: Scenario | None, speak: Language) -> Iterator[str]:
    """Assumptions, the year, broken rules, retention, and the months."""
    yield from section(speak(ASSUMPTIONS), told_assumptions(found.assumptions, speak))
    yield from section(speak(DRAWN), pairs(fact_texts(drawn(found, speak), speak), speak))
    names = month_names(found, scenario, speak)
    for title, columns in (
        (PERCENTILES, year(found, speak)),
        (BROKEN, broken(found, speak)),
        (RETENTION, served(found, speak)),
        (CUMULATIVE, by_month(names, found.by_month, speak)),
        (UNSPENT_MONTHS, by_month(names, found.unspent_by_month, speak)),
    ):
        yield from section(speak(title), text_table(columns, speak))
