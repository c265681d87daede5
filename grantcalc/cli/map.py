"""``grantcalc map``: proposes how a county's own file is read, as a map for ``--map``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grantcalc.cli import common
from grantcalc.cli.outputs import EXISTS, NO_FOLDER, write_text, writing
from grantcalc.cli.readlimits import reading_options
from grantcalc.cli.sheetoptions import tell_unused_maps
from grantcalc.cli.values import Argument, File
from grantcalc.cli.words import Command, Refused, option
from grantcalc.text import Message

if TYPE_CHECKING:
    from grantcalc.reading.options import ReadOptions

HELP = Message(
    "Propose a map for a county's own file (.xlsx, .xlsm, .xls, .xlsb, .ods, .csv): which column is what, which name "
    "is which item, how sure. Correct it and give it to check or review with --map."
)
OUTPUT_HELP = Message("Write the map to this file (.toml) instead of printing it.")
FORCE_HELP = Message("Write over an output file that exists.")
NO_FILE_NAMED = Message("Name the file.")
NOT_TOML = Message("{file}: the name of a map must end in .toml.")


@click.command("map", cls=Command, text=HELP)
@click.argument("file", cls=Argument, type=click.Path(path_type=Path), metavar="FILE", absent=NO_FILE_NAMED)
@option("-o", "--output", type=File(), default=None, text=OUTPUT_HELP)
@option("--force", is_flag=True, text=FORCE_HELP)
@reading_options
def command(file: Path, output: Path | None, force: bool, reading: ReadOptions) -> None:
    """Print the proposal, or write it."""
    from grantcalc.reading import open_book
    from grantcalc.reading.county.proposal import propose

    if output is not None:
        _may_write(output, force=force)
    tell_unused_maps(reading, [file])
    book = open_book(file, reading)
    text = propose(book, common.library(), file, common.language(), reading)
    if output is None:
        click.echo(text, nl=False)
        return
    with writing(output):
        write_text(output, text)


def _may_write(output: Path, *, force: bool) -> None:
    if output.suffix.lower() != ".toml":
        raise Refused(NOT_TOML(file=str(output)))
    if not output.absolute().parent.is_dir():
        raise Refused(NO_FOLDER(file=str(output)))
    if output.exists() and not force:
        raise Refused(EXISTS(file=str(output)))
