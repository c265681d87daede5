"""Risk runs as plain text: percentiles of the year, of broken rules and of the months."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Percentiles, Risk
from grantcalc.report.simulation_words import (
    ASSUMPTIONS,
    BINDINGS,
    BUDGET,
    COST,
    MONTH,
    month_label,
    rounded,
    told_assumptions,
)
from grantcalc.report.tabular import pairs, section, table
from grantcalc.roc import month_spans
from grantcalc.text import Language, Message, dollars

DRAWN = Message("The draws")
DRAWS = Message("Draws")
SEED = Message("Seed")
OVER_BUDGET = Message("Draws that cost more than the budget")
PERCENTILES = Message("Percentiles of the draws (dollars)")
WHAT = Message("What")
UNSPENT = Message("Unspent at the end of the year")
BROKEN = Message("Months in which a rule is not kept, percentiles of the draws")
CUMULATIVE = Message("Cost until the end of the month, percentiles of the draws (dollars)")
UNSPENT_MONTHS = Message("Unspent against an even plan at the end of the month, percentiles of the draws (dollars)")
RETENTION = Message("Retention at the end of the year, percentiles of the draws (percent)")
SERVED = Message("{months} months served")
PERCENTILE = Message("P{number}")


def risk_lines(found: Risk, scenario: Scenario | None, speak: Language) -> Iterator[str]:
    """Assumptions, the year, broken rules, retention, and the months."""
    yield from section(speak(ASSUMPTIONS), told_assumptions(found.assumptions, speak))
    yield from section(speak(DRAWN), pairs(_drawn(found, speak), speak))
    year = [(speak(COST), found.cost)]
    if found.unspent is not None:
        year.append((speak(UNSPENT), found.unspent))
    yield from section(speak(PERCENTILES), _table(speak(WHAT), year, speak))
    broken = [(speak(BINDINGS[rule]), known) for rule, known in found.broken_months.items()]
    yield from section(speak(BROKEN), _table(speak(WHAT), broken, speak))
    served = [(speak(SERVED(months=months)), known) for months, known in found.retention.items()]
    yield from section(speak(RETENTION), _table(speak(WHAT), served, speak))
    names = _months(found, scenario, speak)
    for title, months in ((CUMULATIVE, found.by_month), (UNSPENT_MONTHS, found.unspent_by_month)):
        yield from section(speak(title), _table(speak(MONTH), list(zip(names, months, strict=False)), speak))


def _drawn(found: Risk, speak: Language) -> Iterator[tuple[str, str]]:
    yield speak(DRAWS), speak.number(found.draws)
    yield speak(SEED), str(found.seed)
    if found.budget is not None:
        yield speak(BUDGET), speak(dollars(found.budget))
    if found.over_budget is not None:
        yield speak(OVER_BUDGET), f"{rounded(found.over_budget * 100, speak)}%"


def _months(found: Risk, scenario: Scenario | None, speak: Language) -> list[str]:
    if scenario is None:
        return [str(number) for number in range(1, len(found.by_month) + 1)]
    return [month_label(first, speak) for first, _ in month_spans(scenario.period.start, scenario.period.end)]


def _table(head: str, rows: list[tuple[str, Percentiles]], speak: Language) -> list[str]:
    if not rows:
        return []
    numbers = list(rows[0][1].values)
    headers = [head, *(speak(PERCENTILE(number=number)) for number in numbers)]
    cells = [(name, *(speak.number(known.values[number]) for number in numbers)) for name, known in rows]
    return table(headers, cells, right=range(1, len(headers)))
