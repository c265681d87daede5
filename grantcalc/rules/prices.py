"""What kinds of rule about prices and quantities share."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from grantcalc.draft.model import Line, Quantity
from grantcalc.finding import Cut, Edit
from grantcalc.money import Number, Rounding, number, product, whole
from grantcalc.rules.context import Context
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


def times_of(line: Line, months_count: bool = False) -> tuple[int, Number] | None:
    """How many times a row takes place (次數), with the position of the quantity that says so.

    Times (or sessions) × months where the row gives both; months alone only where each month is one time.
    """
    months = quantity_of(line, Unit.MONTH)
    stated = quantity_of(line, Unit.TIME) or quantity_of(line, Unit.SESSION)
    if stated is None:
        return (months[0], months[1].number) if months and months_count else None
    index, quantity = stated
    return index, number(product(quantity.number, months[1].number)) if months else quantity.number


def category_of(context: Context, line: Line) -> str:
    """The category a row is counted in: its own, else its item's."""
    item = context.item(line)
    return line.category or (item.category if item else "")


def row_cut(context: Context, *lines: Line) -> Cut:
    """Taking whole rows out of the subsidy."""
    categories = dict.fromkeys(category_of(context, line) for line in lines)
    return Cut(categories=tuple(categories), amount=sum(line_amount(line) or 0 for line in lines))


def amount_edits(line: Line, allowed: int) -> tuple[Edit, ...]:
    """Brings a row's amount to ``allowed``: the amount, and the price that makes it where the row has quantities."""
    amount, price = line.origin.place("amount"), line.origin.place("unit_price")
    times = product(*(quantity.number for quantity in line.quantities))
    if line.unit_price is None or not line.quantities or times <= 0:
        return (Edit(place=amount, value=allowed),)
    each = whole(Fraction(allowed) / Fraction(times), Rounding.DOWN)
    return (Edit(place=amount, value=whole(product(each, times))), Edit(place=price, value=each))


def asks_nothing(line: Line) -> bool:
    """A row of zero dollars, which no limit binds."""
    return line_amount(line) == 0
