"""What the tests share: the library of rules, English messages, and a maker of filled workbooks."""

from __future__ import annotations

import copy
import datetime as dt
import os
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import settings

from grantcalc.draft.fields import COVER_FIELDS, LINE_FIELDS, POSITION_FIELDS, QUANTITY_HEADERS, FieldSpec, Kind
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def library() -> Library:
    """The programmes and tables of the repository."""
    return Library()


@pytest.fixture(scope="session")
def english() -> Language:
    """Renders messages in English."""
    return Language(Tongue.EN)


EXAMPLE: Mapping[str, Any] = {
    "format": 1,
    "programme": "fsp-113",
    "county": "嘉義縣",
    "applicant": "嘉義縣社會局",
    "applicant_kind": "county-government",
    "title": "藥癮者家庭支持服務",
    "period": {"start": "2024-01-01", "end": "2024-12-31"},
    "filed_on": "2023-09-20",
    "continuing_plan": True,
    "funding": {"subsidy": 970328, "own": 0, "other": [{"source": "縣款", "amount": 5000}]},
    "caseload": {"families_per_month": 60, "new_families": 60},
    "recruitment_round": 1,
    "positions": [
        {
            "ref": "P1",
            "person": "甲",
            "role": "social-worker",
            "education": "master",
            "field": "social-work",
            "licences": ["social-worker", "specialist-social-worker"],
            "risk_allowance": "none",
            "step": 3,
            "previous_step": 2,
            "experience_years": 4,
            "continuing": True,
            "previous_pay": 47765,
            "hired_on": "2021-03-01",
            "start": "2024-01-01",
            "count": 1,
            "fund": "subsidy",
            "monthly_pay": 48765,
            "months": Decimal("13.5"),
            "pay_amount": 658328,
            "own_monthly_pay": 0,
            "workplace": "嘉義縣太保市",
            "employer_insurance": 6000,
            "insurance_amount": 72000,
            "own_insurance": 2500,
        }
    ],
    "lines": [
        {
            "ref": "L1",
            "category": "個案服務費",
            "item": "counselling-individual",
            "description": "個別諮商",
            "unit_price": 2000,
            "quantities": [{"number": 2, "unit": "hour"}, {"number": 60, "unit": "time"}],
            "amount": 240000,
            "fund": "subsidy",
            "details": {"km": Decimal("12.5"), "place": "嘉義市", "lecturer": "external", "date": "2024-03-27"},
        }
    ],
    "totals": {
        "categories": {"專業服務費": 658328, "勞、健保及提撥勞退準備金費": 72000, "個案服務費": 240000},
        "grand": 970328,
    },
}


@pytest.fixture
def example() -> dict[str, Any]:
    """A draft with almost every field, as JSON; a fresh copy for each test."""
    return copy.deepcopy(dict(EXAMPLE))


Book = Callable[..., Path]
"""Writes a workbook; ``change(workbook, sheets)`` may add to it before it is saved."""


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A maker of workbooks: sheets 封面, 人力, 經費, 總表, laid out by the field tables."""

    def make(
        draft: Mapping[str, Any],
        change: Callable[[Any, Mapping[str, Any]], None] | None = None,
        *,
        english: bool = False,
        name: str = "draft.xlsx",
    ) -> Path:
        path = tmp_path / name
        workbook = xlsxwriter.Workbook(str(path))
        writer = _Writer(workbook, english=english)
        sheets = {
            "封面": writer.cover(draft),
            "人力": writer.table("人力", "Staff", POSITION_FIELDS, draft["positions"]),
            "經費": writer.table("經費", "Budget", LINE_FIELDS, draft["lines"]),
            "總表": writer.summary(draft),
        }
        if change is not None:
            change(workbook, sheets)
        workbook.close()
        return path

    return make


class _Writer:
    def __init__(self, workbook: Any, *, english: bool) -> None:
        self.workbook = workbook
        self.english = english
        self.date = workbook.add_format({"num_format": "yyyy-mm-dd"})

    def word(self, zh: str, en: str) -> str:
        return en if self.english else zh

    def put(self, sheet: Any, row: int, column: int, value: Any, kind: Kind) -> None:
        if isinstance(value, str) and kind is Kind.DATE:
            sheet.write_datetime(row, column, dt.datetime.fromisoformat(value), self.date)
        elif isinstance(value, list):
            sheet.write_string(row, column, "、".join(value))
        elif isinstance(value, bool):
            sheet.write_string(row, column, "是" if value else "否")
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, column, float(value))
        elif value is not None:
            sheet.write_string(row, column, value)

    def cover(self, draft: Mapping[str, Any]) -> Any:
        sheet = self.workbook.add_worksheet(self.word("封面", "Cover"))
        sheet.write_string("A1", "申請計畫書")
        fields = [spec for spec in COVER_FIELDS if not spec.special or _get(draft, spec.name) is not None]
        for row, spec in enumerate(fields, start=1):
            sheet.write_string(row, 0, self.word(spec.header.zh, spec.header.en))
            self.put(sheet, row, 1, _get(draft, spec.name), spec.kind)
        row = len(fields) + 2
        sheet.write_string(row, 0, self.word("其他經費來源", "Other sources"))
        sheet.write_string(row + 1, 0, self.word("來源", "Source"))
        sheet.write_string(row + 1, 1, self.word("金額", "Amount"))
        for index, fund in enumerate(draft.get("funding", {}).get("other", []), start=row + 2):
            sheet.write_string(index, 0, fund["source"])
            sheet.write_number(index, 1, fund["amount"])
        return sheet

    def table(self, zh: str, en: str, specs: tuple[FieldSpec, ...], rows: list[dict[str, Any]]) -> Any:
        sheet = self.workbook.add_worksheet(self.word(zh, en))
        columns: list[tuple[str, Kind]] = []
        for spec in specs:
            sheet.write_string(0, len(columns), self.word(spec.header.zh, spec.header.en))
            columns.append((spec.name, spec.kind))
            for pair in (0, 1) if spec.name == "unit_price" else ():
                for part, header in zip(("number", "unit"), QUANTITY_HEADERS, strict=True):
                    sheet.write_string(0, len(columns), self.word(header.zh, header.en).format(n=pair + 1))
                    columns.append((f"quantities.{pair}.{part}", Kind.NUMBER if part == "number" else Kind.CHOICE))
        for number, row in enumerate(rows, start=1):
            for column, (name, kind) in enumerate(columns):
                self.put(sheet, number, column, _get(row, name), kind)
        return sheet

    def summary(self, draft: Mapping[str, Any]) -> Any:
        sheet = self.workbook.add_worksheet(self.word("總表", "Summary"))
        for column, (zh, en) in enumerate((("類別", "Category"), ("計算值", "Computed"), ("申請填列", "Stated"))):
            sheet.write_string(0, column, self.word(zh, en))
        totals = draft.get("totals", {})
        rows = [*totals.get("categories", {}).items(), (self.word("總計", "Grand total"), totals.get("grand"))]
        for row, (name, amount) in enumerate(rows, start=1):
            sheet.write_string(row, 0, name)
            sheet.write_formula(row, 1, "=0")
            if amount is not None:
                sheet.write_number(row, 2, amount)
        return sheet


def _get(holder: Any, name: str) -> Any:
    for part in name.split("."):
        if isinstance(holder, list):
            holder = holder[int(part)] if int(part) < len(holder) else None
        else:
            holder = holder.get(part) if holder is not None else None
    return holder
