"""Rows of “other expenses” say what they are for (應列明支用項目)."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Verdict
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.programme import Item
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message

UNNAMED = Message("“{item}” does not say what it is for.")
NAME_IT = Message("Write at {place} what the money is for.")


@frozen(kw_only=True, eq=False, repr=False)
class OtherNamed:
    """The items that must be described."""

    items: tuple[str, ...]


def check(context: Context, rule: Rule, values: OtherNamed) -> Verdict:
    """A finding for every subsidised row without a description of its own."""
    tally = Tally()
    for line in context.lines(*values.items):
        item = context.programme.items[line.item or ""]
        tally.examine()
        if not _describes(item, line):
            place = line.origin.place("description")
            tally.found(
                Finding(
                    outcome=rule.outcome,
                    place=place,
                    message=UNNAMED(item=item.name),
                    remedy=NAME_IT(place=At(place)),
                )
            )
    return tally.verdict()


def _describes(item: Item, line: Line) -> bool:
    """False for an empty description and for one that only repeats the item's name."""
    text = (line.description or "").strip()
    return bool(text) and text not in {item.name.zh, item.name.en, *item.aliases}


KIND = Kind(name="other-named", check=check, values=OtherNamed)
