"""Who may apply (補助對象)."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import ApplicantKind
from grantcalc.finding import Finding, Outcome, Place, Verdict
from grantcalc.rules.composition import programme_of
from grantcalc.rules.context import Context
from grantcalc.rules.names import fold
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, Text, joined

WRONG = Message("The applicant is a {stated}; only {allowed} may apply.")
APPLY_AS = Message("Let {allowed} apply, or correct {place}.")
NOT_OPEN = Message("The applicant is a {stated}; this programme is open to: {who}.")
NOT_OPEN_HERE = Message(
    "The applicant is a {stated}; this programme is open to: {who}. A {stated} may apply to: {others}."
)
APPLY_THERE = Message("Apply there, or correct {place} where the kind is wrong.")
CODES = Message("The codes of these programmes: {codes}.")
CORRECT = Message("Correct {place} where the kind is wrong; otherwise this applicant cannot apply.")
JUDGED = Message("The applicant is a {stated}. This programme is open to: {who}; its papers must show it.")
NAME_SAYS = Message(
    "The applicant “{name}” speaks of “{word}”, but its kind is given as {stated}; such a name fits {fits}."
)
ASK_NAME = Message("which of both is right, the name at {name} or the kind at {place}.")
QUALIFIES = Message("whether the applicant is one of those that may apply")


@frozen(kw_only=True, eq=False, repr=False)
class NameWords:
    """Words of an applicant's name, and the kinds that such a name fits."""

    words: tuple[str, ...]
    kinds: tuple[ApplicantKind, ...]


@frozen(kw_only=True, eq=False, repr=False)
class Applicants:
    """``kinds`` that may apply, and those to ``judge``, which may where a person finds by ``ask`` that they qualify.

    ``others``: a table with a row (``programme``, ``applicant_kind``) for every programme of the document and each
    kind it is meant for, by which the message says where else a kind may apply.
    ``names``: words of names that fit some kinds only; a person must look where name and kind contradict each other.
    """

    kinds: tuple[ApplicantKind, ...]
    judge: tuple[ApplicantKind, ...] = ()
    ask: Bilingual | None = None
    others: str | None = None
    names: tuple[NameWords, ...] = ()


def check(context: Context, rule: Rule, values: Applicants) -> Verdict:
    """One finding for another kind of applicant, or for one that a person must judge."""
    tally = Tally()
    tally.examine()
    place = context.draft.place("applicant_kind")
    stated = context.draft.applicant_kind
    if stated is None:
        tally.lacks(place.path)
    elif stated in values.judge:
        tally.found(
            Finding(
                outcome=Outcome.REVIEW,
                place=place,
                message=JUDGED(stated=stated, who=context.programme.applicants),
                remedy=LOOK(ask=values.ask or QUALIFIES()),
            )
        )
    elif stated not in values.kinds:
        message, remedy, hint = _refusal(context, values, stated, place)
        tally.found(Finding(outcome=rule.outcome, place=place, message=message, remedy=remedy, hint=hint))
    contradiction = None if stated is None else _contradiction(context, values, stated, place)
    if contradiction is not None:
        tally.found(contradiction)
    return tally.verdict()


def _contradiction(context: Context, values: Applicants, stated: ApplicantKind, place: Place) -> Finding | None:
    """A name that fits other kinds only: 「○○協會」 is no government."""
    name = context.draft.applicant or ""
    text = fold(name)
    hits = [(word, entry.kinds) for entry in values.names for word in entry.words if fold(word) in text]
    if not hits or any(stated in kinds for _, kinds in hits):
        return None
    word, kinds = hits[0]
    return Finding(
        outcome=Outcome.REVIEW,
        place=place,
        message=NAME_SAYS(name=name, word=word, stated=stated, fits=joined(kinds)),
        remedy=LOOK(ask=ASK_NAME(name=context.draft.place("applicant"), place=place)),
    )


def _refusal(
    context: Context, values: Applicants, stated: ApplicantKind, place: Place
) -> tuple[Text, Text, Text | None]:
    """Who may apply here and, in a document of several programmes, where this applicant may; the codes of those."""
    if values.others is None:
        allowed = joined(values.kinds)
        return WRONG(stated=stated, allowed=allowed), APPLY_AS(allowed=allowed, place=place), None
    who = context.programme.applicants
    rows = context.tables[values.others].rows
    found: list[str] = [row["programme"] for row in rows if row["applicant_kind"] == stated.value]
    if not found:
        return NOT_OPEN(stated=stated, who=who), CORRECT(place=place), None
    titles = joined(_title(context, programme_id) for programme_id in found)
    return (
        NOT_OPEN_HERE(stated=stated, who=who, others=titles),
        APPLY_THERE(place=place),
        CODES(codes=joined(found)),
    )


def _title(context: Context, programme_id: str) -> Bilingual:
    """A programme of the same document as its own file calls it."""
    title = programme_of(context.tables, programme_id)["title"]
    return Bilingual(title["zh"], title["en"])


KIND = Kind(name="applicant-kind", check=check, values=Applicants)
