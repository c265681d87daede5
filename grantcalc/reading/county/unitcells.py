"""The unit that a cell or a header names: 元/小時, 每次, 人天 person-day, 時（節）."""

from __future__ import annotations

import re
from collections.abc import Collection

from grantcalc.reading.county.model import CellKey, ColumnKind
from grantcalc.reading.county.rowcells import RowCells
from grantcalc.text import Message
from grantcalc.units import QUANTITY_UNITS, Unit
from grantcalc.unitwords import unit_of_word
from grantcalc.wording import Factor, quantity_of, read_wording

ONE_OF_UNITS = Message("“{word}” names several units: read as {unit}, by which “{item}” is priced.")

_BETWEEN = re.compile(r"[\s/／、()（）]+|(?<=[㐀-鿿])(?=[A-Za-z])|或")
"""What stands between the names of units, or of one unit in two languages."""

_JOINT = re.compile(r"([^()（）]+)[(（]([^()（）]+)[)）]")


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


def unit_beside(cells: RowCells) -> tuple[CellKey, Unit] | None:
    """A remark of a row that is nothing but a unit: 節, 每月."""
    for column in cells.columns(ColumnKind.DESCRIPTION):
        raw = cells.raw(column)
        unit = unit_of_word(word_of(raw)) if isinstance(raw, str) else None
        if unit is not None:
            return cells.key(column), unit
    return None


def is_either(word: str) -> bool:
    """Whether a word names several units, of which each row has its own: 人(次), 時(節)."""
    return len({unit for _, unit in _named(word)}) > 1


def kept(word: str, unit: Unit) -> str:
    """The word of a unit that the form has none for, and which is a lot there; ``""`` of every other."""
    own = unit is not Unit.LOT or word == Unit.LOT.value or unit_of_word(word) is not None
    return "" if own else word


def _named(written: str) -> list[tuple[str, Unit]]:
    """The parts of a text that name units; none where one of its other parts is a word of its own."""
    joint = _JOINT.fullmatch("".join(written.split()))
    together = _unit(joint[1] + joint[2]) if joint is not None else None
    if joint is not None and together is not None and (alone := _unit(joint[1])) is not None:
        return [(joint[1], alone), (joint[1] + joint[2], together)]  # 人(次): 人 or 人次
    parts = [part.removeprefix("每") for part in _BETWEEN.split(written) if part]
    found = [(part, unit) for part in parts if (unit := _unit(part)) is not None]
    foreign = [part for part in parts if _unit(part) is None and not part.isascii() and part != "元"]
    return [] if foreign else found


def _unit(part: str) -> Unit | None:
    """By its word, or by its name in the form (person-day)."""
    return unit_of_word(part) or next((unit for unit in QUANTITY_UNITS if unit.value == part.casefold()), None)


def factors_of_text(text: str) -> tuple[Factor, ...]:
    """The numbers of a cell of quantities: 12次, 2小時×12次; none where it is anything else."""
    only = quantity_of(text)
    if only is not None:
        return () if only.money or only.percent else (only,)
    found = read_wording(text).calculations
    if len(found) != 1 or len(found[0].terms) != 1:
        return ()
    factors = found[0].terms[0].factors
    return () if any(one.money or one.percent or one.inverse for one in factors) else factors
