"""A review as Markdown: the table of all drafts, then the report of each."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.report.batch_rows import NUMBERS, compared, headers, remarks, rows, summary
from grantcalc.report.markdown import escape, report_markdown
from grantcalc.review.model import BatchResult
from grantcalc.text import Language, Message

TITLE = Message("Review of draft budgets")
REMARKS = Message("Files that were not checked, and remarks")
EARLIER = Message("Against the earlier versions")


def batch_markdown(batch: BatchResult, language: Language) -> str:
    """Text from files is escaped."""
    return "\n".join(_lines(batch, language)) + "\n"


def _lines(batch: BatchResult, language: Language) -> Iterator[str]:
    yield f"# {language(TITLE)}\n"
    yield from (f"- {escape(line)}" for line in summary(batch, language))
    yield ""
    yield _cells(headers(language))
    yield _cells(["---:" if at in NUMBERS else "---" for at in range(len(headers(language)))], plain=True)
    yield from (_cells(row) for row in rows(batch, language))
    for title, lines in ((REMARKS, remarks(batch, language)), (EARLIER, compared(batch, language))):
        told = list(lines)
        if told:
            yield f"\n## {language(title)}\n"
            yield from (f"- {escape(line)}" for line in told)
    for row in batch.checked:
        if row.report is not None:
            # One level down: every report stands as a section of this one.
            yield "\n" + report_markdown(row.report, language).replace("\n## ", "\n### ").replace("# ", "## ", 1)


def _cells(cells: list[str], *, plain: bool = False) -> str:
    return "| " + " | ".join(cell if plain else escape(cell) for cell in cells) + " |"
