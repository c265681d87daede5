"""A category capped at a share of others (比率上限): the management fee (專案計畫管理費, 管理費).

The base is what the subsidy pays, recomputed from prices and quantities; the cap is rounded as the rule says.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Fund, Line
from grantcalc.finding import Cut, Explanation, Finding, Operation, Verdict
from grantcalc.money import Rounding, whole
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import Sum, line_amount
from grantcalc.rules.prices import Lowered, lowered
from grantcalc.rules.programme import Category
from grantcalc.rules.remedies import lower
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Percent, Text, dollars, joined
from grantcalc.units import Unit

OVER = Message("“{category}” asks for {stated}, above the cap of {allowed} ({base} × {rate}).")
CAP = Message("cap of {category}")
LOWER_ROWS = Message("Lower the rows of “{category}” to {allowed} together, or pay the rest from own funds: {changes}.")
LOWER_PRICE = Message(
    "Lower the unit price at {place} to {price} or less, so that the row asks for {allowed} at most, or pay the "
    "difference from own funds."
)
LOWER_BOTH = Message(
    "Lower the unit price at {place} to {price} and the quantity at {quantity} to {number}, so that the row asks for "
    "{allowed} at most, or pay the difference from own funds."
)
CHANGE_PRICE = Message("unit price at {place} to {price}")
CHANGE_BOTH = Message("unit price at {place} to {price} and quantity at {quantity} to {number}")
CHANGE_AMOUNT = Message("{place} to {price}")
BASE = Message("base: subsidised rows of the categories counted")


@frozen(kw_only=True, eq=False, repr=False)
class ShareCap:
    """``of`` may cost at most ``rate`` of the subsidised sum of ``base``."""

    of: str
    base: tuple[str, ...]
    rate: Limit
    rounding: Rounding = Rounding.DOWN


def cap(base: int, values: ShareCap) -> int:
    """The largest allowed amount for a base."""
    return whole(Fraction(base) * Fraction(values.rate.value), values.rounding)


def explain(context: Context, values: ShareCap, base: int) -> Explanation:
    """The cap as a tree: base by category × rate."""
    parts = tuple(
        Explanation(label=category.title, value=context.ledger.sum(Fund.SUBSIDY, [name]).value, unit=Unit.DOLLAR)
        for name in values.base
        if (category := context.programme.category(name)) is not None
    )
    total = Explanation(label=BASE, value=base, unit=Unit.DOLLAR, operation=Operation.SUM, inputs=parts)
    of = context.programme.category(values.of)
    return Explanation(
        label=CAP(category=of.title if of else values.of),
        value=cap(base, values),
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=(total, values.rate.explained()),
        rounding=values.rounding.value,
    )


def check(context: Context, rule: Rule, values: ShareCap) -> Verdict:
    """One finding on the category's last row when the category passes its cap."""
    tally = Tally()
    rows = [line for line in context.subsidised_lines if context.programme.category_of(line) == values.of]
    asked, base = context.ledger.sum(Fund.SUBSIDY, [values.of]), context.ledger.sum(Fund.SUBSIDY, values.base)
    tally.examine(len(rows))
    if rows:
        tally.lacks(*asked.missing, *base.missing)
    allowed = cap(base.value, values)
    if rows and not base.missing and asked.value > allowed:
        tally.found(_finding(context, values, rows, asked, base, allowed))
    return tally.verdict()


def _finding(context: Context, values: ShareCap, rows: list[Line], asked: Sum, base: Sum, allowed: int) -> Finding:
    changed = _changed(rows, asked.value - allowed)
    edits = tuple(edit for row in changed for edit in row.edits)
    category = context.programme.category(values.of)
    return Finding(
        place=rows[-1].origin.place("amount"),
        stated=asked.value,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=OVER(
            category=category.title if category else values.of,
            stated=dollars(asked.value),
            allowed=dollars(allowed),
            base=dollars(base.value),
            rate=Percent(values.rate.value),
        ),
        remedy=_remedy(category, values, allowed, changed),
        explanation=explain(context, values, base.value),
        edits=edits,
        cut=Cut(categories=(values.of,), amount=asked.value - allowed, ceiling=allowed),
    )


def _changed(rows: list[Line], excess: int) -> list[Lowered]:
    """Rows with what is left of them: the last one, and those before it where that one is too small."""
    changed = []
    for row in reversed(rows):
        amount = line_amount(row) or 0
        kept = max(0, amount - excess)
        changed.append(lowered(row, kept))
        excess -= amount - kept
        if excess <= 0:
            break
    return changed


def _remedy(category: Category | None, values: ShareCap, allowed: int, changed: list[Lowered]) -> Text:
    """What the applicant types: prices, and amounts only where a row has no price and quantities."""
    if len(changed) == 1:
        row = changed[0]
        if row.price is None or not row.amount:
            return lower(row.line.origin.place("amount"), row.amount)
        return _told(row, LOWER_BOTH if row.number is not None else LOWER_PRICE)
    changes = joined(_change(row) for row in changed)
    return LOWER_ROWS(category=category.title if category else values.of, allowed=dollars(allowed), changes=changes)


def _change(row: Lowered) -> Text:
    if row.price is None:
        return CHANGE_AMOUNT(place=row.line.origin.place("amount").shown, price=dollars(row.amount))
    return _told(row, CHANGE_PRICE if row.number is None else CHANGE_BOTH)


def _told(row: Lowered, message: Message) -> Text:
    origin = row.line.origin
    return message(
        place=origin.place("unit_price").shown,
        price=dollars(row.price or 0),
        quantity=origin.place("quantities[0].number").shown,
        number=row.number or 0,
        allowed=dollars(row.allowed),
    )


KIND = Kind(name="share-cap", check=check, values=ShareCap)
