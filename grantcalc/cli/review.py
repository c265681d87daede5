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
from grantcalc.cli.reviewoutputs import Guard, Outputs
from grantcalc.cli.reviewwriting import Writing, digest_of
from grantcalc.cli.sheetoptions import tell_unused_maps
from grantcalc.cli.values import Argument, File, Whole
from grantcalc.cli.words import Command, OneOf, Refused, option
from grantcalc.review.cache import Cache, default_folder
from grantcalc.review.jobs import Progress, Workers
from grantcalc.review.plan import Plan, Wish, plan
from grantcalc.text import Message, joined

if TYPE_CHECKING:
    from grantcalc.reading.options import ReadOptions
    from grantcalc.review.model import BatchResult
    from grantcalc.review.seconds import Earlier

HELP = Message(
    "Check every draft below these folders (.xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .json, .toml): each alone, and all "
    "of them together. A file that cannot be read is one row with its reason, and the others go on. Readings are kept: "
    "a run that was stopped goes on where it was, and one with nothing new is not done again.\n"
    "An output that somebody changed, or that this program did not write, is not written over: that is told before the "
    "work begins, the other outputs are written, and where none is left nothing is done.\n"
    "Exit code 0: everything was read and written, and there is no error; 1: the same, and a draft has an error (with "
    "--strict: or a warning); 2: wrong use (nothing was done), no draft found, a file or folder that could not be "
    "read, or an output or a copy that was not written. With 2 everything else is done and told all the same."
)
FORM_HELP = Message("How to print the review; xlsx needs -o.")
OUTPUT_HELP = Message(
    "Write to this file: .xlsx is the workbook of the review (all drafts, all findings, a sheet a draft with 申請, "
    "初審, 複審); .html, .md, .json are the review for reading."
)
HTML_HELP = Message("Write the review as one HTML page, too.")
OPINION_HELP = Message("Write the draft of the review opinion (審查意見) to this .md or .txt file.")
COPIES_HELP = Message("Write a marked copy of every draft into this folder.")
SECOND_HELP = Message(
    "Carry the amounts of the second review (複審) over that are typed on the drafts' sheets of this earlier review "
    "workbook, and nothing else of it: where the draft, the row, its amount asked for and the first review are the "
    "same. Every amount that is not carried over is told by name. Needs -o FILE.xlsx; the earlier workbook is kept. "
    "Page, opinion and sums on the terminal go on showing the first review."
)
EARLIER_HELP = Message("Compare with the earlier versions of the drafts in this folder.")
JOBS_HELP = Message("How many processes to use (default: one a core).")
SCHEDULER_HELP = Message(
    "Let the workers of this dask scheduler read the files, which they must find under the same names; needs the "
    "package “distributed”."
)
FRESH_HELP = Message("Do everything anew, whatever earlier runs kept.")
CACHE_HELP = Message("Keep readings and notes of finished runs in this folder (default: the user's cache folder).")
FORCE_HELP = Message(
    "Write over output files that exist, also those that somebody changed since: what is typed there is lost."
)

NO_FOLDERS = Message("Name the folders with the drafts.")
NO_PATH = Message("{file}: there is no such file or folder.")
NO_DRAFTS = Message("No draft was found; {number} files were left out.")
EMPTY = Message("There is no file in {folders}. Put the drafts there, or name another folder.")
KEPT_NUMBERS = Message(
    "Marked copies of .xlsx and .xlsm files are copies of the applicants' own files: identity numbers that stand there "
    "stand in the copies, too. Mind whom they are passed on to."
)
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
@option("--second-from", "second", type=File(), default=None, text=SECOND_HELP)
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
    second: Path | None,
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
    guard = Guard(outputs=outputs, folders=(*folders, *earlier), cache=kept, force=force, second=second)
    guard.check()
    wish = Wish(
        given=_present(folders),
        earlier=_present(earlier),
        outputs=outputs.paths,
        maps=(*ctx.params.get("maps", ()), *([] if second is None else [second])),
        reading=evolve(reading, salt=kept.salt()),
        options=check_options(ratio, pay_table),
        tables=_tables(ctx),
        workers=Workers(jobs=jobs or 0, scheduler=scheduler),
        cache=kept,
        fresh=fresh,
    )
    typed = _typed(second, reading)
    ctx.exit(_carried_out(plan(wish), Writing(guard=guard, second=digest_of(second)), typed, strict=strict))


def _typed(second: Path | None, reading: ReadOptions) -> Earlier | None:
    """What is typed in the workbook of ``--second-from``; refused before the work where it is none of a review."""
    if second is None:
        return None
    from grantcalc.workbook.review_typed import read_seconds

    return read_seconds(second, reading)


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


def _carried_out(planned: Plan, writing: Writing, typed: Earlier | None, *, strict: bool) -> int:
    """The exit code; what an earlier run left undone is done, and everything is told."""
    speak = common.language()
    if not planned.drafts:
        folders = joined(str(path) for path in planned.wish.given)
        number = len(planned.left_out)
        reviewshown.tell([speak(NO_DRAFTS(number=number) if number else EMPTY(folders=folders))])
        reviewshown.tell(reviewshown.left_out(planned.left_out, speak))
        return UNREADABLE
    writing.refuse(planned, speak)
    tell_unused_maps(planned.wish.reading, [one.draft.path for one in (*planned.drafts, *planned.earlier)])
    name = writing.name(planned.fingerprint, speak, strict=strict)
    before = None if planned.wish.fresh else writing.finished(name)
    if before is not None:
        reviewshown.show(before.shown)
        reviewshown.tell([speak(NOTHING_NEW())])
        return before.code
    batch, lacking = _made(planned, writing, typed)
    outputs = writing.guard.outputs
    copied = outputs.copies is None or all(row.copy for row in batch.checked)
    code = _exit_code(batch, written=copied and writing.is_whole, strict=strict)
    shown = reviewshown.shown(batch, lacking, outputs.printed, planned.wish.tables, speak)
    reviewshown.show(shown)
    if batch.resumed:
        number = len(planned.drafts) + len(planned.earlier)
        reviewshown.tell([speak(RESUMED(number=batch.resumed, all=number))])
    writing.note_down(name, code, shown)
    return code


def _made(planned: Plan, writing: Writing, typed: Earlier | None) -> tuple[BatchResult, list[str]]:
    """The result with everything written, and what there is to say of the copies."""
    from grantcalc.review.batch import carry_out, with_copies
    from grantcalc.review.carry import with_seconds
    from grantcalc.review.copies import write_copies

    speak = common.language()
    with _progress(READING_FILES, len(planned.drafts) + len(planned.earlier)) as progress:
        batch = carry_out(planned, progress)
    batch = with_seconds(batch, typed)
    lacking: list[str] = []
    if writing.guard.outputs.copies is not None:
        wish = planned.wish
        with _progress(WRITING_COPIES, len(batch.checked)) as progress:
            copies = write_copies(batch, writing.copies, wish.workers, wish.tables, speak, progress, wish.reading)
        batch = with_copies(batch, [copy.target for copy in copies])
        lacking = [*_kept_numbers(batch), *dict.fromkeys(speak(text) for copy in copies for text in copy.lacking)]
        writing.wrote([copy.target for copy in copies if copy.target is not None])
    writing.write(batch, planned.wish.tables, speak)
    return batch, lacking


def _kept_numbers(batch: BatchResult) -> list[str]:
    """That the copies of workbooks hold what these hold; once, where there is any."""
    from grantcalc.draft.choices import Form

    copied = (row.report for row in batch.rows if row.copy is not None)
    is_any = any(report is not None and report.reading.form is Form.WORKBOOK for report in copied)
    return [common.language()(KEPT_NUMBERS())] if is_any else []


@contextmanager
def _progress(label: Message, length: int) -> Iterator[Progress]:
    """A bar on a terminal, and nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=common.language()(label), file=sys.stderr) as bar:
        yield bar.update


def _exit_code(batch: BatchResult, *, written: bool, strict: bool) -> int:
    from grantcalc.finding import Outcome

    if batch.unreadable or not written or any(one.may_hold_drafts for one in batch.left_out):
        return UNREADABLE
    graves = (Outcome.ERROR, Outcome.WARNING) if strict else (Outcome.ERROR,)
    return int(any(batch.count(outcome) for outcome in graves))
