"""What kinds of rule about prices and quantities share."""

from __future__ import annotations

from attrs import evolve

from grantcalc.draft.model import Line, Quantity
from grantcalc.money import Number
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.programme import Item
from grantcalc.units import Unit


def priced(item: Item, line: Line) -> Unit | None:
    """The unit that the item's price is for, as this row states it; ``None`` where the row has no such unit."""
    return item.priced_unit(frozenset(quantity.unit for quantity in line.quantities))


def quantity_of(line: Line, unit: Unit) -> tuple[int, Quantity] | None:
    """Position and quantity of a unit in a row."""
    return next(((index, found) for index, found in enumerate(line.quantities) if found.unit is unit), None)


def price_cut(line: Line, allowed: Number) -> int:
    """Dollars that lowering the unit price to ``allowed`` takes off the row."""
    return max(0, (line_amount(line) or 0) - (line_amount(evolve(line, unit_price=allowed)) or 0))


def quantity_cut(line: Line, index: int, allowed: Number) -> int:
    """Dollars that lowering one quantity to ``allowed`` takes off the row."""
    quantities = list(line.quantities)
    if allowed <= 0:
        return line_amount(line) or 0
    quantities[index] = evolve(quantities[index], number=allowed)
    return max(0, (line_amount(line) or 0) - (line_amount(evolve(line, quantities=tuple(quantities))) or 0))
