"""The unit that a cell or a header names: 元/小時, 每次, 人天 person-day, 時（節）."""

from __future__ import annotations

import re
from collections.abc import Collection

from grantcalc.text import Message
from grantcalc.units import QUANTITY_UNITS, Unit
from grantcalc.unitwords import unit_of_word

ONE_OF_UNITS = Message("“{word}” names several units: read as {unit}, by which “{item}” is priced.")

_BETWEEN = re.compile(r"[\s/／、()（）]+|(?<=[㐀-鿿])(?=[A-Za-z])|或")
"""What stands between the names of units, or of one unit in two languages."""


def word_of(written: str) -> str:
    """The word of a unit as a cell of units writes it: 小時 of 元/小時, 次 of 每次, 人天 of 人天 person-day."""
    word = "".join(written.split()).strip("()（）")
    for start in ("元/", "元／", "/", "／", "每"):
        word = word.removeprefix(start)
    if unit_of_word(word) is None:
        named = _named(written)
        if len({unit for _, unit in named}) == 1:
            return named[0][0]
    return word


def one_of(word: str, priced: Collection[Unit]) -> Unit | None:
    """Of several units that a word names the only one that an item is priced by; ``None`` where none or more are."""
    among = {unit for _, unit in _named(word)} & {*priced}
    return among.pop() if len(among) == 1 else None


def _named(written: str) -> list[tuple[str, Unit]]:
    """The parts of a text that name units; none where one of its other parts is a word of its own."""
    parts = [part.removeprefix("每") for part in _BETWEEN.split(written) if part]
    found = [(part, unit) for part in parts if (unit := _unit(part)) is not None]
    foreign = [part for part in parts if _unit(part) is None and not part.isascii() and part != "元"]
    return [] if foreign else found


def _unit(part: str) -> Unit | None:
    """By its word, or by its name in the form (person-day)."""
    return unit_of_word(part) or next((unit for unit in QUANTITY_UNITS if unit.value == part.casefold()), None)
