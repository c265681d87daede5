"""The sheets of a run beside its months: rules, entries of staff, retention and what turnover does to the money."""

from __future__ import annotations

from collections.abc import Mapping

from grantcalc.finding import Outcome
from grantcalc.headcount.limits import State
from grantcalc.headcount.simulation import Simulation
from grantcalc.report.simulation_compare_text import OF
from grantcalc.report.simulation_run_text import (
    ALLOWANCE,
    BONUS,
    BONUSES,
    BUDGET_LEFT,
    BUDGET_OVER,
    EARNED,
    ENTRIES,
    FROM,
    FULL,
    HIGH,
    INSURANCE,
    LOST,
    LOW,
    MONTHLY,
    NO_RULES,
    OWN,
    PAY,
    PLAN,
    PLANNED,
    RETENTION,
    RULES,
    SPENT,
    TO,
    TOTAL,
    UNSPENT,
    WHY,
    YEAR,
    spans,
)
from grantcalc.report.simulation_words import (
    BUDGET,
    ENTRY,
    INSURED,
    MET,
    MONTH,
    MOVED,
    PERSONS,
    ROLE,
    STATES,
    SUBSIDISED,
    VERDICT,
    month_label,
    months_label,
)
from grantcalc.text import Message, Text
from grantcalc.workbook.simulation_charts import BUDGET as RED
from grantcalc.workbook.simulation_charts import COST as DARK
from grantcalc.workbook.simulation_charts import MONEY, Frame, Line, axis, chart_of, insert, line_series
from grantcalc.workbook.simulation_desk import Desk
from grantcalc.workbook.simulation_page import Cell, Column, Look, Page, texts

RULES_SHEET, ENTRIES_SHEET = Message("Rules"), Message("Staff entries")
TURNOVER_SHEET = Message("Retention and turnover")
RULE, TITLE, SECTION, TOLD = Message("Rule"), Message("Title"), Message("Section"), Message("Message")
REPORT, DAY, SERVICE = Message("Report"), Message("Date"), Message("Months served")
SERVED, IN_POST, UNKNOWN = Message("Have served them"), Message("In post"), Message("Not known")
LEAST, MOST, TARGET = Message("At least"), Message("At most"), Message("Target")
LOWEST, HIGHEST = Message("A month, low end"), Message("A month, high end")
PLAN_CHART = Message("Spent against an even plan of the budget (dollars)")
OUTCOMES: Mapping[State, Outcome | None] = {
    State.KEPT: None,
    State.WARNED: Outcome.WARNING,
    State.BROKEN: Outcome.ERROR,
}
TITLE_WIDTH, TOLD_WIDTH = 26, 60
WIDTH, HEIGHT = 640, 300
"""Pixels of the picture beside its table."""


def sheet_name(name: Message, which: Message | None) -> Text:
    """A sheet's name, of the first or second scenario where there are two."""
    return name() if which is None else OF(what=name(), which=which())


def write_rules(desk: Desk, found: Simulation, which: Message | None) -> None:
    """Every rule; months in a row that say the same are one row."""
    speak, page = desk.language, desk.page(sheet_name(RULES_SHEET, which))
    page.title(speak(RULES))
    if not found.rules:
        page.note(speak(NO_RULES))
        page.close(desk.title)
        return
    rows = [(rule, *span) for rule in found.rules for span in spans(rule, speak)]
    states = [verdict.state for _, _, _, verdict in rows]
    rules = [rule.rule for rule, _, _, _ in rows]
    sections = ["" if rule is None else speak.listed(str(one) for one in rule.citations) for rule in rules]
    placed = page.table(
        [
            texts(speak(VERDICT), (speak(STATES[state]) for state in states)),
            texts(speak(TITLE), (speak(rule.title) for rule, _, _, _ in rows), TITLE_WIDTH),
            texts(speak(RULE), ("" if rule is None else rule.id for rule in rules)),
            texts(speak(MONTH), (months_label(first.month, last.month, speak) for _, first, last, _ in rows)),
            texts(speak(TOLD), (speak(verdict.text) for _, _, _, verdict in rows), TOLD_WIDTH),
            texts(speak(SECTION), sections, TITLE_WIDTH),
        ]
    )
    for row, state in enumerate(states, start=placed.first):
        page.mark(row, 0, speak(STATES[state]), OUTCOMES[state])
    page.close(desk.title, frozen_rows=placed.first)


def write_entries(desk: Desk, found: Simulation, which: Message | None) -> None:
    """What each entry of staff costs, and the year."""
    speak, page = desk.language, desk.page(sheet_name(ENTRIES_SHEET, which))
    page.title(speak(ENTRIES))
    stints, costs, total = found.run.stints, found.run.by_stint, found.run.total
    columns = [
        Column(header=speak(ENTRY), look=Look.TEXT, cells=[stint.name for stint in stints], total=speak(TOTAL)),
        texts(speak(ROLE), (speak(stint.role) for stint in stints)),
        Column(header=speak(PERSONS), cells=[stint.count for stint in stints]),
        *_monthly(page, found),
        Column(header=speak(FROM), look=Look.DATE, cells=[stint.start for stint in stints]),
        Column(header=speak(TO), look=Look.DATE, cells=[stint.end for stint in stints]),
        Column(header=speak(PAY), cells=[cost.pay for cost in costs], total=total.pay),
        Column(header=speak(BONUS), cells=[cost.bonus for cost in costs], total=total.bonus),
        Column(header=speak(INSURANCE), cells=[cost.insurance for cost in costs], total=total.insurance),
        Column(header=speak(ALLOWANCE), cells=[cost.allowance for cost in costs], total=total.allowance),
        Column(header=speak(OWN), cells=[cost.own for cost in costs], total=total.own),
    ]
    placed = page.table(columns, has_total=True)
    page.heading(speak(YEAR))
    page.pairs(_year(page, found))
    page.close(desk.title, frozen_rows=placed.first, frozen_columns=1)


def _monthly(page: Page, found: Simulation) -> list[Column]:
    """The pay of a month; both ends where any is a range."""
    speak, pays = page.language, [stint.pay for stint in found.run.stints]
    if all(pay.low == pay.high for pay in pays):
        return [Column(header=speak(MONTHLY), cells=[pay.low for pay in pays])]
    low, high = [pay.low for pay in pays], [pay.high for pay in pays]
    return [Column(header=speak(LOWEST), cells=low), Column(header=speak(HIGHEST), cells=high)]


def _year(page: Page, found: Simulation) -> list[tuple[str, Cell, Look]]:
    result, total = found.run, found.run.total
    known = [(PAY, total.pay), (BONUS, total.bonus), (INSURED[found.scenario.insured], total.insurance)]
    known += [(ALLOWANCE, total.allowance), (OWN, total.own), (SUBSIDISED, result.subsidised)]
    if result.low != result.high:
        known += [(LOW, result.low), (HIGH, result.high)]
    if result.budget is not None and result.left is not None:
        known += [(BUDGET, result.budget), (BUDGET_LEFT if result.left >= 0 else BUDGET_OVER, abs(result.left))]
    return [(page.language(name), amount, Look.MONEY) for name, amount in known]


def write_turnover(desk: Desk, found: Simulation, which: Message | None) -> None:
    """Retention, money against an even plan, and bonuses of joiners and leavers; no sheet without any of them."""
    if not (found.retention or found.turnover.plan or found.turnover.bonuses):
        return
    speak, page = desk.language, desk.page(sheet_name(TURNOVER_SHEET, which))
    page.title(speak(TURNOVER_SHEET))
    if found.retention:
        page.heading(speak(RETENTION))
        _retention(page, found)
    if found.turnover.bonuses:
        page.heading(speak(BONUSES))
        _bonuses(page, found)
    if found.turnover.plan:
        page.heading(speak(PLAN))
        _plan(desk, page, found)
    page.close(desk.title, frozen_rows=1, is_one_page=True)


def _retention(page: Page, found: Simulation) -> None:
    speak, known = page.language, found.retention
    counts = [indicator.count for indicator in known]
    page.table(
        [
            texts(speak(REPORT), (speak(indicator.report) for indicator in known)),
            Column(header=speak(DAY), look=Look.DATE, cells=[indicator.day for indicator in known]),
            Column(header=speak(SERVICE), cells=[indicator.months for indicator in known]),
            Column(header=speak(SERVED), cells=[count.served for count in counts]),
            Column(header=speak(UNKNOWN), cells=[count.unknown for count in counts]),
            Column(header=speak(IN_POST), cells=[count.in_post for count in counts]),
            Column(
                header=speak(LEAST),
                look=Look.PERCENT,
                cells=[count.least if count.in_post else None for count in counts],
            ),
            Column(
                header=speak(MOST), look=Look.PERCENT, cells=[count.most if count.in_post else None for count in counts]
            ),
            Column(header=speak(TARGET), look=Look.PERCENT, cells=[indicator.target for indicator in known]),
            texts(speak(VERDICT), (speak(MET[indicator.met]) for indicator in known)),
        ]
    )


def _bonuses(page: Page, found: Simulation) -> None:
    speak, known = page.language, found.turnover.bonuses
    page.table(
        [
            texts(speak(ENTRY), (change.name for change in known)),
            Column(header=speak(FROM), look=Look.DATE, cells=[change.first for change in known]),
            Column(header=speak(TO), look=Look.DATE, cells=[change.last for change in known]),
            Column(header=speak(PERSONS), cells=[change.count for change in known]),
            texts(speak(WHY), (speak(MOVED[change.moved]) for change in known)),
            Column(header=speak(FULL), cells=[change.full for change in known]),
            Column(header=speak(EARNED), cells=[change.earned for change in known]),
            Column(header=speak(LOST), cells=[change.lost for change in known]),
        ]
    )


def _plan(desk: Desk, page: Page, found: Simulation) -> None:
    """Planned and spent until the end of each month, with both as lines."""
    speak, plan = page.language, found.turnover.plan
    placed = page.table(
        [
            texts(speak(MONTH), (month_label(row.month, speak) for row in plan)),
            Column(header=speak(PLANNED), cells=[row.planned for row in plan]),
            Column(header=speak(SPENT), cells=[row.spent for row in plan]),
            Column(header=speak(UNSPENT), cells=[row.unspent for row in plan]),
        ]
    )
    chart = chart_of(desk.book, "line")
    chart.add_series(line_series(placed, Line(column=1, colour=RED, dashed=True)))
    chart.add_series(line_series(placed, Line(column=2, colour=DARK, marked=True)))
    chart.set_x_axis(axis())
    chart.set_y_axis(axis(number=MONEY, grid=True))
    # Beside the table, so that both are on one page.
    insert(page, chart, speak(PLAN_CHART), Frame(width=WIDTH, height=HEIGHT, column=placed.columns, row=placed.head))
