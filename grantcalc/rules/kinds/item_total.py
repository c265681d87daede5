"""A limit on all rows of an item together (項目總額上限): so much for the plan, however many rows it is split into."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Cut, Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.lowering import edits_of, rows_lowered, told
from grantcalc.rules.programme import Item
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, dollars
from grantcalc.units import Unit

OVER = Message("“{item}” asks for {stated} in all, above the limit of {allowed} for the whole plan.")


@frozen(kw_only=True, eq=False, repr=False)
class ItemTotal:
    """All subsidised rows of each of ``items`` ask for at most ``most`` together."""

    items: tuple[str, ...]
    most: Limit


def check(context: Context, rule: Rule, values: ItemTotal) -> Verdict:
    """One finding for each item that asks for more, on its dearest row."""
    tally = Tally()
    for item in context.programme.items.values():
        if item.code in values.items:
            _judge(item, context.lines(item.code), values.most, tally)
    return tally.verdict()


def _judge(item: Item, lines: list[Line], most: Limit, tally: Tally) -> None:
    tally.examine(len(lines))
    tally.lacks(*(line.origin.place("amount").path for line in lines if line_amount(line) is None))
    stated, allowed = sum(line_amount(line) or 0 for line in lines), int(most.value)
    if stated <= allowed:
        return
    changed = rows_lowered(lines, stated - allowed)
    tally.found(
        Finding(
            place=changed[0].line.origin.place("amount"),
            stated=stated,
            allowed=allowed,
            unit=Unit.DOLLAR,
            message=OVER(item=item.name, stated=dollars(stated), allowed=dollars(allowed)),
            remedy=told(item.name, allowed, changed),
            explanation=most.explained(),
            edits=edits_of(changed),
            cut=Cut(categories=(item.category,), amount=stated - allowed),
        )
    )


KIND = Kind(name="item-total", check=check, values=ItemTotal)
