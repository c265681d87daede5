"""Stored values of formulas: read from a workbook's parts, and put back into a copy that lost them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any
from xml.sax.saxutils import escape

from attrs import frozen

_RELATION = "id"
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))\s*<v\s*(?:/>|></v>)\s*</c>')
_CALCULATE = re.compile(rb"""<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad\s*=\s*["'](?:1|true)""")
_TYPE = re.compile(rb'\st="[^"]*"')
_KEPT = frozenset({"n", "str", "b", "e"})


@frozen
class Stored:
    """The value of one formula: its type as the file writes it, and its text."""

    kind: str
    text: str


Values = Mapping[str, Mapping[str, Stored]]
"""Values by the sheet's name and the cell."""


def stored_values(source: Path) -> Values:
    """The value of every formula cell that has one."""
    with zipfile.ZipFile(source) as package:
        found = {}
        for name, part in sheet_parts(package).items():
            with package.open(part) as stream:
                found[name] = dict(_cells(stream))
        return found


def asks_to_calculate(source: Path) -> bool:
    """Whether a workbook wants every formula worked out again when it is opened."""
    with zipfile.ZipFile(source) as package:
        return _CALCULATE.search(package.read("xl/workbook.xml")) is not None


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The part of every worksheet, by its name."""
    from openpyxl.xml.functions import fromstring

    relations = fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {node.get("Id"): str(node.get("Target")) for node in relations}
    known = set(package.namelist())
    found = {}
    for node in fromstring(package.read("xl/workbook.xml")).iter():
        if _local(node.tag) != "sheet":
            continue
        relation = next((value for key, value in node.attrib.items() if _local(key) == _RELATION), None)
        target = targets.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if part in known and "worksheets/" in part:
            found[str(node.get("name"))] = part
    return found


def _cells(stream: IO[bytes]) -> Iterator[tuple[str, Stored]]:
    from openpyxl.xml.functions import iterparse

    for _, node in iterparse(stream, events=("end",)):
        if _local(node.tag) != "c":
            continue
        value = _value(node)
        reference = node.get("r")
        if value is not None and reference:
            yield reference, value
        node.clear()


def _value(node: Any) -> Stored | None:
    has_formula, text = False, None
    for child in node:
        name = _local(child.tag)
        has_formula = has_formula or name == "f"
        if name == "v":
            text = child.text or ""
    kind = node.get("t") or "n"
    if not has_formula or text is None or kind not in _KEPT or (kind == "n" and not text):
        return None
    return Stored(kind, text)


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def put_back(values: Values, path: Path) -> Callable[[str, bytes], bytes]:
    """A repair for :func:`grantcalc.workbook.package.rewrite` that gives each formula its value again."""
    with zipfile.ZipFile(path) as package:
        names = {part: name for name, part in sheet_parts(package).items()}

    def repair(part: str, data: bytes) -> bytes:
        known = values.get(names.get(part, ""), {})
        if not known:
            return data

        def fill(match: re.Match[bytes]) -> bytes:
            value = known.get(match[1].decode())
            if value is None:
                return match[0]
            others = _TYPE.sub(b"", match[2])
            kind = b"" if value.kind == "n" else b' t="' + value.kind.encode() + b'"'
            text = escape(value.text).encode()
            return b'<c r="' + match[1] + b'"' + others + kind + b">" + match[3] + b"<v>" + text + b"</v></c>"

        return _FORMULA.sub(fill, data)

    return repair
