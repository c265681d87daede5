"""Rules over the reading of a file: problems, normalisations, cells nobody claims."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from grantcalc.checking import Report, check
from grantcalc.draft.model import Cell, Fund, Normalisation, Problem, Reading
from grantcalc.finding import Finding, Outcome, Place
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.text import Language, Message, Tongue, dollars

RAW = {
    "format": 1,
    "programme": "fsp-113",
    "county": "嘉義縣",
    "applicant_kind": "county-government",
    "period": {"start": "2024-01-01", "end": "2024-12-31"},
    "positions": [],
    "lines": [],
}


def report_of(**changes: object) -> Report:
    library = Library()
    reading: Reading = evolve(structure(RAW, library, "draft.json"), **changes)
    return check(reading, library.programme("fsp-113"), library.tables)


def findings(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule]


def place(cell: str) -> Place:
    return Place(path="", sheet="經費", cell=cell)


def test_every_unclaimed_cell_is_a_note() -> None:
    cells = (
        Cell(place=place("A1"), claimed=True, shown="項目"),
        Cell(place=place("K7"), claimed=False, shown="待確認"),
        Cell(place=place("K9"), claimed=False),
    )
    found = findings(report_of(cells=cells), "draft/unread-cell")
    assert [(one.place.shown, one.outcome) for one in found] == [
        ("經費!K7", Outcome.NOTE),
        ("經費!K9", Outcome.NOTE),
    ]
    assert Language(Tongue.EN)(found[0].message) == "The cell holds “待確認”, but no field claims it."


def test_a_problem_is_an_error_with_its_own_words() -> None:
    message, remedy = Message("{found} is no date.")(found="{evil}"), Message("Write a date.")()
    problem = Problem(place=place("C4"), message=message, remedy=remedy)
    (found,) = findings(report_of(problems=(problem,)), "draft/readable")
    assert (found.outcome, found.place.shown, found.remedy) == (Outcome.ERROR, "經費!C4", remedy)
    assert Language(Tongue.EN)(found.message) == "{evil} is no date."


def test_one_note_for_each_kind_of_normalisation() -> None:
    told = (
        Normalisation(place=place("E4"), found="２，０００", taken=2000, times=3),
        Normalisation(place=place("F4"), found="", taken=Fund.SUBSIDY),
        Normalisation(place=place("F5"), found="", taken=Fund.SUBSIDY, times=3),
    )
    found = findings(report_of(normalisations=told), "draft/normalised")
    said = [Language(Tongue.EN)(one.message) for one in found]
    assert said == [
        "“２，０００” was read as 2,000, 3 times; this is the first place.",
        "The fund is not stated: taken as subsidy.",
        "The fund is not stated on 3 rows: taken as subsidy; this is the first of them.",
    ]
    assert Language(Tongue.ZH_TW)(found[2].message) == "經費來源有3列未填列，均以「補助」計；此為第一列。"


def test_what_formulas_do_not_see_is_to_be_written_as_a_number() -> None:
    told = (
        Normalisation(place=place("E4"), found="2千元", taken=dollars(2000), unseen=True),
        Normalisation(place=place("F4"), found="３", taken=3, unseen=True),
        Normalisation(place=place("G4"), found="1120920", taken=dt.date(2023, 9, 20), unseen=True),
        Normalisation(place=place("H4"), found="台東縣", taken="臺東縣"),
    )
    found = findings(report_of(normalisations=told), "draft/normalised")
    assert {one.outcome for one in found} == {Outcome.NOTE}
    assert [Language(Tongue.EN)(one.remedy) for one in found] == [
        "Write 2,000 as a number, so that the workbook's own totals count it.",
        "Write 3 as a number, so that the workbook's own totals count it.",
        "Write 2023-09-20 as a date, so that the workbook's own formulas count it.",
        "Nothing to change; for information.",
    ]


def test_a_cell_with_a_problem_is_not_told_twice() -> None:
    cells = (Cell(place=place("E4"), claimed=False, shown="兩千", told=True),)
    report = report_of(cells=cells)
    assert findings(report, "draft/unread-cell") == []
    assert report.reading.unread == cells
