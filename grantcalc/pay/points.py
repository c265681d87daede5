"""A scale of pay points (薪點): its printed steps, each degree's range, and the value of a point (折合率)."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from grantcalc.draft.model import Education
from grantcalc.finding import Explanation, Operation
from grantcalc.money import Exact, Number, product, whole
from grantcalc.sources import Citation
from grantcalc.tabledata import Tables
from grantcalc.text import Message
from grantcalc.units import Unit

POINTS = Message("points")
POINT_VALUE = Message("value of a point")
MONTHLY_PAY = Message("monthly pay by points")


@frozen(kw_only=True)
class ScaleTables:
    """The tables of a scale: ``steps`` (grade, step, points), ``ranges`` by degree, ``point_value`` by date."""

    steps: str
    ranges: str
    point_value: str


@frozen(kw_only=True)
class Range:
    """The points a degree may have: printed steps from ``low`` to ``high``, lowest first."""

    steps: tuple[int, ...]
    citation: Citation

    @property
    def low(self) -> int:
        """The lowest step."""
        return self.steps[0]

    @property
    def high(self) -> int:
        """The highest step."""
        return self.steps[-1]

    def allowed(self, points: Number) -> int:
        """The next printed step at or below ``points`` inside the range; the lowest where there is none below."""
        return max((step for step in self.steps if step <= points), default=self.low)


def degree(education: Education) -> Education:
    """A doctorate is treated as master (interpretation)."""
    return Education.MASTER if education is Education.DOCTORATE else education


def range_of(tables: Tables, scale: ScaleTables, education: Education) -> Range | None:
    """The range of a degree; ``None`` where the scale has none for it."""
    ranges = tables[scale.ranges]
    row = ranges.find(education=degree(education).value)
    if row is None:
        return None
    printed = {step["points"] for step in tables[scale.steps].rows}
    steps = sorted(points for points in printed if row["points_from"] <= points <= row["points_to"])
    return Range(steps=tuple(steps), citation=ranges.info.citation)


def point_value(tables: Tables, scale: ScaleTables, day: dt.date) -> tuple[Exact, Citation]:
    """Dollars for a point on a day, and the section that says so."""
    return value_on(tables, scale.point_value, day)


def value_on(tables: Tables, table_id: str, day: dt.date) -> tuple[Exact, Citation]:
    """Dollars for a point on a day by a table with ``effective_from`` and ``value``; before its first day, that row."""
    table = tables[table_id]
    in_force = [row for row in table.rows if row["effective_from"] <= day] or list(table.rows[:1])
    value: Exact = max(in_force, key=lambda row: row["effective_from"])["value"]
    return value, table.info.citation


def pay_by_points(points: Number, value: Exact, origin: Citation) -> Explanation:
    """Points × the value of a point, half up (薪點×折合率), as the product it is."""
    return pay_by(Explanation(label=POINTS, value=points, unit=Unit.POINT), value, origin)


def pay_by(points: Explanation, value: Exact, origin: Citation) -> Explanation:
    """The same of points that have their own arithmetic: added first, then multiplied and rounded once."""
    return Explanation(
        label=MONTHLY_PAY,
        value=whole(product(points.value, value)),
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=(points, Explanation(label=POINT_VALUE, value=value, unit=Unit.DOLLAR, origin=origin)),
        origin=origin,
        rounding="half-up",
    )
