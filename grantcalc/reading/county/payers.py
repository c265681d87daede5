"""Who pays, as a row's name says it: 補助款, 自籌款部分, 公所自籌, 縣府配合款."""

from __future__ import annotations

import re

from grantcalc.reading.county.composed import FUNDS
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.words import Words, brackets, fold, numbering

_TRAILING = re.compile(r"[\s:：、,，。;；]+$")
_LONGEST_PAYER = 8
_SHORTEST = 2


def clean(text: str) -> str:
    """A name of a category as the programme may have it: without number, colon, and remark in brackets."""
    _, name = numbering(text)
    base, _ = brackets(name)
    return _TRAILING.sub("", base).strip() or _TRAILING.sub("", name)


def fund_of(text: str, words: Words) -> ColumnKind | None:
    """The fund that a heading names and nothing else: 補助款, 自籌款部分."""
    word = words.headers.get(_named(text, words)) if text else None
    return word.kind if word is not None and word.kind in FUNDS else None


def payer_of(text: str, words: Words) -> ColumnKind | None:
    """The same of a row, which may say whose own funds they are: 公所自籌, 縣府配合款."""
    found = fund_of(text, words)
    if found is not None or not text:
        return found
    key = _named(text, words)
    for at in range(1, min(len(key) - _SHORTEST, _LONGEST_PAYER) + 1):
        word = words.headers.get(key[at:])
        if (
            word is not None
            and word.kind is ColumnKind.OWN
            and not any(one in key[:at] for one in words.several_payers)
        ):
            return ColumnKind.OWN
    return None


def _named(text: str, words: Words) -> str:
    """The payer of a name, folded, without 部分 or 明細 behind it."""
    key = fold(clean(text))
    return next((key.removesuffix(one) for one in words.payer_endings if key.endswith(one)), key)
