"""Looks into a workbook file before anything parses it: type, size, encryption, macros, links, version stamp.

Only the parts that are needed leave here, each unpacked once, with its checksum and size verified.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from attrs import frozen

from grantcalc.draft.fields import FORMAT
from grantcalc.reading.limits import Limits
from grantcalc.reading.problems import Unreadable, refuse, shown
from grantcalc.text import Message, Text

ENCRYPTED = Message("The workbook is encrypted with a password.")
TAKE_PASSWORD_OFF = Message("Open it with the password, save it without one, and check that copy.")
OLD_WORKBOOK = Message("The file is a workbook of the old type .xls or another old Office document; expected .xlsx.")
SAVE_XLSX = Message("Open it in Excel or LibreOffice and save it as .xlsx.")
BINARY_WORKBOOK = Message("The file is a binary workbook (.xlsb); expected .xlsx.")
OPEN_DOCUMENT = Message("The file is an OpenDocument file; expected .xlsx.")
WORD_DOCUMENT = Message("The file is a Word document; expected a workbook (.xlsx).")
SLIDES = Message("The file is a presentation; expected a workbook (.xlsx).")
NOT_WORKBOOK = Message("The file is an archive without a workbook in it.")
USE_TEMPLATE = Message("Fill in the workbook that `grantcalc template` writes.")
TRUNCATED = Message("The workbook is damaged or was cut off in transfer: {reason}.")
FETCH_AGAIN = Message("Copy or download it once more, or save it once more in Excel or LibreOffice.")
NO_ZIP = Message("its content is not that of a workbook")
NO_PART = Message("its part {part} is missing")
BAD_PART = Message("its part {part} cannot be unpacked")
BAD_XML = Message("its part {part} is no valid XML")
TOO_MANY = Message("The workbook has {found} parts; expected at most {limit}.")
TOO_BIG = Message("Unpacked, the workbook has {found} bytes; expected at most {limit}.")
TOO_DENSE = Message("The part {part} unpacks to {found} times its size; expected at most {limit} times.")
SUSPECT = Message("A draft is never so large; take a fresh template and paste the values into it.")
OTHER_VERSION = Message("The workbook is of template version {found}; this program reads version {expected}.")
NEW_TEMPLATE = Message("Write a new template with `grantcalc template`, and paste the values into it.")
MACROS = Message("The workbook contains macros; they are never run, only its stored values are read.")
EXTERNAL_LINKS = Message("The workbook has links to other files; only the values stored in it are read.")
STALE = Message(
    "The workbook asks to be recalculated when it is opened: values of its formulas may be out of date. "
    "Open and save it once in Excel or LibreOffice."
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "xl/workbook.xml"
_FROM_1904 = re.compile(rb"\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
_RELATIONS = "xl/_rels/workbook.xml.rels"
_PROPERTIES = "docProps/custom.xml"
_OTHERS: tuple[tuple[str, Message], ...] = (
    ("xl/workbook.bin", BINARY_WORKBOOK),
    ("word/document.xml", WORD_DOCUMENT),
    ("ppt/presentation.xml", SLIDES),
    ("mimetype", OPEN_DOCUMENT),
)
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
FORMAT_PROPERTY = "grantcalc-format"


@frozen(kw_only=True)
class Package:
    """The verified parts of a workbook: ``sheets`` gives the part of every sheet by its name."""

    parts: dict[str, bytes]
    sheets: Mapping[str, str]
    hidden: frozenset[str]
    """Sheets that nobody sees."""
    notes: tuple[Text, ...]
    from_1904: bool
    """Whether its dates count from 1904, as old Macintosh workbooks do."""

    def hand_over(self, path: Path) -> None:
        """Write a workbook of just these parts, not compressed, for the parsing library; the parts are let go."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            while self.parts:
                archive.writestr(*self.parts.popitem())


@frozen
class _Guard:
    """One file under examination."""

    file: str
    limits: Limits
    archive: zipfile.ZipFile

    def damaged(self, reason: Text) -> Unreadable:
        return refuse(self.file, TRUNCATED(reason=reason), FETCH_AGAIN())

    def part(self, name: str) -> bytes:
        try:
            return self.archive.read(name)
        except KeyError:
            raise self.damaged(NO_PART(part=shown(name))) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            raise self.damaged(BAD_PART(part=shown(name))) from None

    def tree(self, name: str) -> ElementTree.Element:
        data = self.part(name)
        try:
            if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                raise self.damaged(BAD_XML(part=name))
            return ElementTree.fromstring(data)  # noqa: S314  # no entities: refused above
        except (ElementTree.ParseError, ValueError, LookupError):
            raise self.damaged(BAD_XML(part=name)) from None


def open_package(data: bytes, file: str, limits: Limits, wanted: frozenset[str]) -> Package:
    """Examine a workbook file; ``wanted`` are the names of the sheets to unpack (as :func:`sheet_key` gives them)."""
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise refuse(file, ENCRYPTED(), TAKE_PASSWORD_OFF())
        raise refuse(file, OLD_WORKBOOK(), SAVE_XLSX())
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, UnicodeError):
        raise refuse(file, TRUNCATED(reason=NO_ZIP()), FETCH_AGAIN()) from None
    with archive:
        guard = _Guard(file, limits, archive)
        _measure(guard)
        names = set(archive.namelist())
        _recognise(guard, names)
        _version(guard, names)
        sheets, hidden = _sheets(guard)
        parts = dict(_parts(guard, names, [part for name, part in sheets.items() if sheet_key(name) in wanted]))
        return Package(
            parts=parts,
            sheets=sheets,
            hidden=hidden,
            notes=tuple(_notes(names, parts[_WORKBOOK])),
            from_1904=_FROM_1904.search(parts[_WORKBOOK]) is not None,
        )


def sheet_key(name: str) -> str:
    """A sheet's name as it is compared."""
    return name.strip().casefold()


def _measure(guard: _Guard) -> None:
    infos = guard.archive.infolist()
    limits = guard.limits
    if len(infos) > limits.entries:
        raise refuse(guard.file, TOO_MANY(found=len(infos), limit=limits.entries), SUSPECT())
    total = sum(info.file_size for info in infos)
    if total > limits.expanded_bytes:
        raise refuse(guard.file, TOO_BIG(found=total, limit=limits.expanded_bytes), SUSPECT())
    for info in infos:
        if info.flag_bits & 1:
            raise refuse(guard.file, ENCRYPTED(), TAKE_PASSWORD_OFF())
        ratio = info.file_size // max(1, info.compress_size)
        if info.file_size > limits.ratio_from and ratio > limits.ratio:
            dense = TOO_DENSE(part=shown(info.filename), found=ratio, limit=limits.ratio)
            raise refuse(guard.file, dense, SUSPECT())


def _recognise(guard: _Guard, names: set[str]) -> None:
    if _WORKBOOK in names:
        return
    for part, message in _OTHERS:
        if part in names:
            raise refuse(guard.file, message(), SAVE_XLSX())
    raise refuse(guard.file, NOT_WORKBOOK(), USE_TEMPLATE())


def _version(guard: _Guard, names: set[str]) -> None:
    """The stamp of the template, where there is one, must be this program's."""
    if _PROPERTIES not in names:
        return
    for entry in guard.tree(_PROPERTIES):
        if entry.get("name") == FORMAT_PROPERTY:
            stamp = "".join(entry.itertext()).strip()
            if stamp not in {str(FORMAT), f"{FORMAT}.0"}:
                found = OTHER_VERSION(found=shown(stamp) or "–", expected=FORMAT)
                raise refuse(guard.file, found, NEW_TEMPLATE())


def _sheets(guard: _Guard) -> tuple[dict[str, str], frozenset[str]]:
    """The part of every worksheet by its name, and the names of the hidden ones."""
    targets = {}
    for relation in guard.tree(_RELATIONS):
        target = relation.get("Target") or ""
        targets[relation.get("Id")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    sheets: dict[str, str] = {}
    hidden = set()
    for element in guard.tree(_WORKBOOK).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            part = targets.get(element.get(_RELATION_ID) or element.get(_STRICT_RELATION_ID))
            name = element.get("name")
            if part is not None and name is not None:
                sheets.setdefault(name, part)
                if element.get("state") in {"hidden", "veryHidden"}:
                    hidden.add(name)
    return sheets, frozenset(hidden)


def _parts(guard: _Guard, names: set[str], sheets: list[str]) -> Iterator[tuple[str, bytes]]:
    optional = ("[Content_Types].xml", "_rels/.rels", "xl/styles.xml", "xl/sharedStrings.xml")
    targets = {name for name in names if name.casefold() in {part.casefold() for part in optional}}
    for name in dict.fromkeys((_WORKBOOK, _RELATIONS, *sorted(targets), *sheets)):
        data = guard.part(name)
        yield name, data


def _notes(names: set[str], workbook: bytes) -> Iterator[Text]:
    if any(name.endswith("vbaProject.bin") for name in names):
        yield MACROS()
    if any(name.startswith("xl/externalLinks/") for name in names):
        yield EXTERNAL_LINKS()
    if b'fullCalcOnLoad="1"' in workbook:
        yield STALE()
