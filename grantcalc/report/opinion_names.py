"""What a letter calls the rows, the fields and the documents of a draft: by their names, never by paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import frozen

from grantcalc.checking import Report
from grantcalc.draft.fields import BUDGET_SHEET, STAFF_SHEET
from grantcalc.draft.model import Line, Position
from grantcalc.finding import Finding, Place
from grantcalc.mending import row_of
from grantcalc.place import At
from grantcalc.report.missing import cover_header, row_header
from grantcalc.sources import Citation
from grantcalc.text import Bilingual, Joined, Language, Message, Text, Value, joined

OF_CELL = Message("sheet “{sheet}”, {mark}")
BY_REF = Message("no. {mark}")
BY_COUNT = Message("row {mark}")
QUOTED = Message("“{name}”")
FIELD = Message("“{field}”")
FIELD_OF = Message("{field} of {row}")
WITH_MARK = Message("{name} ({where})")
THIS_ROW = Message("this row")
THIS_POST = Message("this post")
TOTAL_OF = Message("total of “{category}”")
OTHER_FUNDS = Bilingual("其他經費來源", "Other sources")
PROGRAMME = Bilingual("計畫", "Programme")
GRAND = Bilingual("總計", "Grand total")
THIS_PROGRAMME = Message("this programme, {section}")
THIS_PROGRAMME_WHOLE = Message("this programme")
OTHER_DOCUMENT = Message("“{title}” {section}")
PAGE = Message("{section} page {page}")

CONVENTIONS = "GRANTCALC"
"""The source of what stands in no document: nothing that a letter could cite."""
_INNER = str.maketrans("「」“”", "『』‘’")
_CELL = re.compile(r"[A-Z]+(\d+)")
_VALUE = "\u2060"
"""Stands around a value until the text is whole: a letter that nobody writes and nobody sees."""
_MARK, _GAPS = re.compile(_VALUE), re.compile(f" ?{_VALUE} ?")
_CATEGORY = "totals.categories."
_HEADS = {
    "programme": PROGRAMME,
    "positions": STAFF_SHEET,
    "lines": BUDGET_SHEET,
    "totals.grand": GRAND,
    "funding.other": OTHER_FUNDS,
}


@frozen
class Names:
    """The names of one draft, in one language."""

    report: Report
    language: Language

    @cached_property
    def rows(self) -> Mapping[str, Line | Position]:
        """Every row and post by its path."""
        draft = self.report.reading.draft
        rows: tuple[Line | Position, ...] = (*draft.positions, *draft.lines)
        return {row.origin.path: row for row in rows}

    @cached_property
    def _by_cell(self) -> Mapping[tuple[str, int], str]:
        """The path of the first row that stands in a row of a sheet."""
        found: dict[tuple[str, int], str] = {}
        for path, row in self.rows.items():
            if row.origin.sheet and row.origin.row is not None:
                found.setdefault((row.origin.sheet, row.origin.row), path)
        return found

    def row_of(self, place: Place) -> str | None:
        """The path of the row that a place stands in, by its own path or by its cell."""
        path = row_of(place.path)
        if path is not None:
            return path if path in self.rows else None
        match = _CELL.fullmatch(place.cell or "")
        return self._by_cell.get((place.sheet, int(match[1]))) if match and place.sheet else None

    def subject(self, place: Place) -> str:
        """What a sentence is about; empty where it is about the whole plan."""
        return self.subjects([place])

    def subjects(self, places: Iterable[Place]) -> str:
        """What a sentence is about, several places of one name and one sheet together."""
        spots: dict[tuple[str, Message | None, str], dict[str, None]] = {}
        for place in places:
            name, kind, sheet, mark = self._spot(place)
            spots.setdefault((name, kind, sheet), {})[mark] = None
        told = (self._placed(*spot, marks) for spot, marks in spots.items())
        return self.language.listed(filter(None, told))

    def called(self, place: Place) -> str:
        """The name alone with which :meth:`subject` begins."""
        return self._spot(place)[0]

    def _spot(self, place: Place) -> tuple[str, Message | None, str, str]:
        """The name of a place; how its mark is told, with its sheet; the mark: a cell, a reference, a number."""
        path = self.row_of(place)
        if path is not None:
            row = self.rows[path]
            name = self.language(QUOTED(name=self._name(row)))
            at = place if place.cell else row.origin.place()
            if at.sheet and at.cell:
                return name, OF_CELL, at.sheet, at.cell
            return name, *((BY_REF, "", row.ref) if row.ref else (BY_COUNT, "", str(self._number(row))))
        header = self._header(place.path)
        name = self.language(header or (QUOTED(name=place.label) if place.label else ""))
        return (name, OF_CELL, place.sheet, place.cell) if place.sheet and place.cell else (name, None, "", "")

    def _placed(self, name: str, kind: Message | None, sheet: str, marks: Iterable[str]) -> str:
        if kind is None:
            return name
        values = {"sheet": sheet} if kind is OF_CELL else {}
        where = kind(**values, mark=joined(marks))
        return self.language(WITH_MARK(name=name, where=where) if name else where)

    def said(self, value: Value, row: str | None) -> str:
        """A text in words, its places named: those of this ``row`` by the field alone."""
        # Chinese templates set cells and numbers apart by blanks; a letter has none there.
        gaps = _GAPS if self.language.is_chinese else _MARK
        return gaps.sub("", self._marked(value, row))

    def _marked(self, value: Value, row: str | None) -> str:
        if isinstance(value, Text):
            values: dict[str, Value] = {name: self._marked(inner, row) for name, inner in value.values.items()}
            return self.language(Text(value.template, values))
        if isinstance(value, Joined):
            return self.language(Joined(tuple(self._marked(inner, row) for inner in value.values), value.is_sum))
        if isinstance(value, At):
            value = self._elsewhere(value.place) if value.elsewhere else self._mention(value.place, row, field=False)
        elif isinstance(value, Place):
            value = self._mention(value, row, field=True)
        return f"{_VALUE}{self.language(value)}{_VALUE}"

    def field(self, path: str) -> tuple[str | None, str]:
        """Of an input's path: the row it belongs to, if any, and what the field is called; empty where unknown."""
        row = row_of(path)
        if row is None:
            header = self._header(path)
            return None, "" if header is None else self.language(FIELD(field=header))
        name = path[len(row) + 1 :]
        header = row_header(name, positions=row.startswith("positions"))
        return row, self.language(FIELD(field=header)) if header else ""

    def cited(self, finding: Finding) -> str:
        """The sections that a finding rests on; empty where no document says so."""
        told = [self._citation(one) for one in finding.citations if one.source != CONVENTIONS]
        return self.language.listed(dict.fromkeys(told))

    def _citation(self, one: Citation) -> str:
        section: Value = PAGE(section=one.section, page=one.page) if one.page else one.section
        if one.source == self.report.programme.source:
            return self.language(THIS_PROGRAMME(section=section) if one.section else THIS_PROGRAMME_WHOLE())
        document = self.report.sources.get(one.source)
        title: Value = document.title if document else one.source
        titled = document is not None and one.section in {document.title.zh, document.title.en}
        # Quotation marks inside quotation marks are the other ones.
        quoted = self.language(title).translate(_INNER)
        return self.language(OTHER_DOCUMENT(title=quoted, section="" if titled else section)).strip()

    def _number(self, row: Line | Position) -> int:
        """Which of its list a row is, from 1."""
        siblings = [path for path in self.rows if path.startswith(row.origin.path.partition("[")[0])]
        return siblings.index(row.origin.path) + 1

    def _name(self, row: Line | Position) -> Value:
        """As the sheet calls it; else its item or role."""
        written = row.origin.label if row.origin.label != (row.ref or "") else ""
        if isinstance(row, Position):
            return written if written and written != row.person and row.origin.sheet else row.role or written or "—"
        item = self.report.programme.items.get(row.item or "")
        if item is not None and (not written or written in {item.code, row.item}):
            return item.name
        return written or row.item or row.description or row.category or "—"

    def _mention(self, place: Place, row: str | None, *, field: bool) -> Value:
        path = self.row_of(place)
        known, header = self.field(place.path)
        if path is None:
            return header or self.subject(place) or place.path
        if path == row:
            own: Value = THIS_POST() if path.startswith("positions") else THIS_ROW()
            return header if field and known and header else own
        if field and known and header:
            return FIELD_OF(field=header, row=self.subject(self.rows[path].origin.place()))
        return self.subject(place)

    def _elsewhere(self, place: Place) -> Value:
        if place.sheet and place.cell:
            return OF_CELL(sheet=place.sheet, mark=place.cell)
        return QUOTED(name=place.label) if place.label else THIS_ROW()

    def _header(self, path: str) -> Value | None:
        if path.startswith(_CATEGORY):
            return TOTAL_OF(category=path.removeprefix(_CATEGORY))
        return _HEADS.get(path.partition("[")[0]) or cover_header(path)
