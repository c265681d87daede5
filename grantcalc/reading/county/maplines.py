"""In which line of a map a key stands: the parser of TOML does not say."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping

from attrs import Factory, frozen

_KEY = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\]|\\.)*\"|'[^']*')"
_LINE = re.compile(rf"\s*({_KEY})\s*=")
_TABLE = re.compile(rf"\s*\[\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*\]")
_ENTRY = re.compile(rf"\s*\[\[\s*({_KEY})\s*\]\]")
_PART = re.compile(_KEY)


@frozen
class Lines:
    """Lines from 1, by the section as paths name it (``table[0].columns``) and the key; of a section by its name."""

    known: Mapping[tuple[str, str], int] = Factory(dict)

    @classmethod
    def of(cls, text: str) -> Lines:
        """Every key of a text that stands at the beginning of a line, at its first place."""
        found: dict[tuple[str, str], int] = {}
        entries: Counter[str] = Counter()
        section = ""
        for number, line in enumerate(text.splitlines(), start=1):
            entry, table = _ENTRY.match(line), _TABLE.match(line)
            if entry is not None:
                name = _plain(entry[1])
                section = f"{name}[{entries[name]}]"
                entries[name] += 1
                found.setdefault(("", name), number)
            elif table is not None:
                first, *rest = (_plain(part) for part in _PART.findall(table[1]))
                section = ".".join([f"{first}[{entries[first] - 1}]" if entries[first] else first, *rest])
                found.setdefault(("", first) if not rest else (section.rpartition(".")[0], rest[-1]), number)
            elif (match := _LINE.match(line)) is not None:
                found.setdefault((section, _plain(match[1])), number)
        return cls(found)

    def line(self, section: str, key: str) -> int | None:
        """The line of a key; ``None`` where it is written in a way that this does not see."""
        return self.known.get((section, key))


def _plain(key: str) -> str:
    """A key without its quotation marks."""
    try:
        (name,) = tomllib.loads(f"{key} = 0")
    except (tomllib.TOMLDecodeError, ValueError):
        return key
    return str(name)
