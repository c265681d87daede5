"""The sections of a scenario file: every fault is gathered with its place, and no key is passed over in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from attrs import Factory, define

from grantcalc.reading.names import likely
from grantcalc.reading.problems import shown
from grantcalc.text import Message, Text, Value, joined

UNFIT = Message("{place}: found “{found}”; expected {expected}.")
UNFIT_NEAR = Message("{place}: found “{found}”; expected {expected}. Did you mean {nearest}?")
MISSING = Message("{place}: the required key “{key}” is missing: {expected}.")
UNKNOWN_KEY = Message("{place}: the key “{key}” is unknown; known here: {known}.")
UNKNOWN_NEAR = Message("{place}: the key “{key}” is unknown. Did you mean {nearest}?")
A_TABLE = Message("keys and values between curly brackets, or a section of its own")
TABLES = Message("sections that begin with [[{key}]]")

T = TypeVar("T")

SHORT_LIST = 4


class Unfit(Exception):  # noqa: N818  # says what the value is
    """A value that is not what its key holds."""

    def __init__(self, expected: Text, nearest: Iterable[str] = ()) -> None:
        """Keep what is expected, and names that may be meant."""
        super().__init__(expected.template)
        self.expected = expected
        self.nearest = tuple(nearest)


@define
class Problems:
    """Gathers everything that is wrong with a file, during one reading only."""

    file: str
    texts: list[Text] = Factory(list)

    def place(self, *parts: str) -> str:
        """The file and a place inside it."""
        return ", ".join((self.file, *filter(None, parts)))

    def inside(self, place: str) -> str:
        """The same place without the file."""
        return place.removeprefix(f"{self.file}, ")


@define
class Section:
    """The keys of one section of the file: of the root, of ``[pay]``, of one ``[[staff]]`` or ``[[change]]``."""

    name: str
    raw: Mapping[str, object]
    problems: Problems
    known: list[str] = Factory(list)

    @property
    def place(self) -> str:
        """File and section."""
        return self.problems.place(self.name)

    def say(self, text: Text) -> None:
        """One thing more that is wrong."""
        self.problems.texts.append(text)

    def get(self, key: str, read: Callable[[object], T]) -> T | None:
        """A value; ``None`` where the key is absent, or wrong and told."""
        self.known.append(key)
        if key not in self.raw:
            return None
        return self.read(key, self.raw[key], read)

    def read(self, key: str, found: object, read: Callable[[object], T]) -> T | None:
        """A value that was taken out of the section already."""
        try:
            return read(found)
        except Unfit as error:
            place = self.problems.place(self.name, key)
            said: dict[str, Value] = {"place": place, "found": _shown(found), "expected": error.expected}
            self.say(UNFIT_NEAR(nearest=joined(error.nearest), **said) if error.nearest else UNFIT(**said))
            return None

    def need(self, key: str, read: Callable[[object], T], expected: Value) -> T | None:
        """As :meth:`get`, of a key that must be there."""
        if key not in self.raw:
            self.say(MISSING(place=self.place, key=key, expected=expected))
        return self.get(key, read)

    def close(self) -> None:
        """Tell the keys that nothing asked for: misspelt, they would change nothing without a word."""
        for key in self.raw:
            if key in self.known:
                continue
            nearest = likely(str(key), self.known)
            said: dict[str, Value] = {"place": self.place, "key": shown(key)}
            known = joined(self.known)
            self.say(UNKNOWN_NEAR(nearest=joined(nearest), **said) if nearest else UNKNOWN_KEY(known=known, **said))


def _shown(found: object) -> str:
    """As a message shows it; of a short list its values, too."""
    if isinstance(found, list) and len(found) <= SHORT_LIST:
        return f"[{', '.join(shown(each) for each in found)}]"
    return shown(found)


def section_of(name: str, found: object, problems: Problems) -> Section:
    """A section of keys; what is none is told and read as empty."""
    if isinstance(found, Mapping):
        return Section(name, found, problems)
    problems.texts.append(UNFIT(place=problems.place(name), found=shown(found), expected=A_TABLE()))
    return Section(name, {}, problems)


def sections_of(name: str, found: object, problems: Problems) -> list[tuple[str, object]]:
    """The sections of ``[[name]]`` with their numbers, counted from 1 as a person does."""
    if found is None:
        return []
    if not isinstance(found, list):
        problems.texts.append(UNFIT(place=problems.place(name), found=shown(found), expected=TABLES(key=name)))
        return []
    return [(f"{name}[{index}]", raw) for index, raw in enumerate(found, start=1)]
