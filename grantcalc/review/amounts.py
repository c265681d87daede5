"""What every row of a draft asks for, and the most that is left of it when each error is mended (申請、初審).

The amounts of the rows and the ``rest`` that belongs to no single row (a cap on a category of several rows, a sum above
what is approved) add up to the report's own ``asked`` and ``allowed``. A cap on a category of one row is that row's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import frozen

from grantcalc.checking import Report
from grantcalc.draft.model import Fund, Line, Position
from grantcalc.effects import Bound
from grantcalc.finding import Finding, Outcome, Place
from grantcalc.mending import Left, row_of
from grantcalc.rules.context import Context
from grantcalc.text import Bilingual, Value


@frozen(kw_only=True)
class RowAmount:
    """One subsidised row or post: dollars asked for (as recomputed), the most the rules leave of it, and why.

    ``asked`` is ``None`` where nothing of it can be worked out: such a row stands in neither sum. ``findings`` are
    those that stand in this row or change it when they are mended, errors first.
    """

    path: str
    place: Place
    category: str
    title: Value
    detail: str
    asked: int | None
    allowed: int | None
    findings: tuple[Finding, ...]
    by_share: bool = False
    """A part of the cut is of a share that passes its cap only once other rows are lowered: no finding says so."""
    in_part: bool = False
    """A part of the row (the insurance of a post) cannot be worked out; ``asked`` and ``allowed`` are of the others."""

    @property
    def cut(self) -> int:
        """Dollars taken off."""
        return (self.asked or 0) - (self.allowed or 0)

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """The errors: what a cut is for."""
        return tuple(finding for finding in self.findings if finding.outcome is Outcome.ERROR)


@frozen(kw_only=True)
class Amounts:
    """All rows, and what is taken off that belongs to none of them, with the findings that take it.

    No finding takes it where a share of other rows (管理費) is only above its cap once those are mended.
    """

    rows: tuple[RowAmount, ...]
    rest: int
    rest_findings: tuple[Finding, ...]


def amounts_of(report: Report) -> Amounts:
    """The rows of a checked draft in their order, posts first."""
    context = report.context
    left, taken = report.settled.left, report.settled.taken
    bearing = {bound: list(_bearing(bound, left)) for bound in taken}
    alone = {bound: found[0] for bound, found in bearing.items() if len(found) == 1}
    asked, allowed = _asked(context), _allowed(left, taken, alone)
    several = [one for one in report.findings if _bound(one) in taken and _bound(one) not in alone]
    told = {_bound(finding) for finding in report.findings}
    unknown = {row_of(one.path) for one in context.ledger.amounts if one.value is None and one.fund is Fund.SUBSIDY}
    shared = {row for bound, row in alone.items() if bound not in told}
    by_row = _by_row(report.findings, context.draft.positions)
    rows = tuple(
        RowAmount(
            path=row.origin.path,
            place=row.origin.place(name),
            category=category,
            title=title,
            detail=detail,
            asked=asked[row.origin.path],
            allowed=None if asked[row.origin.path] is None else allowed.get(row.origin.path, 0),
            findings=tuple(one for one in by_row[row.origin.path] if not _among(one, several)),
            by_share=row.origin.path in shared,
            in_part=row.origin.path in unknown and asked[row.origin.path] is not None,
        )
        for row, name, category, title, detail in _titled(context)
    )
    rest = sum(row.allowed or 0 for row in rows) - report.allowed
    loose = [finding for finding in report.findings if _among(finding, [*by_row[""], *several]) and _cuts(finding)]
    return Amounts(rows=rows, rest=rest, rest_findings=tuple(loose) if rest else ())


def _allowed(left: Left, taken: Mapping[Bound, int], alone: Mapping[Bound, str]) -> dict[str, int]:
    """What is left of every row, a ceiling that one row alone bears taken off it."""
    allowed = {row: sum(values.values()) for row, values in left.by_row.items()}
    for bound, row in alone.items():
        allowed[row] = max(0, allowed[row] - taken[bound])
    return allowed


def _bearing(bound: Bound, left: Left) -> Iterator[str]:
    """The rows that a ceiling is on, as far as anything is left of them."""
    categories, rows = bound
    for row, values in left.by_row.items():
        is_meant = row in rows if rows else any(values.get(category) for category in categories)
        if is_meant and sum(values.values()) > 0:
            yield row


def _bound(finding: Finding) -> Bound | None:
    """What the ceiling of an error is on; ``None`` where it has none."""
    cut = finding.cut
    has_ceiling = finding.outcome is Outcome.ERROR and cut is not None and cut.ceiling is not None
    return (cut.categories, cut.rows) if cut is not None and has_ceiling else None


def _cuts(finding: Finding) -> bool:
    return finding.outcome is Outcome.ERROR and finding.cut is not None


def _among(finding: Finding, others: Collection[Finding]) -> bool:
    """Whether it is one of these very findings: two may be equal."""
    return any(finding is other for other in others)


def _by_row(findings: Iterable[Finding], posts: Iterable[Position]) -> defaultdict[str, list[Finding]]:
    """The findings of every row: those that stand there, and errors elsewhere whose mending changes it."""
    by_row: defaultdict[str, list[Finding]] = defaultdict(list)
    everybody = [post.origin.path for post in posts if post.subsidised]
    for finding in findings:
        touched = {row_of(finding.place.path) or "": None}
        if finding.outcome is Outcome.ERROR:
            edits = (*finding.edits, *(finding.cut.leaves if finding.cut else ()))
            touched.update({row: None for edit in edits if (row := row_of(edit.place.path))})
            if finding.cut is not None and finding.cut.since is not None:
                touched.update(dict.fromkeys(everybody))
        for row in touched:
            by_row[row].append(finding)
    return by_row


def _asked(context: Context) -> dict[str, int | None]:
    """Subsidised dollars of every row, as far as they can be worked out; ``None`` where nothing can be."""
    rows: tuple[Position | Line, ...] = (*context.draft.positions, *context.draft.lines)
    found = {row.origin.path: 0 for row in rows}
    unknown = set()
    for amount in context.ledger.amounts:
        row = row_of(amount.path)
        if row is None or amount.fund is not Fund.SUBSIDY:
            continue
        if amount.value is None:
            unknown.add(row)
        else:
            found[row] += amount.value
    return {row: None if row in unknown and not known else known for row, known in found.items()}


def _titled(context: Context) -> Iterator[tuple[Position | Line, str, str, Value, str]]:
    """Every subsidised row: the field its money stands in, its category, its name, and what it says of itself."""
    for post in context.subsidised_posts:
        detail = "、".join(str(part) for part in (post.person, post.ref) if part)
        yield post, "pay_amount", context.programme.posts.pay, post.role or post.origin.label, detail
    for line in context.subsidised_lines:
        item = context.item(line)
        title: Bilingual | str = item.name if item is not None else line.item or line.origin.label
        yield line, "amount", context.programme.category_of(line), title, line.description or ""
