"""The application is filed in time (申請期限)."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from grantcalc.finding import Explanation, Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message
from grantcalc.units import Unit

LATE = Message("Filed on {filed}; the last day is {last}, and {until} still counts as in time ({days} days late).")
EARLIER = Message("A late application needs the ministry's consent; correct {place} if the date is wrong.")
DAYS_LATE = Message("days after the last day that counts")


@frozen(kw_only=True, eq=False, repr=False)
class ApplicationWindow:
    """``last`` day printed, and the day until which it counts where the last one is a day off."""

    last: dt.date
    counts_until: dt.date


def check(context: Context, rule: Rule, values: ApplicationWindow) -> Verdict:
    """One finding when filed later than counts."""
    tally = Tally()
    tally.examine()
    place = context.draft.place("filed_on")
    filed = context.draft.filed_on
    if filed is None:
        tally.lacks(place.path)
    elif filed > values.counts_until:
        days = (filed - values.counts_until).days
        tally.found(
            Finding(
                outcome=rule.outcome,
                place=place,
                stated=days,
                allowed=0,
                unit=Unit.DAY,
                message=LATE(filed=filed, last=values.last, until=values.counts_until, days=days),
                remedy=EARLIER(place=place),
                explanation=Explanation(label=DAYS_LATE, value=days, unit=Unit.DAY, origin=place),
            )
        )
    return tally.verdict()


KIND = Kind(name="application-window", check=check, values=ApplicationWindow)
