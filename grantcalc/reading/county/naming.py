"""Which item a row is, and what is told of how sure that is."""

from __future__ import annotations

from attrs import define, evolve, field

from grantcalc.draft.model import Role
from grantcalc.reading.county.categories import Heading
from grantcalc.reading.county.items import IGNORE, POST_PREFIX, Items, Match, unnumbered
from grantcalc.reading.county.model import CellKey, ColumnKind
from grantcalc.reading.county.parts import category_of_part
from grantcalc.reading.county.remedies import LIKENESS, NOTHING
from grantcalc.reading.county.roles import Part, RoleWords
from grantcalc.reading.county.rowcells import RowCells
from grantcalc.reading.problems import Sink, shown
from grantcalc.rules.programme import Programme
from grantcalc.text import Bilingual, Message, Text, joined

NEAR = Message("“{written}” was taken for the item “{item}”.")
NEAR_SEVERAL = Message("“{written}” was taken for the item “{item}”; as near by name: {others}.")
BY_DESCRIPTION = Message("“{written}” is no item; the row was read as “{item}”, which its explanation “{found}” names.")
BY_HEADING = Message("“{written}” is no item; the row was read as “{item}”, under which it stands.")
NO_SUCH_ITEM = Message("The mapping gives “{code}” for “{written}”, which is no item of this programme.")
BY_PARENT = Message(
    "“{written}” is no item; the row was read as “{item}”, which “{above}”, the wider name that it stands under, is."
)
LOOK = Message("Look whether it is that item; if not, write the item's own name.")
CORRECT_MAP = Message("Give an item's code, post:<role> or ignore.")
_LONGEST_NAME = 30
"""Letters of an explanation that may be a name."""
_BY_DESCRIPTION = 85
_BY_HEADING = 80
_BY_PARENT = 90
"""A detail under the very name of an item, in a column of wider names: it says what of the item is bought."""


@define
class Naming:
    """Names of one file's rows, each near match told at its cell."""

    programme: Programme
    items: Items
    sink: Sink
    _told: set[tuple[CellKey | None, str]] = field(factory=set)

    def target(self, cells: RowCells) -> Match | Role | str | None:
        """What a mapping says of the row: an item, a role, or that it is left out; ``None`` where it says nothing."""
        target = self.items.of_map(cells.row.label, cells.name)
        if target is None or target == IGNORE:
            return target
        if target.startswith(POST_PREFIX):
            role = next((role for role in Role if role.value == target.removeprefix(POST_PREFIX)), None)
            if role is not None:
                return role
        elif target in self.programme.items:
            return Match(code=target, score=100, name=cells.name)
        place = cells.place(cells.key_of(ColumnKind.ITEM))
        told = NO_SUCH_ITEM(code=shown(target), written=shown(cells.name))
        self.sink.recognised(place, told, CORRECT_MAP(), score=0, sure=False, internal=True)
        return None

    def exact(self, cells: RowCells, heading: Heading) -> Match | None:
        """The item whose name the row gives, word for word."""
        return self.items.exact(cells.name, heading.category) if cells.name else None

    def match(self, cells: RowCells, heading: Heading) -> Match | None:
        """The item of a row: by its name, by what its explanation names, by the heading above it."""
        if self.items.refuses(unnumbered(cells.name)):
            return None  # the name says what it is for, and that is not paid
        found = self.items.find(cells.name, heading.category) if cells.name else None
        if found is not None:
            return self._near(cells, found)
        named = self._in_description(cells, heading)
        if named is not None:
            match, words = named
            if cells.name:
                told = BY_DESCRIPTION(written=shown(cells.name), item=self._name(match.code), found=shown(words))
                self._tell(cells, told, _BY_DESCRIPTION, sure=False, code=match.code)
            return match
        above = self._in_parents(cells, heading)
        if above is not None:
            return above
        if heading.item is not None:
            told = BY_HEADING(written=shown(cells.name), item=self._name(heading.item))
            self._tell(cells, told, _BY_HEADING, sure=False, code=heading.item)
            return Match(code=heading.item, score=_BY_HEADING, name=cells.name)
        return None

    def item_of_part(self, part: Part, words: RoleWords) -> Match | None:
        """The item that the programme lists for a part of what posts cost, as 雇主負擔勞、健保及提撥勞退準備金."""
        category = category_of_part(self.programme, part)
        for item in self.programme.items.values():
            if item.category == category and words.part(item.name.zh, of_staff=True) is part:
                return Match(code=item.code, score=_BY_HEADING, name=item.name.zh)
        return None

    def of_label(self, cells: RowCells, heading: Heading, label: str) -> Match | None:
        """The item that the text before one of several calculations names word for word; a doubt about it is told."""
        found = self.items.exact(label, heading.category) if label else None
        return None if found is None else self._near(cells, found, label)

    def name_of(self, cells: RowCells) -> str:
        """What the row calls itself, without its number."""
        return unnumbered(cells.name)

    def _in_description(self, cells: RowCells, heading: Heading) -> tuple[Match, str] | None:
        labels = [calculation.label for calculation in cells.wording.calculations[:1]]
        if not labels and len(cells.description) <= _LONGEST_NAME:
            labels = [cells.description]
        for label in labels:
            found = self.items.exact(label, heading.category) if label else None
            if found is not None:
                return found, label
        return None

    def _in_parents(self, cells: RowCells, heading: Heading) -> Match | None:
        """The item that the wider name beside a detail is (項目 設備租金 of 細目 影印機), the nearest column first."""
        item = cells.key_of(ColumnKind.ITEM)
        if item is None or not cells.name:
            return None
        for parent in wider_names(cells, item[2]):
            is_category = self.programme.category(unnumbered(parent)) is not None
            found = None if is_category else self.items.find(parent, heading.category)
            if found is None:
                continue
            score = min(found.score, _BY_PARENT if found.sure else _BY_HEADING)
            name = self._name(found.code)
            told = BY_PARENT(written=shown(cells.name), item=name, above=shown(parent))
            sure = found.sure and not found.others
            self._tell(cells, told, score, sure=sure, code=found.code)
            return evolve(found, score=score, name=parent)
        return None

    def _near(self, cells: RowCells, found: Match, written: str = "") -> Match:
        if found.exact:
            return found
        values: dict[str, Bilingual | str] = {"written": shown(written or cells.name), "item": self._name(found.code)}
        if found.others:
            others = joined(self._name(code) for code in found.others)
            self._tell(cells, NEAR_SEVERAL(**values, others=others), found.score, sure=False, code=found.code)
        else:
            self._tell(cells, NEAR(**values), found.score, sure=found.sure, code=found.code)
        return found

    def _tell(self, cells: RowCells, message: Text, score: int, *, sure: bool, code: str) -> None:
        key = cells.key_of(ColumnKind.ITEM)
        if (key, code) in self._told:
            return
        self._told.add((key, code))
        remedy, hint = NOTHING() if sure else LOOK(), LIKENESS(score=score)
        self.sink.recognised(cells.place(key), message, remedy, score=score, sure=sure, hint=hint)

    def _name(self, code: str) -> Bilingual:
        return self.programme.items[code].name


def wider_names(cells: RowCells, before: int) -> list[str]:
    """The names in the columns of categories left of a detail, the nearest first; blank cells go on with one above."""
    columns = [one for one in cells.columns(ColumnKind.CATEGORY) if one.number < before]
    found = []
    for column in sorted(columns, key=lambda one: -one.number):
        wider = [one for one in columns if one.number < column.number]
        for row in range(cells.row.number, cells.table.header[1], -1):
            text = cells.table.value(row, column.kind, column.index)
            if isinstance(text, str) and text.strip():
                found.append(text.strip())
                break
            if any(cells.table.grid.value(row, one.number) != "" for one in wider):
                break
    return found
