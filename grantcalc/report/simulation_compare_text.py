"""Two scenarios side by side as plain text: month by month, the year, and what each of them breaks."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.draft.model import Role
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.run import MonthRow
from grantcalc.headcount.simulation import Compared
from grantcalc.report.simulation_run_text import (
    ALLOWANCE,
    BONUS,
    BUDGET_LEFT,
    INSURANCE,
    OWN,
    PAY,
    RULES,
    roles_of,
    rule_lines,
)
from grantcalc.report.simulation_words import (
    ASSUMPTIONS,
    MONTH,
    RATIO,
    SUBSIDISED,
    month_label,
    rounded,
    signed,
    told_assumptions,
)
from grantcalc.report.tabular import section, table
from grantcalc.text import Language, Message, Text

FIRST, SECOND = Message("First"), Message("Second")
DIFFERENCE = Message("Difference")
OF = Message("{what} ({which})")
NAMED = Message("{which} ({name})")
PEOPLE = Message("Persons in post by month: first → second")
MONEY = Message("Subsidised by month (dollars)")
YEAR = Message("The year (dollars)")
DIFFERENCE_SUM = Message("Difference in all")
NOTHING = "–"
PAIR = "{} → {}"


def compare_lines(found: Compared, speak: Language) -> Iterator[str]:
    """Everything, the assumptions of both first."""
    sides = ((FIRST, found.a), (SECOND, found.b))
    for which, side in sides:
        heading = speak(OF(what=ASSUMPTIONS(), which=named(which, side.scenario)))
        yield from section(heading, told_assumptions(side.assumptions, speak))
    yield from section(speak(PEOPLE), _people(found, speak))
    yield from section(speak(MONEY), _money(found, speak))
    yield from section(speak(YEAR), _year(found, speak))
    for which, side in sides:
        yield from section(speak(OF(what=RULES(), which=named(which, side.scenario))), rule_lines(side, speak))


def named(which: Message, scenario: Scenario) -> Text:
    """First or second, with the scenario's title."""
    return NAMED(which=which(), name=scenario.title) if scenario.title else which()


def _people(found: Compared, speak: Language) -> list[str]:
    roles = list(dict.fromkeys((*roles_of(found.a.run), *roles_of(found.b.run))))
    rows = [
        (
            month_label(pair.month, speak),
            *(PAIR.format(*(_heads(row, role) for row in (pair.a, pair.b))) for role in roles),
            PAIR.format(*(rounded(row.ratio if row else None, speak) for row in (pair.a, pair.b))),
        )
        for pair in found.months
    ]
    headers = [speak(MONTH), *(speak(role) for role in roles), speak(RATIO)]
    return table(headers, rows, right=range(1, len(headers)))


def _heads(row: MonthRow | None, role: Role) -> str:
    if row is None:
        return NOTHING
    return str(row.heads.get(role, 0))


MONEY_WORDS = (MONTH, FIRST, SECOND, DIFFERENCE, DIFFERENCE_SUM)
"""The headers of :func:`money_rows`."""


def money_rows(found: Compared, speak: Language) -> list[tuple[str, ...]]:
    """What both cost the subsidy in each month, the difference, and its sum so far."""
    rows, total = [], 0
    for pair in found.months:
        total += pair.difference
        amounts = (NOTHING if row is None else speak.number(row.subsidised) for row in (pair.a, pair.b))
        changes = (signed(pair.difference, speak), signed(total, speak))
        rows.append((month_label(pair.month, speak), *amounts, *changes))
    return rows


def _money(found: Compared, speak: Language) -> list[str]:
    return table([speak(word) for word in MONEY_WORDS], money_rows(found, speak), right=(1, 2, 3, 4))


def _year(found: Compared, speak: Language) -> list[str]:
    """Totals of both; amounts that are nothing in both are left out."""
    known = [(name, getattr(found.a.run.total, key), getattr(found.b.run.total, key)) for name, key in _TOTALS]
    rows = [entry for entry in known if entry[1] or entry[2]]
    rows.append((SUBSIDISED, found.a.run.subsidised, found.b.run.subsidised))
    if found.a.run.left is not None and found.b.run.left is not None:
        rows.append((BUDGET_LEFT, found.a.run.left, found.b.run.left))
    shown = [(speak(name), speak.number(a), speak.number(b), signed(b - a, speak)) for name, a, b in rows]
    return table(["", *(speak(word) for word in (FIRST, SECOND, DIFFERENCE))], shown, right=(1, 2, 3))


_TOTALS = ((PAY, "pay"), (BONUS, "bonus"), (INSURANCE, "insurance"), (ALLOWANCE, "allowance"), (OWN, "own"))
