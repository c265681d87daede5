"""``programmes``, ``rules``, ``tables``, ``insurance``, ``staffing``: JSON forms and words in both languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from grantcalc.tabledata import default_directory

from .conftest import Run, RunJson


def test_programmes(run: Run, run_json: RunJson) -> None:
    found = {entry["programme"]: entry for entry in run_json("programmes")["programmes"]}
    assert {"dapc-113", "fsp-113"} <= set(found)
    fsp = found["fsp-113"]
    assert (fsp["year"], fsp["source"]) == (113, "FSP-113")
    assert fsp["period"] == {"start": "2024-01-01", "end": "2024-12-31"}
    assert "113年1月1日至113年12月31日" in run("programmes", lang="zh-TW").stdout
    assert "2024-01-01 to 2024-12-31" in run("programmes").stdout


def test_rules_lists_each_rule_once(run_json: RunJson) -> None:
    rules = run_json("rules")["rules"]
    ids = [rule["rule"] for rule in rules]
    assert len(ids) == len(set(ids))
    by_id = {rule["rule"]: rule for rule in rules}
    fee = by_id["fsp-113/management-fee"]
    assert set(fee) == {"rule", "programmes", "outcome", "title", "citations", "interpretation"}
    assert (fee["programmes"], fee["outcome"]) == (["fsp-113"], "error")
    assert {"source": "FSP-113", "section": "附件2 四"} in fee["citations"]
    assert by_id["common/part-month"]["programmes"] == ["dapc-113", "fsp-113"]


def test_rules_of_a_programme(run_json: RunJson) -> None:
    rules = run_json("rules", "dapc-113")["rules"]
    assert rules
    assert all("dapc-113" in rule["programmes"] for rule in rules)


def test_one_rule_in_full(run: Run, run_json: RunJson) -> None:
    (rule,) = run_json("rules", "fsp-113/management-fee")["rules"]
    (value,) = rule["values"]["fsp-113"]
    assert (value["value"], value["citation"]["section"]) == ("0.10", "附件2 四")
    english = run("rules", "fsp-113/management-fee").stdout
    assert "Rule: fsp-113/management-fee\n" in english
    assert "\n  10% — Of the approved current expenses" in english
    chinese = run("rules", "fsp-113/management-fee", lang="zh-TW").stdout
    assert "規則：fsp-113/management-fee\n" in chinese
    assert "適用計畫：fsp-113\n" in chinese


def test_price_caps_are_shown_with_their_sections(run: Run) -> None:
    assert (
        "\n  2,000元　團體帶領費〔FSP-113 附件2 支用項目：團體帶領費〕\n"
        in run("rules", "fsp-113/unit-price", lang="zh-TW").stdout
    )


def test_interpretation_is_shown(run: Run) -> None:
    shown = run("rules", "dapc-113/double-subsidy", lang="zh-TW").stdout
    assert "\n採行解釋：" in shown
    assert "\n未採解釋：" in shown


def test_unknown_rule(run: Run) -> None:
    result = run("rules", "fsp-113/management-fees")
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "Error: There is no rule or programme “fsp-113/management-fees”; “grantcalc rules” lists them. "
        "Did you mean fsp-113/management-fee"
    )


def test_tables(run_json: RunJson) -> None:
    found = {entry["table"]: entry for entry in run_json("tables")["tables"]}
    assert found["dapc-113/allocation"]["source"] == "DAPC-113 附件六"
    assert set(found["dapc-113/allocation"]) == {"table", "title", "source"}


def test_one_table(run: Run, run_json: RunJson) -> None:
    found = run_json("tables", "dapc-113/allocation")
    assert found["table"] == "dapc-113/allocation"
    assert (found["source"]["source"], found["source"]["section"]) == ("DAPC-113", "附件六")
    assert [column["name"] for column in found["columns"]] == ["county", "personnel", "operations", "total"]
    assert len(found["rows"]) == 22
    assert found["rows"][0] == {"county": "新北市", "personnel": 59034000, "operations": 12450000, "total": 71484000}
    assert "481,089,784" in run("tables", "dapc-113/allocation").stdout
    assert "原表合計" in run("tables", "dapc-113/allocation", lang="zh-TW").stdout


def test_decimals_are_strings(run_json: RunJson) -> None:
    rows = run_json("tables", "fsp-113/limits")["rows"]
    assert next(row["value"] for row in rows if row["key"] == "management-fee-share") == "0.10"


def test_unknown_table(run: Run) -> None:
    result = run("tables", "allocation")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: There is no table “allocation”; “grantcalc tables” lists them. Did you mean dapc-113/allocation?\n"
    )


def test_verify(run: Run, run_json: RunJson) -> None:
    found = run_json("tables", "verify")
    assert found["differences"] == []
    assert len(found["known"]) == 26
    assert found["checks"] == found["agree"] + 26
    assert "已知差異26項、其他不符0項。" in run("tables", "verify", lang="zh-TW").stdout
    assert "26 known differences, 0 others." in run("tables", "verify").stdout


def test_verify_fails_on_a_changed_number(run: Run, tmp_path: Path) -> None:
    directory = tmp_path / "tables"
    shutil.copytree(default_directory(), directory)
    path = directory / "dapc-113" / "allocation.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("71484000", "71484001"), encoding="utf-8")
    result = run("--tables", str(directory), "tables", "verify", "--format", "json")
    assert result.exit_code == 1
    assert [entry["place"] for entry in json.loads(result.stdout)["differences"]] == ["total:total", "新北市:total"]


def test_insurance(run: Run, run_json: RunJson) -> None:
    found = run_json("insurance", "37765", "--year", "113", "--industry", "51")
    assert found["year"] == 113
    assert found["employer"] == {
        "labour_ordinary": 2674 + 267,
        "employment": 267,
        "occupational": 42,
        "health": 1849,
        "pension": 2292,
        "total": 7391,
        "arrears_fund": 10,
    }
    assert found["employee"]["total"] == 840 + 76 + 592
    (total,) = (line for line in run("insurance", "37765").stdout.splitlines() if line.startswith("Total "))
    assert total.split() == ["Total", "NT$7,391", "NT$1,508"]
    assert "7,391元" in run("insurance", "37765", lang="zh-TW").stdout


def test_insurance_of_108_says_what_is_missing(run: Run, run_json: RunJson) -> None:
    found = run_json("insurance", "34916", "--year", "108")
    assert found["employer"]["occupational"] is None
    assert found["missing"] == ["occupational"]
    assert (
        "合計未含職業災害保險：民國108年之行業別費率不詳。"
        in run("insurance", "34916", "--year", "108", lang="zh-TW").stdout
    )


def test_insurance_of_another_year(run: Run) -> None:
    result = run("insurance", "37765", "--year", "114")
    assert result.exit_code == 2
    assert result.stderr == "Error: There are no insurance grades and rates of ROC year 114; known: 108, 113.\n"


def test_staffing_of_a_county(run: Run, run_json: RunJson) -> None:
    (county,) = run_json("staffing", "嘉義縣")["counties"]
    assert (county["county"], county["cases"], county["fiscal_tier"]) == ("嘉義縣", 807, 5)
    assert county["formula"] == {"case_managers": 27, "senior": 5, "supervisors": 4, "project_managers": 2}
    assert county["approved"] == {
        "case_managers": 27,
        "senior": 0,
        "supervisors": 4,
        "project_managers": 2,
        "posts": 31,
    }
    assert (county["planned"], county["ratio"], county["verdict"]) == (None, "6.75", "approved")
    assert "判定：依核定配置" in run("staffing", "台東縣", lang="zh-TW").stdout
    assert "County: Chiayi County" in run("staffing", "Chiayi County").stdout


def test_staffing_splits(run_json: RunJson) -> None:
    def verdict(county: str, managers: int, supervisors: int) -> str:
        numbers = ("--case-managers", str(managers), "--supervisors", str(supervisors))
        return str(run_json("staffing", county, *numbers)["counties"][0]["verdict"])

    assert [verdict("彰化縣", *split) for split in ((11, 3), (11, 2), (13, 1), (12, 2))] == [
        "below",
        "unfilled",
        "within",
        "approved",
    ]
    assert [verdict("嘉義縣", *split) for split in ((26, 5), (25, 4), (28, 3), (28, 4), (31, 0))] == [
        "below",
        "unfilled",
        "within",
        "over-approved",
        "no-supervisor",
    ]


def test_staffing_of_all_counties(run: Run, run_json: RunJson) -> None:
    found = run_json("staffing")
    assert len(found["counties"]) == 22
    assert found["totals"]["cases"] == 21678
    assert found["totals"]["approved"] == {
        "case_managers": 662,
        "senior": 92,
        "supervisors": 93,
        "project_managers": 38,
        "posts": 755,
    }
    assert "21,676" in run("staffing", lang="zh-TW").stdout


def test_staffing_with_other_cases(run_json: RunJson) -> None:
    (county,) = run_json("staffing", "連江縣", "--cases", "300")["counties"]
    assert county["formula"] == {"case_managers": 10, "senior": 2, "supervisors": 1, "project_managers": 1}


def test_staffing_refusals(run: Run) -> None:
    assert run("staffing", "--cases", "30").stderr == (
        "Error: --cases, --case-managers and --supervisors need a county.\n"
    )
    result = run("staffing", "嘉儀縣")
    assert result.exit_code == 2
    assert "Did you mean 嘉義縣" in result.stderr
