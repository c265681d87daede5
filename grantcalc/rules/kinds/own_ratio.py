"""Own funds against the county's minimum ratio (最低自籌款編列比率): own ÷ (subsidy + own).

The minimum stands in no table: the draft or the user states it, from 0 up to below 1. Below it is an error; exactly
equal misses the indicator, which wants strictly more.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from grantcalc.finding import Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Rounding, whole
from grantcalc.rules.context import Context
from grantcalc.rules.funds import OWN_PATH, Funds, funds
from grantcalc.rules.remedies import edit, raise_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Percent, Value, dollars
from grantcalc.units import Unit

BELOW = Message(
    "Own funds of {own} ÷ ({subsidy} + {own}) = {ratio}, below the minimum ratio of {minimum}: at least {allowed}. The "
    "indicator wants more than the minimum: {above}."
)
EQUAL = Message(
    "Own funds of {own} ÷ ({subsidy} + {own}) = {ratio}, exactly the minimum ratio; the indicator wants more than it: "
    "at least {allowed}."
)
RATIO = Message("own-funds ratio")
TOGETHER = Message("subsidy + own funds")
MISSING = "minimum_own_ratio"
SHOWN_DIGITS = 4


@frozen(kw_only=True, eq=False, repr=False)
class OwnRatio:
    """``parts``: category to column of the table ``allocation``, whose approved amounts bound the subsidy counted."""

    allocation: str
    parts: Mapping[str, str]


def check(context: Context, rule: Rule, values: OwnRatio) -> Verdict:
    """One finding when the ratio is below the minimum, or exactly equal to it."""
    tally = Tally()
    found = funds(context, values.allocation, values.parts)
    minimum = _minimum(context)
    tally.examine()
    if minimum is None:
        tally.lacks(MISSING)
    tally.lacks(*found.missing)
    if minimum is None or found.missing or found.own is None or not found.subsidy + found.own:
        return tally.verdict()
    ratio = Fraction(found.own, found.subsidy + found.own)
    if ratio <= minimum:
        tally.found(_finding(context, found, found.own, ratio, minimum))
    return tally.verdict()


def _minimum(context: Context) -> Fraction | None:
    stated = context.options.minimum_own_ratio
    if stated is None:
        stated = context.draft.funding.minimum_own_ratio
    return Fraction(stated) if stated is not None and 0 <= stated < 1 else None


def _finding(context: Context, found: Funds, own: int, ratio: Fraction, minimum: Fraction) -> Finding:
    place = context.draft.place(OWN_PATH)
    least = found.subsidy * minimum / (1 - minimum)
    above = whole(least, Rounding.DOWN) + 1
    is_equal = ratio == minimum
    allowed = above if is_equal else whole(least, Rounding.UP)
    shown: dict[str, Value] = {
        "own": dollars(own),
        "subsidy": dollars(found.subsidy),
        "ratio": Percent(round(ratio, SHOWN_DIGITS)),
        "allowed": dollars(allowed),
    }
    return Finding(
        outcome=Outcome.WARNING if is_equal else Outcome.ERROR,
        place=place,
        stated=own,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=EQUAL(**shown) if is_equal else BELOW(**shown, minimum=Percent(minimum), above=dollars(above)),
        remedy=raise_to(place, allowed),
        explanation=_explained(found, own, ratio),
        edits=edit(place, allowed) if found.own_is_stated else (),
    )


def _explained(found: Funds, own: int, ratio: Fraction) -> Explanation:
    both = Explanation(
        label=TOGETHER,
        value=found.subsidy + own,
        unit=Unit.DOLLAR,
        operation=Operation.SUM,
        inputs=(found.subsidy_explained, found.own_explained),
    )
    return Explanation(label=RATIO, value=ratio, operation=Operation.QUOTIENT, inputs=(found.own_explained, both))


KIND = Kind(name="own-ratio", check=check, values=OwnRatio)
