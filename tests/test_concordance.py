"""The concordance names every item, post, category and rule of every programme, and nothing that none of them has."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from grantcalc.rules.concordance import TABLE, Concordance, Subject, codes_of
from grantcalc.rules.library import Library
from grantcalc.tabledata import TableError, Tables, default_directory
from grantcalc.text import Language, Tongue

SHARED = ("common/", "draft/")
"""Rules of every document pair with themselves and need no row."""

PROGRAMMES = ("dapc-113", "fsp-113", "rsp-108-1a", "rsp-108-1b", "rsp-108-1c", "rsp-108-2", "rsp-108-3")


@pytest.fixture(scope="module")
def concordance(library: Library) -> Concordance:
    return Concordance.of(library.tables)


def codes(library: Library) -> Iterator[tuple[str, Subject, str]]:
    for programme in library.programmes():
        for subject in Subject:
            for code in codes_of(subject, programme):
                yield programme.id, subject, code


def test_all_programmes_are_covered(library: Library) -> None:
    assert tuple(library.ids()) == PROGRAMMES


def test_no_code_is_forgotten(library: Library, concordance: Concordance) -> None:
    forgotten = [
        (programme, subject, code)
        for programme, subject, code in codes(library)
        if not code.startswith(SHARED) and not concordance.meanings(subject, library.programme(programme), code)
    ]
    assert forgotten == []


def test_no_code_is_unknown(library: Library, concordance: Concordance) -> None:
    known = set(codes(library))
    anywhere = {(subject, code) for _, subject, code in known}
    for (subject, code), entries in concordance.entries.items():
        assert (subject, code) in anywhere
        for entry in entries:
            for programme in entry.programmes:
                assert (programme, subject, code) in known


def test_a_code_has_one_main_meaning_in_a_programme(library: Library, concordance: Concordance) -> None:
    for programme, subject, code in codes(library):
        meanings = concordance.meanings(subject, library.programme(programme), code)
        assert sum(entry.main for entry in meanings) == (1 if meanings else 0)


def test_a_meaning_has_one_title_at_most(library: Library) -> None:
    titled = Counter((row["subject"], row["meaning"]) for row in library.tables[TABLE].rows if row["title_zh"])
    assert {meaning: number for meaning, number in titled.items() if number > 1} == {}


def test_titles_stand_in_both_languages(library: Library) -> None:
    assert all(bool(row["title_zh"]) == bool(row["title_en"]) for row in library.tables[TABLE].rows)


@pytest.mark.parametrize(
    ("a", "subject", "code", "b", "expected"),
    [
        ("rsp-108-2", Subject.ITEM, "counselling", "fsp-113", ("counselling-individual", "counselling-joint")),
        ("fsp-113", Subject.ITEM, "counselling-individual", "rsp-108-2", ("counselling",)),
        ("fsp-113", Subject.ITEM, "counselling-joint", "rsp-108-2", ("counselling",)),
        ("fsp-113", Subject.ITEM, "counselling-individual", "fsp-113", ("counselling-individual",)),
        ("rsp-108-2", Subject.ITEM, "stationery", "fsp-113", ("management",)),
        ("fsp-113", Subject.ITEM, "management", "rsp-108-2", ("management", "stationery", "postage")),
        ("rsp-108-1b", Subject.ITEM, "temporary-wages", "dapc-113", ("temporary-pay",)),
        ("rsp-108-2", Subject.ITEM, "materials", "fsp-113", ()),
        ("rsp-108-2", Subject.ITEM, "no-such-item", "fsp-113", ()),
        ("dapc-113", Subject.ITEM, "group-leader", "fsp-113", ("group-leader", "group-coleader")),
        ("fsp-113", Subject.ITEM, "group-leader", "dapc-113", ("group-leader",)),
        ("rsp-108-2", Subject.POST, "case-manager", "fsp-113", ("social-worker",)),
        ("rsp-108-2", Subject.POST, "case-manager", "dapc-113", ("case-manager", "senior-case-manager")),
        ("fsp-113", Subject.POST, "social-work-supervisor", "rsp-108-2", ("supervisor",)),
        ("rsp-108-2", Subject.CATEGORY, "管理費", "fsp-113", ("專案計畫管理費",)),
        ("rsp-108-2", Subject.RULE, "rsp-108/management-fee-5", "rsp-108-1b", ("rsp-108/management-fee-10",)),
        ("rsp-108-2", Subject.RULE, "rsp-108/employer-insurance-own", "fsp-113", ("fsp-113/employer-insurance",)),
        ("rsp-108-2", Subject.RULE, "draft/period", "fsp-113", ("draft/period",)),
        ("rsp-108-2", Subject.RULE, "rsp-108/unit-price", "rsp-108-3", ("rsp-108/unit-price",)),
        ("dapc-113", Subject.RULE, "dapc-113/posts-total", "fsp-113", ()),
    ],
)
def test_counterparts(  # one value of the table each
    library: Library, concordance: Concordance, a: str, subject: Subject, code: str, b: str, expected: tuple[str, ...]
) -> None:
    found = concordance.counterparts(subject, library.programme(a), code, library.programme(b))
    assert sorted(found) == sorted(expected)
    assert found[:1] == expected[:1]


def test_without_a_concordance_equal_codes_pair(library: Library) -> None:
    fsp, dapc = library.programme("fsp-113"), library.programme("dapc-113")
    empty = Concordance({})
    assert empty.counterparts(Subject.ITEM, fsp, "printing", dapc) == ("printing",)
    assert empty.counterparts(Subject.ITEM, fsp, "fuel", dapc) == ()


def test_an_unknown_subject_is_told_with_its_row(tmp_path: Path) -> None:
    directory = tmp_path / "tables"
    shutil.copytree(default_directory(), directory)
    path = directory / f"{TABLE}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\npost,", "\nrole,", 1), encoding="utf-8")
    row = next(
        number for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if line[:5] == "role,"
    )
    with pytest.raises(TableError) as caught:
        Concordance.of(Tables(directory))
    assert Language(Tongue.EN)(caught.value.text) == (
        f"common/concordance.csv: row {row}: there is no subject “role”; known: category, post, item, rule"
    )
