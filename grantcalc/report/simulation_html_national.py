"""The page of the national view."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.headcount.results import National
from grantcalc.report.html_parts import Section, drawings, lines_of, page_table, pairs_of
from grantcalc.report.pictures_national import national_pictures
from grantcalc.report.simulation_national_rows import (
    CHANGE,
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
from grantcalc.text import Language


def national_sections(found: National, speak: Language) -> Iterator[Section]:
    """The change and its sums, the picture, posts, money, roles, and the arithmetic of a few."""
    changes = [speak(text) for text in found.changes or (UNCHANGED(),)]
    yield Section(title=speak(CHANGE), parts=lines_of(changes))
    yield Section(title=speak(SUMMARY), parts=pairs_of(summary(found, speak)))
    pictures = drawings(national_pictures(found, speak))
    listed = names(found, speak)
    for title, drawn, columns in (
        (POSTS, pictures, posts(found, speak)),
        (MONEY, [], money(found, speak)),
        (ROLES, [], roles(found, speak)),
    ):
        yield Section(title=speak(title), parts=[*drawn, *page_table([listed, *columns], speak, has_total=True)])
    yield Section(title=speak(HOW), parts=lines_of(how(found, speak)))
