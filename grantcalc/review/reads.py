"""One file of a batch, in whatever process: read, or taken from the cache, and judged alone; it never raises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from attrs import evolve, frozen

from grantcalc.checking import RuleCrashedError, judge_alone
from grantcalc.draft.model import Reading
from grantcalc.finding import Verdict
from grantcalc.reading import Unreadable, read, told
from grantcalc.reading.ahead import Answered
from grantcalc.reading.child import Run, Series
from grantcalc.reading.identity import Masker
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.problems import refuse
from grantcalc.review.cache import digest, put, take
from grantcalc.review.discover import Draft
from grantcalc.review.store import StoreError, dump, load
from grantcalc.rules.context import Options
from grantcalc.rules.library import Library
from grantcalc.tabledata import Tables
from grantcalc.text import Message, Text

READING = Message("reading the file")
CRASHED = Message(
    "{file}: {step} failed ({reason}). This is a defect of the program, not of the draft; please report it. The other "
    "drafts were checked without this one."
)
KILLED = Message(
    "{file}: the process that read it was ended from outside again and again (perhaps the memory of this machine "
    "does not suffice). Run the review again with fewer processes, e.g. --jobs 1."
)
CHANGED = Message("The file was changed while it was read.")
RUN_AGAIN = Message("Save it, close it in other programs, and run the review again.")


@frozen(kw_only=True)
class Task:
    """What a process needs to know of one file. ``kept`` is where its reading is kept, where it is at all."""

    draft: Draft
    digest: str = ""
    """Of the bytes that are to be read; empty where they are not known."""
    reading: ReadOptions
    options: Options
    tables: Path | None = None
    """The directory of ``--tables``; that of the program where ``None``."""
    kept: Path | None = None
    fresh: bool = False
    parsed: Answered | None = None
    """The file as another process has parsed it already."""

    @property
    def is_kept(self) -> bool:
        """Whether an earlier run seems to have read it."""
        return self.kept is not None and not self.fresh and self.kept.exists()


@frozen(kw_only=True)
class ReadDraft:
    """What became of one file: its reading and every rule's verdict on it alone, or the reasons why there is none."""

    reading: Reading | None = None
    alone: Mapping[str, Verdict] | None = None
    reasons: tuple[Text, ...] = ()
    resumed: bool = False
    """The reading was kept by an earlier run."""


@lru_cache(maxsize=2)
def library_of(tables: Path | None) -> Library:
    """The rules, loaded once in each process; a forked one has them from the process that started it."""
    return Library(Tables() if tables is None else Tables(tables))


def read_drafts(tasks: Sequence[Task]) -> list[ReadDraft]:
    """Read some files and judge each alone; one process parses them."""
    with Series() as series:
        return [_read_draft(task, series.run if task.parsed is None else task.parsed.run) for task in tasks]


def _read_draft(task: Task, run: Run) -> ReadDraft:
    library = library_of(task.tables)
    try:
        with _Named(READING()):
            reading, resumed = _reading(task, library, run)
        # Findings name the other files as people see them in the batch.
        reading = evolve(reading, file=task.draft.file)
        return ReadDraft(reading=reading, alone=judge_alone(reading, library, task.options), resumed=resumed)
    except Unreadable as error:
        return ReadDraft(reasons=tuple(told(problem, task.draft.file) for problem in error.problems))
    except RuleCrashedError as error:
        return ReadDraft(reasons=(crashed(task.draft.file, error),))


def crashed(file: str, error: RuleCrashedError) -> Text:
    """A defect of the program that one draft brought out; what it says may quote the draft."""
    return CRASHED(file=file, step=error.rule, reason=Masker().text(repr(error.__cause__)))


def lost(task: Task) -> ReadDraft:
    """What is told of a file whose process was killed."""
    return ReadDraft(reasons=(KILLED(file=task.draft.file),))


def _reading(task: Task, library: Library, run: Run) -> tuple[Reading, bool]:
    """The reading, and whether an earlier run kept it."""
    secret = task.reading.salt
    kept = None if task.kept is None or task.fresh else _known(task.kept, secret)
    if kept is not None:
        return kept, True
    reading = read(task.draft.path, library, task.reading, run)
    if task.digest and digest(task.draft.path) != task.digest:
        raise refuse(task.draft.file, CHANGED(), RUN_AGAIN())
    if task.kept is not None:
        # What cannot be kept is read again the next time; the review itself lacks nothing.
        with suppress(OSError, StoreError):
            put(task.kept, dump(reading), secret)
    return reading, False


def _known(path: Path, secret: bytes) -> Reading | None:
    data = take(path, secret)
    try:
        return None if data is None else load(data)
    except StoreError:
        return None


@frozen
class _Named:
    """Whatever a reader raises that is no :class:`Unreadable` leaves as a defect of the program: one row tells it."""

    step: Text

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, Unreadable):
            raise RuleCrashedError(self.step) from error
