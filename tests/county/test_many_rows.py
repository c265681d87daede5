"""Long sheets: the work grows as the rows do, and ends when the time is over."""

from __future__ import annotations

import cProfile
import math
import pstats
from collections.abc import Callable, Sequence

import pytest

from grantcalc.reading.assemble import Assembler
from grantcalc.reading.county.entries import read_entries
from grantcalc.reading.county.find import find_tables
from grantcalc.reading.deadline import Deadline
from grantcalc.reading.limits import DEFAULT_LIMITS
from grantcalc.reading.problems import Sink, Unreadable
from tests.county.grids import book
from tests.county.test_entries import HEADER, library, reading_of

Row = Sequence[object]


def one_each(number: int) -> list[Row]:
    """Posts of one kind, and as many premiums of nobody knows which."""
    posts = [["個案管理員", 40000 + at % 50, 12, "月", (40000 + at % 50) * 12, "1人"] for at in range(number)]
    return [*posts, *([["勞健保費", 6000, 12, "月", 72000, "1人"]] * number)]


def pooled(number: int) -> list[Row]:
    """Bonuses that each might be of all posts together."""
    posts = [["個案管理員", 40000, 12, "月", 480000, "1人"] for _ in range(number)]
    return [*posts, *([["年終獎金", None, 1.5, "月", 60001, ""]] * number)]


def own(number: int) -> list[Row]:
    """Premiums that own funds pay."""
    return [*one_each(number), *([["勞健保費自籌", 500, 12, "月", 6000, "自籌"]] * number)]


@pytest.mark.parametrize("rows", [one_each, pooled, own])
def test_parts_of_posts_are_joined_in_linear_work(rows: Callable[[int], list[Row]]) -> None:
    few, more, most = (calls_of(rows(number)) for number in (40, 80, 160))
    assert most - more < 2 * (more - few) * 1.05


def calls_of(rows: list[Row]) -> int:
    """How many functions a reading of these rows calls."""
    reading_of(rows, HEADER, "dapc-113")  # what is loaded once is loaded
    profile = cProfile.Profile()
    profile.runcall(reading_of, rows, HEADER, "dapc-113")
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def test_the_deadline_is_asked_at_every_row() -> None:
    rows = [["印刷費", 10, 5, "份", 50, ""]] * 20
    sink = Sink("x.xlsx")
    tables = find_tables(book({"概算": [HEADER, *rows]}), (), sink, library().tables)
    assembler = Assembler(library(), sink, programme=library().programme("fsp-113"))
    asked: list[float] = []

    def clock() -> float:
        asked.append(0)
        return 0.0 if len(asked) < 30 else math.inf

    deadline = Deadline(file="x.xlsx", limits=DEFAULT_LIMITS, until=1.0, clock=clock)
    with pytest.raises(Unreadable):
        read_entries(tables, assembler, deadline=deadline)
    assert len(asked) == 30
