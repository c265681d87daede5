"""A part of run.py: a sweep against the bare NumPy arithmetic on the same teams, and its memory.

The bare arithmetic multiplies the persons of three roles with the cost of one person from its first day and sums, in
arrays that are all there already; the sweep finds costs, heads, what binds, the best teams and the frontier.
"""

from __future__ import annotations

import datetime as dt
import tracemalloc
from collections.abc import Callable, Sequence

import numpy as np
from measuring import fastest, row

from grantcalc.draft.model import Role
from grantcalc.headcount.axes import axes_of
from grantcalc.headcount.model import Basis, Insured, Scenario, Staff
from grantcalc.headcount.pricing import Prices, prices_of
from grantcalc.headcount.results import Axis
from grantcalc.headcount.sweep import sweep
from grantcalc.rules.library import Library

MONTHS = "113/1/1..113/12/1"
MEGABYTE = 1 << 20
SMALL = ("case-managers=16..40", "supervisors=1..8", f"start:case-managers={MONTHS}", f"start:supervisors={MONTHS}")
MILLION = (*SMALL, "project-managers=0..2", f"start:project-managers={MONTHS}")
TEN_MILLION = (*SMALL, "project-managers=0..29", f"start:project-managers={MONTHS}")


def team(library: Library) -> tuple[Scenario, Prices]:
    """The approved posts of 嘉義縣."""
    programme = library.programme("dapc-113")
    staff = ((Role.CASE_MANAGER, 27, 46_000), (Role.SUPERVISOR, 4, 52_000), (Role.PROJECT_MANAGER, 2, 44_280))
    scenario = Scenario(
        programme=programme.id,
        county="嘉義縣",
        period=programme.period,
        staff=tuple(
            Staff(
                name=role.value,
                role=role,
                count=count,
                start=programme.period.start,
                end=programme.period.end,
                basis=Basis(monthly=monthly),
            )
            for role, count, monthly in staff
        ),
        budget=21_093_000,
        cases=(807,) * 12,
        insured=Insured.INCLUDED,
    )
    return scenario, prices_of(scenario, programme, library.tables)


def bare(axes: Sequence[Axis]) -> Callable[[], object]:
    """The persons and the cost of each of as many combinations, and what multiplies and sums them."""
    sizes = [len(axis.values) for axis in axes]
    total = int(np.prod(sizes))
    at = np.unravel_index(np.arange(total), sizes)
    by_name = {axis.name: np.asarray(axis.counts)[place] for axis, place in zip(axes, at, strict=True) if axis.counts}
    months = [
        12 - np.array([_month(day) for day in axis.days])[place]
        for axis, place in zip(axes, at, strict=True)
        if axis.days
    ]
    persons = [np.ascontiguousarray(counts) for counts in by_name.values()]
    costs = [np.ascontiguousarray(count * 46_000) for count in months]
    return lambda: sum(count * cost for count, cost in zip(persons, costs, strict=True))


def _month(day: dt.date) -> int:
    return day.month - 1


def peak(run: Callable[[], object]) -> float:
    """The most memory (MB) that a run holds at a time, NumPy's arrays among it."""
    tracemalloc.start()
    run()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / MEGABYTE


def inside(runs: int) -> None:
    """Measure and print."""
    library = Library()
    scenario, prices = team(library)
    programme = library.programme(scenario.programme)
    axes = axes_of(MILLION, scenario, programme)
    found, alone = fastest(lambda: sweep(scenario, prices, axes), bare(axes), runs=4 * runs)
    row("sweep of 1,036,800 combinations / bare NumPy arithmetic", f"{found / alone:.2f}", "at most 10")
    for texts in (SMALL, MILLION, TEN_MILLION):
        wide = axes_of(texts, scenario, programme)
        total = int(np.prod([len(axis.values) for axis in wide]))
        most = peak(lambda wide=wide: sweep(scenario, prices, wide))
        row(f"  peak memory of a sweep of {total:,} combinations", f"{most:.1f} MB", "flat")
