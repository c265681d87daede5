"""Staffing formulas and ratios of the drug abuse prevention centres (DAPC-113 附件七 註一, 註二).

Headcounts are rounded half up (四捨五入), never to the even number; "below 1" (不足1人) is tested before rounding.
All numbers come from the folder's tables ``staffing_parameters`` and ``approved_posts``.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import frozen

from grantcalc.finding import Explanation, Operation
from grantcalc.money import Exact, Rounding, shown, whole
from grantcalc.sources import Citation
from grantcalc.tabledata import Tables
from grantcalc.text import Bilingual, Message, Text, Value, first_clause
from grantcalc.units import Unit

DAPC_113 = "dapc-113"

CASES = Message("cases")
CASE_MANAGERS = Message("case managers")
SUPERVISORS = Message("supervisors")
BOTH = Message("case managers + supervisors")
NEEDED = Message("case managers needed (at least one)")
SENIOR = Message("senior posts by the formula")
SUPERVISORS_NEEDED = Message("supervisors by the formula")
PROJECT_MANAGERS = Message("project managers by the formula")
RATIO = Message("case managers for each supervisor")

BY_APPROVAL = Message(
    "The formula estimates the national need; the county's number is the approved one ({approved}, by "
    "formula {formula})."
)
SENIOR_BY_TABLE = Message(
    "One senior post for every whole {each} case managers gives {formula}; the table approves {approved}."
)
BELOW_ONE_HIRED = Message("The formula gives less than 1 ({exact}); one is approved by the clause on less than 1.")
BELOW_ONE_OPEN = Message(
    "The formula gives less than 1 ({exact}); none is approved, one may be hired within the approved money."
)
OTHERWISE = Message("The formula gives {formula}, the table approves {approved}; the approved number counts.")
BELOW_FLOOR = Message("The approved split {ratio} : 1 is below the floor of {floor} : 1; it stands as approved.")


class Split(Enum):
    """How a team stands to the floor of 6.5 case managers for each supervisor (附件七 註二; README decision 6)."""

    NO_SUPERVISOR = "no-supervisor"
    APPROVED = "approved"
    WITHIN = "within"
    UNFILLED = "unfilled"
    BELOW = "below"


@frozen(kw_only=True)
class Parameter:
    """One number of the staffing clauses, with its section."""

    value: Fraction
    title: Bilingual
    unit: Unit | None
    citation: Citation

    def explained(self) -> Explanation:
        """The number as a leaf of an explanation."""
        return Explanation(label=self.title, value=self.value, unit=self.unit, origin=self.citation)


@frozen(kw_only=True)
class Figure:
    """One formula worked out: ``exact`` before rounding, ``value`` in persons, and the arithmetic."""

    exact: Fraction
    value: int
    explanation: Explanation
    citation: Citation


@frozen(kw_only=True)
class Need:
    """The staff the formulas give; ``case_managers`` and ``supervisors`` are what the later ones were worked from."""

    case_managers: Figure
    senior: Figure
    supervisors: Figure
    project_managers: Figure

    @property
    def below_one(self) -> bool:
        """True where the formula gives less than one project manager, so that one may be hired within the budget."""
        return self.project_managers.exact < 1


@frozen(kw_only=True)
class Approved:
    """A county's approved posts (核定補助員額, 附件七), in persons; ``cases`` is its average of 108–111."""

    county: str
    cases: int
    posts: int
    general: int
    senior: int
    case_managers: int
    supervisors: int
    project_managers: int
    citation: Citation


@frozen(kw_only=True)
class Difference:
    """Where formula and approved number differ, and the clause that explains it. ``figure`` names a :class:`Need`."""

    figure: str
    formula: int
    approved: int
    text: Text
    citation: Citation


def parameter(tables: Tables, key: str, folder: str = DAPC_113) -> Parameter:
    """One number of the staffing clauses."""
    table = tables[f"{folder}/staffing_parameters"]
    row = table.row(key=key)
    return Parameter(
        value=Fraction(row["value"]),
        title=Bilingual(first_clause(str(row["note_zh"] or key)), first_clause(str(row["note_en"] or key))),
        unit=next((unit for unit in Unit if unit.value == row["unit"]), None),
        citation=Citation(source=table.info.citation.source, section=row["section"]),
    )


def approved_posts(county: str | None, tables: Tables, folder: str = DAPC_113) -> Approved | None:
    """The approved posts of a county; ``None`` where the table has no such county."""
    table = tables[f"{folder}/approved_posts"]
    row = table.find(county=county)
    return None if row is None else Approved(**row.cells, citation=table.info.citation)  # type: ignore[arg-type]


def case_managers_needed(
    cases: Exact, tables: Tables, rounding: Rounding = Rounding.HALF_UP, folder: str = DAPC_113
) -> Figure:
    """Cases ÷ 30, half up (or ``rounding``); one at least (interpretation)."""
    each = parameter(tables, "cases-per-case-manager", folder)
    exact = Fraction(cases) / each.value
    value = max(1, whole(exact, rounding))
    inputs = (Explanation(label=CASES, value=cases, unit=Unit.CASE), each.explained())
    return _figure(NEEDED, exact, value, Operation.QUOTIENT, inputs, each, rounding)


def senior_posts(case_managers: int, tables: Tables, folder: str = DAPC_113) -> Figure:
    """At most one senior post per 5 case managers, in whole fives; seniors are case managers themselves."""
    each = parameter(tables, "case-managers-per-senior", folder)
    exact = Fraction(case_managers) / each.value
    inputs = (_persons(CASE_MANAGERS, case_managers), each.explained())
    return _figure(SENIOR, exact, whole(exact, Rounding.DOWN), Operation.QUOTIENT, inputs, each, Rounding.DOWN)


def supervisors_needed(case_managers: int, tables: Tables, folder: str = DAPC_113) -> Figure:
    """Case managers ÷ 7, half up."""
    each = parameter(tables, "case-managers-per-supervisor", folder)
    exact = Fraction(case_managers) / each.value
    inputs = (_persons(CASE_MANAGERS, case_managers), each.explained())
    return _figure(SUPERVISORS_NEEDED, exact, whole(exact), Operation.QUOTIENT, inputs, each, Rounding.HALF_UP)


def project_managers_needed(case_managers: int, supervisors: int, tables: Tables, folder: str = DAPC_113) -> Figure:
    """(Case managers + supervisors) × 5%, half up; below 1 (before rounding), one may be hired within the budget."""
    share = parameter(tables, "project-manager-share", folder)
    exact = (case_managers + supervisors) * share.value
    both = Explanation(
        label=BOTH,
        value=case_managers + supervisors,
        unit=Unit.PERSON,
        operation=Operation.SUM,
        inputs=(_persons(CASE_MANAGERS, case_managers), _persons(SUPERVISORS, supervisors)),
    )
    inputs = (both, share.explained())
    return _figure(PROJECT_MANAGERS, exact, whole(exact), Operation.PRODUCT, inputs, share, Rounding.HALF_UP)


def need(
    cases: Exact,
    case_managers: int | None,
    supervisors: int | None,
    tables: Tables,
    rounding: Rounding = Rounding.HALF_UP,
    folder: str = DAPC_113,
) -> Need:
    """All formulas: seniors and supervisors for ``case_managers``, project managers for both.

    Without ``case_managers`` or ``supervisors`` the formula's own result takes their place.
    """
    managers = case_managers_needed(cases, tables, rounding, folder)
    team = managers.value if case_managers is None else case_managers
    leaders = supervisors_needed(team, tables, folder)
    return Need(
        case_managers=managers,
        senior=senior_posts(team, tables, folder),
        supervisors=leaders,
        project_managers=project_managers_needed(
            team, leaders.value if supervisors is None else supervisors, tables, folder
        ),
    )


def ratio(case_managers: int, supervisors: int) -> Fraction | None:
    """Case managers for each supervisor; ``None`` without a supervisor."""
    return Fraction(case_managers, supervisors) if supervisors else None


def split(case_managers: int, supervisors: int, approved: Approved, tables: Tables, folder: str = DAPC_113) -> Split:
    """Judge a split of the approved posts by the floor of 6.5.

    The approved split always passes. Below the floor, more supervisors than approved are an adjustment that the clause
    forbids; with no more than approved, case managers were merely left unfilled.
    """
    found = ratio(case_managers, supervisors)
    if found is None:
        return Split.NO_SUPERVISOR
    if (case_managers, supervisors) == (approved.case_managers, approved.supervisors):
        return Split.APPROVED
    if found >= parameter(tables, "supervisor-ratio-floor", folder).value:
        return Split.WITHIN
    return Split.BELOW if supervisors > approved.supervisors else Split.UNFILLED


def differences(
    approved: Approved, tables: Tables, rounding: Rounding = Rounding.HALF_UP, folder: str = DAPC_113
) -> tuple[Difference, ...]:
    """Where the approved posts of a county differ from the formulas, each with the clause that explains it."""
    found = need(approved.cases, approved.case_managers, approved.supervisors, tables, rounding, folder)
    each = parameter(tables, "case-managers-per-senior", folder).value
    return (
        *_difference("case_managers", found.case_managers, approved.case_managers, BY_APPROVAL),
        *_difference("senior", found.senior, approved.senior, SENIOR_BY_TABLE, each=each),
        *_difference("supervisors", found.supervisors, approved.supervisors, OTHERWISE),
        *_project_manager_difference(found, approved),
        *_floor_difference(approved, tables, folder),
    )


def _project_manager_difference(found: Need, approved: Approved) -> tuple[Difference, ...]:
    figure, given = found.project_managers, approved.project_managers
    if not found.below_one:
        return _difference("project_managers", figure, given, OTHERWISE)
    text = (BELOW_ONE_HIRED if given else BELOW_ONE_OPEN)(exact=figure.exact)
    return (
        Difference(
            figure="project_managers", formula=figure.value, approved=given, text=text, citation=figure.citation
        ),
    )


def _floor_difference(approved: Approved, tables: Tables, folder: str) -> tuple[Difference, ...]:
    floor = parameter(tables, "supervisor-ratio-floor", folder)
    found = ratio(approved.case_managers, approved.supervisors)
    if found is None or found >= floor.value:
        return ()
    most = whole(Fraction(approved.case_managers) / floor.value, Rounding.DOWN)
    text = BELOW_FLOOR(ratio=shown(found, 2), floor=floor.value)
    return (
        Difference(figure="ratio", formula=most, approved=approved.supervisors, text=text, citation=floor.citation),
    )


def _difference(name: str, figure: Figure, approved: int, message: Message, **more: Value) -> tuple[Difference, ...]:
    if figure.value == approved:
        return ()
    text = message(formula=figure.value, approved=approved, **more)
    return (Difference(figure=name, formula=figure.value, approved=approved, text=text, citation=figure.citation),)


def _persons(label: Message, value: int) -> Explanation:
    return Explanation(label=label, value=value, unit=Unit.PERSON)


def _figure(
    label: Message,
    exact: Fraction,
    value: int,
    operation: Operation,
    inputs: tuple[Explanation, ...],
    source: Parameter,
    rounding: Rounding,
) -> Figure:
    explanation = Explanation(
        label=label,
        value=value,
        unit=Unit.PERSON,
        operation=operation,
        inputs=inputs,
        origin=source.citation,
        rounding=None if exact == value else rounding.value,
    )
    return Figure(exact=exact, value=value, explanation=explanation, citation=source.citation)
