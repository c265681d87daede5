"""A sweep: every combination of what is varied, which rule binds it, and the best teams (掃描試算).

The arithmetic of many teams is vector.py's; every team that is shown is judged by :func:`limits.judge`, as a run is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import prod

import numpy as np
from attrs import define, evolve, field, frozen

from grantcalc.headcount.assumptions import assumptions_of
from grantcalc.headcount.axes import frontier_of, staffed, varied
from grantcalc.headcount.best import WORST, At, Best, only
from grantcalc.headcount.carrying import carried, carries, needed
from grantcalc.headcount.limits import Binding, Limits, Team, binding, judge, limits_of
from grantcalc.headcount.model import Assumption, Scenario
from grantcalc.headcount.parts import DayError
from grantcalc.headcount.pricing import Prices
from grantcalc.headcount.results import Axis, Combination, Sweep, Uncomputable
from grantcalc.headcount.sweep_terms import sweep_terms
from grantcalc.headcount.team import stints_of
from grantcalc.headcount.unwarned import unwarned
from grantcalc.headcount.vector import (
    MOST_MONEY,
    Block,
    Code,
    Codes,
    Grid,
    Ints,
    asked,
    blocks,
    codes,
    grid_of,
    heads_of,
    size_of,
    summed,
)
from grantcalc.money import Number

SHOWN = 2_000
"""A sweep of at most so many combinations lists each of them."""

MAPPED = 10_000
"""Pairs of the first two axes of which a map can still be read."""

_PAIR = 2


@frozen(kw_only=True, eq=False)
class Swept:
    """What a sweep works with: the scenario with an entry for every counted role, its tables and limits.

    The grid has its axes in an order of its own, ``order``: the one the frontier goes by, the other counts, the days.
    Of teams that are equally good the first in this order is shown.
    """

    scenario: Scenario
    axes: tuple[Axis, ...]
    order: tuple[int, ...]
    grid: Grid
    limits: Limits
    cases: tuple[Number, ...] | None
    assumptions: tuple[Assumption, ...]
    uncomputable: tuple[Uncomputable, ...] = ()
    untried: int = 0

    @property
    def counted(self) -> int:
        """How many of the grid's axes are numbers of persons; they come first."""
        return sum(bool(axis.counts) for axis in self.axes)

    def everywhere(self) -> Iterator[At]:
        """Every place of the grid, in the order in which the axes were given."""
        for at in product(*(range(len(axis.values)) for axis in self.axes)):
            yield tuple(at[place] for place in self.order)

    def combination(self, at: At) -> Combination:
        """The combination at a place of the grid, judged by the reference."""
        block = tuple(slice(place, place + 1) for place in at)
        heads = heads_of(self.grid, block)
        team = Team(
            case_managers=int(heads.managers.item()),
            supervisors=int(heads.supervisors.item()),
            posts=int(heads.posts.item()),
            seniors=int(heads.seniors.item()) if self.grid.seniors else None,
            project_managers=int(heads.project_managers.item()) if self.grid.project_managers else None,
            cost=int(summed(self.grid.cost, block).item()),
        )
        caseload = carried(self.grid, block, self.cases, self.limits)
        judged = (*judge(team, self.limits), *((caseload[0],) if caseload else ()))
        first = binding(judged)
        return Combination(
            values=tuple(axis.values[at[self.order.index(place)]] for place, axis in enumerate(self.axes)),
            case_managers=team.case_managers,
            supervisors=team.supervisors,
            cost=team.cost,
            judged=judged,
            binding=None if first is None else first.binding,
            cases_each=None if caseload is None else caseload[1],
        )


def prepare(scenario: Scenario, prices: Prices, axes: Sequence[Axis]) -> Swept:
    """Work out the tables of a sweep; :class:`ScenarioError` where a combination contradicts the scenario."""
    stints_of(scenario, prices)  # a change about unknown staff is told before it is looked for in a part
    whole = staffed(scenario, axes)
    first, given = frontier_of(axes), tuple(axes)
    order = tuple(sorted(range(len(axes)), key=lambda at: (at != first, bool(axes[at].days))))
    uncomputable: list[Uncomputable] = []
    while True:
        try:
            grid = grid_of(whole, prices, [axes[at] for at in order])
            break
        except DayError as error:
            axes = _without(axes, error)
            named = next(axis for axis in given if axis.name == error.axis.name)
            uncomputable.append(Uncomputable(axis=named, day=error.day, reason=error.reason))
    fullest = varied(whole, axes, [axis.counts[-1] if axis.counts else axis.days[0] for axis in axes])
    return Swept(
        scenario=whole,
        axes=tuple(axes),
        order=order,
        grid=grid,
        limits=limits_of(prices.programme, scenario.county, prices.tables, scenario.budget),
        cases=scenario.cases,
        assumptions=assumptions_of(fullest, prices, stints_of(fullest, prices)),
        uncomputable=tuple(sorted(uncomputable, key=lambda known: (given.index(known.axis), known.day))),
        untried=prod(len(axis.values) for axis in given) - grid.total,
    )


def _without(axes: Sequence[Axis], error: DayError) -> tuple[Axis, ...]:
    """The axes without the day that does not fit; nothing could be judged where it was the last one."""
    left = tuple(day for day in error.axis.days if day != error.day)
    if not left:
        raise error
    return tuple(evolve(axis, days=left) if axis.name == error.axis.name else axis for axis in axes)


def sweep(
    scenario: Scenario, prices: Prices, axes: Sequence[Axis], tick: Callable[[int], object] = lambda _: None
) -> Sweep:
    """Judge every combination; ``tick`` is told how many more are done.

    ``largest`` is the feasible team with the most of the persons counted, the cheapest of these; ``cheapest`` the
    cheapest feasible team that carries the cases of every month (of all where these are not known); ``unwarned`` the
    cheapest of which no rule warns. ``frontier`` goes by the case managers where they are varied, else by the first
    role that is. A pair of ``map`` is feasible where any combination with it is, else it shows what binds the best.
    """
    swept = prepare(scenario, prices, axes)
    search = _Search.of(swept)
    for block in blocks(swept.grid.shape):
        search.look(block)
        tick(prod(size_of(block)))
    return search.result()


@define(eq=False)
class _Search:
    """What is kept of the blocks seen so far: nothing that grows with their number.

    ``fewest`` are the case managers that each month's cases take. ``days`` are the axes over which the cheapest team of
    each number of persons is taken before anything is compared: the last ones, that move no case managers.
    """

    swept: Swept
    fewest: tuple[int, ...] | None
    days: tuple[int, ...]
    frontier: list[Best]
    asked: list[Code]
    counts: list[int] = field(factory=lambda: [0] * len(Code))
    largest: Best = field(factory=Best)
    cheapest: Best = field(factory=Best)
    unwarned: Best = field(factory=Best)
    pairs: Codes | None = None

    @classmethod
    def of(cls, swept: Swept) -> _Search:
        """Before the first block."""
        starts = range(swept.counted, len(swept.axes))
        moving = (at for at in starts if any(term.shape[1 + at] > 1 for term in swept.grid.carriers))
        free = max(moving, default=swept.counted - 1) + 1
        mapped = [size if place < _PAIR else 1 for place, size in zip(swept.order, swept.grid.shape, strict=True)]
        return cls(
            swept=swept,
            fewest=needed(swept.cases, swept.limits),
            days=tuple(range(free, len(swept.axes))),
            frontier=[Best() for _ in range(swept.grid.shape[0])] if swept.counted else [],
            asked=asked(swept.grid, swept.limits),
            pairs=np.zeros(mapped, dtype=np.uint8) if prod(mapped) <= MAPPED else None,
        )

    def look(self, block: Block) -> None:
        """Judge the teams of a block."""
        grid, size = self.swept.grid, size_of(block)
        cost, heads = summed(grid.cost, block), heads_of(grid, block)
        found = np.broadcast_to(codes(cost, heads, self.swept.limits), size)
        is_feasible = found == Code.FEASIBLE
        self._count(found, int(np.count_nonzero(is_feasible)))
        self._map(found, block)
        feasible = np.where(is_feasible, cost, WORST)
        least = feasible.min(axis=self.days, keepdims=True) if self.days else feasible
        if self.frontier:
            self._by_frontier(least, feasible, block)
        carrying = carries(grid, block, self.fewest)
        self.cheapest.offer(only(carrying, least), feasible, block)
        if least.min() < self.unwarned.value:
            kept = unwarned(heads, self.swept.limits, carrying)
            # A start may decide whether a rule warns: then each day counts, not the cheapest.
            is_by_day = any(kept.shape[at] > 1 for at in self.days)
            self.unwarned.offer(only(kept, feasible if is_by_day else least), feasible, block)
        # More persons outweigh any cost: a cost is below MOST_MONEY, and no sum comes near the limit of the numbers.
        self.largest.offer(least - summed(grid.persons, block) * MOST_MONEY, feasible, block)

    def _count(self, found: Codes, feasible: int) -> None:
        rest = found.size - feasible
        for code in self.asked:
            # What the others leave over is the last one's: of few rules most blocks need no count at all.
            count = rest if code is self.asked[-1] or not rest else int(np.count_nonzero(found == code))
            self.counts[code] += count
            rest -= count
        self.counts[Code.FEASIBLE] += feasible

    def _by_frontier(self, least: Ints, feasible: Ints, block: Block) -> None:
        for row, best in enumerate(self.frontier[block[0]]):
            values = least[row : row + 1]
            if values.min() < best.value:
                part = slice(block[0].start + row, block[0].start + row + 1)
                best.offer(values, feasible[row : row + 1], (part, *block[1:]))

    def _map(self, found: Codes, block: Block) -> None:
        """The best of all teams with the same pair of values of the first two axes given."""
        if self.pairs is not None:
            others = tuple(at for at, place in enumerate(self.swept.order) if place >= _PAIR)
            part = self.pairs[tuple(slice(None) if at in others else cut for at, cut in enumerate(block))]
            np.maximum(part, found.max(axis=others, keepdims=True), out=part)

    def _mapped(self) -> tuple[tuple[Binding | None, ...], ...]:
        if self.pairs is None:
            return ()
        given = self.pairs.transpose([self.swept.order.index(place) for place in range(len(self.swept.axes))])
        return tuple(tuple(Code(code).binding for code in row) for row in given.reshape(len(given), -1))

    def result(self) -> Sweep:
        """Everything found, in the words of results.py."""
        swept, grid = self.swept, self.swept.grid
        listed = swept.everywhere() if grid.total <= SHOWN else ()
        terms = sweep_terms(swept.scenario, swept.axes, swept.limits)
        return Sweep(
            axes=swept.axes,
            total=grid.total,
            feasible=self.counts[Code.FEASIBLE],
            bound={Binding[code.name]: self.counts[code] for code in self.asked},
            largest=self._shown(self.largest.at),
            cheapest=self._shown(self.cheapest.at),
            frontier=tuple(swept.combination(best.at) for best in self.frontier if best.at is not None),
            combinations=tuple(swept.combination(at) for at in listed),
            map=self._mapped(),
            unwarned=self._shown(self.unwarned.at),
            uncomputable=swept.uncomputable,
            untried=swept.untried,
            assumptions=(*swept.assumptions, *(Assumption(text=text) for text in terms)),
        )

    def _shown(self, at: At | None) -> Combination | None:
        return None if at is None else self.swept.combination(at)
