"""Drafts against their earlier versions (重送比較): which belong together, what was mended, what changed unasked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import PurePath

from attrs import evolve

from grantcalc.checking import Report, RuleResult
from grantcalc.draft.model import ApplicantKind
from grantcalc.finding import Finding, Place, Status
from grantcalc.review.changes import changes_of
from grantcalc.review.followed import followed
from grantcalc.review.model import Change, DraftRow, Resubmission
from grantcalc.review.rowpairs import pair_rows
from grantcalc.rules.library import Library
from grantcalc.rules.names import same_name
from grantcalc.rules.remedies import LOOK, NOTHING_TO_DO
from grantcalc.rules.rule import Rule
from grantcalc.text import Message, Text, dollars, joined

RULE = "across/resubmission"

COMPARED = Message(
    "Compared with {earlier}: of its findings {resolved} are resolved and {left} left; {new} are new. {changes} fields "
    "were changed, {unasked} of them though no finding asked for it. The subsidy asked for was {before} and is {now}."
)
UNASKED = Message("Changed though no finding on {earlier} asked for it: {changes}.")
ONE_CHANGE = Message("{label} from {before} to {after}")
FILLED_IN = Message("{label}, blank before, is {after}")
EMPTIED = Message("{label}, {before} before, is blank")
ROW_GONE = Message("{label} {before} is gone")
ROW_NEW = Message("{label} {after} is new")
ASK = Message("why this was changed.")

Key = Callable[[DraftRow], Hashable | None]


def compare_all(earlier: Sequence[DraftRow], now: Sequence[DraftRow], library: Library) -> tuple[Resubmission, ...]:
    """Every draft that has an earlier version, compared with it, in the order of ``now``.

    Versions belong together by programme and county, and by applicant, title, file name as far as it takes; where
    several might be meant, none is taken.
    """
    known = {name: library.programme(name) for name in {row.programme for row in now} if name is not None}
    pairs = [(before, after) for before, after in _pairs(earlier, now) if after.programme in known]
    return tuple(_compared(before, after) for before, after in pairs)


def with_notes(report: Report, resubmission: Resubmission) -> Report:
    """The report with what the comparison says: a note on the whole, and one on every row that changed unasked."""
    rule = report.programme.rule(RULE)
    if rule is None:
        return report
    notes = tuple(_notes(resubmission, rule))
    results = tuple(result for result in report.rules if result.rule.id != RULE)
    kept = tuple(finding for finding in report.findings if finding.rule != RULE)
    return evolve(
        report,
        findings=(*kept, *notes),
        rules=(*results, RuleResult(rule=rule, status=Status.PASSED)),
    )


def _pairs(earlier: Sequence[DraftRow], now: Sequence[DraftRow]) -> list[tuple[DraftRow, DraftRow]]:
    """Earlier and later version of every draft: by the strictest key that names one on each side."""
    before = [row for row in earlier if row.report is not None]
    after = [row for row in now if row.report is not None]
    found: list[tuple[DraftRow, DraftRow]] = []
    for key in (_by_all, _by_title, _by_applicant_and_file, _by_applicant, _by_government):
        olds, news = _grouped(before, key), _grouped(after, key)
        matched = [
            (olds[one][0], rows[0]) for one, rows in news.items() if len(rows) == 1 and len(olds.get(one, ())) == 1
        ]
        found += matched
        before = [row for row in before if all(row is not old for old, _ in matched)]
        after = [row for row in after if all(row is not new for _, new in matched)]
    order = {id(row): index for index, row in enumerate(now)}
    return sorted(found, key=lambda pair: order[id(pair[1])])


def _grouped(rows: Sequence[DraftRow], key: Key) -> dict[Hashable, list[DraftRow]]:
    groups: defaultdict[Hashable, list[DraftRow]] = defaultdict(list)
    for row in rows:
        found = key(row)
        if found is not None:
            groups[found].append(row)
    return groups


def _applicant(row: DraftRow) -> tuple[str | None, str | None, str]:
    """Programme, county, applicant as it is compared."""
    name = row.report.reading.draft.applicant if row.report else None
    return row.programme, row.county, same_name(name or "").replace("臺", "台")


def _title(row: DraftRow) -> str:
    return same_name((row.report.reading.draft.title if row.report else None) or "")


def _by_all(row: DraftRow) -> Hashable:
    return *_applicant(row), _title(row), PurePath(row.file).stem


def _by_title(row: DraftRow) -> Hashable:
    return *_applicant(row), _title(row)


def _by_applicant_and_file(row: DraftRow) -> Hashable:
    return *_applicant(row), PurePath(row.file).stem


def _by_applicant(row: DraftRow) -> Hashable | None:
    """Without an applicant's name the file's must do, or the county government below."""
    found = _applicant(row)
    return found if found[2] else None


def _by_government(row: DraftRow) -> Hashable | None:
    """A county government is one applicant, however it is named."""
    draft = row.report.reading.draft if row.report else None
    if draft is None or not draft.county or draft.applicant_kind is not ApplicantKind.COUNTY_GOVERNMENT:
        return None
    return row.programme, draft.county


def _compared(earlier: DraftRow, now: DraftRow) -> Resubmission:
    before, after = earlier.report, now.report
    assert before is not None  # noqa: S101  # only rows with a report are paired
    assert after is not None  # noqa: S101
    rows = pair_rows(before.reading.draft, after.reading.draft)
    sorted_out = followed(before.findings, after.findings, rows)
    return Resubmission(
        row=now,
        earlier=earlier,
        resolved=sorted_out.resolved,
        left=sorted_out.left,
        new=sorted_out.new,
        changes=changes_of(before, after, rows),
        asked_before=before.asked,
        asked_now=after.asked,
    )


def _notes(found: Resubmission, rule: Rule) -> Iterator[Finding]:
    unasked = found.unasked
    yield Finding(
        outcome=rule.outcome,
        place=Place(path="programme"),
        message=COMPARED(
            earlier=found.earlier.file,
            resolved=len(found.resolved),
            left=len(found.left),
            new=len(found.new),
            changes=len(found.changes),
            unasked=len(unasked),
            before=dollars(found.asked_before),
            now=dollars(found.asked_now),
        ),
        remedy=NOTHING_TO_DO(),
    ).of(rule.id, rule.citations)
    by_row: defaultdict[str, list[Change]] = defaultdict(list)
    for change in unasked:
        by_row[_row(change)].append(change)
    for changes in by_row.values():
        yield Finding(
            outcome=rule.outcome,
            place=changes[0].place if changes[0].after is not None else Place(path="programme"),
            message=UNASKED(earlier=found.earlier.file, changes=joined(map(told, changes))),
            remedy=LOOK(ask=ASK()),
        ).of(rule.id, rule.citations)


def _row(change: Change) -> str:
    """What is told together: the fields of a row; a row that is gone and a field outside the rows each by itself."""
    gone = "" if change.after is not None or change.before is None else "gone "
    path = change.place.path
    return gone + (path.partition(".")[0] if path.startswith(("lines[", "positions[")) else path)


def told(change: Change) -> Text:
    """A change in words."""
    is_row = change.place.path.endswith("]") and change.place.path.startswith(("lines[", "positions["))
    if change.before is not None and change.after is not None:
        return ONE_CHANGE(label=change.label, before=change.before, after=change.after)
    if change.after is not None:
        return (ROW_NEW if is_row else FILLED_IN)(label=change.label, after=change.after)
    return (ROW_GONE if is_row else EMPTIED)(label=change.label, before=change.before or "")
