"""Small repairs of a written workbook's parts: values of formulas that the writing library leaves out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from grantcalc.files import moved_into_place

_EMPTY_TEXT = re.compile(rb'<c r="([A-Z]+\d+)"((?: s="\d+")?)>(<f>[^<]*</f>)<v></v></c>')
_TYPES = "[Content_Types].xml"
_PLAIN_FORM = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_FORM = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")


def rewrite(path: Path, repair: Callable[[str, bytes], bytes]) -> None:
    """Pass every part of a package through ``repair``; the file is replaced whole."""
    with (
        moved_into_place(path) as beside,
        zipfile.ZipFile(path) as source,
        zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            target.writestr(info, repair(info.filename, source.read(info)), zipfile.ZIP_DEFLATED)


def say_empty_text(name: str, data: bytes) -> bytes:
    """Mark formulas whose result is an empty text as such; without the mark they count as never calculated."""
    if SHEET_PART.fullmatch(name) is None:
        return data
    return _EMPTY_TEXT.sub(rb'<c r="\1"\2 t="str">\3<v></v></c>', data)


def say_macro_form(name: str, data: bytes) -> bytes:
    """The type of content that a name ending in .xlsm promises; a program refuses to open the file without it."""
    return data.replace(_PLAIN_FORM, _MACRO_FORM) if name == _TYPES else data
