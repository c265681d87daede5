"""Arguments and values of the command line: files, whole numbers as accountants write them, closed lists."""

from __future__ import annotations

import os
import re
import unicodedata
from enum import Enum
from pathlib import Path
from typing import Any

import click

from grantcalc.cli.words import said, say, speaker, words_of
from grantcalc.text import Message

NO_NUMBER = Message("“{found}” is no whole number; write for example {example}.")
TOO_LOW = Message("{found} is too low; the least is {least}.")
TOO_HIGH = Message("{found} is too high; the most is {most}.")

_WHOLE = re.compile(r"(?:NT\$|\$)?\s*(-?(?:\d{1,3}(?:,\d{3})+|\d+))\s*元?", re.IGNORECASE)
EXAMPLES = {"amount": "40,000", "year": "113"}


class Argument(click.Argument):
    """An argument named by ``metavar`` in the language of this run; ``absent`` is said where it is missing."""

    def __init__(self, *args: Any, absent: Message | str | None = None, **extra: Any) -> None:
        """Keep the text."""
        super().__init__(*args, **extra)
        self.absent = absent

    @property
    def missing(self) -> str | None:
        """What to say where it is missing."""
        return None if self.absent is None else say(self.absent)

    def make_metavar(self, *args: Any, **extra: Any) -> str:
        """Its name in the usage line and in errors."""
        return say(super().make_metavar(*args, **extra))


class File(click.Path):
    """A file to read or to write; whether it is there, the command says."""

    def __init__(self) -> None:
        """Keep the English name: click would take it in the language of the moment."""
        super().__init__(path_type=Path)
        self.name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; a directory is refused."""
        if os.path.isdir(value):
            self.fail(said("“{name}” is a directory, not a file.", name=str(value)), param, ctx)
        return super().convert(value, param, ctx)


class Whole(click.ParamType):  # type: ignore[type-arg]  # generic in recent click only
    """A whole number with or without thousands separators and 元; ``name`` says in the help what it is."""

    def __init__(self, name: str = "number", least: int = 0, most: int | None = None) -> None:
        """Keep the limits."""
        self.name = name
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that was written."""
        speak = speaker() or words_of(None)
        match = _WHOLE.fullmatch(unicodedata.normalize("NFKC", str(value)).strip())
        if match is None:
            self.fail(speak(NO_NUMBER(found=str(value), example=EXAMPLES.get(self.name, "3"))), param, ctx)
        number = int(match[1].replace(",", ""))
        if number < self.least:
            self.fail(speak(TOO_LOW(found=number, least=self.least)), param, ctx)
        if self.most is not None and number > self.most:
            self.fail(speak(TOO_HIGH(found=number, most=self.most)), param, ctx)
        return number


class MemberOf(click.ParamType):  # type: ignore[type-arg]  # generic in recent click only
    """A member of a closed list, by its code or by its label in either language, as a workbook takes it."""

    def __init__(self, choices: type[Enum], name: str) -> None:
        """Keep the list; its words are read at the first use."""
        self.choices = choices
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Enum:
        """The member that was named."""
        from grantcalc.reading.names import folded, labels

        if isinstance(value, Enum):
            return value
        found = labels(self.choices).get(folded(str(value)))
        if found is None:
            text = said("“{value}” is none of: {choices}.", value=str(value), choices=self.listed())
            self.fail(text, param, ctx)
        return found

    def listed(self) -> str:
        """The labels of the list in the language of this run."""
        speak = speaker() or words_of(None)
        return speak.listed(speak.label(member) for member in self.choices)
