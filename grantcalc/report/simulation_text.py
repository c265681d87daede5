"""The result of any simulation as plain text for a terminal; the heading first, then what is assumed."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Fit, National, Risk, Sweep
from grantcalc.headcount.simulation import Compared, Result, Simulation
from grantcalc.report.simulation_compare_text import FIRST, SECOND, compare_lines
from grantcalc.report.simulation_national_text import national_lines
from grantcalc.report.simulation_risk_text import risk_lines
from grantcalc.report.simulation_run_text import run_lines
from grantcalc.report.simulation_sweep_text import fit_lines, sweep_lines
from grantcalc.report.tabular import pairs
from grantcalc.text import Language, Message, joined

PROGRAMME = Message("Programme")
COUNTY = Message("County")
TITLE = Message("Title")
PERIOD = Message("Period")
SPAN = Message("{start} to {end}")
NATIONAL = Message("Headcount simulation: all counties under a change")

WIDTH = 80


def simulation_text(result: Result, scenario: Scenario | None, speak: Language, width: int = WIDTH) -> str:
    """All of a result; ``scenario`` is what it is a result of, ``width`` the columns of the terminal."""
    return "\n".join((*_heading(result, scenario, speak), *_lines(result, scenario, speak, width))) + "\n"


def _lines(result: Result, scenario: Scenario | None, speak: Language, width: int) -> Iterator[str]:
    if isinstance(result, Simulation):
        return run_lines(result, speak, width)
    if isinstance(result, Compared):
        return compare_lines(result, speak)
    if isinstance(result, Sweep):
        return sweep_lines(result, scenario, speak)
    if isinstance(result, Fit):
        return fit_lines(result, speak)
    if isinstance(result, Risk):
        return risk_lines(result, scenario, speak)
    return national_lines(result, speak, width)


def _heading(result: Result, scenario: Scenario | None, speak: Language) -> Iterator[str]:
    if isinstance(result, Compared):
        for which, side in ((FIRST, result.a), (SECOND, result.b)):
            yield from pairs([(speak(which), speak(joined(_facts(side.scenario, speak))))], speak)
    elif isinstance(result, National):
        yield speak(NATIONAL)
    elif scenario is not None:
        words = (PROGRAMME, COUNTY, TITLE, PERIOD)
        period = speak(SPAN(start=scenario.period.start, end=scenario.period.end))
        values = (scenario.programme, scenario.county, scenario.title, period)
        yield from pairs(((speak(word), value) for word, value in zip(words, values, strict=True) if value), speak)


def _facts(scenario: Scenario, speak: Language) -> list[str]:
    period = speak(SPAN(start=scenario.period.start, end=scenario.period.end))
    return [fact for fact in (scenario.title, scenario.programme, scenario.county, period) if fact]
