"""A body that serves several counties files with each of them (跨縣市服務、分送各縣市層轉): judged across drafts."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from grantcalc.draft.model import ApplicantKind
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.letters import official
from grantcalc.rules.context import Context
from grantcalc.rules.headcounts import county_name
from grantcalc.rules.names import same_name
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.rules.together import missing_for
from grantcalc.text import Bilingual, Message, joined

BINDS = Message("The applicant is a {kind}; this binds {kinds} only.")
ALONE = Message(
    "A {kind} serves several counties and files with each of them; one draft does not show those of other counties."
)
ONE_COUNTY = Message(
    "“{applicant}” is a {kind}, which serves several counties and files with each of them; among the {number} drafts "
    "given it files with {county} only."
)
FILE_ELSEWHERE = Message(
    "File the plan with every county it serves. Where that is done, check those drafts together with this one; where "
    "it serves {county} only, it cannot be granted under this programme."
)
HELD = Message("Among the {number} drafts given, “{applicant}” files with {counties} counties.")
NAME, PLACE, KIND_OF_APPLICANT = "applicant", "county", "applicant_kind"


@frozen(kw_only=True, eq=False, repr=False)
class SeveralCounties:
    """Applicants of these ``kinds`` file with more than one county; ``ask``: what to look at in one draft alone."""

    kinds: tuple[ApplicantKind, ...]
    ask: Bilingual


def check(context: Context, rule: Rule, values: SeveralCounties) -> Verdict:
    """One draft alone is not judged: a person must look for the others."""
    tally = Tally()
    kind = context.draft.applicant_kind
    place = context.draft.place(PLACE)
    if kind is None:
        tally.lacks(context.draft.place(KIND_OF_APPLICANT).path)
    elif kind in values.kinds:
        tally.examine()
        message, remedy = ALONE(kind=kind), LOOK(ask=values.ask)
        tally.found(Finding(outcome=Outcome.REVIEW, place=place, message=message, remedy=remedy))
    else:
        return tally.verdict(reason=BINDS(kind=kind, kinds=joined(values.kinds)))
    return tally.verdict()


def together(contexts: Sequence[Context], rule: Rule, values: SeveralCounties) -> tuple[Verdict, ...]:
    """An error on the drafts of a body all of whose drafts are for one county."""
    bound = [context for context in contexts if context.draft.applicant_kind in (*values.kinds, None)]
    return tuple(_verdict(context, contexts, bound, rule, values) for context in contexts)


def _verdict(
    context: Context, contexts: Sequence[Context], bound: Sequence[Context], rule: Rule, values: SeveralCounties
) -> Verdict:
    draft = context.draft
    if draft.applicant_kind not in values.kinds:
        return check(context, rule, values)
    tally = Tally()
    tally.examine()
    tally.lacks(*_lacking(context))
    if not draft.applicant or not draft.county:
        return tally.verdict()
    counties = {other.draft.county for other in bound if _is_same(context, other)} - {None}
    if len(counties) > 1:
        found = HELD(number=len(contexts), applicant=draft.applicant, counties=len(counties))
        return tally.verdict(reason=found)
    # Another draft that may be this body's in another county, did it only say so, leaves the matter open.
    open_ones = [(other, _lacking(other)) for other in bound if _may_be_elsewhere(context, other)]
    tally.lacks(*missing_for(context, open_ones))
    if not tally.missing:
        tally.found(_finding(context, contexts, rule))
    return tally.verdict()


def _lacking(context: Context) -> tuple[str, ...]:
    draft = context.draft
    stated = {KIND_OF_APPLICANT: draft.applicant_kind, NAME: draft.applicant, PLACE: draft.county}
    return tuple(draft.place(name).path for name, value in stated.items() if not value)


def _body(context: Context) -> str:
    """The applicant's name as it is compared; 台 is another way of writing 臺."""
    return official(same_name(context.draft.applicant or ""))


def _is_same(context: Context, other: Context) -> bool:
    return other.draft.applicant_kind is context.draft.applicant_kind and _body(other) == _body(context)


def _may_be_elsewhere(context: Context, other: Context) -> bool:
    same_body = not other.draft.applicant or _body(other) == _body(context)
    return bool(_lacking(other)) and same_body and other.draft.county != context.draft.county


def _finding(context: Context, contexts: Sequence[Context], rule: Rule) -> Finding:
    draft = context.draft
    county = county_name(context)
    return Finding(
        outcome=rule.outcome,
        place=draft.place(PLACE),
        message=ONE_COUNTY(
            applicant=draft.applicant or "", kind=draft.applicant_kind or "", number=len(contexts), county=county
        ),
        remedy=FILE_ELSEWHERE(county=county),
    )


KIND = Kind(name="several-counties", check=check, values=SeveralCounties, together=together)
