"""What a risk run tells in every form: its words, and the rows that text, page and workbook lay out alike."""

from __future__ import annotations

from collections.abc import Sequence

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Percentiles, Risk
from grantcalc.report.columns import Column, Fact, Look, texts
from grantcalc.report.simulation_words import BINDINGS, BUDGET, COST, MONTH, month_label
from grantcalc.roc import month_spans
from grantcalc.text import Language, Message

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


def drawn(found: Risk, speak: Language) -> list[Fact]:
    """How many draws, their seed, the budget, and how often it is exceeded."""
    known: list[Fact] = [
        (speak(DRAWS), found.draws, Look.MONEY),
        (speak(SEED), str(found.seed), Look.TEXT),
    ]
    if found.budget is not None:
        known.append((speak(BUDGET), found.budget, Look.DOLLARS))
    if found.over_budget is not None:
        known.append((speak(OVER_BUDGET), found.over_budget, Look.PERCENT))
    return known


def month_names(found: Risk, scenario: Scenario | None, speak: Language) -> list[str]:
    """The months, by number where the scenario is not known."""
    if scenario is None:
        return [str(number) for number in range(1, len(found.by_month) + 1)]
    return [month_label(first, speak) for first, _ in month_spans(scenario.period.start, scenario.period.end)]


def year(found: Risk, speak: Language) -> list[Column]:
    """The year's cost, and what is unspent of the budget."""
    rows = [(speak(COST), found.cost)]
    if found.unspent is not None:
        rows.append((speak(UNSPENT), found.unspent))
    return percentiles(speak(WHAT), rows, speak)


def broken(found: Risk, speak: Language) -> list[Column]:
    """Months in which each rule is not kept."""
    rows = [(speak(BINDINGS[rule]), known) for rule, known in found.broken_months.items()]
    return percentiles(speak(WHAT), rows, speak)


def served(found: Risk, speak: Language) -> list[Column]:
    """Percent of those in post at the end, by months of service."""
    rows = [(speak(SERVED(months=months)), known) for months, known in found.retention.items()]
    return percentiles(speak(WHAT), rows, speak)


def by_month(names: Sequence[str], months: Sequence[Percentiles], speak: Language) -> list[Column]:
    """The percentiles of each month; nothing where nothing is known of them."""
    return percentiles(speak(MONTH), list(zip(names, months, strict=True)) if months else [], speak)


def percentiles(head: str, rows: Sequence[tuple[str, Percentiles]], speak: Language) -> list[Column]:
    """A column for each percentile; nothing without rows."""
    if not rows:
        return []
    return [
        texts(head, (name for name, _ in rows)),
        *(
            Column(header=speak(PERCENTILE(number=number)), cells=[known.values[number] for _, known in rows])
            for number in rows[0][1].values
        ),
    ]
