"""``grantcalc review``: every draft below some folders, alone and together."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from grantcalc.cli import common, reviewshown
from grantcalc.cli.check import PAY_TABLE_HELP, RATIO_HELP, STRICT_HELP, check_options
from grantcalc.cli.readlimits import reading_options
from grantcalc.cli.reviewoutputs import Outputs, Writing, guard
from grantcalc.cli.values import Argument, File, Whole
from grantcalc.cli.words import Command, OneOf, Refused, option
from grantcalc.review.cache import Cache, default_folder
from grantcalc.review.jobs import Progress, Workers
from grantcalc.review.plan import Plan, Wish, plan
from grantcalc.text import Message

if TYPE_CHECKING:
    from grantcalc.reading.options import ReadOptions
    from grantcalc.review.model import BatchResult

HELP = Message(
    "Check every draft below these folders (.xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .json, .toml): each alone, and all "
    "of them together. A file that cannot be read is one row with its reason, and the others go on. Readings are kept: "
    "a run that was stopped goes on where it was, and one with nothing new is not done again. Exit code 1 where an "
    "error is found, 2 where a file could not be read."
)
FORM_HELP = Message("How to print the review; xlsx needs -o.")
OUTPUT_HELP = Message(
    "Write to this file: .xlsx is the workbook of the review (all drafts, all findings, a sheet a draft with 申請, "
    "初審, 複審); .html, .md, .json are the review for reading."
)
HTML_HELP = Message("Write the review as one HTML page, too.")
OPINION_HELP = Message("Write the draft of the review opinion (審查意見) to this .md or .txt file.")
COPIES_HELP = Message("Write a marked copy of every draft into this folder.")
EARLIER_HELP = Message("Compare with the earlier versions of the drafts in this folder.")
JOBS_HELP = Message("How many processes to use (default: one a core).")
SCHEDULER_HELP = Message(
    "Let the workers of this dask scheduler read the files, which they must find under the same names; needs the "
    "package “distributed”."
)
FRESH_HELP = Message("Do everything anew, whatever earlier runs kept.")
CACHE_HELP = Message("Keep readings and notes of finished runs in this folder (default: the user's cache folder).")
FORCE_HELP = Message("Write over output files that exist, also those that somebody changed since.")

NO_FOLDERS = Message("Name the folders with the drafts.")
NO_PATH = Message("{file}: there is no such file or folder.")
NO_DRAFTS = Message("No draft was found; {number} files were left out.")
NOTHING_NEW = Message(
    "Nothing has changed since the last run: no file, rule or option, and what it wrote stands as it was written. "
    "--fresh does everything anew."
)
RESUMED = Message("{number} of {all} files had been read by an earlier run.")
READING_FILES = Message("Checking drafts")
WRITING_COPIES = Message("Writing copies")

UNREADABLE = 2


@click.command("review", cls=Command, text=HELP)
@click.argument(
    "folders",
    cls=Argument,
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar="FOLDERS...",
    absent=NO_FOLDERS,
)
@option("--format", "form", type=OneOf(["table", "json", "html", "md", "xlsx"]), default=None, text=FORM_HELP)
@option("-o", "--output", type=File(), default=None, text=OUTPUT_HELP)
@option("--html", type=File(), default=None, text=HTML_HELP)
@option("--opinion", type=File(), default=None, text=OPINION_HELP)
@option("--copies", metavar="FOLDER", type=click.Path(path_type=Path), default=None, text=COPIES_HELP)
@option("--earlier", metavar="FOLDER", type=click.Path(path_type=Path), multiple=True, text=EARLIER_HELP)
@option("--jobs", type=Whole("number", least=1), default=None, text=JOBS_HELP)
@option("--scheduler", metavar="ADDRESS", default=None, text=SCHEDULER_HELP)
@option("--fresh", is_flag=True, text=FRESH_HELP)
@option("--cache", metavar="FOLDER", type=click.Path(path_type=Path), default=None, text=CACHE_HELP)
@option("--force", is_flag=True, text=FORCE_HELP)
@option("--strict", is_flag=True, text=STRICT_HELP)
@option("--minimum-own-ratio", "ratio", metavar="RATIO", default=None, text=RATIO_HELP)
@option("--pay-table", type=File(), default=None, text=PAY_TABLE_HELP)
@reading_options
@click.pass_context
def command(
    ctx: click.Context,
    folders: tuple[Path, ...],
    form: str | None,
    output: Path | None,
    html: Path | None,
    opinion: Path | None,
    copies: Path | None,
    earlier: tuple[Path, ...],
    jobs: int | None,
    scheduler: str | None,
    fresh: bool,
    cache: Path | None,
    force: bool,
    strict: bool,
    ratio: str | None,
    pay_table: Path | None,
    reading: ReadOptions,
) -> None:
    """Plan, look whether it was done already, else do it; print and write what was asked for."""
    outputs = Outputs(form=form, output=output, html=html, opinion=opinion, copies=copies)
    kept = _cache(cache)
    guard(outputs, (*folders, *earlier), kept, force=force)
    wish = Wish(
        given=_present(folders),
        earlier=_present(earlier),
        outputs=outputs.paths,
        maps=tuple(ctx.params.get("maps", ())),
        reading=evolve(reading, salt=kept.salt()),
        options=check_options(ratio, pay_table),
        tables=_tables(ctx),
        workers=Workers(jobs=jobs or 0, scheduler=scheduler),
        cache=kept,
        fresh=fresh,
    )
    ctx.exit(
        _carried_out(
            plan(wish), Writing(outputs=outputs, folders=(*folders, *earlier), cache=kept, force=force), strict=strict
        )
    )


def _cache(folder: Path | None) -> Cache:
    return Cache(folder or default_folder()).open()


def _tables(ctx: click.Context) -> Path | None:
    directory = ctx.meta.get(common.DIRECTORY)
    return None if directory is None else Path(directory)


def _present(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    for folder in folders:
        if not os.path.exists(folder):  # Path.exists raises where a folder above may not be searched
            raise Refused(NO_PATH(file=str(folder)))
    return folders


def _carried_out(planned: Plan, writing: Writing, *, strict: bool) -> int:
    """The exit code; what an earlier run left undone is done, and everything is told."""
    speak = common.language()
    if not planned.drafts:
        reviewshown.tell([speak(NO_DRAFTS(number=len(planned.left_out)))])
        reviewshown.tell(reviewshown.left_out(planned.left_out, speak))
        return UNREADABLE
    name = writing.name(planned.fingerprint, speak, strict=strict)
    before = None if planned.wish.fresh else writing.finished(name)
    if before is not None:
        reviewshown.show(before.shown)
        reviewshown.tell([speak(NOTHING_NEW())])
        return before.code
    writing.guard_copies(planned, speak)
    batch, lacking = _made(planned, writing)
    copied = writing.outputs.copies is None or all(row.copy for row in batch.checked)
    code = _exit_code(batch, copied=copied, strict=strict)
    shown = reviewshown.shown(batch, lacking, writing.outputs.printed, planned.wish.tables, speak)
    reviewshown.show(shown)
    if batch.resumed:
        number = len(planned.drafts) + len(planned.earlier)
        reviewshown.tell([speak(RESUMED(number=batch.resumed, all=number))])
    writing.note_down(name, code, shown)
    return code


def _made(planned: Plan, writing: Writing) -> tuple[BatchResult, list[str]]:
    """The result with everything written, and what the copies lack."""
    from grantcalc.review.batch import carry_out, with_copies
    from grantcalc.review.copies import write_copies

    speak = common.language()
    with _progress(READING_FILES, len(planned.drafts) + len(planned.earlier)) as progress:
        batch = carry_out(planned, progress)
    lacking: list[str] = []
    if writing.outputs.copies is not None:
        wish = planned.wish
        with _progress(WRITING_COPIES, len(batch.checked)) as progress:
            copies = write_copies(batch, writing.copies, wish.workers, wish.tables, speak, progress, wish.reading)
        batch = with_copies(batch, [copy.target for copy in copies])
        lacking = [speak(text) for copy in copies for text in copy.lacking]
        writing.wrote(copy.target for copy in copies if copy.target is not None)
    writing.write(batch, planned.wish.tables, speak)
    return batch, lacking


@contextmanager
def _progress(label: Message, length: int) -> Iterator[Progress]:
    """A bar on a terminal, and nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=common.language()(label), file=sys.stderr) as bar:
        yield bar.update


def _exit_code(batch: BatchResult, *, copied: bool, strict: bool) -> int:
    from grantcalc.finding import Outcome

    if batch.unreadable or not copied or any(one.may_hold_drafts for one in batch.left_out):
        return UNREADABLE
    graves = (Outcome.ERROR, Outcome.WARNING) if strict else (Outcome.ERROR,)
    return int(any(batch.count(outcome) for outcome in graves))
