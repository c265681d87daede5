"""The steps or points on which a role's pay rises (晉級): of the programme's own scale, else of a pay table."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from grantcalc.draft.model import Education, Role
from grantcalc.headcount.model import Basis
from grantcalc.pay.paytable import PayRow
from grantcalc.pay.points import degree, range_of
from grantcalc.pay.quote import Scales, has_points, point_scale
from grantcalc.pay.scale import has_starting_pay
from grantcalc.pay.stepscale import steps_of
from grantcalc.tabledata import Tables


class Rung(Enum):
    """What a ladder counts."""

    STEP = "step"
    POINTS = "points"


@frozen(kw_only=True)
class Ladder:
    """The rungs of a role, lowest first."""

    rung: Rung
    values: tuple[int, ...]

    def of(self, basis: Basis) -> int | None:
        """Where somebody stands on it; ``None`` where the basis does not say."""
        return basis.step if self.rung is Rung.STEP else basis.points

    def after(self, value: int) -> int:
        """The next rung; at the top, the top."""
        return next((higher for higher in self.values if higher > value), max(value, self.values[-1]))


def ladder_of(scales: Scales, role: Role, education: Education | None, tables: Tables) -> Ladder | None:
    """The ladder that the programme's document prints for a role."""
    folder = scales.folder
    if has_points(scales, role, tables):
        scale = point_scale(folder)
        found = range_of(tables, scale, degree(education)) if education is not None else None
        points = sorted({row["points"] for row in tables[scale.steps].rows})
        return Ladder(rung=Rung.POINTS, values=tuple(points) if found is None else found.steps)
    pay = f"{folder}/social_worker_pay"
    if any(info.id == pay for info in tables.infos()) and has_starting_pay(tables, folder, role):
        steps = sorted(row["step"] for row in tables[f"{folder}/social_worker_steps"].rows)
        return Ladder(rung=Rung.STEP, values=tuple(steps))
    if scales.steps is not None:
        first = scales.first_step or 0
        return Ladder(rung=Rung.STEP, values=tuple(step for step in steps_of(tables, scales.steps) if step >= first))
    return None


def ladder_in(table: tuple[PayRow, ...], role: Role, education: Education | None) -> Ladder | None:
    """The ladder of a supplied pay table; ``None`` where its rows of the role name no step."""
    steps = {
        row["step"]
        for row in table
        if row["role"] == role.value and (education is None or row["education"] in {None, education.value})
    }
    found = tuple(sorted(step for step in steps if isinstance(step, int)))
    return Ladder(rung=Rung.STEP, values=found) if found else None


def lowest_degree(scales: Scales, tables: Tables) -> Education:
    """The lowest degree that the scale of points has a range for."""
    ranges = tables[point_scale(scales.folder).ranges].rows
    return min((Education(row["education"]) for row in ranges), key=lambda education: education.rank)
