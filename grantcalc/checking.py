"""Draft + programme → report: every rule runs, every finding is signed, effects are nested under their cause."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType

from attrs import evolve, field, frozen

from grantcalc.counties import county_title, fiscal_tier
from grantcalc.draft.model import Fund, Reading
from grantcalc.effects import Settled, effects_of, settle
from grantcalc.finding import Effect, Explanation, Finding, Outcome, Place, Status, Verdict
from grantcalc.firmness import softened
from grantcalc.mending import Left, left_of
from grantcalc.money import Number
from grantcalc.rules.context import Context, Options
from grantcalc.rules.ledger import open_ledger, stated_sum
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.rules.registry import kind_of
from grantcalc.rules.rule import Rule
from grantcalc.sources import Citation, SourceDocument
from grantcalc.tabledata import Tables
from grantcalc.text import Bilingual, Message, Text

_PATH = re.compile(r"(?s)(?:(positions|lines|totals)\b(?:\[(\d+)\])?)?(.*)")
_SHEETS = {"positions": 1, "lines": 2, "totals": 3}
"""The order of a workbook's sheets; the cover comes first."""

AMOUNTS = Message("working out the amounts")
FINDINGS = Message("putting the findings together")


class RuleCrashedError(Exception):
    """A rule or a step of the check failed on its own account: a defect of the program, told by its name."""

    def __init__(self, rule: str | Text) -> None:
        """Keep the name."""
        super().__init__(rule if isinstance(rule, str) else rule.template)
        self.rule = rule


@frozen
class _Named:
    """Whatever is raised inside leaves as :class:`RuleCrashedError`."""

    rule: str | Text

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
    context: Context = field(repr=False, eq=False)
    """What the rules looked at, with every amount worked out."""
    settled: Settled = field(repr=False)
    """What is left of every row when the errors are mended, and of all together."""
    uncounted: tuple[str, ...] = ()
    """Subsidised amounts that could not be worked out, and so stand in neither sum."""
    stated: Number | None = None
    """What the rows themselves state of the subsidy (各列所載); ``asked`` is the same worked out anew."""
    county_tier: int | None = None
    county_title: Bilingual | None = None
    sources: Mapping[str, SourceDocument] = field(factory=dict)
    """The documents that the findings and their arithmetic cite, by their short names."""

    def count(self, outcome: Outcome) -> int:
        """How many findings of one gravity."""
        return sum(1 for finding in self.findings if finding.outcome is outcome)


def check(reading: Reading, programme: Programme, tables: Tables, options: Options | None = None) -> Report:
    """Judge one draft by every rule of its programme."""
    return _report(_opened(reading, programme, tables, options), {})


def judge_alone(reading: Reading, library: Library, options: Options | None = None) -> Mapping[str, Verdict]:
    """What every rule of its programme says of one draft alone, by rule: the part of a check that needs no other draft.

    It may be done in another process; :func:`check_all` takes it.
    """
    context = _opened(reading, library.programme(reading.draft.programme), library.tables, options)
    return {rule.id: _judge(rule, context) for rule in context.programme.rules}


def check_all(
    readings: Iterable[Reading],
    library: Library,
    options: Options | None = None,
    alone: Sequence[Mapping[str, Verdict]] | None = None,
) -> list[Report]:
    """Judge several drafts: each alone, those of one programme together, and all together; reports in the same order.

    Rules across drafts see the drafts of this call only: a draft that is not given is not counted. ``alone`` holds what
    :func:`judge_alone` said of each draft with the same options; what it lacks is judged here.
    """
    contexts = [
        _opened(reading, library.programme(reading.draft.programme), library.tables, options) for reading in readings
    ]
    known: Sequence[Mapping[str, Verdict]] = [{}] * len(contexts) if alone is None else alone
    together = zip(contexts, known, _across(contexts), strict=True)
    return [_report(context, {**judged, **across}) for context, judged, across in together]


def _opened(reading: Reading, programme: Programme, tables: Tables, options: Options | None) -> Context:
    with _Named(AMOUNTS()):
        ledger = open_ledger(reading.draft, programme)
    return Context(reading=reading, programme=programme, tables=tables, ledger=ledger, options=options or Options())


def _across(contexts: Sequence[Context]) -> list[dict[str, Verdict]]:
    """What the rules across drafts say of each draft, by rule; nothing of the only draft of its programme or at all."""
    across: list[dict[str, Verdict]] = [{} for _ in contexts]
    by_programme: defaultdict[str, list[int]] = defaultdict(list)
    for index, context in enumerate(contexts):
        by_programme[context.programme.id].append(index)
    for members in by_programme.values():
        drafts = [contexts[index] for index in members]
        for rule in drafts[0].programme.rules if len(drafts) > 1 else ():
            for index, verdict in zip(members, _judge_together(rule, drafts), strict=False):  # it may judge none
                across[index][rule.id] = verdict
    for rule in contexts[0].programme.across if len(contexts) > 1 else ():
        for found, verdict in zip(across, _judge_together(rule, contexts), strict=True):
            found[rule.id] = verdict
    return across


def _judge_together(rule: Rule, drafts: Sequence[Context]) -> tuple[Verdict, ...]:
    """A verdict on every draft; none where the rule judges each alone."""
    with _Named(rule.id):
        together = kind_of(rule.kind).together
        if together is None:
            return ()
        verdicts = together(drafts, rule, rule.values)
        return tuple(_signed(rule, verdict) for _, verdict in zip(drafts, verdicts, strict=True))


def _report(context: Context, judged: Mapping[str, Verdict]) -> Report:
    """Every rule on one draft, those of ``judged`` judged already; a rule across programmes only where it is."""
    reading, programme, tables, ledger = context.reading, context.programme, context.tables, context.ledger
    verdicts = [(rule, judged.get(rule.id) or _judge(rule, context)) for rule in programme.rules]
    verdicts += [(rule, judged[rule.id]) for rule in programme.across if rule.id in judged]
    with _Named(FINDINGS()):
        found = _in_order(verdicts)
        left = left_of(context, found)
        findings = tuple(_nested(found, verdicts, context, left))
        settled = settle(context, findings, left)
    owners = _owners(verdicts)
    results = tuple(
        RuleResult(
            rule=rule,
            status=verdict.status,
            missing=verdict.missing,
            decided_by=owners.get(rule.id),
            reason=verdict.reason,
        )
        for rule, verdict in verdicts
    )
    return Report(
        reading=reading,
        programme=programme,
        findings=findings,
        rules=results,
        asked=ledger.sum(Fund.SUBSIDY).value,
        allowed=settled.allowed,
        context=context,
        settled=settled,
        uncounted=ledger.sum(Fund.SUBSIDY).missing,
        stated=stated_sum(reading.draft, ledger, Fund.SUBSIDY),
        county_tier=fiscal_tier(tables, reading.draft.county, programme.first_day),
        county_title=county_title(tables, reading.draft.county),
        sources=_sources(findings, tables),
    )


def _sources(findings: Sequence[Finding], tables: Tables) -> dict[str, SourceDocument]:
    """Every cited document once, in the order of tables/sources.toml."""
    cited = {source for finding in findings for source in _cited(finding)}
    return {name: document for name, document in tables.sources.items() if name in cited} if cited else {}


def _cited(finding: Finding) -> Iterator[str]:
    yield from (citation.source for citation in finding.citations)
    left: list[Explanation] = [finding.explanation] if finding.explanation else []
    while left:
        explanation = left.pop()
        if isinstance(explanation.origin, Citation):
            yield explanation.origin.source
        left += explanation.inputs


def _judge(rule: Rule, context: Context) -> Verdict:
    with _Named(rule.id):
        verdict = kind_of(rule.kind).check(context, rule, rule.values)
        return _signed(rule, softened(verdict, rule, context))


def _signed(rule: Rule, verdict: Verdict) -> Verdict:
    return evolve(verdict, findings=tuple(finding.of(rule.id, rule.citations) for finding in verdict.findings))


def _in_order(verdicts: Sequence[tuple[Rule, Verdict]]) -> list[Finding]:
    """All findings in order of gravity and place."""
    order = list(Outcome)
    found = [finding for _, verdict in verdicts for finding in verdict.findings]
    return sorted(found, key=lambda finding: (order.index(finding.outcome), *_position(finding.place)))


def _nested(
    findings: Iterable[Finding], verdicts: Sequence[tuple[Rule, Verdict]], context: Context, left: Left
) -> Iterator[Finding]:
    """The findings, each with what mending it changes elsewhere; ``left`` is what mending all of them leaves."""
    covered: dict[str, list[Effect]] = {}
    owners = _owners(verdicts)
    for rule, _ in verdicts:
        if rule.id in owners:
            covered.setdefault(owners[rule.id], []).append(Effect(label=rule.title, rule=rule.id, unit=None))
    for finding in findings:
        nested = covered.pop(finding.rule, [])
        yield evolve(finding, effects=(*finding.effects, *effects_of(context, finding, left), *nested))


def _owners(verdicts: Sequence[tuple[Rule, Verdict]]) -> dict[str, str]:
    """The rule whose finding covers each rule, where an owner may itself be covered by another."""
    direct = {rule.id: verdict.decided_by for rule, verdict in verdicts if verdict.decided_by}
    found = {}
    for covered, first in direct.items():
        owner, seen = first, {covered}
        while owner in direct and owner not in seen:
            seen.add(owner)
            owner = direct[owner]
        found[covered] = owner
    return found


def _position(place: Place) -> tuple[int, int, str]:
    """Sheet by sheet and row by row: the cover, posts, rows, totals."""
    sheet, row, _ = _PATH.fullmatch(place.path).groups()  # type: ignore[union-attr]  # matches any text
    return _SHEETS.get(sheet or "", 0), int(row or 0), place.path
