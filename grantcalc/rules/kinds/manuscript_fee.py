"""稿費 per 1,000 characters, by the kind of manuscript (稿費支給基準數額表): above its range needs a reason."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Manuscript
from grantcalc.finding import Finding, Verdict
from grantcalc.money import whole
from grantcalc.rules.context import Context
from grantcalc.rules.fees import Priced, over, priced_rows
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Value, dollars

OVER = Message("“{item}” is priced at {stated} per 1,000, above the range of {manuscript}, {low} to {allowed}.")
UNSAID = Message(
    "“{item}” is priced at {stated} per 1,000, above the range of general manuscripts in Chinese, {low} to {allowed}; "
    "for special ones it is {special_low} to {special_high}, but the kind is not stated."
)


@frozen(kw_only=True, eq=False, repr=False)
class ManuscriptFee:
    """Both ends of the range of each kind of manuscript."""

    chinese_general_from: Limit
    chinese_general_to: Limit
    chinese_special_from: Limit
    chinese_special_to: Limit
    foreign_general_from: Limit
    foreign_general_to: Limit

    def range_of(self, manuscript: Manuscript | None) -> tuple[Limit, Limit]:
        """Lowest and highest rate of a kind; the general Chinese one where it is not said."""
        special = self.chinese_special_from, self.chinese_special_to
        foreign = self.foreign_general_from, self.foreign_general_to
        return {Manuscript.CHINESE_SPECIAL: special, Manuscript.FOREIGN_GENERAL: foreign}.get(
            manuscript or Manuscript.CHINESE_GENERAL, (self.chinese_general_from, self.chinese_general_to)
        )


def check(context: Context, rule: Rule, values: ManuscriptFee) -> Verdict:
    """A finding for every price above the range of its kind."""
    tally = Tally()
    for row in priced_rows(context, rule, tally):
        low, high = values.range_of(row.line.details.manuscript)
        if row.price > high.value:
            tally.found(_finding(rule, row, values, low, high))
    return tally.verdict()


def _finding(rule: Rule, row: Priced, values: ManuscriptFee, low: Limit, high: Limit) -> Finding:
    manuscript = row.line.details.manuscript
    shown: dict[str, Value] = {
        "item": row.item.name,
        "stated": dollars(row.price),
        "low": dollars(low.value),
        "allowed": dollars(high.value),
    }
    if manuscript is None:
        special: dict[str, Value] = {
            "special_low": dollars(values.chinese_special_from.value),
            "special_high": dollars(values.chinese_special_to.value),
        }
        message = UNSAID(**shown, **special)
    else:
        message = OVER(**shown, manuscript=manuscript)
    return over(row, whole(high.value), message, high.explained(), outcome=rule.outcome)


KIND = Kind(name="manuscript-fee", check=check, values=ManuscriptFee)
