"""Parts of the JSON form of one budget under two programmes."""

from __future__ import annotations

from typing import Any

from grantcalc.checking import Report
from grantcalc.finding import Finding, Outcome, Place
from grantcalc.report.jsonform import citation_json, exact
from grantcalc.text import Language


def counts(report: Report) -> dict[str, int]:
    """Findings by outcome, and dollars of subsidy."""
    return {
        **{outcome.value: report.count(outcome) for outcome in Outcome},
        "asked": report.asked,
        "allowed": report.allowed,
    }


def place_json(place: Place) -> dict[str, Any]:
    """A place in the user's file."""
    return {"path": place.path, "sheet": place.sheet, "cell": place.cell, "label": place.label}


def finding_json(finding: Finding, speak: Language) -> dict[str, Any]:
    """What one programme says of a row or of the plan."""
    return {
        "rule": finding.rule,
        "outcome": finding.outcome.value,
        **place_json(finding.place),
        "stated": exact(finding.stated),
        "allowed": exact(finding.allowed),
        "unit": finding.unit.value if finding.unit else None,
        "message": speak(finding.message),
        "citations": [citation_json(citation) for citation in finding.citations],
    }
