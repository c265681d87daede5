"""A year drawn many times at once (NumPy): who leaves when, who follows, and what that changes in money and heads.

Every amount comes from tables filled by the reference run, one for each seat and each month in which a replacement may
start; a draw only adds and subtracts their rows as ``int64``. Random numbers are the raw words of PCG64, the same on
every machine, and compared as integers of 2**32; which draw gets which of them does not depend on the block size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Words = NDArray[np.uint32]
Heads = NDArray[np.int32]
Whole = TypeVar("Whole", np.int64, np.int32)

BITS = 32
BLOCK = 1 << 20
"""Random numbers of a block, about: it stays in the cache."""


@frozen(kw_only=True, eq=False)
class Plan:
    """All that a draw needs, for ``months`` months, kinds of seats (k), persons (p) and entries with a range of pay.

    ``money[k, r]`` and ``people[k, r]`` are rows of an employment: r = 0 the planned one, r = 1 … months − 1 that of a
    replacement who starts in month r, r = months nobody. The last column of money is the year-end bonus.
    ``money_lost[m]`` and ``people_lost[m]`` are 1 in the columns that a leave at the end of month m takes away.
    ``paid`` is the month of the bonus. ``kind[p]`` is the first kind of a person; the place that is drawn for column
    ``entry[p]`` is added to it (column 0 is always 0). ``first`` and ``last`` are months in post.
    """

    months: int
    money: Ints
    people: Heads
    money_lost: Ints
    people_lost: Heads
    paid: int | None
    kind: Ints
    entry: Ints
    first: Ints
    last: Ints
    leave: Words
    vacancy: tuple[int, int]
    entries: int
    places: int

    @property
    def block(self) -> int:
        """Draws of a block, an even number."""
        return max(2, BLOCK // max(1, len(self.kind) * self.months) // 2 * 2)


@frozen(kw_only=True, eq=False)
class Block:
    """Some draws: dollars of each month, columns of people, and the place of each range of pay."""

    money: Ints
    people: Heads
    places: Ints


@frozen(kw_only=True, eq=False)
class Events:
    """Persons who leave: the draw, the kind of seat, the row of who leaves, the month, the row of who follows."""

    draw: Ints
    kind: Ints
    row: Ints
    month: Ints
    follows: Ints


class Source:
    """Random words of one stream of a seed."""

    def __init__(self, seed: int, stream: int) -> None:
        """Streams of one seed are independent; none touches another when more or fewer are drawn of it."""
        self._bits = np.random.PCG64([seed, stream])

    def words(self, count: int) -> Words:
        """So many integers below 2**32; of an odd number one is thrown away."""
        raw: NDArray[np.uint64] = self._bits.random_raw((count + 1) // 2)
        return raw.astype("<u8", copy=False).view("<u4")[:count].astype(np.uint32, copy=False)

    def below(self, limit: int, count: int) -> Ints:
        """So many integers from 0 to below ``limit``."""
        scaled = self.words(count).astype(np.uint64) * np.uint64(limit)
        return (scaled >> np.uint64(BITS)).astype(np.int64)


def threshold(numerator: int, denominator: int) -> int:
    """A probability as an integer of 2**32, half up, below 2**32."""
    return min(((numerator << (BITS + 1)) + denominator) // (2 * denominator), (1 << BITS) - 1)


def blocks(plan: Plan, draws: int, seed: int) -> Iterator[Block]:
    """All draws, block by block."""
    leaving, paying = Source(seed, 0), Source(seed, 1)
    steps, persons = plan.months - 1, len(plan.kind)
    for start in range(0, draws, plan.block):
        size = min(plan.block, draws - start)
        places = np.zeros((size, plan.entries + 1), dtype=np.int64)
        places[:, 1:] = paying.below(plan.places, size * plan.entries).reshape(size, plan.entries)
        words = leaving.words(size * steps * persons).reshape(size, steps, persons)
        yield _block(plan, words, places)


def _block(plan: Plan, words: Words, places: Ints) -> Block:
    money, people = _planned(plan, places)
    events = leaves(plan, words, places)
    if len(events.draw):
        order = np.argsort(events.draw, kind="stable")
        draw = events.draw[order]
        starts = np.flatnonzero(np.concatenate(([True], draw[1:] != draw[:-1])))
        rows = plan.months + 1
        gone, come = ((events.kind * rows + row)[order] for row in (events.row, events.follows))
        month = events.month[order]
        money[draw[starts]] += _changed(plan.money, plan.money_lost, gone, come, month, starts)
        people[draw[starts]] += _changed(plan.people, plan.people_lost, gone, come, month, starts)
    months = money[:, : plan.months]
    if plan.paid is not None:
        months[:, plan.paid] += money[:, plan.months]
    return Block(money=months, people=people, places=places)


def _planned(plan: Plan, places: Ints) -> tuple[Ints, Heads]:
    """Every draw with nobody leaving."""
    fixed = plan.entry == 0
    size = len(places)
    kinds = plan.kind[fixed]
    money = np.tile(plan.money[kinds, 0].sum(axis=0), (size, 1))
    people = np.tile(plan.people[plan.kind, 0].sum(axis=0, dtype=np.int32), (size, 1))
    ranged = Counter(zip(plan.kind[~fixed].tolist(), plan.entry[~fixed].tolist(), strict=True))
    for (kind, entry), count in ranged.items():
        money += plan.money[kind + places[:, entry], 0] * count
    return money, people


def _changed(
    table: NDArray[Whole], lost: NDArray[Whole], gone: Ints, come: Ints, month: Ints, starts: Ints
) -> NDArray[Whole]:
    """What all events of each draw change together."""
    flat = table.reshape(-1, table.shape[-1])
    change = flat.take(gone, axis=0)
    change *= lost.take(month, axis=0)
    np.subtract(flat.take(come, axis=0), change, out=change)
    summed: NDArray[Whole] = np.add.reduceat(change, starts, axis=0)
    return summed


def leaves(plan: Plan, words: Words, places: Ints) -> Events:
    """Everybody who leaves, month by month: who started later than a month cannot leave in it."""
    size, steps, persons = words.shape
    since = np.tile(plan.first.astype(np.int16), size)
    found: list[tuple[Ints, ...]] = []
    fewest, most = plan.vacancy
    span = np.uint64(most - fewest + 1)
    for month in range(steps):
        drawn = words[:, month, :]
        hit = np.flatnonzero(drawn < plan.leave)
        draw, person = np.divmod(hit, persons)
        kept = (since[hit] <= month) & (month < plan.last[person])
        hit, draw, person = hit[kept], draw[kept], person[kept]
        word, began = drawn[draw, person].astype(np.uint64), since[hit].astype(np.int64)
        # A word below the threshold is even on all below it: it says how long the post is vacant, too.
        vacant = fewest + (word * span // plan.leave[person]).astype(np.int64)
        follows = month + 1 + vacant
        follows = np.where(follows > plan.last[person], plan.months, follows)
        since[hit] = follows
        row = np.where(began == plan.first[person], 0, began)
        kind = plan.kind[person] + places[draw, plan.entry[person]]
        found.append((draw, kind, row, np.full(len(draw), month), follows))
    columns = [np.concatenate(parts) for parts in zip(*found, strict=True)] or [np.empty(0, dtype=np.int64)] * 5
    return Events(draw=columns[0], kind=columns[1], row=columns[2], month=columns[3], follows=columns[4])
