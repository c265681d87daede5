"""Meals of cases that live in (個案伙食費): only for persons housed, and for no more of them than the plan houses."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Cut, Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Exact, Number, number, product
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.prices import (
    amount_edits,
    asks_nothing,
    priced,
    quantity_cut,
    quantity_edits,
    quantity_of,
    row_cut,
    unit_path,
    with_quantity,
)
from grantcalc.rules.programme import Item
from grantcalc.rules.reduce import Share, reduce_rows
from grantcalc.rules.remedies import LOOK, NONE_ALLOWED, lower
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Measure, Message, dollars
from grantcalc.units import Unit

UNSAID = Message("“{item}” is for persons housed only; the draft does not say how many it houses.")
NOBODY = Message("“{item}” of {stated} is for persons housed only; the draft houses nobody.")
PERSONS = Message("“{item}” counts {stated}; the draft houses {allowed}.")
DAYS = Message(
    "“{item}” counts {stated} in all, above the {allowed} that {housed} make on the {days} of the plan's period."
)
ASK = Message("whether cases are housed, and fill in how many at {place}.")
HOUSED = Message("persons housed")
PLAN_DAYS = Message("days of the plan's period")
PERSON_DAYS = Message("person-days of the persons housed")

FIELD = "caseload.housed"


@frozen(kw_only=True, eq=False, repr=False)
class HousedPersons:
    """``items``: those paid for a person housed and a day."""

    items: tuple[str, ...]


def check(context: Context, rule: Rule, values: HousedPersons) -> Verdict:
    """A finding for rows of a plan that houses nobody, and for more persons or days than it houses."""
    tally = Tally()
    housed = context.draft.caseload.housed
    for item in context.programme.items.values():
        lines = [line for line in context.lines(item.code) if not asks_nothing(line)]
        if item.code not in values.items or not lines:
            continue
        tally.examine(len(lines))
        if housed is None or housed < 0:
            tally.found(_unsaid(context, item))
        elif housed == 0:
            for line in lines:
                tally.found(_nobody(context, item, line))
        else:
            _judge_persons(context, item, lines, housed, tally)
    return tally.verdict()


def _unsaid(context: Context, item: Item) -> Finding:
    place = context.draft.place(FIELD)
    return Finding(
        outcome=Outcome.REVIEW,
        place=place,
        message=UNSAID(item=item.name),
        remedy=LOOK(ask=ASK(place=At(place))),
    )


def _nobody(context: Context, item: Item, line: Line) -> Finding:
    amount = line.origin.place("amount")
    cut = row_cut(context, line)
    return Finding(
        place=amount,
        stated=cut.amount,
        allowed=0,
        unit=Unit.DOLLAR,
        message=NOBODY(item=item.name, stated=dollars(cut.amount)),
        remedy=NONE_ALLOWED(place=amount),
        explanation=_housed(context, 0),
        edits=amount_edits(line, 0),
        cut=cut,
    )


def _housed(context: Context, housed: Number) -> Explanation:
    return Explanation(label=HOUSED, value=housed, unit=Unit.PERSON, origin=context.draft.place(FIELD))


def _judge_persons(context: Context, item: Item, lines: list[Line], housed: Number, tally: Tally) -> None:
    """Persons of each row, then the person-days of all together."""
    shares: list[Share] = []
    for line in lines:
        persons = quantity_of(line, Unit.PERSON)
        days = quantity_of(line, Unit.DAY) or quantity_of(line, Unit.PERSON_DAY)
        if days is None or priced(item, line) is None:
            tally.lacks(unit_path(line))
            continue
        kept = line
        if persons is not None and persons[1].number > housed:
            tally.found(_too_many(context, item, line, persons[0], housed))
            kept = with_quantity(line, persons[0], housed)
        # Another factor (3 meals) is as many person-days more.
        total = number(product(*(quantity.number for quantity in kept.quantities)))
        shares.append(Share(line=kept, index=days[0], total=total))
    _judge_days(context, item, shares, housed, tally)


def _too_many(context: Context, item: Item, line: Line, index: int, housed: Number) -> Finding:
    place = line.origin.place(f"quantities[{index}].number")
    stated = line.quantities[index].number
    return Finding(
        place=place,
        stated=stated,
        allowed=housed,
        unit=Unit.PERSON,
        message=PERSONS(item=item.name, stated=Measure(stated, Unit.PERSON), allowed=Measure(housed, Unit.PERSON)),
        remedy=lower(place, housed, Unit.PERSON),
        explanation=_housed(context, housed),
        edits=quantity_edits(line, index, housed),
        cut=Cut(categories=(item.category,), amount=quantity_cut(line, index, housed)),
    )


def _judge_days(context: Context, item: Item, shares: list[Share], housed: Number, tally: Tally) -> None:
    period = context.period
    days = (period.end - period.start).days + 1
    allowed = number(product(housed, days))
    total: Exact = sum((share.total for share in shares), 0)
    asked = number(total)
    if asked <= allowed:
        return
    reduced = reduce_rows(shares, number(asked - allowed))
    tally.found(
        Finding(
            place=reduced.place,
            stated=asked,
            allowed=allowed,
            unit=Unit.PERSON_DAY,
            message=DAYS(
                item=item.name,
                stated=Measure(asked, Unit.PERSON_DAY),
                allowed=Measure(allowed, Unit.PERSON_DAY),
                housed=Measure(housed, Unit.PERSON),
                days=Measure(days, Unit.DAY),
            ),
            remedy=reduced.remedy,
            explanation=Explanation(
                label=PERSON_DAYS,
                value=allowed,
                unit=Unit.PERSON_DAY,
                operation=Operation.PRODUCT,
                inputs=(
                    _housed(context, housed),
                    Explanation(label=PLAN_DAYS, value=days, unit=Unit.DAY, origin=context.draft.place("period")),
                ),
            ),
            edits=reduced.edits,
            cut=Cut(categories=(item.category,), amount=reduced.cut),
        )
    )


KIND = Kind(name="housed-persons", check=check, values=HousedPersons)
