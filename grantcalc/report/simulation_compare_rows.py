"""What two scenarios side by side tell in every form: their words, and the columns of months and of the year."""

from __future__ import annotations

from itertools import accumulate

from grantcalc.draft.model import Role
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.run import MonthRow
from grantcalc.headcount.simulation import Compared
from grantcalc.report.columns import NOTHING, Column, Look, texts
from grantcalc.report.simulation_run_rows import BUDGET_LEFT, HIGH, KINDS, LOW, amount_of, roles_of
from grantcalc.report.simulation_words import MONTH, RATIO, SUBSIDISED, month_label, rounded
from grantcalc.text import Language, Message, Text

FIRST, SECOND = Message("First"), Message("Second")
DIFFERENCE = Message("Difference")
OF = Message("{what} ({which})")
NAMED = Message("{which} ({name})")
PEOPLE = Message("Persons in post by month: first → second")
MONEY = Message("Subsidised by month (dollars)")
YEAR = Message("The year (dollars)")
ITEM = Message("Item")
DIFFERENCE_SUM = Message("Difference in all")
PAIR = "{} → {}"


def named(which: Message, scenario: Scenario) -> Text:
    """First or second, with the scenario's title."""
    return NAMED(which=which(), name=scenario.title) if scenario.title else which()


def both_roles(found: Compared) -> list[Role]:
    """The roles of either."""
    return list(dict.fromkeys((*roles_of(found.a.run), *roles_of(found.b.run))))


def both_months(found: Compared, speak: Language) -> Column:
    """The months of either."""
    return texts(speak(MONTH), (month_label(pair.month, speak) for pair in found.months))


def both_people(found: Compared, speak: Language) -> list[Column]:
    """Persons by role and the ratio, of the first and of the second in one cell."""
    pairs = [(pair.a, pair.b) for pair in found.months]
    known = [
        Column(
            header=speak(role),
            look=Look.NUMBER,
            cells=[PAIR.format(*(NOTHING if row is None else heads(row, role) for row in both)) for both in pairs],
        )
        for role in both_roles(found)
    ]
    ratios = [PAIR.format(*(rounded(row.ratio if row else None, speak) for row in both)) for both in pairs]
    return [both_months(found, speak), *known, Column(header=speak(RATIO), look=Look.RATIO, cells=ratios)]


def heads(row: MonthRow | None, role: Role) -> int | None:
    """Persons of a role in a month that the scenario's period reaches."""
    return None if row is None else row.heads.get(role, 0)


def both_money(found: Compared, speak: Language, *, in_full: bool = False) -> list[Column]:
    """What each costs the subsidy in each month, the difference, and its sum so far.

    ``in_full``: the headers say of what the first and the second are, for a table that holds persons too.
    """
    changes = [pair.difference for pair in found.months]
    sides = (
        (FIRST, [pair.a for pair in found.months]),
        (SECOND, [pair.b for pair in found.months]),
    )
    return [
        *(
            Column(
                header=speak(OF(what=SUBSIDISED(), which=which()) if in_full else which()),
                cells=[None if row is None else row.subsidised for row in rows],
            )
            for which, rows in sides
        ),
        Column(header=speak(DIFFERENCE), look=Look.SIGNED, cells=changes),
        Column(header=speak(DIFFERENCE_SUM), look=Look.SIGNED, cells=list(accumulate(changes))),
    ]


def both_years(found: Compared, speak: Language) -> list[Column]:
    """Totals of both; amounts that are nothing in both are left out, the ends of the pay where neither has a range."""
    a, b = found.a.run, found.b.run
    known = [(word, amount_of(a.total, key), amount_of(b.total, key)) for word, key in KINDS]
    rows = [entry for entry in known if entry[1] or entry[2]]
    rows.append((SUBSIDISED, a.subsidised, b.subsidised))
    if (a.low, b.low) != (a.high, b.high):
        rows += [(LOW, a.low, b.low), (HIGH, a.high, b.high)]
    if a.left is not None and b.left is not None:
        rows.append((BUDGET_LEFT, a.left, b.left))
    return [
        texts(speak(ITEM), (speak(word) for word, _, _ in rows)),
        Column(header=speak(FIRST), cells=[first for _, first, _ in rows]),
        Column(header=speak(SECOND), cells=[second for _, _, second in rows]),
        Column(header=speak(DIFFERENCE), look=Look.SIGNED, cells=[second - first for _, first, second in rows]),
    ]
