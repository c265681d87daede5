"""Findings of an earlier version followed into the later one: resolved, left, or new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from attrs import frozen

from grantcalc.finding import Finding, Outcome
from grantcalc.mending import row_of
from grantcalc.review.rowpairs import RowPairs

Where = tuple[str, str]
"""A rule and a path of the later draft."""


@frozen(kw_only=True)
class Followed:
    """``resolved`` findings of the earlier version; of the later one those ``left`` and those ``new``."""

    resolved: tuple[Finding, ...]
    left: tuple[Finding, ...]
    new: tuple[Finding, ...]


def followed(before: Sequence[Finding], after: Sequence[Finding], rows: RowPairs) -> Followed:
    """A finding is left where its rule finds something at the same field, or else in the same row; notes are none."""
    olds = [finding for finding in before if finding.outcome is not Outcome.NOTE]
    news = [finding for finding in after if finding.outcome is not Outcome.NOTE]
    later = rows.later
    moved = [_moved(finding.place.path, later) for finding in olds]
    left: set[int] = set()
    gone = set(range(len(olds)))
    for is_whole_row in (False, True):
        waiting: defaultdict[Where, list[int]] = defaultdict(list)
        for index in sorted(gone):
            path = moved[index]
            if path is not None:
                waiting[olds[index].rule, _spot(path, is_whole_row)].append(index)
        for index, finding in enumerate(news):
            same = waiting[finding.rule, _spot(finding.place.path, is_whole_row)]
            if index not in left and same:
                gone.discard(same.pop(0))
                left.add(index)
    return Followed(
        resolved=tuple(olds[index] for index in sorted(gone)),
        left=tuple(finding for index, finding in enumerate(news) if index in left),
        new=tuple(finding for index, finding in enumerate(news) if index not in left),
    )


def _spot(path: str, is_whole_row: bool) -> str:
    return (row_of(path) or path) if is_whole_row else path


def _moved(path: str, later: Mapping[str, str]) -> str | None:
    """A path of the earlier draft as the later one has it; ``None`` where its row is gone."""
    row = row_of(path)
    if row is None:
        return path
    return later[row] + path[len(row) :] if row in later else None
