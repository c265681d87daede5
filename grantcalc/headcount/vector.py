"""The year's cost and the binding rule of many teams at once (NumPy ``int64``; dollars are never floats).

Each part of a team is a small table over the axes it depends on, filled by the reference run (parts.py). The cost of a
combination is the sum of one cell of each table, its heads are found alike. Combinations are never listed: blocks of
them, cut from the mixed-radix order, come from slices of the tables, so that memory does not grow with their number.

Heads are those the check counts (rules/headcounts.py): the most on any day of the year. They can only be highest on
the last day of somebody, so only these days are looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import reduce
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt
from attrs import frozen

from grantcalc import roc
from grantcalc.draft.model import Role
from grantcalc.headcount.limits import Binding, Limits
from grantcalc.headcount.model import Scenario
from grantcalc.headcount.parts import Table, Worked, tables_of
from grantcalc.headcount.pricing import Prices
from grantcalc.headcount.results import Axis
from grantcalc.headcount.team import ScenarioError
from grantcalc.rules.headcounts import CASE_MANAGERS
from grantcalc.text import Message

CHUNK = 1 << 16
"""Combinations worked out at a time: their arrays stay in the processor's cache."""

MOST_MONEY = 1 << 44
"""Dollars (17 million million) below which no sum or comparison of a sweep can overflow."""

TOO_MUCH = Message("the pay and the number of persons give more than {most} dollars a year; correct the scenario.")

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]
Block = tuple[slice, ...]


class Code(IntEnum):
    """What binds a team, in the order of :class:`~grantcalc.headcount.limits.Binding`; the highest is best."""

    POSTS = 0
    PROJECT_MANAGERS = 1
    SENIORS = 2
    RATIO = 3
    MONEY = 4
    FEASIBLE = 5

    @property
    def binding(self) -> Binding | None:
        """The rule, nothing for a feasible team."""
        return None if self is Code.FEASIBLE else Binding[self.name]


@frozen(kw_only=True, eq=False)
class Grid:
    """All combinations of a sweep. Every array has one dimension for each axis, of length 1 where it does not matter.

    Those of heads have a leading one for the days on which they can be highest.
    """

    shape: tuple[int, ...]
    cost: tuple[Ints, ...]
    managers: tuple[Ints, ...]
    supervisors: tuple[Ints, ...]
    seniors: tuple[Ints, ...]
    project_managers: tuple[Ints, ...]
    persons: tuple[Ints, ...]
    """The persons that the axes count."""
    carriers: tuple[Ints, ...]
    """Case managers on the last day of each month, which lead; nothing where no cases are stated."""

    @property
    def total(self) -> int:
        """How many combinations there are."""
        return prod(self.shape)


@frozen(kw_only=True, eq=False)
class Heads:
    """The most case managers (of them senior ones), supervisors, both together, and project managers on any day."""

    managers: Ints
    supervisors: Ints
    posts: Ints
    seniors: Ints
    project_managers: Ints


def grid_of(scenario: Scenario, prices: Prices, axes: Sequence[Axis]) -> Grid:
    """The tables of a scenario (with an entry for every counted role)."""
    shape = tuple(len(axis.values) for axis in axes)
    tables = list(tables_of(scenario, prices, axes))
    days = sorted({stint.end for table in tables for cell in table.cells for stint in cell.stints})
    ends = [] if not scenario.cases else [end for _, end in roc.month_spans(scenario.period.start, scenario.period.end)]
    cost = [_spread(table, [[cell.cost] for cell in table.cells], shape)[0] for table in tables]
    grid = Grid(
        shape=shape,
        cost=_merged(cost),
        managers=_merged(_heads(tables, CASE_MANAGERS, days, shape)),
        supervisors=_merged(_heads(tables, (Role.SUPERVISOR,), days, shape)),
        seniors=_merged(_heads(tables, (Role.SENIOR_CASE_MANAGER,), days, shape)),
        project_managers=_merged(_heads(tables, (Role.PROJECT_MANAGER,), days, shape)),
        persons=_merged([_along(np.array(axis.counts), at, shape) for at, axis in enumerate(axes) if axis.counts]),
        carriers=_merged(_heads(tables, CASE_MANAGERS, ends, shape)) if ends else (),
    )
    if sum(int(term.max()) for term in grid.cost) >= MOST_MONEY:
        raise ScenarioError(TOO_MUCH(most=MOST_MONEY))
    return grid


def _heads(
    tables: Sequence[Table], roles: Sequence[Role], days: Sequence[dt.date], shape: tuple[int, ...]
) -> list[Ints]:
    found = []
    for table in tables:
        if any(stint.role in roles for cell in table.cells for stint in cell.stints):
            spread = _spread(table, [_present(cell, roles, days) for cell in table.cells], shape)
            found.append(_narrow(spread))
    return found


def _present(cell: Worked, roles: Sequence[Role], days: Sequence[dt.date]) -> list[int]:
    stints = [stint for stint in cell.stints if stint.role in roles]
    return [sum(stint.count for stint in stints if stint.start <= day <= stint.end) for day in days]


def _spread(table: Table, cells: Sequence[Sequence[int]], shape: tuple[int, ...]) -> Ints:
    """A table's numbers (several of each cell) laid along the axes it depends on, the numbers' dimension first."""
    largest = max((abs(number) for numbers in cells for number in numbers), default=0)
    if largest * max(table.persons or (1,)) >= MOST_MONEY:
        raise ScenarioError(TOO_MUCH(most=MOST_MONEY))
    flat = np.array(cells, dtype=np.int64).T
    if table.persons is not None:
        flat = flat[:, None, :] * np.array(table.persons, dtype=np.int64)[None, :, None]
    sizes = [shape[at] for at in table.axes]
    ordered = flat.reshape(len(flat), *sizes)
    # The axes of a part stand in the order count, start; the sweep's may stand the other way round.
    order = sorted(range(len(sizes)), key=lambda place: table.axes[place])
    ordered = ordered.transpose(0, *(place + 1 for place in order))
    return ordered.reshape(len(flat), *(size if at in table.axes else 1 for at, size in enumerate(shape)))


def _along(values: npt.NDArray[np.int64], at: int, shape: tuple[int, ...]) -> Ints:
    return values.astype(np.int64).reshape([-1 if place == at else 1 for place in range(len(shape))])


def _narrow(heads: Ints) -> Ints:
    """Without the axes on which the heads do not really depend (a start matters to few of the days)."""
    for at in range(1, heads.ndim):
        first = heads.take([0], axis=at)
        if (heads == first).all():
            heads = first
    return heads


def _merged(terms: Sequence[Ints]) -> tuple[Ints, ...]:
    """The same sum in fewer terms: a term is added to one that has all of its axes."""
    merged: list[Ints] = []
    for term in sorted(terms, key=lambda term: term.size, reverse=True):
        for at, known in enumerate(merged):
            if np.broadcast_shapes(known.shape, term.shape) == known.shape:
                merged[at] = known + term
                break
        else:
            merged.append(term)
    return tuple(reversed(merged))


def blocks(shape: tuple[int, ...], chunk: int = CHUNK) -> Iterator[Block]:
    """The combinations in blocks of at most ``chunk``, in mixed-radix order: the last axes whole, one cut in slabs."""
    inner, cut = 1, len(shape) - 1
    while cut >= 0 and inner * shape[cut] <= chunk:
        inner *= shape[cut]
        cut -= 1
    rest = tuple(slice(0, size) for size in shape[cut + 1 :])
    if cut < 0:
        yield rest
        return
    slab = max(1, chunk // inner)
    for outer in product(*map(range, shape[:cut])):
        before = tuple(slice(at, at + 1) for at in outer)
        for first in range(0, shape[cut], slab):
            yield (*before, slice(first, min(first + slab, shape[cut])), *rest)


def size_of(block: Block) -> tuple[int, ...]:
    """How many values of every axis a block holds."""
    return tuple(part.stop - part.start for part in block)


def summed(terms: Sequence[Ints], block: Block, leading: int = 0) -> Ints:
    """The sum of terms over a block, broadcast no further than their axes reach; 0 without terms."""
    if not terms:
        return np.zeros((1,) * (leading + len(block)), dtype=np.int64)
    return reduce(np.add, (_cut(term, block, leading) for term in terms))


def _cut(term: Ints, block: Block, leading: int) -> Ints:
    whole = (slice(None),)
    sizes = term.shape[leading:]
    parts = (part if size > 1 else slice(None) for part, size in zip(block, sizes, strict=True))
    cut: Ints = term[whole * leading + tuple(parts)]
    return cut


def heads_of(grid: Grid, block: Block) -> Heads:
    """The peaks of a block's teams."""
    managers, supervisors = (summed(terms, block, 1) for terms in (grid.managers, grid.supervisors))
    seniors, project_managers = (summed(terms, block, 1) for terms in (grid.seniors, grid.project_managers))
    return Heads(
        managers=managers.max(axis=0),
        supervisors=supervisors.max(axis=0),
        posts=(managers + supervisors).max(axis=0),
        seniors=seniors.max(axis=0),
        project_managers=project_managers.max(axis=0),
    )


def codes(cost: Ints, heads: Heads, limits: Limits) -> Codes:
    """What binds each team of a block first (:class:`Code`), by the numbers of :func:`limits.judge`."""
    team = np.where(_over_posts(heads, limits), Code.POSTS, np.where(_below(heads, limits), Code.RATIO, Code.FEASIBLE))
    roles = (
        np.where(_over_managers(heads, limits), Code.PROJECT_MANAGERS, Code.FEASIBLE),
        np.where(_over_seniors(heads, limits), Code.SENIORS, Code.FEASIBLE),
    )
    # The lowest code binds first; what few axes decide is compared before it meets the others.
    found: Codes = reduce(np.minimum, sorted((code.astype(np.uint8) for code in (team, *roles)), key=np.size))
    if limits.budget is None:
        return np.broadcast_to(found, np.broadcast_shapes(found.shape, cost.shape))
    money = (cost <= limits.budget).view(np.uint8) + np.uint8(Code.MONEY)
    bound: Codes = np.minimum(money, found)
    return bound


def _over_managers(heads: Heads, limits: Limits) -> npt.NDArray[np.bool_]:
    """More project managers than approved, or than the clause on less than 1 allows where none is approved."""
    if limits.approved is None or limits.managers is None:
        return np.zeros_like(heads.project_managers, dtype=np.bool_)
    over: npt.NDArray[np.bool_] = heads.project_managers > limits.approved.project_managers
    if limits.approved.project_managers or not over.any():
        return over
    share = limits.managers.share
    is_open = (heads.managers + heads.supervisors) * share.numerator < share.denominator
    return over & ~(is_open & (heads.project_managers <= limits.managers.below_one))


def _over_seniors(heads: Heads, limits: Limits) -> npt.NDArray[np.bool_]:
    """More senior case managers than approved, and than the formula gives: the others are only warned."""
    if limits.approved is None or limits.per_senior is None:
        return np.zeros_like(heads.seniors, dtype=np.bool_)
    over: npt.NDArray[np.bool_] = heads.seniors > limits.approved.senior
    if not over.any():
        return over
    # One for every whole so many case managers: as many or fewer, exactly where seniors × each ≤ case managers.
    by_formula = heads.seniors * limits.per_senior.numerator <= heads.managers * limits.per_senior.denominator
    return over & ~by_formula


def asked(grid: Grid, limits: Limits) -> list[Code]:
    """What can bind a team of a sweep at all, in order."""
    has_posts = limits.approved is not None
    is_asked = {
        Code.POSTS: has_posts,
        Code.PROJECT_MANAGERS: has_posts and limits.managers is not None and bool(grid.project_managers),
        Code.SENIORS: has_posts and limits.per_senior is not None and bool(grid.seniors),
        Code.RATIO: has_posts and limits.floor is not None,
        Code.MONEY: limits.budget is not None,
    }
    return [code for code in Code if is_asked.get(code)]


def _over_posts(heads: Heads, limits: Limits) -> npt.NDArray[np.bool_]:
    if limits.approved is None:
        return np.zeros_like(heads.posts, dtype=np.bool_)
    return heads.posts > limits.approved.posts


def _below(heads: Heads, limits: Limits) -> npt.NDArray[np.bool_]:
    """Below the floor with more supervisors than approved: the others are warned, never bound."""
    if limits.approved is None or limits.floor is None:
        return np.zeros_like(heads.supervisors, dtype=np.bool_)
    below = heads.managers * limits.floor.denominator < heads.supervisors * limits.floor.numerator
    return below & (heads.supervisors > limits.approved.supervisors)
