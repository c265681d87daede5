"""``rules diff``: two programmes side by side, on the terminal, as JSON, as a workbook; wrong use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from .conftest import Run, RunJson

GRANTS = ("rsp-108-2", "fsp-113")


def row_of(found: Any, subject: str, a: str | None, b: str | None) -> Any:
    (row,) = (
        row
        for row in found["rows"]
        if row["subject"] == subject and (row["a"] and row["a"]["code"], row["b"] and row["b"]["code"]) == (a, b)
    )
    return row


def test_json(run_json: RunJson) -> None:
    found = run_json("rules", "diff", *GRANTS)
    assert list(found) == ["format", "a", "b", "summary", "rows"]
    assert (found["a"], found["b"]) == GRANTS
    row = row_of(found, "item", "visit-transport", "visit-transport")
    assert row["difference"] == "changed"
    assert row["title"] == "Transport for visits"
    assert row["a"] == {
        "code": "visit-transport",
        "title": "Transport for visits",
        "says": "category: Operations; 0 to 5 km: NT$50",
        "citations": [{"source": "RSP-108", "section": "附件一 四"}],
    }
    (band,) = (fact for fact in row["facts"] if fact["key"] == "0-5")
    assert band == {
        "aspect": "price",
        "key": "0-5",
        "label": "0 to 5 km",
        "difference": "changed",
        "a": {
            "text": "NT$50",
            "value": 50,
            "unit": "dollar",
            "citation": {"source": "RSP-108", "section": "附件一 四"},
        },
        "b": {
            "text": "NT$60",
            "value": 60,
            "unit": "dollar",
            "citation": {"source": "FSP-113", "section": "附件2 訪視交通費"},
        },
    }


def test_json_of_what_one_of_them_has_alone(run_json: RunJson) -> None:
    row = row_of(run_json("rules", "diff", *GRANTS), "item", "materials", None)
    assert (row["difference"], row["b"]) == ("only-a", None)
    (cap,) = (fact for fact in row["facts"] if fact["key"] == "cap")
    assert (cap["difference"], cap["a"]["value"], cap["b"]) == ("only-a", 5000, None)


def test_the_summary_counts_the_rows(run_json: RunJson) -> None:
    found = run_json("rules", "diff", *GRANTS)
    summary, rows = found["summary"], found["rows"]
    subjects = summary["subjects"]
    assert list(subjects) == ["item", "post", "rule"]
    for difference in ("same", "changed", "only-a", "only-b"):
        assert summary[difference] == sum(row["difference"] == difference for row in rows)
        assert summary[difference] == sum(counts[difference] for counts in subjects.values())
    assert subjects["post"] == {"same": 0, "changed": 2, "only-a": 2, "only-b": 0}


def test_itself(run: Run, run_json: RunJson) -> None:
    summary = run_json("rules", "diff", "fsp-113", "fsp-113")["summary"]
    assert (summary["changed"], summary["only-a"], summary["only-b"]) == (0, 0, 0)
    shown = run("rules", "diff", "fsp-113", "fsp-113").stdout.splitlines()
    assert len(shown) == 4
    assert shown[1] == "Posts and their pay: 2 same, 0 changed, 0 only in fsp-113, 0 only in fsp-113."


@pytest.mark.parametrize(
    "expected",
    [
        "經費類別：業務費；0至5公里：50元〔RSP-108 附件一 四〕",
        "經費類別：個案服務費；0至5公里：60元〔FSP-113 附件2 支用項目：訪視交通費〕",
        "經費類別：其他；僅類別不同，單價相同：每月20,000元",
        "宣導活動及訓練「除必要之獎品，紀念（禮）品或宣導品不予補助」。（與對照計畫不同之處：不予補助：宣導品、紀念（禮）品）",
        "單價上限：每小時1,600元；每次時數上限：2小時〔RSP-108 附件一 一〕",
        "單價上限：每小時2,400元；未定數量上限",
        "上限：（人事費＋業務費）×5%〔RSP-108 附件一 管理費〕",
        "上限：（個案服務費＋訓練及活動費＋其他）×10%〔FSP-113 附件2 四〕",
        "單價上限：每人次80元〔RSP-108 附件一 十四〕",
        "經費類別：訓練及活動費；未定單價上限〔FSP-113 附件2 三〕",
        "雇主負擔保險費：由自籌款支應，不予補助",
        "雇主負擔保險費：每人每月最高補助6,000元",
        "支薪方式：按階級及學歷之薪點加計各項加給薪點，乘以薪點折合率；薪點折合率：124.7元",
        "支薪方式：起薪加年資加給及各項加給；起薪：37,765元",
    ],
)
def test_what_the_table_says(run: Run, monkeypatch: pytest.MonkeyPatch, expected: str) -> None:
    monkeypatch.setenv("COLUMNS", "2000")  # nothing is wrapped
    assert expected in run("rules", "diff", *GRANTS, lang="zh-TW").stdout


def test_the_table_has_sections_and_counts(run: Run) -> None:
    shown = run("rules", "diff", *GRANTS, lang="zh-TW").stdout
    assert [line for line in shown.splitlines() if line.startswith("==")] == [
        "== 經費項目 ==",
        "== 人力及支薪 ==",
        "== 規則 ==",
    ]
    assert "人力及支薪：相同0項、有異動2項、僅 rsp-108-2 2項、僅 fsp-113 0項。" in shown
    assert "僅 rsp-108-2" in shown


def test_what_is_the_same_is_shown_on_demand(run: Run) -> None:
    assert "draft/period" not in run("rules", "diff", *GRANTS).stdout
    assert "draft/period" in run("rules", "diff", *GRANTS, "--all").stdout


def test_the_table_fits_the_terminal(run: Run) -> None:
    from wcwidth import wcswidth

    shown = run("rules", "diff", *GRANTS, "--all", lang="zh-TW").stdout
    assert max(map(wcswidth, shown.splitlines())) <= 120


def test_workbook(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "diff.xlsx"
    result = run("rules", "diff", *GRANTS, "-o", str(path), lang="zh-TW")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"已寫入：{path}\n")
    sheet = load_workbook(path)["計畫對照"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "異動情形")
    assert [cell.value for cell in head] == [
        "異動情形",
        "對象",
        "名稱",
        *(f"rsp-108-2 {word}" for word in ("代碼", "規定", "依據")),
        *(f"fsp-113 {word}" for word in ("代碼", "規定", "依據")),
    ]
    rows = {
        (row[3].value, row[6].value): row
        for row in sheet.iter_rows(min_row=head[0].row + 1)
        if row[0].value is not None
    }
    meals = [cell.value for cell in rows["meals", "meals"]]
    assert meals == [
        "有異動",
        "經費項目",
        "膳費",
        "meals",
        "經費類別：業務費；單價上限：每人次80元",
        "RSP-108 附件一 十四",
        "meals",
        "經費類別：訓練及活動費；未定單價上限",
        "FSP-113 附件2 三",
    ]
    assert rows["draft/period", "draft/period"][0].value == "相同"
    assert sheet.freeze_panes == f"D{head[0].row + 1}"
    assert sheet.auto_filter.ref == f"A{head[0].row}:I{head[0].row + len(rows)}"
    fills = {row[0].value: row[0].fill.start_color.rgb for row in rows.values()}
    assert len(set(fills.values())) == len(fills) == 4
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_workbook_and_what_is_printed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "diff.xlsx"
    result = run("rules", "diff", *GRANTS, "-o", str(path), "--format", "json")
    assert json.loads(result.stdout)["a"] == "rsp-108-2"
    refused = run("rules", "diff", *GRANTS, "-o", str(path))
    assert (refused.exit_code, refused.stderr) == (
        2,
        f"Error: {path} exists already; choose another name or add --force.\n",
    )
    assert run("rules", "diff", *GRANTS, "-o", str(path), "--force", "--format", "xlsx").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Name two programmes; “grantcalc programmes” lists them."),
        (["fsp-113"], "Name two programmes; “grantcalc programmes” lists them."),
        (["fsp-113", "dapc-113", "x"], "Too many arguments: x."),
        (["fsp-113", "fsp-112"], "there is no programme “fsp-112”; known: "),
        ([*GRANTS, "--format", "xlsx"], "--format xlsx needs -o FILE.xlsx."),
        ([*GRANTS, "-o", "diff.csv"], "diff.csv: the comparison is written as .xlsx; end the name with .xlsx."),
        ([*GRANTS, "-o", "nowhere/diff.xlsx"], "The folder of nowhere/diff.xlsx does not exist."),
        ([*GRANTS, "--format", "html"], "“html” is none of: table, json, xlsx."),
    ],
)
def test_wrong_use(run: Run, arguments: list[str], message: str) -> None:
    result = run("rules", "diff", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_help(run: Run) -> None:
    shown = run("rules", "diff", "--help").stdout
    assert shown.startswith("Usage: grantcalc rules diff [OPTIONS] A B\n")
    assert "--all" in shown
    assert "rules diff A B" in " ".join(run("rules", "--help").stdout.split())


def test_the_other_uses_of_rules_stay(run: Run) -> None:
    assert run("rules", "fsp-113/unit-price").exit_code == 0
    assert run("rules", "fsp-113", "--format", "json").exit_code == 0
    assert run("rules", "different").exit_code == 2
