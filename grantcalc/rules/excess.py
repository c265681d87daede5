"""Limits a person and a month or a day (每人每月、每人每日上限): what is above them, and how it is taken off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Cut, Edit, Explanation, Finding, Operation, Place
from grantcalc.money import Rounding, whole
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import line_amount
from grantcalc.rules.loads import OF_A_PERSON, Excess, Load, above, scaled, within
from grantcalc.rules.names import same_name
from grantcalc.rules.prices import amount_edits, quantity_cut, quantity_edits, quantity_of, with_quantity
from grantcalc.rules.remedies import Change, lower_all
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Text, dollars, plus
from grantcalc.units import Unit

PART = Message("{paid} ({place})")
SOMEBODY = Message("a person")
OF_PLAN = Message("the monthly limit for every month of the plan")
PLAN_MONTHS = Message("months of the plan's period")


@frozen(kw_only=True)
class Taken:
    """How an excess is taken off: what to change, all edits, their dollars, and what is left of the rows."""

    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]
    amount: int
    loads: tuple[Load, ...]

    @property
    def place(self) -> Place:
        """Where the finding stands: the field to lower first."""
        return self.changes[0].place

    @property
    def remedy(self) -> Text:
        """What the applicant types."""
        return lower_all(self.changes)


def take_off(excess: Excess, units: Sequence[Unit]) -> Taken:
    """Lower the rows that pay most until the excess is gone: of each the first of these units that can be lowered."""
    changes: list[Change] = []
    edits: list[Edit] = []
    loads: list[Load] = []
    amount, left = 0, excess.stated - excess.allowed
    for load in sorted(excess.loads, key=lambda load: (-excess.paid(load), load.line.ref or "")):
        before = excess.paid(load)
        kept = max(before - left, Fraction(0))
        left -= before - kept
        if kept == before:
            loads.append(load)
            continue
        found = _lowered(load.line, kept / before, units)
        if found is None:
            place = load.line.origin.place("amount")
            changes.append(Change(place=place, value=0))
            edits += amount_edits(load.line, 0)
            amount += line_amount(load.line) or 0
        else:
            place = load.line.origin.place(f"quantities[{found[0]}].number")
            changes.append(Change(place=place, value=found[1], unit=load.line.quantities[found[0]].unit))
            edits += quantity_edits(load.line, *found)
            amount += quantity_cut(load.line, *found)
            loads.append(evolve(scaled(load, kept / before), line=with_quantity(load.line, *found)))
    return Taken(changes=tuple(changes), edits=tuple(edits), amount=amount, loads=tuple(loads))


def _lowered(line: Line, share: Fraction, units: Sequence[Unit]) -> tuple[int, int] | None:
    """The first quantity of which a whole number is left, and that number.

    Fewer person-days of a row that names nobody may be fewer persons, and no less for each.
    """
    for unit in units:
        found = None if unit in OF_A_PERSON and not line.details.person else quantity_of(line, unit)
        left = whole(Fraction(found[1].number) * share, Rounding.DOWN) if found else 0
        if found is not None and left:
            return found[0], left
    return None


def judge(
    loads: Iterable[Load],
    limit: int,
    tally: Tally,
    units: Sequence[Unit],
    finding: Callable[[Excess, Taken], Finding],
    spans: int | None = None,
) -> tuple[Load, ...]:
    """Every limit a person passes, and what is not known of the others; the rows as they are when that is mended.

    Rows without a person stand for somebody else each, unless all of them together could be one person's too much.
    """
    persons: defaultdict[str, list[Load]] = defaultdict(list)
    for load in loads:
        name = load.line.details.person
        persons[same_name(name) if name else f" {load.line.origin.path}"].append(load)
    mended: list[Load] = []
    for own in persons.values():
        left = own
        while (excess := above(left, limit, spans)) is not None:
            taken = take_off(excess, units)
            tally.found(finding(excess, taken))
            gone = {id(one) for one in excess.loads}
            left = [one for one in left if id(one) not in gone] + list(taken.loads)
        if not within(left, limit):
            tally.lacks(*_unknown(left))
        mended += left
    nameless = [load for load in mended if not load.line.details.person]
    if len(persons) > 1 and nameless and not within(mended, limit):
        tally.lacks(*(load.line.origin.place("details.person").path for load in nameless))
    return tuple(mended)


def _unknown(loads: Sequence[Load]) -> list[str]:
    """What would tell how the rows fall together: their quantities, else their dates."""
    vague = [load.line.origin.place("quantities").path for load in loads if not load.is_known]
    free = [load for load in loads if load.span is None and not load.always]
    return vague or [load.line.origin.place("details.date").path for load in free]


def found(context: Context, excess: Excess, taken: Taken, message: Message, limit: Explanation) -> Finding:
    """The finding: ``message`` names item, person, what is stated and allowed, and the rows that make it."""
    line = excess.loads[0].line
    stated = whole(excess.stated, Rounding.UP)
    parts = (PART(paid=dollars(excess.paid(load)), place=load.line.origin.place()) for load in excess.loads)
    categories = dict.fromkeys(context.programme.category_of(load.line) for load in excess.loads)
    return Finding(
        place=taken.place,
        stated=stated,
        allowed=excess.allowed,
        unit=Unit.DOLLAR,
        message=message(
            item=context.programme.items[line.item or ""].name,
            person=line.details.person or SOMEBODY(),
            stated=dollars(stated),
            allowed=dollars(excess.allowed),
            parts=plus(parts),
        ),
        remedy=taken.remedy,
        explanation=_explained(context, excess, limit),
        edits=taken.edits,
        cut=Cut(categories=tuple(categories), amount=taken.amount),
    )


def _explained(context: Context, excess: Excess, limit: Explanation) -> Explanation:
    if not excess.in_all:
        return limit
    period = context.draft.place("period")
    months = Explanation(label=PLAN_MONTHS, value=excess.allowed // int(limit.value), unit=Unit.MONTH, origin=period)
    return Explanation(
        label=OF_PLAN,
        value=excess.allowed,
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=(limit, months),
    )
