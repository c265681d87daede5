"""The sum that is left when every error is mended: two errors on one row take off what they take together."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

import pytest

from grantcalc.checking import Report, check
from grantcalc.draft.model import Draft, Line, Origin
from grantcalc.finding import Edit, Place
from grantcalc.mending import apply_edits
from grantcalc.reading.structure import structure
from grantcalc.rules.library import Library


def judged(library: Library, *, programme: str = "fsp-113", **parts: Any) -> Report:
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


def supervision(price: int, hours: int, times: int, **more: Any) -> dict[str, Any]:
    return {
        "category": "訓練及活動費",
        "item": "supervision-case-study",
        "unit_price": price,
        "quantities": [{"number": hours, "unit": "hour"}, {"number": times, "unit": "time"}],
        **more,
    }


@pytest.mark.parametrize(
    ("price", "hours", "times", "asked", "left"),
    [
        (2000, 3, 4, 24000, 24000),
        (3000, 3, 4, 36000, 24000),
        (3000, 5, 4, 60000, 24000),
        (3000, 5, 6, 90000, 24000),
        (1000, 5, 6, 30000, 12000),
    ],
)
def test_price_hours_and_times_of_one_row(
    price: int, hours: int, times: int, asked: int, left: int, library: Library
) -> None:
    report = judged(library, lines=[supervision(price, hours, times)])
    assert (report.asked, report.allowed) == (asked, left)


def test_a_refused_row_goes_once(library: Library) -> None:
    """Refused and too dear: 36,000 go, not more."""
    report = judged(library, lines=[supervision(3000, 3, 4, description="含點心"), supervision(2000, 1, 1)])
    assert (report.asked, report.allowed) == (38000, 2000)


def test_pay_and_insurance_of_one_post(library: Library) -> None:
    """42,765 × 13.5 and 6,000 × 12 are left."""
    post = {
        "role": "social-worker",
        "education": "bachelor",
        "licences": ["social-worker"],
        "risk_allowance": "none",
        "step": 1,
        "previous_step": 0,
        "continuing": True,
        "monthly_pay": 43765,
        "months": 13.5,
        "employer_insurance": 6500,
    }
    report = judged(library, positions=[post])
    assert (report.asked, report.allowed) == (590828 + 78000, 577328 + 72000)


def test_the_management_fee_follows_what_is_left(library: Library) -> None:
    """10% of the 24,000 that are left of the base."""
    fee = {
        "category": "專案計畫管理費",
        "item": "management",
        "description": "電話費",
        "unit_price": 3600,
        "quantities": [{"number": 1, "unit": "lot"}],
    }
    report = judged(library, lines=[supervision(3000, 3, 4), fee])
    assert (report.asked, report.allowed) == (39600, 26400)


def test_an_unlisted_item_with_a_refused_name_has_one_fault(library: Library) -> None:
    line = {
        "category": "訓練及活動費",
        "item": "紀念品",
        "unit_price": 100,
        "quantities": [{"number": 10, "unit": "lot"}],
    }
    report = judged(library, lines=[{**line, "description": "活動用"}])
    assert [(one.rule, one.place.path) for one in report.findings if one.outcome.value == "error"] == [
        ("fsp-113/refused-items", "lines[0].item")
    ]
    assert report.allowed == 0


FEE = {
    "category": "專案計畫管理費",
    "item": "management",
    "description": "電話費",
    "unit_price": 48000,
    "quantities": [{"number": 1, "unit": "lot"}],
}
WORKER = {
    "role": "social-worker",
    "education": "bachelor",
    "licences": [],
    "risk_allowance": "none",
    "step": 0,
    "continuing": True,
    "previous_step": 0,
}


def test_of_an_unknown_base_no_cap_is_taken_off(library: Library) -> None:
    row = {"item": "counselling-individual", "category": "個案服務費", "unit_price": 2000}
    report = judged(library, lines=[row, FEE])
    assert (report.asked, report.allowed) == (48000, 48000)


@pytest.mark.parametrize(("pay", "left"), [(37765, 283238), (60000, 283238)])
def test_a_late_start_is_worked_out_on_the_mended_pay(pay: int, left: int, library: Library) -> None:
    """37,765 × 6 months and 1.5 × 37,765 of bonus, rounded: 226,590 + 56,648."""
    report = judged(
        library,
        approved_on="2024-07-01",
        continuing_plan=False,
        positions=[{**WORKER, "monthly_pay": pay, "hired_on": "2023-01-01"}],
    )
    assert report.allowed == left


def test_a_post_that_ended_before_the_approval_is_not_paid(library: Library) -> None:
    post = {**WORKER, "pay_amount": 200000, "end": "2024-06-30"}
    report = judged(library, approved_on="2024-07-01", continuing_plan=False, positions=[post])
    assert (report.asked, report.allowed) == (200000, 0)


def team(library: Library, managers: int, pay: int) -> Report:
    posts = [("case-manager", managers), ("supervisor", 4)]
    positions = [{"role": role, "count": count, "monthly_pay": pay, "months": 12} for role, count in posts]
    return judged(library, programme="dapc-113", positions=positions)


def test_posts_above_the_approved_number_are_not_allowed(library: Library) -> None:
    """31 posts are approved: 31 × 50,000 × 12."""
    report = team(library, 28, 50000)
    assert (report.asked, report.allowed) == (19_200_000, 18_600_000)


def test_single_posts_above_the_approved_number_go_from_the_last_on(library: Library) -> None:
    """Without a row that can give up two and keep one."""
    post = {"monthly_pay": 50000, "months": 12}
    positions = [
        {"role": role, **post} for role in ("project-manager", *(["case-manager"] * 27), *(["supervisor"] * 6))
    ]
    report = judged(library, programme="dapc-113", positions=positions)
    assert report.allowed == 32 * 600_000


def test_money_above_the_approved_amount_for_a_post_too_many_is_nested(library: Library) -> None:
    """32 × 56,000 × 12 is 411,000 over 21,093,000; one post less brings it back."""
    report = team(library, 28, 56000)
    errors = [one for one in report.findings if one.outcome.value == "error"]
    assert [one.rule for one in errors] == ["dapc-113/posts-total"]
    covered = {effect.rule for effect in errors[0].effects if effect.unit is None}
    assert covered >= {"dapc-113/allocation-personnel", "dapc-113/allocation-total"}
    owners = {one.rule.id: one.decided_by for one in report.rules}
    assert owners["dapc-113/allocation-total"] == owners["dapc-113/allocation-personnel"] == "dapc-113/posts-total"
    assert report.allowed == 31 * 672_000


@pytest.mark.parametrize(
    ("stated", "values", "counts"),
    [
        (150, (100, 120), 100),
        (150, (160, 180), 180),
        (150, (100, 180), 100),
        (150, (100, None), None),
        (150, (180,), 180),
        (None, (100, 120), 100),
    ],
)
def test_of_several_changes_one_counts(
    stated: int | None, values: tuple[int | None, ...], counts: int | None, library: Library
) -> None:
    """Emptied before lowered, lowered before raised; the lowest limit, the highest floor."""
    line = Line(unit_price=stated, origin=Origin(path="lines[0]"))
    place = Place(path="lines[0].unit_price")
    mended = apply_edits(
        Draft(programme="fsp-113", lines=(line,)), [Edit(place=place, value=value) for value in values]
    )
    assert mended.lines[0].unit_price == counts


COUNSELLING = {"item": "counselling-individual", "category": "個案服務費"}
LEADER = {"item": "group-leader", "category": "個案服務費", "unit_price": 1501}
OF_ONE_ROW: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "price": ("fsp-113/unit-price", [{**COUNSELLING, "unit_price": 2001, "quantities": [(3, "hour")]}]),
    "part": ("fsp-113/half-rate", [{**COUNSELLING, "unit_price": 2000, "quantities": [(1.75, "hour")]}]),
    "hours": ("fsp-113/quantity-limit", [supervision(2000, 4, 3)]),
    "times": ("fsp-113/quantity-limit", [supervision(2000, 3, 5)]),
    "rent": (
        "fsp-113/office-rent",
        [{"item": "office-rent", "category": "其他", "unit_price": 20001, "quantities": [(12, "month")]}],
    ),
    "distance": (
        "fsp-113/visit-transport",
        [
            {
                "item": "visit-transport",
                "category": "個案服務費",
                "unit_price": 501,
                "quantities": [(3, "person-day")],
                "details": {"km": 80},
            }
        ],
    ),
    "estimate": (
        "fsp-113/travel-estimate",
        [{"item": "travel", "category": "訓練及活動費", "unit_price": 2001, "quantities": [(3, "person-day")]}],
    ),
    "fee": (
        "common/attendance-fee",
        [
            {
                "item": "expert-attendance",
                "category": "訓練及活動費",
                "unit_price": 2501,
                "quantities": [(3, "person-time")],
            }
        ],
    ),
    "co-leader": (
        "fsp-113/half-rate",
        [
            {**LEADER, "quantities": [(2, "period")]},
            {**LEADER, "item": "group-coleader", "unit_price": 751, "quantities": [(2, "period")]},
        ],
    ),
}


@pytest.mark.parametrize("name", OF_ONE_ROW)
def test_edits_taken_word_for_word_mend_the_row(name: str, library: Library) -> None:
    """The stated amount is changed with its price or quantity, so no other fault comes of it."""
    rule, lines = OF_ONE_ROW[name]
    for line in lines:
        pairs = [
            pair if isinstance(pair, dict) else {"number": pair[0], "unit": pair[1]} for pair in line["quantities"]
        ]
        line |= {"quantities": pairs, "amount": _amount(line["unit_price"], pairs)}
    before = judged(library, lines=lines)
    found = [one for one in before.findings if one.rule == rule and one.outcome.value == "error"]
    assert found
    assert _grave(before) == {rule}
    for edit in found[0].edits:
        _change(lines, edit)
    assert _grave(judged(library, lines=lines)) == set()


def _amount(price: int, pairs: list[dict[str, Any]]) -> int:
    """Half up, as 四捨五入."""
    return int(price * math.prod(Fraction(str(pair["number"])) for pair in pairs) + Fraction(1, 2))


def _grave(report: Report) -> set[str]:
    return {one.rule for one in report.findings if one.outcome.value in {"error", "warning"}}


def _change(lines: list[dict[str, Any]], edit: Edit) -> None:
    *path, last = re.findall(r"\w+", edit.place.path)[1:]
    place: Any = lines
    for part in path:
        place = place[int(part) if part.isdigit() else part]
    place[last] = edit.value
