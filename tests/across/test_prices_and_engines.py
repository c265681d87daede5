"""Prices far above the others, and the programmes' own rules as engines of the rules across drafts."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from grantcalc.checking import Report, check_all, judge_alone
from grantcalc.finding import Finding, Status
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue

OUTLIER, ONE, BUDGET = "across/price-outlier", "across/one-application", "across/national-budget"
COUNTIES = ("嘉義縣", "南投縣", "彰化縣", "雲林縣", "屏東縣", "花蓮縣")


def draft(price: int, county: str = "嘉義縣", item: str = "venue", programme: str = "fsp-113") -> dict[str, Any]:
    line = {
        "item": item,
        "category": "訓練及活動費",
        "description": "場地",
        "unit_price": price,
        "quantities": [{"number": 1, "unit": "lot"}],
        "amount": price,
    }
    return {
        "format": 1,
        "programme": programme,
        "county": county,
        "applicant_kind": "county-government",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "positions": [],
        "lines": [line],
    }


def judged(library: Library, *drafts: dict[str, Any]) -> list[Report]:
    return check_all([structure(raw, library, f"{index}.json") for index, raw in enumerate(drafts)], library)


def priced(library: Library, *prices: int, **over: str) -> list[Report]:
    return judged(library, *(draft(price, county, **over) for price, county in zip(prices, COUNTIES, strict=False)))


def found(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule == rule]


def result(report: Report, rule: str) -> Any:
    return next(one for one in report.rules if one.rule.id == rule)


# Others 900, 1,000, 1,100, 1,200: median 1,050, distances 150, 50, 50, 150, MAD 100; 1,050 + 3.5 × 1.4826 × 100 is
# 1,568.91, and 1.5 × 1,050 is 1,575, the larger of the two.
@pytest.mark.parametrize(("price", "is_far"), [(1575, False), (1576, True)])
def test_the_bound_is_the_larger_of_two(library: Library, price: int, is_far: bool) -> None:
    reports = priced(library, 900, 1000, 1100, 1200, price)
    assert [[one.outcome.value for one in found(report, OUTLIER)] for report in reports] == [
        *[[]] * 4,
        ["review"] if is_far else [],
    ]
    if is_far:
        (finding,) = found(reports[4], OUTLIER)
        assert (finding.stated, finding.allowed, finding.place.path) == (1576, None, "lines[0].unit_price")


# Others 500, 1,000, 1,000, 2,000, 3,000: median 1,000, distances 500, 0, 0, 1,000, 2,000, MAD 500;
# 1,000 + 3.5 × 1.4826 × 500 is 3,594.55, and 1.5 × 1,000 is 1,500.
@pytest.mark.parametrize(("price", "is_far"), [(3594, False), (3595, True)])
def test_a_wide_spread_allows_more(library: Library, price: int, is_far: bool) -> None:
    reports = priced(library, 500, 1000, 1000, 2000, 3000, price)
    assert bool(found(reports[5], OUTLIER)) is is_far


def test_equal_prices_have_no_spread(library: Library, english: Language) -> None:
    reports = priced(library, 1000, 1000, 1000, 1000, 1501)
    (finding,) = found(reports[4], OUTLIER)
    assert english(finding.message) == (
        "“Venue and decoration” is priced at NT$1,501 a lot; the 4 other drafts that price it ask NT$1,000 in the "
        "middle (median; MAD NT$0), and NT$1,500 is where a price is far above. No limit of the document binds it."
    )
    assert not found(priced(library, 1000, 1000, 1000, 1000, 1500)[4], OUTLIER)


def test_four_drafts_are_too_few(library: Library) -> None:
    reports = priced(library, 1000, 1000, 1000, 9000)
    assert {result(report, OUTLIER).status for report in reports} == {Status.NOT_APPLICABLE}
    assert all(result(report, OUTLIER).reason is not None for report in reports)


def test_a_limited_item_is_its_rules_matter(library: Library) -> None:
    reports = priced(library, 1000, 1000, 1000, 1000, 9000, item="management")
    assert not any(found(report, OUTLIER) for report in reports)


def test_one_application_is_the_programmes_finding(library: Library) -> None:
    reports = judged(library, draft(1000), draft(1000), draft(1000, "南投縣"))
    assert not any(found(report, ONE) for report in reports)
    assert [result(report, ONE).decided_by for report in reports] == ["fsp-113/one-application"] * 2 + [None]
    assert result(reports[2], ONE).status is Status.PASSED


def test_the_budget_is_told_where_it_is_kept(library: Library) -> None:
    reports = judged(library, draft(1000), draft(2000, "南投縣"), draft(1, programme="dapc-113"))
    kept = result(reports[0], BUDGET)
    assert kept.status is Status.PASSED
    assert Language(Tongue.ZH_TW)(kept.reason) == (
        "一併檢核之2份概算合計申請補助3,000元，未逾各縣市合計上限34,600,000元。"
    )
    assert result(reports[2], BUDGET).status is Status.NOT_APPLICABLE


def test_the_budget_exceeded_is_the_programmes_finding(library: Library) -> None:
    reports = judged(library, draft(34_600_000), draft(1, "南投縣"))
    for report in reports:
        assert not found(report, BUDGET)
        assert len(found(report, "fsp-113/national-budget")) == 1
        assert result(report, BUDGET).decided_by == "fsp-113/national-budget"


def test_verdicts_of_drafts_alone_come_from_elsewhere(library: Library) -> None:
    drafts = [draft(1000), draft(1000), draft(1000, "南投縣", programme="dapc-113")]
    readings = [structure(raw, library, f"{index}.json") for index, raw in enumerate(drafts)]
    alone = [pickle.loads(pickle.dumps(judge_alone(reading, library))) for reading in readings]  # noqa: S301
    assert check_all(readings, library, None, alone) == check_all(readings, library)
    assert check_all(readings, library, None, [{}, {}, {}]) == check_all(readings, library)


def test_rules_across_are_found_by_their_programme(library: Library) -> None:
    for report in judged(library, draft(1), draft(1, programme="dapc-113")):
        across = [one.rule.id for one in report.rules if one.rule.id.startswith("across/")]
        assert len(across) == 6
        assert all(report.programme.rule(name) is not None for name in across)
