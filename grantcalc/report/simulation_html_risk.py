"""The page of a risk run."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import Risk
from grantcalc.report.html_parts import Section, drawings, page_facts, page_table
from grantcalc.report.pictures_risk import risk_pictures
from grantcalc.report.simulation_risk_rows import (
    BROKEN,
    CUMULATIVE,
    DRAWN,
    PERCENTILES,
    RETENTION,
    UNSPENT_MONTHS,
    broken,
    by_month,
    drawn,
    month_names,
    served,
    year,
)
from grantcalc.text import Language


def risk_sections(found: Risk, scenario: Scenario | None, speak: Language) -> Iterator[Section]:
    """The draws, the year, the months, broken rules, retention; every picture above its table."""
    names = month_names(found, scenario, speak)
    pictures = {picture.name: picture for picture in risk_pictures(found, names, speak)}
    yield Section(title=speak(DRAWN), parts=page_facts(drawn(found, speak), speak))
    for picture, title, columns in (
        ("year", PERCENTILES, year(found, speak)),
        ("fan", CUMULATIVE, by_month(names, found.by_month, speak)),
        ("unspent", UNSPENT_MONTHS, by_month(names, found.unspent_by_month, speak)),
        ("broken", BROKEN, broken(found, speak)),
        (None, RETENTION, served(found, speak)),
    ):
        drawn_above = drawings([pictures[picture]] if picture in pictures else [])
        yield Section(title=speak(title), parts=[*drawn_above, *page_table(columns, speak)])
