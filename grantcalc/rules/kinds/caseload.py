"""Cases for each case manager, beside the number that the money is based on (每名個管服務量能). Information only."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from grantcalc.finding import Explanation, Finding, Operation, Verdict
from grantcalc.money import Exact, shown
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import CASE_MANAGERS, approved, headcount
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.staffing import CASES, parameter
from grantcalc.text import Message
from grantcalc.units import Unit

STATED = Message(
    "{cases} cases of the draft for {managers} case managers: {each} for each; the money is based on {capacity} for "
    "each."
)
AVERAGE = Message(
    "{cases} cases, the county's average in the table of approved posts (the draft states none), for {managers} case "
    "managers: {each} for each; the money is based on {capacity} for each."
)
EACH = Message("cases for each case manager")
PLACE = "caseload.cases"


@frozen(kw_only=True, eq=False, repr=False)
class Caseload:
    """``folder`` holds the county's average cases and the number of cases for each case manager."""

    folder: str


def check(context: Context, rule: Rule, values: Caseload) -> Verdict:
    """One note when there is a case manager."""
    tally = Tally()
    managers = headcount(context, CASE_MANAGERS)
    tally.lacks(*managers.missing)
    if not managers.peak:
        return tally.verdict()
    tally.examine()
    stated = context.draft.caseload.cases
    found = approved(context, values.folder)
    is_stated = stated is not None and stated >= 0
    if stated is not None and is_stated:
        cases: Exact = stated
    elif found is not None:
        cases = found.cases
    else:
        tally.lacks(PLACE)
        return tally.verdict()
    capacity = parameter(context.tables, "cases-per-case-manager", values.folder)
    place = context.draft.place(PLACE)
    each = Fraction(cases) / managers.peak
    origin = place if is_stated or found is None else found.citation
    tally.found(
        Finding(
            outcome=rule.outcome,
            place=place,
            message=(STATED if is_stated else AVERAGE)(
                cases=cases,
                managers=managers.peak,
                each=shown(each, 2),
                capacity=capacity.value,
            ),
            remedy=NOTHING_TO_DO(),
            explanation=Explanation(
                label=EACH,
                value=each,
                unit=Unit.CASE,
                operation=Operation.QUOTIENT,
                inputs=(
                    Explanation(label=CASES, value=cases, unit=Unit.CASE, origin=origin),
                    managers.explained(),
                ),
            ),
        )
    )
    return tally.verdict()


KIND = Kind(name="caseload", check=check, values=Caseload)
