"""One budget under two programmes (改依他計畫檢核): which rows and posts change verdict, and on what grounds.

The verdict of a row is its gravest finding; what could not be judged for want of an input of the row is graver than a
review. Findings that the conversion itself makes (a unit the other programme does not price by) are kept apart.
Findings of no single row (totals, caps of a share, the cover) are compared by the meaning of their rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from enum import Enum

from attrs import evolve, frozen

from grantcalc.checking import Report
from grantcalc.draft.model import Draft
from grantcalc.finding import Finding, Outcome, Place, Status
from grantcalc.mending import row_of
from grantcalc.rules.concordance import Concordance, Subject
from grantcalc.text import Bilingual
from grantcalc.translation import NotCarried, Pair, Part, Remark, Translated

Grade = Outcome | Status
"""What is said of a row in a word: its gravest finding, could not run, or passed."""

GRADES: tuple[Grade, ...] = (
    Outcome.ERROR,
    Outcome.WARNING,
    Status.COULD_NOT_RUN,
    Outcome.REVIEW,
    Outcome.NOTE,
    Status.PASSED,
    Status.NOT_APPLICABLE,
)
"""Gravest first."""

UNIT_KIND, UNIT_FIELD = "unit", ".unit"


class Change(Enum):
    """What became of a verdict: another one; another by the conversion alone; the same on other grounds; the same."""

    VERDICT = "verdict"
    CONVERSION = "conversion"
    GROUNDS = "grounds"
    SAME = "same"


@frozen(kw_only=True)
class Judged:
    """What one programme says: the verdict, its findings, and the inputs that its rules lack."""

    grade: Grade
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    converted: tuple[Finding, ...] = ()
    """Those of the findings that the conversion made: of units that the row's own programme did price by."""


@frozen(kw_only=True)
class RowChange:
    """A row or post that was carried, under both programmes."""

    part: Part
    path: str
    place: Place
    pair: Pair
    before: Judged
    after: Judged
    change: Change
    remarks: tuple[Remark, ...] = ()


@frozen(kw_only=True)
class PlanChange:
    """What the rules of one meaning say of the plan as a whole, under both programmes."""

    meaning: str
    title: Bilingual
    before: Judged
    after: Judged
    change: Change


@frozen(kw_only=True)
class Left:
    """What was not carried, with what its own programme says of it."""

    entry: NotCarried
    before: Judged | None


@frozen(kw_only=True)
class Rejudged:
    """Everything that comes of judging one draft by another programme as well."""

    before: Report
    after: Report
    translated: Translated
    rows: tuple[RowChange, ...]
    plan: tuple[PlanChange, ...]
    left: tuple[Left, ...]
    remarks: tuple[Remark, ...]
    """Remarks of no row that was carried."""

    def count(self, change: Change) -> int:
        """How many rows and posts changed so."""
        return sum(row.change is change for row in self.rows)

    @property
    def converted(self) -> int:
        """How many errors the conversion alone made."""
        found = (finding for row in self.rows for finding in row.after.converted)
        return sum(finding.outcome is Outcome.ERROR for finding in found)


def rejudge(before: Report, after: Report, translated: Translated, concordance: Concordance) -> Rejudged:
    """Set both reports of one draft side by side."""
    sides = _Side(before, concordance), _Side(after, concordance)
    rows = tuple(_rows(before.reading.draft, translated, *sides))
    told = {id(remark) for row in rows for remark in row.remarks}
    return Rejudged(
        before=before,
        after=after,
        translated=translated,
        rows=rows,
        plan=tuple(_plan(*sides)),
        left=tuple(_left(entry, sides[0]) for entry in translated.not_carried),
        remarks=tuple(remark for remark in translated.remarks if id(remark) not in told),
    )


class _Side:
    """One report, its findings and missing inputs by row and by the meaning of their rules."""

    def __init__(self, report: Report, concordance: Concordance) -> None:
        self.report = report
        self.concordance = concordance
        self.findings: defaultdict[str, list[Finding]] = defaultdict(list)
        self.whole: defaultdict[str, list[Finding]] = defaultdict(list)
        self.missing: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self.lacking: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for finding in report.findings:
            row = _row(finding)
            if row is None:
                self.whole[self.meaning(finding.rule)].append(finding)
            else:
                self.findings[row].append(finding)
        for result in report.rules:
            for path in result.missing:
                row = row_of(path)
                if row is None:
                    self.lacking[self.meaning(result.rule.id)][path] = None
                else:
                    self.missing[row][path] = None
        self.titles = {self.meaning(rule.id): rule.title for rule in reversed(report.programme.rules)}
        self.applies = {
            self.meaning(result.rule.id) for result in report.rules if result.status is not Status.NOT_APPLICABLE
        }

    def meaning(self, rule: str) -> str:
        return self.concordance.meaning(Subject.RULE, self.report.programme, rule)

    def row(self, path: str) -> Judged:
        return _judged(self.findings.get(path, ()), self.missing.get(path, ()), Status.PASSED)

    def plan(self, meaning: str) -> Judged:
        otherwise = Status.PASSED if meaning in self.applies else Status.NOT_APPLICABLE
        return _judged(self.whole.get(meaning, ()), self.lacking.get(meaning, ()), otherwise)

    def of_units(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings that an item is not priced by the row's unit."""
        rules = self.report.programme.rules_by_id
        return tuple(one for one in findings if one.rule in rules and rules[one.rule].kind == UNIT_KIND)

    def grounds(self, judged: Judged) -> frozenset[Hashable]:
        """What a verdict rests on: its gravest findings, by their limits or what their rules mean; what is missing."""
        graves = {judged.grade, Outcome.REVIEW} if judged.grade is Status.COULD_NOT_RUN else {judged.grade}
        findings = (finding for finding in judged.findings if finding.outcome in graves)
        return frozenset((*map(self._ground, findings), *judged.missing))

    def _ground(self, found: Finding) -> Hashable:
        """The same limit is the same ground, whatever rule of each programme holds it."""
        if found.allowed is None:
            return found.outcome, self.meaning(found.rule)
        return found.outcome, found.place.path, found.allowed


def _row(finding: Finding) -> str | None:
    """The row a finding judges; ``None`` where it limits a sum, though it stands at a row."""
    if finding.cut is not None and finding.cut.ceiling is not None:
        return None
    return row_of(finding.place.path)


def _judged(findings: Iterable[Finding], missing: Iterable[str], otherwise: Status) -> Judged:
    found, lacking = tuple(findings), tuple(missing)
    grades: list[Grade] = [finding.outcome for finding in found]
    if lacking:
        grades.append(Status.COULD_NOT_RUN)
    return Judged(grade=min(grades, key=GRADES.index, default=otherwise), findings=found, missing=lacking)


def _rows(draft: Draft, translated: Translated, mine: _Side, theirs: _Side) -> Iterator[RowChange]:
    remarks: defaultdict[str | None, list[Remark]] = defaultdict(list)
    for remark in translated.remarks:
        remarks[row_of(remark.place.path)].append(remark)
    parts = ((Part.POST, draft.positions), (Part.LINE, draft.lines))
    for part, origin in ((part, row.origin) for part, rows in parts for row in rows):
        pair = translated.pairs.get(origin.path)
        if pair is None:
            continue
        before, after = mine.row(origin.path), theirs.row(origin.path)
        if not mine.of_units(before.findings):
            after = evolve(after, converted=theirs.of_units(after.findings))
        yield RowChange(
            part=part,
            path=origin.path,
            place=origin.place(),
            pair=pair,
            before=before,
            after=after,
            change=_change(before, after, mine, theirs),
            remarks=tuple(remarks[origin.path]),
        )


def _plan(mine: _Side, theirs: _Side) -> Iterator[PlanChange]:
    for meaning in dict.fromkeys((*mine.whole, *mine.lacking, *theirs.whole, *theirs.lacking)):
        before, after = mine.plan(meaning), theirs.plan(meaning)
        title = mine.concordance.title(Subject.RULE, meaning) or mine.titles.get(meaning) or theirs.titles[meaning]
        change = _change(before, after, mine, theirs)
        yield PlanChange(meaning=meaning, title=title, before=before, after=after, change=change)


def _change(before: Judged, after: Judged, mine: _Side, theirs: _Side) -> Change:
    if after.converted and _without_conversion(after).grade is before.grade:
        return Change.CONVERSION
    if before.grade is not after.grade:
        return Change.VERDICT
    return Change.SAME if mine.grounds(before) == theirs.grounds(after) else Change.GROUNDS


def _without_conversion(judged: Judged) -> Judged:
    """What would be said if the row had a unit that the other programme prices by."""
    rest = (finding for finding in judged.findings if finding not in judged.converted)
    return _judged(rest, (path for path in judged.missing if not path.endswith(UNIT_FIELD)), Status.PASSED)


def _left(entry: NotCarried, mine: _Side) -> Left:
    row = row_of(entry.place.path)
    is_row = entry.part in {Part.POST, Part.LINE}
    return Left(entry=entry, before=mine.row(row) if is_row and row is not None else None)
