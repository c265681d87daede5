"""講座鐘點費 a period of 50 minutes, by who lectures (講座鐘點費支給表); part of a period is paid at half.

An assistant is paid half of the lecturer's fee (:mod:`grantcalc.rules.assistants`). Without ``details.lecturer`` the
outside fee is the limit, and above the own staff's fee a person must look. The host decides what an expert from abroad
is paid.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Lecturer
from grantcalc.finding import Cut, Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Number, whole
from grantcalc.place import At
from grantcalc.rules.assistants import assistants_most, fee_of, judge_assistant, lecturers_price
from grantcalc.rules.context import Context
from grantcalc.rules.fees import Priced, category, over, priced_rows
from grantcalc.rules.half import billable
from grantcalc.rules.names import fold
from grantcalc.rules.prices import quantity_cut, quantity_edits, quantity_of
from grantcalc.rules.remedies import LOOK, set_to
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, Text, Value, dollars
from grantcalc.units import Unit

OVER = Message("“{item}” is priced at {stated} a period; the limit for {lecturer} is {allowed}.")
OVER_UNSAID = Message(
    "“{item}” is priced at {stated} a period, above the highest limit of {allowed} (outside expert); "
    "who lectures is not stated."
)
UNSAID = Message("“{item}” is priced at {stated} per {unit}; above {internal} only outside lecturers are paid.")
FOREIGN = Message("An expert from abroad is priced at {stated} a period; the host decides the fee.")
PART = Message("{stated}: part of a period is paid at half, so the quantity is whole or ends in .5, here {allowed}.")
ASK_KIND = Message(
    "Fill in who lectures at {place}: an outside expert {external}, an expert of a subordinate body {subordinate}, own "
    "staff {internal}."
)
ASK_FOREIGN = Message("whether the host has decided this fee")
OWN_WORDS = Message(
    "The row speaks of “{word}”, but the lecturer is given as {lecturer}; own staff are paid {internal} at most."
)
ASK_WORDS = Message("which of both is right, the words of the row or the lecturer at {place}.")
WHOLE_PERIODS = Message("whole periods")
HALF_PERIOD = Message("part of a period, at half")
PERIODS = Message("periods paid")


@frozen(kw_only=True, eq=False, repr=False)
class LectureFee:
    """Fees a period by who lectures, and the assistant's and the short period's share.

    Where a document has a rule of its own for parts of a period (``quantities``) or for assistants' prices
    (``assistants``), these are off. ``own_words``: words of own staff, which contradict an outside
    lecturer.
    """

    external: Limit
    subordinate: Limit
    internal: Limit
    assistant_share: Limit
    short_share: Limit
    quantities: bool = True
    assistants: bool = True
    own_words: tuple[str, ...] = ()

    def of(self, lecturer: Lecturer | None) -> Limit:
        """The fee of a lecturer; the outside expert's where it is not said."""
        return {Lecturer.SUBORDINATE: self.subordinate, Lecturer.INTERNAL: self.internal}.get(
            lecturer or Lecturer.EXTERNAL, self.external
        )


def check(context: Context, rule: Rule, values: LectureFee) -> Verdict:
    """A finding for every price above its lecturer's fee, and for every quantity that is no whole or half period."""
    tally = Tally()
    paid: dict[str, Number | None] = {}
    for row in priced_rows(context, rule, tally):
        if values.quantities:
            _judge_quantity(row, values, tally)
        if row.item.code not in paid:
            paid[row.item.code] = lecturers_price(context.lines(row.item.code, subsidised=False))
        _judge_words(row, values, tally)
        finding = _judge_price(row, values, paid[row.item.code])
        if finding is not None:
            tally.found(finding)
    return tally.verdict()


def _judge_words(row: Priced, values: LectureFee, tally: Tally) -> None:
    """A row of an outside lecturer whose words say own staff (內聘): a person must look."""
    text = fold(f"{row.line.description or ''}\n{row.line.item or ''}")
    word = next((word for word in values.own_words if fold(word) in text), None)
    if word is None or row.line.details.lecturer is not Lecturer.EXTERNAL:
        return
    place = row.line.origin.place("details.lecturer")
    internal = dollars(values.internal.value)
    tally.found(
        Finding(
            outcome=Outcome.REVIEW,
            place=place,
            message=OWN_WORDS(word=word, lecturer=Lecturer.EXTERNAL, internal=internal),
            remedy=LOOK(ask=ASK_WORDS(place=At(place))),
        )
    )


def _judge_price(row: Priced, values: LectureFee, paid: Number | None) -> Finding | None:
    lecturer = row.line.details.lecturer
    if lecturer is Lecturer.FOREIGN:
        return _look(row, FOREIGN(stated=dollars(row.price)), LOOK(ask=ASK_FOREIGN()))
    if lecturer is Lecturer.ASSISTANT:
        most = assistants_most(values.external, values.assistant_share, paid)
        return judge_assistant(row, most) if values.assistants else None
    limit = values.of(lecturer)
    allowed = whole(limit.value)
    if row.price > allowed:
        shown: dict[str, Value] = {"item": row.item.name, "stated": dollars(row.price), "allowed": dollars(allowed)}
        message = OVER_UNSAID(**shown) if lecturer is None else OVER(**shown, lecturer=lecturer)
        return over(row, allowed, message, fee_of(limit, lecturer))
    if lecturer is None and row.price > whole(values.internal.value):
        unit = Unit.PERIOD if row.how is None else row.how.stated or row.how.own
        shown = {"item": row.item.name, "stated": dollars(row.price), "internal": dollars(values.internal.value)}
        message = UNSAID(**shown, unit=unit)
        fees: dict[str, Value] = {
            "place": At(row.line.origin.place("details.lecturer")),
            "external": dollars(values.external.value),
            "subordinate": dollars(values.subordinate.value),
            "internal": dollars(values.internal.value),
        }
        return _look(row, message, ASK_KIND(**fees))
    return None


def _judge_quantity(row: Priced, values: LectureFee, tally: Tally) -> None:
    found = quantity_of(row.line, Unit.PERIOD)
    if found is None:
        return
    index, quantity = found
    allowed = billable(quantity.number, values.short_share.value)
    if quantity.number <= 0 or allowed == quantity.number:
        return
    place = row.line.origin.place(f"quantities[{index}].number")
    stated = Measure(quantity.number, quantity.unit)
    half = Explanation(label=HALF_PERIOD, value=values.short_share.value, unit=Unit.PERIOD)
    tally.found(
        Finding(
            place=place,
            stated=quantity.number,
            allowed=allowed,
            unit=quantity.unit,
            message=PART(stated=stated, allowed=Measure(allowed, quantity.unit)),
            remedy=set_to(place, allowed, quantity.unit),
            explanation=Explanation(
                label=PERIODS,
                value=allowed,
                unit=Unit.PERIOD,
                operation=Operation.SUM,
                inputs=(Explanation(label=WHOLE_PERIODS, value=int(quantity.number), unit=Unit.PERIOD), half),
            ),
            edits=quantity_edits(row.line, index, allowed),
            cut=Cut(categories=(category(row),), amount=quantity_cut(row.line, index, allowed)),
        )
    )


def _look(row: Priced, message: Text, remedy: Text) -> Finding:
    return Finding(
        outcome=Outcome.REVIEW,
        place=row.place,
        stated=row.price,
        unit=Unit.DOLLAR,
        message=message,
        remedy=remedy,
    )


KIND = Kind(name="lecture-fee", check=check, values=LectureFee)
