"""Office rent (辦公室租金): so much a month, for the months of the plan, with a lease and one subsidy a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from grantcalc import roc
from grantcalc.draft.model import Line
from grantcalc.finding import Cut, Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.letters import official
from grantcalc.money import Exact, Number, number, product
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import usable
from grantcalc.rules.names import same_name
from grantcalc.rules.prices import asks_nothing, price_cut, price_edits, quantity_of, unit_path
from grantcalc.rules.programme import Item
from grantcalc.rules.reduce import Share, reduce_rows
from grantcalc.rules.remedies import LOOK, lower
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Measure, Message, dollars, joined
from grantcalc.units import Unit

PRICE = Message("“{item}” asks for {stated} a month, above the cap of {allowed}.")
MONTHS = Message("“{item}” asks for {stated} in all; the plan runs {allowed}.")
LEASE = Message("“{item}” needs a lease, and one place is subsidised once.")
PLACES = Message(
    "“{item}” asks for {number} places at {stated} a month in all ({places}), above {allowed}: whether that is the cap "
    "of each place or of the applicant is not printed."
)
PLACE_RENT = Message("{place} {rent}")
UNSAID = Message("no place stated")
ASK_PLACES = Message(
    "whether the places are rented at the same time, and whether the cap holds for each place or for the applicant."
)
PLAN_MONTHS = Message("months of the plan's period")


@frozen(kw_only=True, eq=False, repr=False)
class OfficeRent:
    """``item`` costs at most ``monthly``; ``ask`` names the documents a person must look at."""

    item: str
    monthly: Limit
    ask: Bilingual


def check(context: Context, rule: Rule, values: OfficeRent) -> Verdict:
    """A finding for each price above the cap, one for too many months of a place, reviews of places and lease."""
    tally = Tally()
    item = context.programme.items[values.item]
    lines = [line for line in context.lines(values.item) if not asks_nothing(line)]
    shares: list[Share] = []
    for line in lines:
        tally.examine()
        months = quantity_of(line, Unit.MONTH)
        if months is None:
            # What the price is for is not said: the unit is the fault, or the input that is missing.
            tally.lacks(unit_path(line))
            continue
        _judge_price(item, line, values.monthly, tally)
        # Another factor (2 rooms) is as many months more.
        total = number(product(*(quantity.number for quantity in line.quantities)))
        shares.append(Share(line=line, index=months[0], total=total))
    places = _by_place(shares)
    for of_place in places.values():
        _judge_months(context, item, of_place, tally)
    _judge_places(item, places, values.monthly, tally)
    if lines:
        tally.found(
            Finding(
                outcome=Outcome.REVIEW,
                place=min(lines, key=lambda line: line.ref or "").origin.place("item"),
                message=LEASE(item=item.name),
                remedy=LOOK(ask=values.ask),
            )
        )
    return tally.verdict()


def _by_place(shares: Sequence[Share]) -> Mapping[str, list[Share]]:
    """Rows by their place as it is compared; one place and rows that name none are the same."""
    found: dict[str, list[Share]] = {}
    for share in shares:
        found.setdefault(official(same_name(share.line.details.place or "")), []).append(share)
    return {"": list(shares)} if len([place for place in found if place]) <= 1 else found


def _judge_places(item: Item, places: Mapping[str, list[Share]], limit: Limit, tally: Tally) -> None:
    """Several places that pass the cap together, though none by itself: the document does not say whose cap it is."""
    # A price above the cap is a fault of its own; here it counts as what it may be at most.
    rents = {place: min(_rent(shares), int(limit.value)) for place, shares in places.items()}
    stated = sum(rents.values())
    if stated <= limit.value:
        return
    told = [(_first(places[place]).details.place or UNSAID(), dollars(rent)) for place, rent in rents.items()]
    tally.found(
        Finding(
            outcome=Outcome.REVIEW,
            place=_first([share for shares in places.values() for share in shares]).origin.place("details.place"),
            stated=stated,
            unit=Unit.DOLLAR,
            message=PLACES(
                item=item.name,
                number=len(places),
                stated=dollars(stated),
                places=joined(PLACE_RENT(place=place, rent=rent) for place, rent in told),
                allowed=dollars(limit.value),
            ),
            remedy=LOOK(ask=ASK_PLACES()),
            explanation=limit.explained(),
        )
    )


def _first(shares: Sequence[Share]) -> Line:
    return min((share.line for share in shares), key=lambda line: line.ref or "")


def _rent(shares: Sequence[Share]) -> int:
    """The highest rent a month of a place."""
    return max((int(share.line.unit_price or 0) for share in shares), default=0)


def _judge_price(item: Item, line: Line, limit: Limit, tally: Tally) -> None:
    place = line.origin.place("unit_price")
    stated, allowed = line.unit_price, int(limit.value)
    if stated is None:
        tally.lacks(place.path)
        return
    if not usable(stated) or stated <= allowed:
        return
    tally.found(
        Finding(
            place=place,
            stated=stated,
            allowed=allowed,
            unit=Unit.DOLLAR,
            message=PRICE(item=item.name, stated=dollars(stated), allowed=dollars(allowed)),
            remedy=lower(place, allowed),
            explanation=limit.explained(),
            edits=price_edits(line, allowed),
            cut=Cut(categories=(item.category,), amount=price_cut(line, allowed)),
        )
    )


def _judge_months(context: Context, item: Item, shares: Sequence[Share], tally: Tally) -> None:
    allowed = roc.months_touched(context.period.start, context.period.end)
    exact: Exact = sum((share.total for share in shares), 0)
    asked: Number = number(exact)
    if asked <= allowed:
        return
    reduced = reduce_rows(shares, asked - allowed)
    leaf = Explanation(
        label=PLAN_MONTHS,
        value=allowed,
        unit=Unit.MONTH,
        origin=context.draft.place("period"),
        operation=Operation.GIVEN,
    )
    tally.found(
        Finding(
            place=reduced.place,
            stated=asked,
            allowed=allowed,
            unit=Unit.MONTH,
            message=MONTHS(item=item.name, stated=Measure(asked, Unit.MONTH), allowed=Measure(allowed, Unit.MONTH)),
            remedy=reduced.remedy,
            explanation=leaf,
            edits=reduced.edits,
            cut=Cut(categories=(item.category,), amount=reduced.cut),
        )
    )


KIND = Kind(name="office-rent", check=check, values=OfficeRent)
