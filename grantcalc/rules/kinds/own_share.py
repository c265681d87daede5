"""The central share of a discretionary subsidy is at most 90% (補助辦法 第9條), so own funds carry the rest."""

from __future__ import annotations

from fractions import Fraction

from grantcalc.finding import Explanation, Finding, Operation, Verdict
from grantcalc.money import Rounding
from grantcalc.rules.context import Context
from grantcalc.rules.funds import OWN_PATH, Funds, funds, more_own
from grantcalc.rules.own_limits import OwnShare, least_of_share, ratio_owner
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Percent, dollars
from grantcalc.units import Unit

TOO_LITTLE = Message(
    "Own funds are {own}; the subsidy of {subsidy} may be at most {share} of both together, so own funds are at least "
    "{allowed} ({subsidy} × {rest} ÷ {share})."
)
LEAST = Message("least own funds")
REST = Message("what the subsidy may not pay ÷ what it may")


def check(context: Context, rule: Rule, values: OwnShare) -> Verdict:
    """One finding when own funds are below what the subsidy needs beside it."""
    tally = Tally()
    found = funds(context, values.allocation, values.parts)
    if not found.subsidy and not found.missing:
        return tally.verdict()
    tally.examine()
    tally.lacks(*found.missing)
    if found.missing or found.own is None:
        return tally.verdict()
    share = Fraction(values.share.value)
    allowed = least_of_share(found, values)
    if found.own < allowed:
        stricter = ratio_owner(context, found)
        if stricter is not None:
            return tally.verdict(decided_by=stricter)
        tally.found(_finding(context, found, found.own, share, allowed, values.share))
    return tally.verdict()


def _finding(context: Context, found: Funds, own: int, share: Fraction, allowed: int, limit: Limit) -> Finding:
    place = context.draft.place(OWN_PATH)
    rest = Explanation(
        label=REST,
        value=(1 - share) / share,
        operation=Operation.QUOTIENT,
        inputs=(limit.explained(),),
        origin=limit.citation,
    )
    return Finding(
        place=place,
        stated=own,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=TOO_LITTLE(
            own=dollars(own),
            subsidy=dollars(found.subsidy),
            share=Percent(share),
            rest=Percent(1 - share),
            allowed=dollars(allowed),
        ),
        remedy=more_own(context, found, allowed),
        explanation=Explanation(
            label=LEAST,
            value=allowed,
            unit=Unit.DOLLAR,
            operation=Operation.PRODUCT,
            inputs=(found.subsidy_explained, rest),
            rounding=Rounding.UP.value,
        ),
    )


KIND = Kind(name="own-share", check=check, values=OwnShare)
