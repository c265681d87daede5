"""The floor of 6.5 case managers for each supervisor after an adjustment (附件七 註二; README decision 6).

More supervisors than approved and fewer than 6.5 case managers for each: error. Supervisors within the approved number
and case managers left unfilled: warning. The approved split itself passes.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Role
from grantcalc.finding import Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Rounding, whole
from grantcalc.money import shown as to_digits
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import CASE_MANAGERS, approved, headcount, over_posts
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.staffing import RATIO, Approved, Parameter, Split, parameter, split
from grantcalc.text import Message
from grantcalc.units import Unit

BELOW = Message(
    "{managers} case managers for {supervisors} supervisors ({approved} approved): {managers} ÷ {supervisors} = "
    "{ratio}, below {floor}."
)
UNFILLED = Message(
    "{managers} case managers for {supervisors} supervisors: {managers} ÷ {supervisors} = {ratio}, below {floor}; "
    "{approved} posts of case managers are approved."
)
REMEDY_BELOW = Message(
    "Have at most {allowed} supervisors for these case managers; the approved split is {managers} : {supervisors}."
)
REMEDY_UNFILLED = Message("Fill the posts of case managers up to {allowed}, or say why they stay open.")


@frozen(kw_only=True, eq=False, repr=False)
class SupervisorRatio:
    """``folder`` holds the tables; ``owner`` is the rule on the posts in all."""

    folder: str
    owner: str


@frozen(kw_only=True, eq=False, repr=False)
class _Team:
    managers: int
    supervisors: int

    def explained(self, managers: Explanation, supervisors: Explanation) -> Explanation:
        return Explanation(
            label=RATIO,
            value=Fraction(self.managers, self.supervisors),
            operation=Operation.QUOTIENT,
            inputs=(managers, supervisors),
        )


def check(context: Context, rule: Rule, values: SupervisorRatio) -> Verdict:
    """One finding when the split is below the floor; not applicable without a supervisor."""
    tally = Tally()
    leaders, managers = headcount(context, (Role.SUPERVISOR,)), headcount(context, CASE_MANAGERS)
    tally.lacks(*leaders.missing, *managers.missing)
    if not leaders.peak:
        return tally.verdict()
    tally.examine()
    found = approved(context, values.folder)
    if found is None:
        tally.lacks(context.county_lacking(f"{values.folder}/approved_posts"))
        return tally.verdict()
    if over_posts(context, values.folder):
        return tally.verdict(decided_by=values.owner)
    judged = split(managers.peak, leaders.peak, found, context.tables, values.folder)
    if judged in {Split.BELOW, Split.UNFILLED}:
        team = _Team(managers=managers.peak, supervisors=leaders.peak)
        floor = parameter(context.tables, "supervisor-ratio-floor", values.folder)
        shown = team.explained(managers.explained(), leaders.explained())
        tally.found((_below if judged is Split.BELOW else _unfilled)(context, team, found, floor, shown))
    return tally.verdict()


def _below(context: Context, team: _Team, found: Approved, floor: Parameter, shown: Explanation) -> Finding:
    allowed = max(found.supervisors, whole(team.managers / floor.value, Rounding.DOWN))
    return Finding(
        place=context.draft.place("positions"),
        stated=team.supervisors,
        allowed=allowed,
        unit=Unit.POST,
        message=BELOW(
            managers=team.managers,
            supervisors=team.supervisors,
            approved=found.supervisors,
            ratio=to_digits(shown.value, 2),
            floor=floor.value,
        ),
        remedy=REMEDY_BELOW(allowed=allowed, managers=found.case_managers, supervisors=found.supervisors),
        explanation=shown,
    )


def _unfilled(context: Context, team: _Team, found: Approved, floor: Parameter, shown: Explanation) -> Finding:
    at_floor = whole(team.supervisors * floor.value, Rounding.UP)
    is_approved = team.supervisors == found.supervisors
    allowed = min(at_floor, found.case_managers) if is_approved else at_floor
    return Finding(
        outcome=Outcome.WARNING,
        place=context.draft.place("positions"),
        stated=team.managers,
        allowed=allowed,
        unit=Unit.POST,
        message=UNFILLED(
            managers=team.managers,
            supervisors=team.supervisors,
            ratio=to_digits(shown.value, 2),
            floor=floor.value,
            approved=found.case_managers,
        ),
        remedy=REMEDY_UNFILLED(allowed=allowed),
        explanation=shown,
    )


KIND = Kind(name="supervisor-ratio", check=check, values=SupervisorRatio)
