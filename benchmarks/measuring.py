"""What the parts of the benchmark share: commands that take turns, work inside one process, lines of the result."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable

from attrs import frozen

MEGABYTE = 1024


@frozen
class Measured:
    """Median wall seconds and peak memory (MB) of a command."""

    seconds: float
    megabytes: float


def measure(*commands: list[str], runs: int) -> list[Measured]:
    """Run the commands in turn and take each one's median."""
    seconds: list[list[float]] = [[] for _ in commands]
    memory: list[list[float]] = [[] for _ in commands]
    for turn in range(runs + 1):
        for index, command in enumerate(commands):
            taken, peak = _once(command)
            if turn:
                seconds[index].append(taken)
                memory[index].append(peak)
    return [Measured(statistics.median(taken), max(peak)) for taken, peak in zip(seconds, memory, strict=True)]


def _once(command: list[str]) -> tuple[float, float]:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not hasattr(os, "wait4"):
        process.wait()
        return time.perf_counter() - start, float("nan")
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - start, usage.ru_maxrss / MEGABYTE


def fastest(*actions: Callable[[], object], runs: int) -> list[float]:
    """The fewest seconds of each of several actions that take turns: what else the machine does counts least."""
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(runs):
        for index, action in enumerate(actions):
            start = time.perf_counter()
            action()
            taken[index].append(time.perf_counter() - start)
    return [min(seconds) for seconds in taken]


def row(label: str, value: str, wanted: str) -> None:
    """One line of the result."""
    print(f"{label:<66} {value:>16}   {wanted}")
