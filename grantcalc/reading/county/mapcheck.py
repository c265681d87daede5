"""What a map names must exist: programme, county, items; else it is refused before any draft is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from grantcalc.draft.model import Problem
from grantcalc.finding import Place
from grantcalc.reading.county.items import IGNORE, POST_PREFIX
from grantcalc.reading.county.maplines import Lines
from grantcalc.reading.county.mapping import SheetMap
from grantcalc.reading.county.nearest import nearest_items
from grantcalc.reading.names import Counties, likely
from grantcalc.reading.problems import Unreadable, shown
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Item, Programme
from grantcalc.text import Message, Text, joined

AT_LINE = Message("Line {line}: {message}")
NO_ITEM = Message("“{code}” is no item of “{programme}”.")
NO_ITEM_AT_ALL = Message("“{code}” is no item of any programme.")
TAKE_ITEM = Message("Write one of these: {nearest}; or post: with a role, or ignore.")
ITEM = Message("{code} ({name})")
ALL_ITEMS = Message(
    "All items and roles stand at the end of the map that `grantcalc map FILE` proposes; `grantcalc tables {table}` "
    "prints the items."
)
NO_PROGRAMME = Message("There is no programme “{found}”.")
TAKE_PROGRAMME = Message("Write one of these: {known}.")
ALL_PROGRAMMES = Message("`grantcalc programmes` prints them with their titles.")
NO_COUNTY = Message("There is no county “{found}”.")
TAKE_COUNTY = Message("Write its official name: {nearest}.")


def at_line(line: int | None, message: Text) -> Text:
    """A message with the line of the map before it, where that is known."""
    return message if line is None else AT_LINE(line=str(line), message=message)


def refuse_unknown(found: SheetMap, library: Library, programme_id: str | None, lines: Lines) -> None:
    """:class:`Unreadable` where the map names what does not exist; ``programme_id`` is what an option says."""
    problems = tuple(_Check(found, library, lines).problems(programme_id))
    if problems:
        raise Unreadable(found.source, problems)


@frozen
class _Check:
    found: SheetMap
    library: Library
    lines: Lines

    def problems(self, given: str | None) -> Iterator[Problem]:
        """Every name that does not exist."""
        known = self.library.ids()
        if self.found.programme is not None and self.found.programme not in known:
            near = likely(self.found.programme, known) or tuple(known)
            message = NO_PROGRAMME(found=shown(self.found.programme))
            yield self._problem("", "programme", message, TAKE_PROGRAMME(known=joined(near)), ALL_PROGRAMMES())
            return
        yield from self._county()
        chosen = given or self.found.programme
        programmes = [self.library.programme(chosen)] if chosen else self.library.programmes()
        items = {code: programme for programme in programmes for code in programme.items}
        for name, code in self.found.items.items():
            if code != IGNORE and not code.startswith(POST_PREFIX) and code not in items:
                yield self._item(name, code, programmes)

    def _county(self) -> Iterator[Problem]:
        counties = Counties.of(self.library.tables)
        name = self.found.county
        if name is not None and counties.find(name) is None:
            near = counties.nearest(name) or counties.names
            yield self._problem("", "county", NO_COUNTY(found=shown(name)), TAKE_COUNTY(nearest=joined(near)))

    def _item(self, name: str, code: str, programmes: Sequence[Programme]) -> Problem:
        near = joined(ITEM(code=item.code, name=item.name.zh) for item in _near(name, code, programmes))
        message = (
            NO_ITEM(code=shown(code), programme=programmes[0].title)
            if len(programmes) == 1
            else NO_ITEM_AT_ALL(code=shown(code))
        )
        tables = joined(dict.fromkeys(programme.items_table for programme in programmes))
        return self._problem("items", name, message, TAKE_ITEM(nearest=near), ALL_ITEMS(table=tables))

    def _problem(self, section: str, key: str, message: Text, remedy: Text, hint: Text | None = None) -> Problem:
        place = Place(path=f"{section}.{shown(key)}" if section else key)
        told = at_line(self.lines.line(section, key), message)
        return Problem(place=place, message=told, remedy=remedy, hint=hint)


def _near(name: str, code: str, programmes: Sequence[Programme]) -> tuple[Item, ...]:
    """Items whose code is near the one that was written, then those whose name is near the row's."""
    items: Mapping[str, Item] = {code: item for programme in programmes for code, item in programme.items.items()}
    codes = likely(code, items)
    if len(programmes) == 1:
        return nearest_items(name, programmes[0], codes)
    return tuple(items[code] for code in codes)
