"""The employer's insurance comes from own funds only (勞、健保及勞退準備金由受補助單位自籌): none is subsidised.

Neither in the columns of a post nor as a row of its own: a row that names it is refused.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.insured import MONTHLY, SUM, asked_premium, none_allowed
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.names import fold
from grantcalc.rules.prices import amount_edits, asks_nothing, row_cut
from grantcalc.rules.remedies import NONE_ALLOWED
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, dollars
from grantcalc.units import Unit

OWN_ONLY = Message("The employer's insurance asks for {stated} of the subsidy; the employer pays it from own funds.")
OWN_ROW = Message(
    "The row of {stated} names “{word}”: the employer pays its insurance from own funds; allowed: {allowed}."
)


@frozen(kw_only=True, eq=False, repr=False)
class OwnInsurance:
    """``words`` of rows that ask for it; ``exempt`` phrases are taken out first."""

    words: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()


def check(context: Context, rule: Rule, values: OwnInsurance) -> Verdict:
    """A finding for every subsidised post that asks anything for its insurance, and every row that names it."""
    tally = Tally()
    for position in context.subsidised_posts:
        tally.examine()
        tally.lacks(*position.unread_of(MONTHLY, SUM))
        asked = asked_premium(position)
        if asked is not None:
            tally.found(none_allowed(context, position, asked, OWN_ONLY(stated=dollars(asked.stated))))
    for line in context.subsidised_lines:
        named = None if asks_nothing(line) else _named(line, values)
        if named is not None:
            tally.examine()
            tally.found(_row(context, line, *named))
    return tally.verdict()


def _named(line: Line, values: OwnInsurance) -> tuple[str, str] | None:
    """The field of the row that names it, and the word."""
    for field, text in (("description", line.description), ("item", line.item)):
        plain = fold(text or "")
        for phrase in values.exempt:
            plain = plain.replace(fold(phrase), "\n")
        word = next((word for word in values.words if fold(word) in plain), None)
        if word is not None:
            return field, word
    return None


def _row(context: Context, line: Line, field: str, word: str) -> Finding:
    stated = line_amount(line) or 0
    return Finding(
        place=line.origin.place(field),
        stated=stated,
        allowed=0,
        unit=Unit.DOLLAR,
        message=OWN_ROW(stated=dollars(stated), word=word, allowed=dollars(0)),
        remedy=NONE_ALLOWED(place=line.origin.place("amount")),
        edits=amount_edits(line, 0),
        cut=row_cut(context, line),
    )


KIND = Kind(name="own-insurance", check=check, values=OwnInsurance)
