"""How many examples the property tests draw: few for everyday, ten times as many with THOROUGH=1 in the environment."""

from __future__ import annotations

import os

FACTOR = 10


def examples(number: int) -> int:
    """So many examples, or more where somebody has the time."""
    return number * FACTOR if os.environ.get("THOROUGH") else number
