"""Workbooks as .xlsx and .xlsm: what of the package is needed, and its sheets as grids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from attrs import Factory, frozen

from grantcalc.draft.choices import Form
from grantcalc.reading.book import Book
from grantcalc.reading.formsheets import choose
from grantcalc.reading.formulas import content_extent, extent, hidden, scan
from grantcalc.reading.grid import Grid
from grantcalc.reading.openers import EXTERNAL_LINKS, MACROS, Library, Opening, Seen
from grantcalc.reading.package_guard import FORMAT_PROPERTY, Guard, handed_over, without_case
from grantcalc.reading.problems import FIRST_DAY, FIRST_DAY_1904
from grantcalc.reading.struck import struck_cells, struck_styles
from grantcalc.text import Message, Text

STALE = Message(
    "The workbook asks to be recalculated when it is opened: values of its formulas may be out of date. "
    "Open and save it once in Excel or LibreOffice."
)

WORKBOOK = "xl/workbook.xml"
_RECALCULATED = re.compile(rb"\bfullCalcOnLoad\s*=\s*[\"'](?:1|true)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_FROM_1904 = re.compile(rb"\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
_RELATIONS = "xl/_rels/workbook.xml.rels"
_PROPERTIES = "docProps/custom.xml"
_STYLES = "xl/styles.xml"
_SHARED = ("[Content_Types].xml", "_rels/.rels", _STYLES, "xl/sharedStrings.xml")
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_UNSEEN = frozenset({"hidden", "veryHidden"})


def open_xlsx(guard: Guard) -> Book:
    """The sheets of a workbook as grids."""
    stamp = stamped(guard)
    names, parts, hidden_names = _sheets(guard)
    opening = Opening(guard.file, guard.limits)
    opening.check_sheets(names)
    workbook = guard.part(WORKBOOK)
    styles = [guard.part(name) for name in without_case(guard.names, (_STYLES,))]
    struck = frozenset().union(*map(struck_styles, styles))
    parser = _Parser(guard=guard, opening=opening, parts=parts, struck_styles=struck)
    chosen = choose(parts, hidden_names, parser.parse, guard.limits, stamped=stamp)
    return Book(
        form=Form.WORKBOOK,
        grids=chosen.grids,
        names=names,
        hidden=hidden_names,
        notes=tuple(_notes(guard, workbook, calculated=parser.calculated & chosen.grids.keys())),
        first_day=FIRST_DAY_1904 if _FROM_1904.search(workbook) is not None else FIRST_DAY,
        stamped=chosen.form,
    )


def stamped(guard: Guard) -> bool:
    """Whether the package carries the stamp of the template, which must be of this program's version."""
    if _PROPERTIES not in guard.names:
        return False
    for entry in guard.tree(_PROPERTIES):
        if entry.get("name") == FORMAT_PROPERTY:
            guard.check_version("".join(entry.itertext()).strip())
            return True
    return False


def relations(guard: Guard, name: str) -> dict[str | None, tuple[str, bool]]:
    """The parts of a workbook by the identifiers of their relations, and whether they are worksheets."""
    found = {}
    for relation in guard.tree(name):
        target = relation.get("Target") or ""
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found[relation.get("Id")] = part, (relation.get("Type") or "").endswith("/worksheet")
    return found


def _sheets(guard: Guard) -> tuple[tuple[str, ...], dict[str, str], frozenset[str]]:
    """All names of sheets, the part of every worksheet by its name, and the names of the hidden sheets."""
    known = relations(guard, _RELATIONS)
    names: list[str] = []
    sheets: dict[str, str] = {}
    unseen = set()
    for element in guard.tree(WORKBOOK).iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        part, has_cells = known.get(element.get(_RELATION_ID) or element.get(_STRICT_RELATION_ID), (None, False))
        name = element.get("name")
        if part is None or name is None:
            continue
        names.append(name)
        if has_cells:
            sheets.setdefault(name, part)
        if element.get("state") in _UNSEEN:
            unseen.add(name)
    return tuple(dict.fromkeys(names)), sheets, frozenset(unseen)


@frozen(kw_only=True)
class _Parser:
    """Parses the sheets that are asked for, each part unpacked once."""

    guard: Guard
    opening: Opening
    parts: dict[str, str]
    struck_styles: frozenset[int]
    calculated: set[str] = Factory(set)
    """The sheets with a formula among those parsed."""

    def parse(self, names: list[str]) -> dict[str, Grid]:
        """The sheets of these names."""
        package: dict[str, bytes] = {}
        seen: dict[str, Seen] = {}
        for name in names:
            part = self.parts[name]
            package[part] = xml = self.guard.part(part)
            if _FORMULA.search(xml) is not None:
                self.calculated.add(name)
            seen[name] = self._seen(name, part, xml)
        for part in dict.fromkeys((WORKBOOK, _RELATIONS, *without_case(self.guard.names, _SHARED))):
            package[part] = self.guard.part(part)
        return _parsed(self.opening, package, seen)

    def _seen(self, name: str, part: str, xml: bytes) -> Seen:
        rows, columns = extent(xml)
        if rows * columns > self.guard.limits.sheet_cells:
            rows, columns = content_extent(xml)
        self.opening.check_extent(name, rows, columns)
        found = scan(xml)
        if found is None:
            raise self.opening.damaged(part)
        hidden_rows, hidden_columns = hidden(xml)
        struck = struck_cells(xml, self.struck_styles)
        return Seen(scan=found, hidden_rows=hidden_rows, hidden_columns=hidden_columns, struck=struck)


def _parsed(opening: Opening, package: dict[str, bytes], seen: dict[str, Seen]) -> dict[str, Grid]:
    if not seen:
        return {}
    with Library(opening, handed_over(package), WORKBOOK) as library:
        return library.grids(tuple(seen), seen)


def _notes(guard: Guard, workbook: bytes, *, calculated: Collection[str]) -> Iterator[Text]:
    """What there is to say of a file; ``calculated`` are the sheets with formulas that are read."""
    if any(name.endswith("vbaProject.bin") for name in guard.names):
        yield MACROS()
    if any(name.startswith("xl/externalLinks/") for name in guard.names):
        yield EXTERNAL_LINKS()
    if calculated and _RECALCULATED.search(workbook) is not None:  # every file of openpyxl asks for it
        yield STALE()
