"""``grantcalc check``: a draft against every rule of its programme."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grantcalc.cli import check_as, common
from grantcalc.cli.outputs import EXISTS, NO_FOLDER, write_text, writing
from grantcalc.cli.readlimits import reading_options
from grantcalc.cli.sheetoptions import tell_unused_maps
from grantcalc.cli.values import Argument, File
from grantcalc.cli.words import Command, OneOf, Refused, option
from grantcalc.text import Language, Message

if TYPE_CHECKING:
    from grantcalc.checking import Report
    from grantcalc.draft.model import Reading
    from grantcalc.reading.options import ReadOptions
    from grantcalc.rules.context import Options
    from grantcalc.rules.library import Library

HELP = Message(
    "Check draft budgets (.xlsx, .xlsm, .xls, .xlsb, .ods, .csv, .json, .toml): every finding with its cell, limit, "
    "arithmetic and section. Several drafts of one programme are also judged together: applications a county, sums of "
    "all. Exit code 1 where an error is found."
)
FORM_HELP = Message("How to print the report; opinion is the draft of the review opinion (審查意見); xlsx needs -o.")
OUTPUT_HELP = Message(
    "Write to this file: .xlsx (or .xlsm) is a copy of the workbook with marked cells and a sheet of findings; .html, "
    ".md, .json are the report; with --format opinion, .md and .txt are the review opinion."
)
FORCE_HELP = Message("Write over an output file that exists.")
STRICT_HELP = Message("Exit code 1 for a warning, too.")
RATIO_HELP = Message("The county's minimum own-funds ratio, e.g. 0.15 (it stands in no published document).")
AS_HELP = Message(
    "Check by another programme's (another year's) rules: rows and posts that change verdict, and why; as a table or "
    "JSON. Exit code by the other programme's errors."
)
PAY_TABLE_HELP = Message(
    "CSV with the pay of case managers, supervisors and full-time assistants from the other document; roles, degrees "
    "and licences by name or code."
)

NO_FILES = Message("Name the files to check.")
GIVEN_TWICE = Message("{file} is given more than once; it is checked once.")
ONE_OUTPUT = Message("-o takes one file to check; {number} were given.")
SAME = Message("{file} is the file that is checked; it is never written over. Choose another name for -o.")
NEEDS_OUTPUT = Message("--format xlsx needs -o FILE.xlsx.")
BAD_ENDING = Message("{file}: the name must end in {endings}.")
BAD_RATIO = Message("“{found}” is no ratio; write a share from 0 to below 1, such as 0.15 or 15%.")

ENDINGS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".html": "html", ".htm": "html", ".md": "md", ".json": "json"}
OPINION_ENDINGS = {".md": "opinion", ".txt": "opinion"}


@click.command("check", cls=Command, text=HELP)
@click.argument(
    "files",
    cls=Argument,
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILES...",
    absent=NO_FILES,
)
@option(
    "--format", "form", type=OneOf(["table", "json", "html", "md", "opinion", "xlsx"]), default=None, text=FORM_HELP
)
@option("-o", "--output", type=File(), default=None, text=OUTPUT_HELP)
@option("--force", is_flag=True, text=FORCE_HELP)
@option("--strict", is_flag=True, text=STRICT_HELP)
@option("--minimum-own-ratio", "ratio", metavar="RATIO", default=None, text=RATIO_HELP)
@option("--pay-table", type=File(), default=None, text=PAY_TABLE_HELP)
@option("--as", "other", metavar="PROGRAMME", default=None, text=AS_HELP)
@reading_options
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    form: str | None,
    output: Path | None,
    force: bool,
    strict: bool,
    ratio: str | None,
    pay_table: Path | None,
    other: str | None,
    reading: ReadOptions,
) -> None:
    """Check every file; print and write what was asked for."""
    files = _each_once(files)
    tell_unused_maps(reading, files)
    if other is not None:
        check_as.guard(form, output)
    _guard(files, form, output, force=force)
    library, options = common.library(), check_options(ratio, pay_table)
    if other is not None:
        programme = common.programme(other, library)
        readings, unreadable = _readings(files, library, reading)
        found = check_as.rejudge_all(readings, programme, library, options)
        check_as.show(found, form, output, library, many=len(files) > 1)
        ctx.exit(2 if unreadable else _exit_code(check_as.reports(found), strict=strict))
    reports, unreadable = _reports(files, library, options, reading)
    if output is not None:
        for report in reports:
            written = _endings(form)[output.suffix.lower()]
            _write(files[0], report, output, library, options, form=written, reading=reading)
    is_table = form in {None, "xlsx"} or (form == "opinion" and output is not None)
    _print(reports, "table" if is_table else form, many=len(files) > 1)
    ctx.exit(2 if unreadable else _exit_code(reports, strict=strict))


def _each_once(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Every file at the first place it is given: named twice, it is not an application of its own."""
    kept: dict[Path, Path] = {}
    for path in files:
        if kept.setdefault(path.resolve(), path) is not path:
            click.echo(common.language()(GIVEN_TWICE(file=str(path))), err=True)
    return tuple(kept.values())


def _guard(files: tuple[Path, ...], form: str | None, output: Path | None, *, force: bool) -> None:
    if output is None:
        if form == "xlsx":
            raise Refused(NEEDS_OUTPUT())
        return
    if len(files) > 1:
        raise Refused(ONE_OUTPUT(number=len(files)))
    endings = _endings(form)
    if output.suffix.lower() not in endings:
        raise Refused(BAD_ENDING(file=str(output), endings=", ".join(endings)))
    if not output.parent.is_dir():
        raise Refused(NO_FOLDER(file=str(output)))
    if output.exists() and files[0].exists() and output.samefile(files[0]):
        raise Refused(SAME(file=str(output)))
    if output.exists() and not force:
        raise Refused(EXISTS(file=str(output)))


def _endings(form: str | None) -> dict[str, str]:
    """What a file of each ending is written as."""
    return OPINION_ENDINGS if form == "opinion" else ENDINGS


def check_options(ratio: str | None, pay_table: Path | None) -> Options:
    """What ``--minimum-own-ratio`` and ``--pay-table`` add to the rules."""
    from grantcalc.pay.paytable import read_pay_table
    from grantcalc.rules.context import Options

    return Options(
        minimum_own_ratio=None if ratio is None else _ratio(ratio),
        pay_table=None if pay_table is None else read_pay_table(pay_table),
    )


def _ratio(written: str) -> Decimal:
    share = written.removesuffix("%")
    try:
        value = Decimal(share) / (100 if share != written else 1)
    except InvalidOperation:
        raise Refused(BAD_RATIO(found=written)) from None
    if not value.is_finite() or not 0 <= value < 1:
        raise Refused(BAD_RATIO(found=written))
    return value


def _reports(
    files: tuple[Path, ...], library: Library, options: Options, reading: ReadOptions
) -> tuple[list[Report], bool]:
    """All files that can be read, checked together."""
    from grantcalc.checking import check_all

    readings, unreadable = _readings(files, library, reading)
    return check_all(readings, library, options), unreadable


def _readings(files: tuple[Path, ...], library: Library, options: ReadOptions) -> tuple[list[Reading], bool]:
    """All files that can be read; the others are told on stderr."""
    from attrs import evolve

    from grantcalc.reading import Unreadable, read

    readings, unreadable = [], False
    names = Counter(path.name for path in files)
    for path in files:
        try:
            reading = read(path, library, options)
        except Unreadable as error:
            unreadable = True
            for text in common.told(error):
                click.echo(common.language()(text), err=True)
            continue
        # Findings name the other files: those of one name are told apart by their folders.
        readings.append(reading if names[path.name] == 1 else evolve(reading, file=str(path)))
    return readings, unreadable


def _print(reports: list[Report], form: str | None, *, many: bool) -> None:
    speak = common.language()
    if form == "json":
        from grantcalc.report.jsonform import report_json

        shown: list[Any] = [report_json(report, speak) for report in reports]
        if many:
            common.print_json({"reports": shown})
        elif shown:
            click.echo(json.dumps(shown[0], ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(_rendered(report, form or "table", speak) for report in reports), nl=False)


def _rendered(report: Report, form: str, speak: Language) -> str:
    if form == "html":
        from grantcalc.report.html import report_html

        return report_html(report, speak)
    if form == "md":
        from grantcalc.report.markdown import report_markdown

        return report_markdown(report, speak)
    if form == "json":
        from grantcalc.report.jsonform import report_json

        return json.dumps(report_json(report, speak), ensure_ascii=False, indent=2) + "\n"
    if form == "opinion":
        from grantcalc.report.opinion import report_opinion

        return report_opinion(report, speak)
    from grantcalc.report.text import report_text

    return report_text(report, speak)


def _write(
    source: Path,
    report: Report,
    output: Path,
    library: Library,
    options: Options,
    *,
    form: str,
    reading: ReadOptions,
) -> None:
    speak = common.language()
    with writing(output):
        if form == "xlsx":
            from grantcalc.workbook.marked import write_marked

            for text in write_marked(source, report, output, library, speak, options, reading):
                click.echo(speak(text), err=True)
        else:
            write_text(output, _rendered(report, form, speak))


def _exit_code(reports: list[Report], *, strict: bool) -> int:
    from grantcalc.finding import Outcome

    graves = {Outcome.ERROR, Outcome.WARNING} if strict else {Outcome.ERROR}
    return int(any(report.count(outcome) for report in reports for outcome in graves))
