"""Facts of the plan: programme, county, applicant, period, sums of the cover; what is not stated stays absent."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from grantcalc.draft.choices import ApplicantKind
from grantcalc.draft.model import Recognition
from grantcalc.reading.county.cover import read_facts
from grantcalc.reading.county.planfacts import Asked, Facts
from grantcalc.reading.county.texts import Outside
from grantcalc.reading.problems import Sink
from grantcalc.rules.library import Library
from grantcalc.text import Language, Tongue
from tests.county.grids import Rows, book

FSP_TITLE = "嘉義縣政府113年度藥癮者家庭支持服務及資源培力計畫經費概算表"


@cache
def library() -> Library:
    return Library()


def facts_of(rows: Rows, name: str = "經費表.xlsx", asked: Asked | None = None, folder: str = "送審") -> Facts:
    made = book({"工作表1": rows})
    everything = Outside.of(made, ())
    return read_facts(everything, everything, made, library(), Path("/x") / folder / name, asked or Asked(), Sink(name))


def told(facts: Facts, name: str) -> list[Recognition]:
    return [
        one for one in facts.sink.recognitions if one.place.path.partition(".")[0] == name or one.place.path == name
    ]


def said(facts: Facts) -> list[str]:
    speak = Language(Tongue.EN)
    return [speak(one.message) for one in facts.sink.recognitions]


def test_a_title_tells_programme_county_applicant_and_plan() -> None:
    facts = facts_of([[FSP_TITLE]])
    assert facts.programme == "fsp-113"
    assert facts.values["county"] == "嘉義縣"
    assert facts.values["applicant"] == "嘉義縣政府"
    assert facts.values["applicant_kind"] == ApplicantKind.COUNTY_GOVERNMENT.value
    assert facts.values["title"] == "嘉義縣政府113年度藥癮者家庭支持服務及資源培力計畫"
    assert facts.cells["county"] == ("工作表1", "A1")
    assert all(one.sure for name in ("programme", "county", "applicant", "title") for one in told(facts, name))


def test_what_is_not_stated_stays_absent_and_is_told() -> None:
    facts = facts_of([["113年度藥癮者家庭支持服務及資源培力計畫"]])
    assert not {"county", "applicant", "applicant_kind", "period.start", "funding.subsidy"} & set(facts.values)
    unsure = [one.place.path for one in facts.sink.recognitions if not one.sure]
    assert unsure == ["county", "applicant_kind", "period"]
    assert "The period is not stated; the programme's is assumed: 2024-01-01 to 2024-12-31." in said(facts)


def test_the_year_tells_programmes_of_one_name_apart() -> None:
    assert facts_of([["臺北市108年度藥癮者家庭支持服務及資源培力計畫"]]).programme == "rsp-108-2"
    assert (
        facts_of([["臺北市藥癮者家庭支持服務及資源培力計畫"], ["辦理期間：113年1月1日至113年12月31日"]]).programme
        == "fsp-113"
    )
    open_ = facts_of([["臺北市藥癮者家庭支持服務及資源培力計畫"]])
    assert open_.programme is None
    (problem,) = open_.sink.problems
    assert Language(Tongue.EN)(problem.message) == (
        "The file does not say for which programme it is; "
        "“臺北市藥癮者家庭支持服務及資源培力計畫” fits: Family support services and resource development for addicts, "
        "2024 (ROC 113), Reintegration services, 2019 (ROC 108), plan 2: family support services and resource "
        "development."
    )
    assert Language(Tongue.EN)(problem.hint) == "Or give one of them with --programme: fsp-113, rsp-108-2."


@pytest.mark.parametrize(
    ("title", "programme"),
    [
        ("113年度毒品危害防制中心工作暨衛生福利部補助辦理藥癮者處遇計畫", "dapc-113"),
        ("108年辦理藥、酒癮者復歸社會服務方案", "rsp-108-1a"),
        ("建立民間組織處遇人員培訓制度", "rsp-108-1b"),
        ("民間組織培力及成效評估計畫", "rsp-108-1c"),
        ("108年度兒少拒毒預防個案輔導及家長親職教育計畫", "rsp-108-3"),
    ],
)
def test_signs_of_every_programme(title: str, programme: str) -> None:
    assert facts_of([[title]]).programme == programme


def test_another_year_is_for_a_person_to_look_at() -> None:
    facts = facts_of([["嘉義縣114年度兒少拒毒預防個案輔導計畫"]])
    assert facts.programme == "rsp-108-3"
    assert [one.sure for one in told(facts, "programme")] == [False, False]


def test_nothing_tells_the_programme() -> None:
    facts = facts_of([["嘉義縣政府經費概算表"]])
    (problem,) = facts.sink.problems
    assert problem.hint is not None
    assert "--programme" in Language(Tongue.EN)(problem.hint)
    assert "--" not in Language(Tongue.EN)(problem.remedy)


def test_file_and_folder_tell_less_surely() -> None:
    facts = facts_of([["經費概算表"]], name="雲林縣113年家庭支持服務及資源培力.xlsx")
    assert (facts.programme, facts.values["county"]) == ("fsp-113", "雲林縣")
    assert [one.score for one in told(facts, "county")] == [90]
    by_folder = facts_of([["113年藥癮者家庭支持"]], folder="雲林縣")
    assert [(one.score, one.sure) for one in told(by_folder, "county")] == [(80, False)]


def test_a_short_name_of_a_county_is_a_guess_and_an_ambiguous_one_none() -> None:
    guess = facts_of([["基隆毒防中心113年度藥癮者家庭支持計畫"]])
    assert guess.values["county"] == "基隆市"
    assert [one.sure for one in told(guess, "county")] == [False]
    assert "county" not in facts_of([["嘉義113年度藥癮者家庭支持計畫"]]).values


def test_several_counties_in_titles_are_none() -> None:
    facts = facts_of([["113年度藥癮者家庭支持計畫"], ["服務計畫範圍：臺北市、新北市"]])
    assert "county" not in facts.values
    assert "Several counties are named: 臺北市, 新北市; none is taken." in said(facts)


def test_the_file_name_says_another_county() -> None:
    facts = facts_of([[FSP_TITLE]], name="雲林縣.xlsx")
    assert facts.values["county"] == "嘉義縣"
    assert "County: 嘉義縣 is taken, but “雲林縣.xlsx” says otherwise." in said(facts)


def test_labels_with_values_in_one_cell_or_beside() -> None:
    facts = facts_of(
        [
            ["113年度藥癮者家庭支持服務及資源培力計畫 經費概算表"],
            ["申請單位：台中市政府社會局　　填表日期：112年9月20日"],
            ["計 畫 期 程", None, "113年2月1日至113年12月31日"],
            ["申請補助經費(元)", 970328],
            ["自籌款：", "0元"],
            ["計畫總經費：新臺幣970,328元整"],
            ["其他單位補助：0元"],
            ["服務個案數", "60人"],
        ]
    )
    assert facts.values["applicant"] == "台中市政府社會局"
    assert facts.values["county"] == "臺中市"
    assert facts.values["applicant_kind"] == "county-government"
    assert facts.values["filed_on"] == dt.date(2023, 9, 20)
    assert facts.values["period.start"] == dt.date(2024, 2, 1)
    assert facts.values["funding.subsidy"] == 970328
    assert facts.cells["funding.subsidy"] == ("工作表1", "B4")
    assert facts.values["funding.own"] == 0
    assert (facts.grand, facts.cells["totals.grand"]) == (970328, ("工作表1", "A6"))
    assert facts.values["caseload.cases"] == 60
    assert not facts.other
    assert not [one for one in facts.sink.recognitions if not one.sure]


def test_a_sum_that_cannot_be_read_is_told_and_absent() -> None:
    facts = facts_of([[FSP_TITLE], ["自籌款：依規定辦理"]])
    assert "funding.own" not in facts.values
    assert "Own funds: “依規定辦理” could not be read." in said(facts)


def test_a_fact_stated_twice_otherwise() -> None:
    facts = facts_of([[FSP_TITLE], ["自籌款：100元"], ["自籌款：200元"], ["自籌款：100元"]])
    assert facts.values["funding.own"] == 100
    assert "Own funds is stated again: “200元”; 100 is taken." in said(facts)


def test_a_private_body_is_a_guess() -> None:
    facts = facts_of([["財團法人希望基金會"], ["108年辦理藥、酒癮者復歸社會服務方案"]])
    assert facts.values["applicant"] == "財團法人希望基金會"
    assert facts.values["applicant_kind"] == "private-body"
    assert [one.sure for one in told(facts, "applicant_kind")] == [False]


def test_what_is_given_stands_before_what_the_file_says() -> None:
    facts = facts_of([[FSP_TITLE]], asked=Asked(programme="dapc-113", county="雲林縣"))
    assert (facts.programme, facts.values["county"]) == ("dapc-113", "雲林縣")
    assert any("says otherwise" in text for text in said(facts))


def test_a_period_in_a_remark_is_a_guess() -> None:
    facts = facts_of([[FSP_TITLE], ["本計畫自113年3月1日起至113年12月31日止辦理"]])
    assert facts.values["period.start"] == dt.date(2024, 3, 1)
    assert [one.sure for one in told(facts, "period")] == [False]
