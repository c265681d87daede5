"""The report as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.checking import Report
from grantcalc.report.view import (
    ARITHMETIC,
    EFFECTS,
    FINDINGS_TITLE,
    LEGEND_TITLE,
    NO_FINDINGS,
    REMEDY,
    SECTION,
    STATUS_TITLE,
    FindingView,
    ReportView,
    view,
)
from grantcalc.text import Language


def report_text(report: Report, language: Language) -> str:
    """Heading, findings gravest first, then every rule with its status."""
    return "\n".join(_lines(view(report, language), language)) + "\n"


def _lines(shown: ReportView, language: Language) -> Iterator[str]:
    for label, value in shown.heading:
        yield f"{label}{_colon(language)}{value}"
    yield from shown.notes
    yield from filter(None, (shown.cells,))
    yield ""
    yield f"== {language(FINDINGS_TITLE)} =="
    if not shown.findings:
        yield language(NO_FINDINGS)
    for number, finding in enumerate(shown.findings, start=1):
        yield from _finding(number, finding, language)
    yield ""
    yield f"== {language(STATUS_TITLE)} =="
    for label, views in shown.by_status():
        yield f"{label} ({len(views)})" if not language.is_chinese else f"{label}（{len(views)}項）"
        for entry in views:
            remark = f" — {entry.remark}" if entry.remark else ""
            yield f"  {entry.rule} {entry.title}{remark}"
    if shown.legend:
        yield ""
        yield f"== {language(LEGEND_TITLE)} =="
        yield from shown.legend
    yield ""
    yield shown.counts


def _finding(number: int, finding: FindingView, language: Language) -> Iterator[str]:
    colon = _colon(language)
    outcome = f"【{finding.outcome_label}】" if language.is_chinese else f"[{finding.outcome_label}] "
    yield f"{number}. {outcome}{finding.place_label} {finding.rule} {finding.title}".rstrip()
    yield f"   {finding.message}"
    yield f"   {language(REMEDY)}{colon}{finding.remedy}"
    if finding.arithmetic:
        yield f"   {language(ARITHMETIC)}{colon}".rstrip()
        yield from (f"     {line}" for line in finding.arithmetic)
    if finding.effects:
        yield f"   {language(EFFECTS)}{colon}".rstrip()
        yield from (f"     {line}" for line in finding.effects)
    if finding.sections:
        yield f"   {language(SECTION)}{colon}{finding.sections}"


def _colon(language: Language) -> str:
    return "：" if language.is_chinese else ": "
