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
from grantcalc.finding import Finding, Outcome
from grantcalc.reading import read
from grantcalc.rules.kinds.allocation import Allocation
from grantcalc.rules.library import Library
from grantcalc.text import Language, Message, Tongue
from grantcalc.workbook import lineforms, postforms
from grantcalc.workbook.layout import Layout, Sheet
from grantcalc.workbook.summary import IN_PRINCIPLE, OVER_APPROVED, OVER_CAP
from grantcalc.workbook.template import write_draft
from tests.workbook import changes, reintegration
from tests.workbook.office import convert, formulas, soffice, values

pytestmark = pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not installed")

ROOT = Path(__file__).parents[2]
TOLERANCE = 1e-9
Change = Callable[[dict[str, Any]], None]


CASES: dict[str, tuple[str, Change]] = {
    "fsp-plain": ("fsp-113", changes.nothing),
    "fsp-prices": ("fsp-113", changes.prices),
    "fsp-halves": ("fsp-113", changes.halves),
    "fsp-unpaid": ("fsp-113", changes.unpaid),
    "fsp-posts": ("fsp-113", changes.posts),
    "fsp-over": ("fsp-113", changes.over),
    "dapc-plain": ("dapc-113", changes.nothing),
    "dapc-posts": ("dapc-113", changes.posts),
    "dapc-over": ("dapc-113", changes.over),
    **{
        f"{programme}-{change.__name__}": (programme, change)
        for programme in ("rsp-108-1a", "rsp-108-1b", "rsp-108-2")
        for change in (
            *(reintegration.nothing, reintegration.prices, reintegration.talks),
            *(reintegration.posts, reintegration.over),
        )
    },
}
ENGLISH = ("halves", "talks")
"""Changes whose form is in English."""


def _raw(programme: str) -> dict[str, Any]:
    """The draft that a case changes."""
    if programme in reintegration.KINDS:
        return reintegration.draft(programme)
    example = ROOT / "examples" / programme / "compliant.json"
    return dict(json.loads(example.read_text(encoding="utf-8")))


def _speak(case: str) -> Language:
    return Language(Tongue.EN if case.endswith(ENGLISH) else Tongue.ZH_TW)


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path, Path]]:
    """Draft, form and recalculated form of every case; LibreOffice starts once."""
    folder, library = tmp_path_factory.mktemp("office"), Library()
    written = []
    for name, (programme, change) in CASES.items():
        change(changed := copy.deepcopy(_raw(programme)))
        source = folder / f"{name}.json"
        source.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
        form = folder / f"{name}.xlsx"
        draft = read(source, library).draft
        write_draft(draft, form, library.programme(programme), library, _speak(name), posts=15, rows=45)
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


PRICES = (lineforms.PRICE_OVER, lineforms.PRICE_UNDER, lineforms.PRICE_FLOOR)
PRICE_RULES = {"unit_price": PRICES, "amount": (lineforms.AMOUNT_WRONG,)}
POST_RULES = {
    "points": (postforms.POINTS_OVER,),
    "monthly_pay": (postforms.PAY_OVER,),
    "employer_insurance": (postforms.INSURANCE_OVER, postforms.INSURANCE_OWN),
    "pay_amount": (postforms.AMOUNT_WRONG, postforms.EARNED_OVER),
    "months": (postforms.EARNED_OVER,),
    "insurance_amount": (postforms.AMOUNT_WRONG, postforms.INSURANCE_OWN),
}
UNINSURED = {"rsp-108/employer-insurance-own", "rsp-108/insurance-real-cost"}
FLOOR = "rsp-108/price-floor"
STEP_PAY = "rsp-108/case-manager-pay"
INSIDE_ITS_BASE = "rsp-108/miscellaneous"
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
    speak = _speak(case)
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
        if finding.rule == STEP_PAY and f"{prefix}licences" in _lacking(report):
            continue
        found.add((row, speak(_message(finding, names[name]))))
    return found


def _lacking(report: Report) -> set[str]:
    """Inputs that are not stated: the form computes nothing from them, the check what holds whatever they are."""
    posts = enumerate(report.reading.draft.positions)
    return {f"positions[{index}].licences" for index, post in posts if post.licences is None}


def _message(finding: Finding, messages: tuple[Message, ...]) -> Message:
    rule, stated, allowed = finding.rule, finding.stated, finding.allowed
    if messages == PRICES:
        under = lineforms.PRICE_FLOOR if rule == FLOOR else lineforms.PRICE_UNDER
        return lineforms.PRICE_OVER if (stated or 0) > (allowed or 0) else under
    if rule in UNINSURED and finding.explanation is None:  # no limit of its own: nothing is subsidised
        return postforms.INSURANCE_OWN
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
    speak = _speak(case)
    summary = Layout(language=speak, posts=1, rows=1).sheet(Sheet.SUMMARY)
    rows = {cell: value for (sheet, cell), value in values(done).items() if sheet == summary}
    subsidy = next(row for row in range(2, 60) if rows.get(f"A{row}") == _subsidy_total(speak))
    assert rows[f"B{subsidy}"] == report.asked
    principle = [found.allowed for found in report.findings if found.rule == "rsp-108/amount-in-principle"]
    assert (rows.get(f"G{subsidy}") == speak(IN_PRINCIPLE)) is bool(principle)
    assert not principle or [rows[f"D{subsidy}"]] == principle
    over = {speak(OVER_CAP), speak(OVER_APPROVED)}
    red = {
        rows[f"B{row}"]: rows.get(f"D{row}") or rows.get(f"E{row}")
        for row in range(2, 60)
        if rows.get(f"G{row}") in over
    }
    limits = {"fsp-113/management-fee", "dapc-113/allocation-personnel", "dapc-113/allocation-operations"}
    limits |= {"dapc-113/posts-total", "dapc-113/posts-project-manager", "rsp-108/miscellaneous", "rsp-108/literature"}
    limits |= {"rsp-108/management-fee-5", "rsp-108/management-fee-10"}
    broken = {finding.stated: finding.allowed for finding in report.findings if finding.rule in limits}
    red.pop(report.asked, None)  # the total has no finding of its own
    covered = {
        library.tables[result.rule.values.table].find(county=report.reading.draft.county)[result.rule.values.column]
        for result in report.rules
        if result.decided_by and isinstance(result.rule.values, Allocation)
    }  # the sheet says so all the same; the fault is another rule's
    falling = {found.stated for found in report.findings if found.rule == INSIDE_ITS_BASE}
    for amount in falling:  # lowered, it lowers its own cap: what then passes is less than the cap shown
        assert broken[amount] <= red[amount]
        red[amount] = broken[amount]
    assert {amount: limit for amount, limit in red.items() if limit not in covered} == broken


def _subsidy_total(speak: Language) -> str:
    from grantcalc.draft.model import Fund
    from grantcalc.workbook.summary import TOTAL_OF

    return speak(TOTAL_OF(fund=Fund.SUBSIDY))
