"""A draft against its earlier version: what was mended, what is left, what changed though nobody asked."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from grantcalc.checking import check_all
from grantcalc.finding import Outcome, Status
from grantcalc.reading.structure import structure
from grantcalc.review.model import DraftRow, Resubmission
from grantcalc.review.resubmission import RULE, compare_all, told, with_notes
from grantcalc.rules.library import Library
from grantcalc.text import Language


def line(item: str, category: str, price: int, number: int, unit: str, **over: Any) -> dict[str, Any]:
    quantities = [{"number": number, "unit": unit}]
    row = {"item": item, "category": category, "unit_price": price, "quantities": quantities, "amount": price * number}
    return {**row, "description": "說明", **over}


def draft(**over: Any) -> dict[str, Any]:
    """FSP-113 caps the counselling at 2,000 an hour; the venue has no cap."""
    return {
        "format": 1,
        "programme": "fsp-113",
        "county": "嘉義縣",
        "applicant": "嘉義縣政府",
        "applicant_kind": "county-government",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "positions": [{"role": "social-worker", "person": "王小明", "monthly_pay": 30000}],
        "lines": [
            line("counselling-individual", "個案服務費", 2500, 10, "hour"),
            line("venue", "訓練及活動費", 5000, 2, "lot"),
            line("counselling-joint", "個案服務費", 2600, 10, "hour"),
        ],
        **over,
    }


def rows(library: Library, folder: str, *drafts: dict[str, Any], files: tuple[str, ...] = ()) -> list[DraftRow]:
    names = files or tuple(f"{folder}/{index}.json" for index in range(len(drafts)))
    readings = [structure(raw, library, name) for raw, name in zip(drafts, names, strict=True)]
    reports = check_all(readings, library)
    return [
        DraftRow(number=index + 1, file=name, path=Path(name), report=report)
        for index, (name, report) in enumerate(zip(names, reports, strict=True))
    ]


def compared(library: Library, before: dict[str, Any], after: dict[str, Any]) -> Resubmission:
    (found,) = compare_all(rows(library, "old", before), rows(library, "new", after), library)
    return found


def of_price(found: tuple[Any, ...]) -> list[str]:
    return [one.place.path for one in found if one.rule == "fsp-113/unit-price"]


def changed(found: Resubmission, english: Language) -> list[tuple[str, str, bool]]:
    return [(one.place.path, english(told(one)), one.asked) for one in found.changes]


def test_nothing_changed(library: Library) -> None:
    found = compared(library, draft(), draft())
    assert (found.resolved, found.new, found.changes) == ((), (), ())
    assert of_price(found.left) == ["lines[0].unit_price", "lines[2].unit_price"]
    assert all(finding.outcome is not Outcome.NOTE for finding in found.left)
    assert found.asked_before == found.asked_now


def test_what_was_asked_and_what_was_not(library: Library, english: Language) -> None:
    after = draft()
    after["lines"][0] = line("counselling-individual", "個案服務費", 2000, 10, "hour")
    after["lines"][1] = line("venue", "訓練及活動費", 6000, 2, "lot")
    found = compared(library, draft(), after)
    assert of_price(found.resolved) == ["lines[0].unit_price"]
    assert of_price(found.left) == ["lines[2].unit_price"]
    assert of_price(found.new) == []
    assert changed(found, english) == [
        ("lines[0].unit_price", "Unit price from NT$2,500 to NT$2,000", True),
        ("lines[0].amount", "Amount from NT$25,000 to NT$20,000", True),
        ("lines[1].unit_price", "Unit price from NT$5,000 to NT$6,000", False),
        ("lines[1].amount", "Amount from NT$10,000 to NT$12,000", False),
    ]
    assert found.asked_now - found.asked_before == -3000


def test_rows_that_moved_are_followed(library: Library, english: Language) -> None:
    after = draft()
    new = line("printing", "訓練及活動費", 3000, 1, "lot")
    after["lines"] = [new, *reversed(copy.deepcopy(draft()["lines"]))]
    found = compared(library, draft(), after)
    assert of_price(found.left) == ["lines[1].unit_price", "lines[3].unit_price"]
    assert (found.resolved, of_price(found.new)) == ((), [])
    (change,) = found.changes
    assert (change.place.path, change.before, change.asked) == ("lines[0]", None, False)
    assert english(told(change)).startswith("Budget Printing")


def test_a_row_that_is_gone(library: Library, english: Language) -> None:
    after = draft()
    del after["lines"][:2]
    found = compared(library, draft(), after)
    assert of_price(found.resolved) == ["lines[0].unit_price"]
    assert of_price(found.left) == ["lines[0].unit_price"]
    gone = [(one.place.path, one.asked) for one in found.changes]
    assert gone == [("lines[0]", True), ("lines[1]", False)]
    assert english(told(found.changes[1])).endswith("is gone")


def test_an_input_that_was_missing_was_asked_for(library: Library) -> None:
    before, after = draft(), draft()
    del before["lines"][0]["unit_price"]
    found = compared(library, before, after)
    assert [(one.place.path, one.asked) for one in found.changes] == [("lines[0].unit_price", True)]


def test_a_new_fault_is_new(library: Library) -> None:
    before = draft()
    before["lines"][0]["unit_price"], before["lines"][0]["amount"] = 2000, 20000
    found = compared(library, before, draft())
    assert of_price(found.new) == ["lines[0].unit_price"]
    assert of_price(found.left) == ["lines[2].unit_price"]
    assert [one.asked for one in found.changes] == [False, False]


def test_another_person_and_another_period(library: Library, english: Language) -> None:
    after = draft(period={"start": "2024-02-01", "end": "2024-12-31"})
    after["positions"][0]["person"] = "林大同"
    found = compared(library, draft(), after)
    assert changed(found, english) == [
        ("period.start", "Period start from 2024-01-01 to 2024-02-01", False),
        ("positions[0].person", "Person from 王小明 to 林大同", False),
    ]


# ---- which version belongs to which ----


def pairs(library: Library, before: list[DraftRow], after: list[DraftRow]) -> list[tuple[str, str]]:
    return [(one.earlier.file, one.row.file) for one in compare_all(before, after, library)]


def test_versions_by_county_and_programme(library: Library) -> None:
    before = rows(library, "old", draft(), draft(county="南投縣", applicant="南投縣政府"))
    after = rows(library, "new", draft(county="南投縣", applicant="南投縣政府衛生局"), draft())
    assert pairs(library, before, after) == [("old/1.json", "new/0.json"), ("old/0.json", "new/1.json")]
    assert pairs(library, before, rows(library, "new", draft(county="彰化縣"))) == []


@pytest.mark.parametrize("name", ["甲協會", None])
def test_bodies_are_not_taken_for_each_other(library: Library, name: str | None) -> None:
    def body(applicant: str | None) -> dict[str, Any]:
        raw = draft(applicant=applicant, applicant_kind="private-body")
        return {key: value for key, value in raw.items() if value is not None}

    before = rows(library, "old", body("乙協會"))
    assert pairs(library, before, rows(library, "new", body(name))) == []


def test_several_versions_go_by_the_file(library: Library) -> None:
    before = rows(library, "old", draft(), draft(), files=("old/a.json", "old/b.json"))
    after = rows(library, "new", draft(), draft(), files=("new/b.json", "new/c.json"))
    assert pairs(library, before, after) == [("old/b.json", "new/b.json"), ("old/a.json", "new/c.json")]
    assert pairs(library, before, rows(library, "new", draft(), files=("new/c.json",))) == []


def test_a_broken_file_has_no_version(library: Library) -> None:
    broken = DraftRow(number=1, file="broken.xlsx", path=Path("broken.xlsx"))
    assert compare_all([broken], rows(library, "new", draft()), library) == ()


# ---- the report ----


def test_notes_in_the_report(library: Library, english: Language) -> None:
    after = draft()
    after["lines"][1] = line("venue", "訓練及活動費", 6000, 2, "lot")
    found = compared(library, draft(), after)
    assert found.row.report is not None
    report = with_notes(found.row.report, found)
    notes = [finding for finding in report.findings if finding.rule == RULE]
    assert [(one.outcome, one.place.path) for one in notes] == [
        (Outcome.NOTE, "programme"),
        (Outcome.NOTE, "lines[1].unit_price"),
    ]
    assert english(notes[1].message) == (
        "Changed though no finding on old/0.json asked for it: Unit price from NT$5,000 to NT$6,000, Amount from "
        "NT$10,000 to NT$12,000."
    )
    assert next(one.status for one in report.rules if one.rule.id == RULE) is Status.PASSED
    assert with_notes(report, found) == report
