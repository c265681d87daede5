"""So many led posts to one leader in principle (每7位個管人員配置1名督導為原則).

More of them to a leader, or a leader more than one for every so many begun, is a finding; without a leader, so many or
more. Posts count on the day with the most.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Role
from grantcalc.finding import Explanation, Finding, Operation, Verdict
from grantcalc.money import Rounding, whole
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import Headcount, headcount
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, joined
from grantcalc.units import Unit

TOO_FEW = Message(
    "Posts of {led_roles}: {led}, of {roles}: {stated}; in principle one leads {each}, so the number needed is "
    "{allowed}."
)
TOO_MANY = Message(
    "Posts of {roles}: {stated}, of {led_roles}: {led}; in principle one leads {each}, so the number needed is "
    "{allowed} ({led} ÷ {each}, rounded up)."
)
HAVE = Message("Set the posts of {roles} to {allowed}, or say in the plan why another number is needed.")
LEADERS = Message("posts that lead, one for every so many begun")


@frozen(kw_only=True, eq=False, repr=False)
class TeamSpan:
    """Posts of ``roles``, one of which leads ``each`` posts of ``led``."""

    roles: tuple[Role, ...]
    led: tuple[Role, ...]
    each: Limit


def check(context: Context, rule: Rule, values: TeamSpan) -> Verdict:
    """One finding when there are fewer or more leaders than the led posts need."""
    tally = Tally()
    led, leaders = headcount(context, values.led), headcount(context, values.roles)
    missing = dict.fromkeys((*led.missing, *leaders.missing))
    tally.lacks(*missing)
    if missing or not (led.peak or leaders.peak):
        return tally.verdict()
    tally.examine()
    needed = _needed(led, values)
    fewer = leaders.peak < needed.value and led.peak >= values.each.value
    if fewer or leaders.peak > needed.value:
        tally.found(_finding(context, rule, values, (led, leaders), needed))
    return tally.verdict()


def _needed(led: Headcount, values: TeamSpan) -> Explanation:
    return Explanation(
        label=LEADERS,
        value=whole(Fraction(led.peak) / Fraction(values.each.value), Rounding.UP),
        unit=Unit.POST,
        operation=Operation.QUOTIENT,
        inputs=(led.explained(), values.each.explained()),
        rounding=Rounding.UP.value,
    )


def _finding(
    context: Context, rule: Rule, values: TeamSpan, counted: tuple[Headcount, Headcount], needed: Explanation
) -> Finding:
    led, leaders = counted
    template = TOO_FEW if leaders.peak < needed.value else TOO_MANY
    allowed = int(needed.value)
    return Finding(
        outcome=rule.outcome,
        place=context.draft.place("positions"),
        stated=leaders.peak,
        allowed=allowed,
        unit=Unit.POST,
        message=template(
            led=led.peak,
            led_roles=joined(values.led),
            stated=leaders.peak,
            roles=joined(values.roles),
            each=int(values.each.value),
            allowed=allowed,
        ),
        remedy=HAVE(allowed=allowed, roles=joined(values.roles)),
        explanation=needed,
        edits=leaders.fewer(leaders.peak - allowed) if leaders.peak > allowed else (),
    )


KIND = Kind(name="team-span", check=check, values=TeamSpan)
