"""The report as one self-contained page: works offline, prints, can be searched without a server."""

from __future__ import annotations

from grantcalc.checking import Report
from grantcalc.finding import Outcome
from grantcalc.report.view import (
    ARITHMETIC,
    EFFECTS,
    FINDINGS_TITLE,
    LEGEND_TITLE,
    NO_FINDINGS,
    REMEDY,
    SECTION,
    STATUS_TITLE,
    view,
)
from grantcalc.text import Language, Message

TITLE = Message("Budget check: {programme} {county}")
SEARCH = Message("Search")
STATUS = Message("Status")
RULE = Message("Rule")
REMARK = Message("Remark")


def report_html(report: Report, language: Language) -> str:
    """Everything a reader needs in one file; every value is escaped by the template engine."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("grantcalc.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    draft = report.reading.draft
    title = TITLE(programme=report.programme.title, county=report.county_title or draft.county or "")
    words = {
        "title": language(title).strip(),
        "findings": language(FINDINGS_TITLE),
        "none": language(NO_FINDINGS),
        "remedy": language(REMEDY),
        "arithmetic": language(ARITHMETIC),
        "effects": language(EFFECTS),
        "section": language(SECTION),
        "statuses": language(STATUS_TITLE),
        "search": language(SEARCH),
        "status": language(STATUS),
        "rule": language(RULE),
        "remark": language(REMARK),
        "legend": language(LEGEND_TITLE),
    }
    return environment.get_template("report.html").render(
        lang="zh-Hant-TW" if language.is_chinese else "en",
        view=view(report, language),
        words=words,
        outcomes=[(outcome.value, language(outcome)) for outcome in Outcome],
    )
