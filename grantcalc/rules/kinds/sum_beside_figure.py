"""What all drafts together plan, beside a figure that a programme expects of all (預期效益): information only."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from grantcalc.finding import Explanation, Finding, Verdict
from grantcalc.money import Number
from grantcalc.rules.context import Context
from grantcalc.rules.cover import header, planned
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.rules.together import missing_for, named, summed
from grantcalc.text import Measure, Message, Value

ALONE = Message("This figure of {figure} is of all applications together; it is shown across drafts, not in one.")
BESIDE = Message(
    "{number} of the {drafts} drafts given plan {stated} together; the programme expects {figure} of all. This one "
    "plans {own} ({field})."
)
WITHOUT = Message(
    "{number} of the {drafts} drafts given plan {stated} together; the programme expects {figure} of all. This one "
    "does not say what it plans."
)
PART = Message("{draft}: {field}")


@frozen(kw_only=True, eq=False, repr=False)
class SumBesideFigure:
    """The ``figure`` of all, and the cover's ``fields`` of which the first that a draft fills in is added up."""

    figure: Limit
    fields: tuple[str, ...]


def check(context: Context, rule: Rule, values: SumBesideFigure) -> Verdict:
    """Not applicable to one draft, and says why."""
    return Verdict(reason=ALONE(figure=_figure(values)))


def together(contexts: Sequence[Context], rule: Rule, values: SumBesideFigure) -> tuple[Verdict, ...]:
    """A finding on every draft with what all plan; a draft that plans nothing is named as missing."""
    given = [context for context in contexts if _given(context, values)]
    lacking = [(context, values.fields[:1]) for context in contexts if not _given(context, values)]
    plans = summed(given, lambda context: _part(context, values), values.figure.unit)
    verdicts = []
    for context in contexts:
        tally = Tally()
        tally.examine()
        tally.lacks(*missing_for(context, lacking))
        if given:
            tally.found(_finding(context, contexts, rule, values, plans))
        verdicts.append(tally.verdict())
    return tuple(verdicts)


def _figure(values: SumBesideFigure) -> Measure:
    return Measure(values.figure.value, values.figure.unit)


def _given(context: Context, values: SumBesideFigure) -> tuple[str, Number] | None:
    """The first field that states a number, and the number."""
    stated = ((name, planned(context, name)) for name in values.fields)
    return next(((name, number) for name, number in stated if number is not None and number >= 0), None)


def _part(context: Context, values: SumBesideFigure) -> Explanation:
    name, number = _given(context, values) or ("", 0)
    return Explanation(label=PART(draft=named(context), field=header(name)), value=number, unit=values.figure.unit)


def _finding(
    context: Context, contexts: Sequence[Context], rule: Rule, values: SumBesideFigure, plans: Explanation
) -> Finding:
    own = _given(context, values)
    said: dict[str, Value] = {
        "number": len(plans.inputs),
        "drafts": len(contexts),
        "stated": plans.measure,
        "figure": _figure(values),
    }
    if own is None:
        message = WITHOUT(**said)
    else:
        message = BESIDE(**said, own=Measure(own[1], values.figure.unit), field=header(own[0]))
    return Finding(
        outcome=rule.outcome,
        place=context.draft.place(own[0] if own else values.fields[0]),
        message=message,
        remedy=NOTHING_TO_DO(),
        explanation=plans,
    )


KIND = Kind(name="sum-beside-figure", check=check, values=SumBesideFigure, together=together)
