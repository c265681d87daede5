"""Scenarios from the approved posts of a county and from a draft, and what they take for granted."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from grantcalc.draft.model import Period, Role
from grantcalc.headcount.assumptions import assumptions_of
from grantcalc.headcount.build import from_county, from_draft
from grantcalc.headcount.model import Basis, Change, ChangeKind, Insured, PaySource, Scenario, Staff
from grantcalc.headcount.prepare import prepared
from grantcalc.headcount.run import Run, run
from grantcalc.headcount.scenario_file import read_scenario, save
from grantcalc.headcount.team import ScenarioError
from grantcalc.pay.paytable import read_pay_table
from grantcalc.reading import read
from grantcalc.rules.headcounts import CASE_MANAGERS
from grantcalc.rules.library import Library
from grantcalc.staffing import approved_posts
from grantcalc.text import Language

YEAR = Period(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31))
FILES = Path(__file__).parents[2] / "examples"
COUNTIES = [str(row["county"]) for row in Library().tables["dapc-113/approved_posts"].rows]

Built = Callable[[dict[str, Any]], Scenario]


def worked(scenario: Scenario, library: Library) -> Run:
    """The year of a scenario."""
    programme, _, stints = prepared(scenario, library)
    return run(scenario, stints, programme.bonus)


def said(scenario: Scenario, library: Library, english: Language) -> list[str]:
    """Its assumptions in English."""
    _, prices, stints = prepared(scenario, library)
    return [english(found.text) for found in assumptions_of(scenario, prices, stints)]


def test_a_county_by_hand(library: Library, english: Language) -> None:
    """21,093,000 ÷ (31 + 2) ÷ 13.5 = 47,346.8: 31 × (568,164 + 71,020.5 → 71,021), 2 × 37,800 × 13.5."""
    scenario = from_county("嘉義縣", library)
    assert [(member.role, member.count) for member in scenario.staff] == [
        (Role.CASE_MANAGER, 27),
        (Role.SUPERVISOR, 4),
        (Role.PROJECT_MANAGER, 2),
    ]
    assert (scenario.budget, scenario.insured, scenario.cases) == (21093000, Insured.INCLUDED, (807,) * 12)
    _, _, stints = prepared(scenario, library)
    assert [(stint.pay.middle, stint.pay.source) for stint in stints] == [
        (47347, PaySource.IMPLIED),
        (47347, PaySource.IMPLIED),
        (37800, PaySource.SCALE),
    ]
    found = worked(scenario, library)
    assert found.subsidised == 31 * 639185 + 2 * 510300 == 20835335
    assert found.left == 257665
    assert said(scenario, library, english) == [
        "The pay of these roles is not published (case manager, supervisor); the implied average is taken: "
        "NT$21,093,000 of approved personnel money ÷ 33 approved posts, project managers among them, ÷ 13.5 months of "
        "pay = NT$47,347 a month.",
        "No step or points are stated for 專管: the lowest of the scale is taken.",
        "The year-end bonus is paid in month 12 (bonus_month).",
        "The pay contains the employer's insurance: none is added to any post.",
        "The pay by a scale contains none: the insurance of project manager is not in the cost.",
        "The open cases of every month are the county's average of the table of approved posts, 807.",
        "The budget is the approved personnel money of 嘉義縣, NT$21,093,000.",
    ]


@pytest.mark.parametrize("county", COUNTIES)
def test_every_county(county: str, library: Library, tmp_path: Path, english: Language) -> None:
    """The approved posts in every month, inside the money unless the scale alone is above the average, and saved."""
    scenario = from_county(county, library)
    approved = approved_posts(county, library.tables)
    assert approved is not None
    found = worked(scenario, library)
    for row in found.months:
        assert (row.case_managers, row.supervisors) == (approved.case_managers, approved.supervisors)
        assert row.heads.get(Role.SENIOR_CASE_MANAGER, 0) == approved.senior
        assert row.heads.get(Role.PROJECT_MANAGER, 0) == approved.project_managers
    is_above = any("is above the implied average" in text for text in said(scenario, library, english))
    assert (found.left is not None and found.left < 0) == is_above
    save(scenario, tmp_path / "plan.toml", english)
    assert read_scenario(tmp_path / "plan.toml", library) == scenario


def test_no_approved_posts(library: Library, english: Language) -> None:
    """Only dapc-113 approves posts, of the 22 counties."""
    with pytest.raises(ScenarioError) as caught:
        from_county("嘉義縣", library, library.programme("fsp-113"))
    assert english(caught.value.text).startswith("No document in hand approves posts of 嘉義縣 for fsp-113")


def test_assumptions_of_stated_pay(library: Library, english: Language) -> None:
    """Stated, a range, and an average that insurance is added to."""
    scenario = from_county("嘉義縣", library)
    stated = evolve(
        scenario,
        pay=((Role.CASE_MANAGER, Basis(monthly=42000)), (Role.SUPERVISOR, Basis(monthly=(46000, 50000)))),
        insured=Insured.SUBSIDY,
        insurance=7000,
        cases=(800,) * 12,
        budget=None,
    )
    assert said(stated, library, english) == [
        "The pay of a case manager, NT$42,000 a month, is what the scenario states; no document in hand publishes it.",
        "The pay of a supervisor is a range that the scenario states, NT$46,000 to NT$50,000 a month; the middle is "
        "taken, for the insurance too.",
        "No step or points are stated for 專管: the lowest of the scale is taken.",
        "The year-end bonus is paid in month 12 (bonus_month).",
        "The insurance of NT$7,000 a person and month is what the scenario states.",
    ]
    double = said(evolve(scenario, insured=Insured.SUBSIDY), library, english)
    assert any(text.startswith("The implied average contains the employer's insurance, yet") for text in double)
    assert "The insurance is what the employer really pays a person and month; the subsidy bears it." in double
    assert "Occupational accident insurance is left out of the total: no industry number is given." in double


def test_what_is_left_open_is_told_of_everybody(library: Library, english: Language) -> None:
    """A range on a printed scale, the step of one hired and of one promoted, replacements, insurance not added."""
    first, last = YEAR.start, YEAR.end
    ranged = Staff(name="甲", role=Role.SOCIAL_WORKER, start=first, end=last, basis=Basis(monthly=(40000, 50000)))
    hired = Staff(name="乙", role=Role.SOCIAL_WORKER, start=dt.date(2024, 3, 1), end=last)
    changes = (
        Change(kind=ChangeKind.HIRE, date=hired.start, hired=hired),
        Change(kind=ChangeKind.REPLACE, who="甲", date=dt.date(2024, 6, 30)),
    )
    told = said(Scenario(programme="fsp-113", period=YEAR, staff=(ranged,), changes=changes), library, english)
    assert told[:3] == [
        "The pay of a social worker is a range that the scenario states, NT$40,000 to NT$50,000 a month; the middle is "
        "taken, for the insurance too.",
        "No step or points are stated for 乙: the lowest of the scale is taken.",
        "Who replaces others (甲) starts at the lowest step or points with the same degree and licences; a pay on no "
        "scale is taken over, without raises of the person.",
    ]
    county = from_county("嘉義縣", library)
    promoted = Change(kind=ChangeKind.PROMOTE, who="個管", date=first, count=1, role=Role.PROJECT_MANAGER)
    told = said(evolve(county, changes=(promoted,), insurance=6000), library, english)
    assert "No step or points are stated for 個管, 專管: the lowest of the scale is taken." in told
    assert "An insurance is stated as well; as the pay contains it (insured), what is stated is not added." in told


def test_insurance_of_108_lacks_a_part(library: Library, english: Language) -> None:
    """The industry rates of 108 are not in hand: the sum is too low, and that is told."""
    period = library.programme("rsp-108-2").period
    member = Staff(name="甲", role=Role.FULL_TIME, start=period.start, end=period.end)
    scenario = Scenario(programme="rsp-108-2", period=period, staff=(member,), insured=Insured.OWN)
    left_out = "Occupational accident insurance is left out of the total: the industry rates of ROC year 108 are not "
    assert f"{left_out}known." in said(scenario, library, english)


def test_a_pay_table_takes_the_place_of_the_average(library: Library, tmp_path: Path) -> None:
    """Nothing is implied any more, so no pay contains the insurance."""
    path = tmp_path / "pay.csv"
    path.write_text("role,amount,source\ncase-manager,41000,表33\nsupervisor,47000,表33\n", encoding="utf-8")
    table = read_pay_table(path)
    assert from_county("嘉義縣", library, pay_table=table).insured is Insured.SUBSIDY
    plan = tmp_path / "plan.toml"
    plan.write_text(
        'format = 1\nprogramme = "dapc-113"\ncounty = "嘉義縣"\n[[staff]]\nrole = "supervisor"\n', encoding="utf-8"
    )
    assert read_scenario(plan, library, table).insured is Insured.SUBSIDY
    assert read_scenario(plan, library).insured is Insured.INCLUDED


@pytest.fixture
def built(library: Library, tmp_path: Path) -> Built:
    """A scenario from a draft."""

    def build(draft: dict[str, Any]) -> Scenario:
        path = tmp_path / "draft.json"
        path.write_text(json.dumps(draft, ensure_ascii=False), encoding="utf-8")
        return from_draft(read(path, library), library)

    return build


def draft(programme: str, *positions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A draft with these posts."""
    return {
        "format": 1,
        "programme": programme,
        "county": "嘉義縣",
        "applicant_kind": "county-government",
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "positions": list(positions),
        "lines": [],
        **more,
    }


WORKER = {"ref": "P1", "person": "甲", "role": "social-worker", "step": 3, "monthly_pay": 40765, "months": 13.5}


def test_the_posts_of_a_draft(built: Built, library: Library) -> None:
    """Pay, dates, allowance, insurance and own parts as stated; the amounts are those of the draft's rules."""
    first = {**WORKER, "employer_insurance": 6000, "own_monthly_pay": 1000, "own_insurance": 1391, "count": 1}
    second = {
        "ref": "P2",
        "role": "social-work-supervisor",
        "education": "master",
        "monthly_pay": 46239,
        "start": "2024-03-16",
        "regional_allowance": 9790,
        "count": 2,
    }
    scenario = built(draft("fsp-113", first, second, title="計畫", caseload={"cases": 60}))
    assert (scenario.title, scenario.insured, scenario.budget, scenario.cases) == (
        "計畫",
        Insured.SUBSIDY,
        None,
        (60,) * 12,
    )
    one, two = scenario.staff
    assert (one.name, one.person, one.basis.monthly, one.basis.step) == ("甲", "甲", 40765, 3)
    assert (one.insurance, one.own_pay, one.own_insurance, one.bonus) == (6000, 1000, 1391, True)
    assert (two.name, two.person, two.count, two.start, two.insurance) == ("P2", None, 2, dt.date(2024, 3, 16), 0)
    found = worked(scenario, library)
    # 12 × 40,765 and 16/31 × 46,239 = 23,865.3, 9 × 46,239 of two
    assert found.total.pay == 489180 + 2 * (23865 + 416151)
    # 61,147.5 and 1.25 × 46,239 = 57,798.75 of two
    assert found.total.bonus == 61148 + 2 * 57799
    assert found.total.allowance == 10 * 9790 * 2
    assert found.total.insurance == 72000
    assert found.total.own == 13500 + 12 * 1391
    assert scenario.assumptions == ()


def test_posts_that_are_left_out(built: Built, english: Language) -> None:
    """Own posts, posts without a role, and dates outside the period: each is told."""
    scenario = built(
        draft(
            "fsp-113",
            WORKER,
            {**WORKER, "person": "乙", "fund": "own"},
            {**WORKER, "person": "丙", "role": None},
            {**WORKER, "person": "丁", "start": "2025-02-01"},
        )
    )
    assert [member.name for member in scenario.staff] == ["甲"]
    assert [english(found.text) for found in scenario.assumptions] == [
        "positions[1]: left out of the simulation; the subsidy does not pay this post.",
        "positions[2]: left out of the simulation; its role or its number of persons is not known.",
        "positions[3]: left out of the simulation; its dates lie outside the period.",
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"title": "計" * 150},
        {"title": "上\n下"},
        {"positions": [{**WORKER, "person": "甲" * 150}, {**WORKER, "person": "乙" * 151}]},
        {"positions": [WORKER, {**WORKER, "person": "乙", "count": 20000}]},
        {"positions": [WORKER, {**WORKER, "person": "乙", "monthly_pay": 99999999}]},
        {"positions": [WORKER, {**WORKER, "person": "乙", "role": "case-manager"}]},
        {"caseload": {"cases": 3.3333333333}},
        {"caseload": {"cases": 99999999999}},
    ],
)
def test_what_a_draft_states_beyond_measure(
    more: dict[str, Any], built: Built, library: Library, tmp_path: Path, english: Language
) -> None:
    """Cut or left out, and told: the scenario that is saved can always be read again."""
    scenario = built(draft("fsp-113", WORKER) | more)
    save(scenario, tmp_path / "plan.toml", english)
    assert read_scenario(tmp_path / "plan.toml", library) == scenario
    left_out = len(more.get("positions", [WORKER])) - len(scenario.staff)
    assert len(scenario.assumptions) == left_out


def test_why_no_post_of_a_draft_is_simulated(built: Built, english: Language) -> None:
    """The reasons stand beside the error."""
    with pytest.raises(ScenarioError) as caught:
        built(draft("fsp-113", {**WORKER, "role": "case-manager"}))
    assert [english(text) for text in caught.value.texts][1:] == [
        "positions[0]: left out of the simulation; the programme has no such role."
    ]


def test_months_that_the_dates_do_not_give(built: Built, library: Library, english: Language) -> None:
    """12 months: no bonus is asked, so none is paid; 13: the dates decide, and that is told."""
    twelve = built(draft("fsp-113", {**WORKER, "months": 12}))
    assert worked(twelve, library).total.bonus == 0
    assert twelve.assumptions == ()
    thirteen = built(draft("fsp-113", {**WORKER, "months": 13}))
    assert worked(thirteen, library).total.bonus == 61148
    assert [english(found.text) for found in thirteen.assumptions] == [
        "positions[0].months: the draft asks for 13 months of pay; the simulation pays what the dates earn, 13.5 "
        "months."
    ]


def test_the_same_person_twice(built: Built, library: Library, tmp_path: Path, english: Language) -> None:
    """A draft's own fault: simulated as two, told, and the file that is saved can be read."""
    scenario = built(draft("fsp-113", WORKER, WORKER))
    assert [member.name for member in scenario.staff] == ["甲", "甲 2"]
    assert english(scenario.assumptions[0].text) == (
        "draft.json, positions[1]: “甲” holds the post “甲” at the same time; the simulation counts two persons."
    )
    save(scenario, tmp_path / "plan.toml", english)
    assert read_scenario(tmp_path / "plan.toml", library) == scenario


def test_insurance_of_own_funds(built: Built, library: Library) -> None:
    """No insurance asked of the subsidy: own funds bear what is stated, and the budget does not."""
    scenario = built(draft("fsp-113", {**WORKER, "own_insurance": 7391}))
    found = worked(scenario, library)
    assert (scenario.insured, scenario.staff[0].insurance) == (Insured.OWN, 7391)
    assert (found.total.insurance, found.subsidised) == (88692, 489180 + 61148)


def test_a_draft_without_posts(built: Built, english: Language) -> None:
    """Nothing to simulate."""
    with pytest.raises(ScenarioError) as caught:
        built(draft("fsp-113"))
    assert english(caught.value.text).startswith("draft.json: the draft has no post")


@pytest.mark.parametrize("programme", [path.parent.name for path in sorted(FILES.glob("*/compliant.json"))])
def test_the_examples(programme: str, library: Library, tmp_path: Path, english: Language) -> None:
    """Every example is simulated for what its posts ask: pay and insurance of the subsidy."""
    reading = read(FILES / programme / "compliant.json", library)
    scenario = from_draft(reading, library)
    posts = [post for post in reading.draft.positions if post.subsidised]
    found = worked(scenario, library)
    assert found.total.pay + found.total.bonus == sum(post.pay_amount or 0 for post in posts)
    assert found.total.allowance == sum(post.allowance_amount or 0 for post in posts)
    if scenario.insured is Insured.SUBSIDY:
        assert found.total.insurance == sum(post.insurance_amount or 0 for post in posts)
    assert found.months[0].case_managers == sum(post.people for post in posts if post.role in CASE_MANAGERS)
    save(scenario, tmp_path / "plan.toml", english)
    assert read_scenario(tmp_path / "plan.toml", library) == scenario
