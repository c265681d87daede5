"""The best team of a sweep met so far: nothing is kept of the others (掃描試算之最佳解)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import define

from grantcalc.headcount.carrying import Bools
from grantcalc.headcount.vector import Block, Ints

WORST = 1 << 62
_NO_TEAM = WORST >> 1
"""No feasible team is valued as high, no other one as low: persons × MOST_MONEY stay below it for any programme."""

At = tuple[int, ...]
"""A place of the grid."""


@define(eq=False)
class Best:
    """The lowest value met so far and where; the first of equals."""

    value: int = _NO_TEAM
    at: At | None = None

    def offer(self, values: Ints, feasible: Ints, block: Block) -> None:
        """Look through the values of a block: one for each team, or one for each number of persons."""
        place = int(values.argmin())
        value = int(values.flat[place])
        if value < self.value:
            self.value, self.at = value, _found(np.unravel_index(place, values.shape), values, feasible, block)


def _found(cell: Sequence[np.intp], values: Ints, feasible: Ints, block: Block) -> At:
    """The place in the grid of a cell of ``values``: where these stand for several days, that of the cheapest."""
    if values.shape != feasible.shape:
        kept = max((at + 1 for at, size in enumerate(values.shape) if size > 1), default=0)
        days = feasible[tuple(cell[:kept])]
        cell = (*cell[:kept], *np.unravel_index(days.argmin(), days.shape))
    return tuple(int(place) + part.start for place, part in zip(cell, block, strict=True))


def only(kept: Bools | None, values: Ints) -> Ints:
    """The values of those that are kept; the others are the worst."""
    return values if kept is None or kept.all() else np.where(kept, values, WORST)
