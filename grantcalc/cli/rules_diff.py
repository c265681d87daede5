"""``grantcalc rules diff A B``: what two programmes have alike, what changed, and what one of them has alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grantcalc.cli import common
from grantcalc.cli.outputs import EXISTS, NO_FOLDER, writing
from grantcalc.cli.values import Argument, File
from grantcalc.cli.words import Command, OneOf, Refused, option
from grantcalc.text import Language, Message

if TYPE_CHECKING:
    from grantcalc.comparison import Comparison
    from grantcalc.report.comparison import RowView, SideView

HELP = Message(
    "Set two programmes side by side: items with their prices and limits, posts with their pay, and rules; what is the "
    "same, what changed (both numbers, both sections), what only one of them has."
)
FORM_HELP = Message("How to print: a table for reading, JSON, or a workbook (xlsx needs -o).")
OUTPUT_HELP = Message("The workbook to write (.xlsx).")
FORCE_HELP = Message("Write over an output file that exists.")
ALL_HELP = Message("Show in the table what is the same, too.")
NO_PROGRAMME = Message("Name two programmes; “grantcalc programmes” lists them.")
NEEDS_OUTPUT = Message("--format xlsx needs -o FILE.xlsx.")
NOT_XLSX = Message("{file}: the comparison is written as .xlsx; end the name with .xlsx.")

DIFFERENCE = Message("Change")
TITLE = Message("Title")
SECTIONED = Message("{said} [{sections}]")


@click.command("rules diff", cls=Command, text=HELP)
@click.argument("first", cls=Argument, metavar="A", absent=NO_PROGRAMME)
@click.argument("second", cls=Argument, metavar="B", absent=NO_PROGRAMME)
@option("--format", "form", type=OneOf(["table", "json", "xlsx"]), default=None, text=FORM_HELP)
@option("-o", "--output", type=File(), default=None, text=OUTPUT_HELP)
@option("--force", is_flag=True, text=FORCE_HELP)
@option("--all", "everything", is_flag=True, text=ALL_HELP)
def command(first: str, second: str, form: str | None, output: Path | None, force: bool, everything: bool) -> None:
    """Compare; print, write, or both."""
    from grantcalc.comparison import compare

    _guard(form, output, force=force)
    library, speak = common.library(), common.language()
    a, b = common.programme(first, library), common.programme(second, library)
    comparison = compare(a, b, library.tables)
    if output is not None:
        _write(comparison, output, speak)
    if form == "json":
        from grantcalc.report.comparison import comparison_json

        common.print_json(comparison_json(comparison, speak))
    elif form == "table" or output is None:
        _print(comparison, speak, everything=everything)


def _guard(form: str | None, output: Path | None, *, force: bool) -> None:
    if output is None:
        if form == "xlsx":
            raise Refused(NEEDS_OUTPUT())
        return
    if output.suffix.lower() != ".xlsx":
        raise Refused(NOT_XLSX(file=str(output)))
    if not output.absolute().parent.is_dir():
        raise Refused(NO_FOLDER(file=str(output)))
    if output.exists() and not force:
        raise Refused(EXISTS(file=str(output)))


def _print(comparison: Comparison, speak: Language, *, everything: bool) -> None:
    """A table for each subject that has rows to show, then how many rows there are of each kind."""
    from grantcalc.comparison import SUBJECTS
    from grantcalc.report.comparison import HEADINGS, count_lines, row_views

    views = row_views(comparison, speak, everything=everything)
    headers = [speak(DIFFERENCE), speak(TITLE), comparison.a.id, comparison.b.id]
    for subject in SUBJECTS:
        rows = [_cells(view, speak) for view in views if view.subject is subject]
        if rows:
            click.echo(f"== {speak(HEADINGS[subject])} ==")
            common.print_table(headers, rows, whole=(0,))
            click.echo()
    for line in count_lines(comparison):
        click.echo(speak(line))


def _cells(view: RowView, speak: Language) -> tuple[str, str, str, str]:
    codes = " → ".join(dict.fromkeys(code for code in (view.a.code, view.b.code) if code))
    return view.label, f"{view.title} {codes}", _side(view.a, speak), _side(view.b, speak)


def _side(side: SideView, speak: Language) -> str:
    return speak(SECTIONED(said=side.text, sections=side.sections)) if side.sections else side.text


def _write(comparison: Comparison, output: Path, speak: Language) -> None:
    from grantcalc.workbook.comparison import write_comparison

    with writing(output):
        write_comparison(comparison, output, speak)
