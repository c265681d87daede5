"""A simulated scenario as plain text: months, year, every rule, entries of staff, retention, turnover."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grantcalc.draft.model import Role
from grantcalc.headcount.model import Insured
from grantcalc.headcount.role_verdicts import MonthVerdict
from grantcalc.headcount.run import MonthCost, Run
from grantcalc.headcount.simulation import Simulation
from grantcalc.headcount.verdicts import RuleMonths
from grantcalc.report.simulation_words import (
    ASSUMPTIONS,
    BUDGET,
    CASES_EACH,
    ENTRY,
    INSURED,
    MET,
    MONTH,
    MOVED,
    PERSONS,
    RATIO,
    ROLE,
    STATES,
    SUBSIDISED,
    month_label,
    months_label,
    rounded,
    told_assumptions,
)
from grantcalc.report.tabular import pairs, section, table, width_of
from grantcalc.text import Language, Message, Percent, Value, dollars
from grantcalc.units import Unit

MONTHS = Message("Month by month (dollars; persons in post at the end of the month)")
YEAR = Message("The year")
RULES = Message("Every staffing rule in every month")
NO_RULES = Message("The programme sets no limit on this team, and the scenario states no budget.")
ENTRIES = Message("What each entry costs (dollars)")
RETENTION = Message("Retention")
PLAN = Message("Unspent money against an even plan of the budget (dollars)")
BONUSES = Message("Bonus of those who joined or left in the year (dollars)")

PAY = Message("Pay")
BONUS = Message("Bonus")
INSURANCE = Message("Insurance")
ALLOWANCE = Message("Allowance")
OWN = Message("Own funds")
CUMULATIVE = Message("Cumulative")
LEFT = Message("Left")
CASES = Message("Cases")
TOTAL = Message("Total")
LOW = Message("At the low end of the pay ranges")
HIGH = Message("At the high end of the pay ranges")
BUDGET_LEFT = Message("Budget left at the end of the year")
BUDGET_OVER = Message("Beyond the budget at the end of the year")
NO_BUDGET = Message("none stated; fill in budget in the scenario file")
MONTHLY = Message("A month")
FROM = Message("From")
TO = Message("To")
PLANNED = Message("Evenly planned")
SPENT = Message("Spent")
UNSPENT = Message("Unspent")
WHY = Message("Why")
FULL = Message("Full bonus")
EARNED = Message("Earned")
LOST = Message("Lost")
RANGE = Message("{low}–{high}")

RETAINED = Message(
    "{report}, {day}, {months} months: {served} of {in_post} have served them = {share} (target {target}): {verdict}"
)
RETAINED_OPEN = Message(
    "{report}, {day}, {months} months: of {in_post} in post {served} have served them, of {unknown} it is not known "
    "(no hired_on is stated) = {least} to {most} (target {target}): {verdict}"
)
NO_TEAM = Message("{report}, {day}, {months} months: no case manager or supervisor in post")


def run_lines(found: Simulation, speak: Language, width: int) -> Iterator[str]:
    """Everything, the assumptions first."""
    yield from section(speak(ASSUMPTIONS), told_assumptions(found.assumptions, speak))
    yield from section(speak(MONTHS), _months(found, speak, width))
    yield from section(speak(YEAR), year_lines(found, speak))
    yield from section(speak(RULES), rule_lines(found, speak))
    yield from section(speak(ENTRIES), _entries(found, speak))
    yield from section(speak(RETENTION), _retention(found, speak))
    yield from section(speak(PLAN), _plan(found, speak))
    yield from section(speak(BONUSES), _bonuses(found, speak))


def roles_of(found: Run) -> list[Role]:
    """The roles of a run in their own order."""
    present = {stint.role for stint in found.stints}
    return [role for role in Role if role in present]


Column = tuple[str, list[str]]


def _months(found: Simulation, speak: Language, width: int) -> list[str]:
    """One table where it fits, else people and money apart."""
    rows, total = found.run.months, found.run.total
    months: Column = (speak(MONTH), [*(month_label(row.month, speak) for row in rows), speak(TOTAL)])
    people, money = _people(found, speak), _money(found, total, speak)
    together = _columns(months, [*people, *money])
    if width_of(together) <= width:
        return together
    return [*_columns(months, people, last=False), "", *_columns(months, money)]


def _columns(first: Column, others: list[Column], *, last: bool = True) -> list[str]:
    """A table of columns; without its last row where that holds no sums."""
    known = [first, *others]
    rows = list(zip(*(cells for _, cells in known), strict=True))
    return table([name for name, _ in known], rows if last else rows[:-1], right=range(1, len(known)))


def _people(found: Simulation, speak: Language) -> list[Column]:
    rows = found.run.months
    known = [(speak(role), [*(str(row.heads.get(role, 0)) for row in rows), ""]) for role in roles_of(found.run)]
    if any(row.ratio is not None for row in rows):
        known.append((speak(RATIO), [*(rounded(row.ratio, speak) for row in rows), ""]))
    if any(row.cases is not None for row in rows):
        known.append((speak(CASES), [*("–" if row.cases is None else speak(row.cases) for row in rows), ""]))
        known.append((speak(CASES_EACH), [*(rounded(row.cases_each, speak) for row in rows), ""]))
    return known


def _money(found: Simulation, total: MonthCost, speak: Language) -> list[Column]:
    """Pay and bonus always; the others where there are any."""
    rows, left = found.run.months, found.run.left
    known = [
        (PAY, [row.cost.pay for row in rows], total.pay, True),
        (BONUS, [row.cost.bonus for row in rows], total.bonus, True),
        (INSURANCE, [row.cost.insurance for row in rows], total.insurance, bool(total.insurance)),
        (ALLOWANCE, [row.cost.allowance for row in rows], total.allowance, bool(total.allowance)),
        (OWN, [row.cost.own for row in rows], total.own, bool(total.own)),
        (SUBSIDISED, [row.subsidised for row in rows], found.run.subsidised, True),
        (CUMULATIVE, [row.cumulative for row in rows], found.run.subsidised, True),
        (LEFT, [row.left or 0 for row in rows], left or 0, left is not None),
    ]
    return [
        (speak(name), [speak.number(amount) for amount in (*amounts, last)])
        for name, amounts, last, is_shown in known
        if is_shown
    ]


def year_lines(found: Simulation, speak: Language) -> Iterator[str]:
    """Totals of the year, with both ends of the pay ranges, and the budget."""
    result, total, scenario = found.run, found.run.total, found.scenario
    known = [(PAY, total.pay), (BONUS, total.bonus)]
    if total.insurance or scenario.insured is not Insured.INCLUDED:
        known.append((INSURED[scenario.insured], total.insurance))
    known += [(name, amount) for name, amount in ((ALLOWANCE, total.allowance), (OWN, total.own)) if amount]
    known.append((SUBSIDISED, result.subsidised))
    if result.low != result.high:
        known += [(LOW, result.low), (HIGH, result.high)]
    yield from pairs(((speak(name), speak(dollars(amount))) for name, amount in known), speak)
    if result.budget is None or result.left is None:
        yield from pairs([(speak(BUDGET), speak(NO_BUDGET))], speak)
        return
    left = (BUDGET_LEFT if result.left >= 0 else BUDGET_OVER, abs(result.left))
    last = ((BUDGET, result.budget), left)
    yield from pairs(((speak(name), speak(dollars(amount))) for name, amount in last), speak)


def rule_lines(found: Simulation, speak: Language) -> Iterator[str]:
    """Every rule with its verdict; months that say the same stand together."""
    if not found.rules:
        yield speak(NO_RULES)
    for rule in found.rules:
        yield _heading(rule, speak)
        for first, last, verdict in spans(rule, speak):
            state = speak(STATES[verdict.state])
            colon = "：" if speak.is_chinese else ": "
            yield f"  {months_label(first.month, last.month, speak)} {state}{colon}{speak(verdict.text)}"


def _heading(rule: RuleMonths, speak: Language) -> str:
    state = speak(STATES[rule.state])
    marked = f"【{state}】" if speak.is_chinese else f"[{state}] "
    if rule.rule is None:
        return f"{marked}{speak(rule.title)}"
    sections = speak.listed(str(citation) for citation in rule.rule.citations)
    named = f"（{rule.rule.id}；{sections}）" if speak.is_chinese else f" ({rule.rule.id}; {sections})"
    return f"{marked}{speak(rule.title)}{named}"


def spans(rule: RuleMonths, speak: Language) -> Iterator[tuple[MonthVerdict, MonthVerdict, MonthVerdict]]:
    """First and last of the months in a row that say the same, and what they say.

    The sums of money change every month: those of one state stand together, told by the last.
    """

    def said(verdict: MonthVerdict) -> tuple[object, str]:
        return verdict.state, "" if verdict.unit is Unit.DOLLAR else speak(verdict.text)

    runs: list[list[MonthVerdict]] = []
    for verdict in rule.months:
        before = runs[-1][-1] if runs else None
        if before is not None and said(before) == said(verdict) and _follows(before, verdict):
            runs[-1].append(verdict)
        else:
            runs.append([verdict])
    for known in runs:
        yield known[0], known[-1], known[-1]


def _follows(before: MonthVerdict, after: MonthVerdict) -> bool:
    return (after.month.year - before.month.year) * 12 + after.month.month - before.month.month == 1


def _entries(found: Simulation, speak: Language) -> list[str]:
    words = (ENTRY, ROLE, PERSONS, MONTHLY, FROM, TO, PAY, BONUS, INSURANCE, ALLOWANCE)
    rows = []
    for stint, cost in zip(found.run.stints, found.run.by_stint, strict=True):
        low, high = (speak.number(amount) for amount in (stint.pay.low, stint.pay.high))
        amounts = (cost.pay, cost.bonus, cost.insurance, cost.allowance)
        rows.append(
            (
                stint.name,
                speak(stint.role),
                str(stint.count),
                low if low == high else speak(RANGE(low=low, high=high)),
                f"{stint.start:%m-%d}",
                f"{stint.end:%m-%d}",
                *(speak.number(amount) for amount in amounts),
            )
        )
    return table([speak(word) for word in words], rows, right=(2, 3, 6, 7, 8, 9)) if rows else []


def _retention(found: Simulation, speak: Language) -> Iterator[str]:
    for indicator in found.retention:
        count = indicator.count
        facts: dict[str, Value] = {"report": indicator.report, "day": indicator.day, "months": indicator.months}
        if not count.in_post:
            yield speak(NO_TEAM(**facts))
            continue
        least, most = (_percent(share, speak) for share in (count.least, count.most))
        counted: dict[str, Value] = {
            "served": count.served,
            "in_post": count.in_post,
            "target": Percent(indicator.target),
        }
        verdict = MET[indicator.met]()
        if count.unknown:
            yield speak(
                RETAINED_OPEN(**facts, **counted, unknown=count.unknown, least=least, most=most, verdict=verdict)
            )
        else:
            yield speak(RETAINED(**facts, **counted, share=least, verdict=verdict))


def _percent(share: Fraction, speak: Language) -> str:
    return f"{rounded(share * 100, speak)}%"


def _plan(found: Simulation, speak: Language) -> list[str]:
    words = (MONTH, PLANNED, SPENT, UNSPENT)
    rows = [
        (month_label(row.month, speak), *(speak.number(amount) for amount in (row.planned, row.spent, row.unspent)))
        for row in found.turnover.plan
    ]
    return table([speak(word) for word in words], rows, right=(1, 2, 3)) if rows else []


def _bonuses(found: Simulation, speak: Language) -> list[str]:
    words = (ENTRY, PERSONS, WHY, FROM, TO, FULL, EARNED, LOST)
    rows = [
        (
            change.name,
            str(change.count),
            speak(MOVED[change.moved]),
            change.first.isoformat(),
            change.last.isoformat(),
            *(speak.number(amount) for amount in (change.full, change.earned, change.lost)),
        )
        for change in found.turnover.bonuses
    ]
    return table([speak(word) for word in words], rows, right=(1, 5, 6, 7)) if rows else []
