"""Writes the outputs of one ``grantcalc review``, each by itself, and notes down what was written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from attrs import define, field

from grantcalc.cli import reviewshown
from grantcalc.cli.outputs import write_text, writing
from grantcalc.cli.reviewoutputs import ENDINGS, Guard
from grantcalc.cli.words import Refused
from grantcalc.review.cache import key
from grantcalc.review.manifest import Finished, finished, note_run, note_written
from grantcalc.text import Language, Message, Text, joined

if TYPE_CHECKING:
    from grantcalc.review.model import BatchResult
    from grantcalc.review.plan import Plan

NOT_WRITTEN = Message("Not written: {files}. The other outputs are written all the same; the exit code is 2.")
NOTHING_LEFT = Message("None of the outputs may be written, so nothing was done.")


@define(kw_only=True)
class Writing:
    """What is left to write once the guard has refused what it must, and what became of it."""

    guard: Guard
    second: str = ""
    """The digest of the workbook whose second review is carried over."""
    refused: dict[Path, Text] = field(factory=dict)
    """What may not be written over, with the reasons."""
    copies: list[Path | None] = field(factory=list)
    """Where the marked copies go, draft by draft; none where that may not be written over."""
    written: list[Path] = field(factory=list)
    failed: bool = False
    """Something that was to be written could not be."""

    @property
    def is_whole(self) -> bool:
        """Everything that was asked for is written."""
        return not (self.refused or self.failed)

    def refuse(self, planned: Plan, language: Language) -> None:
        """Tell, before anything is read, what may not be written over; stop where nothing is left to write."""
        outputs = self.guard.outputs
        self.refused = self.guard.refused()
        self._choose_copies(planned, language)
        if not self.refused:
            return
        self.guard = self._left()
        if not self.guard.outputs.files and not any(self.copies):
            raise Refused(*self.refused.values(), *([NOTHING_LEFT()] if len(outputs.paths) > 1 else []))
        reviewshown.tell(language(reason) for reason in self.refused.values())
        reviewshown.tell([language(NOT_WRITTEN(files=joined(map(str, self.refused))))])

    def _left(self) -> Guard:
        from attrs import evolve

        return evolve(self.guard, outputs=self.guard.outputs.without(list(self.refused)))

    def _choose_copies(self, planned: Plan, language: Language) -> None:
        from grantcalc.review.copies import targets

        folder = self.guard.outputs.copies
        if folder is None:
            return
        names = targets([one.draft for one in planned.drafts], folder, language)
        known = {path: reason for path in names if (reason := self.guard.reason(path)) is not None}
        self.refused |= known
        self.copies = [None if path in known else path for path in names]

    def name(self, fingerprint: str, language: Language, *, strict: bool) -> str:
        """One name for the run: what goes into it, and what comes out."""
        width = get_terminal_size().columns  # a table fits it
        outputs = self.guard.outputs
        asked = (repr(outputs), language.tongue.value, str(strict), str(width), self.second, repr(sorted(self.refused)))
        return key((fingerprint, *asked, *(str(path.absolute()) for path in outputs.paths)))

    def finished(self, name: str) -> Finished | None:
        """The same run, done before, all it wrote being there as it was written."""
        return finished(self.guard.cache, name) if self.guard.outputs.paths else None

    def wrote(self, paths: Sequence[Path], *, carries: str = "") -> None:
        """Note files down as written by the program."""
        for path in paths:
            note_written(self.guard.cache, path, carries=carries)
            self.written.append(path)

    def write(self, batch: BatchResult, tables: Path | None, language: Language) -> None:
        """Write every single file that is left; where one cannot be, the others are written all the same."""
        for path in self.guard.outputs.files:
            try:
                # Somebody may have saved it meanwhile.
                reason = self.guard.reason(path)
                if reason is not None:
                    raise Refused(reason)
                with writing(path):
                    carries = self._write(path, batch, tables, language)
            except Refused as error:
                self.failed = True
                reviewshown.tell([error.format_message()])
                if len(self.guard.outputs.paths) > 1:
                    reviewshown.tell([language(NOT_WRITTEN(files=str(path)))])
            else:
                self.wrote([path], carries=carries)

    def _write(self, path: Path, batch: BatchResult, tables: Path | None, language: Language) -> str:
        """The workbook whose amounts it carries; empty where it carries none."""
        from grantcalc.cli.reviewshown import rendered
        from grantcalc.review.reads import library_of

        form = ENDINGS.get(path.suffix.lower(), "") if path != self.guard.outputs.opinion else "opinion"
        if form == "xlsx":
            from grantcalc.workbook.review import write_review

            write_review(batch, path, library_of(tables), language)
            return self.guard.source if batch.seconds is not None and batch.seconds.number else ""
        if form == "opinion":
            from grantcalc.report.opinion import opinion

            write_text(path, opinion(batch, language))
        else:
            write_text(path, rendered(batch, form, tables, language))
        return ""

    def note_down(self, name: str, code: int, shown: Any) -> None:
        """Remember the run as finished, unless something could not be written: then it is not."""
        if not self.failed:
            note_run(self.guard.cache, name, Finished(code=code, shown=shown), self.written)
        self.guard.cache.prune()


def digest_of(second: Path | None) -> str:
    """Stands for the content and the place of the workbook whose second review is carried over."""
    from grantcalc.review.cache import digest

    return "" if second is None else f"{os.path.realpath(second)} {digest(second)}"
