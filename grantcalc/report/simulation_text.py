"""The result of any simulation as plain text for a terminal; the heading first, then what is assumed."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Fit, National, Risk, Sweep
from grantcalc.headcount.simulation import Compared, Result, Simulation
from grantcalc.report.simulation_compare_rows import FIRST, SECOND
from grantcalc.report.simulation_compare_text import compare_lines
from grantcalc.report.simulation_heading import HEADINGS, scenario_facts
from grantcalc.report.simulation_national_text import national_lines
from grantcalc.report.simulation_risk_text import risk_lines
from grantcalc.report.simulation_run_text import run_lines
from grantcalc.report.simulation_sweep_text import fit_lines, sweep_lines
from grantcalc.report.tabular import pairs
from grantcalc.text import Language

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
            facts = (value for _, value in scenario_facts(side.scenario, speak))
            yield from pairs([(speak(which), speak.listed(facts))], speak)
    elif isinstance(result, National):
        yield speak(HEADINGS[National])
    elif scenario is not None:
        yield from pairs(scenario_facts(scenario, speak), speak)
