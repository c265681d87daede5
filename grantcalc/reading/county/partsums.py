"""Sums below a column whose cells are parts of amounts: the bonus inside the pay, a premium a month inside the year's.

What stands in such cells is no amount of the draft, so their sum is checked against the cells themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from grantcalc.draft.model import Line, Position
from grantcalc.money import Number, number
from grantcalc.reading.county.amounts import amounts_among, says_none
from grantcalc.reading.county.model import Column, CountyTable, Entries
from grantcalc.reading.county.rowcells import exactly
from grantcalc.reading.numbers import of_text

_OF_POSTS: Final = "positions["


def part_numbers(
    table: CountyTable, column: Column, rows: Collection[int], entries: Entries, drafted: Mapping[str, Position | Line]
) -> tuple[Number, ...]:
    """The numbers of a column in these rows where some are less, or more, than the amounts that they went to.

    Nothing where the column states the amounts, or states all parts of them one below the other. ``drafted`` are the
    posts and rows of the draft by their paths.
    """
    numbers: list[Number] = []
    every: dict[str, Number] = {}
    in_part = False
    for row in rows:
        raw = table.grid.value(row, column.number)
        if raw == "" or says_none(raw):
            continue
        paths = entries.claimed.get((table.grid.name, row, column.number), ())
        amounts = _amounts(amounts_among(paths), drafted)
        value = of_text(raw, money=True) if isinstance(raw, str) else exactly(raw)
        if value is None or not amounts:
            return ()
        numbers.append(number(value if isinstance(raw, str) else value * column.factor))
        every.update(amounts)
        differs = numbers[-1] != _sum(amounts.values())
        if differs and not all(path.startswith(_OF_POSTS) for path in amounts):
            return ()
        in_part = in_part or differs
    if not in_part or _sum(numbers) == _sum(every.values()):
        return ()
    cells = {(table.grid.name, row, column.number) for row in rows}
    complete = all(key in cells for key, paths in entries.claimed.items() if not every.keys().isdisjoint(paths))
    return () if complete else tuple(numbers)


def _amounts(paths: Sequence[str], drafted: Mapping[str, Position | Line]) -> dict[str, Number]:
    """The amounts of posts and rows at these paths; none where one is not stated."""
    found: dict[str, Number] = {}
    for path in paths:
        row, _, name = path.rpartition(".")
        value = getattr(drafted.get(row), name, None)
        if value is None:
            return {}
        found[path] = value
    return found


def _sum(values: Iterable[Number]) -> Number:
    return number(sum(map(Fraction, values), Fraction(0)))
