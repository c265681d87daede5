"""The national view as plain text: the change, every county with its posts and money, and who gains and loses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grantcalc.headcount.results import CountyChange, National, Posts
from grantcalc.report.arithmetic import arithmetic
from grantcalc.report.simulation_words import ASSUMPTIONS, signed, told_assumptions
from grantcalc.report.tabular import pairs, section, table, width_of
from grantcalc.text import Language, Message, dollars

CHANGE = Message("What is changed")
UNCHANGED = Message("Nothing: the formulas as they stand.")
POSTS = Message("Posts of the counties, who gains most first")
MONEY = Message("Money of the counties (dollars)")
COUNTIES = Message("Posts and money (dollars) of the counties, who gains most first")
ROLES = Message("Posts by role: formula as it stands → under the change")
COUNTY = Message("County")
CASES = Message("Cases")
APPROVED = Message("Approved")
FORMULA = Message("Formula")
CHANGED = Message("Changed")
GAINED = Message("Gains")
APPROVED_MONEY = Message("Approved money")
FORMULA_MONEY = Message("Formula takes")
NEEDED = Message("Change takes")
MONEY_GAINED = Message("More money")
BALANCE = Message("Approved less taken")
SUMMARY = Message("What the change brings")
GAINERS = Message("Counties that gain posts")
LOSERS = Message("Counties that lose posts")
SHORT = Message("Counties whose approved money does not suffice")
NEEDED_ALL = Message("Money that the changed posts take")
ENOUGH = Message("{needed}, {left} less than the approved {approved}")
LACKING = Message("{needed}, {excess} more than the approved {approved}")
HOW = Message("Arithmetic")
COUNTED = Message("{number}: {names}")
ROLE_NAMES = {
    "case_managers": Message("case managers"),
    "senior": Message("of these, senior"),
    "supervisors": Message("supervisors"),
    "project_managers": Message("project managers"),
}

SHOWN = 3
"""The arithmetic of more counties than these is left to JSON and the workbook."""
PAIR = "{} → {}"

Columns = dict[Message, list[str]]


def national_lines(found: National, speak: Language, width: int) -> Iterator[str]:
    """The change, assumptions, every county, the sums, who gains and loses, and the arithmetic of a few."""
    yield from section(speak(CHANGE), (speak(text) for text in found.changes or (UNCHANGED(),)))
    yield from section(speak(ASSUMPTIONS), told_assumptions(found.assumptions, speak))
    yield from _counties(found, speak, width)
    yield from section(speak(ROLES), _roles(found, speak))
    yield from section(speak(SUMMARY), pairs(_summary(found, speak), speak))
    if len(found.counties) <= SHOWN:
        lines = (line for one in found.counties if one.explanation for line in arithmetic(one.explanation, speak))
        yield from section(speak(HOW), lines)


def _rows(found: National) -> tuple[CountyChange, ...]:
    return (*found.counties, found.total)


def _counties(found: National, speak: Language, width: int) -> Iterator[str]:
    """One table where it fits the terminal, else posts and money apart."""
    posts, money = _posts(_rows(found), speak), _money(_rows(found), speak)
    together = _table(found, {**posts, **money}, speak)
    if width_of(together) <= width:
        yield from section(speak(COUNTIES), together)
        return
    yield from section(speak(POSTS), _table(found, posts, speak))
    yield from section(speak(MONEY), _table(found, money, speak))


def _posts(known: Sequence[CountyChange], speak: Language) -> Columns:
    return {
        APPROVED: [speak.number(county.approved_posts) for county in known],
        FORMULA: [speak.number(county.formula_posts) for county in known],
        CHANGED: [speak.number(county.changed_posts) for county in known],
        GAINED: [signed(county.gained, speak) for county in known],
    }


def _money(known: Sequence[CountyChange], speak: Language) -> Columns:
    return {
        APPROVED_MONEY: [speak.number(county.approved_money) for county in known],
        FORMULA_MONEY: [speak.number(county.formula_money) for county in known],
        NEEDED: [speak.number(county.needed_money) for county in known],
        MONEY_GAINED: [signed(county.money_gained, speak) for county in known],
        BALANCE: [signed(county.balance, speak) for county in known],
    }


def _table(found: National, columns: Columns, speak: Language) -> list[str]:
    names = [speak(county.county) for county in _rows(found)]
    rows = list(zip(names, *columns.values(), strict=True))
    headers = [speak(COUNTY), *(speak(word) for word in columns)]
    return table(headers, rows, right=range(1, len(headers)))


def _roles(found: National, speak: Language) -> list[str]:
    rows = [
        (speak(county.county), _cases(county, speak), *_pairs(county.formula, county.changed))
        for county in _rows(found)
    ]
    headers = [speak(COUNTY), speak(CASES), *(speak(word) for word in ROLE_NAMES.values())]
    return table(headers, rows, right=range(1, len(headers)))


def _cases(county: CountyChange, speak: Language) -> str:
    return PAIR.format(speak.number(county.cases), speak.number(county.changed_cases))


def _pairs(before: Posts, after: Posts) -> Iterator[str]:
    for role in ROLE_NAMES:
        yield PAIR.format(getattr(before, role), getattr(after, role))


def _summary(found: National, speak: Language) -> Iterator[tuple[str, str]]:
    total = found.total
    told = ENOUGH if total.balance >= 0 else LACKING
    gap = {"left" if total.balance >= 0 else "excess": dollars(abs(total.balance))}
    text = told(needed=dollars(total.needed_money), approved=dollars(total.approved_money), **gap)
    yield speak(NEEDED_ALL), speak(text)
    for name, counties in standings(found):
        names = speak.listed(speak(county.county) for county in counties)
        yield speak(name), speak(COUNTED(number=len(counties), names=names)) if counties else "0"


def standings(found: National) -> tuple[tuple[Message, list[CountyChange]], ...]:
    """The counties that gain posts, that lose them, and whose approved money does not suffice."""
    return (
        (GAINERS, [county for county in found.counties if county.gained > 0]),
        (LOSERS, [county for county in reversed(found.counties) if county.gained < 0]),
        (SHORT, [county for county in found.counties if county.balance < 0]),
    )
