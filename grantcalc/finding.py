"""What a check says: findings, and the arithmetic behind them."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from attrs import evolve, frozen

from grantcalc.money import Exact, Number, number
from grantcalc.place import Place as Place  # noqa: PLC0414  # findings are where everybody looks for it
from grantcalc.sources import Citation
from grantcalc.text import Measure, Message, Text, Value
from grantcalc.units import Unit

ADVICE = Message("{remedy} {hint}")


class Outcome(Enum):
    """How grave a finding is (錯誤、警告、須人工審查、說明)."""

    ERROR = "error"
    WARNING = "warning"
    REVIEW = "review"
    NOTE = "note"


class Status(Enum):
    """What became of a rule on one draft (通過、不符、不適用、無法檢核)."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not-applicable"
    COULD_NOT_RUN = "could-not-run"


class Operation(Enum):
    """How an explanation's inputs make its value."""

    SUM = "+"
    PRODUCT = "×"
    DIFFERENCE = "−"
    QUOTIENT = "÷"
    SMALLEST = "min"
    LARGEST = "max"
    GIVEN = ""


@frozen(kw_only=True)
class Explanation:
    """The arithmetic as a tree, from cells and table values (``origin``) up to the limit."""

    label: Value | Message
    value: Exact
    unit: Unit | None = None
    operation: Operation = Operation.GIVEN
    inputs: tuple[Explanation, ...] = ()
    origin: Citation | Place | None = None
    rounding: str | None = None

    @property
    def measure(self) -> Measure:
        """The value with its unit."""
        return Measure(self.value, self.unit)


@frozen(kw_only=True)
class Edit:
    """A change to one field that mends a finding; ``value`` is the largest allowed one."""

    place: Place
    value: Number | None


@frozen(kw_only=True)
class Cut:
    """Dollars that mending a finding takes off the subsidised sum of ``categories``.

    A ``ceiling`` is a limit on the sum itself, or on these ``rows`` of it where any are named: cuts of single rows
    count towards it. Where other findings mend the same posts, ``amount`` alone does not say what is left: ``since`` is
    the day from which posts are paid, ``leaves`` how many persons are left of posts, which may be none.
    """

    categories: tuple[str, ...]
    amount: int
    ceiling: int | None = None
    rows: tuple[str, ...] = ()
    since: dt.date | None = None
    leaves: tuple[Edit, ...] = ()


@frozen(kw_only=True)
class Effect:
    """What mending a finding changes elsewhere: a total, a base, a cap, a rule that would hold again."""

    label: Value | Message
    before: Number | None = None
    after: Number | None = None
    unit: Unit | None = Unit.DOLLAR
    rule: str | None = None


@frozen(kw_only=True)
class Finding:
    """One thing that is wrong, or that a person must look at.

    ``message`` and ``remedy`` speak to whoever made the draft, and may be sent to them as they are. ``hint`` is what
    whoever runs the program may do besides (an option, a map); an ``internal`` finding is about the run alone.
    """

    rule: str = ""
    outcome: Outcome = Outcome.ERROR
    place: Place
    stated: Number | None = None
    allowed: Number | None = None
    unit: Unit | None = None
    message: Text
    remedy: Text
    hint: Text | None = None
    internal: bool = False
    citations: tuple[Citation, ...] = ()
    explanation: Explanation | None = None
    effects: tuple[Effect, ...] = ()
    edits: tuple[Edit, ...] = ()
    cut: Cut | None = None

    @property
    def difference(self) -> Number | None:
        """Stated less allowed, where both are numbers."""
        if self.stated is None or self.allowed is None:
            return None
        return number(self.stated - self.allowed)

    @property
    def advice(self) -> Text:
        """The remedy, and the hint behind it."""
        return advice(self.remedy, self.hint)

    def of(self, rule: str, citations: tuple[Citation, ...]) -> Finding:
        """The same finding, signed by its rule."""
        return evolve(self, rule=rule, citations=self.citations or citations)


def advice(remedy: Text, hint: Text | None) -> Text:
    """What to do, for whoever runs the program: the remedy, and the hint behind it."""
    return remedy if hint is None else ADVICE(remedy=remedy, hint=hint)


@frozen(kw_only=True)
class Verdict:
    """What one rule found in one draft.

    ``examined`` counts the rows, posts or facts it looked at: none means that it does not apply. ``missing`` names the
    inputs it needed and did not get. ``decided_by`` names the rule whose finding already covers this one.
    """

    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    examined: int = 0
    decided_by: str | None = None
    reason: Text | None = None

    @property
    def status(self) -> Status:
        """Failed on an error or warning; could-not-run while an input or a person's judgement is missing."""
        if any(finding.outcome in {Outcome.ERROR, Outcome.WARNING} for finding in self.findings):
            return Status.FAILED
        if self.decided_by or (not self.examined and not self.missing and not self.findings):
            return Status.NOT_APPLICABLE
        if self.missing or any(finding.outcome is Outcome.REVIEW for finding in self.findings):
            return Status.COULD_NOT_RUN
        return Status.PASSED
