"""A pay scale by step and degree with additions (工作酬金支給基準表: 階、學歷、督導及師級證照加給), RSP-108 附表1.

Points are added first, then multiplied by the value of a point and rounded once. A doctorate is treated as master
(interpretation); a degree that the scale has no column for has no pay by it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from grantcalc.draft.model import Education, Licence, Role
from grantcalc.finding import Explanation, Operation
from grantcalc.money import Number, number
from grantcalc.pay.points import POINTS, degree, pay_by, value_on
from grantcalc.sources import Citation
from grantcalc.tabledata import Row, Tables
from grantcalc.text import Bilingual, Message
from grantcalc.units import Unit

STEP_POINTS = Message("step {step}, {education}")
TREATED_AS = Message("{education} treated as {paid_as}")

LICENCE = "licence"
"""The addition for a professional licence; every other key of an addition is the role that has it."""


@frozen(kw_only=True)
class StepScale:
    """The tables of a scale by step.

    ``points`` (step, education, points), ``additions`` (key, points, name), ``licences`` that earn the addition,
    ``point_value`` by date.
    """

    points: str
    additions: str
    licences: str
    point_value: str


@frozen(kw_only=True)
class Grading:
    """What decides a post's points."""

    role: Role
    education: Education
    step: Number
    licences: tuple[Licence, ...] = ()


def steps_of(tables: Tables, scale: StepScale) -> tuple[int, ...]:
    """The printed steps, lowest first."""
    return tuple(sorted({row["step"] for row in tables[scale.points].rows}))


def degrees_of(tables: Tables, scale: StepScale) -> tuple[Education, ...]:
    """The degrees that the scale has a column for, lowest first."""
    known = {Education(row["education"]) for row in tables[scale.points].rows}
    return tuple(sorted(known, key=lambda education: education.rank))


def has_degree(tables: Tables, scale: StepScale, education: Education) -> bool:
    """Whether the scale pays this degree."""
    return degree(education) in degrees_of(tables, scale)


def points_by(tables: Tables, scale: StepScale, grading: Grading) -> Explanation:
    """Points of the step and of every addition held (俸點)."""
    inputs = tuple(_parts(tables, scale, grading))
    if len(inputs) == 1:
        return inputs[0]
    total = number(sum(part.value for part in inputs))
    return Explanation(label=POINTS, value=total, unit=Unit.POINT, operation=Operation.SUM, inputs=inputs)


def pay_by_step(tables: Tables, scale: StepScale, grading: Grading, day: dt.date) -> Explanation:
    """Monthly pay in dollars: (points of the step + additions) × the value of a point on ``day``, half up once."""
    value, origin = value_on(tables, scale.point_value, day)
    return pay_by(points_by(tables, scale, grading), value, origin)


def _parts(tables: Tables, scale: StepScale, grading: Grading) -> Iterator[Explanation]:
    printed = tables[scale.points].info.citation
    paid_as = degree(grading.education)
    same = paid_as is grading.education
    shown = paid_as if same else TREATED_AS(education=grading.education, paid_as=paid_as)
    label = STEP_POINTS(step=grading.step, education=shown)
    points = _step_points(tables, scale, paid_as, grading.step)
    yield Explanation(label=label, value=points, unit=Unit.POINT, origin=printed)
    additions = tables[scale.additions]
    for row in additions.rows:
        if _holds(tables, scale, grading, row):
            origin = Citation(source=additions.info.citation.source, section=str(row["section"]))
            label_of = Bilingual(row["name_zh"], row["name_en"])
            yield Explanation(label=label_of, value=row["points"], unit=Unit.POINT, origin=origin)


def _step_points(tables: Tables, scale: StepScale, education: Education, step: Number) -> Number:
    """Points of a step; off the table in proportion, so that the fault stays one of the step alone."""
    rows = [row for row in tables[scale.points].rows if row["education"] == education.value]
    column = sorted((row["step"], row["points"]) for row in rows)
    (before, lower), (last, upper) = column[-2:]
    at, points = max((pair for pair in column if pair[0] <= step), default=column[0])
    beyond = max(Fraction(0), Fraction(step) - at)
    return number(points + beyond * Fraction(upper - lower, last - before))


def _holds(tables: Tables, scale: StepScale, grading: Grading, addition: Row) -> bool:
    if addition["key"] != LICENCE:
        return bool(addition["key"] == grading.role.value)
    counted = {row["licence"] for row in tables[scale.licences].rows}
    return any(licence.value in counted for licence in grading.licences)
