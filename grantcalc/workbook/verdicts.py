"""The text of a column 檢核: what is wrong with a row, one fault after the other, or that all is in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grantcalc.text import Language, Message

BETWEEN = Message("; ")
"""Separates two faults of one row; nothing stands after the last."""
LONGEST = 255


def verdict_formula(unused: str, tests: Sequence[tuple[str, Message]], in_order: Message, speak: Language) -> str:
    """Nothing where ``unused`` holds, else every message whose test holds, else that the row is in order."""
    between = speak(BETWEEN)
    told = "&".join(f'IF({test},"{between}{speak(message)}","")' for test, message in tests)
    any_wrong = f"OR({','.join(test for test, _ in tests)})"
    return f'IF({unused},"",IF({any_wrong},MID({told},{len(between) + 1},{LONGEST}),"{speak(in_order)}"))'


def verdict(tests: Iterable[tuple[bool, Message]], in_order: Message, speak: Language) -> str:
    """The value of the formula."""
    return speak(BETWEEN).join(speak(message) for holds, message in tests if holds) or speak(in_order)
