"""A post needs at least a degree (學歷應具…以上): below it, the subsidy does not pay the post."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Education, Position, Role
from grantcalc.finding import Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import posts_of, without_role
from grantcalc.rules.posts import named, post_cut
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message

BELOW = Message("{post} ({role}) has “{education}”; at least “{minimum}” is required.")
REMEDY = Message("Have a person with at least “{minimum}” on this post, or pay the post from own funds.")


@frozen(kw_only=True, eq=False, repr=False)
class EducationFloor:
    """Posts of ``roles`` need at least ``minimum``."""

    roles: tuple[Role, ...]
    minimum: Education


def check(context: Context, rule: Rule, values: EducationFloor) -> Verdict:
    """A finding for each subsidised post below the degree."""
    tally = Tally()
    tally.lacks(*without_role(context))
    for post in posts_of(context, values.roles):
        tally.examine()
        if post.education is None:
            tally.lacks(post.origin.place("education").path)
        elif post.education.rank < values.minimum.rank:
            tally.found(_finding(context, post, post.education, values.minimum))
    return tally.verdict()


def _finding(context: Context, post: Position, education: Education, minimum: Education) -> Finding:
    return Finding(
        place=post.origin.place("education"),
        message=BELOW(post=named(post), role=post.role or "", education=education, minimum=minimum),
        remedy=REMEDY(minimum=minimum),
        cut=post_cut(context, post),
    )


KIND = Kind(name="education-floor", check=check, values=EducationFloor)
