"""Which posts a programme subsidises (補助人力): only those of the roles named."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Position, Role
from grantcalc.finding import Finding, Verdict
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.posts import post_cut, post_total
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, joined
from grantcalc.units import Unit

OTHER = Message("A post of the role “{role}” is asked for; the subsidy is for {allowed} only.")

TAKE_OUT = Message("Take the post at {place} out of the subsidy; it may be paid from own funds.")


@frozen(kw_only=True, eq=False, repr=False)
class PostRoles:
    """The roles that may be subsidised."""

    roles: tuple[Role, ...]


def check(context: Context, rule: Rule, values: PostRoles) -> Verdict:
    """A finding for every subsidised post of another role."""
    tally = Tally()
    for position in context.subsidised_posts:
        tally.examine()
        if position.role is None:
            tally.lacks(position.origin.place("role").path)
        elif position.role not in values.roles:
            tally.found(_finding(context, values, position, position.role))
    return tally.verdict()


def _finding(context: Context, values: PostRoles, position: Position, role: Role) -> Finding:
    place = position.origin.place("role")
    return Finding(
        place=place,
        stated=post_total(context, position),
        allowed=0,
        unit=Unit.DOLLAR,
        message=OTHER(role=role, allowed=joined(values.roles)),
        remedy=TAKE_OUT(place=At(position.origin.place())),
        cut=post_cut(context, position),
    )


KIND = Kind(name="post-roles", check=check, values=PostRoles)
