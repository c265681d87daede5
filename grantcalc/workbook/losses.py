"""What a copy of a workbook loses: parts that the library which marks cells cannot carry over."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from grantcalc.text import Message, Text

CHARTS = Message("charts")
PICTURES = Message("pictures and shapes")
CONTROLS = Message("form controls")
MACROS = Message("macros")
THREADS = Message("threaded comments")
SLICERS = Message("slicers and timelines")
CONNECTIONS = Message("connections to other data")
EXTENSIONS = Message("drop-downs or conditional formats of newer versions of Excel")
LOST = Message("The marked copy may lack {what} of the original ({part}); the original is unchanged.")

_PARTS: tuple[tuple[re.Pattern[str], Message], ...] = (
    (re.compile(r"xl/charts/chart[^/]*\.xml"), CHARTS),
    (re.compile(r"xl/media/.+"), PICTURES),
    (re.compile(r"xl/(ctrlProps|activeX)/.+"), CONTROLS),
    (re.compile(r"xl/threadedComments/.+"), THREADS),
    (re.compile(r"xl/(slicers|slicerCaches|timelines|timelineCaches)/.+"), SLICERS),
    (re.compile(r"xl/(connections\.xml|queryTables/.+)"), CONNECTIONS),
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_DRAWING = re.compile(r"xl/drawings/drawing[^/]*\.xml")
_MACROS = "xl/vbaProject.bin"
_EXTENSION = re.compile(rb"<x14:(?:dataValidation|conditionalFormatting)s?\b")
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[\s>]")


def losses(source: Path, *, keeps_macros: bool) -> tuple[Text, ...]:
    """One warning for each kind of content that the copy may lack."""
    found: dict[Message, str] = {}
    with zipfile.ZipFile(source) as package:
        for name in package.namelist():
            for pattern, what in _PARTS:
                if pattern.fullmatch(name):
                    found.setdefault(what, name)
            if name == _MACROS and not keeps_macros:
                found.setdefault(MACROS, name)
            if _SHEET.fullmatch(name) and _EXTENSION.search(package.read(name)):
                found.setdefault(EXTENSIONS, name)
            if _DRAWING.fullmatch(name) and _SHAPE.search(package.read(name)):
                found.setdefault(PICTURES, name)
    return tuple(LOST(what=what(), part=part) for what, part in found.items())
