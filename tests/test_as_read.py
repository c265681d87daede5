"""Rules over the reading of a file: problems, normalisations, cells nobody claims."""

from __future__ import annotations

from attrs import evolve

from grantcalc.checking import Report, check
from grantcalc.draft.model import Cell, Normalisation, Problem, Reading
from grantcalc.finding import Finding, Outcome, Place
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.text import Language, Message, Tongue

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
        Normalisation(place=place("F4"), found="", taken=1),
    )
    found = findings(report_of(normalisations=told), "draft/normalised")
    said = [Language(Tongue.EN)(one.message) for one in found]
    assert said == [
        "“２，０００” was read as 2,000, 3 times; this is the first place.",
        "Nothing is stated; 1 is assumed.",
    ]
