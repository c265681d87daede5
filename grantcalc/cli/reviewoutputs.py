"""What ``grantcalc review`` writes, and what it may not write: each output by itself, told before the work begins."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve, frozen

from grantcalc.cli.outputs import EXISTS, NO_FOLDER
from grantcalc.cli.words import Refused
from grantcalc.review.cache import Cache
from grantcalc.review.manifest import Standing, carried_from, standing
from grantcalc.text import Message, Text

NEEDS_OUTPUT = Message("--format xlsx needs -o FILE.xlsx.")
BAD_ENDING = Message("{file}: the name must end in {endings}.")
TWICE = Message("{file} is named for two outputs; give each a name of its own.")
AMONG_DRAFTS = Message(
    "{file} lies among the drafts and was not written by this program; it is never written over. Choose another name."
)
CHANGED = Message(
    "{file} was changed since this program wrote it; it is not written over. Choose another name, or add --force to "
    "lose these changes."
)
CHANGED_WORKBOOK = Message(
    "{file} was changed since this program wrote it (perhaps the 複審 amounts are filled in); it is not written over. "
    "Choose another name, and carry these amounts over with --second-from {file}; or add --force to lose them."
)
CARRYING = Message(
    "{file} holds 複審 amounts that were carried over; it is not written over without them. Give --second-from with "
    "the workbook they came from again, or choose another name; or add --force to lose them."
)
COPIES_HOLD = Message("--copies {folder} holds the drafts themselves; choose another folder.")
NOT_A_FOLDER = Message("--copies {folder} is a file; give a folder.")
SECOND_WHERE = Message("--second-from needs -o FILE.xlsx, a new review workbook to carry the 複審 amounts into.")
SECOND_OUTPUT = Message(
    "{file} is the workbook of --second-from; it is kept as it is. Choose another name for the new one, also with "
    "--force."
)
SECOND_MISSING = Message("{file}: there is no such file.")

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

    def without(self, refused: Sequence[Path]) -> Outputs:
        """What is left to write."""
        return evolve(
            self,
            output=None if self.output in refused else self.output,
            html=None if self.html in refused else self.html,
            opinion=None if self.opinion in refused else self.opinion,
        )


@frozen(kw_only=True)
class Guard:
    """What is known of the outputs before anything is read. ``second`` is the workbook of ``--second-from``."""

    outputs: Outputs
    folders: Sequence[Path]
    cache: Cache
    force: bool
    second: Path | None = None

    @property
    def source(self) -> str:
        """The workbook whose amounts are carried over, by its one name; empty where there is none."""
        return "" if self.second is None else os.path.realpath(self.second)

    def check(self) -> None:
        """Refuse wrong use, all of it at once: then nothing is done."""
        wrong: list[Text] = []
        for reason in self._wrong():
            if reason not in wrong:
                wrong.append(reason)
        if wrong:
            raise Refused(*wrong)

    def refused(self) -> dict[Path, Text]:
        """The single files that may not be written over, each with the reason; the others may be written."""
        return {path: reason for path in self.outputs.files if (reason := self.reason(path)) is not None}

    def reason(self, path: Path) -> Text | None:
        """Why a file that stands there may not be written over; ``None`` where it may."""
        found = standing(self.cache, path)
        if self.force or found in {Standing.NOTHING, Standing.OWN}:
            return None
        if found is Standing.CARRYING and self.source and carried_from(self.cache, path) == self.source:
            return None  # they are carried into it again
        is_workbook = path == self.outputs.output and path.suffix.lower() == ".xlsx"
        changed = CHANGED_WORKBOOK if is_workbook else CHANGED
        return {Standing.CHANGED: changed, Standing.CARRYING: CARRYING}.get(found, EXISTS)(file=str(path))

    def _wrong(self) -> Iterator[Text]:
        outputs = self.outputs
        if outputs.form == "xlsx" and (outputs.output is None or outputs.output.suffix.lower() != ".xlsx"):
            yield NEEDS_OUTPUT()
        yield from _endings(outputs)
        real = [os.path.realpath(path) for path in outputs.files]
        for path, where in zip(outputs.files, real, strict=True):
            if real.count(where) > 1:
                yield TWICE(file=str(path))
            if not path.parent.is_dir():
                yield NO_FOLDER(file=str(path))
            elif standing(self.cache, path) is Standing.FOREIGN and _among(path, self.folders):
                yield AMONG_DRAFTS(file=str(path))
        if outputs.copies is not None:
            yield from _wrong_folder(outputs.copies, self.folders)
        if self.second is not None:
            yield from self._wrong_second(self.second)

    def _wrong_second(self, second: Path) -> Iterator[Text]:
        outputs = self.outputs
        if outputs.output is None or outputs.output.suffix.lower() != ".xlsx":
            yield SECOND_WHERE()
        if not second.is_file():
            yield SECOND_MISSING(file=str(second))
        elif os.path.realpath(second) in {os.path.realpath(path) for path in outputs.files}:
            yield SECOND_OUTPUT(file=str(second))


def _endings(outputs: Outputs) -> Iterator[Text]:
    allowed = ((outputs.output, tuple(ENDINGS)), (outputs.html, (".html", ".htm")), (outputs.opinion, (".md", ".txt")))
    for path, endings in allowed:
        if path is not None and path.suffix.lower() not in endings:
            yield BAD_ENDING(file=str(path), endings=", ".join(endings))


def _among(path: Path, folders: Sequence[Path]) -> bool:
    real = Path(os.path.realpath(path))
    return any(real == folder or folder in real.parents for folder in (Path(os.path.realpath(one)) for one in folders))


def _wrong_folder(copies: Path, folders: Sequence[Path]) -> Iterator[Text]:
    if copies.exists() and not copies.is_dir():
        yield NOT_A_FOLDER(folder=str(copies))
    elif not copies.absolute().parent.is_dir():
        yield NO_FOLDER(file=str(copies))
    real = Path(os.path.realpath(copies))
    for folder in (Path(os.path.realpath(one)) for one in folders):
        if real == folder or real in folder.parents:
            yield COPIES_HOLD(folder=str(copies))
