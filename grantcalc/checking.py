"""Draft + programme → report: every rule runs, every finding is signed, effects are nested under their cause."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from attrs import evolve, frozen

from grantcalc.draft.model import Fund, Reading
from grantcalc.effects import effects_of, largest_allowed
from grantcalc.finding import Effect, Finding, Outcome, Status, Verdict
from grantcalc.rules.context import Context, Options
from grantcalc.rules.ledger import open_ledger
from grantcalc.rules.programme import Programme
from grantcalc.rules.registry import kind_of
from grantcalc.rules.rule import Rule
from grantcalc.tabledata import Tables
from grantcalc.text import Text


class RuleCrashedError(Exception):
    """A rule failed on its own account: a defect of the program, told by the rule's name."""

    def __init__(self, rule: str) -> None:
        """Keep the name."""
        super().__init__(rule)
        self.rule = rule


@frozen
class _Named:
    """Whatever is raised inside leaves as :class:`RuleCrashedError`."""

    rule: str

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            raise RuleCrashedError(self.rule) from error


@frozen(kw_only=True)
class RuleResult:
    """What became of one rule."""

    rule: Rule
    status: Status
    missing: tuple[str, ...] = ()
    decided_by: str | None = None
    reason: Text | None = None


@frozen(kw_only=True)
class Report:
    """Everything a check says of one draft."""

    reading: Reading
    programme: Programme
    findings: tuple[Finding, ...]
    rules: tuple[RuleResult, ...]
    asked: int
    allowed: int
    uncounted: tuple[str, ...] = ()
    """Subsidised amounts that could not be worked out, and so stand in neither sum."""
    county_tier: int | None = None

    def count(self, outcome: Outcome) -> int:
        """How many findings of one gravity."""
        return sum(1 for finding in self.findings if finding.outcome is outcome)


def check(reading: Reading, programme: Programme, tables: Tables, options: Options | None = None) -> Report:
    """Judge one draft by every rule of its programme."""
    ledger = open_ledger(reading.draft, programme)
    context = Context(reading=reading, programme=programme, tables=tables, ledger=ledger, options=options or Options())
    verdicts = [(rule, _judge(rule, context)) for rule in programme.rules]
    findings = _nested(verdicts, context)
    asked, allowed = largest_allowed(context, findings)
    results = tuple(
        RuleResult(
            rule=rule,
            status=verdict.status,
            missing=verdict.missing,
            decided_by=verdict.decided_by,
            reason=verdict.reason,
        )
        for rule, verdict in verdicts
    )
    return Report(
        reading=reading,
        programme=programme,
        findings=findings,
        rules=results,
        asked=asked,
        allowed=allowed,
        uncounted=ledger.sum(Fund.SUBSIDY).missing,
        county_tier=_tier(context),
    )


def _tier(context: Context) -> int | None:
    """The county's fiscal tier (財力級次) on the programme's first day; information only."""
    day, county = context.programme.first_day, context.draft.county
    rows = context.tables["common/fiscal_tiers"].rows
    spans = (row for row in rows if row["county"] == county and row["from"] <= day <= row["to"])
    return next((int(row["tier"]) for row in spans), None)


def _judge(rule: Rule, context: Context) -> Verdict:
    with _Named(rule.id):
        verdict = kind_of(rule.kind).check(context, rule, rule.values)
        signed = tuple(finding.of(rule.id, rule.citations) for finding in verdict.findings)
        return evolve(verdict, findings=signed)


def _nested(verdicts: Sequence[tuple[Rule, Verdict]], context: Context) -> tuple[Finding, ...]:
    """All findings in order of gravity and place, each with what mending it changes elsewhere."""
    covered: dict[str, list[Effect]] = {}
    for rule, verdict in verdicts:
        if verdict.decided_by:
            covered.setdefault(verdict.decided_by, []).append(Effect(label=rule.title, rule=rule.id, unit=None))
    findings = []
    for _, verdict in verdicts:
        for finding in verdict.findings:
            nested = covered.pop(finding.rule, [])
            effects = (*finding.effects, *effects_of(context, finding), *nested)
            findings.append(evolve(finding, effects=effects))
    order = list(Outcome)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.outcome)))
