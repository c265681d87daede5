"""A part of run.py: how much of the counties' own sheets is recognised, beside what a person reads from them."""

from __future__ import annotations

import sys
from pathlib import Path

from measuring import row

from grantcalc.rules.library import Library

ROOT = Path(__file__).resolve().parents[1]


def recognition() -> None:
    """Print the right fields and rows of every layout of examples/county-sheets, and of all together."""
    sys.path.insert(0, str(ROOT))
    from tests.county.expected import Score, compare, layouts

    library, together = Library(), Score()
    for layout in layouts():
        score = compare(layout, layout.read(library), library)
        together.add(score)
        _print(layout.name, score.right_fields, score.fields, score.right_rows, score.rows, "")
    counts = (together.right_fields, together.fields, together.right_rows, together.rows)
    _print("recognised of all county sheets", *counts, "fields at least 95%")


def _print(label: str, right: int, fields: int, right_rows: int, rows: int, wanted: str) -> None:
    value = f"{right}/{fields} {right / fields:.1%}, rows {right_rows}/{rows}"
    row(label, value, wanted)


if __name__ == "__main__":
    recognition()
