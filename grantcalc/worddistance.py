"""Distances that an explanation names: 來回20公里, 單程15km. Limits and bands (5至30公里, 70公里以上) are none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from attrs import frozen

from grantcalc.money import Number, number
from grantcalc.units import Unit
from grantcalc.unitwords import WORDS
from grantcalc.wordnumbers import plain_text

_ONE_WAY: Final = ("單程", "單趟", "單向", "去程")
_KM = re.compile(
    rf"(?P<before>[^\d,、;。]{{0,6}})(?<![\d.~～至到–—-])(?P<km>\d{{1,3}}(?:\.\d)?)\s?(?:{'|'.join(WORDS[Unit.KM])})"
    r"(?!\s?(?:以|之?內|起|至|到|[~～–—-]\s?\d))",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"(?:逾|超過|未達|未滿|滿|達|每)$")


@frozen(kw_only=True)
class Distance:
    """Kilometres as written; ``one_way`` where the text says so."""

    km: Number
    one_way: bool = False

    @property
    def both_ways(self) -> Number:
        """There and back: one way twice."""
        return number(self.km * 2) if self.one_way else self.km


def distances(text: str) -> tuple[Distance, ...]:
    """Every distance of a text."""
    found = []
    for match in _KM.finditer(plain_text(text)):
        before = match["before"].rstrip(" 約:")
        if not _LIMIT.search(before):
            one_way = any(word in before for word in _ONE_WAY)
            found.append(Distance(km=number(Decimal(match["km"])), one_way=one_way))
    return tuple(found)
