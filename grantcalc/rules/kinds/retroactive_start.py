"""Costs before the day of approval (追溯補助): only where the plan continues one approved in the year before."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from grantcalc.finding import Cut, Explanation, Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.posts import paid_from, post_total, posts_cut
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message
from grantcalc.units import Unit

EARLY = Message("The plan starts on {start}, before it is approved on {approved}, and continues no plan of last year.")
START_LATER = Message("Start at {place} on {approved} or later, or show that the plan continues one of last year.")
DAYS_EARLY = Message("days before the approval")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """One finding when the period starts before the approval of a new plan."""
    tally = Tally()
    tally.examine()
    draft = context.draft
    start, approved = context.period.start, draft.approved_on
    if approved is None:
        tally.lacks(draft.place("approved_on").path)
    elif start < approved and draft.continuing_plan is None:
        tally.lacks(draft.place("continuing_plan").path)
    elif start < approved and not draft.continuing_plan:
        tally.found(_finding(context, start, approved))
    return tally.verdict()


def _finding(context: Context, start: dt.date, approved: dt.date) -> Finding:
    place = context.draft.place("period.start")
    days = (approved - start).days
    return Finding(
        place=place,
        stated=days,
        allowed=0,
        unit=Unit.DAY,
        message=EARLY(start=start, approved=approved),
        remedy=START_LATER(place=place, approved=approved),
        explanation=Explanation(label=DAYS_EARLY, value=days, unit=Unit.DAY, origin=place),
        cut=_cut(context, approved),
    )


def _cut(context: Context, approved: dt.date) -> Cut:
    """What the posts cost before the approval; rows have no days of their own."""
    before = sum(post_total(context, post) for post in context.subsidised_posts)
    later = (paid_from(post, context.period, approved) for post in context.subsidised_posts)
    after = sum(post_total(context, post) for post in later if post is not None)
    return evolve(posts_cut(context, max(0, before - after)), since=approved)


KIND = Kind(name="retroactive-start", check=check)
