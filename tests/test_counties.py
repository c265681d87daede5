"""DAPC-113: what each of the 22 counties may ask for, to the dollar and to the post (附件六, 附件七)."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from grantcalc.checking import Report, check
from grantcalc.finding import Finding, Outcome, Status
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library
from grantcalc.tabledata import Row

PROGRAMME = "dapc-113"
MONTHLY = 28_000
MANAGER_MONTHLY = 37_800  # 280 points × 135


@cache
def library() -> Library:
    """One library for the whole run."""
    return Library()


COUNTIES = [row["county"] for row in library().tables["dapc-113/allocation"].rows]


def allocation(county: str) -> Row:
    return library().tables["dapc-113/allocation"].row(county=county)


def team_of(county: str) -> dict[str, int]:
    """The approved posts by role."""
    row = library().tables["dapc-113/approved_posts"].row(county=county)
    return {
        "case-manager": row["general"],
        "senior-case-manager": row["senior"],
        "supervisor": row["supervisors"],
        "project-manager": row["project_managers"],
    }


def position(role: str, count: int) -> dict[str, Any]:
    post: dict[str, Any] = {
        "ref": role,
        "role": role,
        "education": "bachelor",
        "count": count,
        "monthly_pay": MONTHLY,
        "months": 12,
        "pay_amount": MONTHLY * 12 * count,
    }
    if role == "project-manager":
        manager = {"points": 280, "continuing": False, "monthly_pay": MANAGER_MONTHLY, "start": "2024-07-01"}
        post |= {**manager, "months": 6, "pay_amount": MANAGER_MONTHLY * 6 * count}
    return post


def line(item: str, category: str, amount: int, fund: str = "subsidy") -> dict[str, Any]:
    return {
        "item": item,
        "category": category,
        "description": f"{item} {fund}",
        "unit_price": amount,
        "quantities": [{"number": 1, "unit": "lot"}],
        "amount": amount,
        "fund": fund,
    }


def report(county: str, team: dict[str, int], personnel: int, operations: int, own: int) -> Report:
    """A draft that asks for exactly these sums with this team; the rest of personnel is overtime."""
    positions = [position(role, count) for role, count in team.items() if count]
    paid = sum(post["pay_amount"] for post in positions)
    raw = {
        "format": 1,
        "programme": PROGRAMME,
        "county": county,
        "applicant_kind": "county-government",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "positions": positions,
        "lines": [
            line("overtime", "人事費", personnel - paid),
            line("other-operations", "業務費", operations),
            line("other-operations", "業務費", own, "own"),
        ],
    }
    reading = structure(raw, library(), f"{county}.json")
    return check(reading, library().programme(PROGRAMME), library().tables)


def ninth(amount: int) -> int:
    """The least whole own funds beside a subsidy."""
    return -(-amount // 9)


def asked(county: str, *, personnel: int = 0, operations: int = 0, own: int = 0, **more: int) -> Report:
    """The approved amounts and posts, and what is added to them."""
    row = allocation(county)
    team = team_of(county)
    for role, count in more.items():
        team[role.replace("_", "-")] += count
    own += ninth(row["total"])
    return report(county, team, row["personnel"] + personnel, row["operations"] + operations, own)


def errors(found: Report) -> list[Finding]:
    return [one for one in found.findings if one.outcome is Outcome.ERROR]


def grave(found: Report) -> dict[str, Outcome]:
    """Errors and warnings by rule."""
    return {one.rule: one.outcome for one in found.findings if one.outcome in {Outcome.ERROR, Outcome.WARNING}}


def status(found: Report, rule: str) -> Status:
    return next(one.status for one in found.rules if one.rule.id == rule)


@pytest.mark.parametrize("county", COUNTIES)
def test_the_approved_amounts_and_posts_have_no_error(county: str) -> None:
    found = asked(county)
    assert grave(found) == {}
    assert found.asked == found.allowed == allocation(county)["total"]


@pytest.mark.parametrize("county", COUNTIES)
@pytest.mark.parametrize(("part", "category"), [("personnel", "人事費"), ("operations", "業務費")])
def test_one_dollar_more_is_one_error_of_its_part(county: str, part: str, category: str) -> None:
    found = asked(county, **{part: 1})
    approved = allocation(county)[part]
    assert list(grave(found)) == [f"dapc-113/allocation-{part}"]
    (finding,) = errors(found)
    assert finding.place.path == f"totals.categories.{category}"
    assert (finding.stated, finding.allowed, finding.difference) == (approved + 1, approved, 1)
    assert found.allowed == allocation(county)["total"]
    assert [effect.rule for effect in finding.effects if effect.rule] == ["dapc-113/allocation-total"]
    assert status(found, "dapc-113/allocation-total") is Status.NOT_APPLICABLE


@pytest.mark.parametrize("county", COUNTIES)
def test_one_dollar_less_passes(county: str) -> None:
    assert grave(asked(county, personnel=-1, operations=-1)) == {}


@pytest.mark.parametrize("county", COUNTIES)
@pytest.mark.parametrize("role", ["case_manager", "supervisor", "senior_case_manager"])
def test_one_post_more_is_one_error_of_the_posts(county: str, role: str) -> None:
    found = asked(county, **{role: 1})
    approved = library().tables["dapc-113/approved_posts"].row(county=county)["posts"]
    assert grave(found) == {"dapc-113/posts-total": Outcome.ERROR}
    (finding,) = errors(found)
    assert (finding.place.path, finding.stated, finding.allowed) == ("positions", approved + 1, approved)
    effects = {effect.rule for effect in finding.effects if effect.rule}
    assert effects <= {"dapc-113/supervisor-ratio", "dapc-113/supervisor-span", "dapc-113/posts-senior"}
    assert "dapc-113/supervisor-span" in effects


@pytest.mark.parametrize("county", COUNTIES)
def test_one_project_manager_more(county: str) -> None:
    found = asked(county, project_manager=1)
    expected = Outcome.ERROR if team_of(county)["project-manager"] else Outcome.WARNING
    assert grave(found) == {"dapc-113/posts-project-manager": expected}


@pytest.mark.parametrize("county", COUNTIES)
def test_one_dollar_of_own_funds_missing(county: str) -> None:
    found = asked(county, own=-1)
    least = ninth(allocation(county)["total"])
    (finding,) = errors(found)
    assert finding.rule == "dapc-113/own-funds-ceiling"
    assert (finding.place.path, finding.stated, finding.allowed) == ("funding.own", least - 1, least)


SPLITS = [
    ("彰化縣", 11, 3, {"dapc-113/supervisor-ratio": Outcome.ERROR}),
    ("彰化縣", 11, 2, {"dapc-113/supervisor-ratio": Outcome.WARNING}),
    ("彰化縣", 13, 1, {"dapc-113/supervisor-span": Outcome.WARNING}),
    ("彰化縣", 12, 2, {}),
    ("嘉義縣", 26, 5, {"dapc-113/supervisor-ratio": Outcome.ERROR}),
    ("嘉義縣", 25, 4, {"dapc-113/supervisor-ratio": Outcome.WARNING}),
    ("嘉義縣", 28, 3, {"dapc-113/supervisor-span": Outcome.WARNING}),
    ("嘉義縣", 26, 4, {}),
    ("基隆市", 19, 3, {}),
]


@pytest.mark.parametrize(("county", "managers", "supervisors", "expected"), SPLITS)
def test_splits(county: str, managers: int, supervisors: int, expected: dict[str, Outcome]) -> None:
    approved = team_of(county)
    team = {**approved, "supervisor": supervisors}
    team["case-manager"] = managers - team["senior-case-manager"]
    row = allocation(county)
    found = report(county, team, row["personnel"], row["operations"], ninth(row["total"]))
    assert grave(found) == expected


def test_the_sums_of_all_counties_are_the_printed_ones() -> None:
    rows = [allocation(county) for county in COUNTIES]
    assert [sum(row[name] for row in rows) for name in ("personnel", "operations", "total")] == [
        384_235_841,
        96_853_943,
        481_089_784,
    ]
