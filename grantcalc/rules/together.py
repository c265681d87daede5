"""What rules on several drafts share (跨案檢核): how the report on one draft names the others.

Drafts are listed by their file names, not as they were given: in another order the same drafts say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from grantcalc.finding import Explanation, Operation
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import county_name
from grantcalc.text import Joined, Message, Text, Value, joined
from grantcalc.units import Unit

DRAFT = Message("{file} ({county})")
MORE = Message("{number} more")
TOGETHER = Message("the {number} drafts given, together")

_MOST_TOLD = 5
"""So many others are named in a finding (each of them has one of its own), the rest counted."""

Lacking = Sequence[tuple[Context, tuple[str, ...]]]
"""Drafts, each with the paths of the inputs it lacks."""


def named(context: Context) -> Text | str:
    """A draft as others name it: its file and county."""
    county = county_name(context)
    return DRAFT(file=context.reading.file, county=county) if county else context.reading.file


def others(contexts: Iterable[Context], context: Context) -> Joined:
    """The drafts but this one, as they are named."""
    return first_of([named(other) for other in _by_file(contexts) if other is not context])


def first_of(values: Sequence[Value]) -> Joined:
    """A list for a message: the first few, and how many more there are."""
    left = len(values) - _MOST_TOLD
    return joined(values) if left <= 1 else joined([*values[:_MOST_TOLD], MORE(number=left)])


def missing_for(context: Context, lacking: Lacking) -> Iterator[str]:
    """What all these drafts lack, as the report on one says it: another draft's path with its file before it."""
    paths = {id(other): found for other, found in lacking}
    yield from paths.get(id(context), ())
    for other in _by_file(other for other, _ in lacking):
        if other is not context:
            yield from (f"{other.reading.file}: {path}" for path in paths[id(other)])


def summed(contexts: Sequence[Context], part: Callable[[Context], Explanation], unit: Unit | None) -> Explanation:
    """What all drafts come to: the part of each, and their sum."""
    parts = tuple(map(part, _by_file(contexts)))
    return Explanation(
        label=TOGETHER(number=len(contexts)),
        value=sum(found.value for found in parts),
        unit=unit,
        operation=Operation.SUM,
        inputs=parts,
    )


def _by_file(contexts: Iterable[Context]) -> list[Context]:
    return sorted(contexts, key=_key)


def _key(context: Context) -> tuple[str, str, str]:
    draft = context.draft
    return context.reading.file, draft.county or "", draft.applicant or ""
