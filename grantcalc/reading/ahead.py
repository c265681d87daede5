"""Parses files in other processes before anybody asks for them, while this process has something else to do.

Nothing depends on it: what is not parsed in time, or had no proper end, is parsed when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ParamSpec, TypeVar

from attrs import field, frozen

from grantcalc.reading import Unreadable, child, content, forks, plain_path
from grantcalc.reading.endings import PROPER, ended, value, work
from grantcalc.reading.forks import Child, allow, forked, send
from grantcalc.reading.limits import DEFAULT_LIMITS, Limits
from grantcalc.reading.options import ReadOptions

P = ParamSpec("P")
R = TypeVar("R")


@frozen
class Answered:
    """The work on one file as another process did it before."""

    answer: bytes = field(repr=False)

    def run(self, file: str, limits: Limits, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What that process answered; where that is no proper end, the work is done by one of its own."""
        ending, made = ended(self.answer)
        if ending not in PROPER:
            return child.run(file, limits, function, *args, **kwargs)
        found: R = value(ending, made, file, limits)
        return found


@frozen
class Ahead:
    """Processes at work, each with its files in their order."""

    _shares: tuple[tuple[Child, Sequence[Path]], ...] = ()
    _limits: Limits = DEFAULT_LIMITS

    def parsed(self) -> Mapping[Path, Answered]:
        """What is done by now; asked once, for the rest is not waited for."""
        return {
            path: Answered(answer)
            for worker, paths in self._shares
            for path, answer in zip(paths, worker.waiting(self._limits), strict=False)
            if answer
        }


@contextmanager
def ahead(paths: Sequence[Path], options: ReadOptions, number: int) -> Iterator[Ahead]:
    """So many processes parse these files as long as the block lasts; none where there are no forks."""
    shares = [paths[start::number] for start in range(min(number, len(paths)))] if forks.FORKS else []
    started: list[Child] = []
    try:
        with suppress(Unreadable):  # no more processes: then nothing is done ahead
            started += (_started(share, options) for share in shares)
        yield Ahead(tuple(zip(started, shares, strict=False)), options.limits)
    finally:
        for worker in started:
            worker.end()


def _started(paths: Sequence[Path], options: ReadOptions) -> Child:
    def parse(_: int, writer: int) -> None:
        for path in paths:
            allow(options.limits.seconds)
            send(writer, _answer(path, options))

    return forked(paths[0].name, options.limits, parse, roomy=True)


def _answer(path: Path, options: ReadOptions) -> bytes:
    """What the parsing of a spreadsheet makes; nothing of another file, which is parsed in no time."""
    from grantcalc.reading.forms import open_data, prepare, text_form

    file, limits = plain_path(path).name, options.limits
    try:
        data = content(path, file, limits)
    except Unreadable:
        return b""
    if text_form(data, path.suffix.lower()) is not None:
        return b""
    prepare(data)
    return work(open_data, (data, file, limits, options.salt), {})
