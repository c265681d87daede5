"""Reads draft files of every form into a :class:`~grantcalc.draft.model.Reading`."""

from __future__ import annotations

from pathlib import Path

from grantcalc.draft.model import Reading
from grantcalc.reading.limits import DEFAULT_LIMITS
from grantcalc.reading.problems import Unreadable, refuse, told
from grantcalc.rules.library import Library
from grantcalc.text import Message

__all__ = ["Unreadable", "content", "read", "told"]

NO_FILE = Message("The file does not exist.")
CHECK_NAME = Message("Check the name and the folder.")
NOT_A_FILE = Message("This is a folder, not a file.")
NO_ACCESS = Message("The file cannot be opened: {reason}.")
CHECK_ACCESS = Message("Close it in other programs, and check that you may read it.")
TOO_LARGE = Message("The file has {found} bytes; expected at most {limit}.")
SMALLER = Message("A draft is far smaller: delete pictures and unused sheets, or start from `grantcalc template`.")
EMPTY = Message("The file is empty.")
SAVE_AGAIN = Message("Save the draft once more, or take it from a backup.")
WRONG_TYPE = Message("The file is {found}; expected a draft as .xlsx, .xlsm, .json or .toml.")
SAVE_AS = Message("Open it in the program it came from and save it as .xlsx.")
OTHER_FILE = Message("of another type ({suffix})")

_MAGIC: tuple[tuple[bytes, Message], ...] = (
    (b"%PDF", Message("a PDF document")),
    (b"\x89PNG", Message("a picture")),
    (b"\xff\xd8\xff", Message("a picture")),
    (b"Rar!", Message("an archive")),
    (b"7z\xbc\xaf\x27\x1c", Message("an archive")),
    (b"\x1f\x8b", Message("an archive")),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path, library: Library) -> Reading:
    """Read a draft; the form is told by the content, then by the extension.

    :class:`Unreadable` carries everything that stands in the way where the file holds no draft.
    """
    file = path.name
    data = content(path, file)
    if data.startswith((*_ZIP, _OLE)):
        from grantcalc.reading.workbook import read_workbook

        return read_workbook(data, library, file)
    for start, name in _MAGIC:
        if data.startswith(start):
            raise refuse(file, WRONG_TYPE(found=name()), SAVE_AS())
    suffix = path.suffix.lower()
    if suffix == ".toml":
        from grantcalc.reading.jsonform import parse_toml

        return parse_toml(data, library, file)
    if suffix == ".json" or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        from grantcalc.reading.jsonform import parse_json

        return parse_json(data, library, file)
    if suffix in {".xlsx", ".xlsm"}:
        from grantcalc.reading.workbook import read_workbook

        return read_workbook(data, library, file)
    raise refuse(file, WRONG_TYPE(found=OTHER_FILE(suffix=path.suffix or "–")), SAVE_AS())


def content(path: Path, file: str) -> bytes:
    """The bytes of a file of a draft's size; :class:`Unreadable` where it cannot be opened or is far too large."""
    try:
        if path.is_dir():
            raise refuse(file, NOT_A_FILE(), CHECK_NAME())
        size = path.stat().st_size
        if size > DEFAULT_LIMITS.file_bytes:
            raise refuse(file, TOO_LARGE(found=size, limit=DEFAULT_LIMITS.file_bytes), SMALLER())
        data = path.read_bytes()
    except FileNotFoundError:
        raise refuse(file, NO_FILE(), CHECK_NAME()) from None
    except OSError as error:
        raise refuse(file, NO_ACCESS(reason=error.strerror or str(error)), CHECK_ACCESS()) from None
    if not data:
        raise refuse(file, EMPTY(), SAVE_AGAIN())
    return data
