"""The result of any simulation as JSON: stable, amounts as integers, ratios as decimals in text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from grantcalc.headcount.limits import Judgement
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.results import (
    Axis,
    Combination,
    Fit,
    Percentiles,
    Risk,
    Sweep,
)
from grantcalc.headcount.simulation import Compared, Result, Simulation
from grantcalc.report.simulation_national_json import national_json
from grantcalc.report.simulation_run_json import (
    about_json,
    assumed_json,
    compared_json,
    figure_json,
    ratio_json,
    run_json,
)
from grantcalc.report.simulation_words import ratio_of
from grantcalc.text import Language


def simulation_json(result: Result, scenario: Scenario | None, speak: Language) -> dict[str, Any]:
    """All of a result; ``scenario`` is what it is a result of."""
    if isinstance(result, Simulation):
        return {"kind": "run", **run_json(result, speak)}
    if isinstance(result, Compared):
        return compared_json(result, speak)
    about = {} if scenario is None else about_json(scenario)
    if isinstance(result, Sweep):
        return {"kind": "sweep", **about, **_sweep(result, scenario, speak)}
    if isinstance(result, Fit):
        return {"kind": "fit", **about, **_fit(result, speak)}
    if isinstance(result, Risk):
        return {"kind": "risk", **about, **_risk(result, speak)}
    return {"kind": "national", **about, **national_json(result, speak)}


def _sweep(found: Sweep, scenario: Scenario | None, speak: Language) -> dict[str, Any]:
    def listed(teams: Iterable[Combination]) -> list[dict[str, Any]]:
        return [_combination(team, found.axes, scenario) for team in teams]

    return {
        "assumptions": assumed_json(found.assumptions, speak),
        "axes": [{"name": axis.name, "values": [_value(value) for value in axis.values]} for axis in found.axes],
        "total": found.total,
        "feasible": found.feasible,
        "bound": {rule.value: count for rule, count in found.bound.items()},
        "largest": None if found.largest is None else listed([found.largest])[0],
        "cheapest": None if found.cheapest is None else listed([found.cheapest])[0],
        "unwarned": None if found.unwarned is None else listed([found.unwarned])[0],
        "untried": found.untried,
        "uncomputable": [
            {"name": known.axis.name, "day": known.day.isoformat(), "reason": speak(known.reason)}
            for known in found.uncomputable
        ],
        "frontier": listed(found.frontier),
        "map": [[None if cell is None else cell.value for cell in cells] for cells in found.map],
        "combinations": listed(found.combinations),
    }


def _value(value: int | dt.date) -> int | str:
    return value.isoformat() if isinstance(value, dt.date) else value


def _combination(team: Combination, axes: tuple[Axis, ...], scenario: Scenario | None) -> dict[str, Any]:
    return {
        "values": {axis.name: _value(value) for axis, value in zip(axes, team.values, strict=True)},
        "case_managers": team.case_managers,
        "supervisors": team.supervisors,
        "cost": team.cost,
        "ratio": ratio_json(ratio_of(team)),
        "cases_each": ratio_json(team.cases_each),
        "feasible": team.feasible,
        "binds": None if team.binding is None else team.binding.value,
        "headroom": {judgement.binding.value: _judged(judgement) for judgement in team.judged},
    }


def _judged(judgement: Judgement) -> dict[str, Any]:
    return {
        "rule": judgement.rule.id if judgement.rule is not None else None,
        "state": judgement.state.value,
        "room": figure_json(judgement.headroom),
        "unit": judgement.unit.value,
    }


def _fit(found: Fit, speak: Language) -> dict[str, Any]:
    return {
        "assumptions": assumed_json(found.assumptions, speak),
        "budget": found.budget,
        "least_money": found.least_money,
        "most": [{"role": role.value, "persons": persons, "cost": cost} for role, persons, cost in found.most],
        "allowed": [
            {
                "role": known.role.value,
                "planned": known.planned,
                "persons": known.persons,
                "peak": None if known.peak is None else {"case_managers": known.peak[0], "supervisors": known.peak[1]},
                "binds": None if known.binding is None else known.binding.value,
            }
            for known in found.allowed
        ],
        "start": None if found.start is None else {"day": found.start.isoformat(), "cost": found.start_cost},
        "steps": [{"name": name, "step": step, "cost": cost} for name, step, cost in found.steps],
    }


def _percentiles(found: Percentiles) -> dict[str, int]:
    return {str(percentile): value for percentile, value in found.values.items()}


def _risk(found: Risk, speak: Language) -> dict[str, Any]:
    return {
        "assumptions": assumed_json(found.assumptions, speak),
        "draws": found.draws,
        "seed": found.seed,
        "budget": found.budget,
        "cost": _percentiles(found.cost),
        "unspent": None if found.unspent is None else _percentiles(found.unspent),
        "over_budget": ratio_json(found.over_budget),
        "broken_months": {rule.value: _percentiles(known) for rule, known in found.broken_months.items()},
        "by_month": [_percentiles(known) for known in found.by_month],
        "unspent_by_month": [_percentiles(known) for known in found.unspent_by_month],
        "retention": {str(months): _percentiles(known) for months, known in found.retention.items()},
    }
