"""The map that is proposed for a sheet reads that sheet as it was understood without one: every example layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from grantcalc.reading import open_book, read
from grantcalc.reading.county.mapfile import parse_map
from grantcalc.reading.county.proposal import propose
from grantcalc.reading.options import ReadOptions
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue

SHEETS = Path(__file__).parents[2] / "examples" / "county-sheets"
FILES = sorted(path for path in SHEETS.iterdir() if path.suffix in {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_proposed_map_changes_nothing(library: Library, path: Path) -> None:
    first = read(path, library)
    proposed = propose(open_book(path), library, path, Language(Tongue.ZH_TW))
    again = read(path, library, ReadOptions(maps=(parse_map(proposed.encode(), "m.toml"),)))
    assert again.draft == first.draft
