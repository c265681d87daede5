"""Subsidised case managers and supervisors stay within the county's approved posts (核定員額)."""

from __future__ import annotations

from attrs import frozen

from grantcalc.finding import Cut, Explanation, Finding, Operation, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import TEAM, Headcount, approved, approved_leaf, county_name, headcount
from grantcalc.rules.posts import surplus_cut
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.staffing import Approved
from grantcalc.text import Message
from grantcalc.units import Unit

OVER = Message(
    "{county} has {stated} case managers and supervisors on {day}; {allowed} are approved, {excess} too many."
)
REMEDY = Message(
    "Pay {excess} of the posts from own funds, or leave out as many, so that {allowed} are subsidised on any day."
)
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
        tally.lacks(context.county_lacking(f"{values.folder}/approved_posts"))
    elif team.peak > found.posts:
        tally.found(_finding(context, team, found))
    return tally.verdict()


def team_surplus(context: Context, folder: str) -> Cut | None:
    """What goes when the posts above the approved number go; ``None`` where there are none."""
    found, team = approved(context, folder), headcount(context, TEAM)
    if found is None or team.peak <= found.posts:
        return None
    return surplus_cut(context, team, team.peak - found.posts)


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
        cut=surplus_cut(context, team, excess),
    )


KIND = Kind(name="posts-total", check=check, values=Posts)
