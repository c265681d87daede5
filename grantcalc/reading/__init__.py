"""Reads draft files of every form into a :class:`~grantcalc.draft.model.Reading`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from grantcalc.reading.limits import DEFAULT_LIMITS, Limits
from grantcalc.reading.options import DEFAULT_OPTIONS, ReadOptions
from grantcalc.reading.problems import Unreadable, refuse, told
from grantcalc.text import Message

if TYPE_CHECKING:
    from grantcalc.draft.model import Reading
    from grantcalc.reading.book import Book
    from grantcalc.reading.child import Run
    from grantcalc.rules.library import Library

__all__ = ["DEFAULT_OPTIONS", "ReadOptions", "Unreadable", "content", "open_book", "plain_path", "read", "told"]

NO_FILE = Message("The file does not exist.")
CHECK_NAME = Message("Check the name and the folder.")
NOT_A_FILE = Message("This is a folder, not a file.")
NO_REGULAR_FILE = Message("This is no regular file.")
NO_ACCESS = Message("The file cannot be opened: {reason}.")
CHECK_ACCESS = Message("Close it in other programs, and check that you may read it.")
TOO_LARGE = Message("The file has {found} bytes; expected at most {limit}, the limit of --max-file-mb.")
SMALLER = Message(
    "A draft is far smaller: delete pictures and unused sheets, or start from `grantcalc template`; or allow more with "
    "--max-file-mb."
)
EMPTY = Message("The file is empty.")
SAVE_AGAIN = Message("Save the draft once more, or take it from a backup.")


def read(path: Path, library: Library, options: ReadOptions = DEFAULT_OPTIONS, run: Run | None = None) -> Reading:
    """Read a draft; the form is told by the content, then by the extension.

    :class:`Unreadable` carries everything that stands in the way where the file holds no draft. What nobody vouches for
    is parsed by ``run``: a process for this file alone, if none is given.
    """
    from grantcalc.reading import child
    from grantcalc.reading.deadline import Deadline
    from grantcalc.reading.forms import text_form
    from grantcalc.reading.unmapped import without_maps

    run = run or child.run

    plain = plain_path(path)
    file, limits = plain.name, options.limits
    deadline = Deadline.start(file, limits)
    data = content(path, file, limits)
    form = text_form(data, path.suffix.lower())
    if form is not None:
        from grantcalc.reading.jsonform import read_text

        return without_maps(read_text(data, form, library, file, options, run), plain, options)
    book = _book(data, file, options, run)
    if book.stamped:
        from grantcalc.reading.workbook import read_form

        return without_maps(read_form(book, library, file, limits), plain, options)
    from grantcalc.reading.county.read import read_county

    return read_county(book, library, plain, options, deadline)


def open_book(path: Path, options: ReadOptions = DEFAULT_OPTIONS) -> Book:
    """The sheets of a spreadsheet of any form as plain values; :class:`Unreadable` where it is none."""
    from grantcalc.reading import child

    file = plain_path(path).name
    return _book(content(path, file, options.limits), file, options, child.run)


def plain_path(path: Path) -> Path:
    """The path as texts may name it: without identity numbers, and without bytes that are no letters."""
    from grantcalc.reading.identity import Masker

    return Path(Masker().text(os.fsencode(path).decode("utf-8", "replace")))


def _book(data: bytes, file: str, options: ReadOptions, run: Run) -> Book:
    from grantcalc.reading.forms import open_data, prepare

    prepare(data)
    return run(file, options.limits, open_data, data, file, options.limits, options.salt)


def content(path: Path, file: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a file of a draft's size; :class:`Unreadable` where it cannot be opened or is far too large."""
    try:
        if path.is_dir():
            raise refuse(file, NOT_A_FILE(), CHECK_NAME())
        size = path.stat().st_size
        if not path.is_file():
            raise refuse(file, NO_REGULAR_FILE(), CHECK_NAME())
        if size > limits.file_bytes:
            raise refuse(file, TOO_LARGE(found=size, limit=limits.file_bytes), SMALLER())
        with path.open("rb") as opened:
            data = opened.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise refuse(file, NO_FILE(), CHECK_NAME()) from None
    except OSError as error:
        raise refuse(file, NO_ACCESS(reason=error.strerror or str(error)), CHECK_ACCESS()) from None
    if len(data) > limits.file_bytes:
        raise refuse(file, TOO_LARGE(found=len(data), limit=limits.file_bytes), SMALLER())
    if not data:
        raise refuse(file, EMPTY(), SAVE_AGAIN())
    return data
