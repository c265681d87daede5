"""The process that parses a file is bounded, and sends values only."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

import pytest

from grantcalc.reading import child, forks
from grantcalc.reading.child import Series
from grantcalc.reading.limits import MEGABYTE, Limits
from grantcalc.reading.problems import Unreadable, refuse
from grantcalc.text import Language, Message
from grantcalc.units import Unit

SHORT = Limits(seconds=1, memory_bytes=200 * MEGABYTE)
PATIENT = Limits(seconds=20, memory_bytes=200 * MEGABYTE)
REFUSED = Message("No: {unit}.")


def echo(value: object) -> list[object]:
    return [value]


def refusing() -> None:
    raise refuse("inner", REFUSED(unit=Unit.HOUR), REFUSED(unit=Unit.DAY))


def spinning() -> None:
    while True:
        pass


def sleeping() -> None:
    time.sleep(60)


def hungry() -> int:
    return len(bytearray(1000 * MEGABYTE))


def talkative() -> bytes:
    return b"x" * 5 * MEGABYTE


def crashing() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def aborting() -> None:
    os.abort()


def leaving() -> None:
    os._exit(3)


def failing() -> None:
    raise KeyError("A123456789")


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("exit 1",)


def sending_code() -> Evil:
    return Evil()


TOO_SLOW = "Reading the file takes more than {} seconds, the limit of --max-seconds."
BROKE_DOWN = "The file makes the program that reads it break down ({})."
ENDINGS: list[tuple[Callable[[], object], Limits, str]] = [
    (spinning, SHORT, TOO_SLOW.format(1)),
    (sleeping, SHORT, TOO_SLOW.format(1)),
    (hungry, PATIENT, "Reading the file takes more than 200 MB of memory."),
    (aborting, PATIENT, "Reading the file takes more than 200 MB of memory."),
    (
        talkative,
        Limits(expanded_bytes=MEGABYTE),
        "What the file holds takes more than 1 MB, the limit of --max-expanded-mb.",
    ),
    (crashing, PATIENT, BROKE_DOWN.format("SIGSEGV")),
    (leaving, PATIENT, BROKE_DOWN.format("3")),
    (failing, PATIENT, BROKE_DOWN.format("KeyError")),
    (sending_code, PATIENT, BROKE_DOWN.format("pickle")),
    (refusing, PATIENT, "No: hour."),
]


@pytest.mark.parametrize(("function", "limits", "said"), ENDINGS, ids=lambda value: getattr(value, "__name__", ""))
def test_however_it_ends_the_parent_goes_on(
    function: Callable[[], object], limits: Limits, said: str, english: Language
) -> None:
    files = set(os.listdir("/proc/self/fd"))
    with pytest.raises(Unreadable) as caught:
        child.run("x.xlsx", limits, function)
    assert english(caught.value.problems[0].message).replace(",", "") == said.replace(",", "")
    assert caught.value.file == "x.xlsx"
    assert set(os.listdir("/proc/self/fd")) == files
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_it_returns_arrives() -> None:
    assert child.run("x", PATIENT, echo, {"甲": [1.5, None, Unit.HOUR]}) == [{"甲": [1.5, None, Unit.HOUR]}]


def test_beside_threads_and_in_a_thread() -> None:
    made: list[object] = []
    threads = [threading.Thread(target=lambda at=at: made.append(child.run("x", PATIENT, echo, at))) for at in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [[at] for at in range(6)]


def test_where_no_forks_are_to_be_had(monkeypatch: pytest.MonkeyPatch, english: Language) -> None:
    monkeypatch.setattr(forks, "FORKS", False)
    from grantcalc.reading.identity import Masker

    assert child.run("x", PATIENT, Masker().text, "甲 A123456789") == "甲 A1********"
    with pytest.raises(Unreadable) as caught:
        child.run("x", Limits(seconds=2), time.sleep, 60)
    assert english(caught.value.problems[0].message) == TOO_SLOW.format(2)
    with pytest.raises(Unreadable) as caught:
        child.run("x", PATIENT, os._exit, 3)
    assert english(caught.value.problems[0].message) == BROKE_DOWN.format("3")


@pytest.mark.parametrize("call", ["fork", "pipe"])
def test_where_the_system_has_no_more_processes_or_files(
    call: str, monkeypatch: pytest.MonkeyPatch, english: Language
) -> None:
    def refused() -> None:
        raise OSError(11, "Resource temporarily unavailable")

    files = set(os.listdir("/proc/self/fd"))
    monkeypatch.setattr(os, call, refused)
    with pytest.raises(Unreadable) as caught:
        child.run("x", PATIENT, echo, 1)
    assert english(caught.value.problems[0].message) == BROKE_DOWN.format("Resource temporarily unavailable")
    assert set(os.listdir("/proc/self/fd")) == files


def process() -> int:
    return os.getpid()


def kept_or_ended(path: str) -> str:
    """Breaks down where something was there before it."""
    if path in _SEEN:
        raise KeyError(path)
    _SEEN.add(path)
    return path


_SEEN: set[str] = set()
"""What the process of a series has seen: filled there, never here."""


def test_one_child_does_a_series() -> None:
    files = set(os.listdir("/proc/self/fd"))
    with Series() as series:
        found = {series.run("x", PATIENT, process) for _ in range(3)}
        assert len(found) == 1
        assert os.getpid() not in found
        assert series.run("x", PATIENT, echo, "甲" * 10**6) == ["甲" * 10**6]
        assert series.run("x", Limits(seconds=19), process) not in found
    assert set(os.listdir("/proc/self/fd")) == files
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(("function", "limits", "said"), ENDINGS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_series_goes_on_after_every_ending(
    function: Callable[[], object], limits: Limits, said: str, english: Language
) -> None:
    with Series() as series:
        series.run("before", limits, process)
        with pytest.raises(Unreadable) as caught:
            series.run("x.xlsx", limits, function)
        assert english(caught.value.problems[0].message).replace(",", "") == said.replace(",", "")
        assert caught.value.file == "x.xlsx"
        assert isinstance(series.run("after", limits, process), int)


def test_what_came_before_in_a_series_decides_nothing() -> None:
    with Series() as series:
        assert [series.run("x", PATIENT, kept_or_ended, "甲") for _ in range(3)] == ["甲"] * 3


def test_a_refusal_leaves_the_child_of_a_series_at_work() -> None:
    with Series() as series:
        number = series.run("x", PATIENT, process)
        with pytest.raises(Unreadable):
            series.run("x", PATIENT, refusing)
        assert series.run("x", PATIENT, process) == number


def test_the_time_of_a_series_is_that_of_each_file() -> None:
    limits = Limits(seconds=1)
    with Series() as series:
        number = series.run("x", limits, process)
        for _ in range(3):
            series.run("x", limits, time.sleep, 0.6)
        assert series.run("x", limits, process) == number


def test_a_child_that_is_killed_between_two_files_is_replaced() -> None:
    with Series() as series:
        number = series.run("x", PATIENT, process)
        os.kill(number, signal.SIGKILL)
        assert series.run("x", PATIENT, echo, 1) == [1]
        assert series.run("x", PATIENT, process) != number


def test_a_series_where_no_forks_are_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "FORKS", False)
    from grantcalc.reading.identity import Masker

    with Series() as series:
        assert series.run("x", PATIENT, Masker().text, "甲 A123456789") == "甲 A1********"
