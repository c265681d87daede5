"""The category that the name of a sheet, or a line above a table, gives to all its rows: 表二 業務費明細表."""

from __future__ import annotations

from collections.abc import Sequence

from grantcalc.reading.county.words import Words, fold

_JOINED = frozenset("、/+&,;")
_SHORTEST = 3
"""Letters of such a name: 其他 says too little."""
_MOST_AROUND = 8
"""Letters around a category's name in such a line (附表二、…概算明細表); a title of the plan has more."""


def category_in(lines: Sequence[str], words: Words) -> str | None:
    """The category that the last of these lines with one names; ``None`` where that names several, or none does."""
    for line in reversed(lines):
        key = fold(line)
        held = [name for name in words.categories if len(name) >= _SHORTEST and name in key]
        longest = [name for name in held if not any(name != other and name in other for other in held)]
        if len(longest) > 1:
            return None
        if longest and len(key) - len(longest[0]) <= _MOST_AROUND and not _joins(key.replace(longest[0], ""), words):
            return longest[0]
    return None


def _joins(rest: str, words: Words) -> bool:
    """Whether the text around the name says that the table is of something else as well."""
    return any(sign in rest for sign in (*_JOINED, *words.joining))
