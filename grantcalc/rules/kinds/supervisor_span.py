"""One supervisor leads 7 case managers in principle (原則): fewer supervisors than that gives are a warning."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Role
from grantcalc.finding import Finding, Verdict
from grantcalc.money import shown
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import CASE_MANAGERS, approved, headcount, over_posts
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.staffing import Figure, supervisors_needed
from grantcalc.text import Message
from grantcalc.units import Unit

FEWER = Message(
    "{managers} case managers have {stated} supervisors; in principle one leads {each}, so {allowed} "
    "({exact}, half up)."
)
REMEDY = Message("Have {allowed} supervisors within the approved posts, or say how the others are led.")


@frozen(kw_only=True, eq=False, repr=False)
class SupervisorSpan:
    """``folder`` holds the tables; ``owner`` is the rule on the posts in all."""

    folder: str
    owner: str


def check(context: Context, rule: Rule, values: SupervisorSpan) -> Verdict:
    """One finding when there are fewer supervisors than half-up(case managers ÷ 7)."""
    tally = Tally()
    managers, leaders = headcount(context, CASE_MANAGERS), headcount(context, (Role.SUPERVISOR,))
    tally.lacks(*managers.missing, *leaders.missing)
    if not managers.peak:
        return tally.verdict()
    tally.examine()
    if approved(context, values.folder) is not None and over_posts(context, values.folder):
        return tally.verdict(decided_by=values.owner)
    needed = supervisors_needed(managers.peak, context.tables, values.folder)
    if leaders.peak < needed.value and not leaders.missing:
        tally.found(_finding(context, rule, managers.peak, leaders.peak, needed))
    return tally.verdict()


def _finding(context: Context, rule: Rule, managers: int, leaders: int, needed: Figure) -> Finding:
    each = needed.explanation.inputs[-1].value
    return Finding(
        outcome=rule.outcome,
        place=context.draft.place("positions"),
        stated=leaders,
        allowed=needed.value,
        unit=Unit.POST,
        message=FEWER(
            managers=managers,
            each=each,
            stated=leaders,
            allowed=needed.value,
            exact=shown(needed.exact, 2),
        ),
        remedy=REMEDY(allowed=needed.value),
        explanation=needed.explanation,
    )


KIND = Kind(name="supervisor-span", check=check, values=SupervisorSpan)
