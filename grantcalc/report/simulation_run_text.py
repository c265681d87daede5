"""A simulated scenario as plain text: months, year, every rule, entries of staff, retention, turnover."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grantcalc.headcount.simulation import Simulation
from grantcalc.headcount.verdicts import RuleMonths
from grantcalc.report.columns import fact_texts, text_table
from grantcalc.report.simulation_run_rows import (
    BONUSES,
    ENTRIES,
    MONTHS,
    NO_RULES,
    PLAN,
    RETENTION,
    RULES,
    YEAR,
    bonuses,
    entries,
    money,
    month_names,
    people,
    plan,
    spans,
    year,
)
from grantcalc.report.simulation_words import ASSUMPTIONS, MET, STATES, rounded, told_assumptions
from grantcalc.report.tabular import pairs, section, width_of
from grantcalc.text import Language, Message, Percent, Value

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
    yield from section(speak(YEAR), pairs(fact_texts(year(found, speak), speak), speak))
    yield from section(speak(RULES), rule_lines(found, speak))
    yield from section(speak(ENTRIES), text_table(entries(found, speak), speak, has_total=True))
    yield from section(speak(RETENTION), _retention(found, speak))
    yield from section(speak(PLAN), text_table(plan(found, speak), speak))
    yield from section(speak(BONUSES), text_table(bonuses(found, speak), speak))


def _months(found: Simulation, speak: Language, width: int) -> list[str]:
    """One table where it fits, else people and money apart."""
    names, persons, amounts = month_names(found, speak), people(found, speak), money(found, speak)
    together = text_table([names, *persons, *amounts], speak, has_total=True)
    if width_of(together) <= width:
        return together
    return [*text_table([names, *persons], speak), "", *text_table([names, *amounts], speak, has_total=True)]


def rule_lines(found: Simulation, speak: Language) -> Iterator[str]:
    """Every rule with its verdict; months that say the same stand together."""
    if not found.rules:
        yield speak(NO_RULES)
    colon = "：" if speak.is_chinese else ": "
    for rule in found.rules:
        yield _heading(rule, speak)
        for span in spans(rule, speak):
            state = speak(STATES[span.verdict.state])
            yield f"  {span.months(speak)} {state}{colon}{speak(span.verdict.text)}"


def _heading(rule: RuleMonths, speak: Language) -> str:
    state = speak(STATES[rule.state])
    marked = f"【{state}】" if speak.is_chinese else f"[{state}] "
    if rule.rule is None:
        return f"{marked}{speak(rule.title)}"
    sections = speak.listed(str(citation) for citation in rule.rule.citations)
    named = f"（{rule.rule.id}；{sections}）" if speak.is_chinese else f" ({rule.rule.id}; {sections})"
    return f"{marked}{speak(rule.title)}{named}"


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
