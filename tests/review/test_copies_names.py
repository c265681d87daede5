"""Marked copies have names of their own, inside their folder, that every system takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from grantcalc.review.copies import safe, targets
from grantcalc.review.discover import Draft
from grantcalc.text import Language, Tongue

ZH = Language(Tongue.ZH_TW)


def names(*files: str) -> list[str]:
    drafts = [Draft(path=Path("/in") / Path(file).name, file=file) for file in files]
    folder = Path("/out")
    return [path.relative_to(folder).as_posix() for path in targets(drafts, folder, ZH)]


def test_copies_lie_as_the_drafts_lie() -> None:
    assert names("嘉義縣/概算.xlsx", "臺南市/概算.xlsx") == ["嘉義縣/概算-檢核.xlsx", "臺南市/概算-檢核.xlsx"]


def test_macros_keep_their_ending_and_every_other_form_becomes_a_workbook() -> None:
    assert names("a.xlsm", "b.ods", "c.xls", "d.json") == [
        "a-檢核.xlsm",
        "b-檢核.xlsx",
        "c-檢核.xlsx",
        "d-檢核.xlsx",
    ]


def test_two_forms_of_one_name_are_told_apart_whatever_their_case() -> None:
    assert names("a.xlsx", "A.ods", "b.csv") == ["a.xlsx-檢核.xlsx", "A.ods-檢核.xlsx", "b-檢核.xlsx"]


def test_names_that_become_alike_are_numbered() -> None:
    assert names("a:.xlsx", "a?.xlsx") == ["a_.xlsx-檢核.xlsx", "a_.xlsx-2-檢核.xlsx"]


@pytest.mark.parametrize("file", ["../../etc/x.xlsx", "/etc/x.xlsx", "a/../../x.xlsx", "..", "/"])
def test_no_name_leads_out_of_the_folder(file: str) -> None:
    (name,) = names(file)
    assert ".." not in Path(name).parts
    assert not Path(name).is_absolute()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a<b>:c", "a_b__c"), ("CON", "_CON"), ("nul.x", "_nul.x"), ("end. ", "end"), ("...", "_"), ("a\tb", "a_b")],
)
def test_signs_and_names_that_some_systems_refuse_are_replaced(name: str, expected: str) -> None:
    assert safe(name) == expected


def test_a_long_name_is_cut_between_letters() -> None:
    assert len(safe("縣" * 300).encode()) <= 180
    assert set(safe("縣" * 300)) == {"縣"}
