"""Limits of quantity (數量上限): hours a time or day and persons a time of each row, times of an item's rows together.

The limits stand in the item's row of items.csv. Times count by month of the plan, by year, or by case: a row that names
its cases (件) says how often each is served; one that does not, and has more times than a case may have, cannot be
judged: the plan's cases say nothing of how its times are spread.
"""

from __future__ import annotations

from attrs import evolve, frozen

from grantcalc import roc
from grantcalc.draft.model import Line, Quantity
from grantcalc.finding import Cut, Explanation, Finding, Operation, Verdict
from grantcalc.money import Exact, Number, number, product
from grantcalc.rules.context import Context
from grantcalc.rules.prices import (
    CASE,
    MONTH,
    asks_nothing,
    quantity_cut,
    quantity_edits,
    quantity_of,
    times_of,
    unit_path,
)
from grantcalc.rules.programme import Item
from grantcalc.rules.reduce import Share, capped, reduce_rows
from grantcalc.rules.remedies import lower
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.sources import Citation
from grantcalc.text import Measure, Message, Value
from grantcalc.units import Unit

HOURS = Message("“{item}” takes {stated} a time, above the limit of {allowed}.")
DAY_HOURS = Message("“{item}” takes {stated} a day, above the limit of {allowed}.")
PERSONS = Message("“{item}” pays {stated} a time, above the limit of {allowed}.")
TIMES = Message("“{item}” is planned {stated} in all, above the limit of {allowed}.")
PER_CASE = Message("“{item}” is planned {stated} a case, above the limit of {allowed}.")
OF_CASES = Message("“{item}” is planned {stated} in all, above the limit of {allowed} ({times} a case × {cases}).")
A_TIME = Message("limit a time of {item}")
A_DAY = Message("limit a day of {item}")
TIMES_LIMIT = Message("limit of times of {item}")
TIMES_A_MONTH = Message("times a month")
PLAN_MONTHS = Message("months of the plan's period")
A_CASE = Message("limit of times a case of {item}")
CASES = Message("cases of the plan")

CASES_OF_ROW = "quantities.case"
"""The factor of a row that says its cases, where it has none."""
DAYS = frozenset({Unit.DAY, Unit.PERSON_DAY})

Found = tuple[int, Quantity]
"""A quantity and its position in the row."""


@frozen(kw_only=True, eq=False, repr=False)
class QuantityLimit:
    """``codes``: the items whose limits this rule owns, of all programmes that have it."""

    codes: tuple[str, ...]


def check(context: Context, rule: Rule, values: QuantityLimit) -> Verdict:
    """A finding for each quantity above its limit, and one for each item planned too often."""
    tally = Tally()
    for item in context.programme.items.values():
        if item.code in values.codes:
            _judge_item(context, item, tally)
    return tally.verdict()


def _judge_item(context: Context, item: Item, tally: Tally) -> None:
    shares: list[Share] = []
    for line in context.lines(item.code):
        tally.examine()
        if not asks_nothing(line):
            shares += _judge_row(context, item, line, tally)
    if item.times_limit is None or not shares:
        return
    if item.times_per == CASE:
        _judge_cases(context, item, shares, item.times_limit, tally)
    else:
        _judge_times(context, item, shares, _limit(context, item), tally)


def _judge_row(context: Context, item: Item, line: Line, tally: Tally) -> list[Share]:
    """Hours and persons of one row; its times, for the sum."""
    times = times_of(line, months_count=item.times_per == MONTH)
    hours = quantity_of(line, Unit.HOUR)
    if hours is None and (item.hours_per_time or item.hours_per_day):
        tally.lacks(unit_path(line))
    if times is None and (item.times_limit is not None or _above(hours, item.hours_per_time)):
        # Without times the hours are a total, which says nothing of one time.
        tally.lacks(line.origin.place("quantities").path)
    elif times is not None:
        _judge_quantity(context, item, line, hours, item.hours_per_time, (HOURS, A_TIME), tally)
    if any(quantity.unit in DAYS for quantity in line.quantities):
        _judge_quantity(context, item, line, hours, item.hours_per_day, (DAY_HOURS, A_DAY), tally)
    elif _above(hours, item.hours_per_day):
        tally.lacks(line.origin.place("quantities").path)
    persons = quantity_of(line, Unit.PERSON)
    _judge_quantity(context, item, line, persons, item.persons_per_time, (PERSONS, A_TIME), tally)
    return [Share(line=line, index=times[0], total=times[1])] if times else []


def _above(found: Found | None, limit: int | None) -> bool:
    return found is not None and limit is not None and found[1].number > limit


def _judge_quantity(
    context: Context,
    item: Item,
    line: Line,
    found: Found | None,
    allowed: int | None,
    words: tuple[Message, Message],
    tally: Tally,
) -> None:
    if allowed is None or found is None or not _above(found, allowed):
        return
    index, quantity = found
    message, label = words
    unit = quantity.unit
    place = line.origin.place(f"quantities[{index}].number")
    origin = _origin(context, item)
    tally.found(
        Finding(
            place=place,
            stated=quantity.number,
            allowed=allowed,
            unit=unit,
            message=message(item=item.name, stated=Measure(quantity.number, unit), allowed=Measure(allowed, unit)),
            remedy=lower(place, allowed, unit),
            citations=(origin,),
            explanation=Explanation(label=label(item=item.name), value=allowed, unit=unit, origin=origin),
            edits=quantity_edits(line, index, allowed),
            cut=Cut(categories=(item.category,), amount=quantity_cut(line, index, allowed)),
        )
    )


def _judge_cases(context: Context, item: Item, shares: list[Share], limit: int, tally: Tally) -> None:
    """Times a case: of each row that names its cases, then of all rows over the plan's cases."""
    origin = _origin(context, item)
    a_case = Explanation(label=A_CASE(item=item.name), value=limit, unit=Unit.TIME, origin=origin)
    together: list[Share] = []
    unsaid: list[Line] = []
    known: Number = 1
    for share in shares:
        cases = quantity_of(share.line, Unit.CASE)
        if cases is None:
            if share.total > limit:
                unsaid.append(share.line)
            together.append(share)
            continue
        if share.total > limit:
            tally.found(_too_often(context, item, [share], share.total, a_case, PER_CASE))
        kept = capped(share, limit)
        together.append(evolve(kept, total=number(product(kept.total, cases[1].number))))
        known = max(known, cases[1].number)
    tally.lacks(*(line.origin.place(CASES_OF_ROW).path for line in unsaid))
    if _sum(together) <= limit * known:
        return
    # More than the cases of any one row can have: the rows serve more cases than that, or serve them twice.
    stated = context.draft.caseload.cases
    if stated is None:
        if not unsaid:
            tally.lacks(context.draft.place("caseload.cases").path)
    else:
        _judge_times(context, item, together, _of_cases(context, item, a_case, max(stated, known)), tally)


def _of_cases(context: Context, item: Item, a_case: Explanation, cases: Number) -> Explanation:
    origin = context.draft.place("caseload.cases")
    return Explanation(
        label=TIMES_LIMIT(item=item.name),
        value=int(product(a_case.value, cases)),
        unit=Unit.TIME,
        operation=Operation.PRODUCT,
        inputs=(a_case, Explanation(label=CASES, value=cases, unit=Unit.CASE, origin=origin)),
    )


def _judge_times(context: Context, item: Item, shares: list[Share], limit: Explanation, tally: Tally) -> None:
    asked = _sum(shares)
    if asked > limit.value:
        tally.found(_too_often(context, item, shares, asked, limit, OF_CASES if item.times_per == CASE else TIMES))


def _sum(shares: list[Share]) -> Number:
    total: Exact = sum((share.total for share in shares), 0)
    return number(total)


def _too_often(
    context: Context, item: Item, shares: list[Share], asked: Number, limit: Explanation, message: Message
) -> Finding:
    allowed = int(limit.value)
    reduced = reduce_rows(shares, number(asked - allowed))
    shown: dict[str, Value] = {"stated": Measure(asked, Unit.TIME), "allowed": Measure(allowed, Unit.TIME)}
    if message is OF_CASES:
        shown |= {"times": limit.inputs[0].measure, "cases": limit.inputs[1].measure}
    return Finding(
        place=reduced.place,
        stated=asked,
        allowed=allowed,
        unit=Unit.TIME,
        message=message(item=item.name, **shown),
        remedy=reduced.remedy,
        citations=(_origin(context, item),),
        explanation=limit,
        edits=reduced.edits,
        cut=Cut(categories=(item.category,), amount=reduced.cut),
    )


def _limit(context: Context, item: Item) -> Explanation:
    times = item.times_limit or 0
    origin = _origin(context, item)
    label = TIMES_LIMIT(item=item.name)
    if item.times_per != MONTH:
        return Explanation(label=label, value=times, unit=Unit.TIME, origin=origin)
    months = roc.months_touched(context.period.start, context.period.end)
    return Explanation(
        label=label,
        value=times * months,
        unit=Unit.TIME,
        operation=Operation.PRODUCT,
        inputs=(
            Explanation(label=TIMES_A_MONTH, value=times, unit=Unit.TIME, origin=origin),
            Explanation(label=PLAN_MONTHS, value=months, unit=Unit.MONTH, origin=context.draft.place("period")),
        ),
    )


def _origin(context: Context, item: Item) -> Citation:
    return Citation(source=context.programme.source, section=item.section)


KIND = Kind(name="quantity-limit", check=check, values=QuantityLimit)
