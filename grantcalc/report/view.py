"""A report put into words once, for every form that people read (text, Markdown, HTML, workbook)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import groupby

from attrs import frozen

from grantcalc.checking import Report, RuleResult
from grantcalc.finding import Effect, Finding, Outcome, Place, Status
from grantcalc.report.arithmetic import arithmetic
from grantcalc.report.lacking import missing_facts
from grantcalc.report.missing import cover_header, describe_missing
from grantcalc.text import Language, Measure, Message, dollars
from grantcalc.units import Unit

CHANGES = Message("{label}: {before} → {after}")
COVERED = Message("“{label}” is broken by this as well and will hold again")
FILE = Message("File")
PROGRAMME = Message("Programme")
COUNTY = Message("County")
APPLICANT = Message("Applicant")
ASKED = Message("Subsidy asked for")
STATED = Message("Subsidy that the rows state")
STATED_SUM = Message("{stated}; their prices, quantities and months make {asked}")
ALLOWED = Message("Largest subsidy the rules allow as drafted")
UNCOUNTED = Message("Not counted, as it could not be worked out")
TIER = Message("Fiscal tier (information)")
RULESET = Message("Rule set")
COUNTS = Message("Errors: {errors}, warnings: {warnings}, for review: {reviews}, notes: {notes}")
CELLS = Message("Money cells: {claimed} read, {unread} not read")
ARITHMETIC = Message("Arithmetic")
SECTION = Message("Section")
REMEDY = Message("Remedy")
EFFECTS = Message("Changes elsewhere")
NEEDS = Message("needs {missing}")
DECIDED_BY = Message("covered by the finding of {rule}")
PERSON = Message("needs a person")
LEGEND_TITLE = Message("Documents")
LEGEND_LINE = Message("{code} = {title}")
STATUS_TITLE = Message("What became of every rule")
FINDINGS_TITLE = Message("Findings")
NO_FINDINGS = Message("No finding.")
WHOLE_DRAFT = Message("the whole draft")
EXACT_KINDS = frozenset({"arithmetic", "funding-balance", "total"})
"""Kinds of rules whose allowed number is the only right one."""


class Bound(Enum):
    """What the allowed number of a finding is: the most, the least, or the one that it must be."""

    CAP = "cap"
    FLOOR = "floor"
    EXACT = "exact"


@frozen(kw_only=True)
class FindingView:
    """One finding, in words."""

    outcome: Outcome
    outcome_label: str
    rule: str
    title: str
    place: Place
    place_label: str
    stated: str
    allowed: str
    difference: str
    message: str
    remedy: str
    sections: str
    arithmetic: tuple[str, ...]
    effects: tuple[str, ...]
    bound: Bound


@frozen(kw_only=True)
class StatusView:
    """One rule and what became of it, in words."""

    rule: str
    title: str
    status: Status
    status_label: str
    remark: str
    for_person: bool = False
    """Nothing is missing: the rule only needs a person's judgement."""
    lacks: bool = False
    """It lacks an input: :attr:`ReportView.lacking` says so once for all rules that need it."""


@frozen(kw_only=True)
class LackView:
    """One missing input, in words, and the rules that need it."""

    remark: str
    rules: tuple[StatusView, ...]


@frozen(kw_only=True)
class ReportView:
    """A whole report, in words."""

    heading: tuple[tuple[str, str], ...]
    counts: str
    cells: str
    findings: tuple[FindingView, ...]
    statuses: tuple[StatusView, ...]
    notes: tuple[str, ...]
    lacking: tuple[LackView, ...] = ()
    legend: tuple[str, ...] = ()
    """The cited documents, short name and title."""

    def by_status(self) -> Iterator[tuple[str, list[StatusView]]]:
        """Rules by what became of them, in the order of :class:`Status`; those for a person before the last."""
        order = list(Status)
        ranked = sorted(self.statuses, key=lambda view: (order.index(view.status), not view.for_person))
        for label, views in groupby(ranked, key=lambda view: view.status_label):
            yield label, list(views)


def view(report: Report, language: Language) -> ReportView:
    """Render everything of a report in one language."""
    counted = {outcome: language.number(report.count(outcome)) for outcome in Outcome}
    unread = len(report.reading.unread)
    statuses = tuple(_status(report, result, language) for result in report.rules)
    return ReportView(
        heading=tuple(_heading(report, language)),
        counts=language(
            COUNTS(
                errors=counted[Outcome.ERROR],
                warnings=counted[Outcome.WARNING],
                reviews=counted[Outcome.REVIEW],
                notes=counted[Outcome.NOTE],
            )
        ),
        cells=language(CELLS(claimed=len(report.reading.cells) - unread, unread=unread))
        if report.reading.cells
        else "",
        findings=tuple(_finding(report, finding, language) for finding in report.findings),
        statuses=statuses,
        lacking=tuple(_lacking(report, statuses, language)),
        notes=tuple(language(note) for note in report.reading.notes),
        legend=tuple(
            language(LEGEND_LINE(code=code, title=document.title)) for code, document in report.sources.items()
        ),
    )


def _heading(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    draft = report.reading.draft
    yield language(FILE), report.reading.file
    yield language(PROGRAMME), f"{report.programme.id} {language(report.programme.title)}"
    if draft.county:
        yield language(COUNTY), language(report.county_title or draft.county)
    if draft.applicant:
        yield language(APPLICANT), draft.applicant
    if report.county_tier is not None:
        yield language(TIER), str(report.county_tier)
    yield language(ASKED), language(dollars(report.asked))
    if report.stated is not None and report.stated != report.asked:
        beside = STATED_SUM(stated=dollars(report.stated), asked=dollars(report.asked))
        yield language(STATED), language(beside)
    yield language(ALLOWED), language(dollars(report.allowed))
    if report.uncounted:
        yield language(UNCOUNTED), describe_missing(report.uncounted, draft, language)
    yield language(RULESET), report.programme.digest[:19]


def _finding(report: Report, finding: Finding, language: Language) -> FindingView:
    rule = report.programme.rule(finding.rule)

    def shown(value: object) -> str:
        return "" if value is None else language(Measure(value, finding.unit))  # type: ignore[arg-type]

    return FindingView(
        outcome=finding.outcome,
        outcome_label=language(finding.outcome),
        rule=finding.rule,
        title=language(rule.title) if rule else "",
        place=finding.place,
        place_label=place_label(finding.place, language),
        stated=shown(finding.stated),
        allowed=shown(finding.allowed),
        difference=shown(finding.difference),
        message=language(finding.message),
        remedy=language(finding.advice),
        sections=language.listed(str(citation) for citation in finding.citations),
        arithmetic=tuple(arithmetic(finding.explanation, language)) if finding.explanation else (),
        effects=tuple(_effect(effect, language) for effect in finding.effects),
        bound=bound_of(finding, rule.kind if rule else ""),
    )


def bound_of(finding: Finding, kind: str) -> Bound:
    """What the allowed number of a finding of a kind of rule is."""
    if kind in EXACT_KINDS:
        return Bound.EXACT
    difference = finding.difference
    return Bound.FLOOR if difference is not None and difference < 0 else Bound.CAP


def place_label(place: Place, language: Language) -> str:
    """The cell and the row's own label."""
    if not place.shown:
        return place.label or language(WHOLE_DRAFT)
    header = None if place.sheet or place.label else cover_header(place.path)
    if header is not None:
        return f"{language(header)}（{place.path}）" if language.is_chinese else f"{language(header)} ({place.path})"
    if not place.label:
        return place.shown
    return f"{place.shown}（{place.label}）" if language.is_chinese else f"{place.shown} ({place.label})"


def _effect(effect: Effect, language: Language) -> str:
    if effect.before is None or effect.after is None:
        return language(COVERED(label=effect.label if not isinstance(effect.label, Message) else effect.label()))
    unit = effect.unit or Unit.DOLLAR
    label = effect.label() if isinstance(effect.label, Message) else effect.label
    return language(CHANGES(label=label, before=Measure(effect.before, unit), after=Measure(effect.after, unit)))


def _lacking(report: Report, statuses: Iterable[StatusView], language: Language) -> Iterator[LackView]:
    by_rule = {one.rule: one for one in statuses}
    for fact in missing_facts(report, language):
        rules = tuple(by_rule[rule.id] for rule in fact.rules)
        yield LackView(remark=language(NEEDS(missing=fact.what)), rules=rules)


def _status(report: Report, result: RuleResult, language: Language) -> StatusView:
    remark = ""
    if result.missing:
        remark = language(NEEDS(missing=describe_missing(result.missing, report.reading.draft, language)))
    elif result.decided_by:
        remark = language(DECIDED_BY(rule=result.decided_by))
    elif result.reason:
        remark = language(result.reason)
    for_person = result.status is Status.COULD_NOT_RUN and not result.missing
    return StatusView(
        rule=result.rule.id,
        title=language(result.rule.title),
        status=result.status,
        status_label=language(PERSON) if for_person else language(result.status),
        remark=remark,
        for_person=for_person,
        lacks=bool(result.missing) and result.status is Status.COULD_NOT_RUN,
    )
