"""Rules over what was recognised of a sheet: guesses are reviews, sums of rows are checked, unread money is told."""

from __future__ import annotations

import pytest
from attrs import evolve

from grantcalc.checking import Report, check
from grantcalc.draft.model import Cell, Reading, Recognition, StatedSum
from grantcalc.finding import Finding, Outcome, Place, Status
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.text import Language, Message, Tongue

RAW = {
    "format": 1,
    "programme": "fsp-113",
    "county": "嘉義縣",
    "applicant_kind": "county-government",
    "period": {"start": "2024-01-01", "end": "2024-12-31"},
    "positions": [],
    "lines": [
        {
            "category": "個案服務費",
            "item": "counselling-individual",
            "unit_price": 2000,
            "quantities": [{"number": number, "unit": "hour"}],
            "amount": 2000 * number,
        }
        for number in (10, 20)
    ],
}
SPEAK = Language(Tongue.EN)


def report_of(library: Library, **changes: object) -> Report:
    reading: Reading = evolve(structure(RAW, library, "draft.json"), **changes)
    return check(reading, library.programme("fsp-113"), library.tables)


def findings(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule]


def status(report: Report, rule: str) -> Status:
    return next(result.status for result in report.rules if result.rule.id == rule)


def place(cell: str) -> Place:
    return Place(path="lines[0].item", sheet="經費", cell=cell)


def test_nothing_was_recognised_in_a_form_of_the_program(library: Library) -> None:
    assert status(report_of(library), "draft/recognised") is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("score", "sure", "outcome", "expected", "words"),
    [
        (100, True, Outcome.NOTE, Status.PASSED, "Column C is “單價”."),
        (95, True, Outcome.NOTE, Status.PASSED, "Column C is “單價”."),
        (72, False, Outcome.REVIEW, Status.COULD_NOT_RUN, "Column C is “單價”."),
        (0, False, Outcome.REVIEW, Status.COULD_NOT_RUN, "Column C is “單價”."),
    ],
)
def test_sure_is_a_note_and_a_guess_a_review(
    library: Library, score: int, sure: bool, outcome: Outcome, expected: Status, words: str
) -> None:
    message = Message("Column {letter} is “{header}”.")(letter="C", header="單價")
    one = Recognition(place=place("C3"), message=message, remedy=NOTHING_TO_DO(), score=score, sure=sure)
    report = report_of(library, recognitions=(one,))
    (found,) = findings(report, "draft/recognised")
    assert (found.outcome, found.place.shown, SPEAK(found.message)) == (outcome, "經費!C3", words)
    assert status(report, "draft/recognised") is expected


@pytest.mark.parametrize(
    ("stated", "rows", "expected"),
    [
        (60000, ("lines[0]", "lines[1]"), None),
        (60000, ("lines[0].amount", "lines[1].amount"), None),
        (60001, ("lines[0]", "lines[1]"), 60000),
        (59999, ("lines[0]", "lines[1].amount"), 60000),
        (20000, ("lines[0].amount",), None),
        (40001, ("lines[1].amount",), 40000),
    ],
)
def test_a_sum_of_some_rows(library: Library, stated: int, rows: tuple[str, ...], expected: int | None) -> None:
    at = Place(path="totals.小計", sheet="經費", cell="F9")
    one = StatedSum(place=at, stated=stated, rows=rows, label="小計")
    report = report_of(library, sums=(one,))
    found = findings(report, "draft/total")
    assert [(one.stated, one.allowed, one.place.shown) for one in found] == (
        [] if expected is None else [(stated, expected, "經費!F9")]
    )
    assert status(report, "draft/total") is (Status.PASSED if expected is None else Status.FAILED)
    if expected == 60000 and stated == 60001:
        assert SPEAK(found[0].message) == ("The sum “小計” says NT$60,001; the 2 amounts it adds up make NT$60,000.")


def test_money_that_no_row_claims_is_a_review(library: Library) -> None:
    cells = (
        Cell(place=place("F12"), claimed=False, shown="12000", money=True),
        Cell(place=place("G12"), claimed=False, shown="備註"),
        Cell(place=place("F13"), claimed=False, shown="x", money=True, told=True),
    )
    found = findings(report_of(library, cells=cells), "draft/unread-cell")
    assert [(one.place.cell, one.outcome) for one in found] == [("F12", Outcome.REVIEW), ("G12", Outcome.NOTE)]
    assert (
        SPEAK(found[0].message) == "The cell holds “12000” in a column of amounts, but no row of the draft claims it."
    )
