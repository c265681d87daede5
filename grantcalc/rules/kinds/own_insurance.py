"""The employer's insurance comes from own funds only (勞、健保及勞退準備金由受補助單位自籌): none is subsidised."""

from __future__ import annotations

from grantcalc.finding import Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.insured import MONTHLY, SUM, asked_premium, none_allowed
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, dollars

OWN_ONLY = Message("The employer's insurance asks for {stated} of the subsidy; the employer pays it from own funds.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every subsidised post that asks anything for its insurance."""
    tally = Tally()
    for position in context.subsidised_posts:
        tally.examine()
        tally.lacks(*position.unread_of(MONTHLY, SUM))
        asked = asked_premium(position)
        if asked is not None:
            tally.found(none_allowed(context, position, asked, OWN_ONLY(stated=dollars(asked.stated))))
    return tally.verdict()


KIND = Kind(name="own-insurance", check=check)
