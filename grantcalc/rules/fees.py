"""Rows of items whose price a central standard owns (各機關共同性費用標準), and the findings those rules share."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Cut, Explanation, Finding, Outcome, Place
from grantcalc.money import Number
from grantcalc.rules.alike import Compared, Reading, compared
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount, usable
from grantcalc.rules.perhaps import perhaps
from grantcalc.rules.prices import price_cut, price_edits, unit_path
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import lower
from grantcalc.rules.rule import Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Text
from grantcalc.units import Unit


@frozen(kw_only=True)
class Priced:
    """A subsidised row with its item and its stated price; ``how`` it is compared, where the item has units."""

    item: Item
    line: Line
    price: Number
    how: Compared | None = None

    @property
    def own(self) -> bool:
        """Whether it is the price of the item's own unit: only that can be too low, or be counted in hours."""
        return self.how is None or self.how.reading is Reading.OWN

    @property
    def place(self) -> Place:
        """Where the price stands."""
        return self.line.origin.place("unit_price")


def priced_rows(context: Context, rule: Rule, tally: Tally) -> Iterator[Priced]:
    """Subsidised rows of the items whose ``price_owner`` is this rule; what a row lacks goes to the tally."""
    for item in context.programme.items.values():
        if context.owner(item) != rule.id:
            continue
        for line in context.lines(item.code):
            found = price_of(item, line, tally)
            if found is not None:
                yield found


def price_of(item: Item, line: Line, tally: Tally) -> Priced | None:
    """The row with its price; ``None``, and the input named, where price or unit are not to be had.

    A unit that leaves open on which side of its limit the price is, is named too, and the price compared all the same;
    one that leaves it open on one side only (節 for 小時) is named where the rule finds the price on that side.
    """
    tally.examine()
    if line.unit_price is None:
        tally.lacks(line.origin.place("unit_price").path)
        return None
    how = compared(item, line) if item.units else None
    if how is not None and how.certain_above is not how.certain_below:
        tally.lacks_by_limit(unit_path(line), line.origin.place("unit_price"), when_above=how.certain_below)
    elif how is not None and not how.certain_above:
        tally.lacks(unit_path(line))
        if how.reading is Reading.OTHER:
            return None
    return Priced(item=item, line=line, price=line.unit_price, how=how) if usable(line.unit_price) else None


def over(
    row: Priced, allowed: int, message: Text, explanation: Explanation, outcome: Outcome = Outcome.ERROR
) -> Finding:
    """A price above its limit, with the cut that mends it; for a person where its unit may mean another price."""
    if row.how is not None and not row.how.certain_above:
        return perhaps(row.item, row.line, row.price, allowed, row.how, explanation=explanation)
    return Finding(
        outcome=outcome,
        place=row.place,
        stated=row.price,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=message,
        remedy=lower(row.place, allowed),
        explanation=explanation,
        edits=price_edits(row.line, allowed),
        cut=Cut(categories=(category(row),), amount=price_cut(row.line, allowed)),
    )


def category(row: Priced) -> str:
    """Where the row is counted."""
    return row.line.category or row.item.category


def whole_row(row: Priced) -> Cut:
    """The cut that takes the row out."""
    return Cut(categories=(category(row),), amount=line_amount(row.line) or 0)
