"""A whole review: what is to be done, known from the files alone, and the doing of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from attrs import evolve

from grantcalc.checking import Report, RuleCrashedError, check_all
from grantcalc.reading.ahead import ahead
from grantcalc.review.jobs import Progress, cores, run
from grantcalc.review.model import BatchResult, DraftRow, Resubmission
from grantcalc.review.plan import Plan, Planned
from grantcalc.review.reads import ReadDraft, Task, crashed, library_of, lost, read_drafts
from grantcalc.text import Message, Text

SAME_CONTENT = Message("{file} has the same content as {other}; both were checked.")


def carry_out(plan: Plan, progress: Progress = lambda _: None) -> BatchResult:
    """Read and check every draft of the plan; ``progress`` hears of every file that is done."""
    drafts = (*plan.drafts, *plan.earlier)
    reads = _reads(plan, drafts, progress)
    rows = _judged(plan, plan.drafts, reads[: len(plan.drafts)])
    before = _judged(plan, plan.earlier, reads[len(plan.drafts) :])
    rows, found = _compared(before, rows, plan)
    compared = {pair.row.number for pair in found}
    alone = (row for row in rows if row.report is not None and row.number not in compared)
    return BatchResult(
        rows=rows,
        folders=plan.wish.given,
        left_out=plan.left_out,
        resubmissions=found,
        without_earlier=tuple(alone) if plan.wish.earlier else (),
        options=plan.wish.options,
        notes=tuple(_notes(plan.drafts, {row.file for row in rows if row.report is not None})),
        resumed=sum(found.resumed for found in reads),
    )


def _reads(plan: Plan, drafts: Sequence[Planned], progress: Progress) -> list[ReadDraft]:
    tasks = [
        Task(
            draft=planned.draft,
            digest=planned.digest,
            reading=plan.wish.reading,
            options=plan.wish.options,
            tables=plan.wish.tables,
            kept=plan.kept(planned),
            fresh=plan.wish.fresh,
        )
        for planned in drafts
    ]
    if plan.wish.workers.local:
        tasks = _begun(plan, tasks)
    return run(read_drafts, tasks, plan.wish.workers, lost, progress)


def _begun(plan: Plan, tasks: Sequence[Task]) -> list[Task]:
    """The rules are loaded for all processes that are forked afterwards; meanwhile the other cores parse files."""
    paths = [task.draft.path for task in tasks if not task.is_kept]
    with ahead(paths, plan.wish.reading, min(plan.wish.workers.number, cores()) - 1) as begun:
        library_of(plan.wish.tables).programmes()
        parsed = begun.parsed()
    return [evolve(task, parsed=parsed.get(task.draft.path)) for task in tasks]


def _judged(plan: Plan, drafts: Sequence[Planned], reads: Sequence[ReadDraft]) -> tuple[DraftRow, ...]:
    """Rows with reports; a draft on which a rule fails is a row with that reason, and the others do without it."""
    reasons = {index: found.reasons for index, found in enumerate(reads) if found.reading is None}
    reports: dict[int, Report] = {}
    while len(reports) + len(reasons) < len(reads):
        left = [index for index in range(len(reads)) if index not in reasons]
        try:
            reports = dict(zip(left, _checked(plan, [reads[index] for index in left]), strict=True))
        except RuleCrashedError:
            failed = dict(_failures(plan, drafts, reads, left))
            if not failed:  # it fails on the drafts together only
                raise
            reasons.update(failed)
    return tuple(
        DraftRow(
            number=index + 1,
            file=planned.draft.file,
            path=planned.draft.path,
            digest=planned.digest,
            report=reports.get(index),
            reasons=reasons.get(index, ()),
        )
        for index, planned in enumerate(drafts)
    )


def _checked(plan: Plan, reads: Sequence[ReadDraft]) -> list[Report]:
    readings = [found.reading for found in reads if found.reading is not None]
    alone = [found.alone or {} for found in reads if found.reading is not None]
    return check_all(readings, library_of(plan.wish.tables), plan.wish.options, alone)


def _failures(
    plan: Plan, drafts: Sequence[Planned], reads: Sequence[ReadDraft], among: Sequence[int]
) -> Iterator[tuple[int, tuple[Text, ...]]]:
    """Drafts that cannot be checked each by itself."""
    for index in among:
        try:
            _checked(plan, [reads[index]])
        except RuleCrashedError as error:
            yield index, (crashed(drafts[index].draft.file, error),)


def _compared(
    earlier: Sequence[DraftRow], now: tuple[DraftRow, ...], plan: Plan
) -> tuple[tuple[DraftRow, ...], tuple[Resubmission, ...]]:
    """The rows, their reports with what the comparison says; and every draft that has an earlier version."""
    if not earlier:
        return now, ()
    from grantcalc.review.resubmission import compare_all, with_notes

    found = compare_all(earlier, now, library_of(plan.wish.tables))
    noted = {pair.row.number: with_notes(pair.row.report, pair) for pair in found if pair.row.report is not None}
    rows = tuple(evolve(row, report=noted.get(row.number, row.report)) for row in now)
    return rows, tuple(evolve(pair, row=rows[pair.row.number - 1]) for pair in found)


def _notes(drafts: Sequence[Planned], read: Collection[str]) -> Iterator[Text]:
    first: dict[str, Planned] = {}
    for planned in drafts:
        other = first.setdefault(planned.digest, planned) if planned.digest else planned
        if other is not planned and planned.draft.file in read:
            yield SAME_CONTENT(file=planned.draft.file, other=other.draft.file)


def with_copies(batch: BatchResult, copies: Sequence[Path | None]) -> BatchResult:
    """The same result, its rows knowing their marked copies."""
    return evolve(batch, rows=tuple(evolve(row, copy=copy) for row, copy in zip(batch.rows, copies, strict=True)))
