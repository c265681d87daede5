"""Two scenarios side by side as plain text: month by month, the year, and what each of them breaks."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.headcount.simulation import Compared
from grantcalc.report.columns import text_table
from grantcalc.report.simulation_compare_rows import (
    FIRST,
    MONEY,
    OF,
    PEOPLE,
    SECOND,
    YEAR,
    both_money,
    both_months,
    both_people,
    both_years,
    named,
)
from grantcalc.report.simulation_run_rows import RULES
from grantcalc.report.simulation_run_text import rule_lines
from grantcalc.report.simulation_words import ASSUMPTIONS, told_assumptions
from grantcalc.report.tabular import section
from grantcalc.text import Language


def compare_lines(found: Compared, speak: Language) -> Iterator[str]:
    """Everything, the assumptions of both first."""
    sides = ((FIRST, found.a), (SECOND, found.b))
    for which, side in sides:
        heading = speak(OF(what=ASSUMPTIONS(), which=named(which, side.scenario)))
        yield from section(heading, told_assumptions(side.assumptions, speak))
    yield from section(speak(PEOPLE), text_table(both_people(found, speak), speak))
    yield from section(speak(MONEY), text_table([both_months(found, speak), *both_money(found, speak)], speak))
    yield from section(speak(YEAR), text_table(both_years(found, speak), speak))
    for which, side in sides:
        yield from section(speak(OF(what=RULES(), which=named(which, side.scenario))), rule_lines(side, speak))
