"""Filled drafts of the five programmes of RSP-108, and changes of them that pass limits of every kind."""

from __future__ import annotations

from typing import Any

Raw = dict[str, Any]
PERIOD = {"start": "2019-01-01", "end": "2019-12-31"}
KINDS = {
    "rsp-108-1a": "private-body",
    "rsp-108-1b": "professional-body",
    "rsp-108-1c": "professional-body",
    "rsp-108-2": "county-government",
    "rsp-108-3": "county-government",
}
CASELOADS: dict[str, Raw] = {
    "rsp-108-1a": {"cases": 40, "housed": 12, "referrals": 200, "group_attendances": 50, "trained_or_placed": 10},
    "rsp-108-1b": {"staff_trained": 150, "material_sets": 1},
    "rsp-108-1c": {"conferences": 1},
    "rsp-108-2": {"cases": 40},
    "rsp-108-3": {"cases": 40},
}
ANNEX_TWO = ("rsp-108-1b", "rsp-108-1c")


def draft(programme: str) -> Raw:
    """A draft that keeps every limit of its annex."""
    second = programme in ANNEX_TWO
    return {
        "format": 1,
        "programme": programme,
        "county": "嘉義縣",
        "applicant": "向陽協會",
        "applicant_kind": KINDS[programme],
        "title": "復歸社會服務",
        "period": PERIOD,
        "filed_on": "2018-10-15",
        "funding": {"own": 7000, "other": [{"source": "募款", "amount": 5000}]},
        "caseload": CASELOADS[programme],
        "positions": _assistants() if second else _workers(),
        "lines": [*(_research() if second else _services()), *_OTHERS],
    }


def _workers() -> list[Raw]:
    manager = {"role": "case-manager", "education": "bachelor", "field": "社會工作", "licences": [], "months": 13.5}
    return [
        {**manager, "ref": "P1", "person": "甲", "step": 3, "experience_years": 2, "monthly_pay": 35540},
        {**manager, "ref": "P2", "person": "乙", "step": 9, "experience_years": 9, "education": "doctorate"}
        | {"licences": ["psychologist"], "monthly_pay": 46763},
        {**manager, "ref": "P3", "person": "丙", "role": "supervisor", "step": 4, "experience_years": 3}
        | {"licences": ["social-worker"], "monthly_pay": 42398, "own_insurance": 5000},
        {"ref": "P4", "person": "丁", "role": "full-time", "education": "college", "field": "社會工作"}
        | {"monthly_pay": 34000, "start": "2019-03-16"},
        {"ref": "P5", "person": "戊", "role": "project-staff", "education": "senior-high", "monthly_pay": 25000},
    ]


def _row(item: str, price: int, *quantities: tuple[float, str], **more: Any) -> Raw:
    counted = [{"number": number, "unit": unit} for number, unit in quantities]
    return {"item": item, "unit_price": price, "quantities": counted, **more}


_OTHERS = [
    _row("stationery", 7000, (1, "lot"), fund="own", ref="O1"),
    _row("printing", 5000, (1, "lot"), fund="other", ref="O2"),
]


def _services() -> list[Raw]:
    rows = [
        _row("counselling", 1600, (1.5, "hour"), (20, "time")),
        _row("group-leader", 1800, (2, "hour"), (6, "time")),
        _row("group-coleader", 900, (2, "hour"), (6, "time")),
        _row("outreach", 600, (24, "time"), (2, "case")),
        _row("visit-transport", 200, (40, "person-day"), details={"km": 12}),
        _row("travel", 2000, (6, "person-day")),
        _row("expert-attendance", 2500, (3, "person"), (2, "time")),
        _row("materials", 5000, (2, "scheme")),
        _row("lecture", 2000, (6, "period"), details={"lecturer": "external", "person": "癸"}),
        _row("office-rent", 20000, (12, "month")),
        _row("residential-meals", 180, (10, "person"), (30, "day")),
        _row("meals", 80, (50, "person-time")),
        _row("temporary-pay", 150, (8, "hour"), (10, "day"), details={"person": "辛"}),
        _row("off-hours-duty", 200, (4, "hour"), (6, "month"), details={"person": "甲"}),
        _row("writing", 680, (10, "thousand-characters")),
        _row("translation-to-chinese", 810, (5, "thousand-characters")),
        _row("translation-from-chinese", 1630, (5, "thousand-words")),
        _row("stationery", 12000, (1, "lot")),
        _row("management", 30000, (1, "lot"), description="水電費"),
    ]
    return [{**row, "ref": f"L{number}"} for number, row in enumerate(rows, 1)]


def _assistants() -> list[Raw]:
    assistant = {"education": "bachelor", "field": "公共衛生"}
    return [
        {"ref": "P1", "person": "甲", "role": "principal-investigator", "education": "doctorate"}
        | {"monthly_pay": 20000, "months": 12},
        {**assistant, "ref": "P2", "person": "乙", "role": "full-time-assistant", "monthly_pay": 36000}
        | {"employer_insurance": 3000, "months": 13.5},
        {**assistant, "ref": "P3", "person": "丙", "role": "part-time-assistant", "monthly_pay": 10000, "months": 10}
        | {"start": "2019-02-01", "end": "2019-11-30"},
    ]


def _research() -> list[Raw]:
    rows = [
        _row("attendance", 2500, (3, "person"), (2, "time")),
        _row("literature", 40000, (1, "plan")),
        _row("literature", 30000, (1, "plan")),
        _row("domestic-travel", 2000, (6, "person-day")),
        _row("lecture", 2000, (6, "period"), details={"lecturer": "external", "person": "癸"}),
        _row("lecture", 1000, (6, "period"), details={"lecturer": "assistant", "person": "壬"}),
        _row("rent", 15000, (1, "lot")),
        _row("temporary-wages", 150, (8, "hour"), (10, "day"), details={"person": "辛"}),
        _row("meals", 80, (50, "person-time")),
        _row("miscellaneous", 6000, (1, "lot")),
        _row("management", 60000, (1, "lot"), description="水電費"),
    ]
    return [{**row, "ref": f"L{number}"} for number, row in enumerate(rows, 1)]


def nothing(_: Raw) -> None:
    """The draft as it stands."""


PRICES = {
    "counselling": 1601,
    "group-leader": 2001,
    "group-coleader": 1000,
    "outreach": 601,
    "travel": 2001,
    "expert-attendance": 2501,
    "materials": 5001,
    "office-rent": 20001,
    "residential-meals": 181,
    "meals": 81,
    "temporary-pay": 149,
    "off-hours-duty": 201,
    "writing": 681,
    "translation-to-chinese": 809,
    "translation-from-chinese": 1631,
    "attendance": 2501,
    "domestic-travel": 2001,
    "temporary-wages": 151,
    "miscellaneous": 20_000,
}


def prices(raw: Raw) -> None:
    """A dollar above every cap, or below a floor; wages on both sides; a row of zero dollars asks for nothing."""
    for row in raw["lines"]:
        row["unit_price"] = PRICES.get(row["item"], row["unit_price"])
        if row["item"] == "visit-transport":
            row["unit_price"] = 201
    wages = [row for row in raw["lines"] if row["item"].startswith(("temporary", "translation"))]
    raw["lines"] += [{**row, "unit_price": price} for row in wages for price in (0, 150, 1221)]


_TALKS = (
    (2001, "external"),
    (2001, None),
    (1500, "subordinate"),
    (1501, "subordinate"),
    (1001, "internal"),
    (1001, "assistant"),
    (9000, "foreign"),
)


def talks(raw: Raw) -> None:
    """Lecturers of every kind; a co-leader a dollar above the leader's half."""
    row = next(row for row in raw["lines"] if row["item"] == "lecture")
    raw["lines"] += [
        {**row, "unit_price": price, "details": {"lecturer": kind} if kind else {}, "ref": f"T{number}"}
        for number, (price, kind) in enumerate(_TALKS)
    ]
    for row in raw["lines"]:
        if row["item"] == "group-coleader":
            row["unit_price"] = 901


def posts(raw: Raw) -> None:
    """Pay above scale and printed caps, steps beyond the table, what is not known, insurance, other funds."""
    first = dict(raw["positions"][0])
    manager = {**first, "months": 12, "start": "2019-01-01"}
    raw["positions"] += [
        {**manager, "ref": "A", "monthly_pay": 35541},
        {**manager, "ref": "B", "step": 12, "monthly_pay": 99999, "education": "master"},
        {**manager, "ref": "C", "role": "supervisor", "step": 2, "monthly_pay": 99999},
        {**manager, "ref": "D", "education": "college", "monthly_pay": 99999},
        {**manager, "ref": "E", "licences": ["specialist-social-worker", "psychologist"], "monthly_pay": 37411},
        {**manager, "ref": "F", "fund": "own", "monthly_pay": 99999, "employer_insurance": 9000},
        {**manager, "ref": "G", "employer_insurance": 1},
        {**manager, "ref": "H", "insurance_amount": 5000},
        {**manager, "ref": "I", "role": "full-time", "monthly_pay": 34001},
        {**manager, "ref": "J", "role": "project-staff", "education": "college", "monthly_pay": 28001},
        {**manager, "ref": "K", "role": "project-staff", "education": "senior-high", "monthly_pay": 25001},
        {**manager, "ref": "L", "role": "project-staff", "experience_years": 1, "monthly_pay": 28001},
        {**manager, "ref": "R", "points": 286},
        {**manager, "ref": "S", "points": 285},
        {**manager, "ref": "T", "points": 300, "monthly_pay": 35541},
        {**manager, "ref": "N", "role": "principal-investigator", "monthly_pay": 20001, "employer_insurance": 1},
        {**manager, "ref": "O", "role": "part-time-assistant", "monthly_pay": 10001, "employer_insurance": 9999},
        {**manager, "ref": "P", "role": "full-time-assistant", "monthly_pay": 0, "employer_insurance": 9999},
    ]
    unknown = {**manager, "ref": "M", "role": "project-staff", "monthly_pay": 28001, "experience_years": 1}
    raw["positions"] += [{name: value for name, value in unknown.items() if name != "education"}]
    unlicensed = {name: value for name, value in manager.items() if name != "licences"}
    raw["positions"] += [{**unlicensed, "ref": "Q", "monthly_pay": 99999}]
    for number, post in enumerate(raw["positions"]):
        post["person"] = f"人員{number}"


def over(raw: Raw) -> None:
    """Every cap of a sum passed; more than is granted in principle."""
    amounts = {"management": 900_000, "miscellaneous": 100_001, "literature": 60_000, "stationery": 1_200_000}
    for row in raw["lines"]:
        if "fund" not in row:
            row["unit_price"] = amounts.get(row["item"], row["unit_price"])
    if raw["programme"] in ANNEX_TWO:
        raw["lines"].append(_row("rent", 2_500_000, (1, "lot")))
