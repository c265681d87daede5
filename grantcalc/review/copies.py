"""Marked copies of all drafts of a review, in a folder of their own (``--copies``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from attrs import frozen

from grantcalc.checking import Report
from grantcalc.reading import DEFAULT_OPTIONS, ReadOptions
from grantcalc.review.discover import Draft
from grantcalc.review.jobs import Progress, Workers, run
from grantcalc.review.model import BatchResult
from grantcalc.review.reads import library_of
from grantcalc.rules.context import Options
from grantcalc.text import Language, Message, Text, Tongue

ENDING = Message("-checked")
NO_COPY = Message("{file}: no marked copy: {reason}")
KILLED = Message("its process was ended from outside again and again; run the review with --jobs 1")

_MACROS = ".xlsm"
_COPY = ".xlsx"
_LONGEST = 180
"""Bytes of a name that every file system takes, with an ending added."""
_REFUSED = frozenset('<>:"/\\|?*')
"""Letters that some systems take in no file's name."""
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))})


@frozen(kw_only=True)
class _Task:
    source: Path
    target: Path
    report: Report
    tables: Path | None
    options: Options
    tongue: Tongue
    reading: ReadOptions


@frozen(kw_only=True)
class Copy:
    """What became of one copy: ``lacking`` says what it could not keep, or why it is not there."""

    target: Path | None
    lacking: tuple[Text, ...] = ()


def targets(drafts: Sequence[Draft], folder: Path, language: Language) -> list[Path]:
    """Where the copies go: below ``folder`` as the drafts lie below theirs, each under a name of its own."""
    stems = [_stem(draft, whole=False) for draft in drafts]
    often = Counter(str(stem).casefold() for stem in stems)
    names = [
        _stem(draft, whole=True) if often[str(stem).casefold()] > 1 else stem
        for draft, stem in zip(drafts, stems, strict=True)
    ]
    ending = language(ENDING)
    found, seen = [], Counter[str]()
    for draft, name in zip(drafts, names, strict=True):
        seen[str(name).casefold()] += 1
        again = seen[str(name).casefold()]
        number = f"-{again}" if again > 1 else ""
        suffix = _MACROS if draft.path.suffix.lower() == _MACROS else _COPY
        found.append(folder / name.with_name(f"{name.name}{number}{ending}{suffix}"))
    return found


def _stem(draft: Draft, *, whole: bool) -> PurePosixPath:
    """The name without its ending, or with it where that tells two drafts apart; no part leads out of a folder."""
    parts = [part for part in PurePosixPath(draft.file).parts if part not in {"/", "..", "."}]
    *folders, name = parts or ["_"]
    if not whole and name.lower().endswith(draft.path.suffix.lower()):
        name = name[: len(name) - len(draft.path.suffix)]
    return PurePosixPath(*(safe(part) for part in (*folders, name)))


def safe(name: str) -> str:
    """A name that every system takes for a file: short, no sign that stands for something, no name of a device."""
    text = "".join("_" if letter in _REFUSED or not letter.isprintable() else letter for letter in name)
    text = text.encode()[:_LONGEST].decode("utf-8", "ignore").strip(" .") or "_"
    return f"_{text}" if text.casefold().partition(".")[0] in _DEVICES else text


def write_copies(
    batch: BatchResult,
    names: Sequence[Path | None],
    workers: Workers,
    tables: Path | None,
    language: Language,
    progress: Progress = lambda _: None,
    reading: ReadOptions = DEFAULT_OPTIONS,
) -> list[Copy]:
    """Write the copy of every draft that was checked to its name; one that cannot be made is told, the others stand.

    A draft without a name gets none. ``reading`` is how the drafts were read: its limits hold for the copies as well.
    """
    tasks = {
        index: _Task(
            source=row.path,
            target=target,
            report=row.report,
            tables=tables,
            options=batch.options or Options(),
            tongue=language.tongue,
            reading=reading,
        )
        for index, (row, target) in enumerate(zip(batch.rows, names, strict=True))
        if row.report is not None and target is not None
    }
    for target in {task.target.parent for task in tasks.values()}:
        target.mkdir(parents=True, exist_ok=True)
    # On this machine even with a scheduler: the copies are this machine's files.
    made = run(_write_all, list(tasks.values()), Workers(jobs=workers.jobs), _lost, progress)
    by_row = dict(zip(tasks, made, strict=True))
    return [by_row.get(index, Copy(target=None)) for index in range(len(batch.rows))]


def _lost(task: _Task) -> Copy:
    return Copy(target=None, lacking=(NO_COPY(file=task.report.reading.file, reason=KILLED()),))


def _write_all(tasks: Sequence[_Task]) -> list[Copy]:
    return [_write(task) for task in tasks]


def _write(task: _Task) -> Copy:
    from grantcalc.reading import Unreadable, told
    from grantcalc.workbook.annotate import AnnotateError
    from grantcalc.workbook.marked import write_marked

    file, library, language = task.report.reading.file, library_of(task.tables), Language(task.tongue)
    try:
        lacking = write_marked(task.source, task.report, task.target, library, language, task.options, task.reading)
    except AnnotateError as error:
        return Copy(target=None, lacking=(NO_COPY(file=file, reason=error.text),))
    except Unreadable as error:
        return Copy(target=None, lacking=tuple(told(problem, file) for problem in error.problems))
    except OSError as error:
        reason = error.strerror or str(error)
        return Copy(target=None, lacking=(NO_COPY(file=file, reason=reason),))
    return Copy(target=task.target, lacking=lacking)
