"""LibreOffice agrees: recalculated, every formula says what was stored, and red verdicts are those of the checks."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.datetime import to_excel

from grantcalc.checking import Report, check
from grantcalc.finding import Outcome
from grantcalc.reading import read
from grantcalc.rules.kinds.allocation import Allocation
from grantcalc.rules.library import Library
from grantcalc.text import Language, Message, Tongue
from grantcalc.workbook import lineforms, postforms
from grantcalc.workbook.layout import Layout, Sheet
from grantcalc.workbook.summary import OVER_APPROVED, OVER_CAP
from grantcalc.workbook.template import write_draft
from tests.workbook.office import convert, formulas, soffice, values

pytestmark = pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not installed")

ROOT = Path(__file__).parents[2]
TOLERANCE = 1e-9
Change = Callable[[dict[str, Any]], None]


def _nothing(_: dict[str, Any]) -> None:
    return


def _prices(raw: dict[str, Any]) -> None:
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


def _halves(raw: dict[str, Any]) -> None:
    """A co-leader a dollar above the leader's half, assistants beside lecturers, distances of every kind."""
    extra = []
    for index, line in enumerate(raw["lines"]):
        line["amount"] += index % 2
        if line["item"] == "group-leader":
            line["unit_price"] = 1501
        if line["item"] == "group-coleader":
            line["unit_price"] = 751
        if line["item"] == "lecture":
            extra += [{**line, "unit_price": price, "details": {"lecturer": kind}} for price, kind in _LECTURES]
        if line["item"] == "visit-transport":
            extra += [{**line, "unit_price": price, "details": {"km": km}} for price, km in _DISTANCES]
    raw["lines"] += extra


_LECTURES = ((1000, "assistant"), (1001, "assistant"), (1500, "subordinate"), (1001, "internal"), (9000, "foreign"))
_DISTANCES = ((60, 5), (201, 5), (400, 30), (501, 89.5), (701, 90), (750, 100), (751, 109.9), (300, None), (750, None))


def _posts(raw: dict[str, Any]) -> None:
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


def _over(raw: dict[str, Any]) -> None:
    """The management fee a dollar over its cap, or operations and posts above the approved ones."""
    for line in raw["lines"]:
        if line["item"] in {"management", "stationery"} and line["fund"] == "subsidy":
            line |= {"unit_price": 6_000_001, "quantities": [{"number": 1, "unit": "lot"}], "amount": 6_000_001}
    raw["positions"][0]["count"] = 40


def _unpaid(raw: dict[str, Any]) -> None:
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


CASES: dict[str, tuple[str, Change]] = {
    "fsp-plain": ("fsp-113", _nothing),
    "fsp-prices": ("fsp-113", _prices),
    "fsp-halves": ("fsp-113", _halves),
    "fsp-unpaid": ("fsp-113", _unpaid),
    "fsp-posts": ("fsp-113", _posts),
    "fsp-over": ("fsp-113", _over),
    "dapc-plain": ("dapc-113", _nothing),
    "dapc-posts": ("dapc-113", _posts),
    "dapc-over": ("dapc-113", _over),
}


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path, Path]]:
    """Draft, form and recalculated form of every case; LibreOffice starts once."""
    folder, library = tmp_path_factory.mktemp("office"), Library()
    written = []
    for name, (programme, change) in CASES.items():
        raw = json.loads((ROOT / "examples" / programme / "compliant.json").read_text(encoding="utf-8"))
        change(changed := copy.deepcopy(raw))
        source = folder / f"{name}.json"
        source.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
        form = folder / f"{name}.xlsx"
        speak = Language(Tongue.EN if name.endswith("halves") else Tongue.ZH_TW)
        draft = read(source, library).draft
        write_draft(draft, form, library.programme(programme), library, speak, posts=15, rows=45)
        written.append((source, form))
    out = convert([form for _, form in written], folder)
    return {name: (*pair, done) for name, pair, done in zip(CASES, written, out, strict=True)}


@pytest.mark.parametrize("case", CASES)
def test_recalculation_changes_nothing(case: str, recalculated: dict[str, tuple[Path, Path, Path]]) -> None:
    _, form, done = recalculated[case]
    before, after = values(form), values(done)
    differ = {
        cell: (formula, before[cell], after.get(cell))
        for cell, formula in formulas(form).items()
        if not _same(before[cell], after.get(cell))
    }
    assert differ == {}


def _same(stored: object, computed: object) -> bool:
    stored, computed = _serial(stored), _serial(computed)
    if isinstance(stored, int | float) and isinstance(computed, int | float):
        return abs(stored - computed) < TOLERANCE
    return stored == computed


def _serial(value: object) -> object:
    """LibreOffice shows the difference of two dates as a date."""
    return to_excel(value) if isinstance(value, dt.datetime) else value


PRICE_RULES = {"unit_price": (lineforms.PRICE_OVER, lineforms.PRICE_UNDER), "amount": (lineforms.AMOUNT_WRONG,)}
POST_RULES = {
    "monthly_pay": (postforms.PAY_OVER,),
    "employer_insurance": (postforms.INSURANCE_OVER,),
    "pay_amount": (postforms.AMOUNT_WRONG, postforms.EARNED_OVER),
    "months": (postforms.EARNED_OVER,),
    "insurance_amount": (postforms.AMOUNT_WRONG,),
}
ARITHMETIC = "draft/arithmetic"
ELSEWHERE = {"draft/duplicate-person", "draft/whole-dollars", "common/basic-wage"}
"""Rules whose place a sheet shares, but which the form does not compute."""


@pytest.mark.parametrize("case", CASES)
def test_verdicts_are_those_of_the_checks(case: str, recalculated: dict[str, tuple[Path, Path, Path]]) -> None:
    source, form, done = recalculated[case]
    library = Library()
    programme = library.programme(CASES[case][0])
    report = check(read(form, library), programme, library.tables)
    assert report.asked == check(read(source, library), programme, library.tables).asked
    speak = Language(Tongue.EN if case.endswith("halves") else Tongue.ZH_TW)
    layout = Layout(language=speak, posts=15, rows=45)
    shown = values(done)
    for sheet, path, names in ((Sheet.BUDGET, "lines", PRICE_RULES), (Sheet.STAFF, "positions", POST_RULES)):
        told, expected = set(), set()
        for row in range(2, 2 + len(getattr(report.reading.draft, path))):
            verdict = shown[layout.sheet(sheet), f"{layout.columns(sheet)['check']}{row}"] or ""
            messages = {message for found in names.values() for message in found}
            told |= {(row, speak(message)) for message in messages if speak(message).strip() in verdict}
            expected |= _expected(report, f"{path}[{row - 2}].", names, row, speak)
        assert _by_row(told) == _by_row(expected)


def _expected(
    report: Report, prefix: str, names: dict[str, tuple[Message, ...]], row: int, speak: Language
) -> set[tuple[int, str]]:
    """What the sheet should say of a row: one of the texts of each field that an error stands on."""
    found = set()
    for finding in report.findings:
        name = finding.place.path.removeprefix(prefix)
        if finding.outcome is not Outcome.ERROR or not finding.place.path.startswith(prefix) or name not in names:
            continue
        if (finding.rule in ELSEWHERE and name != "unit_price") or (name == "amount" and finding.rule != ARITHMETIC):
            continue
        found.add((row, speak(_message(finding.rule, finding.stated, finding.allowed, names[name]))))
    return found


def _message(rule: str, stated: Any, allowed: Any, messages: tuple[Message, ...]) -> Message:
    if messages == PRICE_RULES["unit_price"]:
        return messages[0] if stated > allowed else messages[1]
    if messages == POST_RULES["pay_amount"]:
        return messages[0] if rule == ARITHMETIC else messages[1]
    return messages[0]


def _by_row(found: set[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(found)


@pytest.mark.parametrize("case", CASES)
def test_totals_and_caps_are_those_of_the_checks(case: str, recalculated: dict[str, tuple[Path, Path, Path]]) -> None:
    source, _, done = recalculated[case]
    library = Library()
    report = check(read(source, library), library.programme(CASES[case][0]), library.tables)
    speak = Language(Tongue.EN if case.endswith("halves") else Tongue.ZH_TW)
    summary = Layout(language=speak, posts=1, rows=1).sheet(Sheet.SUMMARY)
    rows = {cell: value for (sheet, cell), value in values(done).items() if sheet == summary}
    subsidy = next(row for row in range(2, 60) if rows.get(f"A{row}") == _subsidy_total(speak))
    assert rows[f"B{subsidy}"] == report.asked
    over = {speak(OVER_CAP), speak(OVER_APPROVED)}
    red = {
        rows[f"B{row}"]: rows.get(f"D{row}") or rows.get(f"E{row}")
        for row in range(2, 60)
        if rows.get(f"G{row}") in over
    }
    limits = {"fsp-113/management-fee", "dapc-113/allocation-personnel", "dapc-113/allocation-operations"}
    limits |= {"dapc-113/posts-total", "dapc-113/posts-project-manager"}
    broken = {finding.stated: finding.allowed for finding in report.findings if finding.rule in limits}
    red.pop(report.asked, None)  # the total has no finding of its own
    covered = {
        library.tables[result.rule.values.table].find(county=report.reading.draft.county)[result.rule.values.column]
        for result in report.rules
        if result.decided_by and isinstance(result.rule.values, Allocation)
    }  # the sheet says so all the same; the fault is another rule's
    assert {amount: limit for amount, limit in red.items() if limit not in covered} == broken


def _subsidy_total(speak: Language) -> str:
    from grantcalc.draft.model import Fund
    from grantcalc.workbook.summary import TOTAL_OF

    return speak(TOTAL_OF(fund=Fund.SUBSIDY))
