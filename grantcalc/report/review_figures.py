"""What each county asks for beside what the document approves for it (核定表對照), as typed columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grantcalc.report.columns import Column, Look, texts
from grantcalc.review.figures import CountyFigures, Figures
from grantcalc.text import Language, Message

TITLE = Message("Asked for, beside the approved amounts and posts: {programme}")
SOURCE = Message("Approved amounts: {sections}")
COUNTY, FILES = Message("County"), Message("Number of drafts")
APPROVED, ASKED = Message("{category}: approved"), Message("{category}: asked for")
DIFFERENCE = Message("{category}: asked for less approved")
POSTS_APPROVED, POSTS_ASKED = Message("Posts approved"), Message("Posts asked for")
POSTS_DIFFERENCE = Message("Posts: asked for less approved")
REMARK = Message("Remark")
NOT_SENT, UNSURE = Message("no draft in this review"), Message("not all amounts can be worked out")
SEVERAL = Message("{number} drafts together")


def figure_columns(figures: Figures, speak: Language) -> Iterator[Column]:
    """One programme's counties, those that sent nothing too, with the sums of all; the page and the workbook have them.

    A difference is summed up only where every county sent a draft: else it would be of other counties than the sum of
    what is approved.
    """
    rows = figures.rows
    yield texts(speak(COUNTY), (speak(row.county) for row in rows))
    yield Column(header=speak(FILES), cells=[len(row.files) for row in rows], total=sum(len(row.files) for row in rows))
    for at, category in enumerate(figures.categories):
        approved, asked = [row.approved[at] for row in rows], [row.asked[at] if row.files else None for row in rows]
        yield Column(header=speak(APPROVED(category=category)), cells=approved, total=_sum(approved))
        yield Column(header=speak(ASKED(category=category)), cells=asked, total=_sum(asked))
        yield _difference(speak(DIFFERENCE(category=category)), asked, approved)
    if any(row.posts_approved is not None for row in rows):
        posts, wanted = [row.posts_approved for row in rows], [row.posts_asked if row.files else None for row in rows]
        yield Column(header=speak(POSTS_APPROVED), cells=posts, total=_sum(posts))
        yield Column(header=speak(POSTS_ASKED), cells=wanted, total=_sum(wanted))
        yield _difference(speak(POSTS_DIFFERENCE), wanted, posts)
    yield texts(speak(REMARK), (_remark(row, speak) for row in rows), 30)


def _difference(header: str, asked: Sequence[int | None], approved: Sequence[int | None]) -> Column:
    less = [None if one is None or other is None else one - other for one, other in zip(asked, approved, strict=True)]
    total = None if None in less else _sum(less)
    return Column(header=header, look=Look.SIGNED, cells=less, total=total)


def _sum(cells: Sequence[int | None]) -> int:
    return sum(cell or 0 for cell in cells)


def _remark(row: CountyFigures, speak: Language) -> str:
    if not row.files:
        return speak(NOT_SENT)
    parts = [speak(SEVERAL(number=len(row.files)))] if len(row.files) > 1 else []
    return speak.listed([*parts, *([speak(UNSURE)] if row.unsure else [])])
