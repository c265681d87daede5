"""Every row shows how its amount comes about (詳列計算方式): price and quantities, or a described lot."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Place, Verdict
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Text, dollars
from grantcalc.units import Unit

NO_PRICE = Message("The row asks for {stated} without a unit price.")
NO_QUANTITY = Message("The row asks for {stated} without quantities.")
ONE_LOT = Message("The row asks for {stated} as one lot and does not say of what.")
SHOW = Message("Give the unit price and the quantities with their units.")
DESCRIBE = Message("Split the lot into prices and quantities, or describe at {place} what it is made of.")


@frozen(kw_only=True, eq=False, repr=False)
class LineCalculation:
    """``except_items``: items whose description another rule asks for."""

    except_items: tuple[str, ...] = ()


def check(context: Context, rule: Rule, values: LineCalculation) -> Verdict:
    """One finding at most for every subsidised row with an amount."""
    tally = Tally()
    for line in context.subsidised_lines:
        if line.item in values.except_items:
            continue
        tally.examine()
        fault = _fault(line)
        if fault is not None:
            place, message, remedy = fault
            tally.found(Finding(outcome=rule.outcome, place=place, message=message, remedy=remedy))
    return tally.verdict()


def _fault(line: Line) -> tuple[Place, Text, Text] | None:
    amount = line.amount if line.amount is not None else line_amount(line)
    if not amount:
        return None
    stated = dollars(amount)
    if line.unit_price is None:
        return line.origin.place("unit_price"), NO_PRICE(stated=stated), SHOW()
    quantities = line.shared.quantities if line.shared and not line.quantities else line.quantities
    if not quantities:
        return line.origin.place("quantities"), NO_QUANTITY(stated=stated), SHOW()
    is_one_lot = all(quantity.unit is Unit.LOT and quantity.number == 1 for quantity in quantities)
    if is_one_lot and not (line.description or "").strip():
        place = line.origin.place("description")
        return place, ONE_LOT(stated=stated), DESCRIBE(place=At(place))
    return None


KIND = Kind(name="line-calculation", check=check, values=LineCalculation)
