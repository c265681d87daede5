"""Subsidised case managers and supervisors stay within the county's approved posts (核定員額)."""

from __future__ import annotations

from attrs import frozen

from grantcalc.finding import Explanation, Finding, Operation, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import TEAM, Headcount, approved, approved_leaf, county_name, headcount
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.staffing import Approved
from grantcalc.text import Message
from grantcalc.units import Unit

OVER = Message(
    "{county} has {stated} case managers and supervisors on {day}; {allowed} are approved, {excess} too many."
)
REMEDY = Message("Pay {excess} posts from own funds or leave out as many, so that {allowed} are subsidised on any day.")
EXCESS = Message("posts above the approved number")


@frozen(kw_only=True, eq=False, repr=False)
class Posts:
    """``folder``: the folder of tables/ that holds ``approved_posts``."""

    folder: str


def check(context: Context, rule: Rule, values: Posts) -> Verdict:
    """One finding when the day with the most posts passes the approved number."""
    tally = Tally()
    team = headcount(context, TEAM)
    tally.examine(len(team.rows))
    tally.lacks(*team.missing)
    found = approved(context, values.folder)
    if found is None:
        tally.lacks("county")
    elif team.peak > found.posts:
        tally.found(_finding(context, team, found))
    return tally.verdict()


def _finding(context: Context, team: Headcount, found: Approved) -> Finding:
    excess = team.peak - found.posts
    day = team.day or context.period.start
    return Finding(
        place=context.draft.place("positions"),
        stated=team.peak,
        allowed=found.posts,
        unit=Unit.POST,
        message=OVER(
            county=county_name(context),
            stated=team.peak,
            day=day,
            allowed=found.posts,
            excess=excess,
        ),
        remedy=REMEDY(excess=excess, allowed=found.posts),
        explanation=Explanation(
            label=EXCESS,
            value=excess,
            unit=Unit.POST,
            operation=Operation.DIFFERENCE,
            inputs=(team.explained(), approved_leaf(context, found, found.posts)),
        ),
        edits=team.fewer(excess),
    )


KIND = Kind(name="posts-total", check=check, values=Posts)
