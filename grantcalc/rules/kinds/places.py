"""How many applications a programme grants (擇優補助案數): judged across drafts."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from grantcalc.finding import Explanation, Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.rules.together import others
from grantcalc.sources import Citation
from grantcalc.text import Message

ALONE = Message("At most {grants} applications are granted: this is checked across drafts, not in one.")
TOO_MANY = Message(
    "{number} drafts are given for this programme, {excess} more than the {grants} that it grants: this one and "
    "{others}."
)
CHOOSE = Message("Choose {grants} of them; the ministry may adjust the number to the applications and the money.")
HELD = Message("{number} drafts are given for this programme, which grants up to {grants}.")
GRANTS = Message("applications that are granted")
PLACE = "programme"


@frozen(kw_only=True, eq=False, repr=False)
class Places:
    """``table``: one row a programme, whose ``column`` is the number of grants."""

    table: str
    column: str


def check(context: Context, rule: Rule, values: Places) -> Verdict:
    """Not applicable to one draft, and says why."""
    return Verdict(reason=ALONE(grants=_grants(context, values).value))


def together(contexts: Sequence[Context], rule: Rule, values: Places) -> tuple[Verdict, ...]:
    """The same finding on every draft when there are more of them than grants; as many as grants is in order."""
    grants = _grants(contexts[0], values)
    number = len(contexts)
    if number <= grants.value:
        return (Verdict(examined=1, reason=HELD(number=number, grants=grants.value)),) * number
    return tuple(_verdict(context, contexts, rule, grants) for context in contexts)


def _grants(context: Context, values: Places) -> Explanation:
    table = context.tables[values.table]
    row = table.row(programme=context.programme.id)
    citation = Citation(source=table.info.citation.source, section=row["section"])
    return Explanation(label=GRANTS, value=row[values.column], origin=citation)


def _verdict(context: Context, contexts: Sequence[Context], rule: Rule, grants: Explanation) -> Verdict:
    tally = Tally()
    tally.examine()
    number, allowed = len(contexts), int(grants.value)
    tally.found(
        Finding(
            outcome=rule.outcome,
            place=context.draft.place(PLACE),
            stated=number,
            allowed=allowed,
            message=TOO_MANY(number=number, excess=number - allowed, grants=allowed, others=others(contexts, context)),
            remedy=CHOOSE(grants=allowed),
            explanation=grants,
        )
    )
    return tally.verdict()


KIND = Kind(name="places", check=check, values=Places, together=together)
