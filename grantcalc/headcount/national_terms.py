"""What a national simulation takes to be otherwise, what it takes for granted, and both in words (全國試算之變項)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import evolve, frozen

from grantcalc.finding import Explanation, Operation
from grantcalc.headcount.pricing import MONTHS_CAP, MONTHS_OF_PAY
from grantcalc.money import Number, Rounding, number
from grantcalc.pay.points import POINT_VALUE, POINTS, ScaleTables, point_value
from grantcalc.pay.quote import point_scale
from grantcalc.rules.programme import Programme
from grantcalc.staffing import Need, need, parameter
from grantcalc.tabledata import Row, Tables
from grantcalc.text import Language, Message, Percent, Text, Tongue, Value, dollars, first_clause
from grantcalc.units import Unit

CASES = Message("Cases: {percent} of the average of every county")
CASES_EACH = Message("Cases of one case manager: {changed} instead of {printed}")
PER_SUPERVISOR = Message("Case managers of one supervisor: {changed} instead of {printed}")
SHARE = Message("Project managers: {changed} of case managers and supervisors instead of {printed}")
POINT = Message("Value of a point of project managers: {changed} instead of {printed}")
ROUNDING = Message("Case managers needed are {changed} instead of {printed}")
INSTEAD = Message("{what} (assumed; the document says {printed})")

GAINS = Message(
    "What a county gains or loses is the changed formula against the formula as it stands. What was approved is "
    "neither: it stands beside them, and no formula changes it."
)
ROUNDED = Message(
    "The cases are the average that the table of approved posts is based on, times the change, not rounded. The case "
    "managers needed are {rounding}; supervisors and project managers are rounded half up."
)
AVERAGE = Message(
    "A post takes the implied average of its county: approved personnel money ÷ approved posts, project managers among "
    "them, which is the implied average monthly pay × {months} months, not rounded on the way. It contains the "
    "employer's insurance; a smaller or larger team is taken to cost the same a post."
)
BY_POINTS = Message(
    "A project manager is taken to stand at {points} points, the lowest of the scale: {points} × ({changed} − "
    "{printed}) × {months} = {amount} a year is added to the implied average for each."
)
AT_LEAST_ONE = Message("Every county is counted with one case manager at least, also where the formula gives none.")
BELOW_ONE = Message(
    "Where the formula rounds to no project manager none is counted; one may be hired within the approved money."
)

BY_VALUE = Message("project managers at another value of a point")
DIFFERENCE = Message("change of the value of a point")

_PARAMETERS = "staffing_parameters"
_EACH, _LED, _SHARE = "cases-per-case-manager", "case-managers-per-supervisor", "project-manager-share"


@frozen(kw_only=True)
class Change:
    """What is taken to be otherwise; ``None`` stays as the documents say. ``cases`` is a share: 11/10 for +10%.

    ``rounding`` is that of the case managers needed.
    """

    cases: Fraction = Fraction(1)
    cases_each: Number | None = None
    per_supervisor: Number | None = None
    project_manager_share: Number | None = None
    point_value: Number | None = None
    rounding: Rounding | None = None

    def parameters(self) -> dict[str, Number]:
        """The changed numbers of the staffing clauses, by their key."""
        stated = {_EACH: self.cases_each, _LED: self.per_supervisor, _SHARE: self.project_manager_share}
        return {key: value for key, value in stated.items() if value is not None}


@frozen(kw_only=True)
class Terms:
    """What all counties share: tables as printed and as changed, and what a project manager takes more."""

    programme: Programme
    change: Change
    printed: Tables
    changed: Tables
    rounding: Rounding
    more: Explanation | None

    def needed(self, cases: Fraction, *, is_changed: bool) -> Need:
        """The formulas as they stand, or under the change."""
        tables = self.changed if is_changed else self.printed
        rounding = self.change.rounding if is_changed else None
        return need(cases, None, None, tables, rounding or self.rounding, self.programme.document)


def terms_of(programme: Programme, change: Change, tables: Tables) -> Terms:
    """The terms of a change in a programme that approves posts."""
    return Terms(
        programme=programme,
        change=change,
        printed=tables,
        changed=_changed(tables, programme.document, change.parameters()),
        rounding=programme.parameters.case_manager_rounding,
        more=_more(programme, change, tables),
    )


def _changed(tables: Tables, folder: str, changes: Mapping[str, Number]) -> Tables:
    """The tables with other numbers of the staffing clauses; each says what the document prints."""
    if not changes:
        return tables
    table = tables[f"{folder}/{_PARAMETERS}"]
    rows = tuple(_restated(row, changes[row["key"]]) if row["key"] in changes else row for row in table.rows)
    return tables.having(evolve(table, rows=rows))


def _restated(row: Row, value: Number) -> Row:
    notes = {
        name: Language(tongue)(INSTEAD(what=first_clause(str(row[name])), printed=row["value"]))
        for name, tongue in (("note_zh", Tongue.ZH_TW), ("note_en", Tongue.EN))
    }
    return evolve(row, cells={**row.cells, **notes, "value": Decimal(value)})


def _more(programme: Programme, change: Change, tables: Tables) -> Explanation | None:
    """What another value of a point adds to the money of one project manager in a year."""
    if change.point_value is None:
        return None
    printed, citation = point_value(tables, _scale(programme), programme.period.start)
    points = min(int(row["points"]) for row in tables[_scale(programme).steps].rows)
    difference = Explanation(
        label=DIFFERENCE,
        value=Fraction(change.point_value) - Fraction(printed),
        unit=Unit.DOLLAR,
        operation=Operation.DIFFERENCE,
        inputs=(
            Explanation(label=POINT_VALUE, value=change.point_value, unit=Unit.DOLLAR),
            Explanation(label=POINT_VALUE, value=printed, unit=Unit.DOLLAR, origin=citation),
        ),
    )
    months = Explanation(label=MONTHS_OF_PAY, value=_months(tables), unit=Unit.MONTH)
    return Explanation(
        label=BY_VALUE,
        value=points * Fraction(difference.value) * Fraction(months.value),
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=(Explanation(label=POINTS, value=points, unit=Unit.POINT), difference, months),
    )


def _scale(programme: Programme) -> ScaleTables:
    return point_scale(programme.document)


def _months(tables: Tables) -> Number:
    found: Number = tables[MONTHS_CAP].row(key="pay-months-cap")["value"]
    return found


def told(terms: Terms) -> Iterator[Text]:
    """What is changed, each with what the documents say."""
    change, folder = terms.change, terms.programme.document
    if change.cases != 1:
        yield CASES(percent=Percent(change.cases))
    for key, value in change.parameters().items():
        printed = parameter(terms.printed, key, folder).value
        numbers: dict[str, Value] = {"changed": value, "printed": number(printed)}
        if key == _SHARE:
            numbers = {"changed": Percent(value), "printed": Percent(printed)}
        yield {_EACH: CASES_EACH, _LED: PER_SUPERVISOR, _SHARE: SHARE}[key](**numbers)
    if change.point_value is not None:
        printed_value, _ = point_value(terms.printed, _scale(terms.programme), terms.programme.period.start)
        yield POINT(changed=dollars(change.point_value), printed=dollars(printed_value))
    if change.rounding is not None and change.rounding is not terms.rounding:
        yield ROUNDING(changed=change.rounding, printed=terms.rounding)


def assumed(terms: Terms) -> Iterator[Text]:
    months = _months(terms.printed)
    yield GAINS()
    yield ROUNDED(rounding=terms.change.rounding or terms.rounding)
    yield AT_LEAST_ONE()
    yield AVERAGE(months=months)
    if terms.more is not None:
        points, difference, _ = terms.more.inputs
        changed, printed = (part.value for part in difference.inputs)
        amount = dollars(terms.more.value)
        yield BY_POINTS(points=points.value, changed=changed, printed=printed, months=months, amount=amount)
    yield BELOW_ONE()
