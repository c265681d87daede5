"""The national view as JSON: every county with its posts, its money and the arithmetic, and the sums."""

from __future__ import annotations

from typing import Any

from grantcalc.headcount.results import CountyChange, National, Posts
from grantcalc.report.jsonform import explanation_json
from grantcalc.report.simulation_run_json import assumed_json, figure_json
from grantcalc.text import Language


def national_json(found: National, speak: Language) -> dict[str, Any]:
    """What is changed, what is assumed, the counties by their change, and their sums."""
    return {
        "changes": [speak(text) for text in found.changes],
        "assumptions": assumed_json(found.assumptions, speak),
        "counties": [
            {
                **_county(county, speak),
                "explanation": None if county.explanation is None else explanation_json(county.explanation, speak),
            }
            for county in found.counties
        ],
        "total": _county(found.total, speak),
    }


def _county(county: CountyChange, speak: Language) -> dict[str, Any]:
    return {
        "county": county.county.zh,
        "name": speak(county.county),
        "cases": figure_json(county.cases),
        "changed_cases": figure_json(county.changed_cases),
        "approved": _posts(county.approved),
        "formula": _posts(county.formula),
        "changed": _posts(county.changed),
        "gained": county.gained,
        "approved_money": county.approved_money,
        "formula_money": county.formula_money,
        "needed_money": county.needed_money,
        "money_gained": county.money_gained,
        "balance": county.balance,
    }


def _posts(posts: Posts) -> dict[str, int]:
    return {
        "posts": posts.total,
        "case_managers": posts.case_managers,
        "senior": posts.senior,
        "supervisors": posts.supervisors,
        "project_managers": posts.project_managers,
    }
