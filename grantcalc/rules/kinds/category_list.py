"""The subsidy pays only these categories (補助項目): a subsidised row in another one is refused."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Cut, Explanation, Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.prices import amount_edits, asks_nothing
from grantcalc.rules.remedies import lower
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Joined, Message, joined
from grantcalc.units import Unit

OUTSIDE = Message("“{category}” is paid from the subsidy; it pays only {allowed}.")
NOTHING = Message("subsidy for “{category}”")


@frozen(kw_only=True, eq=False, repr=False)
class CategoryList:
    """``categories``: the official names of those that the subsidy pays."""

    categories: tuple[str, ...]


def check(context: Context, rule: Rule, values: CategoryList) -> Verdict:
    """A finding for every subsidised row of another category."""
    tally = Tally()
    allowed = joined(found.title if (found := context.programme.category(name)) else name for name in values.categories)
    for line in context.subsidised_lines:
        item = context.item(line)
        category = line.category or (item.category if item else None)
        tally.examine()
        if asks_nothing(line):
            continue
        if category is None:
            tally.lacks(line.origin.place("category").path)
        elif category not in values.categories:
            tally.found(_finding(line, category, allowed))
    return tally.verdict()


def _finding(line: Line, category: str, allowed: Joined) -> Finding:
    place = line.origin.place("amount")
    amount = line_amount(line)
    return Finding(
        place=place,
        stated=amount,
        allowed=0,
        unit=Unit.DOLLAR,
        message=OUTSIDE(category=category, allowed=allowed),
        remedy=lower(place, 0),
        explanation=Explanation(label=NOTHING(category=category), value=0, unit=Unit.DOLLAR),
        edits=amount_edits(line, 0),
        cut=Cut(categories=(category,), amount=amount or 0),
    )


KIND = Kind(name="category-list", check=check, values=CategoryList)
