"""Stated subsidy, own funds and other sources equal the sums of their rows (經費來源: 補助, 自籌款, 其他)."""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.draft.model import Fund
from grantcalc.finding import Place, Verdict
from grantcalc.money import Number
from grantcalc.rules.context import Context
from grantcalc.rules.kinds.total import mismatch
from grantcalc.rules.ledger import usable
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.sums import accepted, entries, of_fund
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, dollars

BALANCE = Message("The funding states {stated} from “{fund}”; the rows it pays add up to {computed}.")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every stated source of money that is not the sum of its rows."""
    tally = Tally()
    found = entries(context)
    for fund, place, stated in _stated(context):
        tally.examine()
        sums = accepted(of_fund(found, fund))
        tally.lacks(*sums.missing)
        if sums.missing or not usable(stated) or stated in sums.sums:
            continue
        message = BALANCE(stated=dollars(stated), fund=fund, computed=dollars(sums.expected))
        tally.found(mismatch(place, stated, sums, message))
    return tally.verdict()


def _stated(context: Context) -> Iterator[tuple[Fund, Place, Number]]:
    draft = context.draft
    if draft.funding.subsidy is not None:
        yield Fund.SUBSIDY, draft.place("funding.subsidy"), draft.funding.subsidy
    if draft.funding.own is not None:
        yield Fund.OWN, draft.place("funding.own"), draft.funding.own
    amounts = [other.amount for other in draft.funding.other]
    if amounts and all(usable(amount) for amount in amounts):
        path = "funding.other[0].amount" if len(amounts) == 1 else "funding.other"
        yield Fund.OTHER, draft.place(path), sum(amounts)


KIND = Kind(name="funding-balance", check=check)
