"""Own funds against the county's minimum ratio (最低自籌款編列比率): own ÷ (subsidy + own).

The minimum stands in no table: the draft or the user states it, from 0 up to below 1. Below it is an error; exactly
equal misses the indicator, which wants strictly more.
"""

from __future__ import annotations

from fractions import Fraction

from grantcalc.finding import Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Rounding, shown, whole
from grantcalc.rules.context import Context
from grantcalc.rules.funds import OWN_PATH, Funds, funds, more_own
from grantcalc.rules.own_limits import OwnRatio, least_of_ratio, minimum_ratio, share_owner
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Percent, Text, Value, dollars
from grantcalc.units import Unit

BELOW = Message(
    "Own funds of {own} ÷ ({subsidy} + {own}) = {ratio}, below the minimum ratio of {minimum}: at least {allowed}. The "
    "indicator wants more than the minimum: {above}."
)
BELOW_BOTH = Message(
    "Own funds of {own} ÷ ({subsidy} + {own}) = {ratio}, below the minimum ratio of {minimum}; the indicator wants "
    "more than the minimum: at least {allowed}."
)
EQUAL = Message(
    "Own funds of {own} ÷ ({subsidy} + {own}) = {ratio}, exactly the minimum ratio; the indicator wants more than it: "
    "at least {allowed}."
)
RATIO = Message("own-funds ratio")
TOGETHER = Message("subsidy + own funds")
MISSING = "minimum_own_ratio"
SHOWN_DIGITS = 4


def check(context: Context, rule: Rule, values: OwnRatio) -> Verdict:
    """One finding when the ratio is below the minimum, or exactly equal to it."""
    tally = Tally()
    found = funds(context, values.allocation, values.parts)
    minimum = minimum_ratio(context)
    tally.examine()
    if minimum is None:
        tally.lacks(MISSING)
    tally.lacks(*found.missing)
    if minimum is None or found.missing or found.own is None or not found.subsidy + found.own:
        return tally.verdict()
    ratio = Fraction(found.own, found.subsidy + found.own)
    if ratio <= minimum:
        stricter = share_owner(context, found)
        if stricter is not None:
            return tally.verdict(decided_by=stricter)
        tally.found(_finding(context, found, found.own, ratio, minimum))
    return tally.verdict()


def _finding(context: Context, found: Funds, own: int, ratio: Fraction, minimum: Fraction) -> Finding:
    place = context.draft.place(OWN_PATH)
    least = found.subsidy * minimum / (1 - minimum)
    above = whole(least, Rounding.DOWN) + 1
    is_equal = ratio == minimum
    allowed = above if is_equal else least_of_ratio(found, minimum)
    said: dict[str, Value] = {
        "own": dollars(own),
        "subsidy": dollars(found.subsidy),
        "ratio": Percent(_shown(ratio, minimum)),
        "allowed": dollars(allowed),
    }
    return Finding(
        outcome=Outcome.WARNING if is_equal else Outcome.ERROR,
        place=place,
        stated=own,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=EQUAL(**said) if is_equal else _below(said, allowed, above, minimum),
        remedy=more_own(context, found, allowed),
        explanation=_explained(found, own, ratio),
    )


def _shown(ratio: Fraction, minimum: Fraction) -> Fraction:
    """The ratio for a message; one below the minimum never reads like the minimum."""
    plain = shown(ratio, SHOWN_DIGITS)
    return shown(ratio, SHOWN_DIGITS + 1, Rounding.DOWN) if ratio < minimum <= plain else plain


def _below(said: dict[str, Value], allowed: int, above: int, minimum: Fraction) -> Text:
    """Both amounts, or the one they share."""
    if allowed == above:
        return BELOW_BOTH(**said, minimum=Percent(minimum))
    return BELOW(**said, minimum=Percent(minimum), above=dollars(above))


def _explained(found: Funds, own: int, ratio: Fraction) -> Explanation:
    both = Explanation(
        label=TOGETHER,
        value=found.subsidy + own,
        unit=Unit.DOLLAR,
        operation=Operation.SUM,
        inputs=(found.subsidy_explained, found.own_explained),
    )
    return Explanation(
        label=RATIO,
        value=ratio,
        unit=Unit.FRACTION,
        operation=Operation.QUOTIENT,
        inputs=(found.own_explained, both),
    )


KIND = Kind(name="own-ratio", check=check, values=OwnRatio)
