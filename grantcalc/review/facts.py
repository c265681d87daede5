"""What the rules across drafts found, each fact once: one person, one place, one county with too many drafts.

Every draft has a finding of its own that names the others. Two are one fact where one names the draft and the place of
the other. Of rules on whole drafts, they are one where they say the same and one names the other's draft, or where
their sentences are equal and name none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from attrs import frozen

from grantcalc.finding import Explanation, Finding, Outcome
from grantcalc.place import At
from grantcalc.review.model import AcrossFinding, BatchResult, DraftRow
from grantcalc.text import Joined, Text, Value

_GRAVITY = list(Outcome)
Spot = tuple[str, str | None]
"""A file, and the path of a place in it; ``None`` where the draft as a whole is named."""


@frozen(kw_only=True)
class Fact:
    """One thing that several drafts have part in; the findings stand in the order of the drafts."""

    parts: tuple[AcrossFinding, ...]

    @property
    def told_by(self) -> AcrossFinding:
        """The finding that tells it: the gravest, and of these the first."""
        return min(self.parts, key=lambda one: _GRAVITY.index(one.finding.outcome))

    @property
    def outcome(self) -> Outcome:
        """The gravest outcome of its findings."""
        return self.told_by.finding.outcome

    @property
    def rows(self) -> tuple[DraftRow, ...]:
        """The drafts that have part in it, each once."""
        return tuple({one.row.number: one.row for one in self.parts}.values())


def facts_of(batch: BatchResult) -> tuple[Fact, ...]:
    """Every fact, where its first finding stands."""
    return facts_among(list(batch.across()))


def facts_among(found: Sequence[AcrossFinding]) -> tuple[Fact, ...]:
    """The facts that findings across drafts tell."""
    joined = _Joined(len(found))
    of_rule: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, one in enumerate(found):
        of_rule[one.finding.rule, _said_of(one.finding)].append(index)
    for members in of_rule.values():
        _join([found[index] for index in members], members, joined)
    parts: defaultdict[int, list[AcrossFinding]] = defaultdict(list)
    for index, one in enumerate(found):
        parts[joined.first(index)].append(one)
    return tuple(Fact(parts=tuple(some)) for some in parts.values())


def _said_of(finding: Finding) -> str:
    """What is said, as far as all its drafts say the same: of places the sentence, of drafts what it is about.

    The drafts of one fact need not say it in one sentence (一案在前、一案在後): they share the remedy, and either the
    sum that adds them up or every value but the names of the others.
    """
    if any(path is not None for _, path in _named(finding)):
        return finding.message.template
    explanation = finding.explanation
    if explanation is not None and next(_summed(explanation), None) is not None:
        return repr((finding.remedy, explanation))
    shared = {name: value for name, value in sorted(finding.message.values.items()) if not [*_spots(value)]}
    figures = (finding.stated, finding.allowed, finding.unit)
    return repr((finding.remedy, figures, shared))


def _join(found: Sequence[AcrossFinding], members: Sequence[int], joined: _Joined) -> None:
    spots: defaultdict[Spot, list[int]] = defaultdict(list)
    equal: dict[str, int] = {}
    for index, one in zip(members, found, strict=True):
        file = _file(one.row)
        spots[file, one.finding.place.path].append(index)
        spots[file, None].append(index)
    for index, one in zip(members, found, strict=True):
        for spot in _named(one.finding):
            for other in spots.get(spot, ()):
                joined.join(index, other)
        if _of_whole_draft(one.finding):
            joined.join(index, equal.setdefault(repr(one.finding.message), index))


def _of_whole_draft(finding: Finding) -> bool:
    """Whether it stands at no row or post, and names no other draft: said of several drafts, it is one thing."""
    return "[" not in finding.place.path and not _named(finding)


def _file(row: DraftRow) -> str:
    return row.file if row.report is None else row.report.reading.file


def _named(finding: Finding) -> list[Spot]:
    """The other drafts, and places in them, that a finding names."""
    found = list(_spots(finding.message))
    if finding.explanation is not None:
        found += _summed(finding.explanation)
    return found


def _spots(value: Value) -> Iterator[Spot]:
    if isinstance(value, Joined):
        for inner in value.values:
            yield from _spots(inner)
    if not isinstance(value, Text):
        return
    if "file" in value.values:
        yield str(value.values["file"]), None
        return
    draft = value.values.get("draft")
    if draft is None:
        for inner in value.values.values():
            yield from _spots(inner)
        return
    path = next((one.place.path for one in value.values.values() if isinstance(one, At)), None)
    yield str(draft.values["file"] if isinstance(draft, Text) else draft), path


def _summed(explanation: Explanation) -> Iterator[Spot]:
    """The drafts that are added up."""
    if isinstance(explanation.label, Text):
        yield from _spots(explanation.label)
    for inner in explanation.inputs:
        yield from _summed(inner)


class _Joined:
    """Which of so many things belong together."""

    def __init__(self, number: int) -> None:
        self._first = list(range(number))

    def first(self, index: int) -> int:
        """The first of those that an index belongs to."""
        while self._first[index] != index:
            self._first[index] = self._first[self._first[index]]
            index = self._first[index]
        return index

    def join(self, one: int, other: int) -> None:
        """Put two together."""
        low, high = sorted((self.first(one), self.first(other)))
        self._first[high] = low
