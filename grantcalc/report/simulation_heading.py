"""What stands above a simulation in every form: what it is, and which scenario it is a result of."""

from __future__ import annotations

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Fit, National, Risk, Sweep
from grantcalc.headcount.simulation import Compared, Result, Simulation
from grantcalc.text import Language, Message

PROGRAMME = Message("Programme")
COUNTY = Message("County")
TITLE = Message("Title")
PERIOD = Message("Period")
SPAN = Message("{start} to {end}")

HEADINGS: dict[type[Result], Message] = {
    Simulation: Message("Headcount simulation, month by month"),
    Compared: Message("Headcount simulation: two scenarios side by side"),
    Sweep: Message("Headcount simulation: every combination"),
    Fit: Message("Headcount simulation: what the money fits"),
    Risk: Message("Headcount simulation: years drawn at random"),
    National: Message("Headcount simulation: all counties under a change"),
}


def scenario_facts(scenario: Scenario, speak: Language) -> list[tuple[str, str]]:
    """Its title, programme, county and period, those that are stated."""
    period = speak(SPAN(start=scenario.period.start, end=scenario.period.end))
    known = ((TITLE, scenario.title), (PROGRAMME, scenario.programme), (COUNTY, scenario.county), (PERIOD, period))
    return [(speak(word), value) for word, value in known if value]
