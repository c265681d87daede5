"""``grantcalc pay``: the figures of the documents, dates in both calendars, refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, RunJson

FULL = ("--education", "master", "--licence", "social-worker", "--licence", "specialist-social-worker", "--step", "3")


def values(tree: dict[str, Any]) -> list[Any]:
    return [part["value"] for part in tree["inputs"]]


def test_social_worker_with_everything(run_json: RunJson) -> None:
    found = run_json("pay", "social-worker", "--programme", "fsp-113", *FULL)
    assert {name: found[name] for name in ("monthly", "months", "bonus", "annual", "points")} == {
        "monthly": 48765,
        "months": "13.5",
        "bonus": 73148,  # 48,765 × 1.5 = 73,147.5
        "annual": 658328,
        "points": None,
    }
    tree = found["explanation"]
    assert (tree["value"], values(tree)) == (658328, [585180, 73148])
    monthly = tree["inputs"][0]["inputs"][0]
    assert (monthly["value"], values(monthly)) == (48765, [37765, 3000, 2000, 4000, 2000])
    assert monthly["inputs"][0]["citation"] == {"source": "FSP-113", "section": "附表1"}


@pytest.mark.parametrize("start", ["2024-03-16", "113/3/16", "113.3.16", "1130316", "民國113年3月16日"])
def test_joined_in_march(run_json: RunJson, start: str) -> None:
    found = run_json("pay", "social-worker", "--programme", "fsp-113", "--start", start)
    assert (found["start"], found["monthly"], found["bonus"], found["annual"]) == ("2024-03-16", 37765, 47206, 406583)
    assert values(found["explanation"]) == [339885, 19492, 47206]


def test_hired_earlier_keeps_the_bonus(run_json: RunJson) -> None:
    found = run_json("pay", "social-worker", "--start", "2024-03-16", "--hired-on", "112/7/1")
    assert found["bonus"] == 56648  # 37,765 × 1.5 = 56,647.5


def test_left_before_december(run_json: RunJson) -> None:
    found = run_json("pay", "social-worker", "--end", "2024-11-30")
    assert (found["months"], found["bonus"], found["annual"]) == (11, 0, 415415)


def test_highest_pay(run_json: RunJson) -> None:
    most = (*FULL[:-1], "7", "--risk", "assessed")
    assert run_json("pay", "social-worker", *most)["monthly"] == 53765
    assert run_json("pay", "social-work-supervisor", *most)["monthly"] == 60239


def test_project_manager(run_json: RunJson) -> None:
    found = run_json("pay", "project-manager", "--programme", "dapc-113", "--education", "master", "--points", "344")
    assert (found["monthly"], found["points"]) == (46440, 344)
    lowest = run_json("pay", "project-manager", "--education", "bachelor")
    assert (lowest["monthly"], lowest["points"]) == (37800, 280)


def test_stated_months(run_json: RunJson) -> None:
    found = run_json("pay", "social-worker", *FULL, "--months", "13.5")
    assert (found["annual"], found["bonus"]) == (658328, None)


def test_stated_pay(run_json: RunJson) -> None:
    found = run_json("pay", "case-manager", "--programme", "dapc-113", "--monthly", "37765", "--start", "113/3/16")
    assert found["annual"] == 406583


def test_pay_table(run_json: RunJson, tmp_path: Path) -> None:
    path = tmp_path / "scale.csv"
    path.write_text(
        "role,education,step,points,point_value,effective_from,source\n"
        "case-manager,bachelor,1,296,130,2023-01-01,表33\n"
        "case-manager,bachelor,1,296,135,2024-01-01,表33\n",
        encoding="utf-8",
    )
    found = run_json("pay", "case-manager", "--programme", "dapc-113", "--pay-table", str(path))
    assert (found["monthly"], found["points"]) == (39960, 296)


def test_workplace(run_json: RunJson) -> None:
    assert run_json("pay", "social-worker", "--workplace", "金門縣金湖鎮")["workplace"] == {
        "standing": "zone",
        "zone": "island-3",
        "monthly": 9790,
    }
    assert run_json("pay", "social-worker", "--workplace", "嘉義縣太保市")["workplace"]["monthly"] is None


def test_arithmetic_is_shown(run: Run) -> None:
    result = run("pay", "social-worker", "--start", "113/3/16")
    assert result.exit_code == 0
    assert "Pay in all: NT$406,583\n" in result.stdout
    assert "part of a month: 16 of 31 days from 2024-03-16 to 2024-03-31 = NT$19,492" in result.stdout
    chinese = run("pay", "social-worker", "--start", "113/3/16", lang="zh-TW").stdout
    assert "薪資合計：406,583元\n" in chinese
    assert "年終獎金：47,206元\n" in chinese


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["case-manager", "--programme", "dapc-113"],
            "The pay of a case manager stands in another document than that of dapc-113; give it by --pay-table "
            "FILE.csv, or the amount by --monthly.",
        ),
        (
            ["project-manager", "--points", "345"],
            "345 is no point of the pay scale; its points are 280, 296, 312, 328, 344, 360, 376, 392, 408, 424.",
        ),
        (
            ["project-manager", "--points", "376", "--education", "bachelor"],
            "376 points are outside the range of the degree bachelor: 280 to 360.",
        ),
        (
            ["project-manager", "--education", "college"],
            "A project manager needs one of these degrees: bachelor, master; give it by --education.",
        ),
        (["social-worker", "--step", "8"], "There is no step 8 in the pay scale; its steps are 0 to 7."),
        (
            ["social-worker", "--start", "2025-01-01"],
            "2025-01-01 lies outside the period of fsp-113, 2024-01-01 to 2024-12-31.",
        ),
        (
            ["social-worker", "--start", "113/3/2", "--end", "113/3/1"],
            "The last day 2024-03-01 lies before the first day 2024-03-02.",
        ),
        (
            ["social-worker", "--programme", "dapc-113"],
            "dapc-113 has no post of a social worker; its posts are: case manager, senior case manager, supervisor, "
            "project manager.",
        ),
        (["social-worker", "--months", "many"], "“many” is no number of months; write for example 13.5."),
    ],
)
def test_refusals(run: Run, arguments: list[str], message: str) -> None:
    result = run("pay", *arguments)
    assert result.exit_code == 2
    assert result.stderr == f"Error: {message}\n"


def test_a_date_that_is_none(run: Run) -> None:
    result = run("pay", "social-worker", "--start", "113/13/1", lang="zh-TW")
    assert result.exit_code == 2
    assert "「113/13/1」不是日期；請寫成 113/3/16、1130316 或 2024-03-16。" in result.stderr


def test_names_in_either_language(run: Run, run_json: RunJson) -> None:
    code = run_json("pay", "social-worker", *FULL, "--risk", "assessed")
    chinese = ("--education", "碩士", "--licence", "社工師執照", "--licence", "專科社工師證書", "--step", "3")
    assert run_json("pay", "社工人員", *chinese, "--risk", "符合風險評估標準") == code
    english = ("--education", "Master", "--licence", "social-worker licence", "--step", "3")
    assert run_json("pay", "social worker", *english)["monthly"] == 46765  # 37,765 + 3,000 + 2,000 + 4,000
    refused = run("pay", "社工", lang="zh-TW")
    assert refused.exit_code == 2
    assert "錯誤：'職稱' 之值不正確：「社工」不在可選項目之內：個案管理人員、資深個管、" in refused.stderr


def test_help_shows_the_names_and_an_example(run: Run) -> None:
    chinese = run("pay", "--help", lang="zh-TW").stdout
    assert chinese.startswith("用法： grantcalc pay [選項] 職稱\n")
    assert "範例：grantcalc pay 社工人員 --education 碩士" in chinese
    assert "最高學歷：高中職、專科、學士、碩士、博士。" in chinese
    english = run("pay", "--help").stdout
    assert "Example: grantcalc pay social-worker --education master" in english
    assert english.isascii()


def test_points_that_play_no_part_are_refused(run: Run) -> None:
    result = run("pay", "social-worker", "--points", "300")
    assert result.exit_code == 2
    assert (
        "The pay of a social worker of fsp-113 does not depend on pay points; leave out --points 300." in result.stderr
    )


def test_part_months_are_shown_exactly(run: Run) -> None:
    shown = run("pay", "社工人員", "--start", "113/3/16", lang="zh-TW").stdout
    assert "= 37,765元 × 16/31個月（四捨五入） 〔FSP-113 附件2 一、備註3(5)〕\n" in shown
    assert "薪資月數（含年終獎金）：≈ 10.77個月\n" in shown


@pytest.mark.parametrize(
    ("arguments", "points", "monthly"),
    [
        (["case-manager", "--programme", "rsp-108-2", "--education", "bachelor", "--step", "9"], 345, 43022),
        (["supervisor", "--programme", "rsp-108-3", "--education", "bachelor", "--step", "4"], 325, 40528),
        (
            ["supervisor", "--programme", "rsp-108-1a", "--education", "bachelor", "--step", "4", "--licence",
             "social-worker"],
            340,
            42398,
        ),
        (
            ["case-manager", "--programme", "rsp-108-1a", "--education", "master", "--step", "9", "--licence",
             "psychologist"],
            375,
            46763,
        ),
        (["case-manager", "--programme", "rsp-108-2", "--education", "doctorate"], 280, 34916),
        (["supervisor", "--programme", "rsp-108-2", "--education", "master"], 340, 42398),
        (["full-time"], None, 34000),
        (["project-staff", "--education", "senior-high"], None, 25000),
        (["project-staff", "--education", "bachelor"], None, 28000),
        (["principal-investigator"], None, 20000),
        (["part-time-assistant", "--programme", "rsp-108-1c"], None, 10000),
    ],
)  # fmt: skip
def test_pay_of_reintegration_services(
    run_json: RunJson, arguments: list[str], points: int | None, monthly: int
) -> None:
    found = run_json("pay", *arguments)
    assert (found["points"], found["monthly"]) == (points, monthly)


def test_points_of_a_step_are_shown(run_json: RunJson, run: Run) -> None:
    asked = ("pay", "supervisor", "--programme", "rsp-108-2", "--education", "bachelor", "--step", "4")
    asked = (*asked, "--licence", "psychologist", "--start", "108/3/16", "--end", "108/11/30")
    found = run_json(*asked)
    # 8 × 42,398 = 339,184; 42,398 × 16 ÷ 31 = 21,882.8; not in post on 1 December: no bonus
    assert (found["start"], found["end"], found["bonus"], found["annual"]) == ("2019-03-16", "2019-11-30", 0, 361067)
    monthly = found["explanation"]["inputs"][0]["inputs"][0]
    assert (monthly["value"], values(monthly), values(monthly["inputs"][0])) == (42398, [340, "124.7"], [295, 30, 15])
    shown = run(*asked, lang="zh-TW").stdout
    assert "薪點：340\n" in shown
    assert "第4階、學士 = 295薪點 〔RSP-108 附表1〕" in shown


def test_a_full_time_assistant_by_a_table(run_json: RunJson, tmp_path: Path) -> None:
    path = tmp_path / "assistants.csv"
    path.write_text("role,education,amount,source\nfull-time-assistant,bachelor,36000,研究助理表\n", encoding="utf-8")
    asked = ("pay", "full-time-assistant", "--education", "bachelor", "--pay-table", str(path))
    assert run_json(*asked)["monthly"] == 36000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["case-manager"],
            "The role case manager stands in several programmes (dapc-113, rsp-108-1a, rsp-108-2, rsp-108-3); choose "
            "one by --programme.",
        ),
        (
            ["supervisor", "--programme", "rsp-108-2", "--education", "master", "--step", "3"],
            "There is no step 3 in the pay scale; its steps are 4 to 9.",
        ),
        (
            ["case-manager", "--programme", "rsp-108-2", "--education", "master", "--step", "10"],
            "There is no step 10 in the pay scale; its steps are 1 to 9.",
        ),
        (
            ["case-manager", "--programme", "rsp-108-2", "--education", "college"],
            "A case manager needs one of these degrees: bachelor, master; give it by --education.",
        ),
        (
            ["case-manager", "--programme", "rsp-108-2", "--education", "master", "--points", "300"],
            "Degree, step and licences give the role case manager of rsp-108-2 280 points, not 300; leave out "
            "--points.",
        ),
        (
            ["project-staff"],
            "The pay of the role project staff depends on the degree (from senior high school: NT$25,000, from junior "
            "college: NT$28,000); give it by --education.",
        ),
        (
            ["co-investigator"],
            "The document of rsp-108-1b prints no rate for the role co-investigator; give the amount by --monthly.",
        ),
        (
            ["full-time-assistant", "--programme", "rsp-108-1c"],
            "The pay of a full-time research assistant stands in another document than that of rsp-108-1c; give it by "
            "--pay-table FILE.csv, or the amount by --monthly.",
        ),
    ],
)
def test_refusals_of_reintegration_services(run: Run, arguments: list[str], message: str) -> None:
    result = run("pay", *arguments)
    assert result.exit_code == 2
    assert result.stderr == f"Error: {message}\n"
