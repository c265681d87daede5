"""A date that cannot be read is missing: no rule takes the programme's first or last day for it."""

from __future__ import annotations

from typing import Any

import pytest

from grantcalc.checking import Report, check
from grantcalc.finding import Status
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library


def judged(library: Library, programme: str = "fsp-113", **parts: Any) -> Report:
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


def missing(report: Report) -> dict[str, tuple[str, ...]]:
    return {one.rule.id: one.missing for one in report.rules if one.status is Status.COULD_NOT_RUN and one.missing}


@pytest.mark.parametrize("name", ["start", "end", "hired_on"])
@pytest.mark.parametrize("rule", ["common/part-month", "common/year-end-bonus", "common/months-cap", "draft/period"])
def test_a_date_of_a_post(name: str, rule: str, library: Library) -> None:
    post = {"role": "social-worker", "monthly_pay": 37765, "pay_amount": 509828, name: "二月三十日"}
    report = judged(library, positions=[post])
    assert missing(report)[rule] == (f"positions[0].{name}",)
    assert missing(report)["draft/arithmetic"] == (f"positions[0].{name}",)
    assert "positions[0].pay_amount" in report.uncounted


def test_months_that_cannot_be_read_are_not_the_months_of_the_dates(library: Library) -> None:
    post = {"role": "social-worker", "monthly_pay": 37765, "months": "很多", "pay_amount": 509828}
    found = missing(judged(library, positions=[post]))
    assert found["common/part-month"] == ("positions[0].months",)


def test_monthly_amounts_of_unknown_months(library: Library) -> None:
    post = {"role": "social-worker", "employer_insurance": 3000, "insurance_amount": 36000, "end": "??"}
    report = judged(library, positions=[{**post, "monthly_pay": 37765}])
    assert "positions[0].insurance_amount" in report.uncounted
    assert missing(report)["draft/arithmetic"] == ("positions[0].end",)


def test_an_insurance_that_cannot_be_read(library: Library) -> None:
    post = {"role": "social-worker", "monthly_pay": 37765, "employer_insurance": "若干"}
    report = judged(library, positions=[post])
    assert missing(report)["fsp-113/employer-insurance"] == ("positions[0].employer_insurance",)
    assert "positions[0].insurance_amount" in report.uncounted


def test_posts_of_an_unknown_day_are_not_counted_as_of_every_day(library: Library) -> None:
    post = {"role": "case-manager", "monthly_pay": 40000, "start": "??", "count": 500}
    found = missing(judged(library, "dapc-113", positions=[post]))
    assert found["dapc-113/posts-total"] == ("positions[0].start",)


def test_a_count_that_cannot_be_read_is_not_one(library: Library) -> None:
    post = {"role": "case-manager", "monthly_pay": 40000, "count": "幾名"}
    found = missing(judged(library, "dapc-113", positions=[post]))
    assert found["dapc-113/posts-total"] == ("positions[0].count",)


def test_a_date_of_a_row(library: Library) -> None:
    line = {"item": "travel", "category": "其他", "unit_price": 400, "details": {"date": "二月三十日"}}
    found = missing(judged(library, lines=[{**line, "quantities": [{"number": 1, "unit": "person-day"}]}]))
    assert found["draft/period"] == ("lines[0].details.date",)


def test_without_a_role_every_rule_of_roles_lacks_it(library: Library) -> None:
    found = missing(judged(library, "dapc-113", positions=[{"monthly_pay": 40000}]))
    assert {rule for rule, paths in found.items() if "positions[0].role" in paths} == {
        "dapc-113/post-roles",
        "dapc-113/posts-total",
        "dapc-113/posts-senior",
        "dapc-113/posts-project-manager",
        "dapc-113/supervisor-ratio",
        "dapc-113/supervisor-span",
        "dapc-113/caseload",
        "dapc-113/case-manager-pay",
        "dapc-113/case-manager-qualification",
        "dapc-113/staff-duties",
        "dapc-113/project-manager-education",
        "dapc-113/project-manager-point",
        "dapc-113/project-manager-pay",
        "dapc-113/project-manager-first-step",
        "dapc-113/project-manager-pay-kept",
    }
