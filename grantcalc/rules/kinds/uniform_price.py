"""A price that the document fixes for estimates (統一估算): more is an error, less is only noted.

Rows that pay lodging or miscellaneous expenses alone have their own rules; beside rows of the estimate, which covers
both, a person must look whether they are paid twice.
"""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line, TravelPart
from grantcalc.finding import Cut, Finding, Outcome, Verdict
from grantcalc.money import Number
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount, usable
from grantcalc.rules.names import fold
from grantcalc.rules.prices import asks_nothing, price_cut, price_edits, priced, unit_path
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import LOOK, lower
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Value, dollars
from grantcalc.units import Unit

OVER = Message("“{item}” is estimated at {stated} a person and a day; the uniform estimate is {allowed}.")
LESS = Message("“{item}” is estimated at {stated} a person and a day, less than the uniform estimate of {allowed}.")
NOTHING = Message("Nothing must change; {allowed} could be asked for.")
TWICE = Message(
    "The row pays {part}, and “{item}” at {other} is estimated at {allowed} a person and a day, which covers it: the "
    "same journey may be paid twice."
)
ASK_TWICE = Message(
    "whether both rows pay the same journey; if so, take this row out of the subsidy, and if not, say in both rows "
    "which journeys they pay."
)
OWNED_ELSEWHERE = frozenset({TravelPart.LODGING, TravelPart.MISCELLANEOUS})


@frozen(kw_only=True, eq=False, repr=False)
class UniformPrice:
    """``items``, of all programmes that have the rule, are estimated at ``price``.

    ``part_words`` (住宿) tell a row that states no part of travel to pay a part alone, once ``part_except`` (含住宿)
    are taken out: nobody is told that it could ask for more, as another rule asks which part it pays.
    """

    items: tuple[str, ...]
    price: Limit
    part_words: tuple[str, ...] = ()
    part_except: tuple[str, ...] = ()


def check(context: Context, rule: Rule, values: UniformPrice) -> Verdict:
    """A finding for every subsidised row above the estimate, a note for one below."""
    tally = Tally()
    whole: list[tuple[Item, Line]] = []
    for item in context.programme.items.values():
        for line in context.lines(item.code) if item.code in values.items else ():
            if line.details.travel in OWNED_ELSEWHERE:
                continue
            tally.examine()
            part_named = _names_part(line, values)
            if line.details.travel is None and not part_named and not asks_nothing(line):
                whole.append((item, line))
            if line.unit_price is None:
                tally.lacks(line.origin.place("unit_price").path)
            elif priced(item, line) is None:
                tally.lacks(unit_path(line))
            elif usable(line.unit_price) and _differs(line.unit_price, values.price, part_named):
                tally.found(_finding(item, line, line.unit_price, values.price))
    if whole:
        _judge_parts(context, *whole[0], values.price, tally)
    return tally.verdict()


def _differs(stated: Number, limit: Limit, part_named: bool) -> bool:
    return stated > limit.value or (stated < limit.value and not part_named)


def _names_part(line: Line, values: UniformPrice) -> bool:
    text = fold(line.description or "")
    for word in values.part_except:
        text = text.replace(fold(word), "\n")
    return line.details.travel is None and any(fold(word) in text for word in values.part_words)


def _judge_parts(context: Context, item: Item, whole: Line, limit: Limit, tally: Tally) -> None:
    """Rows of a part of travel, beside one of the estimate that covers all parts."""
    for line in context.subsidised_lines:
        part = line.details.travel
        if part is None or part not in OWNED_ELSEWHERE or asks_nothing(line):
            continue
        other = At(whole.origin.place("unit_price"))
        tally.found(
            Finding(
                outcome=Outcome.REVIEW,
                place=line.origin.place("details.travel"),
                stated=line_amount(line) or 0,
                unit=Unit.DOLLAR,
                message=TWICE(part=part, item=item.name, other=other, allowed=dollars(limit.value)),
                remedy=LOOK(ask=ASK_TWICE()),
                explanation=limit.explained(),
            )
        )


def _finding(item: Item, line: Line, stated: Number, limit: Limit) -> Finding:
    allowed = int(limit.value)
    place = line.origin.place("unit_price")
    shown: dict[str, Value] = {"item": item.name, "stated": dollars(stated), "allowed": dollars(allowed)}
    if stated < allowed:
        return Finding(
            outcome=Outcome.NOTE,
            place=place,
            stated=stated,
            allowed=allowed,
            unit=Unit.DOLLAR,
            message=LESS(**shown),
            remedy=NOTHING(allowed=dollars(allowed)),
            explanation=limit.explained(),
        )
    return Finding(
        place=place,
        stated=stated,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=OVER(**shown),
        remedy=lower(place, allowed),
        explanation=limit.explained(),
        edits=price_edits(line, allowed),
        cut=Cut(categories=(item.category,), amount=price_cut(line, allowed)),
    )


KIND = Kind(name="uniform-price", check=check, values=UniformPrice)
