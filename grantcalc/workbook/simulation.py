"""A simulation as a workbook: what is assumed first, then tables with native charts (人力試算活頁簿)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Fit, National, Risk, Sweep
from grantcalc.headcount.simulation import Compared, Result, Simulation
from grantcalc.report.columns import texts
from grantcalc.report.simulation_compare_rows import FIRST, OF, SECOND, named
from grantcalc.report.simulation_heading import HEADINGS, scenario_facts
from grantcalc.report.simulation_national_rows import CHANGE, UNCHANGED
from grantcalc.report.simulation_words import ASSUMPTIONS, BUDGET
from grantcalc.text import Language, Message, Text, dollars
from grantcalc.workbook.simulation_desk import Desk
from grantcalc.workbook.simulation_fit import write_fit
from grantcalc.workbook.simulation_national import write_national
from grantcalc.workbook.simulation_page import Page
from grantcalc.workbook.simulation_risk import write_risk
from grantcalc.workbook.simulation_run import write_compared, write_run
from grantcalc.workbook.simulation_sweep import write_sweep

if TYPE_CHECKING:
    from xlsxwriter import Workbook

SHEET = Message("Assumptions")
SCENARIO = Message("Scenario")
WHAT, VALUE, NUMBER = Message("What"), Message("Value"), Message("No.")
TEXT_WIDTH = 105


def write_simulation(result: Result, scenario: Scenario | None, path: Path, language: Language) -> None:
    """Write it; :class:`OSError` where the file cannot be written. ``scenario`` is what it is a result of."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    try:
        with Workbook(str(path)) as book:
            _write(book, result, scenario, language)
    except FileCreateError as error:  # the library's own word for a failure of the system, which it carries
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from None


def _write(book: Workbook, result: Result, scenario: Scenario | None, language: Language) -> None:
    title = language(HEADINGS[type(result)])
    scenarios = _scenarios(result, scenario)
    if scenarios:
        first_day = max(known.period.start for _, known in scenarios)
        book.set_properties({"title": title, "created": dt.datetime.combine(first_day, dt.time())})
    desk = Desk.of(book, language, title)
    _assumptions(desk, result, scenarios)
    if isinstance(result, Simulation):
        write_run(desk, result)
    elif isinstance(result, Compared):
        write_compared(desk, result)
    elif isinstance(result, Sweep):
        write_sweep(desk, result, scenario)
    elif isinstance(result, Fit):
        write_fit(desk, result)
    elif isinstance(result, Risk):
        write_risk(desk, result, scenario)
    else:
        write_national(desk, result)


def _scenarios(result: Result, scenario: Scenario | None) -> list[tuple[Text | None, Scenario]]:
    """What the result is a result of; of a comparison, the first and the second."""
    if isinstance(result, Compared):
        return [(named(which, side.scenario), side.scenario) for which, side in ((FIRST, result.a), (SECOND, result.b))]
    if isinstance(result, Simulation):
        return [(None, result.scenario)]
    return [] if scenario is None else [(None, scenario)]


def _assumptions(desk: Desk, result: Result, scenarios: list[tuple[Text | None, Scenario]]) -> None:
    """The first sheet: what the workbook is a result of, and what is taken for granted."""
    speak, page = desk.language, desk.page(SHEET)
    page.title(desk.title)
    for heading, scenario in scenarios:
        page.heading(speak(heading or SCENARIO()))
        words, values = zip(*_facts(scenario, speak), strict=True)
        page.table([texts(speak(WHAT), words), texts(speak(VALUE), values, TEXT_WIDTH)])
    if isinstance(result, National):
        _numbered(page, speak(CHANGE), result.changes or (UNCHANGED(),))
    if isinstance(result, Compared):
        for which, side in ((FIRST, result.a), (SECOND, result.b)):
            assumed = speak(OF(what=ASSUMPTIONS(), which=named(which, side.scenario)))
            _numbered(page, assumed, (known.text for known in side.assumptions))
    else:
        _numbered(page, speak(ASSUMPTIONS), (known.text for known in result.assumptions))
    # Two lists that break anywhere would leave the heading of the second on the page of the first.
    page.close(desk.title, frozen_rows=1, is_one_page=isinstance(result, Compared))


def _facts(scenario: Scenario, speak: Language) -> Iterator[tuple[str, str]]:
    yield from scenario_facts(scenario, speak)
    if scenario.budget is not None:
        yield speak(BUDGET), speak(dollars(scenario.budget))


def _numbered(page: Page, heading: str, told: Iterable[Text]) -> None:
    lines = list(dict.fromkeys(page.language(text) for text in told))
    page.heading(heading)
    numbers = texts(page.language(NUMBER), (f"{number}." for number in range(1, len(lines) + 1)))
    page.table([numbers, texts(heading, lines, TEXT_WIDTH)])
