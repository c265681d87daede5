"""What the reader understood of a sheet that is not the program's own form (自製表件之辨識).

A guess that is not sure is for a person to look at; everything else is a note. In a draft of the program's own form,
or in JSON, nothing had to be recognised.
"""

from __future__ import annotations

from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A note for everything that was recognised for sure, a review for every guess."""
    tally = Tally()
    for one in context.reading.recognitions:
        tally.examine()
        outcome = rule.outcome if one.sure else Outcome.REVIEW
        tally.found(
            Finding(
                outcome=outcome,
                place=one.place,
                message=one.message,
                remedy=one.remedy,
                hint=one.hint,
                internal=one.internal,
            )
        )
    return tally.verdict()


KIND = Kind(name="recognised", check=check)
