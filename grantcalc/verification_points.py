"""Recomputes scales of pay points (薪點): the printed pay from the points, and the points from their steps.

A folder has such a scale where it has one of :data:`SCALES`; printed pay needs its :data:`POINT_VALUE` too.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from grantcalc import verification_texts as texts
from grantcalc.money import product, whole
from grantcalc.pay.points import value_on
from grantcalc.recomputed import Check, row_check
from grantcalc.tabledata import Row, Table, Tables

SCALES = ("case_manager_points", "project_manager_points")
POINT_VALUE = "point_value"

STEP, POINTS, AMOUNT = "step", "points", "amount"


def pay_scales(tables: Tables, folder: str) -> Iterator[Check]:
    """Every step, every number of points and every printed amount of the folder's scales."""
    known = {info.id for info in tables.infos()}
    for name in SCALES:
        if (scale := f"{folder}/{name}") not in known:
            continue
        table = tables[scale]
        yield from _points(table)
        values = f"{folder}/{POINT_VALUE}"
        is_printed = AMOUNT in {column.name for column in table.info.columns}
        if is_printed and values in known and tables[values].rows:
            yield from _amounts(table, tables, values)


def _points(table: Table) -> Iterator[Check]:
    """Steps count from 1, and each adds the same points, in every degree or grade of the scale.

    What a step adds, and where a scale starts, is what most rows say: one misread number is one difference.
    """
    scales = _scales(table)
    pairs = [pair for rows in scales for pair in pairwise(rows)]
    added = _commonest(after[POINTS] - before[POINTS] for before, after in pairs)
    for rows in scales:
        start = _commonest(row[POINTS] - added * number for number, row in enumerate(rows))
        for number, row in enumerate(rows):
            yield row_check(table, row, STEP, row[STEP], number + 1, texts.HOW_NEXT_STEP())
            yield row_check(table, row, POINTS, row[POINTS], start + added * number, texts.HOW_STEPS(points=added))


def _scales(table: Table) -> list[list[Row]]:
    """The rows of each degree or grade: those that differ in their step alone."""
    scales: dict[tuple[object, ...], list[Row]] = {}
    for row in table.rows:
        scales.setdefault(tuple(row[name] for name in table.info.key if name != STEP), []).append(row)
    return list(scales.values())


def _commonest(values: Iterable[int]) -> int:
    return max(Counter(values).items(), key=lambda counted: counted[1], default=(0, 0))[0]


def _amounts(table: Table, tables: Tables, value_table: str) -> Iterator[Check]:
    """Monthly pay is points × the value of a point on the scale's first day, half up."""
    first_day = table.info.effective_from or dt.date.min
    for row in table.rows:
        value, _ = value_on(tables, value_table, first_day)
        yield row_check(table, row, AMOUNT, row[AMOUNT], whole(product(row[POINTS], value)), texts.HOW_POINTS())
