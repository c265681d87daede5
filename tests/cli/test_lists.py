"""``programmes``, ``rules``, ``tables``, ``insurance``, ``staffing``: JSON forms and words in both languages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from grantcalc.tabledata import default_directory

from .conftest import Run, RunJson


def test_programmes(run: Run, run_json: RunJson) -> None:
    found = {entry["programme"]: entry for entry in run_json("programmes")["programmes"]}
    assert list(found) == ["dapc-113", "fsp-113", "rsp-108-1a", "rsp-108-1b", "rsp-108-1c", "rsp-108-2", "rsp-108-3"]
    fsp = found["fsp-113"]
    assert (fsp["year"], fsp["source"]) == (113, "FSP-113")
    assert fsp["period"] == {"start": "2024-01-01", "end": "2024-12-31"}
    rsp = found["rsp-108-1b"]
    assert (rsp["year"], rsp["source"]) == (108, "RSP-108")
    assert rsp["period"] == {"start": "2019-01-01", "end": "2019-12-31"}
    assert "108年1月1日至108年12月31日" in run("programmes", lang="zh-TW").stdout
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
    part_month = by_id["common/part-month"]
    assert part_month["programmes"] == [
        "dapc-113",
        "fsp-113",
        "rsp-108-1a",
        "rsp-108-1b",
        "rsp-108-1c",
        "rsp-108-2",
        "rsp-108-3",
    ]
    # Every document that the versions cite; the outcome of most programmes.
    assert {citation["source"] for citation in part_month["citations"]} == {"DAPC-113", "FSP-113", "RSP-108"}
    assert by_id["draft/unknown-item"]["outcome"] == "error"


def test_rules_of_a_programme(run_json: RunJson) -> None:
    rules = run_json("rules", "dapc-113")["rules"]
    assert rules
    assert all("dapc-113" in rule["programmes"] for rule in rules)


def test_a_programme_shows_its_own_versions(run_json: RunJson) -> None:
    def version(programme: str, rule_id: str) -> dict[str, Any]:
        (found,) = (rule for rule in run_json("rules", programme)["rules"] if rule["rule"] == rule_id)
        return dict(found)

    part_month = version("rsp-108-1b", "common/part-month")
    assert part_month["citations"] == [{"source": "RSP-108", "section": "附件一 一2"}]
    assert len(part_month["programmes"]) == 7
    uses = version("rsp-108-1b", "rsp-108/management-uses")
    assert uses["citations"] == [{"source": "RSP-108", "section": "附件二 管理費"}]
    outcomes = {name: version(name, "draft/unknown-item")["outcome"] for name in ("dapc-113", "fsp-113", "rsp-108-1b")}
    assert outcomes == {"dapc-113": "review", "fsp-113": "error", "rsp-108-1b": "error"}


def test_the_versions_of_a_rule(run: Run, run_json: RunJson) -> None:
    (rule,) = run_json("rules", "rsp-108/management-uses")["rules"]
    assert [(version["programmes"], version["citations"][0]["section"]) for version in rule["versions"]] == [
        (["rsp-108-1a", "rsp-108-2", "rsp-108-3"], "附件一 管理費"),
        (["rsp-108-1b", "rsp-108-1c"], "附件二 管理費"),
    ]
    shown = run("rules", "rsp-108/management-uses", lang="zh-TW").stdout
    assert "\n依據（rsp-108-1a、rsp-108-2、rsp-108-3）：RSP-108 附件一 管理費\n" in shown
    assert "\n依據（rsp-108-1b、rsp-108-1c）：RSP-108 附件二 管理費\n" in shown
    # What is the same in all of them stands once, for nobody in particular.
    assert "\n不符時：人工審查\n" in shown


def test_a_reader_of_one_programme_reads_no_other(run_json: RunJson) -> None:
    def clause(programme: str, rule_id: str) -> str:
        (rule,) = run_json("rules", rule_id)["rules"]
        (version,) = (version for version in rule["versions"] if programme in version["programmes"])
        return str(version["clause"])

    assert "34,000" not in clause("rsp-108-1b", "rsp-108/post-pay")
    assert "20,000" not in clause("rsp-108-2", "rsp-108/post-pay")
    assert "lan 2" not in clause("rsp-108-1b", "rsp-108/applicant")
    assert clause("rsp-108-3", "rsp-108/applicant") == "A municipality or a county government."
    assert "150" not in clause("rsp-108-1a", "rsp-108/workload")
    assert "anti-drug fund" not in clause("rsp-108-1c", "rsp-108/credit-line")
    assert "centre" not in clause("rsp-108-1c", "rsp-108/route")
    assert "national body" not in clause("rsp-108-3", "rsp-108/route")


def test_price_floors_are_shown(run: Run, run_json: RunJson) -> None:
    (rule,) = run_json("rules", "rsp-108/price-floor")["rules"]
    assert [value["value"] for value in rule["values"]["rsp-108-2"]] == [810, 1020]
    assert (
        "\n  at least NT$810 — Translation into Chinese [RSP-108 附件一 十九]\n"
        in run("rules", "rsp-108/price-floor").stdout
    )


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


def test_units_of_rows_are_in_words(run: Run) -> None:
    shown = run("tables", "rsp-108/limits", lang="zh-TW").stdout
    assert "  6,400  元／人月  " in shown
    assert "      3  年  " in shown
    assert "TWD" not in shown
    assert "TWD/period" in run("tables", "common/fees").stdout


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


def test_insurance_of_108_below_the_lowest_grade(run: Run) -> None:
    result = run("insurance", "10000", "--year", "108", "--industry", "51")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: NT$10,000 a month is below the lowest full-time grade of ROC year 108 (NT$23,100); the part-time "
        "grades of that year are not known.\n"
    )
    chinese = run("insurance", "10000", "--year", "108", lang="zh-TW").stderr
    assert chinese == "錯誤：月薪10,000元低於民國108年全時工作者最低級距（23,100元）；該年度部分工時級距不詳。\n"


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
