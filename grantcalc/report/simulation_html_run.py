"""The page of a simulated scenario, and of two side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grantcalc.headcount.run import MonthRow
from grantcalc.headcount.simulation import Compared, Simulation
from grantcalc.report.html_parts import Part, Section, drawings, lines_of, table_of
from grantcalc.report.pictures_compare import compare_pictures
from grantcalc.report.pictures_run import run_pictures
from grantcalc.report.simulation_compare_text import (
    DIFFERENCE,
    FIRST,
    MONEY,
    MONEY_WORDS,
    NOTHING,
    OF,
    PAIR,
    PEOPLE,
    SECOND,
    money_rows,
    named,
)
from grantcalc.report.simulation_compare_text import YEAR as YEARS
from grantcalc.report.simulation_run_text import (
    ALLOWANCE,
    BONUS,
    BONUSES,
    BUDGET_LEFT,
    CASES,
    CUMULATIVE,
    EARNED,
    ENTRIES,
    FROM,
    FULL,
    INSURANCE,
    LEFT,
    LOST,
    MONTHLY,
    MONTHS,
    NO_RULES,
    OWN,
    PAY,
    PLAN,
    PLANNED,
    RANGE,
    RETENTION,
    RULES,
    SPENT,
    TO,
    TOTAL,
    UNSPENT,
    WHY,
    YEAR,
    roles_of,
    spans,
    year_lines,
)
from grantcalc.report.simulation_words import (
    CASES_EACH,
    ENTRY,
    MET,
    MONTH,
    MOVED,
    PERSONS,
    RATIO,
    ROLE,
    STATES,
    SUBSIDISED,
    VERDICT,
    month_label,
    months_label,
    rounded,
    signed,
)
from grantcalc.text import Language, Message, Percent

RULE, SECTION, TOLD = Message("Rule"), Message("Section"), Message("Message")
REPORT, DAY, SERVICE = Message("Report"), Message("Date"), Message("Months served")
SERVED, IN_POST, UNKNOWN = Message("Have served them"), Message("In post"), Message("Not known")
SHARE, TARGET = Message("Share"), Message("Target")

KINDS = ((PAY, "pay"), (BONUS, "bonus"), (INSURANCE, "insurance"), (ALLOWANCE, "allowance"), (OWN, "own"))
Columns = list[tuple[str, list[str]]]


def run_sections(found: Simulation, speak: Language) -> Iterator[Section]:
    """Months with their pictures, the year, every rule, entries, retention, turnover."""
    yield Section(title=speak(MONTHS), parts=[*drawings(run_pictures(found, speak)), *_months(found, speak)])
    yield Section(title=speak(YEAR), parts=lines_of(year_lines(found, speak)))
    yield Section(title=speak(RULES), parts=_rules(found, speak))
    yield Section(title=speak(ENTRIES), parts=_entries(found, speak))
    yield Section(title=speak(RETENTION), parts=_retention(found, speak))
    yield Section(title=speak(PLAN), parts=_plan(found, speak))
    yield Section(title=speak(BONUSES), parts=_bonuses(found, speak))


def _months(found: Simulation, speak: Language) -> list[Part]:
    """Persons, then money, so that either fits the width of a sheet of paper."""
    months = [month_label(row.month, speak) for row in found.run.months]
    people = [(speak(MONTH), months), *_people(found, speak)]
    money = [(speak(MONTH), [*months, speak(TOTAL)]), *_money(found, speak)]
    return [*_columns(people), *_columns(money, has_total=True)]


def _columns(columns: Columns, *, has_total: bool = False) -> list[Part]:
    rows = zip(*(cells for _, cells in columns), strict=True)
    return table_of((name for name, _ in columns), rows, has_total=has_total)


def _people(found: Simulation, speak: Language) -> Columns:
    rows = found.run.months
    known = [(speak(role), [str(row.heads.get(role, 0)) for row in rows]) for role in roles_of(found.run)]
    if any(row.ratio is not None for row in rows):
        known.append((speak(RATIO), [rounded(row.ratio, speak) for row in rows]))
    if any(row.cases is not None for row in rows):
        known.append((speak(CASES), [NOTHING if row.cases is None else speak(row.cases) for row in rows]))
        known.append((speak(CASES_EACH), [rounded(row.cases_each, speak) for row in rows]))
    return known


def _money(found: Simulation, speak: Language) -> Columns:
    """Pay and bonus always; the others where there are any."""
    rows, result = found.run.months, found.run
    known: list[tuple[Message, list[int]]] = []
    for word, key in KINDS:
        if key in {"pay", "bonus"} or getattr(result.total, key):
            known.append((word, [*(getattr(row.cost, key) for row in rows), getattr(result.total, key)]))
    known.append((SUBSIDISED, [*(row.subsidised for row in rows), result.subsidised]))
    known.append((CUMULATIVE, [*(row.cumulative for row in rows), result.subsidised]))
    if result.left is not None:
        known.append((LEFT, [*(row.left or 0 for row in rows), result.left]))
    return [(speak(word), [speak.number(amount) for amount in amounts]) for word, amounts in known]


def _rules(found: Simulation, speak: Language) -> list[Part]:
    """Months in a row that say the same are one row."""
    if not found.rules:
        return lines_of([speak(NO_RULES)])
    rows = []
    for rule in found.rules:
        sections = [] if rule.rule is None else [rule.rule.id, *(str(citation) for citation in rule.rule.citations)]
        for first, last, verdict in spans(rule, speak):
            months = months_label(first.month, last.month, speak)
            state = speak(STATES[verdict.state])
            rows.append((state, speak(rule.title), months, speak(verdict.text), speak.listed(sections)))
    return table_of([speak(word) for word in (VERDICT, RULE, MONTH, TOLD, SECTION)], rows, texts=range(5))


def _entries(found: Simulation, speak: Language) -> list[Part]:
    kinds = [(word, key) for word, key in KINDS if key == "pay" or getattr(found.run.total, key)]
    rows = []
    for stint, cost in zip(found.run.stints, found.run.by_stint, strict=True):
        low, high = (speak.number(amount) for amount in (stint.pay.low, stint.pay.high))
        monthly = low if low == high else speak(RANGE(low=low, high=high))
        days = (f"{stint.start:%m-%d}", f"{stint.end:%m-%d}")
        amounts = (speak.number(getattr(cost, key)) for _, key in kinds)
        rows.append((stint.name, speak(stint.role), str(stint.count), monthly, *days, *amounts))
    words = (ENTRY, ROLE, PERSONS, MONTHLY, FROM, TO, *(word for word, _ in kinds))
    return table_of([speak(word) for word in words], rows, texts=(0, 1))


def _retention(found: Simulation, speak: Language) -> list[Part]:
    words = (REPORT, DAY, SERVICE, SERVED, UNKNOWN, IN_POST, SHARE, TARGET, VERDICT)
    rows = []
    for indicator in found.retention:
        count = indicator.count
        least, most = (f"{rounded(share * 100, speak)}%" for share in (count.least, count.most))
        share = least if least == most else speak(RANGE(low=least, high=most))
        numbers = (indicator.months, count.served, count.unknown, count.in_post)
        told = (share if count.in_post else NOTHING, speak(Percent(indicator.target)), speak(MET[indicator.met]))
        rows.append((speak(indicator.report), speak(indicator.day), *map(str, numbers), *told))
    return table_of([speak(word) for word in words], rows, texts=(0, 1, 8))


def _plan(found: Simulation, speak: Language) -> list[Part]:
    rows = [
        (month_label(row.month, speak), *(speak.number(amount) for amount in (row.planned, row.spent, row.unspent)))
        for row in found.turnover.plan
    ]
    return table_of([speak(word) for word in (MONTH, PLANNED, SPENT, UNSPENT)], rows)


def _bonuses(found: Simulation, speak: Language) -> list[Part]:
    rows = []
    for change in found.turnover.bonuses:
        days = (speak(change.first), speak(change.last))
        amounts = (speak.number(amount) for amount in (change.full, change.earned, change.lost))
        rows.append((change.name, speak(MOVED[change.moved]), *days, str(change.count), *amounts))
    words = (ENTRY, WHY, FROM, TO, PERSONS, FULL, EARNED, LOST)
    return table_of([speak(word) for word in words], rows, texts=range(4))


def compare_sections(found: Compared, speak: Language) -> Iterator[Section]:
    """Persons, money and the year of both, then the rules of each."""
    pictures = drawings(compare_pictures(found, speak))
    yield Section(title=speak(PEOPLE), parts=[*pictures[:1], *_both_people(found, speak)])
    yield Section(title=speak(MONEY), parts=[*pictures[1:], *_both_money(found, speak)])
    yield Section(title=speak(YEARS), parts=_both_years(found, speak))
    for which, side in ((FIRST, found.a), (SECOND, found.b)):
        title = speak(OF(what=RULES(), which=named(which, side.scenario)))
        yield Section(title=title, parts=_rules(side, speak))


def _both_people(found: Compared, speak: Language) -> list[Part]:
    roles = list(dict.fromkeys((*roles_of(found.a.run), *roles_of(found.b.run))))
    rows = []
    for pair in found.months:
        both: Sequence[MonthRow | None] = (pair.a, pair.b)
        heads = ([NOTHING if row is None else str(row.heads.get(role, 0)) for row in both] for role in roles)
        ratios = (rounded(row.ratio if row else None, speak) for row in both)
        rows.append((month_label(pair.month, speak), *(PAIR.format(*known) for known in heads), PAIR.format(*ratios)))
    return table_of([speak(MONTH), *(speak(role) for role in roles), speak(RATIO)], rows)


def _both_money(found: Compared, speak: Language) -> list[Part]:
    return table_of([speak(word) for word in MONEY_WORDS], money_rows(found, speak))


def _both_years(found: Compared, speak: Language) -> list[Part]:
    """Totals of both; amounts that are nothing in both are left out."""
    a, b = found.a.run, found.b.run
    totals = [(word, getattr(a.total, key), getattr(b.total, key)) for word, key in KINDS]
    known = [entry for entry in totals if entry[1] or entry[2]]
    known.append((SUBSIDISED, a.subsidised, b.subsidised))
    if a.left is not None and b.left is not None:
        known.append((BUDGET_LEFT, a.left, b.left))
    rows = [
        (speak(word), speak.number(first), speak.number(second), signed(second - first, speak))
        for word, first, second in known
    ]
    return table_of(["", *(speak(word) for word in (FIRST, SECOND, DIFFERENCE))], rows)
