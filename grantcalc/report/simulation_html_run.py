"""The page of a simulated scenario, and of two side by side."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.headcount.simulation import Compared, Simulation
from grantcalc.report.html_parts import Part, Section, drawings, lines_of, page_facts, page_table
from grantcalc.report.pictures_compare import compare_pictures
from grantcalc.report.pictures_run import run_pictures
from grantcalc.report.simulation_compare_rows import (
    FIRST,
    MONEY,
    OF,
    PEOPLE,
    SECOND,
    both_money,
    both_months,
    both_people,
    both_years,
    named,
)
from grantcalc.report.simulation_compare_rows import YEAR as YEARS
from grantcalc.report.simulation_run_rows import (
    BONUSES,
    ENTRIES,
    MONTHS,
    NO_RULES,
    PLAN,
    RETENTION,
    RULES,
    YEAR,
    bonuses,
    entries,
    money,
    month_names,
    people,
    plan,
    retention,
    rules,
    year,
)
from grantcalc.text import Language


def run_sections(found: Simulation, speak: Language) -> Iterator[Section]:
    """Months with their pictures, the year, every rule, entries, retention, turnover."""
    yield Section(title=speak(MONTHS), parts=[*drawings(run_pictures(found, speak)), *_months(found, speak)])
    yield Section(title=speak(YEAR), parts=page_facts(year(found, speak), speak))
    yield Section(title=speak(RULES), parts=_rules(found, speak))
    yield Section(title=speak(ENTRIES), parts=page_table(entries(found, speak), speak, has_total=True))
    yield Section(title=speak(RETENTION), parts=page_table(retention(found, speak), speak))
    yield Section(title=speak(PLAN), parts=page_table(plan(found, speak), speak))
    yield Section(title=speak(BONUSES), parts=page_table(bonuses(found, speak), speak))


def _months(found: Simulation, speak: Language) -> list[Part]:
    """Persons, then money, so that either fits the width of a sheet of paper."""
    names = month_names(found, speak)
    persons = page_table([names, *people(found, speak)], speak)
    return [*persons, *page_table([names, *money(found, speak)], speak, has_total=True)]


def _rules(found: Simulation, speak: Language) -> list[Part]:
    return page_table(rules(found, speak), speak) or lines_of([speak(NO_RULES)])


def compare_sections(found: Compared, speak: Language) -> Iterator[Section]:
    """Persons, money and the year of both, then the rules of each."""
    pictures = drawings(compare_pictures(found, speak))
    amounts = [both_months(found, speak), *both_money(found, speak)]
    yield Section(title=speak(PEOPLE), parts=[*pictures[:1], *page_table(both_people(found, speak), speak)])
    yield Section(title=speak(MONEY), parts=[*pictures[1:], *page_table(amounts, speak)])
    yield Section(title=speak(YEARS), parts=page_table(both_years(found, speak), speak))
    for which, side in ((FIRST, found.a), (SECOND, found.b)):
        title = speak(OF(what=RULES(), which=named(which, side.scenario)))
        yield Section(title=title, parts=_rules(side, speak))
