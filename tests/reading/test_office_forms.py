"""The filled form as LibreOffice saves it, in every form that counties send: one draft, with the same findings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grantcalc.checking import check
from grantcalc.draft.choices import Form
from grantcalc.reading import read
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue
from grantcalc.workbook.examples import example
from grantcalc.workbook.template import write_draft
from tests.workbook.office import convert, soffice

pytestmark = pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not installed")

FORMS = {"ods": Form.OPEN_DOCUMENT, "xls": Form.OLD_WORKBOOK}


def test_the_form_saved_by_libreoffice(library: Library, tmp_path: Path, english: Language) -> None:
    programme = library.programme("dapc-113")
    first = tmp_path / "draft.xlsx"
    write_draft(example(programme, library), first, programme, library, Language(Tongue.ZH_TW))
    expected = read(first, library)
    report = check(expected, programme, library.tables)
    for ending, form in FORMS.items():
        (saved,) = convert([first], tmp_path / ending, ending)
        reading = read(saved, library)
        assert reading.form is form
        assert [english(problem.message) for problem in reading.problems] == []
        assert reading.draft == expected.draft
        assert {(cell.place, cell.claimed) for cell in reading.cells} == {
            (cell.place, cell.claimed) for cell in expected.cells
        }
        found = check(reading, programme, library.tables)
        assert [(one.rule, one.place) for one in found.findings] == [(one.rule, one.place) for one in report.findings]
        shutil.rmtree(tmp_path / ending)
