"""The report as JSON: stable, amounts as integers, exact decimals as strings."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from grantcalc.checking import Report, RuleResult
from grantcalc.draft.model import Cell
from grantcalc.finding import Effect, Explanation, Finding, Outcome, Place
from grantcalc.money import Exact
from grantcalc.sources import Citation
from grantcalc.text import Language

FORMAT = 1


def report_json(report: Report, language: Language) -> dict[str, Any]:
    """Everything the check says of one draft."""
    draft = report.reading.draft
    return {
        "format": FORMAT,
        "file": report.reading.file,
        "programme": draft.programme,
        "county": draft.county,
        "ruleset": report.programme.digest,
        "summary": {
            **{outcome.value: report.count(outcome) for outcome in Outcome},
            "asked": report.asked,
            "allowed": report.allowed,
            "uncounted": list(report.uncounted),
        },
        "tier": report.county_tier,
        "findings": [_finding(finding, language) for finding in report.findings],
        "rules": [_rule(result, language) for result in report.rules],
        "cells": {
            "claimed": [_cell(cell) for cell in report.reading.cells if cell.claimed],
            "unread": [_cell(cell) for cell in report.reading.unread],
        },
        "notes": [language(note) for note in report.reading.notes],
    }


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "outcome": finding.outcome.value,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "path": finding.place.path,
        "label": finding.place.label,
        "stated": exact(finding.stated),
        "allowed": exact(finding.allowed),
        "difference": exact(finding.difference),
        "unit": finding.unit.value if finding.unit else None,
        "message": language(finding.message),
        "remedy": language(finding.advice),
        "citations": [citation_json(citation) for citation in finding.citations],
        "explanation": explanation_json(finding.explanation, language) if finding.explanation else None,
        "effects": [_effect(effect, language) for effect in finding.effects],
        "edits": [{"path": edit.place.path, "value": exact(edit.value)} for edit in finding.edits],
    }


def _rule(result: RuleResult, language: Language) -> dict[str, Any]:
    shown: dict[str, Any] = {"rule": result.rule.id, "status": result.status.value}
    if result.missing:
        shown["missing"] = list(result.missing)
    if result.decided_by:
        shown["decided_by"] = result.decided_by
    if result.reason:
        shown["reason"] = language(result.reason)
    return shown


def _cell(cell: Cell) -> dict[str, Any]:
    place: Place = cell.place
    return {"sheet": place.sheet, "cell": place.cell, "path": place.path or None}


def _effect(effect: Effect, language: Language) -> dict[str, Any]:
    return {
        "label": language(effect.label),
        "before": exact(effect.before),
        "after": exact(effect.after),
        "rule": effect.rule,
    }


def explanation_json(explanation: Explanation, language: Language) -> dict[str, Any]:
    """One node of the arithmetic with everything below it."""
    shown: dict[str, Any] = {
        "label": language(explanation.label),
        "value": exact(explanation.value),
        "unit": explanation.unit.value if explanation.unit else None,
        "operation": explanation.operation.value or None,
        "rounding": explanation.rounding,
        "inputs": [explanation_json(inner, language) for inner in explanation.inputs],
    }
    if isinstance(explanation.origin, Citation):
        shown["citation"] = citation_json(explanation.origin)
    elif explanation.origin is not None:
        shown["place"] = {
            "sheet": explanation.origin.sheet,
            "cell": explanation.origin.cell,
            "path": explanation.origin.path,
        }
    return shown


def citation_json(citation: Citation) -> dict[str, Any]:
    """Document and section."""
    shown: dict[str, Any] = {"source": citation.source, "section": citation.section}
    if citation.page:
        shown["page"] = citation.page
    return shown


def exact(value: Exact | None) -> int | str | None:
    """Whole numbers as integers, everything else as an exact string."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    return int(value) if value == value.to_integral_value() else format(Decimal(value), "f")
