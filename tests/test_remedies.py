"""Remedies that can be followed together: after every edit the draft has no error left, and the words say the same."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from grantcalc.checking import Report, check
from grantcalc.finding import Finding, Outcome
from grantcalc.mending import apply_edits
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.text import Language


def judged(library: Library, programme: str, **parts: Any) -> Report:
    raw = {
        "format": 1,
        "programme": programme,
        "county": "嘉義縣",
        "applicant_kind": "county-government",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "positions": [],
        "lines": [],
        **parts,
    }
    return check(structure(raw, library, "draft.json"), library.programme(programme), library.tables)


def errors(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.outcome is Outcome.ERROR]


def mended(report: Report, library: Library) -> Report:
    draft = apply_edits(report.reading.draft, [edit for one in errors(report) for edit in one.edits])
    programme = library.programme(draft.programme)
    return check(evolve(report.reading, draft=draft), programme, library.tables)


BASE = {
    "item": "counselling-individual",
    "category": "個案服務費",
    "unit_price": 1400,
    "quantities": [{"number": 40, "unit": "hour"}],
    "amount": 56000,
}


def fee(price: int | None, amount: int, *numbers: int) -> dict[str, Any]:
    units = ("lot", "month")
    quantities = [{"number": number, "unit": unit} for number, unit in zip(numbers, units, strict=False)]
    row: dict[str, Any] = {
        "item": "management",
        "category": "專案計畫管理費",
        "description": "電話費",
        "amount": amount,
    }
    return row if price is None else {**row, "unit_price": price, "quantities": quantities}


@pytest.mark.parametrize(
    ("row", "remedy", "edits"),
    [
        (
            fee(600, 7200, 12),
            "Lower the unit price at lines[1].unit_price to NT$466 or less, so that the row asks for NT$5,600 at most, "
            "or pay the difference from own funds.",
            {"amount": 5592, "unit_price": 466},
        ),
        (
            fee(1, 12000, 12000),
            "Lower the unit price at lines[1].unit_price to NT$1 and the quantity at lines[1].quantities[0].number to "
            "5,600, so that the row asks for NT$5,600 at most, or pay the difference from own funds.",
            {"amount": 5600, "unit_price": 1, "quantities[0].number": 5600},
        ),
        (
            fee(None, 7200),
            "Lower lines[1].amount to NT$5,600 or less, or pay the difference from own funds.",
            {"amount": 5600},
        ),
    ],
    ids=["price", "price and quantity", "amount alone"],
)
def test_the_management_fee_names_what_is_typed(
    row: dict[str, Any], remedy: str, edits: dict[str, int], library: Library, english: Language
) -> None:
    report = judged(library, "fsp-113", lines=[BASE, row])
    (found,) = [one for one in errors(report) if one.rule == "fsp-113/management-fee"]
    assert found.allowed == 5600
    assert english(found.remedy) == remedy
    assert {edit.place.path.removeprefix("lines[1]."): edit.value for edit in found.edits} == edits
    left = {one.rule for one in errors(mended(report, library))}
    assert left & {"fsp-113/management-fee", "draft/arithmetic"} == set()


def test_several_rows_of_the_management_fee(library: Library, english: Language) -> None:
    """13,200 beside a cap of 5,600: the dearest row goes, and 5,592 are left of the other."""
    report = judged(library, "fsp-113", lines=[BASE, fee(500, 6000, 12), fee(600, 7200, 12)])
    (found,) = [one for one in errors(report) if one.rule == "fsp-113/management-fee"]
    assert found.place.path == "lines[2].amount"
    assert english(found.remedy).endswith(
        "unit price at lines[2].unit_price to NT$0, unit price at lines[1].unit_price to NT$466."
    )


def reintegration(library: Library, programme: str = "rsp-108-2", **parts: Any) -> Report:
    year = {"period": {"start": "2019-01-01", "end": "2019-12-31"}}
    kind = "county-government" if programme == "rsp-108-2" else "professional-body"
    return judged(library, programme, **{**year, "applicant_kind": kind, **parts})


def rent(price: int, months: int) -> dict[str, Any]:
    quantities = [{"number": months, "unit": "month"}]
    return {"item": "office-rent", "category": "業務費", "unit_price": price, "quantities": quantities}


def test_a_row_of_which_no_month_is_left_is_taken_out(library: Library, english: Language) -> None:
    """Two offices for a year each: 12 months are left; 0 months would be a fault of its own."""
    report = reintegration(library, lines=[rent(10000, 12), rent(12000, 12)])
    (found,) = errors(report)
    assert english(found.remedy) == (
        "Take the amount at lines[0].amount out of the subsidy; it may be paid from own funds."
    )
    assert errors(mended(report, library)) == []


def test_every_row_to_lower_is_told(library: Library, english: Language) -> None:
    """12 + 20 months in a plan of 3: the longer row goes, the other keeps 3."""
    quarter = {"start": "2019-01-01", "end": "2019-03-31"}
    report = reintegration(library, period=quarter, lines=[rent(10000, 12), rent(12000, 20)])
    (found,) = errors(report)
    assert english(found.remedy) == (
        "Lower lines[1].amount to NT$0, lines[0].quantities[0].number to 3 months, or pay the difference from own "
        "funds."
    )
    assert errors(mended(report, library)) == []


def test_an_hour_below_the_rate_is_set_to_it_with_its_amount(library: Library, english: Language) -> None:
    hours = [{"number": 10, "unit": "hour"}]
    row = {"item": "temporary-pay", "category": "業務費", "unit_price": 149, "quantities": hours, "amount": 1490}
    report = reintegration(library, lines=[row])
    (found,) = errors(report)
    assert english(found.remedy) == "Set lines[0].unit_price to NT$150."
    assert errors(mended(report, library)) == []


def test_insurance_from_own_funds_takes_the_stated_sum_with_it(library: Library) -> None:
    """1,000 a month and a sum of 0: the sum that is set right elsewhere must not come back as 12,000."""
    post = {
        "role": "full-time",
        "education": "bachelor",
        "field": "社會工作",
        "person": "王小明",
        "monthly_pay": 34000,
        "months": 12,
        "employer_insurance": 1000,
        "insurance_amount": 0,
    }
    report = reintegration(library, positions=[post])
    assert {one.rule for one in errors(report)} == {"rsp-108/employer-insurance-own", "draft/arithmetic"}
    assert errors(mended(report, library)) == []


def test_a_row_paid_to_the_holder_of_two_posts_has_one_finding(library: Library) -> None:
    """An investigator draws no lecture fee; whether an assistant may is then no question."""
    periods = [{"number": 3, "unit": "period"}]
    talk = {"item": "lecture", "category": "業務費", "unit_price": 2000, "quantities": periods}
    who = {"person": "王小明", "lecturer": "external"}
    roles = ("part-time-assistant", "principal-investigator")
    posts = [
        {"role": role, "education": "doctorate", "person": "王小明", "monthly_pay": 10000, "months": 6, **half}
        for role, half in zip(
            roles,
            ({"start": "2019-01-01", "end": "2019-06-30"}, {"start": "2019-07-01", "end": "2019-12-31"}),
            strict=True,
        )
    ]
    report = reintegration(library, "rsp-108-1b", positions=posts, lines=[{**talk, "details": who}])
    found = [one for one in report.findings if one.rule == "rsp-108/no-second-pay"]
    assert [(one.outcome, one.place.path) for one in found] == [(Outcome.ERROR, "lines[0].details.person")]


def test_the_fee_will_exceed_its_cap_when_the_base_is_mended(library: Library, english: Language) -> None:
    """2,400 × 40 is mended to 2,000 × 40: the fee of 9,000 within 9,600 then passes its cap of 8,000 by 1,000."""
    dear = {**BASE, "unit_price": 2400, "amount": 96000}
    report = judged(library, "fsp-113", lines=[dear, fee(9000, 9000, 1)])
    (found,) = errors(report)
    assert found.rule == "fsp-113/unit-price"
    (effect,) = [one for one in found.effects if "exceed" in english(one.label)]
    assert (effect.rule, effect.before, effect.after) == ("fsp-113/management-fee", 0, 1000)


def test_no_such_effect_where_the_fee_stays_within(library: Library, english: Language) -> None:
    dear = {**BASE, "unit_price": 2400, "amount": 96000}
    report = judged(library, "fsp-113", lines=[dear, fee(8000, 8000, 1)])
    assert not [one for found in errors(report) for one in found.effects if "exceed" in english(one.label)]


def own(amount: int) -> dict[str, Any]:
    lot = [{"number": 1, "unit": "lot"}]
    row = {"item": "other-operations", "category": "業務費", "description": "自籌", "fund": "own"}
    return {**row, "unit_price": amount, "quantities": lot, "amount": amount}


ASKED = {
    "item": "other-operations",
    "category": "業務費",
    "unit_price": 900000,
    "quantities": [{"number": 1, "unit": "lot"}],
    "amount": 900000,
}


@pytest.mark.parametrize(
    ("funding", "rows", "remedy"),
    [
        (
            {},
            [own(60000)],
            "Add rows paid by own funds of NT$40,000 in all, so that own funds are at least NT$100,000.",
        ),
        (
            {"own": 60000},
            [own(60000)],
            "Add rows paid by own funds of NT$40,000 in all, so that own funds are at least NT$100,000, and state "
            "their sum at funding.own.",
        ),
        (
            {"own": 0},
            [],
            "Add rows paid by own funds of NT$100,000 in all, so that own funds are at least NT$100,000, and state "
            "their sum at funding.own.",
        ),
    ],
    ids=["rows", "rows and the cover", "the cover alone"],
)
def test_own_funds_are_rows(
    funding: dict[str, int], rows: list[Any], remedy: str, library: Library, english: Language
) -> None:
    (found,) = errors(judged(library, "dapc-113", funding=funding, lines=[ASKED, *rows]))
    assert found.rule == "dapc-113/own-funds-ceiling"
    assert english(found.remedy) == remedy
    assert found.edits == ()


@pytest.mark.parametrize(
    ("minimum", "owner", "other", "allowed"),
    [
        (0.05, "ceiling", None, 100000),
        (0.1, "ratio", "ceiling", 100000),
        (0.2, "ratio", "ceiling", 225000),
        (0.08, "ceiling", "ratio", 100000),
    ],
)
def test_the_stricter_limit_on_own_funds_owns(
    minimum: float, owner: str, other: str | None, allowed: int, library: Library
) -> None:
    """Own funds of 60,000 beside 900,000 are 6.25 % of both."""
    report = judged(library, "dapc-113", funding={"minimum_own_ratio": minimum}, lines=[ASKED, own(60000)])
    (found,) = errors(report)
    assert (found.rule, found.allowed) == (f"dapc-113/own-funds-{owner}", allowed)
    decided = {one.rule.id: one.decided_by for one in report.rules if one.decided_by}
    assert decided == ({f"dapc-113/own-funds-{other}": found.rule} if other else {})


@pytest.mark.parametrize(("points", "pay"), [(376, 51000), (376, 50760), (272, 38000), (272, 36720), (300, 40600)])
def test_following_point_and_pay_leaves_no_error(points: int, pay: int, library: Library, english: Language) -> None:
    post = {"role": "project-manager", "education": "bachelor", "points": points, "monthly_pay": pay, "months": 12}
    more = {"continuing": True, "previous_pay": 30000, "pay_amount": pay * 12}
    report = judged(library, "dapc-113", county="新北市", positions=[{**post, **more}], lines=[own(900000)])
    rules = {"dapc-113/project-manager-point", "dapc-113/project-manager-pay"}
    found = [one for one in errors(report) if one.rule in rules]
    assert found
    left = [one for one in errors(mended(report, library)) if one.rule in rules]
    assert left == []
    told = " ".join(english(one.remedy) for one in found)
    lowered = [edit for one in found for edit in one.edits if edit.place.path == "positions[0].monthly_pay"]
    assert all(f"NT${edit.value:,}" in told for edit in lowered)


def test_dapc_cites_its_own_sources(library: Library) -> None:
    rules = library.programme("dapc-113").rules_by_id
    for name in ("part-month", "year-end-bonus"):
        assert {one.source for one in rules[f"common/{name}"].citations} <= {"DAPC-113", "YEAR-END-BONUS"}
        interpretation = rules[f"common/{name}"].interpretation
        assert interpretation is not None
        assert "no such clause" in interpretation.chosen.en
