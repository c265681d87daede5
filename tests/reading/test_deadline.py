"""A file is read in time or refused in words, whatever stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grantcalc.reading.county.read import read_county
from grantcalc.reading.deadline import NEVER, Deadline
from grantcalc.reading.limits import Limits
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.problems import Unreadable
from grantcalc.rules.library import Library
from grantcalc.text import Language
from tests.county.grids import book

LIMITS = Limits(seconds=30)
ROWS: list[list[object]] = [["項目", "單價", "數量", "金額"], *([["印刷費", 2, 3, 6]] * 50), ["總計", None, None, 300]]


class Clock:
    """Tells one second more each time it is asked."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> float:
        self.now += 1
        return float(self.now)


def test_time_is_up_after_the_last_second() -> None:
    times: Iterator[float] = iter((100.0, 130.0, 130.1))
    deadline = Deadline.start("x.xlsx", LIMITS, lambda: next(times))
    deadline.check()
    with pytest.raises(Unreadable):
        deadline.check()


def test_a_county_sheet_that_takes_too_long_is_refused(library: Library, english: Language) -> None:
    clock = Clock()
    deadline = Deadline.start("x.xlsx", LIMITS, clock)
    options = ReadOptions(programme="fsp-113", county="嘉義縣")
    with pytest.raises(Unreadable) as caught:
        read_county(book({"經費": ROWS}), library, Path("x.xlsx"), options, deadline)
    assert [english(problem.message) for problem in caught.value.problems] == [
        "Reading the file takes more than 30 seconds, the limit of --max-seconds."
    ]
    assert clock.now == 32


def test_without_an_end_it_is_read(library: Library) -> None:
    options = ReadOptions(programme="fsp-113", county="嘉義縣")
    assert len(read_county(book({"經費": ROWS}), library, Path("x.xlsx"), options, NEVER).draft.lines) == 50
