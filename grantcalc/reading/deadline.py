"""How long the reading of one file may take once it is parsed: asked at every row, so that it ends in words."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from attrs import field, frozen

from grantcalc.reading.endings import too_slow
from grantcalc.reading.limits import DEFAULT_LIMITS, Limits

T = TypeVar("T")


@frozen(kw_only=True)
class Deadline:
    """The moment (of ``clock``, in seconds) by which a file must be read; made when its reading starts."""

    file: str
    limits: Limits
    until: float
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)

    @classmethod
    def start(cls, file: str, limits: Limits, clock: Callable[[], float] = time.monotonic) -> Deadline:
        """From now on, as long as ``--max-seconds`` says."""
        return cls(file=file, limits=limits, until=clock() + limits.seconds, clock=clock)

    def check(self) -> None:
        """:class:`~grantcalc.reading.problems.Unreadable` once the time is over."""
        if self.clock() > self.until:
            raise too_slow(self.file, self.limits)

    def over(self, rows: Iterable[T]) -> Iterator[T]:
        """The rows one after another, the time looked at before each."""
        for row in rows:
            self.check()
            yield row


NEVER = Deadline(file="", limits=DEFAULT_LIMITS, until=math.inf)
"""For readings that nobody waits for too long: of a few rows, of what this program made itself."""
