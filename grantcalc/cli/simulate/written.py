"""Options that are written in a form of their own (``+10%``, ``1..3``), read exactly."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import click

from grantcalc.cli.words import speaker, words_of
from grantcalc.text import Message


class Written(click.ParamType):  # type: ignore[type-arg]  # generic in recent click only
    """What ``read`` makes of the text, which is ``None`` for what it may not be; then ``refused`` says what it may."""

    def __init__(self, name: str, read: Callable[[str], object | None], refused: Message, **bounds: int) -> None:
        """``bounds`` are what the message names."""
        self.name = name
        self._read = read
        self._refused = refused
        self._bounds = bounds

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """What was written; full-width figures and signs count as plain ones."""
        if not isinstance(value, str):
            return value
        found = self._read(unicodedata.normalize("NFKC", value).strip().replace("−", "-"))
        if found is None:
            speak = speaker() or words_of(None)
            self.fail(speak(self._refused(found=value, **self._bounds)), param, ctx)
        return found
