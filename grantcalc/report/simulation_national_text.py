"""The national view as plain text: the change, every county with its posts and money, and who gains and loses."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.headcount.results import National
from grantcalc.report.columns import text_table
from grantcalc.report.simulation_national_rows import (
    CHANGE,
    COUNTIES,
    HOW,
    MONEY,
    POSTS,
    ROLES,
    SUMMARY,
    UNCHANGED,
    how,
    money,
    names,
    posts,
    roles,
    summary,
)
from grantcalc.report.simulation_words import ASSUMPTIONS, told_assumptions
from grantcalc.report.tabular import pairs, section, width_of
from grantcalc.text import Language


def national_lines(found: National, speak: Language, width: int) -> Iterator[str]:
    """The change, assumptions, every county, the sums, who gains and loses, and the arithmetic of a few."""
    yield from section(speak(CHANGE), (speak(text) for text in found.changes or (UNCHANGED(),)))
    yield from section(speak(ASSUMPTIONS), told_assumptions(found.assumptions, speak))
    yield from _counties(found, speak, width)
    by_role = [names(found, speak), *roles(found, speak)]
    yield from section(speak(ROLES), text_table(by_role, speak, has_total=True))
    yield from section(speak(SUMMARY), pairs(summary(found, speak), speak))
    yield from section(speak(HOW), how(found, speak))


def _counties(found: National, speak: Language, width: int) -> Iterator[str]:
    """One table where it fits the terminal, else posts and money apart."""
    listed, persons, amounts = names(found, speak), posts(found, speak), money(found, speak)
    together = text_table([listed, *persons, *amounts], speak, has_total=True)
    if width_of(together) <= width:
        yield from section(speak(COUNTIES), together)
        return
    yield from section(speak(POSTS), text_table([listed, *persons], speak, has_total=True))
    yield from section(speak(MONEY), text_table([listed, *amounts], speak, has_total=True))
