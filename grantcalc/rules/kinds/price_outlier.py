"""An unlimited item priced far above what other drafts ask (單價偏離): by median and MAD, a convention of this project.

MAD is the median of the distances from the median (絕對離差中位數). A draft counts once for an item and unit, with the
median of its own prices; a price is compared with the other drafts' only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Explanation, Finding, Operation, Verdict
from grantcalc.money import Exact, Number, product, whole
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import usable
from grantcalc.rules.prices import priced
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Limit, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Message, Percent, dollars
from grantcalc.units import Unit

ALONE = Message("Prices are compared across drafts, not in one.")
FEW = Message("No item without a price limit is priced by {number} drafts of this programme among those given.")
HELD = Message("{number} prices of items without a limit were compared; none is far above those of the other drafts.")
FAR = Message(
    "“{item}” is priced at {stated} a {unit}; the {number} other drafts that price it ask {median} in the middle "
    "(median; MAD {mad}), and {bound} is where a price is far above. No limit of the document binds it."
)
ASK = Message("why the price at {place} is {times} of the middle of the others: a quotation, or what it includes.")
MEDIAN = Message("middle of the other drafts' prices (median)")
SPREAD = Message("middle of their distances from it (MAD)")
BY_SPREAD = Message("median and so many times the spread")
BY_RATIO = Message("median and the least ratio")
BOUND = Message("far above the other drafts from")
ADDED = Message("spread of prices that is usual")

Key = tuple[str, Unit | None]
"""An item's code and the unit of its price."""


@frozen(kw_only=True, eq=False, repr=False)
class PriceOutlier:
    """Far above: more than ``deviations`` × ``scale`` × MAD above the median of the others, and ``ratio`` of it.

    At least ``drafts`` drafts price the item, the one that is judged among them.
    """

    drafts: Limit
    deviations: Limit
    scale: Limit
    ratio: Limit


@frozen(kw_only=True)
class _Asked:
    """A price of a row of an item that no rule limits."""

    item: Item
    unit: Unit | None
    line: Line
    price: Number

    @property
    def key(self) -> Key:
        return self.item.code, self.unit


def check(context: Context, rule: Rule, values: PriceOutlier) -> Verdict:
    """Not applicable to one draft, and says why."""
    return Verdict(reason=ALONE())


def together(contexts: Sequence[Context], rule: Rule, values: PriceOutlier) -> tuple[Verdict, ...]:
    """A review of every price far above those of the other drafts of its programme."""
    asked = [_asked(context) for context in contexts]
    of_programme: defaultdict[str, list[int]] = defaultdict(list)
    for index, context in enumerate(contexts):
        of_programme[context.programme.id].append(index)
    verdicts: dict[int, Verdict] = {}
    for members in of_programme.values():
        prices = {index: _prices(asked[index]) for index in members}
        for index in members:
            others = _others(prices, index)
            verdicts[index] = _verdict(asked[index], others, rule, values)
    return tuple(verdicts[index] for index in range(len(contexts)))


def _asked(context: Context) -> list[_Asked]:
    """The subsidised rows with a price that no rule owns; what is wrong with a price is its own rule's finding."""
    found = []
    for line in context.subsidised_lines:
        item = context.item(line)
        if item is None or item.price_cap is not None or context.owner(item) is not None:
            continue
        if line.unit_price and usable(line.unit_price):
            unit = priced(item, line) or (line.quantities[0].unit if line.quantities else None)
            found.append(_Asked(item=item, unit=unit, line=line, price=line.unit_price))
    return found


def _prices(asked: Sequence[_Asked]) -> dict[Key, Fraction]:
    """What one draft asks for each item: the middle of its rows."""
    rows: defaultdict[Key, list[Fraction]] = defaultdict(list)
    for one in asked:
        rows[one.key].append(Fraction(one.price))
    return {key: median(prices) for key, prices in rows.items()}


def _others(prices: Mapping[int, Mapping[Key, Fraction]], own: int) -> dict[Key, list[Fraction]]:
    """What the other drafts ask for the items of this one."""
    return {
        key: [found[key] for index, found in prices.items() if index != own and key in found] for key in prices[own]
    }


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value; of an even number the mean of the two in the middle."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _verdict(
    asked: Sequence[_Asked],
    others: Mapping[Key, Sequence[Fraction]],
    rule: Rule,
    values: PriceOutlier,
) -> Verdict:
    tally = Tally()
    for one in asked:
        found = others[one.key]
        if len(found) + 1 < values.drafts.value:
            continue
        tally.examine()
        if Fraction(one.price) <= median(found) * Fraction(values.ratio.value):
            continue  # within one bound, and so within the larger of the two
        bound = _bound(found, values)
        if Fraction(one.price) > Fraction(bound.value):
            tally.found(_finding(one, found, bound, rule))
    if not asked:
        return tally.verdict()
    if not tally.examined:
        return tally.verdict(reason=FEW(number=int(values.drafts.value)))
    return tally.verdict(reason=None if tally.findings else HELD(number=tally.examined))


def _mad(others: Sequence[Fraction]) -> Fraction:
    middle = median(others)
    return median([abs(price - middle) for price in others])


def _bound(others: Sequence[Fraction], values: PriceOutlier) -> Explanation:
    """The larger of the two bounds: prices that are all alike have no spread, and a small difference is none."""
    middle, mad = median(others), _mad(others)
    centre = _money(MEDIAN, middle)
    usual = Explanation(
        label=ADDED,
        value=product(values.deviations.value, values.scale.value, mad),
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=(values.deviations.explained(), values.scale.explained(), _money(SPREAD, mad)),
    )
    by_spread = _money(BY_SPREAD, middle + Fraction(usual.value), Operation.SUM, (centre, usual))
    inputs = (centre, values.ratio.explained())
    by_ratio = _money(BY_RATIO, product(middle, values.ratio.value), Operation.PRODUCT, inputs)
    highest = max(Fraction(by_spread.value), Fraction(by_ratio.value))
    return _money(BOUND, highest, Operation.LARGEST, (by_spread, by_ratio))


def _money(
    label: Message, value: Exact, operation: Operation = Operation.GIVEN, inputs: tuple[Explanation, ...] = ()
) -> Explanation:
    return Explanation(label=label, value=value, unit=Unit.DOLLAR, operation=operation, inputs=inputs)


def _finding(one: _Asked, others: Sequence[Fraction], bound: Explanation, rule: Rule) -> Finding:
    place = one.line.origin.place("unit_price")
    middle = median(others)
    times = Percent(Fraction(whole(Fraction(one.price) * 100 / middle), 100))
    return Finding(
        outcome=rule.outcome,
        place=place,
        stated=one.price,
        unit=Unit.DOLLAR,
        message=FAR(
            item=one.item.name,
            stated=dollars(one.price),
            unit=one.unit or UNSAID(),
            number=len(others),
            median=dollars(whole(middle)),
            mad=dollars(whole(_mad(others))),
            bound=dollars(whole(bound.value)),
        ),
        remedy=LOOK(ask=ASK(place=At(place), times=times)),
        explanation=bound,
    )


UNSAID = Message("unit")

KIND = Kind(name="price-outlier", check=check, values=PriceOutlier, together=together)
