"""What differs between two versions of a draft, and whether a finding on the earlier one asked for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from attrs import frozen

from grantcalc.checking import Report
from grantcalc.draft.fields import (
    BUDGET_SHEET,
    COVER_FIELDS,
    GRAND_TOTAL,
    LINE_FIELDS,
    OTHER_FUNDS_HEADERS,
    POSITION_FIELDS,
    STAFF_SHEET,
    FieldSpec,
    Kind,
)
from grantcalc.draft.model import Draft, Line, Position, Quantity
from grantcalc.finding import Finding, Outcome
from grantcalc.mending import row_of
from grantcalc.money import Number
from grantcalc.review.model import Change
from grantcalc.review.rowpairs import RowPairs
from grantcalc.rules.programme import Programme
from grantcalc.text import Bilingual, Measure, Message, Percent, Value, dollars, joined

OF_CATEGORY = Message("total of {category}")
YES, NO = Message("yes"), Message("no")
QUANTITIES = Message("quantities")

_TOGETHER = (
    frozenset({"unit_price", "quantities", "amount"}),
    frozenset({"item", "category"}),
    frozenset({"monthly_pay", "own_monthly_pay", "months", "pay_amount", "count", "start", "end", "hired_on"}),
    frozenset({"count", "regional_allowance", "allowance_amount", "workplace"}),
    frozenset({"count", "employer_insurance", "insurance_amount", "own_insurance"}),
    frozenset({"monthly_pay", "employer_insurance", "insurance_amount"}),
)
"""Fields of a row that go with each other: whoever must change one may have to change the others."""

_MONEY_OF_PLAN = ("funding.", "totals.")


@frozen(kw_only=True)
class _Asked:
    """What the findings on the earlier version asked to change, by its paths."""

    fields: Mapping[str, frozenset[str]]
    """By row: the fields, ``""`` for the row as a whole."""
    plan: frozenset[str]
    """Paths outside the rows."""

    def row(self, path: str, name: str) -> bool:
        """Whether a field of a row was to change, or one that goes with it."""
        named = self.fields.get(path, frozenset())
        return "" in named or name in named or any(name in group and named & group for group in _TOGETHER)

    def whole(self, path: str) -> bool:
        """Whether a row as a whole was to go or change."""
        return path in self.fields

    def outside(self, path: str) -> bool:
        """Whether a field of the cover or a total was to change; sums of money follow what was to change in rows."""
        return path in self.plan or (path.startswith(_MONEY_OF_PLAN) and bool(self.fields))


def changes_of(before: Report, after: Report, rows: RowPairs) -> tuple[Change, ...]:
    """Every difference of two versions: the cover, posts, rows, totals."""
    asked = _asked(before)
    old, new = before.reading.draft, after.reading.draft
    return (
        *_cover(old, new, asked),
        *_rows(rows.positions, POSITION_FIELDS, asked, after.programme),
        *_rows(rows.lines, LINE_FIELDS, asked, after.programme),
        *_totals(old, new, asked),
    )


def _asked(report: Report) -> _Asked:
    """Places and edits of findings that ask for something, and inputs that were missing."""
    paths = {path for result in report.rules for path in result.missing}
    for finding in report.findings:
        if _asks(finding):
            paths.add(finding.place.path)
            paths.update(edit.place.path for edit in finding.edits)
            paths.update(finding.cut.rows if finding.cut else ())
            paths.update(edit.place.path for edit in (finding.cut.leaves if finding.cut else ()))
    fields: dict[str, frozenset[str]] = {}
    for path in paths:
        row = row_of(path)
        if row is not None:
            name = path[len(row) + 1 :]
            name = "quantities" if name.startswith("quantities") else name
            fields[row] = fields.get(row, frozenset()) | {name}
    return _Asked(fields=fields, plan=frozenset(path for path in paths if row_of(path) is None))


def _asks(finding: Finding) -> bool:
    """Whether it asks for a change: a review does where it questions a number, else it asks for a look or a paper."""
    if finding.outcome is Outcome.REVIEW:
        return finding.stated is not None
    return finding.outcome is not Outcome.NOTE


def _cover(old: Draft, new: Draft, asked: _Asked) -> Iterator[Change]:
    for spec in COVER_FIELDS:
        before, after = _field(old, spec.name), _field(new, spec.name)
        yield from _change(new, spec.name, spec.header, _shown(spec, before), _shown(spec, after), asked)
    mine = {fund.source: fund.amount for fund in old.funding.other}
    theirs = {fund.source: fund.amount for fund in new.funding.other}
    for source in dict.fromkeys((*mine, *theirs)):
        label = joined((OTHER_FUNDS_HEADERS[0], source))
        yield from _change(new, "funding.other", label, _money(mine.get(source)), _money(theirs.get(source)), asked)


def _totals(old: Draft, new: Draft, asked: _Asked) -> Iterator[Change]:
    for name in dict.fromkeys((*old.totals.categories, *new.totals.categories)):
        before, after = old.totals.categories.get(name), new.totals.categories.get(name)
        path = f"totals.categories.{name}"
        yield from _change(new, path, OF_CATEGORY(category=name), _money(before), _money(after), asked)
    yield from _change(new, "totals.grand", GRAND_TOTAL, _money(old.totals.grand), _money(new.totals.grand), asked)


def _change(
    new: Draft, path: str, label: Value, before: Value | None, after: Value | None, asked: _Asked
) -> Iterator[Change]:
    if before != after:
        yield Change(place=new.place(path), label=label, before=before, after=after, asked=asked.outside(path))


def _rows(
    pairs: Sequence[tuple[Position | None, Position | None]] | Sequence[tuple[Line | None, Line | None]],
    specs: Sequence[FieldSpec],
    asked: _Asked,
    programme: Programme,
) -> Iterator[Change]:
    sheet = BUDGET_SHEET if specs is LINE_FIELDS else STAFF_SHEET
    for old, new in pairs:
        if old is not None and new is not None:
            yield from _row(old, new, specs, asked, programme)
        elif old is not None:
            is_asked = asked.whole(old.origin.path)
            title = _title(old, programme)
            yield Change(place=old.origin.place(), label=sheet, before=title, after=None, asked=is_asked)
        elif new is not None:
            yield Change(place=new.origin.place(), label=sheet, before=None, after=_title(new, programme))


def _row(
    old: Position | Line, new: Position | Line, specs: Sequence[FieldSpec], asked: _Asked, programme: Programme
) -> Iterator[Change]:
    found: list[tuple[str, Value, Value | None, Value | None]] = []
    for spec in specs:
        if spec.name != "ref":  # numbering follows the order of rows
            before, after = (_in_row(spec, row, programme) for row in (old, new))
            found.append((spec.name, spec.header, before, after))
    if isinstance(old, Line) and isinstance(new, Line):
        found.append(("quantities", QUANTITIES(), _times(old.quantities), _times(new.quantities)))
    for name, label, before, after in found:
        if before != after:
            place = new.origin.place("quantities[0].number" if name == "quantities" and _has_quantity(new) else name)
            is_asked = asked.row(old.origin.path, name)
            yield Change(place=place, label=label, before=before, after=after, asked=is_asked)


def _has_quantity(row: Position | Line) -> bool:
    """Whether a row states a quantity, so that there is a cell of one."""
    return isinstance(row, Line) and bool(row.quantities)


def _field(row: object, name: str) -> object:
    """A field by its dotted name; ``None`` where what holds it is absent."""
    outer, _, inner = name.partition(".")
    found = getattr(row, outer)
    return found if not inner or found is None else attrgetter(inner)(found)


def _in_row(spec: FieldSpec, row: Position | Line, programme: Programme) -> Value | None:
    value = _field(row, spec.name)
    if spec.name == "item" and isinstance(row, Line):
        item = programme.items.get(row.item or "")
        return item.name if item else row.item
    return _shown(spec, value)


def _shown(spec: FieldSpec, value: object) -> Value | None:
    """A value of a field as a message shows it."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return (YES if value else NO)()
    if isinstance(value, tuple):
        return joined(value)
    if spec.kind is Kind.MONEY:
        return dollars(value)  # type: ignore[arg-type]  # the field says that it is an amount
    return Percent(value) if spec.kind is Kind.RATIO else value  # type: ignore[arg-type,return-value]


def _money(value: Number | None) -> Value | None:
    return None if value is None else dollars(value)


def _times(quantities: Sequence[Quantity]) -> Value | None:
    return joined(Measure(one.number, one.unit) for one in quantities) if quantities else None


def _title(row: Position | Line, programme: Programme) -> Value:
    """What a row is called, with its amount where it states one."""
    if isinstance(row, Position):
        named: Sequence[Value | None] = (row.role, row.person, _money(row.monthly_pay))
    else:
        item = programme.items.get(row.item or "")
        named = (item.name if item else row.item, row.description, _money(row.amount))
    parts = [part for part in named if part]
    return joined(parts) if parts else Bilingual("（空白列）", "(blank row)")
