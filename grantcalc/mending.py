"""What is left of a draft when its errors are mended: the edits of findings applied, and the sums worked out anew."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import Factory, evolve, frozen

from grantcalc.draft.model import Draft, Fund, Line, Position
from grantcalc.finding import Cut, Edit, Finding, Outcome
from grantcalc.money import Number
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import Amount, open_ledger
from grantcalc.rules.posts import paid_from

_ROW = re.compile(r"((?:lines|positions)\[(\d+)\])(?:\.(.+))?")
_QUANTITY = re.compile(r"quantities\[(\d+)\]\.number")

Edited = Mapping[str, Number | None]
"""New values by the name of the field within its row."""


def row_of(path: str) -> str | None:
    """The row a path lies in, as ``lines[3]``; ``None`` for fields outside the rows."""
    match = _ROW.match(path)
    return match[1] if match else None


def apply_edits(draft: Draft, edits: Iterable[Edit]) -> Draft:
    """The draft with these changes to its rows.

    Of several changes to one field an emptied field counts, then the lowest of those that lower it (a limit stands
    above a least amount), then the highest of those that raise it.
    """
    rows: defaultdict[str, defaultdict[str, list[Number | None]]] = defaultdict(lambda: defaultdict(list))
    for edit in edits:
        match = _ROW.fullmatch(edit.place.path)
        if match is not None and match[3] is not None:
            rows[match[1]][match[3]].append(edit.value)
    if not rows:
        return draft
    return evolve(
        draft,
        positions=tuple(_post(post, _settled(post, rows.get(post.origin.path, {}))) for post in draft.positions),
        lines=tuple(_line(line, _settled(line, rows.get(line.origin.path, {}))) for line in draft.lines),
    )


def _settled(row: Position | Line, changes: Mapping[str, Sequence[Number | None]]) -> Edited:
    return {name: _strongest(_stated(row, name), values) for name, values in changes.items()}


def _strongest(stated: Number | None, values: Sequence[Number | None]) -> Number | None:
    wanted = [value for value in values if value is not None]
    if len(wanted) < len(values):
        return None
    lowered = [value for value in wanted if stated is None or value <= stated]
    return min(lowered) if lowered else max(wanted)


def _stated(row: Position | Line, name: str) -> Number | None:
    match = _QUANTITY.fullmatch(name)
    found: Number | None = (
        row.quantities[int(match[1])].number if match and isinstance(row, Line) else getattr(row, name)
    )
    return found


def _post(post: Position, edited: Edited) -> Position:
    return evolve(post, **edited) if edited else post  # type: ignore[arg-type]


def _line(line: Line, edited: Edited) -> Line:
    if not edited:
        return line
    quantities = list(line.quantities)
    plain: dict[str, Number | None] = {}
    for name, value in edited.items():
        match = _QUANTITY.fullmatch(name)
        if match is None:
            plain[name] = value
        elif value is not None:
            quantities[int(match[1])] = evolve(quantities[int(match[1])], number=value)
    return evolve(line, quantities=tuple(quantities), **plain)  # type: ignore[arg-type]


@frozen(kw_only=True)
class Left:
    """Subsidised dollars when single rows are mended: by category, and of every post and row by category."""

    by_category: Mapping[str, int]
    by_row: Mapping[str, Mapping[str, int]] = Factory(dict)

    def sum(self, categories: Iterable[str] | None = None) -> int:
        """What is left in these categories; in all without any."""
        return self._sum(self.by_category, categories)

    def of_rows(self, rows: Iterable[str], categories: Iterable[str] | None = None) -> int:
        """What is left of these posts and rows; of these categories if any are given."""
        return sum(self._sum(self.by_row.get(row, {}), categories) for row in rows)

    @staticmethod
    def _sum(values: Mapping[str, int], categories: Iterable[str] | None) -> int:
        wanted = values if categories is None else set(categories)
        return max(0, sum(value for name, value in values.items() if name in wanted))


def left_of(context: Context, findings: Iterable[Finding]) -> Left:
    """Every error on single rows mended; two errors on one row take off what they take together, not each in full."""
    errors = [one for one in findings if one.outcome is Outcome.ERROR and not (one.cut and one.cut.ceiling is not None)]
    mended = _mended(context, errors)
    ledger = context.ledger if mended is context.draft else open_ledger(mended, context.programme)
    before, after = _by_row(context.ledger.amounts), _by_row(ledger.amounts)
    bounds: defaultdict[str, list[Cut]] = defaultdict(list)
    loose: list[Cut] = []
    for finding in errors:
        cut, row = finding.cut, row_of(finding.place.path)
        if cut is None:
            continue
        if row is None and not (finding.edits or cut.leaves or cut.since):
            loose.append(cut)
        elif row is not None and all(row_of(edit.place.path) == row for edit in finding.edits):
            bounds[row].append(cut)
    rows = {row: _bounded(before[row], amounts, bounds.get(row, ())) for row, amounts in after.items()}
    left: defaultdict[str, int] = defaultdict(int)
    for amounts in rows.values():
        for category, value in amounts.items():
            left[category] += value
    for cut in loose:
        _take(left, cut.categories, cut.amount)
    return Left(by_category=dict(left), by_row=rows)


def _mended(context: Context, errors: Iterable[Finding]) -> Draft:
    """The draft after every edit, without the posts that are left out or had ended before they could be paid."""
    known = list(errors)
    cuts = [finding.cut for finding in known if finding.cut is not None]
    edits = [edit for finding in known for edit in finding.edits] + [edit for cut in cuts for edit in cut.leaves]
    draft = apply_edits(context.draft, edits)
    gone = {row_of(edit.place.path) for cut in cuts for edit in cut.leaves if not edit.value}
    day = max((cut.since for cut in cuts if cut.since is not None), default=None)
    if not gone and day is None:
        return draft
    kept = [post for post in draft.positions if post.origin.path not in gone]
    later = (post if day is None or not post.subsidised else paid_from(post, context.period, day) for post in kept)
    return evolve(draft, positions=tuple(post for post in later if post is not None))


def _by_row(amounts: Iterable[Amount]) -> dict[str, dict[str, int]]:
    """Subsidised dollars of every row, by category."""
    rows: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for amount in amounts:
        if amount.fund is Fund.SUBSIDY:
            rows[row_of(amount.path) or amount.path][amount.category] += amount.value or 0
    return {row: dict(values) for row, values in rows.items()}


def _bounded(before: Mapping[str, int], edited: Mapping[str, int], cuts: Sequence[Cut]) -> dict[str, int]:
    """A row after its edits, and at most what each cut alone leaves of it."""
    result = {category: min(value, before.get(category, 0)) for category, value in edited.items()}
    for cut in cuts:
        whole = sum(before.get(category, 0) for category in cut.categories)
        now = sum(result.get(category, 0) for category in cut.categories)
        _take(result, cut.categories, now - max(0, whole - cut.amount))
    return result


def _take(amounts: dict[str, int], categories: Iterable[str], excess: int) -> None:
    """Take an excess off these categories, one after the other."""
    for category in categories:
        taken = max(0, min(excess, amounts.get(category, 0)))
        if taken:
            amounts[category] -= taken
            excess -= taken
