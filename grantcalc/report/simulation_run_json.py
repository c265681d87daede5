"""A simulated scenario, or two of them, as JSON: stable, amounts as integers, ratios as decimals in text."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from grantcalc.headcount.model import Assumption, Scenario
from grantcalc.headcount.run import MonthCost, MonthRow
from grantcalc.headcount.simulation import Compared, MonthPair, Simulation
from grantcalc.headcount.verdicts import RuleMonths
from grantcalc.money import number, shown
from grantcalc.report.jsonform import citation_json, exact, explanation_json
from grantcalc.text import Language


def ratio_json(value: Fraction | None) -> str | None:
    """A ratio or share: a decimal as text, half up to four places where it has no shorter form."""
    return None if value is None else str(number(shown(value, 4)))


def about_json(scenario: Scenario) -> dict[str, Any]:
    """What the result is a result of."""
    return {
        "programme": scenario.programme,
        "county": scenario.county,
        "title": scenario.title,
        "period": {"start": scenario.period.start.isoformat(), "end": scenario.period.end.isoformat()},
    }


def assumed_json(assumptions: Iterable[Assumption], speak: Language) -> list[str]:
    """Each assumption once."""
    return list(dict.fromkeys(speak(known.text) for known in assumptions))


def run_json(found: Simulation, speak: Language) -> dict[str, Any]:
    """One scenario: months, year, rules, entries, retention, turnover."""
    result = found.run
    return {
        **about_json(found.scenario),
        "assumptions": assumed_json(found.assumptions, speak),
        "insured": found.scenario.insured.value,
        "bonus_month": found.scenario.bonus_month,
        "months": [_month(row) for row in result.months],
        "year": {
            **_cost(result.total),
            "subsidised": result.subsidised,
            "low": result.low,
            "high": result.high,
            "budget": result.budget,
            "left": result.left,
        },
        "broken": found.broken,
        "rules": [_rule(rule, speak) for rule in found.rules],
        "entries": _entries(found, speak),
        "retention": _retention(found, speak),
        "turnover": _turnover(found, speak),
    }


def _cost(cost: MonthCost) -> dict[str, int]:
    return {
        "pay": cost.pay,
        "bonus": cost.bonus,
        "insurance": cost.insurance,
        "allowance": cost.allowance,
        "own": cost.own,
    }


def _month(row: MonthRow) -> dict[str, Any]:
    return {
        "month": f"{row.month:%Y-%m}",
        "heads": {role.value: count for role, count in row.heads.items()},
        "case_managers": row.case_managers,
        "supervisors": row.supervisors,
        **_cost(row.cost),
        "subsidised": row.subsidised,
        "cumulative": row.cumulative,
        "left": row.left,
        "cases": exact(row.cases),
        "cases_each": ratio_json(row.cases_each),
        "ratio": ratio_json(row.ratio),
    }


def _rule(rule: RuleMonths, speak: Language) -> dict[str, Any]:
    return {
        "key": rule.key,
        "rule": rule.rule.id if rule.rule is not None else None,
        "title": speak(rule.title),
        "citations": [citation_json(citation) for citation in rule.rule.citations] if rule.rule is not None else [],
        "state": rule.state.value,
        "months": [
            {
                "month": f"{verdict.month:%Y-%m}",
                "state": verdict.state.value,
                "stated": figure_json(verdict.stated),
                "limit": figure_json(verdict.limit),
                "headroom": figure_json(verdict.headroom),
                "unit": verdict.unit.value,
                "text": speak(verdict.text),
            }
            for verdict in rule.months
        ],
    }


def figure_json(value: Fraction) -> int | str:
    """A whole number as an integer, another as text."""
    return value.numerator if value.denominator == 1 else str(ratio_json(value))


def _entries(found: Simulation, speak: Language) -> list[dict[str, Any]]:
    return [
        {
            "name": stint.name,
            "role": stint.role.value,
            "count": stint.count,
            "monthly": stint.pay.middle,
            "low": stint.pay.low,
            "high": stint.pay.high,
            "pay_source": stint.pay.source.value,
            "start": stint.start.isoformat(),
            "end": stint.end.isoformat(),
            "cost": _cost(cost),
            "explanation": explanation_json(stint.pay.explanation, speak) if stint.pay.explanation else None,
        }
        for stint, cost in zip(found.run.stints, found.run.by_stint, strict=True)
    ]


def _retention(found: Simulation, speak: Language) -> list[dict[str, Any]]:
    return [
        {
            "report": speak(indicator.report),
            "day": indicator.day.isoformat(),
            "months": indicator.months,
            "served": indicator.count.served,
            "unknown": indicator.count.unknown,
            "in_post": indicator.count.in_post,
            "least": ratio_json(indicator.count.least),
            "most": ratio_json(indicator.count.most),
            "target": ratio_json(indicator.target),
            "met": indicator.met.value,
            "citation": citation_json(indicator.citation),
        }
        for indicator in found.retention
    ]


def _turnover(found: Simulation, speak: Language) -> dict[str, Any]:
    return {
        "plan": [
            {"month": f"{row.month:%Y-%m}", "planned": row.planned, "spent": row.spent, "unspent": row.unspent}
            for row in found.turnover.plan
        ],
        "bonuses": [
            {
                "name": change.name,
                "role": change.role.value,
                "count": change.count,
                "moved": change.moved.value,
                "first": change.first.isoformat(),
                "last": change.last.isoformat(),
                "full": change.full,
                "earned": change.earned,
                "lost": change.lost,
            }
            for change in found.turnover.bonuses
        ],
    }


def compared_json(found: Compared, speak: Language) -> dict[str, Any]:
    """Two scenarios and their difference."""
    return {
        "kind": "compare",
        "a": run_json(found.a, speak),
        "b": run_json(found.b, speak),
        "difference": {"subsidised": found.difference, "months": [_pair(pair) for pair in found.months]},
    }


def _pair(pair: MonthPair) -> dict[str, Any]:
    return {
        "month": f"{pair.month:%Y-%m}",
        "a": pair.a.subsidised if pair.a is not None else None,
        "b": pair.b.subsidised if pair.b is not None else None,
        "difference": pair.difference,
    }
