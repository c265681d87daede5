"""Licences, years of experience and the case of the risk allowance that a post's row tells in plain words.

Only a clause that says nothing else counts (具社工師執照, 無證照, 年資滿3年); a condition, a requirement, a licence
that is still to come or a row of several persons is told, and nothing is taken from it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import define, field, frozen

from grantcalc.draft.model import Licence, RiskAllowance
from grantcalc.reading.county.model import CellKey, ColumnKind
from grantcalc.reading.county.remedies import NOTHING
from grantcalc.reading.county.roles import EXACT, RoleWords
from grantcalc.reading.county.rowcells import RowCells
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message, Text, joined
from grantcalc.unitwords import of_numerals

LICENCES_OF_WORDS = Message("The licences were read from “{written}”: {licences}.")
NO_LICENCE_OF_WORDS = Message("“{written}” was read as: no licence.")
YEARS_OF_WORDS = Message("The years of experience were read from “{written}”: {years}.")
RISK_OF_WORDS = Message("The case of the risk allowance was read from “{written}”: {risk}.")
UNCLEAR = Message("“{written}” does not say plainly what the one person of the row holds: nothing was read from it.")
OWN_COLUMN = Message("State licences, years of experience and risk allowance of each post in columns of their own.")

_CLAUSES: Final = re.compile(r"[,。.;:!?\s+()\[\]「」]+(?!\d)|、")
_COUNTED: Final = r"(?:\d{1,3}|[一二兩三四五六七八九十]{1,3})"
_NUMBER: Final = r"(?P<number>\d{1,2}|[一二兩三四五六七八九十]{1,2})"
_FIELDS: Final = ("licences", "experience_years", "risk_allowance")
_COLUMNS: Final = {"licences": ColumnKind.LICENCES}


@frozen(kw_only=True)
class Said:
    """What one clause says of a field; ``value`` is ``None`` where it speaks of it but not plainly."""

    field: str
    value: Any
    text: str
    key: CellKey | None = None


@define
class Credentials:
    """The patterns of the words that a table holds."""

    words: RoleWords
    _held: re.Pattern[str] = field(init=False)
    _years: tuple[re.Pattern[str], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        names = self._names()
        before = rf"(?:(?:{self._any('before')}|{_COUNTED}(?:{self._any('person')}))*)"
        verb = rf"(?:(?P<lacking>{self._any('lacking')})(?:{self._any('held')})?|{self._any('held')})?"
        listed = rf"(?P<names>(?:{names})(?:(?:{self._any('and')})(?:{names}))*)?"
        self._held = re.compile(rf"{before}{verb}(?:{self._any('any')})*{listed}(?:{self._any('noun')})+")
        year, full = self._any("year"), self._any("full")
        served, with_verb = self._any("experience"), rf"{before}(?:{self._any('held')})?"
        self._years = (
            re.compile(rf"{with_verb}(?:{served})(?:{full})?{_NUMBER}(?:{year})"),
            re.compile(rf"{with_verb}(?:{full})?{_NUMBER}(?:{year})(?:{self._any('joint')})?(?:{served})"),
            re.compile(rf"{with_verb}(?:{full}){_NUMBER}(?:{year})"),
        )

    def _any(self, value: str) -> str:
        """Any word of a use, the longest first; nothing matches where there is none."""
        found = (re.escape(word) for word, own in self.words.words.get("credential", ()) if own == value)
        return "|".join(found) or r"(?!)"

    def _names(self) -> str:
        return "|".join(re.escape(word) for word, _ in self.words.words["licence"])

    def said(self, text: str) -> Iterator[Said]:
        """All that a text says, clause by clause."""
        plain = unicodedata.normalize("NFKC", text)
        names, joint = self._names(), self.words.words.get("credential", ())
        word = next((own for own, value in joint if value == "and"), "")
        plain = re.sub(rf"({names})、(?={names})", rf"\1{word}", plain)
        for clause in filter(None, map(str.strip, _CLAUSES.split(plain))):
            yield from self._licences(clause)
            yield from self._served(clause)
            yield from self._risk(clause)

    def _licences(self, clause: str) -> Iterator[Said]:
        noun = rf"(?:{self._any('noun')})"
        if not re.search(noun, clause) or re.search(
            rf"{noun}(?:{self._any('behind')}|\d(?!\d*(?:{self._any('person')})))|{self._any('other')}", clause
        ):
            return
        match = self._held.fullmatch(clause)
        if match is None or not (match["names"] or match["lacking"]):
            about = match or re.search(rf"{self._names()}|{self._any('held')}|{self._any('lacking')}", clause)
            if about:
                yield Said(field="licences", value=None, text=clause)
            return
        named = self.words.licences(match["names"] or "")
        if match["lacking"] and named:  # who lacks one may hold another
            yield Said(field="licences", value=None, text=clause)
        else:
            yield Said(field="licences", value=named, text=clause)

    def _served(self, clause: str) -> Iterator[Said]:
        match = next((found for one in self._years if (found := one.fullmatch(clause))), None)
        if match is not None:
            written = match["number"]
            years = int(written) if written.isdecimal() else of_numerals(written)
            yield Said(field="experience_years", value=years, text=clause)
        elif re.search(rf"(?:{self._any('experience')}).*{_NUMBER}(?:{self._any('year')})", clause):
            yield Said(field="experience_years", value=None, text=clause)

    def _risk(self, clause: str) -> Iterator[Said]:
        cases = self.words.words.get("risk", ())
        case = next(
            (value for word, value in cases if re.fullmatch(rf"(?:{self._any('before')})*{word}", clause)), None
        )
        if case is not None:
            yield Said(field="risk_allowance", value=RiskAllowance(case), text=clause)
        elif re.search(self._any("risk"), clause) and not re.search(self._any("risk-other"), clause):
            yield Said(field="risk_allowance", value=None, text=clause)

    def is_studying(self, text: str) -> bool:
        """Whether a degree is one that is not finished (碩士在學中), or only asked for (學士以上)."""
        return re.search(self._any("studying"), unicodedata.normalize("NFKC", text)) is not None

    def of_some(self, text: str, persons: object) -> bool:
        """Whether a text counts other persons than the row does: 2名有證照1名無."""
        plain = unicodedata.normalize("NFKC", text)
        found = re.findall(rf"({_COUNTED})(?:{self._any('person')})", plain)
        return any((int(one) if one.isdecimal() else of_numerals(one)) != persons for one in found)

    def of_all(self, text: str) -> bool:
        """Whether a text says that it speaks of everybody: 均具社工師執照."""
        return re.search(self._any("all"), text) is not None


def read_credentials(
    cells: RowCells,
    path: str,
    words: RoleWords,
    sink: Sink,
    values: dict[str, Any],
    where: dict[str, CellKey | None],
    *,
    counted: bool,
) -> None:
    """The fields that no column holds, by label and remarks; called once the persons of the row are counted."""
    reader = Credentials(words)
    texts = _texts(cells, where["role"])
    found = [
        Said(field=one.field, value=one.value, text=one.text, key=key)
        for text, key in texts.items()
        for one in reader.said(text)
    ]
    whole = "；".join(texts)
    persons = values.get("count", 1)
    certain = counted and not reader.of_some(whole, persons) and (persons == 1 or reader.of_all(whole))
    for name in _FIELDS:
        said = [one for one in found if one.field == name]
        if said and name not in values and not (name in _COLUMNS and cells.has(_COLUMNS[name])):
            _take(cells, path, said, certain, sink, values, where)


def _texts(cells: RowCells, role: CellKey | None) -> Mapping[str, CellKey | None]:
    """The row's texts with their cells: the label, and each cell of a remark."""
    texts: dict[str, CellKey | None] = {cells.row.label: role}
    for kind in (ColumnKind.ROLE, ColumnKind.DESCRIPTION):
        for column in cells.columns(kind):
            raw = cells.raw(column)
            if isinstance(raw, str):
                texts.setdefault(raw, cells.key(column))
    return {text: key for text, key in texts.items() if text.strip()}


def _take(
    cells: RowCells,
    path: str,
    said: list[Said],
    certain: bool,
    sink: Sink,
    values: dict[str, Any],
    where: dict[str, CellKey | None],
) -> None:
    first, written = said[0], shown("；".join(dict.fromkeys(one.text for one in said)))
    held = {one.value for one in said}
    if first.field == "licences" and () not in held and None not in held:
        held = {tuple(dict.fromkeys(licence for one in said for licence in one.value))}
    if not certain or None in held or len(held) != 1:
        place = cells.place(first.key, path)
        sink.recognised(place, UNCLEAR(written=written), OWN_COLUMN(), sure=False, score=0)
        return
    value = held.pop()
    values[first.field], where[first.field] = value, first.key
    told = _told(first.field, written, value)
    sink.recognised(cells.place(first.key, path), told, NOTHING(), sure=True, score=EXACT)


def _told(name: str, written: str, value: Any) -> Text:
    if name == "experience_years":
        return YEARS_OF_WORDS(written=written, years=value)
    if isinstance(value, RiskAllowance):
        return RISK_OF_WORDS(written=written, risk=value)
    licences: tuple[Licence, ...] = value
    if not licences:
        return NO_LICENCE_OF_WORDS(written=written)
    return LICENCES_OF_WORDS(written=written, licences=joined(licences))
