"""Only current expenses (經常門) are subsidised: a row of a capital category is refused.

A description that speaks of buying equipment is for a person to judge.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.prices import amount_edits, asks_nothing, row_cut
from grantcalc.rules.remedies import LOOK, NONE_ALLOWED
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, dollars
from grantcalc.units import Unit

CAPITAL = Message("The row of {stated} stands under “{category}”, a capital expense; only current ones are subsidised.")
BUYS = Message("The row of {stated} speaks of “{verb}” and “{thing}”, which may be a capital expense.")


@frozen(kw_only=True, eq=False, repr=False)
class CurrentOnly:
    """``verbs`` with ``things`` in a description make a person look, unless a word of ``allowed`` stands there too."""

    verbs: tuple[str, ...]
    things: tuple[str, ...]
    allowed: tuple[str, ...]
    ask: Bilingual


def check(context: Context, rule: Rule, values: CurrentOnly) -> Verdict:
    """One finding at most for every subsidised row."""
    tally = Tally()
    capital = frozenset(context.programme.parameters.capital_categories)
    for line in context.subsidised_lines:
        tally.examine()
        if asks_nothing(line):
            continue
        if line.category in capital:
            tally.found(_capital(context, line, line.category or ""))
            continue
        bought = _bought(values, line.description or "")
        if bought is not None:
            verb, thing = bought
            stated = dollars(line_amount(line) or 0)
            tally.found(
                Finding(
                    outcome=Outcome.REVIEW,
                    place=line.origin.place("description"),
                    message=BUYS(stated=stated, verb=verb, thing=thing),
                    remedy=LOOK(ask=values.ask),
                )
            )
    return tally.verdict()


def _bought(values: CurrentOnly, text: str) -> tuple[str, str] | None:
    verb = next((word for word in values.verbs if word in text), None)
    if verb is None or any(word in text for word in values.allowed):
        return None
    thing = next((word for word in values.things if word in text), None)
    return None if thing is None else (verb, thing)


def _capital(context: Context, line: Line, category: str) -> Finding:
    amount = line.origin.place("amount")
    stated = line_amount(line) or 0
    return Finding(
        place=line.origin.place("category"),
        stated=stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=CAPITAL(stated=dollars(stated), category=category),
        remedy=NONE_ALLOWED(place=amount),
        edits=amount_edits(line, 0),
        cut=row_cut(context, line),
    )


KIND = Kind(name="current-only", check=check, values=CurrentOnly, parameters=("capital_categories",))
