"""Which posts and rows of a draft are which of its earlier version; rows may have moved, or changed in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from attrs import frozen

from grantcalc.draft.model import Draft, Line, Position
from grantcalc.rules.names import same_name

RowT = TypeVar("RowT", Line, Position)


@frozen(kw_only=True)
class RowPairs:
    """Rows of the earlier and the later draft; ``None`` where there is none on that side."""

    positions: tuple[tuple[Position | None, Position | None], ...]
    lines: tuple[tuple[Line | None, Line | None], ...]

    @property
    def later(self) -> Mapping[str, str]:
        """The path of the later row by that of the earlier one."""
        pairs = (*self.positions, *self.lines)
        return {old.origin.path: new.origin.path for old, new in pairs if old is not None and new is not None}


def pair_rows(before: Draft, after: Draft) -> RowPairs:
    """Rows that are one, by the strictest thing they share; of several alike the first with the first."""
    return RowPairs(
        positions=_paired(before.positions, after.positions, _POST_KEYS),
        lines=_paired(before.lines, after.lines, _LINE_KEYS),
    )


def _paired(
    before: Sequence[RowT], after: Sequence[RowT], keys: Sequence[Callable[[RowT], Hashable | None]]
) -> tuple[tuple[RowT | None, RowT | None], ...]:
    """Pairs in the order of the later draft, the rows that are gone at the end."""
    partner: dict[int, RowT] = {}
    olds: list[tuple[int, RowT]] = list(enumerate(before))
    news: list[tuple[int, RowT]] = list(enumerate(after))
    for key in keys:
        left: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index, row in olds:
            if (found := key(row)) is not None:
                left[found].append(index)
        taken: set[int] = set()
        for index, row in news:
            found = key(row)
            if found is not None and left[found]:
                old = left[found].pop(0)
                taken.add(old)
                partner[index] = before[old]
        olds = [(index, row) for index, row in olds if index not in taken]
        news = [(index, row) for index, row in news if index not in partner]
    pairs: list[tuple[RowT | None, RowT | None]] = [(partner.get(index), row) for index, row in enumerate(after)]
    pairs += [(row, None) for _, row in olds]
    return tuple(pairs)


def _words(text: str | None) -> str:
    return same_name(text or "")


def _line_whole(line: Line) -> Hashable:
    return line.item, line.category, _words(line.description), line.fund, line.unit_price, line.quantities, line.amount


def _line_words(line: Line) -> Hashable:
    return line.item, _words(line.description), line.fund


def _line_ref(line: Line) -> Hashable | None:
    return (line.ref, line.item) if line.ref and line.item else None


def _line_price(line: Line) -> Hashable | None:
    return (line.item, line.unit_price, line.fund) if line.item and line.unit_price is not None else None


def _line_item(line: Line) -> Hashable | None:
    return (line.item, line.fund) if line.item else None


def _line_item_alone(line: Line) -> Hashable | None:
    return line.item or None


_LINE_KEYS = (_line_whole, _line_words, _line_ref, _line_price, _line_item, _line_item_alone)


def _post_person(post: Position) -> Hashable | None:
    return (_words(post.person), post.role) if post.person else None


def _post_ref(post: Position) -> Hashable | None:
    return (post.ref, post.role) if post.ref else None


def _post_dates(post: Position) -> Hashable:
    return post.role, post.start, post.end, post.fund


def _post_role(post: Position) -> Hashable | None:
    return post.role


_POST_KEYS = (_post_person, _post_ref, _post_dates, _post_role)
