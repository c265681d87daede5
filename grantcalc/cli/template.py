"""``grantcalc template``: the workbook to fill in, empty or with a compliant example."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grantcalc.cli import common
from grantcalc.cli.values import Argument, File, Whole
from grantcalc.cli.words import Command, Refused, option
from grantcalc.text import Message

if TYPE_CHECKING:
    from grantcalc.draft.model import Draft
    from grantcalc.rules.library import Library
    from grantcalc.rules.programme import Programme

HELP = Message("Write the workbook form of a programme: drop-downs, formulas, limits that turn cells red.")
COUNTY_HELP = Message("The county to write on the cover.")
OUTPUT_HELP = Message("The workbook to write (.xlsx).")
EXAMPLE_HELP = Message("Fill the form with a compliant example.")
POSTS_HELP = Message("How many rows for posts.")
ROWS_HELP = Message("How many rows of the budget.")
FORCE_HELP = Message("Overwrite the file if it exists.")
NO_PROGRAMME = Message("Name a programme; “grantcalc programmes” lists them.")
EXISTS = Message("{path} exists; choose another name, or overwrite it with --force.")
NOT_XLSX = Message("{path}: the form is written as .xlsx; end the name with .xlsx.")
NO_FOLDER = Message("{path}: the folder does not exist.")
NOT_WRITTEN = Message("{path} could not be written: {reason}.")
NO_COUNTY = Message("there is no county “{name}”; did you mean {nearest}?")
NO_COUNTY_LIKE = Message("there is no county “{name}”; expected one of the 22 counties and cities")
WRITTEN = Message("{path} written: {programme}.")
MOST_POSTS, MOST_ROWS = 2000, 10000


@click.command("template", cls=Command, text=HELP)
@click.argument("programme", cls=Argument, metavar="PROGRAMME", absent=NO_PROGRAMME)
@option("--county", metavar="COUNTY", text=COUNTY_HELP, default=None)
@option("-o", "--output", text=OUTPUT_HELP, type=File(), required=True)
@option("--example", "with_example", text=EXAMPLE_HELP, is_flag=True)
@option("--posts", text=POSTS_HELP, type=Whole(least=1, most=MOST_POSTS), default=60, show_default=True)
@option("--rows", text=ROWS_HELP, type=Whole(least=1, most=MOST_ROWS), default=300, show_default=True)
@option("--force", text=FORCE_HELP, is_flag=True)
def command(
    programme: str, county: str | None, output: Path, with_example: bool, posts: int, rows: int, force: bool
) -> None:
    """Write it, or say why not."""
    from grantcalc.workbook.template import write_draft

    speak, library = common.language(), common.library()
    found = common.programme(programme, library)
    _may_write(output, force=force)
    named = _county(county, library)
    draft = _example(found, library, named) if with_example else _blank(found, named)
    try:
        write_draft(draft, output, found, library, speak, posts, rows)
    except OSError as error:
        raise Refused(NOT_WRITTEN(path=str(output), reason=error.strerror or str(error))) from None
    click.echo(speak(WRITTEN(path=str(output), programme=found.title)))


def _may_write(output: Path, *, force: bool) -> None:
    if output.suffix.lower() != ".xlsx":
        raise Refused(NOT_XLSX(path=str(output)))
    if not output.absolute().parent.is_dir():
        raise Refused(NO_FOLDER(path=str(output)))
    if output.exists() and not force:
        raise Refused(EXISTS(path=str(output)))


def _county(name: str | None, library: Library) -> str | None:
    """The official name; 台 is read as 臺, English names are known."""
    from grantcalc.reading.names import Counties
    from grantcalc.text import joined

    if name is None:
        return None
    counties = Counties.of(library.tables)
    found = counties.find(name)
    if found is None:
        near = counties.nearest(name)
        raise Refused(NO_COUNTY(name=name, nearest=joined(near)) if near else NO_COUNTY_LIKE(name=name))
    return found


def _example(programme: Programme, library: Library, county: str | None) -> Draft:
    from grantcalc.workbook.examples import ExampleError, example

    try:
        return example(programme, library, county)
    except ExampleError as error:
        raise Refused(error.text) from None


def _blank(programme: Programme, county: str | None) -> Draft:
    """Nothing but what is known beforehand: the county and the programme's period."""
    from grantcalc.draft.model import Draft

    return Draft(programme=programme.id, county=county, period=programme.period)
