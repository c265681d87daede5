"""Caps that are a share: a base that holds the amount itself, posts that leave it, a cap inside another base."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from grantcalc.checking import Report, check
from grantcalc.finding import Finding, Operation, Outcome
from grantcalc.mending import apply_edits
from grantcalc.reading.structure import structure
from grantcalc.rules.kinds.share_cap import ShareCap, Sums, cap, settled
from grantcalc.rules.library import Library
from grantcalc.text import Language

PROGRAMME = "rsp-108-1b"
POSTS = [
    {"ref": "P1", "person": "甲", "role": "principal-investigator", "education": "doctorate", "monthly_pay": 20000},
    {"ref": "P2", "person": "乙", "role": "part-time-assistant", "education": "bachelor", "monthly_pay": 10000},
]


def lot(item: str, amount: int, category: str = "業務費") -> dict[str, Any]:
    quantities = [{"number": 1, "unit": "lot"}]
    row = {"item": item, "category": category, "description": "雜項", "unit_price": amount, "amount": amount}
    return {**row, "quantities": quantities}


def judged(library: Library, *lines: dict[str, Any]) -> Report:
    raw = {
        "format": 1,
        "programme": PROGRAMME,
        "county": "嘉義縣",
        "applicant_kind": "professional-body",
        "period": {"start": "2019-01-01", "end": "2019-12-31"},
        "positions": [{**post, "months": 12} for post in POSTS],
        "lines": list(lines),
    }
    return check(structure(raw, library, "draft.json"), library.programme(PROGRAMME), library.tables)


def errors(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.outcome is Outcome.ERROR]


def shares(library: Library) -> dict[str, ShareCap]:
    rules = library.programme(PROGRAMME).rules
    return {rule.id: rule.values for rule in rules if isinstance(rule.values, ShareCap)}


def test_the_remedy_says_that_the_base_falls(library: Library, english: Language) -> None:
    """Others of 449,999: x ≤ 5% × (449,999 + x), so 23,684."""
    (found,) = errors(judged(library, lot("printing", 449999), lot("miscellaneous", 50001)))
    assert (found.rule, found.allowed) == ("rsp-108/miscellaneous", 25000)
    assert {edit.value for edit in found.edits} == {23684}
    assert english(found.remedy).endswith("NT$23,684 is the largest amount that then passes (NT$473,683 × 5%).")


def test_within_the_ceiling_nothing_falls(library: Library, english: Language) -> None:
    (found,) = errors(judged(library, lot("printing", 1000), lot("miscellaneous", 100001), lot("survey", 9000000)))
    assert found.allowed == 100000
    assert "own base" not in english(found.remedy)


def test_one_cap_inside_the_base_of_another(library: Library) -> None:
    """23,684 of miscellaneous leave 473,683 of operations; with 120,000 of the assistant 10% are 59,368."""
    fee = lot("management", 62000, "管理費")
    report = judged(library, lot("printing", 449999), lot("miscellaneous", 50001), fee)
    assert [one.rule for one in errors(report)] == ["rsp-108/miscellaneous"]
    assert report.allowed == 240000 + 120000 + 473683 + 59368
    (effect,) = [
        one for one in errors(report)[0].effects if one.rule == "rsp-108/management-fee-10" and one.before == 0
    ]
    assert effect.after == 62000 - 59368


def test_posts_that_leave_the_base_are_shown(library: Library) -> None:
    report = judged(library, lot("printing", 500000), lot("management", 62001, "管理費"))
    (found,) = errors(report)
    assert (found.stated, found.allowed) == (62001, 62000)
    assert found.explanation is not None
    base = found.explanation.inputs[0]
    assert (base.operation, [part.value for part in base.inputs]) == (Operation.DIFFERENCE, [860000, 240000])


def test_a_ceiling_is_the_smaller_of_two(library: Library) -> None:
    values = shares(library)["rsp-108/miscellaneous"]
    assert [cap(base, values) for base in (1_000_000, 1_999_999, 2_000_000, 3_000_000)] == [
        50000,
        99999,
        100000,
        100000,
    ]
    report = judged(library, lot("printing", 3_000_000 - 100_001), lot("miscellaneous", 100001))
    (found,) = errors(report)
    assert found.explanation is not None
    assert found.explanation.operation is Operation.SMALLEST
    assert [part.value for part in found.explanation.inputs] == [150000, 100000]


@given(asked=st.integers(1, 10**7), others=st.integers(0, 10**8))
def test_what_is_left_passes_and_a_dollar_more_does_not(library: Library, asked: int, others: int) -> None:
    values = shares(library)["rsp-108/miscellaneous"]
    most = settled(Sums(asked=asked, base=others + asked, inside=asked), values)
    assert most <= cap(others + most, values)
    assert most == asked or most + 1 > cap(others + most + 1, values)


@pytest.mark.parametrize("rate", [Decimal("0.05"), Decimal("0.5"), Decimal(1)])
def test_any_share_settles(library: Library, rate: Decimal) -> None:
    values = shares(library)["rsp-108/miscellaneous"]
    other = evolve(values, rate=evolve(values.rate, value=rate), ceiling=None)
    most = settled(Sums(asked=1000, base=1400, inside=1000), other)
    assert most <= cap(400 + most, other)


def test_following_the_edits_leaves_no_error(library: Library) -> None:
    report = judged(library, lot("printing", 449999), lot("miscellaneous", 30000), lot("miscellaneous", 20001))
    draft = apply_edits(report.reading.draft, [edit for one in errors(report) for edit in one.edits])
    assert errors(check(evolve(report.reading, draft=draft), library.programme(PROGRAMME), library.tables)) == []
