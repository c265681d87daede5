"""What a draft lacks, each fact once: a field that several rules need is asked for one time, with all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from grantcalc.checking import Report, RuleResult
from grantcalc.finding import Status
from grantcalc.report.missing import by_field, describe_missing
from grantcalc.rules.rule import Rule
from grantcalc.text import Language


@frozen(kw_only=True)
class MissingFact:
    """One missing input in words (of many rows: the field and how many), and the rules that could not be judged."""

    what: str
    rules: tuple[Rule, ...]


def unjudged(report: Report) -> list[RuleResult]:
    """Rules that lack an input; not those that only need a person."""
    return [result for result in report.rules if result.status is Status.COULD_NOT_RUN and result.missing]


def missing_facts(report: Report, language: Language) -> tuple[MissingFact, ...]:
    """Everything that is missing, in the order in which the rules ask for it."""
    draft, results = report.reading.draft, unjudged(report)
    fields = by_field((path for result in results for path in result.missing), draft, language)
    return tuple(
        MissingFact(what=describe_missing(paths, draft, language), rules=tuple(_needing(results, paths)))
        for paths in fields.values()
    )


def _needing(results: Iterable[RuleResult], paths: Iterable[str]) -> Iterator[Rule]:
    known = set(paths)
    return (result.rule for result in results if not known.isdisjoint(result.missing))
