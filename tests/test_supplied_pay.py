"""Case-manager pay by a table that the user supplies (DAPC-113 陸二(二)1), and the options of the own-funds ratio."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from grantcalc.checking import Report, RuleResult, check
from grantcalc.finding import Finding, Outcome, Status
from grantcalc.reading.structure import structure
from grantcalc.rules.context import Options
from grantcalc.rules.library import Library

RULE = "dapc-113/case-manager-pay"


@cache
def library() -> Library:
    return Library()


def row(**cells: object) -> dict[str, object]:
    names = ("role", "education", "licence", "step", "points", "amount", "point_value", "effective_from", "source")
    return dict.fromkeys(names) | cells


TABLE = (
    row(role="case-manager", education="bachelor", step=1, amount=36_000, source="表32"),
    row(role="case-manager", education="bachelor", step=2, points=296, point_value=Decimal("135.0")),
    row(role="case-manager", education="bachelor", licence="social-worker", step=1, amount=38_000, source="表32"),
    row(role="case-manager", education="master", step=1, amount=40_000, effective_from=dt.date(2024, 1, 1)),
    row(role="case-manager", education="master", step=1, amount=39_000, effective_from=dt.date(2023, 1, 1)),
    row(role="case-manager", education="master", step=1, amount=45_000, effective_from=dt.date(2025, 1, 1)),
    row(role="supervisor", amount=50_000),
)


def report(post: dict[str, Any], options: Options) -> Report:
    raw = {
        "format": 1,
        "programme": "dapc-113",
        "county": "嘉義縣",
        "applicant_kind": "county-government",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "positions": [post],
        "lines": [],
    }
    return check(structure(raw, library(), "pay.json"), library().programme("dapc-113"), library().tables, options)


def judged(
    post: dict[str, Any], table: tuple[dict[str, object], ...] | None = TABLE
) -> tuple[RuleResult, list[Finding]]:
    found = report(post, Options(pay_table=table))
    result = next(one for one in found.rules if one.rule.id == RULE)
    return result, [one for one in found.findings if one.rule == RULE]


def post(**fields: object) -> dict[str, Any]:
    return {"role": "case-manager", "education": "bachelor", "licences": [], "step": 1, "months": 12} | fields


@pytest.mark.parametrize(
    ("fields", "limit"),
    [
        ({}, 36_000),
        ({"step": 2}, 39_960),  # 296 × 135
        ({"licences": ["social-worker"]}, 38_000),
        ({"education": "master"}, 40_000),  # in force since 2024, not the row of 2025
        ({"education": "doctorate"}, 40_000),
        ({"role": "supervisor", "education": "senior-high", "step": 7}, 50_000),
    ],
)
def test_the_limit_of_each_row(fields: dict[str, object], limit: int) -> None:
    for pay in (limit, limit - 1):
        result, findings = judged(post(**fields, monthly_pay=pay))
        assert findings == []
        assert result.status is Status.PASSED
    _, (finding,) = judged(post(**fields, monthly_pay=limit + 1))
    assert finding.outcome is Outcome.ERROR
    assert finding.place.path == "positions[0].monthly_pay"
    assert (finding.stated, finding.allowed) == (limit + 1, limit)
    assert finding.cut is not None
    assert finding.cut.amount == 12


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"education": None}, ("positions[0].education",)),
        ({"step": None}, ("positions[0].step",)),
        ({"step": 9}, ("positions[0].education", "positions[0].licences", "positions[0].step")),
        ({"role": "senior-case-manager"}, ("positions[0].role",)),
        ({"monthly_pay": None}, ("positions[0].monthly_pay",)),
    ],
)
def test_a_post_the_table_cannot_judge(fields: dict[str, object], missing: tuple[str, ...]) -> None:
    wanted = {name: value for name, value in post(**{"monthly_pay": 90_000, **fields}).items() if value is not None}
    result, findings = judged(wanted)
    assert findings == []
    assert result.status is Status.COULD_NOT_RUN
    assert result.missing == missing


def test_without_a_table_the_rule_could_not_run() -> None:
    result, findings = judged(post(monthly_pay=90_000), None)
    assert findings == []
    assert (result.status, result.missing) == (Status.COULD_NOT_RUN, ("pay-table",))


def test_an_empty_table_knows_no_role() -> None:
    result, _ = judged(post(monthly_pay=90_000), ())
    assert result.missing == ("positions[0].role",)


def test_the_minimum_ratio_of_the_user_comes_before_the_drafts() -> None:
    raw = post(monthly_pay=10_000, own_monthly_pay=2_500)  # 30,000 ÷ 150,000 = 20 %
    for minimum, status in (("0.19", Status.PASSED), ("0.2", Status.FAILED), ("0.21", Status.FAILED)):
        found = report(raw, Options(minimum_own_ratio=Decimal(minimum)))
        result = next(one for one in found.rules if one.rule.id == "dapc-113/own-funds-ratio")
        assert result.status is status
