"""A stated amount equals its factors, exactly (單價 × 數量; posts: draft.md).

Rows that are broken for ``draft/whole-dollars`` are left to it; pay stated above what the dates earn is left to the
rules of earnings, an allowance of more months than served to ``common/regional-allowance-months``. A row that several
funds pay is judged as a whole: how they share it is no arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence

from grantcalc.draft.model import Line, Position, Quantity, SharedRow
from grantcalc.finding import Explanation, Finding, Operation, Verdict
from grantcalc.money import Number, product, whole
from grantcalc.pay.months import MONTHLY
from grantcalc.place import At
from grantcalc.rules import ledger
from grantcalc.rules.context import Context
from grantcalc.rules.earnings import earned_by
from grantcalc.rules.posts import too_many_months
from grantcalc.rules.remedies import edit, set_to
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.sharedrows import computed as computed_whole
from grantcalc.rules.sharedrows import is_wrong, paid, shared_rows
from grantcalc.rules.soundness import sound_line, sound_post
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, Text, Value, dollars, plus
from grantcalc.units import Unit

LINE = Message("The amount is {stated}, but {price} × {quantities} makes {computed}.")
SHARED = Message(
    "The amount of the row is {stated}, but {price} × {quantities} makes {computed}; its funds pay {parts}."
)
PARTS = Message("The funds pay {parts}, in all {stated}, but {price} × {quantities} makes {computed}.")
CORRECT_BOTH = Message("Set {place} to {computed}, and what each fund pays so that it adds up to that.")
CORRECT_PARTS = Message("Correct what each fund pays, so that it adds up to {computed}.")
POST = Message("The amount is {stated}, but {monthly} × {months} × {count} makes {computed}.")
EARNED = Message("The amount is {stated}, but the dates of the post earn {computed}.")
TIMES = Message("{first} × {second}")
AMOUNT = Message("amount of the row")
PRICE = Message("unit price")
QUANTITY = Message("quantity")
MONTHS = Message("months")
MONTHLY_INSURANCE = Message("employer's insurance a month")
MONTHLY_ALLOWANCE = Message("regional allowance a month")
LABELS = {
    "monthly_pay": MONTHLY,
    "regional_allowance": MONTHLY_ALLOWANCE,
    "employer_insurance": MONTHLY_INSURANCE,
}
COUNT = Message("posts of this row")


def check(context: Context, rule: Rule, values: None) -> Verdict:
    """A finding for every amount that is not the product of its factors."""
    tally = Tally()
    for position in context.draft.positions:
        if sound_post(position):
            _judge_pay(context, position, tally)
            _judge_monthly(context, position, tally)
    for line in context.draft.lines:
        if sound_line(line):
            _judge_line(line, tally)
    for row in shared_rows(context.draft):
        if all(ledger.usable(value) for value in (row.unit_price, *row.parts)):
            _judge_shared(row, tally)
    return tally.verdict()


def _judge_shared(row: SharedRow, tally: Tally) -> None:
    tally.examine()
    if not is_wrong(row):
        return
    made, funds = computed_whole(row), paid(row)
    off = row.stated is not None and row.stated != made
    stated = (row.stated if off else funds) or 0
    remedy = set_to(row.place, made) if off else CORRECT_PARTS(computed=dollars(made))
    if off and funds not in {made, None}:
        remedy = CORRECT_BOTH(place=At(row.place), computed=dollars(made))
    price = Explanation(label=PRICE, value=row.unit_price, unit=Unit.DOLLAR)
    factors = tuple(Explanation(label=QUANTITY, value=one.number, unit=one.unit) for one in row.quantities)
    shown: dict[str, Value] = {
        "stated": dollars(stated),
        "price": dollars(row.unit_price),
        "quantities": _product(row.quantities),
        "computed": dollars(made),
    }
    told = (SHARED if off else PARTS)(**shown, parts=plus(map(dollars, row.parts))) if row.parts else LINE(**shown)
    tally.found(
        Finding(
            place=row.place,
            stated=stated,
            allowed=made,
            unit=Unit.DOLLAR,
            message=told,
            remedy=remedy,
            explanation=_explained(made, (price, *factors)),
        )
    )


def _judge_line(line: Line, tally: Tally) -> None:
    if line.amount is None or line.unit_price is None or not line.quantities:
        return
    tally.examine()
    computed = ledger.line_amount(line)
    if computed is None or computed == line.amount:
        return
    price = Explanation(label=PRICE, value=line.unit_price, unit=Unit.DOLLAR, origin=line.origin.place("unit_price"))
    factors = tuple(
        Explanation(
            label=QUANTITY,
            value=quantity.number,
            unit=quantity.unit,
            origin=line.origin.place(f"quantities[{index}].number"),
        )
        for index, quantity in enumerate(line.quantities)
    )
    message = LINE(
        stated=dollars(line.amount),
        price=dollars(line.unit_price),
        quantities=_product(line.quantities),
        computed=dollars(computed),
    )
    tally.found(_finding(line, "amount", line.amount, computed, message, (price, *factors)))


def _product(quantities: Sequence[Quantity]) -> Value:
    first, *others = (Measure(quantity.number, quantity.counted_by) for quantity in quantities)
    shown: Value = first
    for measure in others:
        shown = TIMES(first=shown, second=measure)
    return shown


def _judge_pay(context: Context, position: Position, tally: Tally) -> None:
    stated, monthly = position.pay_amount, position.monthly_pay
    if stated is None or monthly is None:
        return
    tally.examine()
    if position.months is not None:
        # Each person is paid whole dollars; that the product of all was rounded once is no fault of a row of several.
        computed = whole(product(monthly, position.months)) * position.people
        together = whole(product(monthly, position.months, position.people))
        if stated not in {computed, together}:
            message, inputs = _post(position, stated, computed, monthly, "monthly_pay", position.months)
            tally.found(_finding(position, "pay_amount", stated, computed, message, inputs))
        return
    earned = earned_by(context, position)
    if earned is None:
        tally.lacks(*position.unread_of(*ledger.EARNING))
        return
    total = earned.total * position.people
    if stated < total or (stated > total and not position.subsidised):
        message = EARNED(stated=dollars(stated), computed=dollars(total))
        inputs = (earned.explanation(), _count(position))
        tally.found(_finding(position, "pay_amount", stated, total, message, inputs))


def _judge_monthly(context: Context, position: Position, tally: Tally) -> None:
    months = ledger.touched_months(position, context.period)
    if not months:  # an empty span is a fault of its dates
        return
    for monthly_name, name in (("regional_allowance", "allowance_amount"), ("employer_insurance", "insurance_amount")):
        monthly: Number | None = getattr(position, monthly_name)
        stated: Number | None = getattr(position, name)
        if monthly is None or stated is None:
            continue
        tally.examine()
        unread = position.unread_of(*ledger.DATES)
        if unread:
            tally.lacks(*unread)
            continue
        computed = int(monthly) * months * position.people
        owned_elsewhere = name == "allowance_amount" and too_many_months(context, position) is not None
        if stated != computed and not owned_elsewhere:
            message, inputs = _post(position, stated, computed, monthly, monthly_name, months)
            tally.found(_finding(position, name, stated, computed, message, inputs))


def _post(
    position: Position, stated: Number, computed: int, monthly: Number, name: str, months: Number
) -> tuple[Text, tuple[Explanation, ...]]:
    message = POST(
        stated=dollars(stated),
        monthly=dollars(monthly),
        months=Measure(months, Unit.MONTH),
        count=Measure(position.people, Unit.POST),
        computed=dollars(computed),
    )
    pay = Explanation(label=LABELS[name], value=monthly, unit=Unit.DOLLAR, origin=position.origin.place(name))
    return message, (pay, Explanation(label=MONTHS, value=months, unit=Unit.MONTH), _count(position))


def _count(position: Position) -> Explanation:
    return Explanation(label=COUNT, value=position.people, unit=Unit.POST)


def _finding(
    row: Line | Position, name: str, stated: Number, computed: int, message: Text, inputs: tuple[Explanation, ...]
) -> Finding:
    place = row.origin.place(name)
    return Finding(
        place=place,
        stated=stated,
        allowed=computed,
        unit=Unit.DOLLAR,
        message=message,
        remedy=set_to(place, computed),
        explanation=_explained(computed, inputs),
        edits=edit(place, computed),
    )


def _explained(computed: int, inputs: tuple[Explanation, ...]) -> Explanation:
    return Explanation(
        label=AMOUNT,
        value=computed,
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=inputs,
        rounding="half-up",
    )


KIND = Kind(name="arithmetic", check=check)
