"""Files that commands write with ``-o``: refused before the work where they may not be, told when they stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from grantcalc.cli import common
from grantcalc.cli.words import Refused
from grantcalc.text import Message

EXISTS = Message("{file} exists already; choose another name or add --force.")
NO_FOLDER = Message("The folder of {file} does not exist.")
WRITTEN = Message("Written: {file}")
CANNOT_WRITE = Message("{file} cannot be written: {reason}")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What is written inside is told; where it cannot be, that is said."""
    try:
        yield
    except OSError as error:
        raise Refused(CANNOT_WRITE(file=str(path), reason=error.strerror or str(error))) from error
    click.echo(common.language()(WRITTEN(file=str(path))), err=True)


def write_text(path: Path, text: str) -> None:
    """Put a text into its place, whole or not at all."""
    from grantcalc.files import moved_into_place

    with moved_into_place(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
