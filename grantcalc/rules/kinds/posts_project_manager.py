"""Project managers (專案計畫管理人力): the approved number; one, with a warning, where the formula gives below 1."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Role
from grantcalc.finding import Cut, Finding, Outcome, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import CASE_MANAGERS, Headcount, approved, approved_leaf, county_name, headcount
from grantcalc.rules.posts import surplus_cut
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.staffing import Approved, Figure, parameter, project_managers_needed
from grantcalc.text import Message
from grantcalc.units import Unit

OVER = Message("{stated} project managers; {allowed} approved for {county}, and the formula gives {exact}.")
WITHIN_BUDGET = Message(
    "{stated} project managers, none approved for {county}; the formula gives {exact}, below 1, so {allowed} may be "
    "hired within the approved money."
)
REMEDY = Message("Pay {excess} of the project managers from own funds, or leave out as many.")
KEEP = Message("Keep it only where the approved money pays it, and say so in the plan.")


@frozen(kw_only=True, eq=False, repr=False)
class ProjectManagers:
    """``folder`` holds the tables of approved posts and staffing parameters."""

    folder: str


def check(context: Context, rule: Rule, values: ProjectManagers) -> Verdict:
    """One finding when there are more project managers than approved."""
    tally = Tally()
    managers = headcount(context, (Role.PROJECT_MANAGER,))
    tally.lacks(*managers.missing)
    if not managers.peak:
        return tally.verdict()
    tally.examine()
    found = approved(context, values.folder)
    if found is None:
        tally.lacks(context.county_lacking(f"{values.folder}/approved_posts"))
        return tally.verdict()
    if managers.peak > found.project_managers:
        team, leaders = headcount(context, CASE_MANAGERS), headcount(context, (Role.SUPERVISOR,))
        tally.lacks(*team.missing, *leaders.missing)
        formula = _formula(context, values.folder)
        open_posts = _open(context, values.folder, found, formula)
        tally.found(_finding(context, managers, found, formula, open_posts))
    return tally.verdict()


def managers_surplus(context: Context, folder: str) -> Cut | None:
    """What goes when the project managers above the allowed number go; ``None`` where there are none."""
    found, managers = approved(context, folder), headcount(context, (Role.PROJECT_MANAGER,))
    if found is None or managers.peak <= found.project_managers:
        return None
    excess = managers.peak - max(found.project_managers, _open(context, folder, found, _formula(context, folder)))
    return surplus_cut(context, managers, excess) if excess > 0 else None


def _formula(context: Context, folder: str) -> Figure:
    team, leaders = headcount(context, CASE_MANAGERS), headcount(context, (Role.SUPERVISOR,))
    return project_managers_needed(team.peak, leaders.peak, context.tables, folder)


def _open(context: Context, folder: str, found: Approved, formula: Figure) -> int:
    """How many the clause on less than 1 allows: only where none is approved."""
    if found.project_managers or formula.exact >= 1:
        return 0
    return int(parameter(context.tables, "project-managers-below-one", folder).value)


def _finding(context: Context, managers: Headcount, found: Approved, formula: Figure, open_posts: int) -> Finding:
    within = managers.peak <= open_posts
    allowed = max(found.project_managers, open_posts)
    excess = managers.peak - allowed
    message = (WITHIN_BUDGET if within else OVER)(
        stated=managers.peak,
        allowed=allowed,
        county=county_name(context),
        exact=formula.exact,
    )
    return Finding(
        outcome=Outcome.WARNING if within else Outcome.ERROR,
        place=context.draft.place("positions"),
        stated=managers.peak,
        allowed=allowed,
        unit=Unit.POST,
        message=message,
        remedy=KEEP() if within else REMEDY(excess=excess),
        explanation=formula.explanation if open_posts else approved_leaf(context, found, found.project_managers),
        edits=() if within else managers.fewer(excess),
        cut=None if within else surplus_cut(context, managers, excess),
    )


KIND = Kind(name="posts-project-manager", check=check, values=ProjectManagers)
