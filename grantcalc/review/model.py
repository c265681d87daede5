"""What a review of many drafts says: a row a draft, files left out, earlier versions compared. Reports only show it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from grantcalc.text import Text, Value

if TYPE_CHECKING:
    from grantcalc.checking import Report
    from grantcalc.finding import Finding, Outcome, Place
    from grantcalc.money import Number
    from grantcalc.review.seconds import Seconds
    from grantcalc.rules.context import Options


class RowStatus(Enum):
    """What became of one file of the batch."""

    CHECKED = "checked"
    UNREADABLE = "unreadable"
    """No draft could be read; the row says why."""


@frozen(kw_only=True)
class DraftRow:
    """One file of the batch: its report, or the reasons why there is none.

    ``file`` is the name that people see, unlike those of all other rows: the path below the folder that was given.
    ``path`` is absolute, for links and copies. ``copy`` is the marked copy, where one was written.
    """

    number: int
    """From 1, in the order of the batch."""
    file: str
    path: Path
    digest: str = ""
    """``sha256:…`` of the file's bytes; empty where it could not be opened."""
    report: Report | None = None
    reasons: tuple[Text, ...] = ()
    """Why it could not be read or checked: each with file, place, what was found, what to do."""
    copy: Path | None = None

    @property
    def status(self) -> RowStatus:
        """Whether there is a report."""
        return RowStatus.UNREADABLE if self.report is None else RowStatus.CHECKED

    @property
    def programme(self) -> str | None:
        """The programme's identifier; ``None`` without a report."""
        return None if self.report is None else self.report.programme.id

    @property
    def county(self) -> str | None:
        """The county as the draft names it."""
        return None if self.report is None else self.report.reading.draft.county

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found in this draft, those across drafts included, in the report's order."""
        return () if self.report is None else self.report.findings

    def count(self, outcome: Outcome) -> int:
        """How many findings of one gravity."""
        return 0 if self.report is None else self.report.count(outcome)

    @property
    def could_not_run(self) -> int:
        """How many rules lack an input; those that only need a person's judgement are counted by their findings."""
        from grantcalc.finding import Status

        if self.report is None:
            return 0
        rules = self.report.rules
        return sum(1 for result in rules if result.status is Status.COULD_NOT_RUN and result.missing)


@frozen(kw_only=True)
class AcrossFinding:
    """A finding of a rule that judges several drafts together, in the draft where it stands."""

    row: DraftRow
    finding: Finding


@frozen(kw_only=True)
class LeftOut:
    """A file below the folders that was not read, and why (lock file, hidden, an output of the program, a link out)."""

    file: str
    reason: Text
    may_hold_drafts: bool = False
    """A folder that could not be opened: the review may not be whole."""


@frozen(kw_only=True)
class Change:
    """Something that differs between two versions of a draft; ``None`` on the side where it does not stand.

    ``place`` is that of the later version, or of the earlier one where the row is gone (``after`` is ``None``).
    """

    place: Place
    label: Value
    """What changed: the name of a field."""
    before: Value | None
    after: Value | None
    asked: bool = False
    """A finding on the earlier version asked for it."""


@frozen(kw_only=True)
class Resubmission:
    """A draft against its earlier version (重送比較)."""

    row: DraftRow
    earlier: DraftRow
    resolved: tuple[Finding, ...] = ()
    """Of the earlier version, no longer found."""
    left: tuple[Finding, ...] = ()
    """Of the later version, found in both."""
    new: tuple[Finding, ...] = ()
    """Of the later version only."""
    changes: tuple[Change, ...] = ()
    asked_before: Number = 0
    asked_now: Number = 0

    @property
    def unasked(self) -> tuple[Change, ...]:
        """Changes that no finding asked for."""
        return tuple(change for change in self.changes if not change.asked)


@frozen(kw_only=True)
class BatchResult:
    """Everything a review says. Rows stand in the order of discovery, which depends on names only."""

    rows: tuple[DraftRow, ...]
    folders: tuple[Path, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    resubmissions: tuple[Resubmission, ...] = ()
    without_earlier: tuple[DraftRow, ...] = ()
    """Rows for which the earlier folder holds no version; empty where none was given."""
    options: Options | None = None
    """What the user added to the rules, as every draft was judged with."""
    notes: tuple[Text, ...] = ()
    """About the run as a whole, e.g. that two files are the same."""
    seconds: Seconds | None = None
    """What became of the second review of an earlier workbook; ``None`` where none was given."""
    resumed: int = 0
    """Files that an earlier run had read: of the run, not of the drafts, and so in no document."""

    @property
    def checked(self) -> tuple[DraftRow, ...]:
        """Rows with a report."""
        return tuple(row for row in self.rows if row.report is not None)

    @property
    def unreadable(self) -> tuple[DraftRow, ...]:
        """Rows without one."""
        return tuple(row for row in self.rows if row.report is None)

    @property
    def ordered(self) -> tuple[DraftRow, ...]:
        """As people read them: rows with a report, then those without one, each in order."""
        return (*self.checked, *self.unreadable)

    @property
    def asked(self) -> int:
        """Subsidy asked for by all drafts that could be checked."""
        return sum(row.report.asked for row in self.rows if row.report is not None)

    @property
    def allowed(self) -> int:
        """The largest subsidy that the rules allow them."""
        return sum(row.report.allowed for row in self.rows if row.report is not None)

    def count(self, outcome: Outcome) -> int:
        """Findings of one gravity in all drafts."""
        return sum(row.count(outcome) for row in self.rows)

    @property
    def programmes(self) -> tuple[str, ...]:
        """Identifiers of the programmes that occur, sorted."""
        return tuple(sorted({row.programme for row in self.rows if row.programme is not None}))

    def of_programme(self, programme: str) -> tuple[DraftRow, ...]:
        """The rows of one programme, in order."""
        return tuple(row for row in self.rows if row.programme == programme)

    def across(self) -> Iterator[AcrossFinding]:
        """Findings of the rules that judge drafts together, in the order of the rows."""
        for row in self.rows:
            for finding in across_findings(row):
                yield AcrossFinding(row=row, finding=finding)


def across_findings(row: DraftRow) -> list[Finding]:
    """The findings of a draft that are of rules which judge several drafts together."""
    from grantcalc.rules.registry import kind_of

    results = row.report.rules if row.report is not None else ()
    across = {result.rule.id for result in results if kind_of(result.rule.kind).together is not None}
    return [finding for finding in row.findings if finding.rule in across]
