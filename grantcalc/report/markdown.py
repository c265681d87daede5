"""The report as Markdown, for pasting into a reply or an issue."""

from __future__ import annotations

import re
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
    view,
)
from grantcalc.text import Language

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def report_markdown(report: Report, language: Language) -> str:
    """The same content as the text report; text from files is escaped."""
    return "\n".join(_lines(report, language)) + "\n"


def escape(text: str) -> str:
    """Text as text: nothing in it is markup."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", " ")


def _lines(report: Report, language: Language) -> Iterator[str]:
    shown = view(report, language)
    yield f"# {escape(shown.heading[0][1])}"
    yield ""
    for label, value in shown.heading[1:]:
        yield f"- **{escape(label)}** {escape(value)}"
    for note in filter(None, (*shown.notes, shown.cells, shown.counts)):
        yield f"- {escape(note)}"
    yield f"\n## {language(FINDINGS_TITLE)}\n"
    if not shown.findings:
        yield language(NO_FINDINGS)
    for number, finding in enumerate(shown.findings, start=1):
        yield from _finding(number, finding, language)
    yield f"\n## {language(STATUS_TITLE)}\n"
    for label, views in shown.by_status():
        yield f"\n**{escape(label)}** ({len(views)})\n"
        for entry in views:
            remark = f" — {escape(entry.remark)}" if entry.remark else ""
            yield f"- `{entry.rule}` {escape(entry.title)}{remark}"
    if shown.legend:
        yield f"\n## {language(LEGEND_TITLE)}\n"
        yield from (f"- {escape(line)}" for line in shown.legend)


def _finding(number: int, finding: FindingView, language: Language) -> Iterator[str]:
    yield f"{number}. **{escape(finding.outcome_label)}** {escape(finding.place_label)} `{finding.rule}`  "
    yield f"   {escape(finding.message)}  "
    yield f"   {language(REMEDY)} — {escape(finding.remedy)}"
    for title, lines in ((ARITHMETIC, finding.arithmetic), (EFFECTS, finding.effects)):
        if lines:
            yield f"   - {language(title)}"
            for line in lines:
                depth = (len(line) - len(line.lstrip())) // 2
                yield f"   {'  ' * (depth + 1)}- {escape(line.strip())}"
    if finding.sections:
        yield f"   - {language(SECTION)} {escape(finding.sections)}"
