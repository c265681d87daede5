"""Runs the parsing of an untrusted file in a process of its own, with bounds on time and memory.

The process is a fork of this one, where the system has forks that are safe; else another Python is started. What comes
back is unpickled from a closed list of classes: a process that a hostile file has taken over can only send values.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import struct
import sys
import time
import warnings
from collections.abc import Callable
from enum import Enum
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from attrs import define, frozen

from grantcalc.reading.limits import MEGABYTE, Limits
from grantcalc.reading.problems import Unreadable, refuse
from grantcalc.reading.sent import loaded
from grantcalc.text import Message

TOO_SLOW = Message("Reading the file takes more than {seconds} seconds, the limit of --max-seconds.")
SIMPLER = Message(
    "Delete what does not belong to the budget (pictures, other sheets, far-off cells), or allow more with "
    "--max-seconds."
)
TOO_MUCH_MEMORY = Message("Reading the file takes more than {limit} MB of memory.")
SMALLER_FILE = Message(
    "Delete what does not belong to the budget (pictures, other sheets, far-off cells); a small file is damaged: save "
    "it once more in Excel or LibreOffice."
)
BROKE_DOWN = Message("The file makes the program that reads it break down ({reason}).")
TOO_MUCH_TEXT = Message("What the file holds takes more than {limit} MB, the limit of --max-expanded-mb.")
LESS_TEXT = Message(
    "Delete what does not belong to the budget (pictures, other sheets, far-off cells), or allow more with "
    "--max-expanded-mb."
)
SAVE_ANEW = Message("Open it in Excel or LibreOffice, save it under another name as .xlsx, and check that copy.")

_LENGTH = struct.Struct("<Q")
_PIECE = 1 << 20
_FORKS = sys.platform.startswith("linux")
"""Where a fork of a process with threads and system libraries is safe enough to do nothing but parse."""

P = ParamSpec("P")
R = TypeVar("R")


class Ending(Enum):
    """How the work of a child ended."""

    DONE = "done"
    REFUSED = "refused"
    MEMORY = "memory"
    BROKEN = "broken"


def run(file: str, limits: Limits, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """``function(*args)`` in a child; :class:`Unreadable` from there, or where it went beyond its bounds."""
    make = _forked if _FORKS else _spawned
    sent = make(file, limits, function, args, kwargs)
    try:
        ending, value = loaded(sent)
    except (pickle.UnpicklingError, EOFError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise broken(file, "pickle") from None
    if ending == Ending.REFUSED.value:
        raise Unreadable(file, value)
    if ending == Ending.MEMORY.value:
        raise too_much(file, limits)
    if ending == Ending.BROKEN.value:
        raise broken(file, str(value))
    made: R = value
    return made


def broken(file: str, reason: str) -> Unreadable:
    """The exception for a child that ended in a way that nobody foresaw."""
    return refuse(file, BROKE_DOWN(reason=reason), SAVE_ANEW())


def too_much(file: str, limits: Limits) -> Unreadable:
    """The exception for a child that asked for too much memory."""
    return refuse(file, TOO_MUCH_MEMORY(limit=limits.memory_bytes // MEGABYTE), SMALLER_FILE())


def _too_slow(file: str, limits: Limits) -> Unreadable:
    return refuse(file, TOO_SLOW(seconds=limits.seconds), SIMPLER())


@define
class _Boundary:
    """The end of a process: whatever is raised inside is kept as what the parent is told."""

    outcome: tuple[str, Any] = (Ending.BROKEN.value, "")

    def __enter__(self) -> _Boundary:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, Unreadable):
            self.outcome = Ending.REFUSED.value, error.problems
        elif isinstance(error, MemoryError):
            self.outcome = Ending.MEMORY.value, None
        elif kind is not None:
            # The name alone: the text of an error may quote what a cell holds.
            self.outcome = Ending.BROKEN.value, kind.__name__
        return True


def _work(function: Callable[..., Any], args: Any, kwargs: Any) -> bytes:
    boundary = _Boundary()
    made: bytes | None = None
    with boundary:
        made = pickle.dumps((Ending.DONE.value, function(*args, **kwargs)), protocol=pickle.HIGHEST_PROTOCOL)
    return pickle.dumps(boundary.outcome) if made is None else made


def _forked(file: str, limits: Limits, function: Callable[..., Any], args: Any, kwargs: Any) -> bytes:
    try:
        reader, writer = os.pipe()
    except OSError as error:  # too many open files
        raise broken(file, error.strerror or type(error).__name__) from None
    with warnings.catch_warnings():
        # Python warns of forks beside threads; this child takes no lock and calls nothing but the parser.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            child = os.fork()
        except OSError as error:  # too many processes, too little memory
            os.close(reader)
            os.close(writer)
            raise broken(file, error.strerror or type(error).__name__) from None
    if child == 0:
        try:
            os.close(reader)
            _bound(limits)
            _send(writer, _work(function, args, kwargs))
        finally:
            os._exit(0)  # nothing of the parent's is flushed or cleaned up here
    os.close(writer)
    return _Child(child, reader).received(file, limits)


def _send(writer: int, made: bytes) -> None:
    view = memoryview(_LENGTH.pack(len(made)) + made)
    while view:
        view = view[os.write(writer, view) :]


@frozen
class _Child:
    """A fork at work, and the end of the pipe that it writes to."""

    number: int
    reader: int

    def received(self, file: str, limits: Limits) -> bytes:
        """What it sent; it is killed where it takes too long, and always gone afterwards."""
        gone = False
        try:
            made = self._all(file, limits)
            gone = made is None
        finally:
            os.close(self.reader)
            if not gone:
                os.kill(self.number, signal.SIGKILL)
            number = os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])
        if made is None:
            raise _gone(file, limits, number)
        return made

    def _all(self, file: str, limits: Limits) -> bytes | None:
        deadline = time.monotonic() + limits.seconds
        head = self._some(_LENGTH.size, deadline, file, limits)
        if len(head) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(head)
        if length > limits.expanded_bytes:
            raise refuse(file, TOO_MUCH_TEXT(limit=limits.expanded_bytes // MEGABYTE), LESS_TEXT())
        made = self._some(length, deadline, file, limits)
        return bytes(made) if len(made) == length else None

    def _some(self, length: int, deadline: float, file: str, limits: Limits) -> bytearray:
        """So many bytes; fewer where the child is gone."""
        found = bytearray()
        waiting = select.poll()
        waiting.register(self.reader)
        while len(found) < length:
            left = deadline - time.monotonic()
            if left <= 0 or not waiting.poll(left * 1000):
                raise _too_slow(file, limits)
            piece = os.read(self.reader, min(_PIECE, length - len(found)))
            if not piece:
                break
            found += piece
        return found


def _gone(file: str, limits: Limits, number: int) -> Unreadable:
    """Why a child is gone that sent nothing; ``number`` is negative where a signal ended it."""
    if number >= 0:
        return broken(file, str(number))
    ending = signal.Signals(-number)
    if ending is getattr(signal, "SIGXCPU", None) or ending is getattr(signal, "SIGALRM", None):
        return _too_slow(file, limits)
    if ending is signal.SIGABRT or ending is getattr(signal, "SIGKILL", None):
        return too_much(file, limits)  # how the parsing library and the system end who asks for too much
    return broken(file, ending.name)


def _bound(limits: Limits) -> None:
    """In the child: bounds of its own, so that it ends even where the parent is gone; no word to the terminal."""
    import faulthandler
    import gc
    import resource

    gc.disable()
    faulthandler.disable()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits.seconds + 1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_CPU, limits.seconds)
    _lower(resource.RLIMIT_AS, _address_space() + limits.memory_bytes)


def _lower(kind: int, value: int) -> None:
    import resource

    hard = resource.getrlimit(kind)[1]
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bound, hard))


def _address_space() -> int:
    """What the process has mapped already, in bytes."""
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as status:
            return int(status.read().split()[0]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0


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
        raise _too_slow(file, limits) from None
    if not ended.stdout:
        raise _gone(file, limits, ended.returncode)
    return ended.stdout


def main() -> None:
    """What such a Python does: the work it is given by its parent."""
    function, args, kwargs = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  # written by the parent
    sys.stdout.buffer.write(_work(function, args, kwargs))
