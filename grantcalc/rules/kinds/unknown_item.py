"""Every row is one of the programme's items (經費項目), under that item's own category (經費類別).

A row of a category that another rule owns (capital, categories not subsidised) is left to that rule, and so is a row
whose own name says that it is refused.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Verdict
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.kinds.refused_words import Words, words_of
from grantcalc.rules.prices import asks_nothing
from grantcalc.rules.programme import Item
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, joined

UNKNOWN = Message("“{item}” is not an item of this programme.")
NO_ITEM = Message("The row names no item.")
NEAREST = Message("Choose an item of the programme at {place}; the nearest by name: {nearest}.")
CHOOSE = Message("Choose an item of the programme at {place}.")
CATEGORY = Message("“{item}” belongs to “{category}”, not to “{stated}”.")
MOVE = Message("Set {place} to “{category}”.")

_SUGGESTIONS = 3
_LEAST_LIKENESS = 40


@frozen(kw_only=True, eq=False, repr=False)
class UnknownItem:
    """Rules that own rows of capital categories, and rows of categories the programme does not have."""

    capital_owners: tuple[str, ...] = ()
    category_owners: tuple[str, ...] = ()


def check(context: Context, rule: Rule, values: UnknownItem) -> Verdict:
    """A finding for every row without a known item, or with its item under another category."""
    tally = Tally()
    refused = words_of(context.programme, context.tables)
    for line in context.draft.lines:
        if _owned_elsewhere(context, values, line) or _is_refused(context, line, refused):
            continue
        tally.examine()
        if line.item is None and "item" in line.unread:  # a part of what posts cost: there is no item to choose
            tally.lacks(line.origin.place("item").path)
            continue
        item = context.item(line)
        if item is None:
            tally.found(_unknown(context, rule, line))
        elif line.category is not None and line.category != item.category:
            tally.found(_misplaced(context, item, line, line.category))
    return tally.verdict()


def _owned_elsewhere(context: Context, values: UnknownItem, line: Line) -> bool:
    known = context.programme.rules_by_id
    if line.category is None:
        return False
    if line.category in context.programme.parameters.capital_categories:
        return any(owner in known for owner in values.capital_owners)
    if context.programme.category(line.category) is None:
        return any(owner in known for owner in values.category_owners)
    return False


def _is_refused(context: Context, line: Line, refused: Words | None) -> bool:
    """True for an unlisted item whose own name is refused: that is its one fault."""
    if refused is None or not line.item or not line.subsidised or asks_nothing(line) or context.item(line):
        return False
    return refused.refuses(line.item)


def _unknown(context: Context, rule: Rule, line: Line) -> Finding:
    place = line.origin.place("item")
    written = line.item or line.description or ""
    nearest = _nearest(context, written) if written else []
    return Finding(
        outcome=rule.outcome,
        place=place,
        message=UNKNOWN(item=line.item) if line.item else NO_ITEM(),
        remedy=NEAREST(place=At(place), nearest=joined(nearest)) if nearest else CHOOSE(place=At(place)),
    )


def _misplaced(context: Context, item: Item, line: Line, stated: str) -> Finding:
    place = line.origin.place("category")
    right, wrong = context.programme.category(item.category), context.programme.category(stated)
    category = right.title if right else item.category
    return Finding(
        place=place,
        message=CATEGORY(item=item.name, category=category, stated=wrong.title if wrong else stated),
        remedy=MOVE(place=place, category=category),
    )


def _nearest(context: Context, written: str) -> list[Bilingual]:
    from rapidfuzz import fuzz, process

    names = {
        name: item
        for item in context.programme.items.values()
        for name in (item.code, item.name.zh, item.name.en, *item.aliases)
    }
    ranked = process.extract(written, list(names), scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_LEAST_LIKENESS)
    return list(dict.fromkeys(names[name].name for name, _, _ in ranked))


KIND = Kind(name="unknown-item", check=check, values=UnknownItem)
