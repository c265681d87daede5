"""Explanations as clerks write them, as data: what a row without columns of price and quantity is read as."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from grantcalc.checking import check
from grantcalc.finding import Outcome
from tests.county.test_entries import library, reading_of

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "wordings.toml").read_text(encoding="utf-8"), parse_float=Decimal
)["wording"]
HEADER = ["項目", "金額", "說明"]
OF_ARITHMETIC = {"draft/arithmetic", "draft/worded-arithmetic"}


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_wording(case: dict[str, Any]) -> None:
    reading = reading_of([["個別諮商費", case["amount"], case["text"]]], HEADER)
    (line,) = reading.draft.lines
    assert line.amount == case["amount"]
    assert line.unit_price == case.get("price")
    assert [[one.number, one.unit.value] for one in line.quantities] == case.get("quantities", [])
    unsure = [one for one in reading.recognitions if not one.sure and one.place.cell in {"A3", "B3", "C3"}]
    assert bool(unsure) is not case.get("sure", True)
    report = check(reading, library().programme("fsp-113"), library().tables)
    wrong = [one for one in report.findings if one.rule in OF_ARITHMETIC and one.outcome is Outcome.ERROR]
    assert [one.allowed for one in wrong] == ([case["wrong"]] if "wrong" in case else [])


def test_there_are_enough() -> None:
    assert len(CASES) >= 40
    assert sum("price" not in case for case in CASES) >= 10
