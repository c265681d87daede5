"""``check --as PROGRAMME``: which rows and posts change verdict under another programme's rules, and why."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Book

from .conftest import Run

EXAMPLES = Path(__file__).parents[2] / "examples"


def row(ref: str, item: str, price: int, unit: str, **more: Any) -> dict[str, Any]:
    """One row of ten pieces, its person named; of counselling an hour a time."""
    quantities = [{"number": 10, "unit": unit}]
    if item == "counselling":
        quantities = [{"number": 1, "unit": unit}, {"number": 10, "unit": "time"}]
    details = {"person": "林雅婷", **more.pop("details", {})}
    category = "管理費" if item == "management" else "業務費"
    return {
        "ref": ref, "category": category, "item": item, "fund": "subsidy", "unit_price": price,
        "quantities": quantities, "amount": price * 10, "details": details, **more,
    }  # fmt: skip


DRAFT: dict[str, Any] = {
    "format": 1,
    "programme": "rsp-108-2",
    "county": "嘉義縣",
    "applicant_kind": "county-government",
    "period": {"start": "2019-01-01", "end": "2019-12-31"},
    "positions": [
        {
            "ref": "P1", "role": "case-manager", "person": "甲", "education": "master", "field": "社會工作學系",
            "licences": ["social-worker"], "step": 3, "experience_years": 2, "hired_on": "2017-01-01",
            "fund": "subsidy", "monthly_pay": 37410, "months": 13.5, "pay_amount": 505035,
        }
    ],
    "lines": [
        row("L1", "counselling", 1800, "hour", description="個別諮商"),
        row("L2", "counselling", 1600, "hour", description="家族會談"),
        row("L3", "visit-transport", 60, "person-day", details={"km": 3}),
        row("L4", "visit-transport", 50, "person-day", details={"km": 3}),
        row("L5", "meals", 100, "person-time", description="餐盒"),
        row("L6", "expert-attendance", 2600, "person-time"),
        row("L7", "materials", 500, "scheme", description="材料"),
        row("L8", "management", 700, "lot", description="電費"),
    ],
}  # fmt: skip

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a draft; gives its path."""

    def make(name: str = "draft.json", **changes: Any) -> str:
        path = tmp_path / name
        path.write_text(json.dumps({**copy.deepcopy(DRAFT), **changes}, ensure_ascii=False), encoding="utf-8")
        return str(path)

    return make


def found(run: Run, *arguments: str, code: int) -> Any:
    """The JSON it prints."""
    result = run("check", *arguments, "--format", "json")
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout)


def verdicts(shown: Any) -> dict[str, tuple[str, str, str, str]]:
    """Rows and posts by ref: change, verdict before and after, code there."""
    return {
        entry["label"]: (entry["change"], entry["before"]["verdict"], entry["after"]["verdict"], entry["to"])
        for entry in shown["changes"]
        if entry["part"] != "plan"
    }


def test_family_support_of_2019_under_the_grant_of_2024(run: Run, write: Write) -> None:
    shown = found(run, write(), "--as", "fsp-113", code=1)
    assert (shown["format"], shown["file"], shown["programme"], shown["as"]) == (
        1, "draft.json", "rsp-108-2", "fsp-113",
    )  # fmt: skip
    assert verdicts(shown) == {
        "P1": ("verdict", "review", "could-not-run", "social-worker"),
        "L1": ("verdict", "error", "passed", "counselling-individual"),
        "L2": ("same", "passed", "passed", "counselling-joint"),
        "L3": ("verdict", "error", "passed", "visit-transport"),
        "L4": ("same", "passed", "passed", "visit-transport"),
        "L5": ("verdict", "error", "passed", "meals"),
        "L6": ("same", "error", "error", "expert-attendance"),
        "L8": ("grounds", "review", "review", "management"),
    }


def by_ref(shown: Any, ref: str) -> Any:
    """The entry of a row or post."""
    return next(entry for entry in shown["changes"] if entry.get("label") == ref)


def test_the_limits_and_sections_of_both_sides(run: Run, write: Write) -> None:
    shown = found(run, write(), "--as", "fsp-113", code=1)
    entry = by_ref(shown, "L1")
    (finding,) = entry["before"]["findings"]
    assert (finding["rule"], finding["path"]) == ("rsp-108/unit-price", "lines[0].unit_price")
    assert (finding["stated"], finding["allowed"]) == (1800, 1600)
    assert finding["citations"] == [{"source": "RSP-108", "section": "附件一 一"}]
    assert "price cap: NT$1,600 per hour" in entry["before"]["rules"]["text"]
    assert entry["after"]["findings"] == []
    assert "price cap: NT$2,000 per hour" in entry["after"]["rules"]["text"]
    assert entry["after"]["rules"]["sections"].startswith("FSP-113 附件2")
    assert "“個別” in the row" in entry["remarks"][0]
    transport = by_ref(shown, "L3")
    assert "0 to 5 km: NT$50" in transport["before"]["rules"]["text"]
    assert "0 to 5 km: NT$60" in transport["after"]["rules"]["text"]


def test_pay_by_another_system_names_what_is_missing(run: Run, write: Write) -> None:
    shown = found(run, write(), "--as", "fsp-113", code=1)
    assert by_ref(shown, "P1")["before"]["missing"] == []
    assert "positions[0].step" in by_ref(shown, "P1")["after"]["missing"]


def test_caps_of_sums_belong_to_the_plan(run: Run, write: Write) -> None:
    """7,000 is below 5% of everything, and above 10% of 34,000 + 600 + 500 + 1,000 + 26,000 = 62,100 × 10."""
    shown = found(run, write(), "--as", "fsp-113", code=1)
    (entry,) = (entry for entry in shown["changes"] if entry.get("meaning") == "management-fee")
    assert (entry["part"], entry["change"]) == ("plan", "verdict")
    assert (entry["before"]["verdict"], entry["after"]["verdict"]) == ("passed", "error")
    (finding,) = entry["after"]["findings"]
    assert (finding["rule"], finding["stated"], finding["allowed"]) == ("fsp-113/management-fee", 7000, 6210)
    assert (finding["label"], finding["path"]) == ("L8", "lines[7].amount")


def test_what_is_not_carried_is_not_judged(run: Run, write: Write) -> None:
    shown = found(run, write(), "--as", "fsp-113", code=1)
    entry = shown["not_carried"][0]
    assert (entry["part"], entry["path"], entry["label"]) == ("line", "lines[6].item", "L7")
    assert (entry["outcome"], entry["amounts"]) == ("review", {"subsidy": 5000})
    assert entry["reason"] == "fsp-113 has no item for “Materials”."
    assert entry["before"]["verdict"] == "passed"
    summary = shown["summary"]
    assert summary["before"]["asked"] - summary["after"]["asked"] == 5000
    assert (summary["verdict"], summary["grounds"], summary["same"]) == (4, 1, 3)
    assert (summary["not_carried"], summary["years"]) == (2, 5)


def test_words_for_an_accountant(run: Run, write: Write) -> None:
    shown = run("check", write(), "--as", "fsp-113", lang="zh-TW").stdout
    assert "\n改依 FSP-113 檢核：fsp-113 113年度" in shown
    assert re.search(r"\n2\. lines\[0\]（L1） 個別心理輔導、.+ → 心理輔導、.+（個人）：錯誤 → 通過\n", shown)
    assert "counselling" not in shown
    assert "單價每小時編列1,800元，超過上限1,600元。〔RSP-108 附件一 一〕\n" in shown
    assert "\n   fsp-113：通過\n     fsp-113 規定：經費類別：個案服務費；單價上限：每小時2,000元" in shown
    assert "\n1. lines[6].item（L7） 材料費：fsp-113 未列與「材料費」相當之項目。\n" in shown
    assert "\n   未予檢核：5,000元；依 rsp-108-2：通過\n" in shown
    assert "\n經費列及人力：結果有異動4、因換算計畫而生0、依據或限額不同1、相同3；無從對應1。\n" in shown


def test_the_other_way(run: Run) -> None:
    draft = str(EXAMPLES / "fsp-113" / "compliant.json")
    shown = found(run, draft, "--as", "rsp-108-2", code=1)
    by_label = verdicts(shown)
    assert by_label["L7"] == ("verdict", "passed", "error", "counselling")
    assert by_label["L18"] == ("verdict", "passed", "error", "meals")
    assert by_label["P1"][1:] == ("review", "error", "case-manager")
    assert shown["summary"]["years"] == -5
    assert not [entry for entry in shown["changes"] if entry.get("meaning") in {"draft/total", "draft/funding-balance"}]
    assert "moved 5 years earlier" in run("check", draft, "--as", "rsp-108-2").stdout


def test_units_of_the_conversion_stand_apart(run: Run) -> None:
    """A group is led by the period in 113, by the hour in 108: a person must look."""
    draft = str(EXAMPLES / "fsp-113" / "compliant.json")
    shown = found(run, draft, "--as", "rsp-108-2", code=1)
    assert verdicts(shown)["L5"] == ("conversion", "passed", "could-not-run", "group-leader")
    assert (shown["summary"]["conversion"], shown["summary"]["converted_errors"]) == (2, 0)
    text = run("check", draft, "--as", "rsp-108-2", lang="zh-TW").stdout
    assert "== 因換算計畫而生 ==\n1. lines[4]（L5） 團體帶領費 → " in text
    assert "團體輔導(治療)之帶領者鐘點費：通過 → 無法檢核\n" in text
    assert text.endswith("改依 rsp-108-2 6項\n")
    assert "group-leader" not in text


def test_programmes_of_one_year(run: Run) -> None:
    shown = found(run, str(EXAMPLES / "dapc-113" / "compliant.json"), "--as", "fsp-113", code=1)
    (fee,) = (entry for entry in shown["changes"] if entry.get("meaning") == "management-fee")
    # 540,000 of postage and 300,000 of stationery become the management fee.
    assert fee["after"]["findings"][0]["stated"] == 840000
    assert [entry["label"] for entry in shown["not_carried"] if entry["part"] in {"post", "line"}] == [
        "P4",
        "L1",
        "L11",
    ]
    assert shown["summary"]["years"] == 0


def test_other_items_of_one_document(run: Run, write: Write) -> None:
    lines = [row("L1", "temporary-pay", 160, "hour"), row("L2", "outreach", 600, "time")]
    path = write(programme="rsp-108-1a", applicant_kind="private-body", positions=[], lines=lines)
    shown = found(run, path, "--as", "rsp-108-1b", code=1)
    assert verdicts(shown)["L1"][1:] == ("error", "error", "temporary-wages")
    assert [entry["label"] for entry in shown["not_carried"]] == ["L2"]


def test_exit_code_is_that_of_the_other_programme(run: Run, write: Write) -> None:
    lines = [row("L1", "counselling", 1800, "hour", description="個別諮商")]
    path = write(positions=[], lines=lines)
    assert run("check", path).exit_code == 1
    assert run("check", path, "--as", "fsp-113").exit_code == 0
    other = write("meals.json", positions=[], lines=[row("L1", "counselling", 2100, "hour", description="個別諮商")])
    assert run("check", path, other, "--as", "fsp-113").exit_code == 1


def test_strict_counts_warnings(run: Run, write: Write) -> None:
    path = write(positions=[], lines=[], filed_on="2018-10-20")
    assert run("check", path, "--as", "fsp-113").exit_code == 0
    assert run("check", path, "--as", "fsp-113", "--strict").exit_code == 1


def test_drafts_of_one_programme_are_judged_together(run: Run, write: Write) -> None:
    """One application a county in both grants, the first stands; that of another programme is none of them."""
    paths = write("a.json", positions=[], lines=[]), write("b.json", positions=[], lines=[])
    shown = found(run, *paths, "--as", "fsp-113", code=1)
    assert [report["file"] for report in shown["reports"]] == ["a.json", "b.json"]
    for report, verdict in zip(shown["reports"], ("note", "error"), strict=True):
        (entry,) = (entry for entry in report["changes"] if entry.get("meaning") == "one-application")
        assert (entry["before"]["verdict"], entry["after"]["verdict"]) == (verdict, verdict)
    other = write("c.json", programme="rsp-108-3", positions=[], lines=[])
    assert run("check", paths[0], other, "--as", "fsp-113").exit_code == 0


def test_places_are_cells_of_the_workbook(run: Run, book: Book, example: dict[str, Any]) -> None:
    shown = found(run, str(book(example)), "--as", "rsp-108-2", code=1)
    entry = by_ref(shown, "L1")
    finding = next(one for one in entry["after"]["findings"] if one["rule"] == "rsp-108/unit-price")
    assert (finding["sheet"], finding["cell"], finding["allowed"]) == ("經費", "E2", 1600)


def test_written_as_json(run: Run, write: Write, tmp_path: Path) -> None:
    output = tmp_path / "changes.json"
    path = write()
    result = run("check", path, "--as", "fsp-113", "-o", str(output))
    assert result.exit_code == 1
    assert result.stderr == f"Written: {output}\n"
    assert json.loads(output.read_text(encoding="utf-8")) == found(run, path, "--as", "fsp-113", code=1)
    again = run("check", path, "--as", "fsp-113", "-o", str(output))
    assert again.exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as", "rsp-108-2"], "draft.json is a draft of rsp-108-2 already; check it without --as"),
        (["--as", "fsp-114"], "there is no programme “fsp-114”; known: dapc-113, fsp-113, "),
        (["--as", "fsp-113", "--format", "html"], "--as prints a table or JSON; --format html is for an ordinary"),
        (["--as", "fsp-113", "-o", "x.xlsx"], "x.xlsx: with --as the name must end in .json"),
    ],
)
def test_wrong_use(run: Run, write: Write, arguments: list[str], message: str) -> None:
    result = run("check", write(), *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr


def test_an_unreadable_file_is_told(run: Run, write: Write, tmp_path: Path) -> None:
    result = run("check", write(), str(tmp_path / "none.json"), "--as", "fsp-113")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr
    assert "Individual counselling" in result.stdout
