"""The page of a risk run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Percentiles, Risk
from grantcalc.report.html_parts import Part, Section, drawings, pairs_of, table_of
from grantcalc.report.pictures_risk import risk_pictures
from grantcalc.report.simulation_risk_text import (
    BROKEN,
    CUMULATIVE,
    DRAWN,
    DRAWS,
    OVER_BUDGET,
    PERCENTILE,
    PERCENTILES,
    RETENTION,
    SEED,
    SERVED,
    UNSPENT,
    UNSPENT_MONTHS,
    WHAT,
)
from grantcalc.report.simulation_words import BINDINGS, BUDGET, COST, MONTH, month_label, rounded
from grantcalc.roc import month_spans
from grantcalc.text import Language, dollars


def risk_sections(found: Risk, scenario: Scenario | None, speak: Language) -> Iterator[Section]:
    """The draws, the year, the months, broken rules, retention; every picture above its table."""
    names = _months(found, scenario, speak)
    pictures = risk_pictures(found, names, speak)

    def of(name: str) -> list[Part]:
        return drawings(picture for picture in pictures if picture.name == name)

    year = [(speak(COST), found.cost)]
    if found.unspent is not None:
        year.append((speak(UNSPENT), found.unspent))
    broken = [(speak(BINDINGS[rule]), known) for rule, known in found.broken_months.items()]
    served = [(speak(SERVED(months=months)), known) for months, known in found.retention.items()]
    what, month = speak(WHAT), speak(MONTH)
    yield Section(title=speak(DRAWN), parts=_drawn(found, speak))
    yield Section(title=speak(PERCENTILES), parts=[*of("year"), *_table(what, year, speak)])
    for name, title, months in (
        ("fan", CUMULATIVE, found.by_month),
        ("unspent", UNSPENT_MONTHS, found.unspent_by_month),
    ):
        rows = list(zip(names, months, strict=False))
        yield Section(title=speak(title), parts=[*of(name), *_table(month, rows, speak)])
    yield Section(title=speak(BROKEN), parts=[*of("broken"), *_table(what, broken, speak)])
    yield Section(title=speak(RETENTION), parts=_table(what, served, speak))


def _drawn(found: Risk, speak: Language) -> list[Part]:
    known = [(speak(DRAWS), speak.number(found.draws)), (speak(SEED), str(found.seed))]
    if found.budget is not None:
        known.append((speak(BUDGET), speak(dollars(found.budget))))
    if found.over_budget is not None:
        known.append((speak(OVER_BUDGET), f"{rounded(found.over_budget * 100, speak)}%"))
    return pairs_of(known)


def _months(found: Risk, scenario: Scenario | None, speak: Language) -> list[str]:
    if scenario is None:
        return [str(number) for number in range(1, len(found.by_month) + 1)]
    return [month_label(first, speak) for first, _ in month_spans(scenario.period.start, scenario.period.end)]


def _table(head: str, rows: Sequence[tuple[str, Percentiles]], speak: Language) -> list[Part]:
    if not rows:
        return []
    numbers = list(rows[0][1].values)
    headers = [head, *(speak(PERCENTILE(number=number)) for number in numbers)]
    cells = [(name, *(speak.number(known.values[number]) for number in numbers)) for name, known in rows]
    return table_of(headers, cells)
