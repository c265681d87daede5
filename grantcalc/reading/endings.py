"""How the work of a child process ends: with a value, or with what there is to say of the file instead."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from enum import Enum
from types import TracebackType
from typing import Any

from attrs import define

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


class Ending(Enum):
    """How the work of a child ended."""

    DONE = "done"
    REFUSED = "refused"
    MEMORY = "memory"
    BROKEN = "broken"


PROPER = frozenset({Ending.DONE, Ending.REFUSED})
"""What would come of the same work at another time and place."""


def broken(file: str, reason: str) -> Unreadable:
    """The exception for a child that ended in a way that nobody foresaw."""
    return refuse(file, BROKE_DOWN(reason=reason), SAVE_ANEW())


def too_much(file: str, limits: Limits) -> Unreadable:
    """The exception for a child that asked for too much memory."""
    return refuse(file, TOO_MUCH_MEMORY(limit=limits.memory_bytes // MEGABYTE), SMALLER_FILE())


def too_slow(file: str, limits: Limits) -> Unreadable:
    """The exception for a child that takes too long."""
    return refuse(file, TOO_SLOW(seconds=limits.seconds), SIMPLER())


def too_long(file: str, limits: Limits) -> Unreadable:
    """The exception for a child that sends more than a draft holds."""
    return refuse(file, TOO_MUCH_TEXT(limit=limits.expanded_bytes // MEGABYTE), LESS_TEXT())


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


def work(function: Callable[..., Any], args: Any, kwargs: Any) -> bytes:
    """In the child: what the parent is sent, whatever becomes of the work."""
    boundary = _Boundary()
    made: bytes | None = None
    with boundary:
        made = pickle.dumps((Ending.DONE.value, function(*args, **kwargs)), protocol=pickle.HIGHEST_PROTOCOL)
    return pickle.dumps(boundary.outcome) if made is None else made


def ended(sent: bytes) -> tuple[Ending, Any]:
    """How the work ended, and what it made."""
    try:
        ending, made = loaded(sent)
        return Ending(ending), made
    except (pickle.UnpicklingError, EOFError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return Ending.BROKEN, "pickle"


def value(ending: Ending, made: Any, file: str, limits: Limits) -> Any:
    """What the work made; :class:`Unreadable` as the child raised it, or where it had no end of its own."""
    if ending is Ending.REFUSED:
        raise Unreadable(file, made)
    if ending is Ending.MEMORY:
        raise too_much(file, limits)
    if ending is Ending.BROKEN:
        raise broken(file, str(made))
    return made
