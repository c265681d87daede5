"""Stated subsidy, own funds and other sources equal the sums of their rows (經費來源: 補助, 自籌款, 其他).

Own funds without any row or part of a post are the applicant's only statement of them: the rules of own funds use it.
"""

from __future__ import annotations

from collections.abc import Iterator

from grantcalc.draft.fields import COVER_FIELDS, OTHER_FUNDS_HEADERS
from grantcalc.draft.model import Fund
from grantcalc.finding import Place, Verdict
from grantcalc.money import Number
from grantcalc.rules.context import Context
from grantcalc.rules.funds import has_own_rows
from grantcalc.rules.kinds.total import mismatch
from grantcalc.rules.ledger import usable
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.sums import accepted, entries, of_fund, with_rows_as_stated
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, dollars

BALANCE = Message("The cover states {stated} in “{field}”; the rows paid by “{fund}” add up to {computed}.")


def _header(name: str) -> Bilingual:
    return next(spec.header for spec in COVER_FIELDS if spec.name == name)


FIELDS: dict[Fund, Bilingual] = {
    Fund.SUBSIDY: _header("funding.subsidy"),
    Fund.OWN: _header("funding.own"),
    Fund.OTHER: OTHER_FUNDS_HEADERS[0],
}
"""What the cover calls each source."""


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every stated source of money that is not the sum of its rows."""
    tally = Tally()
    found = with_rows_as_stated(entries(context), context)
    for fund, place, stated in _stated(context):
        tally.examine()
        sums = accepted(of_fund(found, fund))
        tally.lacks(*sums.missing)
        if sums.missing or not usable(stated) or stated in sums.sums:
            continue
        message = BALANCE(stated=dollars(stated), field=FIELDS[fund], fund=fund, computed=dollars(sums.expected))
        tally.found(mismatch(place, stated, sums, message))
    return tally.verdict()


def _stated(context: Context) -> Iterator[tuple[Fund, Place, Number]]:
    draft = context.draft
    if draft.funding.subsidy is not None:
        yield Fund.SUBSIDY, draft.place("funding.subsidy"), draft.funding.subsidy
    if draft.funding.own is not None and has_own_rows(draft):
        yield Fund.OWN, draft.place("funding.own"), draft.funding.own
    amounts = [other.amount for other in draft.funding.other]
    if amounts and all(usable(amount) for amount in amounts):
        path = "funding.other[0].amount" if len(amounts) == 1 else "funding.other"
        yield Fund.OTHER, draft.place(path), sum(amounts)


KIND = Kind(name="funding-balance", check=check)
