"""What a run tells in every form: its words, and the columns that text, page and workbook lay out alike."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Role
from grantcalc.headcount.model import Insured
from grantcalc.headcount.role_verdicts import MonthVerdict
from grantcalc.headcount.run import MonthCost, Run
from grantcalc.headcount.simulation import Simulation
from grantcalc.headcount.verdicts import RuleMonths
from grantcalc.report.columns import Column, Fact, Look, plainest, texts
from grantcalc.report.simulation_words import (
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
    VERDICT,
    month_label,
    months_label,
)
from grantcalc.text import Language, Message
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
MONTHLY, LOWEST, HIGHEST = Message("A month"), Message("A month, low end"), Message("A month, high end")
FROM, TO = Message("From"), Message("To")
PLANNED, SPENT, UNSPENT = Message("Evenly planned"), Message("Spent"), Message("Unspent")
WHY, FULL, EARNED, LOST = Message("Why"), Message("Full bonus"), Message("Earned"), Message("Lost")
RULE, TITLE, SECTION, TOLD = Message("Rule"), Message("Title"), Message("Section"), Message("Message")
REPORT, DAY, SERVICE = Message("Report"), Message("Date"), Message("Months served")
SERVED, IN_POST, UNKNOWN = Message("Have served them"), Message("In post"), Message("Not known")
LEAST, MOST, TARGET = Message("At least"), Message("At most"), Message("Target")

KINDS = ((PAY, "pay"), (BONUS, "bonus"), (INSURANCE, "insurance"), (ALLOWANCE, "allowance"), (OWN, "own"))
"""What a month costs, by kind, and the name of its amount."""
TITLE_WIDTH, TOLD_WIDTH = 26, 60


@frozen(kw_only=True)
class Span:
    """Months in a row in which a rule says the same; ``verdict`` is what it says."""

    rule: RuleMonths
    first: MonthVerdict
    verdict: MonthVerdict

    def months(self, speak: Language) -> str:
        """The first to the last of them."""
        return months_label(self.first.month, self.verdict.month, speak)


def roles_of(found: Run) -> list[Role]:
    """The roles of a run in their own order."""
    present = {stint.role for stint in found.stints}
    return [role for role in Role if role in present]


def amount_of(cost: MonthCost, key: str) -> int:
    """The amount of one of :data:`KINDS`."""
    amount: int = getattr(cost, key)
    return amount


def kinds_of(found: Simulation) -> list[tuple[Message, str]]:
    """Pay and bonus always; the others where there are any."""
    return [known for known in KINDS if known[1] in {"pay", "bonus"} or amount_of(found.run.total, known[1])]


def month_names(found: Simulation, speak: Language) -> Column:
    """The months, and the word for their sum."""
    return texts(speak(MONTH), (month_label(row.month, speak) for row in found.run.months), total=speak(TOTAL))


def people(found: Simulation, speak: Language) -> list[Column]:
    """Persons in post by role, the ratio and the cases where there are any, month by month."""
    rows = found.run.months
    known = [Column(header=speak(role), cells=[row.heads.get(role, 0) for row in rows]) for role in roles_of(found.run)]
    if any(row.ratio is not None for row in rows):
        known.append(Column(header=speak(RATIO), look=Look.RATIO, cells=[row.ratio for row in rows]))
    if any(row.cases is not None for row in rows):
        cases = [None if row.cases is None else Fraction(row.cases) for row in rows]
        known.append(Column(header=speak(CASES), look=plainest(Look.NUMBER, cases), cells=cases))
        known.append(Column(header=speak(CASES_EACH), look=Look.RATIO, cells=[row.cases_each for row in rows]))
    return known


def money(found: Simulation, speak: Language) -> list[Column]:
    """Each kind of cost, what the subsidy pays, its sum so far, and what is left of the budget."""
    rows, result = found.run.months, found.run
    known = [
        Column(
            header=speak(name),
            cells=[amount_of(row.cost, key) for row in rows],
            total=amount_of(result.total, key),
        )
        for name, key in kinds_of(found)
    ]
    known.append(Column(header=speak(SUBSIDISED), cells=[row.subsidised for row in rows], total=result.subsidised))
    known.append(Column(header=speak(CUMULATIVE), cells=[row.cumulative for row in rows], total=result.subsidised))
    if result.left is not None:
        known.append(Column(header=speak(LEFT), cells=[row.left for row in rows], total=result.left))
    return known


def year(found: Simulation, speak: Language) -> list[Fact]:
    """Totals of the year, with both ends of the pay ranges, and the budget."""
    result, insured = found.run, found.scenario.insured
    total = result.total
    known = [(PAY, total.pay), (BONUS, total.bonus)]
    if total.insurance or insured is not Insured.INCLUDED:
        known.append((INSURED[insured], total.insurance))
    known += [(name, amount) for name, amount in ((ALLOWANCE, total.allowance), (OWN, total.own)) if amount]
    known.append((SUBSIDISED, result.subsidised))
    if result.low != result.high:
        known += [(LOW, result.low), (HIGH, result.high)]
    if result.budget is not None and result.left is not None:
        left = (BUDGET_LEFT if result.left >= 0 else BUDGET_OVER, abs(result.left))
        known += [(BUDGET, result.budget), left]
    facts: list[Fact] = [(speak(name), amount, Look.DOLLARS) for name, amount in known]
    return facts if result.budget is not None else [*facts, no_budget(speak)]


def no_budget(speak: Language) -> Fact:
    """What stands in the place of a budget that is not stated."""
    return speak(BUDGET), speak(NO_BUDGET), Look.TEXT


def spans(rule: RuleMonths, speak: Language) -> Iterator[Span]:
    """Months in a row that say the same, told once.

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
        yield Span(rule=rule, first=known[0], verdict=known[-1])


def _follows(before: MonthVerdict, after: MonthVerdict) -> bool:
    return (after.month.year - before.month.year) * 12 + after.month.month - before.month.month == 1


def rule_spans(found: Simulation, speak: Language) -> list[Span]:
    """The spans of every rule."""
    return [span for rule in found.rules for span in spans(rule, speak)]


def rules(found: Simulation, speak: Language) -> list[Column]:
    """Every rule; months in a row that say the same are one row."""
    known = rule_spans(found, speak)
    sources = [span.rule.rule for span in known]
    sections = ["" if rule is None else speak.listed(str(one) for one in rule.citations) for rule in sources]
    return [
        texts(speak(VERDICT), (speak(STATES[span.verdict.state]) for span in known)),
        texts(speak(TITLE), (speak(span.rule.title) for span in known), TITLE_WIDTH),
        texts(speak(RULE), ("" if rule is None else rule.id for rule in sources)),
        texts(speak(MONTH), (span.months(speak) for span in known)),
        texts(speak(TOLD), (speak(span.verdict.text) for span in known), TOLD_WIDTH),
        texts(speak(SECTION), sections, TITLE_WIDTH),
    ]


def entries(found: Simulation, speak: Language) -> list[Column]:
    """What each entry of staff costs, by kind, and the sums."""
    stints, total = found.run.stints, found.run.total
    return [
        texts(speak(ENTRY), (stint.name for stint in stints), total=speak(TOTAL)),
        texts(speak(ROLE), (speak(stint.role) for stint in stints)),
        Column(header=speak(PERSONS), cells=[stint.count for stint in stints]),
        *_monthly(found, speak),
        Column(header=speak(FROM), look=Look.DATE, cells=[stint.start for stint in stints]),
        Column(header=speak(TO), look=Look.DATE, cells=[stint.end for stint in stints]),
        *(
            Column(
                header=speak(name),
                cells=[amount_of(cost, key) for cost in found.run.by_stint],
                total=amount_of(total, key),
            )
            for name, key in kinds_of(found)
        ),
    ]


def _monthly(found: Simulation, speak: Language) -> list[Column]:
    """The pay of a month; both ends where any is a range."""
    pays = [stint.pay for stint in found.run.stints]
    low, high = [pay.low for pay in pays], [pay.high for pay in pays]
    if low == high:
        return [Column(header=speak(MONTHLY), cells=low)]
    return [Column(header=speak(LOWEST), cells=low), Column(header=speak(HIGHEST), cells=high)]


def retention(found: Simulation, speak: Language) -> list[Column]:
    """Every indicator on every day of reporting; what is not known makes the share a range."""
    known = found.retention
    counts = [indicator.count for indicator in known]
    least = [count.least if count.in_post else None for count in counts]
    most = [count.most if count.in_post else None for count in counts]
    return [
        texts(speak(REPORT), (speak(indicator.report) for indicator in known)),
        Column(header=speak(DAY), look=Look.DATE, cells=[indicator.day for indicator in known]),
        Column(header=speak(SERVICE), cells=[indicator.months for indicator in known]),
        Column(header=speak(SERVED), cells=[count.served for count in counts]),
        Column(header=speak(UNKNOWN), cells=[count.unknown for count in counts]),
        Column(header=speak(IN_POST), cells=[count.in_post for count in counts]),
        Column(header=speak(LEAST), look=Look.PERCENT, cells=least),
        Column(header=speak(MOST), look=Look.PERCENT, cells=most),
        Column(header=speak(TARGET), look=Look.PERCENT, cells=[indicator.target for indicator in known]),
        texts(speak(VERDICT), (speak(MET[indicator.met]) for indicator in known)),
    ]


def plan(found: Simulation, speak: Language) -> list[Column]:
    """Planned and spent until the end of each month."""
    known = found.turnover.plan
    return [
        texts(speak(MONTH), (month_label(row.month, speak) for row in known)),
        Column(header=speak(PLANNED), cells=[row.planned for row in known]),
        Column(header=speak(SPENT), cells=[row.spent for row in known]),
        Column(header=speak(UNSPENT), cells=[row.unspent for row in known]),
    ]


def bonuses(found: Simulation, speak: Language) -> list[Column]:
    """What those who joined or left in the year earn and lose."""
    known = found.turnover.bonuses
    return [
        texts(speak(ENTRY), (change.name for change in known)),
        texts(speak(WHY), (speak(MOVED[change.moved]) for change in known)),
        Column(header=speak(FROM), look=Look.DATE, cells=[change.first for change in known]),
        Column(header=speak(TO), look=Look.DATE, cells=[change.last for change in known]),
        Column(header=speak(PERSONS), cells=[change.count for change in known]),
        Column(header=speak(FULL), cells=[change.full for change in known]),
        Column(header=speak(EARNED), cells=[change.earned for change in known]),
        Column(header=speak(LOST), cells=[change.lost for change in known]),
    ]
