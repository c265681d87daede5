"""The report as one self-contained page: works offline, prints, can be searched without a server."""

from __future__ import annotations

from grantcalc.checking import Report
from grantcalc.finding import Outcome
from grantcalc.report import html_page
from grantcalc.report.review_html_pictures import outcome_chart
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
FILTER = Message("Search and filter")
SHOW = Message("Show")
RESET = Message("Show everything again")
SHOWN = Message("{found} of {findings} findings are shown.")


def report_html(report: Report, language: Language) -> str:
    """Everything a reader needs in one file; every value is escaped by the template engine."""
    draft = report.reading.draft
    title = TITLE(programme=report.programme.title, county=report.county_title or draft.county or "")
    # The page's script puts the numbers in.
    shown = language(SHOWN(found="{found}", findings="{findings}"))
    return html_page.render(
        "report.html",
        language,
        view=view(report, language),
        words={**words(language), "title": language(title).strip(), "shown": shown},
        outcomes=outcomes(language),
        counts=outcome_chart(((outcome, report.count(outcome)) for outcome in Outcome), language),
    )


def words(language: Language) -> dict[str, str]:
    """Titles and labels that the pages share."""
    known = {
        "findings": FINDINGS_TITLE,
        "none": NO_FINDINGS,
        "remedy": REMEDY,
        "arithmetic": ARITHMETIC,
        "effects": EFFECTS,
        "section": SECTION,
        "statuses": STATUS_TITLE,
        "search": SEARCH,
        "filter": FILTER,
        "show": SHOW,
        "reset": RESET,
        "status": STATUS,
        "rule": RULE,
        "remark": REMARK,
        "legend": LEGEND_TITLE,
    }
    return {name: language(word) for name, word in known.items()}


def outcomes(language: Language) -> list[tuple[str, str]]:
    """The boxes to choose findings by."""
    return [(outcome.value, language(outcome)) for outcome in Outcome]
