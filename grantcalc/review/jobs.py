"""Runs a function over many arguments in several processes, in order; on a cluster by joblib's dask backend.

On this machine the processes are those of the standard library: forked, where forks are safe, they have the rules
loaded already, which joblib's own (loky) would load each for itself; and one that is killed is noticed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import frozen

from grantcalc.text import Message, Text

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

NO_DASK = Message(
    "--scheduler needs the package “distributed”, which is not installed; install it with: pip install "
    "'grantcalc[cluster]'"
)
NO_SCHEDULER = Message("The scheduler {address} cannot be reached: {reason}.")

CONNECT_SECONDS = 10
FEW, MANY = 3, 16
"""Arguments that a process is given at once: as many are done again where it is killed."""

Given = TypeVar("Given")
Made = TypeVar("Made")
Progress = Callable[[int], object]
"""Called with how many more are done."""


class JobsError(Exception):
    """The processes cannot be had; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        """Keep the message for rendering in the user's language."""
        super().__init__(text.template, dict(text.values))
        self.text = text


@frozen(kw_only=True)
class Workers:
    """How many processes of this machine (0: one a core), or the address of a dask scheduler instead."""

    jobs: int = 0
    scheduler: str | None = None

    @property
    def number(self) -> int:
        """How many processes of this machine."""
        return self.jobs or cores()

    @property
    def local(self) -> bool:
        """True where the processes share this machine's files."""
        return self.scheduler is None


def cores() -> int:
    """Cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


Work = Callable[[Sequence[Given]], list[Made]]
"""Does a few one after another, and so may share among them what is dear to set up: a result for each, in order."""


def run(
    work: Work[Given, Made],
    given: Sequence[Given],
    workers: Workers,
    lost: Callable[[Given], Made],
    progress: Progress = lambda _: None,
) -> list[Made]:
    """A result for every argument, in their order; ``lost`` of one whose process is killed again and again.

    Both and the arguments must be picklable.
    """
    if not workers.local:
        return _on_cluster(work, given, workers, progress)
    number = min(workers.number, len(given))
    if number > 1:
        return _side_by_side(work, given, number, lost, progress)
    made = []
    for few in parted(range(len(given)), 1):
        made += work([given[index] for index in few])
        progress(len(few))
    return made


def parted(indices: Sequence[int], number: int) -> Iterator[Sequence[int]]:
    """Parts for ``number`` processes, smaller and smaller: they end at about the same time."""
    start = 0
    while start < len(indices):
        left = len(indices) - start
        size = max(min(FEW, -(-left // number)), min(MANY, left // (2 * number)))
        yield indices[start : start + size]
        start += size


def _side_by_side(
    work: Work[Given, Made],
    given: Sequence[Given],
    number: int,
    lost: Callable[[Given], Made],
    progress: Progress,
) -> list[Made]:
    """A process that is killed takes its pool with it: what is left is tried once more, and then one by one."""
    made: dict[int, Made] = {}

    def left() -> list[int]:
        return [index for index in range(len(given)) if index not in made]

    made.update(_pooled(work, given, parted(left(), number), number, progress))
    made.update(_pooled(work, given, parted(left(), number), number, progress))
    for index in left():
        made.update(_pooled(work, given, [[index]], 1, progress))
        if index not in made:
            made[index] = lost(given[index])
            progress(1)
    return [made[index] for index in range(len(given))]


def _pooled(
    work: Work[Given, Made],
    given: Sequence[Given],
    parts: Iterable[Sequence[int]],
    number: int,
    progress: Progress,
) -> Iterator[tuple[int, Made]]:
    """What is done, with its index; all of it, unless a process is killed."""
    from concurrent.futures import as_completed
    from concurrent.futures.process import BrokenProcessPool

    parts = list(parts)
    if not parts:
        return
    with _pool(number) as pool, suppress(BrokenProcessPool):
        futures = {pool.submit(work, [given[index] for index in few]): few for few in parts}
        for future in as_completed(futures):
            yield from zip(futures[future], future.result(), strict=True)
            progress(len(futures[future]))


@contextmanager
def _pool(number: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that are gone afterwards, whatever ends the work: nobody waits for what is not wanted any more."""
    import gc
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    gc.freeze()  # what is there already is shared with the forks, and stays so: no collector writes to it

    context = get_context("fork" if sys.platform == "linux" else "spawn")
    others = set(active_children())
    pool = ProcessPoolExecutor(number, mp_context=context, initializer=_ready)
    is_done = False
    try:
        yield pool
        is_done = True
    finally:
        for process in set() if is_done else set(active_children()) - others:
            process.terminate()
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def _ready() -> None:
    """In a process of the pool: it ends when it is told to, or when who started it is gone."""
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells all at once; the first process speaks for all
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _on_cluster(work: Work[Given, Made], given: Sequence[Given], workers: Workers, progress: Progress) -> list[Made]:
    from joblib import delayed, parallel_config

    with _client(str(workers.scheduler)), parallel_config(backend="dask"):
        made = _counting(progress)(n_jobs=-1, batch_size=1)(delayed(work)([one]) for one in given)
    return [one for few in made for one in few]


def _counting(progress: Progress) -> Any:
    """joblib's class, telling what is done."""
    from joblib import Parallel

    class Counting(Parallel):  # type: ignore[misc]  # joblib has no types
        told = 0

        def print_progress(self) -> None:
            """Called by joblib whenever some are done."""
            done, self.told = self.n_completed_tasks - self.told, self.n_completed_tasks
            progress(done)

    return Counting


@contextmanager
def _client(address: str) -> Iterator[None]:
    try:
        from distributed import Client
    except ImportError:
        raise JobsError(NO_DASK()) from None
    try:
        client = Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, TypeError) as error:
        raise JobsError(NO_SCHEDULER(address=address, reason=str(error) or type(error).__name__)) from error
    with client:
        yield
