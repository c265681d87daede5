"""One draft of a review as its page shows it: the row of the table, the fold, the amounts of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from grantcalc.finding import Finding, Outcome
from grantcalc.report.amount_lines import AmountLine, amount_lines
from grantcalc.report.batch_rows import NOT_CHECKED, NOT_STATED
from grantcalc.report.columns import Column, texts
from grantcalc.report.html_parts import Table, page_table
from grantcalc.report.view import FindingView, ReportView, place_label, view
from grantcalc.review.amounts import amounts_of
from grantcalc.review.facts import facts_of
from grantcalc.review.model import AcrossFinding, BatchResult, DraftRow
from grantcalc.text import Language, Message, dollars

TITLE = Message("{county}: {programme}")
SUMS = Message("{asked} asked for, {allowed} allowed")
SECTION_OF = Message("{message} ({sections})")
PLACE, CATEGORY, ITEM = Message("Place"), Message("Category"), Message("Item")
DETAIL = Message("Description")
ASKED, FIRST, CUT, REASON = Message("Asked"), Message("First review"), Message("Cut"), Message("Reason")


@frozen(kw_only=True)
class DraftView:
    """One draft, in words; ``report`` is ``None`` and ``reasons`` say why where it could not be read."""

    id: str
    number: int
    file: str
    county: str
    programme: str
    title: str
    sums: str
    look: str
    """The gravest outcome, which colours the frame."""
    counts: tuple[tuple[str, str, str], ...]
    cells: tuple[str, ...]
    """Of the table of drafts, behind the file's name."""
    report: ReportView | None
    reasons: tuple[str, ...]
    amounts: Table | None


@frozen(kw_only=True)
class PlaceView:
    """Where a fact across drafts stands: the draft, and the anchor of its own finding."""

    id: str
    file: str
    place: str


@frozen(kw_only=True)
class FactView:
    """A fact across drafts, once: what tells it, and all its places; ``drafts`` are the anchors of its drafts."""

    drafts: str
    found: FindingView
    places: tuple[PlaceView, ...]


def draft_view(row: DraftRow, cells: Iterable[str], speak: Language) -> DraftView:
    """A row of the batch in words; ``cells`` are those of :mod:`grantcalc.report.batch_rows` without the file."""
    report = row.report
    found = {outcome: row.count(outcome) for outcome in Outcome}
    county = (report.county_title if report is not None else None) or row.county or NOT_STATED()
    title = NOT_CHECKED() if report is None else TITLE(county=county, programme=report.programme.title)
    sums = "" if report is None else speak(SUMS(asked=dollars(report.asked), allowed=dollars(report.allowed)))
    amounts = None
    if report is not None:
        amounts = _table(list(amount_lines(amounts_of(report), report.programme, speak)), speak)
    return DraftView(
        id=f"d{row.number}",
        number=row.number,
        file=row.file,
        county=row.county or "",
        programme=row.programme or "",
        title=speak(title),
        sums=sums,
        look="unreadable" if report is None else next((one.value for one in Outcome if found[one]), "clean"),
        counts=tuple((one.value, speak(one), speak.number(count)) for one, count in found.items() if count),
        cells=tuple(cells),
        report=None if report is None else view(report, speak),
        reasons=tuple(speak(reason) for reason in row.reasons),
        amounts=amounts,
    )


def fact_views(batch: BatchResult, drafts: Iterable[DraftView]) -> Iterator[FactView]:
    """What the rules that judge drafts together found: every fact once, however many drafts have part in it."""
    views = {draft.number: draft for draft in drafts}
    for fact in facts_of(batch):
        parts = [fact.told_by, *(one for one in fact.parts if one is not fact.told_by)]
        found = [_found(one, views[one.row.number]) for one in parts]
        yield FactView(
            drafts=" ".join(dict.fromkeys(f"d{row.number}" for row in fact.rows)),
            found=found[0][1],
            places=tuple(
                PlaceView(id=anchor, file=one.row.file, place=view.place_label)
                for one, (anchor, view) in zip(parts, found, strict=True)
            ),
        )


def _found(one: AcrossFinding, draft: DraftView) -> tuple[str, FindingView]:
    """The anchor of a finding on its draft, and its words."""
    at = next(at for at, finding in enumerate(one.row.findings, start=1) if finding is one.finding)
    if draft.report is None:
        raise ValueError(draft.file)
    return f"{draft.id}-f{at}", draft.report.findings[at - 1]


def _table(lines: Sequence[AmountLine], speak: Language) -> Table | None:
    """申請 and 初審 of every row, and what is cut for which reason; the last row holds the sums."""
    asked, allowed = [line.asked for line in lines], [line.allowed for line in lines]
    less = [line.cut for line in lines]
    columns = [
        texts(speak(PLACE), ("" if line.place is None else place_label(line.place, speak) for line in lines)),
        texts(speak(CATEGORY), (line.category for line in lines)),
        texts(speak(ITEM), (_item(line) for line in lines)),
        Column(header=speak(ASKED), cells=asked, total=sum(one or 0 for one in asked)),
        Column(header=speak(FIRST), cells=allowed, total=sum(one or 0 for one in allowed)),
        Column(header=speak(CUT), cells=less, total=sum(less)),
        texts(speak(REASON), (" ".join([*line.remarks, *_told(line.findings, speak)]) for line in lines)),
    ]
    made = page_table(columns, speak, has_total=True)
    return made[0] if made and isinstance(made[0], Table) else None


def _item(line: AmountLine) -> str:
    return f"{line.title} {line.detail}" if line.detail and line.detail != line.title else line.title


def _told(findings: Iterable[Finding], speak: Language) -> Iterator[str]:
    """What was found, with the sections."""
    for finding in findings:
        sections = speak.listed(str(citation) for citation in finding.citations)
        said = speak(finding.message)
        yield speak(SECTION_OF(message=said, sections=sections)) if sections else said
