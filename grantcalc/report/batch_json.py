"""A review as JSON: every draft's report as ``check`` gives it, and what concerns them together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grantcalc.finding import Finding, Outcome
from grantcalc.report.jsonform import exact, report_json
from grantcalc.review.model import BatchResult, Change, DraftRow, Resubmission, across_findings
from grantcalc.review.seconds import Seconds
from grantcalc.text import Language, Value


def batch_json(batch: BatchResult, language: Language) -> dict[str, Any]:
    """Everything a review says; the format's number is the caller's."""
    return {
        "summary": {
            "drafts": len(batch.rows),
            "checked": len(batch.checked),
            "unreadable": len(batch.unreadable),
            **{outcome.value: batch.count(outcome) for outcome in Outcome},
            "asked": batch.asked,
            "allowed": batch.allowed,
        },
        "drafts": [_draft(row, language) for row in batch.rows],
        "left_out": [{"file": one.file, "reason": language(one.reason)} for one in batch.left_out],
        "resubmissions": [_resubmission(pair, language) for pair in batch.resubmissions],
        "without_earlier": [row.file for row in batch.without_earlier],
        "second_review": None if batch.seconds is None else _seconds(batch.seconds, language),
        "notes": [language(note) for note in batch.notes],
    }


def _draft(row: DraftRow, language: Language) -> dict[str, Any]:
    across = across_findings(row)
    return {
        "number": row.number,
        "file": row.file,
        "status": row.status.value,
        "digest": row.digest or None,
        "reasons": [language(reason) for reason in row.reasons],
        "could_not_run": row.could_not_run,
        "across": _named(across),
        "report": report_json(row.report, language) if row.report is not None else None,
    }


def _named(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings by rule and place, to be found in the reports."""
    return [{"rule": finding.rule, "path": finding.place.path} for finding in findings]


def _seconds(seconds: Seconds, language: Language) -> dict[str, Any]:
    """What was typed in an earlier workbook, as far as it was not carried over, with the reasons."""
    return {
        "file": seconds.file,
        "carried": seconds.number,
        "not_carried": [
            {
                "file": one.draft,
                "place": one.typed.place,
                "row": language(one.typed.row),
                "amount": one.typed.amount,
                "written": language(one.typed.written),
                "reason": language(one.reason),
            }
            for one in seconds.left
        ],
    }


def _resubmission(pair: Resubmission, language: Language) -> dict[str, Any]:
    return {
        "file": pair.row.file,
        "earlier": pair.earlier.file,
        "resolved": _named(pair.resolved),
        "left": _named(pair.left),
        "new": _named(pair.new),
        "changes": [_change(change, language) for change in pair.changes],
        "asked_before": exact(pair.asked_before),
        "asked_now": exact(pair.asked_now),
    }


def _change(change: Change, language: Language) -> dict[str, Any]:
    def shown(value: Value | None) -> str | None:
        return None if value is None else language(value)

    return {
        "path": change.place.path,
        "sheet": change.place.sheet,
        "cell": change.place.cell,
        "label": language(change.label),
        "before": shown(change.before),
        "after": shown(change.after),
        "asked": change.asked,
    }
