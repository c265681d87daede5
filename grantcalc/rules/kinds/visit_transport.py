"""Transport for visits by distance (訪視交通費): the price of a person and a day is at most the band of its kilometres.

The documents print both bands at a shared limit: there the lower amount passes and the higher is for a person to judge.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Cut, Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Exact, Number
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import usable
from grantcalc.rules.prices import price_cut, price_edits, priced, unit_path
from grantcalc.rules.programme import Item
from grantcalc.rules.remedies import LOOK, lower
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.sources import Citation
from grantcalc.tabledata import Row
from grantcalc.text import Measure, Message, Value, dollars
from grantcalc.units import Unit

OVER = Message("“{item}” is priced at {stated} a person and a day; {km} allow {allowed}.")
SHARED = Message("“{item}” is priced at {stated}; at exactly {km} the document names both {lower} and {higher}.")
WHICH = Message("decide which of the two bands holds at exactly {km}; {lower} holds in any case.")
NO_BAND = Message("“{item}” is priced at {stated}, which no band of distance has; the next lower one is {allowed}.")
BAND = Message("band of {km}")
BASE_BAND = Message("last band, above {km}")
INCREMENTS = Message("full steps of {per} above {above}, at {amount} each")
NEXT_BAND = Message("largest band below the stated price")


@frozen(kw_only=True, eq=False, repr=False)
class VisitTransport:
    """The item, its table of bands, and the table of what is added above the last band."""

    item: str
    bands: str
    increment: str


@frozen(kw_only=True, eq=False, repr=False)
class Bands:
    """The bands of one document (公里數級距), lowest first."""

    rows: tuple[Row, ...]
    above: int
    per: int
    step: int
    citation: Citation

    def allowed(self, km: Exact) -> tuple[int, int]:
        """The lower and the higher amount of a distance; equal except at a shared limit."""
        if km > self.above:
            steps = Fraction(km - self.above) / self.per
            full = int(steps)
            higher = self.last + full * self.step
            return (higher - self.step if full == steps else higher), higher
        amounts = [
            int(row["amount"])
            for row in self.rows
            if row["km_from"] <= km and (row["km_to"] is None or km <= row["km_to"])
        ]
        return min(amounts), max(amounts)

    @property
    def first(self) -> int:
        """The amount of the shortest distance."""
        return int(self.rows[0]["amount"])

    @property
    def last(self) -> int:
        """The amount of the last band, before anything is added."""
        return int(self.rows[-1]["amount"])

    def next_lower(self, price: Number) -> int:
        """The largest amount of any distance that is not above a price, which must reach the first band."""
        if price >= self.last:
            return self.last + int((price - self.last) // self.step) * self.step
        return max(int(row["amount"]) for row in self.rows if row["amount"] <= price)

    def explained(self, km: Exact, allowed: int) -> Explanation:
        """The amount of a distance as a tree."""
        shown = Measure(km, Unit.KM)
        if km <= self.above:
            return Explanation(label=BAND(km=shown), value=allowed, unit=Unit.DOLLAR, origin=self.citation)
        label = INCREMENTS(
            per=Measure(self.per, Unit.KM), above=Measure(self.above, Unit.KM), amount=dollars(self.step)
        )
        base = BASE_BAND(km=Measure(self.above, Unit.KM))
        return Explanation(
            label=BAND(km=shown),
            value=allowed,
            unit=Unit.DOLLAR,
            operation=Operation.SUM,
            inputs=(
                Explanation(label=base, value=self.last, unit=Unit.DOLLAR, origin=self.citation),
                Explanation(label=label, value=allowed - self.last, unit=Unit.DOLLAR, origin=self.citation),
            ),
        )


def read_bands(context: Context, values: VisitTransport) -> Bands:
    """The bands from their two tables."""
    table = context.tables[values.bands]
    more = context.tables[values.increment].rows[0]
    return Bands(
        rows=table.rows,
        above=more["above_km"],
        per=more["per_km"],
        step=more["amount"],
        citation=table.info.citation,
    )


def check(context: Context, rule: Rule, values: VisitTransport) -> Verdict:
    """A finding for every subsidised row priced above the band of its distance."""
    tally = Tally()
    item = context.programme.items[values.item]
    bands = read_bands(context, values)
    for line in context.lines(values.item):
        tally.examine()
        if line.unit_price is None:
            tally.lacks(line.origin.place("unit_price").path)
        elif priced(item, line) is None:
            tally.lacks(unit_path(line))
        elif usable(line.unit_price):
            _judge(item, line, line.unit_price, bands, tally)
    return tally.verdict()


def _judge(item: Item, line: Line, price: Number, bands: Bands, tally: Tally) -> None:
    km = line.details.km
    if km is None or km < 0:
        _without_distance(item, line, price, bands, tally)
        return
    sure, doubtful = bands.allowed(km)
    if price > doubtful:
        explanation = bands.explained(km, doubtful)
        tally.found(_over(item, line, price, doubtful, explanation, km))
    elif price > sure:
        shown, low, high = Measure(km, Unit.KM), dollars(sure), dollars(doubtful)
        tally.found(
            Finding(
                outcome=Outcome.REVIEW,
                place=line.origin.place("unit_price"),
                stated=price,
                allowed=sure,
                unit=Unit.DOLLAR,
                message=SHARED(item=item.name, stated=dollars(price), km=shown, lower=low, higher=high),
                remedy=LOOK(ask=WHICH(km=shown, lower=low)),
                explanation=bands.explained(km, sure),
                edits=price_edits(line, sure),
            )
        )


def _without_distance(item: Item, line: Line, price: Number, bands: Bands, tally: Tally) -> None:
    if price <= bands.first:
        return
    allowed = bands.next_lower(price)
    if allowed == price:
        tally.lacks(line.origin.place("details.km").path)
        return
    explanation = Explanation(label=NEXT_BAND, value=allowed, unit=Unit.DOLLAR, origin=bands.citation)
    tally.found(_over(item, line, price, allowed, explanation, None))


def _over(item: Item, line: Line, price: Number, allowed: int, explanation: Explanation, km: Number | None) -> Finding:
    place = line.origin.place("unit_price")
    shown: dict[str, Value] = {"item": item.name, "stated": dollars(price), "allowed": dollars(allowed)}
    return Finding(
        place=place,
        stated=price,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=NO_BAND(**shown) if km is None else OVER(**shown, km=Measure(km, Unit.KM)),
        remedy=lower(place, allowed),
        explanation=explanation,
        edits=price_edits(line, allowed),
        cut=Cut(categories=(item.category,), amount=price_cut(line, allowed)),
    )


KIND = Kind(name="visit-transport", check=check, values=VisitTransport)
