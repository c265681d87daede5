"""Runs the parsing of untrusted files in processes of their own, with bounds on time and memory.

Such a process is a fork of this one where the system has forks that are safe, else another Python. What it sends is
unpickled from a closed list of classes: a process that a hostile file has taken over can only send values.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any, ParamSpec, Protocol, TypeVar

from attrs import define

from grantcalc.reading import forks
from grantcalc.reading.endings import PROPER, Ending, ended, too_slow, value, work
from grantcalc.reading.forks import Child, allow, forked, gone, request, send
from grantcalc.reading.limits import Limits

P = ParamSpec("P")
R = TypeVar("R")


class Run(Protocol):
    """How the work on one file is done: by :func:`run`, or by the :meth:`Series.run` of a series."""

    def __call__(self, file: str, limits: Limits, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """``function(*args)``; :class:`Unreadable` from there, or where it went beyond its bounds."""


def run(file: str, limits: Limits, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """``function(*args)`` in a child; :class:`Unreadable` from there, or where it went beyond its bounds."""
    make = _forked if forks.FORKS else _spawned
    made: R = value(*ended(make(file, limits, function, args, kwargs)), file, limits)
    return made


def _forked(file: str, limits: Limits, function: Callable[..., Any], args: Any, kwargs: Any) -> bytes:
    def once(_: int, writer: int) -> None:
        allow(limits.seconds)
        send(writer, work(function, args, kwargs))

    child, made, is_alive = forked(file, limits, once), None, True
    try:
        made = child.answer(file, limits)
        is_alive = made is not None
    finally:
        ending = child.end(kill=is_alive)
    if made is None:
        raise gone(file, limits, ending)
    return made


@define
class Series:
    """Work on many files, one after another, by one child: a fork for each would cost as much as the work.

    How a file's work ends never depends on the files before it: where the child has no proper end, it is given up, and
    the file goes to a child of its own, which has all bounds to itself.
    """

    _child: Child | None = None
    _limits: Limits | None = None

    def __enter__(self) -> Series:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._give_up()

    def run(self, file: str, limits: Limits, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """``function(*args)``, which must be picklable, as :func:`run` does it."""
        done = self._asked(file, limits, (function, args, kwargs)) if forks.FORKS else None
        if done is None:
            return run(file, limits, function, *args, **kwargs)
        made: R = value(*done, file, limits)
        return made

    def _asked(self, file: str, limits: Limits, wanted: tuple[Any, ...]) -> tuple[Ending, Any] | None:
        """How the child of the series ends the work; ``None`` where it has no proper end."""
        child, done = self._ready(file, limits), None
        try:
            if child.ask(pickle.dumps(wanted, protocol=pickle.HIGHEST_PROTOCOL), file, limits):
                answer = child.answer(file, limits)
                done = None if answer is None else ended(answer)
        except BaseException:
            self._give_up()
            raise
        if done is None or done[0] not in PROPER:
            self._give_up()
            return None
        return done

    def _ready(self, file: str, limits: Limits) -> Child:
        if self._limits != limits:
            self._give_up()
        if self._child is None:
            self._limits = limits
            self._child = forked(file, limits, lambda reader, writer: _serve(reader, writer, limits.seconds))
        return self._child

    def _give_up(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def _serve(reader: int, writer: int, seconds: int) -> None:
    """In the child of a series: one request after another, each with the time of a file."""
    import gc
    import signal

    gc.freeze()
    while (wanted := request(reader)) is not None:
        allow(seconds)
        function, args, kwargs = pickle.loads(wanted)  # noqa: S301  # written by the parent
        made = work(function, args, kwargs)
        signal.alarm(0)  # the parent may be busy before it takes the answer
        send(writer, made)
        del wanted, args, kwargs, made
        gc.collect()


def _spawned(file: str, limits: Limits, function: Callable[..., Any], args: Any, kwargs: Any) -> bytes:
    """Another Python, where forks are not to be had: bounded in time only."""
    import subprocess

    asked = pickle.dumps((function, args, kwargs))
    command = [sys.executable, "-c", f"from {__name__} import main; main()"]
    try:
        ended = subprocess.run(  # noqa: S603  # this very program
            command, input=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise too_slow(file, limits) from None
    if not ended.stdout:
        raise gone(file, limits, ended.returncode)
    return ended.stdout


def main() -> None:
    """What such a Python does: the work it is given by its parent."""
    function, args, kwargs = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  # written by the parent
    sys.stdout.buffer.write(work(function, args, kwargs))
