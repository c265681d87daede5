"""Reports as an accountant reads them: groups, legend, arithmetic, units and names in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from grantcalc.checking import Report, check
from grantcalc.finding import Explanation, Operation
from grantcalc.reading import read
from grantcalc.reading.structure import structure
from grantcalc.report.arithmetic import arithmetic
from grantcalc.report.html import report_html
from grantcalc.report.jsonform import report_json
from grantcalc.report.markdown import report_markdown
from grantcalc.report.text import report_text
from grantcalc.rules.library import Library
from grantcalc.text import Language, Measure, Tongue
from grantcalc.units import Unit

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
ZH, EN = Language(Tongue.ZH_TW), Language(Tongue.EN)


def checked(name: str) -> Report:
    library = Library()
    reading = read(EXAMPLES / name, library)
    return check(reading, library.programme(reading.draft.programme), library.tables)


@pytest.fixture(scope="module")
def insurance() -> Report:
    return checked("fsp-113/faulty/employer-insurance.json")


def test_rules_for_a_person_stand_apart(insurance: Report) -> None:
    shown = report_text(insurance, ZH)
    person = shown.index("\n須人工審查（")
    missing = shown.index("\n無法檢核（1項）\n  fsp-113/retroactive-start ")
    assert "缺少：" in shown[missing:]
    assert person < shown.index("\n  fsp-113/fund-mark ") < missing
    statuses = {rule["rule"]: rule["status"] for rule in report_json(insurance, ZH)["rules"]}
    assert statuses["fsp-113/fund-mark"] == statuses["fsp-113/retroactive-start"] == "could-not-run"


@pytest.mark.parametrize("render", [report_text, report_markdown, report_html])
def test_cited_documents_are_named(insurance: Report, render: Callable[[Report, Language], str]) -> None:
    shown = render(insurance, ZH)
    assert "文件代碼" in shown
    assert "FSP-113 ＝ 衛生福利部113年度毒品防制基金補助" in shown
    assert "OCCUPATIONAL-RATES ＝ 勞工職業災害保險適用行業別及費率表" in shown
    assert "DAPC-113 ＝" not in shown
    assert "FSP-113 = Family support services and resource development" in render(insurance, EN)


def test_the_lower_of_two(insurance: Report) -> None:
    assert "補助上限與雇主實際負擔取其低者 = 6,000元 = 取低者（6,000元、8,493元）\n" in report_text(insurance, ZH)
    assert " = the smallest of (NT$6,000, NT$8,493)\n" in report_text(insurance, EN)


def test_english_names(insurance: Report) -> None:
    shown = report_text(insurance, EN)
    assert "\nCounty: Chiayi County\n" in shown
    assert "<title>Budget check: " in report_html(insurance, EN)
    assert " Chiayi County</title>" in report_html(insurance, EN)
    assert "subsidised total of Employer's" in shown or "專業服務費補助" not in shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (Fraction(59853001, 10**9), Unit.FRACTION, "比率 ≈ 5.99%"),
        (Decimal("0.00025"), Unit.FRACTION, "比率 = 0.025%"),
        (Fraction(807, 27), Unit.CASE, "比率 ≈ 29.89案"),
        (Fraction(6125, 10**6) + 1, None, "比率 ≈ 1.01"),
        (Fraction(16, 31), Unit.MONTH, "比率 = 16/31個月"),
        (Decimal("13.5"), Unit.MONTH, "比率 = 13.5個月"),
    ],
)
def test_long_numbers_are_rounded_for_reading(value: Fraction | Decimal, unit: Unit | None, shown: str) -> None:
    assert list(arithmetic(Explanation(label="比率", value=value, unit=unit), ZH)) == [shown]


def test_rounded_values_inside_arithmetic() -> None:
    inner = Explanation(label="a", value=Fraction(10, 3))
    whole = Explanation(label="b", value=3)
    tree = Explanation(label="c", value=10, operation=Operation.PRODUCT, inputs=(inner, whole))
    assert list(arithmetic(tree, EN)) == ["c = 10 = ≈3.33 × 3", "  a ≈ 3.33", "  b = 3"]


@pytest.mark.parametrize(("number", "shown"), [(1, "1 time"), (3, "3 times"), (Decimal("0.5"), "0.5 times")])
def test_english_units_are_counted(number: int | Decimal, shown: str) -> None:
    assert EN(Measure(number, Unit.TIME)) == shown


def told(programme: str, draft: Mapping[str, Any], rule: str) -> tuple[str, str, list[str]]:
    library = Library()
    base = {
        "format": 1,
        "programme": programme,
        "county": "嘉義縣",
        "applicant_kind": "county-government",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
    }
    reading = structure({**base, **draft}, library, "draft.json")
    report = check(reading, library.programme(programme), library.tables)
    (finding,) = (finding for finding in report.findings if finding.rule == rule)
    lines = list(arithmetic(finding.explanation, ZH)) if finding.explanation else []
    return ZH(finding.message), ZH(finding.remedy), lines


def test_monthly_insurance_is_named_so() -> None:
    post = {"ref": "P1", "role": "social-worker", "employer_insurance": 6000, "insurance_amount": 70000}
    _, _, lines = told("fsp-113", {"positions": [post]}, "draft/arithmetic")
    assert "  雇主保費月額 = 6,000元 〔positions[0].employer_insurance〕" in lines


def test_funding_that_does_not_balance() -> None:
    line = {"item": "venue", "fund": "subsidy", "unit_price": 674000, "quantities": [{"number": 1, "unit": "lot"}]}
    message, _, _ = told("fsp-113", {"funding": {"subsidy": 700000}, "lines": [line]}, "draft/funding-balance")
    assert message == "封面「申請補助經費」填列700,000元，與「補助」各列合計674,000元不符。"


def test_lecturer_to_fill_in() -> None:
    line = {"item": "lecture", "unit_price": 1800, "quantities": [{"number": 2, "unit": "period"}]}
    _, remedy, _ = told("dapc-113", {"lines": [line]}, "common/lecture-fee")
    assert remedy == (
        "請補填講座身分（lines[0].details.lecturer）：外聘專家學者2,000元、隸屬機關人員1,500元、內聘1,000元。"
    )


def test_pay_above_the_dates() -> None:
    shown = report_text(checked("fsp-113/faulty/part-month.json"), ZH)
    assert "年終獎金0元），超編106,912元。\n" in shown


def test_parts_of_the_pay_are_added_up() -> None:
    shown = report_text(checked("fsp-113/faulty/social-worker-pay.json"), ZH)
    assert "超過支給表上限42,765元（37,765元＋1,000元＋4,000元）。" in shown


def test_own_funds_name_one_amount_where_both_are_equal() -> None:
    shown = report_text(checked("dapc-113/faulty/own-funds-ratio.json"), ZH)
    (message,) = (line for line in shown.splitlines() if "低於最低自籌比率" in line)
    assert message.count("3,282,162元") == 1
    assert "\n     自籌款比率 = 3,260,000元 ÷ 29,815,670元 ≈ 10.93%\n" in shown


def test_next_point_below() -> None:
    assert "低一級之表列薪點為296薪點" in report_text(checked("dapc-113/faulty/project-manager-point.json"), ZH)


def test_doubts_stand_in_the_interpretation() -> None:
    shown = report_text(checked("dapc-113/compliant.json"), ZH)
    assert "疑為" not in shown
