"""Senior case managers (資深個管): above the approved number a warning, above the formula's as well an error."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Role
from grantcalc.finding import Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import CASE_MANAGERS, Headcount, approved, approved_leaf, headcount, over_posts
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.staffing import Approved, Figure, senior_posts
from grantcalc.text import Message
from grantcalc.units import Unit

ABOVE_APPROVED = Message(
    "{stated} senior case managers: {approved} are approved, the formula gives {formula} for {team} case managers."
)
REMEDY = Message(
    "Have at most {allowed} senior case managers, the others as general ones; or justify the number approved here."
)
REMEDY_ERROR = Message("Have at most {allowed} senior case managers, the others as general ones.")
LIMIT = Message("the larger of the approved number and the formula")


@frozen(kw_only=True, eq=False, repr=False)
class Senior:
    """``folder`` holds the tables; ``owner`` is the rule on the posts in all."""

    folder: str
    owner: str


def check(context: Context, rule: Rule, values: Senior) -> Verdict:
    """One finding when there are more senior posts than approved."""
    tally = Tally()
    seniors = headcount(context, (Role.SENIOR_CASE_MANAGER,))
    tally.lacks(*seniors.missing)
    if not seniors.peak:
        return tally.verdict()
    team = headcount(context, CASE_MANAGERS)
    tally.examine()
    tally.lacks(*team.missing)
    found = approved(context, values.folder)
    if found is None:
        tally.lacks(context.county_lacking(f"{values.folder}/approved_posts"))
    elif over_posts(context, values.folder):
        return tally.verdict(decided_by=values.owner)
    elif seniors.peak > found.senior:
        formula = senior_posts(team.peak, context.tables, values.folder)
        tally.found(_finding(context, seniors, team.peak, formula, found))
    return tally.verdict()


def _finding(context: Context, seniors: Headcount, team: int, formula: Figure, found: Approved) -> Finding:
    is_error = seniors.peak > formula.value
    allowed = max(found.senior, formula.value) if is_error else found.senior
    given = approved_leaf(context, found, found.senior)
    limit = Explanation(
        label=LIMIT, value=allowed, unit=Unit.POST, operation=Operation.LARGEST, inputs=(given, formula.explanation)
    )
    return Finding(
        outcome=Outcome.ERROR if is_error else Outcome.WARNING,
        place=context.draft.place("positions"),
        stated=seniors.peak,
        allowed=allowed,
        unit=Unit.POST,
        message=ABOVE_APPROVED(
            stated=seniors.peak,
            approved=found.senior,
            formula=formula.value,
            team=team,
        ),
        remedy=(REMEDY_ERROR if is_error else REMEDY)(allowed=allowed),
        explanation=limit if is_error else given,
    )


KIND = Kind(name="posts-senior", check=check, values=Senior)
