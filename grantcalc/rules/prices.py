"""What kinds of rule about prices and quantities share."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import evolve, frozen

from grantcalc.draft.model import Line, Quantity
from grantcalc.finding import Cut, Edit
from grantcalc.money import Number, Rounding, number, product, whole
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount, usable
from grantcalc.rules.programme import Item
from grantcalc.units import Unit

MONTH, CASE = "month", "case"
"""What a limit of times may count by, as items.csv writes it (``times_per``), beside the year."""


def priced(item: Item, line: Line) -> Unit | None:
    """The unit that the item's price is for, as this row states it; ``None`` where the row has no such unit."""
    return item.priced_unit(frozenset(quantity.unit for quantity in counted(line)))


def counted(line: Line) -> tuple[Quantity, ...]:
    """What a row counts its price by; the whole row's quantities where several funds pay it and they do not divide."""
    return line.quantities or (() if line.shared is None else line.shared.quantities)


def unit_path(line: Line) -> str:
    """Where a row says what its price is for: its first unit; its quantities where it has none."""
    return line.origin.place("quantities[0].unit" if line.quantities else "quantities").path


def quantity_of(line: Line, unit: Unit) -> tuple[int, Quantity] | None:
    """Position and quantity of a unit in a row."""
    return next(((index, found) for index, found in enumerate(line.quantities) if found.unit is unit), None)


def highest_paid(lines: Iterable[Line]) -> Number | None:
    """The highest price that is really paid in these rows; one of 0 sets no price for others."""
    prices = [line.unit_price for line in lines if line.unit_price and usable(line.unit_price)]
    return max(prices, default=None)


def price_edits(line: Line, allowed: Number) -> tuple[Edit, ...]:
    """Lowers the unit price, and with it the amount where one is stated."""
    edited = Edit(place=line.origin.place("unit_price"), value=allowed)
    return (edited, *_amount_edit(line, _at_price(line, allowed)))


def quantity_edits(line: Line, index: int, allowed: Number) -> tuple[Edit, ...]:
    """Lowers one quantity, and with it the amount where one is stated."""
    edited = Edit(place=line.origin.place(f"quantities[{index}].number"), value=allowed)
    return (edited, *_amount_edit(line, with_quantity(line, index, allowed)))


def _amount_edit(line: Line, lowered: Line) -> tuple[Edit, ...]:
    """The amount of the changed row: what price and quantities make, or nothing where one of them is 0."""
    if line.amount is None or line_amount(line) is None:
        return ()
    return (Edit(place=line.origin.place("amount"), value=line_amount(lowered) or 0),)


def with_quantity(line: Line, index: int, allowed: Number) -> Line:
    """The row with one quantity changed."""
    quantities = list(line.quantities)
    quantities[index] = evolve(quantities[index], number=allowed)
    return evolve(line, quantities=tuple(quantities))


def price_cut(line: Line, allowed: Number) -> int:
    """Dollars that lowering the unit price to ``allowed`` takes off the row."""
    return max(0, (line_amount(line) or 0) - (line_amount(_at_price(line, allowed)) or 0))


def _at_price(line: Line, allowed: Number) -> Line:
    """The row at another price; a fund's part of a row without quantities of its own changes in proportion."""
    changed = evolve(line, unit_price=allowed)
    if line.quantities or line.shared is None or not line.unit_price or line.amount is None:
        return changed
    return evolve(
        changed, amount=whole(Fraction(line.amount) * Fraction(allowed) / Fraction(line.unit_price), Rounding.DOWN)
    )


def quantity_cut(line: Line, index: int, allowed: Number) -> int:
    """Dollars that lowering one quantity to ``allowed`` takes off the row."""
    return max(0, (line_amount(line) or 0) - (line_amount(with_quantity(line, index, allowed)) or 0))


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


def row_cut(context: Context, *lines: Line) -> Cut:
    """Taking whole rows out of the subsidy."""
    categories = dict.fromkeys(context.programme.category_of(line) for line in lines)
    return Cut(categories=tuple(categories), amount=sum(line_amount(line) or 0 for line in lines))


@frozen(kw_only=True)
class Lowered:
    """A row brought to at most ``allowed``: what its applicant types (price, or price and a quantity), and its amount.

    ``price`` is ``None`` for a row that states its amount alone; ``number`` is a new first quantity, where even a price
    of one dollar makes too much.
    """

    line: Line
    allowed: int
    amount: int
    price: int | None = None
    number: int | None = None

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Every field to change."""
        origin = self.line.origin
        edits = [Edit(place=origin.place("amount"), value=self.amount)]
        if self.price is not None:
            edits.append(Edit(place=origin.place("unit_price"), value=self.price))
        if self.number is not None:
            edits.append(Edit(place=origin.place("quantities[0].number"), value=self.number))
        return tuple(edits)


def lowered(line: Line, allowed: int) -> Lowered:
    """The largest amount of a row that is at most ``allowed`` and that whole dollars of a price make."""
    times = product(*(quantity.number for quantity in line.quantities))
    if line.unit_price is None or not line.quantities or times <= 0:
        return Lowered(line=line, allowed=allowed, amount=allowed)
    each = whole(Fraction(allowed) / Fraction(times), Rounding.DOWN)
    if each or not allowed:
        return Lowered(line=line, allowed=allowed, amount=whole(product(each, times)), price=each)
    others = product(*(quantity.number for quantity in line.quantities[1:]))
    number = whole(Fraction(allowed) / Fraction(others), Rounding.DOWN)
    if not number:
        return Lowered(line=line, allowed=allowed, amount=0, price=0)
    return Lowered(line=line, allowed=allowed, amount=whole(product(number, others)), price=1, number=number)


def amount_edits(line: Line, allowed: int) -> tuple[Edit, ...]:
    """Brings a row's amount to ``allowed``: the amount, and the price that makes it where the row has quantities."""
    return lowered(line, allowed).edits


def asks_nothing(line: Line) -> bool:
    """A row of zero dollars, which no limit binds."""
    return line_amount(line) == 0
