"""Small repairs of a written workbook's parts: values of formulas that the writing library leaves out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from grantcalc.files import moved_into_place

_EMPTY_TEXT = re.compile(rb'<c r="([A-Z]+\d+)"((?: s="\d+")?)>(<f>[^<]*</f>)<v></v></c>')
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
