"""Looks into a packed file (.xlsx, .xlsb, .ods) before anything parses it: parts, sizes, encryption.

Only the parts that are needed leave here, each unpacked once, with its checksum and size verified.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from xml.etree import ElementTree

from attrs import frozen

from grantcalc.draft.fields import FORMAT
from grantcalc.reading.limits import Limits
from grantcalc.reading.problems import Unreadable, refuse, shown
from grantcalc.text import Message, Text

ENCRYPTED = Message("The workbook is encrypted with a password.")
TAKE_PASSWORD_OFF = Message("Open it with the password, save it without one, and check that copy.")
TRUNCATED = Message("The workbook is damaged or was cut off in transfer: {reason}.")
FETCH_AGAIN = Message("Copy or download it once more, or save it once more in Excel or LibreOffice.")
NO_ZIP = Message("its content is not that of a workbook")
NO_PART = Message("its part {part} is missing")
BAD_PART = Message("its part {part} cannot be unpacked")
BAD_XML = Message("its part {part} is no valid XML")
TOO_MANY = Message("The workbook has {found} parts; expected at most {limit}.")
TOO_BIG = Message("Unpacked, the workbook has {found} bytes; expected at most {limit}, the limit of --max-expanded-mb.")
TOO_DENSE = Message("The part {part} unpacks to {found} times its size; expected at most {limit} times.")
SUSPECT = Message("A draft is never so large; take a fresh template and paste the values into it.")
OTHER_VERSION = Message("The workbook is of template version {found}; this program reads version {expected}.")
NEW_TEMPLATE = Message("Write a new template with `grantcalc template`, and paste the values into it.")

_ENCRYPTED_FLAG = 1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How office programs pack; the others unpack at any price in memory."""
_START = 100
FORMAT_PROPERTY = "grantcalc-format"


@frozen(kw_only=True)
class Guard:
    """One packed file under examination."""

    file: str
    limits: Limits
    archive: zipfile.ZipFile
    entries: Mapping[str, zipfile.ZipInfo]
    """By name; some programs write the backslashes of their system into the names."""

    @property
    def names(self) -> Collection[str]:
        """The names of all parts."""
        return self.entries.keys()

    def damaged(self, reason: Text) -> Unreadable:
        """The exception for a package that does not hold what it should."""
        return refuse(self.file, TRUNCATED(reason=reason), FETCH_AGAIN())

    def part(self, name: str) -> bytes:
        """One part, unpacked; not a byte more than its entry says."""
        try:
            info = self.entries[name]
            if info.compress_type not in _METHODS:
                raise self.damaged(BAD_PART(part=shown(name)))
            return self.archive.read(info)
        except KeyError:
            raise self.damaged(NO_PART(part=shown(name))) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            raise self.damaged(BAD_PART(part=shown(name))) from None

    def tree(self, name: str) -> ElementTree.Element:
        """One part as XML without declarations of entities."""
        data = self.part(name)
        try:
            if has_declarations(data):
                raise self.damaged(BAD_XML(part=name))
            return ElementTree.fromstring(data)  # noqa: S314  # no entities: refused above
        except (ElementTree.ParseError, ValueError, LookupError):
            raise self.damaged(BAD_XML(part=name)) from None

    def check_version(self, stamp: str) -> None:
        """The stamp of the template must be this program's."""
        if stamp not in {str(FORMAT), f"{FORMAT}.0"}:
            raise refuse(self.file, OTHER_VERSION(found=shown(stamp) or "–", expected=FORMAT), NEW_TEMPLATE())


def has_declarations(xml: bytes) -> bool:
    """Whether XML declares a document type or entities, which no workbook does."""
    if b"\0" in xml[:_START]:
        xml = xml.replace(b"\0", b"")  # UTF-16
    return b"<!DOCTYPE" in xml or b"<!ENTITY" in xml


@contextmanager
def opened(data: bytes, file: str, limits: Limits) -> Iterator[Guard]:
    """The package in these bytes, its entries, sizes and ratios within the limits."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, UnicodeError):
        raise refuse(file, TRUNCATED(reason=NO_ZIP()), FETCH_AGAIN()) from None
    with archive:
        entries = {info.filename.replace("\\", "/"): info for info in archive.infolist()}
        guard = Guard(file=file, limits=limits, archive=archive, entries=entries)
        _measure(guard)
        yield guard


def _measure(guard: Guard) -> None:
    infos = guard.archive.infolist()
    limits = guard.limits
    if len(infos) > limits.entries:
        raise refuse(guard.file, TOO_MANY(found=len(infos), limit=limits.entries), SUSPECT())
    total = sum(info.file_size for info in infos)
    if total > limits.expanded_bytes:
        raise refuse(guard.file, TOO_BIG(found=total, limit=limits.expanded_bytes), SUSPECT())
    for info in infos:
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise refuse(guard.file, ENCRYPTED(), TAKE_PASSWORD_OFF())
        ratio = info.file_size // max(1, info.compress_size)
        if info.file_size > limits.ratio_from and ratio > limits.ratio:
            dense = TOO_DENSE(part=shown(info.filename), found=ratio, limit=limits.ratio)
            raise refuse(guard.file, dense, SUSPECT())


def handed_over(parts: dict[str, bytes]) -> bytes:
    """A package of just these parts, not compressed, for the parsing library; the parts are let go."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        while parts:
            archive.writestr(*parts.popitem())
    return made.getvalue()


def without_case(names: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Those of the names that are wanted, whatever their case."""
    keys = {name.casefold() for name in wanted}
    return sorted(name for name in names if name.casefold() in keys)
