"""The files that ``grantcalc review`` writes: refused before the work where need be, noted down when written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from grantcalc.cli.outputs import EXISTS, NO_FOLDER, write_text, writing
from grantcalc.cli.words import Refused
from grantcalc.review.cache import Cache, key
from grantcalc.review.manifest import Finished, Standing, finished, note_run, note_written, standing
from grantcalc.text import Language, Message

if TYPE_CHECKING:
    from grantcalc.review.model import BatchResult
    from grantcalc.review.plan import Plan

NEEDS_OUTPUT = Message("--format xlsx needs -o FILE.xlsx.")
BAD_ENDING = Message("{file}: the name must end in {endings}.")
TWICE = Message("{file} is named for two outputs; give each a name of its own.")
AMONG_DRAFTS = Message(
    "{file} lies among the drafts and was not written by this program; it is never written over. Choose another name."
)
CHANGED = Message(
    "{file} was changed since this program wrote it (perhaps the 複審 amounts are filled in); it is not written over. "
    "Choose another name, or add --force to lose these changes."
)
COPIES_HOLD = Message("--copies {folder} holds the drafts themselves; choose another folder.")
NOT_A_FOLDER = Message("--copies {folder} is a file; give a folder.")

ENDINGS = {".xlsx": "xlsx", ".html": "html", ".htm": "html", ".md": "md", ".json": "json"}


@frozen(kw_only=True)
class Outputs:
    """What is printed and written."""

    form: str | None = None
    output: Path | None = None
    html: Path | None = None
    opinion: Path | None = None
    copies: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The single files."""
        return tuple(path for path in (self.output, self.html, self.opinion) if path is not None)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Files and the folder of copies."""
        return self.files if self.copies is None else (*self.files, self.copies)

    @property
    def printed(self) -> str:
        """How the review is printed."""
        return "table" if self.form in {None, "xlsx"} else str(self.form)


def guard(outputs: Outputs, folders: Sequence[Path], cache: Cache, *, force: bool) -> None:
    """Refuse what could not be written, or may not be written over, before anything is read."""
    if outputs.form == "xlsx" and (outputs.output is None or outputs.output.suffix.lower() != ".xlsx"):
        raise Refused(NEEDS_OUTPUT())
    _ending(outputs.output, *ENDINGS)
    _ending(outputs.html, ".html", ".htm")
    _ending(outputs.opinion, ".md", ".txt")
    real = [os.path.realpath(path) for path in outputs.files]
    for path, where in zip(outputs.files, real, strict=True):
        if real.count(where) > 1:
            raise Refused(TWICE(file=str(path)))
        if not path.parent.is_dir():
            raise Refused(NO_FOLDER(file=str(path)))
        _standing(path, folders, cache, force=force)
    if outputs.copies is not None:
        _guard_folder(outputs.copies, folders)


def _ending(path: Path | None, *endings: str) -> None:
    if path is not None and path.suffix.lower() not in endings:
        raise Refused(BAD_ENDING(file=str(path), endings=", ".join(endings)))


def _standing(path: Path, folders: Sequence[Path], cache: Cache, *, force: bool) -> None:
    found = standing(cache, path)
    if found is Standing.FOREIGN and _among(path, folders):
        raise Refused(AMONG_DRAFTS(file=str(path)))
    if force or found in {Standing.NOTHING, Standing.OWN}:
        return
    raise Refused(CHANGED(file=str(path)) if found is Standing.CHANGED else EXISTS(file=str(path)))


def _among(path: Path, folders: Sequence[Path]) -> bool:
    real = Path(os.path.realpath(path))
    return any(real == folder or folder in real.parents for folder in (Path(os.path.realpath(one)) for one in folders))


def _guard_folder(copies: Path, folders: Sequence[Path]) -> None:
    if copies.exists() and not copies.is_dir():
        raise Refused(NOT_A_FOLDER(folder=str(copies)))
    if not copies.absolute().parent.is_dir():
        raise Refused(NO_FOLDER(file=str(copies)))
    real = Path(os.path.realpath(copies))
    for folder in (Path(os.path.realpath(one)) for one in folders):
        if real == folder or real in folder.parents:
            raise Refused(COPIES_HOLD(folder=str(copies)))


@define(kw_only=True)
class Writing:
    """Writes the outputs of one run and keeps count of them."""

    outputs: Outputs
    folders: Sequence[Path]
    cache: Cache
    force: bool
    copies: list[Path] = field(factory=list)
    """Where the marked copies go, draft by draft."""
    written: list[Path] = field(factory=list)

    def name(self, fingerprint: str, language: Language, *, strict: bool) -> str:
        """One name for the run: what goes into it, and what comes out."""
        width = get_terminal_size().columns  # a table fits it
        asked = (repr(self.outputs), language.tongue.value, str(strict), str(width))
        return key((fingerprint, *asked, *(str(path.absolute()) for path in self.outputs.paths)))

    def finished(self, name: str) -> Finished | None:
        """The same run, done before, all it wrote being there as it was written."""
        return finished(self.cache, name) if self.outputs.paths else None

    def guard_copies(self, planned: Plan, language: Language) -> None:
        """Choose the names of the copies; refuse where one may not be written over."""
        from grantcalc.review.copies import targets

        if self.outputs.copies is None:
            return
        self.copies = targets([one.draft for one in planned.drafts], self.outputs.copies, language)
        for path in self.copies:
            _standing(path, self.folders, self.cache, force=self.force)

    def wrote(self, paths: Iterable[Path]) -> None:
        """Note files down as written by the program."""
        for path in paths:
            note_written(self.cache, path)
            self.written.append(path)

    def write(self, batch: BatchResult, tables: Path | None, language: Language) -> None:
        """Write every single file that was asked for."""
        from grantcalc.cli.reviewshown import rendered
        from grantcalc.review.reads import library_of

        for path in self.outputs.files:
            with writing(path):
                form = ENDINGS.get(path.suffix.lower(), "") if path != self.outputs.opinion else "opinion"
                if form == "xlsx":
                    from grantcalc.workbook.review import write_review

                    write_review(batch, path, library_of(tables), language)
                elif form == "opinion":
                    from grantcalc.report.opinion import opinion

                    write_text(path, opinion(batch, language))
                else:
                    write_text(path, rendered(batch, form, tables, language))
                self.wrote([path])

    def note_down(self, name: str, code: int, shown: Any) -> None:
        """Remember the run as finished."""
        note_run(self.cache, name, Finished(code=code, shown=shown), self.written)
        self.cache.prune()
