"""Changes of the examples of the programmes of 113 that pass limits of every kind."""

from __future__ import annotations

from typing import Any


def nothing(_: dict[str, Any]) -> None:
    """The example as it stands."""


def prices(raw: dict[str, Any]) -> None:
    """Caps of every kind passed, and some kept exactly."""
    prices = {
        "counselling-individual": 2001,
        "counselling-joint": 2400,
        "expert-attendance": 2501,
        "temporary-pay": 182,
        "travel": 2001,
        "office-rent": 20001,
        "lecture": 2001,
        "volunteer-transport": 101,
    }
    for line in raw["lines"]:
        line["unit_price"] = prices.get(line["item"], line["unit_price"])
        line.pop("amount")
    raw.pop("totals")


def halves(raw: dict[str, Any]) -> None:
    """A co-leader a dollar above the leader's half, assistants beside lecturers, distances of every kind."""
    extra = []
    for index, line in enumerate(raw["lines"]):
        line["amount"] += index % 2
        if line["item"] == "group-leader":
            line["unit_price"] = 1501
        if line["item"] == "group-coleader":
            line["unit_price"] = 751
        if line["item"] == "lecture":
            extra += [{**line, "unit_price": price, "details": {"lecturer": kind}} for price, kind in LECTURES]
        if line["item"] == "visit-transport":
            extra += [{**line, "unit_price": price, "details": {"km": km}} for price, km in DISTANCES]
    raw["lines"] += extra


LECTURES = ((1000, "assistant"), (1001, "assistant"), (1500, "subordinate"), (1001, "internal"), (9000, "foreign"))
DISTANCES = ((60, 5), (201, 5), (400, 30), (501, 89.5), (701, 90), (750, 100), (751, 109.9), (300, None), (750, None))


def posts(raw: dict[str, Any]) -> None:
    """Part-months, bonus, pay above the scale, insurance above the cap, posts of the applicant's own."""
    post = raw["positions"][0]
    raw["positions"] += [
        {**post, "ref": "A", "start": "2024-03-16", "months": None, "pay_amount": None, "monthly_pay": 37765},
        {**post, "ref": "B", "start": "2024-03-16", "months": 13.5, "hired_on": None},
        {**post, "ref": "C", "start": "2024-02-01", "end": "2024-11-30", "months": None, "pay_amount": 700000},
        {**post, "ref": "D", "monthly_pay": 99999, "employer_insurance": 9999, "own_insurance": 100},
        {**post, "ref": "E", "fund": "own", "monthly_pay": 99999, "count": 2},
        {**post, "ref": "F", "start": "2024-05-10", "end": "2024-05-20", "months": None, "own_monthly_pay": 3333},
        {**post, "ref": "G", "monthly_pay": 26000, "employer_insurance": 5900, "months": None, "pay_amount": None},
        {**post, "ref": "H", "licences": ["social-worker", "specialist-social-worker"], "risk_allowance": "assessed"},
        {**post, "ref": "J", "start": "2023-06-01", "hired_on": None, "months": None, "pay_amount": None},
        {**post, "ref": "K", "start": "2023-06-01", "end": "2023-08-31", "months": None, "pay_amount": None},
        {**post, "ref": "I", "risk_allowance": "kept-from-112", "step": 7, "education": "doctorate"},
    ]
    for added in raw["positions"]:
        for name in [name for name, value in added.items() if value is None]:
            del added[name]


def over(raw: dict[str, Any]) -> None:
    """The management fee a dollar over its cap, or operations and posts above the approved ones."""
    for line in raw["lines"]:
        if line["item"] in {"management", "stationery"} and line["fund"] == "subsidy":
            line |= {"unit_price": 6_000_001, "quantities": [{"number": 1, "unit": "lot"}], "amount": 6_000_001}
    raw["positions"][0]["count"] = 40


def unpaid(raw: dict[str, Any]) -> None:
    """A leader and lecturers who are paid nothing set no price for who assists them."""
    for line in raw["lines"]:
        if line["item"] in {"group-leader", "lecture"}:
            line |= {"unit_price": 0, "amount": 0}
        if line["item"] == "group-coleader":
            line["unit_price"] = 900
            line.pop("amount")
    lecture = next(line for line in raw["lines"] if line["item"] == "lecture")
    raw["lines"].append({**lecture, "unit_price": 1000, "details": {"lecturer": "assistant"}})
    raw["lines"][-1].pop("amount")
    raw.pop("totals")
