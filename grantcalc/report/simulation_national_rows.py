"""What the national view tells in every form: its words, and the columns of the counties, the sums below them."""

from __future__ import annotations

from collections.abc import Callable

from grantcalc.headcount.results import CountyChange, National
from grantcalc.report.arithmetic import arithmetic
from grantcalc.report.columns import Cell, Column, Look, plainest
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
AGAINST = Message("Posts of the formula less those approved")


def column(header: str, found: National, cell: Callable[[CountyChange], Cell], look: Look = Look.MONEY) -> Column:
    """A column of the counties, with what it says of their sum."""
    cells, total = [cell(county) for county in found.counties], cell(found.total)
    look = plainest(look, [*cells, total]) if look is Look.NUMBER else look
    return Column(header=header, look=look, cells=cells, total=total)


def names(found: National, speak: Language) -> Column:
    """The counties."""
    return column(speak(COUNTY), found, lambda county: speak(county.county), Look.TEXT)


def posts(found: National, speak: Language) -> list[Column]:
    """Approved, by the formula, under the change, and what that gains."""
    return [
        column(speak(APPROVED), found, lambda county: county.approved_posts),
        column(speak(FORMULA), found, lambda county: county.formula_posts),
        column(speak(CHANGED), found, lambda county: county.changed_posts),
        column(speak(GAINED), found, lambda county: county.gained, Look.SIGNED),
    ]


def money(found: National, speak: Language) -> list[Column]:
    """Approved, what the formula's and the changed posts take, more than before, and the rest of what is approved."""
    return [
        column(speak(APPROVED_MONEY), found, lambda county: county.approved_money),
        column(speak(FORMULA_MONEY), found, lambda county: county.formula_money),
        column(speak(NEEDED), found, lambda county: county.needed_money),
        column(speak(MONEY_GAINED), found, lambda county: county.money_gained, Look.SIGNED),
        column(speak(BALANCE), found, lambda county: county.balance, Look.SIGNED),
    ]


def roles(found: National, speak: Language) -> list[Column]:
    """Cases and posts by role, as they stand and under the change in one cell."""

    def cases(county: CountyChange) -> str:
        return PAIR.format(speak.number(county.cases), speak.number(county.changed_cases))

    def persons(role: str) -> Callable[[CountyChange], str]:
        return lambda county: PAIR.format(getattr(county.formula, role), getattr(county.changed, role))

    return [
        column(speak(CASES), found, cases, Look.SIGNED),
        *(column(speak(word), found, persons(role), Look.SIGNED) for role, word in ROLE_NAMES.items()),
    ]


def summary(found: National, speak: Language) -> list[tuple[str, str]]:
    """The money that the change takes against what is approved, and who gains, loses and lacks."""
    total = found.total
    told = ENOUGH if total.balance >= 0 else LACKING
    gap = {"left" if total.balance >= 0 else "excess": dollars(abs(total.balance))}
    text = told(needed=dollars(total.needed_money), approved=dollars(total.approved_money), **gap)
    known = [(speak(NEEDED_ALL), speak(text))]
    for name, counties in standings(found):
        listed = speak.listed(speak(county.county) for county in counties)
        known.append((speak(name), speak(COUNTED(number=len(counties), names=listed)) if counties else "0"))
    return known


def how(found: National, speak: Language) -> list[str]:
    """The arithmetic, where the counties are few."""
    if len(found.counties) > SHOWN:
        return []
    return [line for one in found.counties if one.explanation for line in arithmetic(one.explanation, speak)]


def standings(found: National) -> tuple[tuple[Message, list[CountyChange]], ...]:
    """The counties that gain posts, that lose them, and whose approved money does not suffice."""
    return (
        (GAINERS, [county for county in found.counties if county.gained > 0]),
        (LOSERS, [county for county in reversed(found.counties) if county.gained < 0]),
        (SHORT, [county for county in found.counties if county.balance < 0]),
    )
