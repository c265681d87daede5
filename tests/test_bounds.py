"""Drafts of thousands of hostile rows are judged in time, and the values that messages show are rounded as said."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from grantcalc import roc
from grantcalc.checking import Report, RuleCrashedError, check
from grantcalc.finding import Outcome
from grantcalc.money import Rounding, shown
from grantcalc.reading.structure import structure
from grantcalc.rules.context import Context
from grantcalc.rules.ledger import open_ledger
from grantcalc.rules.library import Library
from grantcalc.rules.registry import kind_of
from grantcalc.text import Language

ROWS = 5000
SECONDS = 1.5


def raw_draft(programme: str = "fsp-113", **parts: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "programme": programme,
        "county": "嘉義縣",
        "applicant_kind": "county-government",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "positions": [],
        "lines": [],
        **parts,
    }


def judged(library: Library, programme: str = "fsp-113", **parts: Any) -> Report:
    raw = raw_draft(programme, **parts)
    return check(structure(raw, library, "draft.json"), library.programme(programme), library.tables)


def day(number: int) -> str:
    return (dt.date(2024, 1, 1) + dt.timedelta(days=number)).isoformat()


def lectures() -> dict[str, Any]:
    """Assistants only: each asks what lecturers are paid."""
    row = {"item": "lecture", "category": "訓練及活動費", "unit_price": 1001, "details": {"lecturer": "assistant"}}
    return {"lines": [{**row, "quantities": [{"number": 2, "unit": "period"}]} for _ in range(ROWS)]}


def newly_filled() -> dict[str, Any]:
    """Every post starts the team anew, on days of its own."""
    post = {"role": "social-worker", "licences": ["social-worker"], "continuing": False, "monthly_pay": 37765}
    return {"positions": [{**post, "start": day(number % 366)} for number in range(ROWS)]}


def one_person() -> dict[str, Any]:
    """One person on posts that never overlap: single days, then spans without a day."""
    post = {"role": "social-worker", "person": "甲", "monthly_pay": 37765}
    single = [{**post, "start": day(number), "end": day(number)} for number in range(366)]
    empty = [{**post, "start": day(5), "end": day(4)} for _ in range(ROWS - 366)]
    return {"positions": single + empty}


@pytest.mark.parametrize(
    ("rule", "made"),
    [
        ("common/lecture-fee", lectures),
        ("fsp-113/licence-share", newly_filled),
        ("draft/duplicate-person", one_person),
    ],
)
def test_many_rows_take_no_longer_each(rule: str, made: Callable[[], dict[str, Any]], library: Library) -> None:
    """A look at every pair of rows takes ten times as long."""
    programme = library.programme("fsp-113")
    reading = structure(raw_draft(**made()), library, "draft.json")
    ledger = open_ledger(reading.draft, programme)
    context = Context(reading=reading, programme=programme, tables=library.tables, ledger=ledger)
    wanted = programme.rules_by_id[rule]
    began = time.process_time()
    kind_of(wanted.kind).check(context, wanted, wanted.values)
    assert time.process_time() - began < SECONDS


def people(library: Library, *spans: tuple[str, str]) -> list[str]:
    post = {"role": "social-worker", "person": "甲", "monthly_pay": 37765, "continuing": True}
    report = judged(library, positions=[{**post, "start": start, "end": end} for start, end in spans])
    return [one.place.path for one in report.findings if one.rule == "draft/duplicate-person"]


def test_every_overlap_of_a_person_is_found(library: Library) -> None:
    """The third post overlaps the second only, the fifth a day between others."""
    first, second, third = ("2024-01-01", "2024-03-31"), ("2024-03-01", "2024-06-30"), ("2024-05-01", "2024-08-31")
    assert people(library, first, second, third) == ["positions[1].person", "positions[2].person"]
    assert people(library, second, first) == ["positions[1].person"]
    assert people(library, first, ("2024-04-01", "2024-06-30"), (third[0], third[0])) == ["positions[2].person"]
    assert people(
        library, ("2024-01-01", "2024-12-31"), ("2024-06-01", "2024-06-01"), ("2024-06-02", "2024-06-02")
    ) == [
        "positions[1].person",
        "positions[2].person",
    ]


@pytest.mark.parametrize(
    ("value", "digits", "rounding", "expected"),
    [
        (Fraction(1, 8), 2, Rounding.HALF_UP, Fraction(13, 100)),
        (Fraction(5, 2), 0, Rounding.HALF_UP, Fraction(3)),
        (Fraction(1, 8), 2, Rounding.DOWN, Fraction(12, 100)),
        (Fraction(2, 3), 2, Rounding.HALF_UP, Fraction(67, 100)),
    ],
)
def test_shown_values_are_rounded_half_up(value: Fraction, digits: int, rounding: Rounding, expected: Fraction) -> None:
    assert shown(value, digits, rounding) == expected


def test_a_ratio_below_the_minimum_never_reads_like_it(library: Library, english: Language) -> None:
    """899,999 ÷ 8,999,999 is 9.99999…%, which half up would be 10%."""
    rows = [
        {"item": "other-operations", "category": "業務費", "unit_price": price, "fund": fund}
        for price, fund in ((899_990, "subsidy"), (99_998, "own"))
    ]
    lines = [{**row, "quantities": [{"number": 1, "unit": "lot"}]} for row in rows]
    report = judged(library, "dapc-113", funding={"minimum_own_ratio": 0.1}, lines=lines)
    finding = next(one for one in report.findings if one.rule == "dapc-113/own-funds-ratio")
    assert "= 9.999%, below the minimum ratio of 10%" in english(finding.message)


@pytest.mark.parametrize("year", [1911, 2200, 9999])
def test_days_of_no_sensible_year_are_no_dates(year: int) -> None:
    assert roc.parse(f"{year}-12-31") is None


def test_months_end_with_the_calendar() -> None:
    assert list(roc.month_spans(dt.date(9999, 12, 5), dt.date.max)) == [(dt.date(9999, 12, 5), dt.date.max)]


def test_findings_stand_in_order_of_gravity_and_place(library: Library) -> None:
    """Rows 2 and 10 by number, not by letter; posts before rows, whichever rule comes first."""
    row = {"item": "counselling-individual", "category": "個案服務費", "quantities": [{"number": 1, "unit": "hour"}]}
    lines = [{**row, "unit_price": 2001 if index in {2, 10} else 2000} for index in range(11)]
    post = {"role": "social-worker", "person": "甲", "monthly_pay": 37765, "continuing": True}
    report = judged(library, lines=lines, positions=[post, post])
    errors = [one.place.path for one in report.findings if one.outcome is Outcome.ERROR]
    assert errors == ["positions[1].person", "lines[2].unit_price", "lines[10].unit_price"]
    gravity = [list(Outcome).index(one.outcome) for one in report.findings]
    assert gravity == sorted(gravity)


@pytest.mark.parametrize("step", ["open_ledger", "settle"])
def test_a_defect_outside_the_rules_is_told_as_one(
    step: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(f"grantcalc.checking.{step}", broken)
    with pytest.raises(RuleCrashedError):
        judged(library)
