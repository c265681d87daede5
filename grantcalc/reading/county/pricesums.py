"""A sum that stands in the cell of a price or of monthly pay: 37,765+2,000=39,765元."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from attrs import frozen

from grantcalc.draft.model import StatedSum
from grantcalc.money import Number
from grantcalc.reading.county.model import CellKey
from grantcalc.reading.county.remedies import NOTHING
from grantcalc.reading.county.rowcells import RowCells
from grantcalc.reading.numbers import bounded
from grantcalc.reading.problems import Sink, shown
from grantcalc.text import Message, dollars, plus
from grantcalc.unitwords import MONEY_WORD

PRICE_OF_SUM = Message("“{written}” was read as a price of {price}, the sum of {parts}.")
PRICE_OF_WRONG_SUM = Message("“{written}” was read as a price of {price}, as it says; its parts {parts} make {sum}.")
_LONGEST: Final = 100
_AMOUNT: Final = r"[^\W\d]{{0,10}}(\d{{1,3}}(?:,\d{{3}})+|\d+)(?:{money})?"


@frozen(kw_only=True)
class PriceSum:
    """The parts of a sum, what they make, and what is written behind the sign of equality, if anything."""

    parts: tuple[Number, ...]
    made: Number
    stated: Number | None

    @property
    def price(self) -> Number:
        """What is asked for: the result as it is written."""
        return self.made if self.stated is None else self.stated


def price_sum(text: str) -> PriceSum | None:
    """The sum that a text consists of; ``None`` where it is anything else."""
    plain = "".join(unicodedata.normalize("NFKC", text[: _LONGEST + 1]).split())
    if len(plain) > _LONGEST:
        return None
    amount = _AMOUNT.format(money=MONEY_WORD)
    match = re.fullmatch(rf"\(?({amount}(?:\+{amount})+)\)?(?:={amount}(?:/[^\W\d]{{1,3}})?)?", plain)
    if match is None:
        return None
    parts = [_number(one) for one in re.findall(amount, match[1])]
    stated = _number(match[match.re.groups]) if match[match.re.groups] else None
    known = tuple(one for one in parts if one is not None)
    made = bounded(sum(map(Decimal, known), Decimal(0)))
    return None if made is None or len(known) < len(parts) else PriceSum(parts=known, made=made, stated=stated)


def read_price_sum(cells: RowCells, key: CellKey, raw: object, sink: Sink) -> Number | None:
    """The price that a cell writes as a sum: told with its parts, its result checked as any stated sum is."""
    found = price_sum(raw) if isinstance(raw, str) else None
    if found is None:
        return None
    written, parts = shown(str(raw)), plus(dollars(one) for one in found.parts)
    place = cells.place(key)
    if found.stated is None or found.stated == found.made:
        told = PRICE_OF_SUM(written=written, price=dollars(found.price), parts=parts)
    else:
        told = PRICE_OF_WRONG_SUM(written=written, price=dollars(found.price), parts=parts, sum=dollars(found.made))
        one = StatedSum(place=place, stated=found.stated, rows=(), label=written, parts=found.parts)
        if one not in sink.sums:  # a row may be read twice
            sink.sums.append(one)
    sink.recognised(place, told, NOTHING())
    return found.price


def _number(written: str) -> Number | None:
    return bounded(Decimal(written.replace(",", "")))
