"""The result of any simulation as one page with pictures: works offline, prints, every picture beside its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grantcalc.headcount.model import Assumption, Scenario
from grantcalc.headcount.results import Fit, Risk, Sweep
from grantcalc.headcount.simulation import Compared, Result, Simulation
from grantcalc.report.html_parts import Section, lines_of
from grantcalc.report.simulation_compare_rows import FIRST, OF, SECOND, named
from grantcalc.report.simulation_heading import HEADINGS, scenario_facts
from grantcalc.report.simulation_html_national import national_sections
from grantcalc.report.simulation_html_risk import risk_sections
from grantcalc.report.simulation_html_run import compare_sections, run_sections
from grantcalc.report.simulation_html_sweep import fit_sections, sweep_sections
from grantcalc.report.simulation_words import ASSUMPTIONS
from grantcalc.text import Language, Message

NAMED = Message("{heading}: {name}")
SHOW = Message("Show all {number} rows")
CONTENTS = Message("Contents")
SKIP = Message("Skip to the results")


def simulation_html(result: Result, scenario: Scenario | None, speak: Language) -> str:
    """A page of its own; ``scenario`` is what the result is a result of."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("grantcalc.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sections = [*_assumptions(result, speak), *_sections(result, scenario, speak)]
    return environment.get_template("simulation.html").render(
        lang="zh-Hant-TW" if speak.is_chinese else "en",
        title=_title(result, scenario, speak),
        heading=list(_heading(result, scenario, speak)),
        sections=[section for section in sections if section.parts],
        show=lambda number: speak(SHOW(number=number)),
        words={"contents": speak(CONTENTS), "skip": speak(SKIP)},
    )


def _title(result: Result, scenario: Scenario | None, speak: Language) -> str:
    heading = HEADINGS[type(result)]
    is_one = not isinstance(result, Compared)
    name = None if scenario is None else (scenario.title if is_one else None) or scenario.county
    return speak(heading) if name is None else speak(NAMED(heading=heading(), name=name))


def _heading(result: Result, scenario: Scenario | None, speak: Language) -> Iterator[tuple[str, str]]:
    if isinstance(result, Compared):
        for which, side in ((FIRST, result.a), (SECOND, result.b)):
            facts = (value for _, value in scenario_facts(side.scenario, speak))
            yield speak(which), speak.listed(facts)
    elif scenario is not None:
        yield from scenario_facts(scenario, speak)


def _assumptions(result: Result, speak: Language) -> Iterator[Section]:
    """What is assumed, before anything that rests on it."""
    if not isinstance(result, Compared):
        yield _assumed(speak(ASSUMPTIONS), result.assumptions, speak)
        return
    for which, side in ((FIRST, result.a), (SECOND, result.b)):
        heading = speak(OF(what=ASSUMPTIONS(), which=named(which, side.scenario)))
        yield _assumed(heading, side.assumptions, speak)


def _assumed(title: str, assumptions: Iterable[Assumption], speak: Language) -> Section:
    known = dict.fromkeys(speak(assumption.text) for assumption in assumptions)
    return Section(title=title, parts=lines_of(known, numbered=True))


def _sections(result: Result, scenario: Scenario | None, speak: Language) -> Iterator[Section]:
    if isinstance(result, Simulation):
        return run_sections(result, speak)
    if isinstance(result, Compared):
        return compare_sections(result, speak)
    if isinstance(result, Sweep):
        return sweep_sections(result, scenario, speak)
    if isinstance(result, Fit):
        return fit_sections(result, speak)
    if isinstance(result, Risk):
        return risk_sections(result, scenario, speak)
    return national_sections(result, speak)
