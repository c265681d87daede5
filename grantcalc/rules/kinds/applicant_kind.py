"""Who may apply (補助對象)."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import ApplicantKind
from grantcalc.finding import Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, joined

WRONG = Message("The applicant is a {stated}; only {allowed} may apply.")
APPLY_AS = Message("Let {allowed} apply, or correct {place}.")


@frozen(kw_only=True, eq=False, repr=False)
class Applicants:
    """The kinds of applicant that may apply."""

    kinds: tuple[ApplicantKind, ...]


def check(context: Context, rule: Rule, values: Applicants) -> Verdict:
    """One finding for another kind of applicant."""
    tally = Tally()
    tally.examine()
    place = context.draft.place("applicant_kind")
    stated = context.draft.applicant_kind
    allowed = joined(values.kinds)
    if stated is None:
        tally.lacks(place.path)
    elif stated not in values.kinds:
        tally.found(
            Finding(
                outcome=rule.outcome,
                place=place,
                message=WRONG(stated=stated, allowed=allowed),
                remedy=APPLY_AS(allowed=allowed, place=place.shown),
            )
        )
    return tally.verdict()


KIND = Kind(name="applicant-kind", check=check, values=Applicants)
