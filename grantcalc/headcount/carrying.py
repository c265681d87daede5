"""Whether the case managers in post at the end of each month carry its cases (逐月服務量能), of one team or many."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from grantcalc.headcount.limits import Binding, Judgement, Limits, Team, cheapest_cover, judge
from grantcalc.headcount.vector import Block, Grid, summed
from grantcalc.money import Number

Bools = npt.NDArray[np.bool_]


def needed(cases: Sequence[Number] | None, limits: Limits) -> tuple[int, ...] | None:
    """The fewest case managers that carry the cases of each month; ``None`` where nothing says how many there are."""
    found = [cheapest_cover(known, limits) for known in cases or ()]
    return tuple(count for count in found if count is not None) or None


def carries(grid: Grid, block: Block, fewest: Sequence[int] | None) -> Bools | None:
    """Which teams of a block carry the cases of every month; ``None`` where none are known."""
    if fewest is None:
        return None
    managers = summed(grid.carriers, block, 1)
    wanted = np.array(fewest, dtype=np.int64).reshape(-1, *(1 for _ in block))
    return np.asarray((managers >= wanted).all(axis=0))


def carried(
    grid: Grid, block: Block, cases: Sequence[Number] | None, limits: Limits
) -> tuple[Judgement, Fraction | None] | None:
    """The caseload of one team in the month that leaves it the least room, and the cases of each case manager then."""
    if not cases or limits.cases_each is None:
        return None
    managers = np.broadcast_to(summed(grid.carriers, block, 1).ravel(), len(cases)).tolist()
    room = [limits.cases_each * there - Fraction(known) for there, known in zip(managers, cases, strict=True)]
    worst = room.index(min(room))
    team = Team(case_managers=managers[worst], supervisors=0, cases=cases[worst])
    judged = next(judgement for judgement in judge(team, limits) if judgement.binding is Binding.CASELOAD)
    return judged, Fraction(cases[worst]) / managers[worst] if managers[worst] else None
