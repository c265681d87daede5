"""The request to recalculate is told only of a workbook whose sheets that are read hold a formula."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from grantcalc.reading import open_book
from grantcalc.text import Language

ASKS = "The workbook asks to be recalculated when it is opened"


@pytest.mark.parametrize(
    ("visible", "hidden", "told"),
    [(3, 3, False), ("=1+2", 3, True), (3, "=1+2", False)],
    ids=["no formula", "a formula", "a formula of a sheet that nobody sees"],
)
def test_only_formulas_can_be_out_of_date(
    visible: object, hidden: object, told: bool, tmp_path: Path, english: Language
) -> None:
    workbook = openpyxl.Workbook()  # which asks for it in every file
    workbook.active.append(["項目", "金額", visible])
    sheet = workbook.create_sheet("底稿")
    sheet.append(["項目", hidden])
    sheet.sheet_state = "hidden"
    path = tmp_path / "x.xlsx"
    workbook.save(path)
    assert any(english(note).startswith(ASKS) for note in open_book(path).notes) is told
