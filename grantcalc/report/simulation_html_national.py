"""The page of the national view."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.headcount.results import CountyChange, National
from grantcalc.report.arithmetic import arithmetic
from grantcalc.report.html_parts import Part, Section, drawings, lines_of, pairs_of, table_of
from grantcalc.report.pictures_national import national_pictures
from grantcalc.report.simulation_national_text import (
    APPROVED,
    APPROVED_MONEY,
    BALANCE,
    CASES,
    CHANGE,
    CHANGED,
    COUNTED,
    COUNTY,
    ENOUGH,
    FORMULA,
    FORMULA_MONEY,
    GAINED,
    HOW,
    LACKING,
    MONEY,
    MONEY_GAINED,
    NEEDED,
    NEEDED_ALL,
    PAIR,
    POSTS,
    ROLE_NAMES,
    ROLES,
    SHOWN,
    SUMMARY,
    UNCHANGED,
    standings,
)
from grantcalc.report.simulation_words import signed
from grantcalc.text import Language, Message, dollars


def national_sections(found: National, speak: Language) -> Iterator[Section]:
    """The change and its sums, the picture, posts, money, roles, and the arithmetic of a few."""
    changes = [speak(text) for text in found.changes or (UNCHANGED(),)]
    yield Section(title=speak(CHANGE), parts=lines_of(changes))
    yield Section(title=speak(SUMMARY), parts=_summary(found, speak))
    pictures = drawings(national_pictures(found, speak))
    yield Section(title=speak(POSTS), parts=[*pictures, *_posts(found, speak)])
    yield Section(title=speak(MONEY), parts=_money(found, speak))
    yield Section(title=speak(ROLES), parts=_roles(found, speak))
    if len(found.counties) <= SHOWN:
        lines = [line for one in found.counties if one.explanation for line in arithmetic(one.explanation, speak)]
        yield Section(title=speak(HOW), parts=lines_of(lines))


def _summary(found: National, speak: Language) -> list[Part]:
    total = found.total
    told = ENOUGH if total.balance >= 0 else LACKING
    gap = {"left" if total.balance >= 0 else "excess": dollars(abs(total.balance))}
    text = told(needed=dollars(total.needed_money), approved=dollars(total.approved_money), **gap)
    known = [(speak(NEEDED_ALL), speak(text))]
    for name, counties in standings(found):
        names = speak.listed(speak(county.county) for county in counties)
        known.append((speak(name), speak(COUNTED(number=len(counties), names=names)) if counties else "0"))
    return pairs_of(known)


def _rows(found: National) -> tuple[CountyChange, ...]:
    return (*found.counties, found.total)


def _table(found: National, words: list[Message], cells: list[tuple[str, ...]], speak: Language) -> list[Part]:
    rows = [(speak(county.county), *known) for county, known in zip(_rows(found), cells, strict=True)]
    return table_of([speak(COUNTY), *(speak(word) for word in words)], rows, has_total=True)


def _posts(found: National, speak: Language) -> list[Part]:
    cells = []
    for county in _rows(found):
        counts = (county.approved_posts, county.formula_posts, county.changed_posts)
        cells.append((*(speak.number(count) for count in counts), signed(county.gained, speak)))
    return _table(found, [APPROVED, FORMULA, CHANGED, GAINED], cells, speak)


def _money(found: National, speak: Language) -> list[Part]:
    cells = []
    for county in _rows(found):
        amounts = (county.approved_money, county.formula_money, county.needed_money)
        changes = (county.money_gained, county.balance)
        cells.append((*(speak.number(amount) for amount in amounts), *(signed(amount, speak) for amount in changes)))
    return _table(found, [APPROVED_MONEY, FORMULA_MONEY, NEEDED, MONEY_GAINED, BALANCE], cells, speak)


def _roles(found: National, speak: Language) -> list[Part]:
    cells = []
    for county in _rows(found):
        cases = PAIR.format(speak.number(county.cases), speak.number(county.changed_cases))
        posts = (PAIR.format(getattr(county.formula, role), getattr(county.changed, role)) for role in ROLE_NAMES)
        cells.append((cases, *posts))
    return _table(found, [CASES, *ROLE_NAMES.values()], cells, speak)
