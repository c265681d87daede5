"""A fork of this process that works for it, bounded in time and memory, and the pipes between the two."""

from __future__ import annotations

import os
import select
import signal
import struct
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress

from attrs import frozen

from grantcalc.reading.endings import broken, too_long, too_much, too_slow
from grantcalc.reading.limits import Limits
from grantcalc.reading.problems import Unreadable

FORKS = sys.platform.startswith("linux")
"""Where a fork of a process with threads and system libraries is safe enough to do nothing but parse."""

_LENGTH = struct.Struct("<Q")
_PIECE = _ROOM = 1 << 20
"""Bytes that are read at once, and that a system grants everybody's pipe."""


def forked(file: str, limits: Limits, work: Callable[[int, int], None], *, roomy: bool = False) -> Child:
    """A child that does ``work``, told where it reads requests and where it writes answers, and ends.

    A ``roomy`` pipe takes many answers that nobody waits for yet.
    """
    pipes: list[int] = []
    try:
        pipes += os.pipe()
        pipes += os.pipe()
        asked, asking, answered, answering = pipes
        with warnings.catch_warnings():
            # Python warns of forks beside threads; this child takes no lock and calls nothing but the parser.
            warnings.simplefilter("ignore", DeprecationWarning)
            number = os.fork()
    except OSError as error:  # too many open files or processes, too little memory
        for end in pipes:
            os.close(end)
        raise broken(file, error.strerror or type(error).__name__) from None
    if number == 0:
        try:
            os.close(asking)
            os.close(answered)
            _bound(limits)
            work(asked, answering)
        finally:
            os._exit(0)  # nothing of the parent's is flushed or cleaned up here
    os.close(asked)
    os.close(answering)
    if roomy:
        _widen(answered)
    return Child(number, asking, answered)


def _widen(pipe: int) -> None:
    import fcntl

    with suppress(OSError):  # a small one does as well, later
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ROOM)


def _framed(made: bytes) -> memoryview:
    """A text of any length, its length before it."""
    return memoryview(_LENGTH.pack(len(made)) + made)


def _wait(waiting: select.poll, deadline: float, file: str, limits: Limits) -> None:
    """Until the pipe is ready, or too late."""
    left = deadline - time.monotonic()
    if left <= 0 or not waiting.poll(left * 1000):
        raise too_slow(file, limits)


def send(writer: int, made: bytes) -> None:
    """In the child: answer the parent."""
    view = _framed(made)
    while view:
        view = view[os.write(writer, view) :]


def request(reader: int) -> bytes | None:
    """In the child: what the parent wants next; ``None`` where it wants nothing any more or is gone."""
    with os.fdopen(reader, "rb", closefd=False, buffering=0) as pipe:
        head = pipe.read(_LENGTH.size)
        if head is None or len(head) < _LENGTH.size:
            return None
        (length,), found = _LENGTH.unpack(head), bytearray()
        while len(found) < length:
            piece = pipe.read(min(_PIECE, length - len(found)))
            if not piece:
                return None
            found += piece
    return bytes(found)


def allow(seconds: int) -> None:
    """In the child: so much time from now on, by the clock and of the processor."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    signal.alarm(seconds + 1)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


@frozen
class Child:
    """A fork at work: where it is asked, and where it answers."""

    number: int
    asking: int
    answered: int

    def ask(self, wanted: bytes, file: str, limits: Limits) -> bool:
        """Send a request, in the time of one file; false where the child is gone."""
        os.set_blocking(self.asking, False)
        deadline, waiting = time.monotonic() + limits.seconds, select.poll()
        waiting.register(self.asking, select.POLLOUT)
        view = _framed(wanted)
        while view:
            _wait(waiting, deadline, file, limits)
            try:
                view = view[os.write(self.asking, view) :]
            except BrokenPipeError:
                return False
        return True

    def answer(self, file: str, limits: Limits) -> bytes | None:
        """What it sends next, in the time of one file; ``None`` where it is gone."""
        deadline = time.monotonic() + limits.seconds
        head = self._some(_LENGTH.size, deadline, file, limits)
        if len(head) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(head)
        if length > limits.expanded_bytes:
            raise too_long(file, limits)
        made = self._some(length, deadline, file, limits)
        return bytes(made) if len(made) == length else None

    def _some(self, length: int, deadline: float, file: str, limits: Limits) -> bytearray:
        """So many bytes; fewer where the child is gone."""
        found = bytearray()
        waiting = select.poll()
        waiting.register(self.answered)
        while len(found) < length:
            _wait(waiting, deadline, file, limits)
            piece = os.read(self.answered, min(_PIECE, length - len(found)))
            if not piece:
                break
            found += piece
        return found

    def waiting(self, limits: Limits) -> Iterator[bytes]:
        """The answers that are there already, without waiting for any: not more than a roomy pipe holds.

        One that is too long for a draft is empty.
        """
        os.set_blocking(self.answered, False)
        found = bytearray()
        with suppress(BlockingIOError):
            while len(found) < _ROOM and (piece := os.read(self.answered, _ROOM - len(found))):
                found += piece
        start = 0
        while start + _LENGTH.size <= len(found):
            (length,) = _LENGTH.unpack_from(found, start)
            start += _LENGTH.size + length
            if start <= len(found):
                yield bytes(found[start - length : start]) if length <= limits.expanded_bytes else b""

    def end(self, *, kill: bool = True) -> int:
        """Wait until it is gone, killed or by itself; how it ended, negative where a signal did it."""
        os.close(self.asking)
        os.close(self.answered)
        if kill:
            os.kill(self.number, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])


def gone(file: str, limits: Limits, number: int) -> Unreadable:
    """Why a child is gone that sent nothing; ``number`` is negative where a signal ended it."""
    if number >= 0:
        return broken(file, str(number))
    ending = signal.Signals(-number)
    if ending is getattr(signal, "SIGXCPU", None) or ending is getattr(signal, "SIGALRM", None):
        return too_slow(file, limits)
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
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
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
