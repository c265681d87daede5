"""How many applications a county may file for a programme (每縣市以1案為限): judged across drafts.

The documents do not say which of several applications holds, so the order in which the drafts are given decides: the
first ones stand with a note, the later ones are errors, and the county chooses by giving the one it keeps first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from attrs import frozen

from grantcalc.draft.model import ApplicantKind
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import county_name
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.rules.together import missing_for, others
from grantcalc.text import Message, joined

ALONE = Message("At most {limit} a county: this is checked across drafts, not in one.")
NOT_COUNTED = Message("The applicant is a {kind}; only applications of {kinds} are counted.")
HELD = Message("Among the {number} drafts given, {county} applies no more than the allowed number of times: {allowed}.")
LATER = Message(
    "{county} applies {number} times among the drafts given, here and in {others}; at most {allowed} a county. This "
    "draft was given after as many as are allowed."
)
FIRST = Message(
    "{county} applies {number} times among the drafts given, here and in {others}; at most {allowed} a county. The "
    "error stands with those given later."
)
WITHDRAW = Message("Keep {allowed} of these applications and withdraw the others; the one to keep is given first.")
PLACE = "county"


@frozen(kw_only=True, eq=False, repr=False)
class OnePerCounty:
    """At most ``allowed`` applications of one county; only applicants of these ``kinds`` are counted."""

    allowed: Limit
    kinds: tuple[ApplicantKind, ...]


def check(context: Context, rule: Rule, values: OnePerCounty) -> Verdict:
    """Not applicable to one draft, and says why."""
    return Verdict(reason=ALONE(limit=values.allowed.value))


def together(contexts: Sequence[Context], rule: Rule, values: OnePerCounty) -> tuple[Verdict, ...]:
    """An error on every draft of a county after the first allowed ones, and a note on those."""
    of_county: defaultdict[str, list[Context]] = defaultdict(list)
    for context in contexts:
        if _is_counted(context, values) and context.draft.county:
            of_county[context.draft.county].append(context)
    same = [of_county[context.draft.county or ""] for context in contexts]
    return tuple(
        _verdict(context, contexts, found, rule, values) for context, found in zip(contexts, same, strict=True)
    )


def _is_counted(context: Context, values: OnePerCounty) -> bool:
    return context.draft.applicant_kind in values.kinds


def _lacking(context: Context, values: OnePerCounty) -> tuple[str, ...]:
    """What a draft does not say that it would be counted by."""
    draft = context.draft
    if draft.applicant_kind is not None and not _is_counted(context, values):
        return ()
    stated = {"applicant_kind": draft.applicant_kind, PLACE: draft.county}
    return tuple(draft.place(name).path for name, value in stated.items() if not value)


def _verdict(
    context: Context, contexts: Sequence[Context], same: Sequence[Context], rule: Rule, values: OnePerCounty
) -> Verdict:
    tally = Tally()
    kind = context.draft.applicant_kind
    if kind is not None and kind not in values.kinds:
        return tally.verdict(reason=NOT_COUNTED(kind=kind, kinds=joined(values.kinds)))
    tally.examine()
    unsure = [(other, _lacking(other, values)) for other in contexts if _may_be(other, context)]
    tally.lacks(*missing_for(context, unsure))
    allowed = int(values.allowed.value)
    if len(same) <= allowed or not _is_counted(context, values):
        held = HELD(number=len(contexts), county=county_name(context), allowed=allowed)
        return tally.verdict(reason=None if tally.missing else held)
    is_later = all(other is not context for other in same[:allowed])
    tally.found(_finding(context, same, rule, values, is_later=is_later))
    return tally.verdict()


def _may_be(other: Context, context: Context) -> bool:
    """Whether both may be of one county, as far as they say."""
    counties = {other.draft.county, context.draft.county} - {None}
    return len(counties) <= 1


def _finding(context: Context, same: Sequence[Context], rule: Rule, values: OnePerCounty, *, is_later: bool) -> Finding:
    allowed = int(values.allowed.value)
    return Finding(
        outcome=rule.outcome if is_later else Outcome.NOTE,
        place=context.draft.place(PLACE),
        stated=len(same),
        allowed=allowed,
        message=(LATER if is_later else FIRST)(
            county=county_name(context), number=len(same), others=others(same, context), allowed=allowed
        ),
        remedy=WITHDRAW(allowed=allowed),
        explanation=values.allowed.explained(),
    )


KIND = Kind(name="one-per-county", check=check, values=OnePerCounty, together=together)
