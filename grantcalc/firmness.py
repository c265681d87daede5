"""No error on a guess: what a rule says of a row that a person is asked about first is for that person too."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from grantcalc.draft.model import Doubt, Line, Position
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.mending import row_of
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Rule
from grantcalc.text import Message

IF_ITEM = Message("If the row is meant as “{item}”, whose name it does not have: {remedy}")
IF_COUNTED = Message("If the row counts, which nothing says for sure: {remedy}")

_OF_WRITING: Final = frozenset(
    {"arithmetic", "duplicate-line", "funding-balance", "readable", "total", "whole-dollars", "worded-arithmetic"}
)
"""Kinds of rules on what a row says itself, whatever item it is."""
_OF_WORDS: Final = "refused-words"
"""The same where it is on every row, and not on those of some items."""
_OF_SUMS: Final = frozenset({"total", "funding-balance"})
"""Kinds that add up rows, also those that may not count."""
_NONE: Final = frozenset[Doubt]()
_GUESSED: Final = frozenset({Outcome.ERROR, Outcome.WARNING})


def softened(verdict: Verdict, rule: Rule, context: Context) -> Verdict:
    """The verdict with what rests on a guess left to a person; such a finding cuts nothing and edits nothing."""
    draft = context.draft
    rows: tuple[Position | Line, ...] = (*draft.positions, *draft.lines) if verdict.findings else ()
    doubted = {row.origin.path: row.doubts for row in rows if row.doubts}
    if not doubted:
        return verdict
    sheets = {row.origin.sheet for row in rows if Doubt.ROW in row.doubts} if rule.kind in _OF_SUMS else set()
    findings = tuple(
        _softened(
            one,
            frozenset({Doubt.ROW}) if one.place.sheet in sheets else doubted.get(row_of(one.place.path) or "", _NONE),
            rule,
            context,
        )
        for one in verdict.findings
    )
    return evolve(verdict, findings=findings)


def _softened(finding: Finding, doubts: frozenset[Doubt], rule: Rule, context: Context) -> Finding:
    if finding.outcome not in _GUESSED:
        return finding
    if Doubt.ROW in doubts:
        remedy = IF_COUNTED(remedy=finding.remedy)
    elif Doubt.ITEM in doubts and _rests_on_item(rule):
        path = row_of(finding.place.path)
        line = next(line for line in context.draft.lines if line.origin.path == path)
        item = context.item(line)
        remedy = IF_ITEM(item=item.name if item else line.item or "", remedy=finding.remedy)
    else:
        return finding
    return evolve(finding, outcome=Outcome.REVIEW, remedy=remedy, edits=(), cut=None)


def _rests_on_item(rule: Rule) -> bool:
    of_words = rule.kind == _OF_WORDS and not rule.values.items
    return rule.kind not in _OF_WRITING and not of_words
