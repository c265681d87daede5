"""Transport for visits by distance (訪視交通費): the price of a person and a day is at most the band of its kilometres.

The documents print both bands at a shared limit: there the lower amount passes and the higher is for a person to judge.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Explanation, Finding, Operation, Outcome, Verdict
from grantcalc.money import Exact, Number
from grantcalc.place import At
from grantcalc.rules.context import Context
from grantcalc.rules.fees import Priced, over, price_of
from grantcalc.rules.prices import price_edits
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.sources import Citation
from grantcalc.tabledata import Row
from grantcalc.text import Measure, Message, Value, dollars
from grantcalc.units import Unit
from grantcalc.worddistance import distances

OVER = Message("“{item}” is priced at {stated} a person and a day; {km} allow {allowed}.")
SHARED = Message("“{item}” is priced at {stated}; at exactly {km} the document names both {lower} and {higher}.")
WHICH = Message("decide which of the two bands holds at exactly {km}; {lower} holds in any case.")
NO_BAND = Message("“{item}” is priced at {stated}, which no band of distance has; the next lower one is {allowed}.")
BAND = Message("band of {km}")
BASE_BAND = Message("last band, above {km}")
INCREMENTS = Message("full steps of {per} above {above}, at {amount} each")
OVER_SAID = Message(
    "“{item}” is priced at {stated}; the explanation speaks of {km} there and back, whose band is {allowed}."
)
ASK_KM = Message("how far one visitor goes in one day, all visits together, and fill it in at {place}.")
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
        row = price_of(item, line, tally)
        if row is not None:
            _judge(row, bands, tally)
    return tally.verdict()


def _judge(row: Priced, bands: Bands, tally: Tally) -> None:
    item, line, price, km = row.item, row.line, row.price, row.line.details.km
    if km is None or km < 0:
        _without_distance(row, bands, tally)
        return
    sure, doubtful = bands.allowed(km)
    if price > doubtful:
        tally.found(_over(row, doubtful, bands.explained(km, doubtful), km))
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


def _without_distance(row: Priced, bands: Bands, tally: Tally) -> None:
    line, price = row.line, row.price
    if price <= bands.first:
        return
    said = _said(line)
    most = None if said is None else bands.allowed(said)[1]
    allowed = bands.next_lower(price)
    if allowed != price and row.own:
        explanation = Explanation(label=NEXT_BAND, value=allowed, unit=Unit.DOLLAR, origin=bands.citation)
        tally.found(_over(row, allowed, explanation, None))
        return
    tally.lacks(line.origin.place("details.km").path)
    if said is not None and most is not None and price > most:
        tally.found(_over_said(row, most, bands.explained(said, most), said))


def _said(line: Line) -> Number | None:
    """The one distance that the explanation names, there and back where it is one way; ``None`` else."""
    found = {distance.both_ways for distance in distances(line.description or "")}
    return found.pop() if len(found) == 1 else None


def _over_said(row: Priced, allowed: int, explanation: Explanation, km: Number) -> Finding:
    """A price above the band of the distance that the explanation names, which may not be that of a whole day."""
    shown: dict[str, Value] = {"item": row.item.name, "stated": dollars(row.price), "allowed": dollars(allowed)}
    return Finding(
        outcome=Outcome.REVIEW,
        place=row.place,
        stated=row.price,
        allowed=allowed,
        unit=Unit.DOLLAR,
        message=OVER_SAID(**shown, km=Measure(km, Unit.KM)),
        remedy=LOOK(ask=ASK_KM(place=At(row.line.origin.place("details.km")))),
        explanation=explanation,
    )


def _over(row: Priced, allowed: int, explanation: Explanation, km: Number | None) -> Finding:
    shown: dict[str, Value] = {"item": row.item.name, "stated": dollars(row.price), "allowed": dollars(allowed)}
    message = NO_BAND(**shown) if km is None else OVER(**shown, km=Measure(km, Unit.KM))
    return over(row, allowed, message, explanation)


KIND = Kind(name="visit-transport", check=check, values=VisitTransport)
